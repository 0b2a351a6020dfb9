"""Calibration: agreement with what was printed, real data hidden from it, contradictions."""

import numpy as np
import pytest
from lifelines.datasets import load_gbsg2, load_lung
from scipy.optimize import isotonic_regression
from scipy.stats import norm

from assessment.survival import (
    Exponential,
    Summaries,
    Weibull,
    calibrate,
    cox_hazard_ratio,
    kaplan_meier,
)
from assessment.survival.calibration.calibrated_curves import Calibrated, resampled, rising
from assessment.survival.calibration.candidate_pairs import MOST_DRAWN, SKEW, Expected
from assessment.survival.calibration.importance_sampling import Proposals
from assessment.survival.calibration.likelihood import _count, curve_rows, times_read
from assessment.survival.calibration.prior import (
    FAMILY_WEIGHT,
    curve,
    follow_up_at,
    followed,
    nearly_all_gone,
    shapes_at,
)
from assessment.survival.calibration.visit_schedule import interval_at, log_on_schedule, steeper

PFS = dict(
    median_t=8.4,
    lo_t=7.6,
    hi_t=12.7,
    median_c=3.9,
    lo_c=3.0,
    hi_c=5.7,
    hr=0.38,
    hr_lo=0.25,
    hr_hi=0.59,
    n_t=134,
    n_c=69,
    events=111,
    followup_median=10.2,
)


def draws(values, seed=1, size=600, **options):
    return calibrate(values, np.random.default_rng(seed), size, 6000, **options)


@pytest.fixture(scope="module")
def pfs():
    return draws(PFS)


def hidden():
    lung = load_lung()
    yield (
        lung["time"].to_numpy(float),
        (lung["status"] == lung["status"].max()).to_numpy(int),
        (lung["sex"] == 2).to_numpy(int),
    )
    breast = load_gbsg2()
    yield (
        breast["time"].to_numpy(float),
        breast["cens"].to_numpy(int),
        (breast["horTh"] == "yes").to_numpy(int),
    )


def printed(t, e, z):
    values, curves = {}, {}
    for arm, a in (("t", 1), ("c", 0)):
        km = curves[arm] = kaplan_meier(t[z == a], e[z == a])
        low, high = km.median_interval()
        values |= {
            f"median_{arm}": km.quantile(),
            f"lo_{arm}": low,
            f"hi_{arm}": high,
            f"n_{arm}": (z == a).sum(),
            f"events_{arm}": e[z == a].sum(),
        }
    b, se = cox_hazard_ratio(t, e, z)
    values |= {
        "hr": np.exp(b),
        "hr_lo": np.exp(b - 1.96 * se),
        "hr_hi": np.exp(b + 1.96 * se),
        "followup_median": kaplan_meier(t, 1 - e).quantile(),
    }
    return values, curves


def test_trial_curves_pass_through_the_printed_numbers(pfs):
    at_median = pfs.survival([8.4], "t", "trial")[:, 0]
    assert abs(at_median.mean() - 0.5) < 0.02 and at_median.std() < 0.025
    assert abs(pfs.survival([3.9], "c", "trial")[:, 0].mean() - 0.5) < 0.025
    # Limits of the median: the curve is about half an interval away from 1/2 there.
    assert (
        0.52 < pfs.survival([7.6], "t", "trial").mean() < 0.6
        and 0.34 < pfs.survival([12.7], "t", "trial").mean() < 0.48
    )
    grid = np.linspace(0.1, 12, 100)
    h = {a: -np.log(pfs.survival(grid, a)) for a in "tc"}
    ratio = np.mean(h["t"][:, 60] / h["c"][:, 60])
    assert 0.3 < ratio < 0.55
    assert pfs.contradictions == () and pfs.effective > 100
    np.testing.assert_allclose(sum(pfs.families.values()), 1)
    assert max(pfs.families.values()) < 0.6


def test_shapes_and_pairing(pfs):
    t = np.array([[1.0, 2.0], [5.0, 20.0]])
    assert pfs.survival(t, "t").shape == (600, 2, 2) and pfs.rmst([6.0, 12.0], "c").shape == (
        600,
        2,
    )
    assert pfs.rmst_difference(12.0).shape == (600,)
    low, middle, high = pfs.band([0.0, 6.0], "t", "trial")
    assert low[0] == high[0] == 1 and low[1] < middle[1] < high[1]
    assert sum(d.draw_shape[0] for _, d in pfs.distributions("t")) == 600
    with pytest.raises(ValueError, match="'population' or 'trial'"):
        pfs.survival([1.0], "x")


def test_population_is_less_certain_than_the_trial(pfs):
    assert pfs.rmst(12.0, "t", "population").std() > 1.05 * pfs.rmst(12.0, "t", "trial").std()


@pytest.mark.parametrize("case", range(2))
def test_hidden_real_curves_are_found_again(case):
    t, e, z = list(hidden())[case]
    values, curves = printed(t, e, z)
    result = draws(values, 3)
    horizon = 0.9 * min(c.last for c in curves.values())
    for arm in "tc":
        rmst, truth = result.rmst(horizon, arm, "trial"), curves[arm].rmst(horizon)
        assert abs(rmst.mean() - truth) / horizon < 0.035
        low, high = np.quantile(rmst, [0.025, 0.975])
        assert low < truth < high
    difference = curves["t"].rmst(horizon) - curves["c"].rmst(horizon)
    assert abs(result.rmst_difference(horizon, "trial").mean() - difference) / horizon < 0.025


def test_seed_decides_everything():
    a, b, c = (draws(PFS, s, 200).rmst(10.0, "t") for s in (5, 5, 6))
    np.testing.assert_array_equal(a, b)
    assert not np.array_equal(a, c)


@pytest.mark.parametrize(
    "missing",
    [
        "lo_t hi_t lo_c hi_c",
        "hr hr_lo hr_hi",
        "n_t n_c",
        "events",
        "followup_median",
        "median_t lo_t hi_t",
        "median_t lo_t hi_t median_c lo_c hi_c",
        "n_t n_c events followup_median hr_lo hr_hi",
    ],
)
def test_anything_may_be_missing(missing):
    values = {k: v for k, v in PFS.items() if k not in missing.split()}
    result = draws(values, 2, 300)
    s = result.survival([6.0, 12.0], "t", "trial")
    assert np.all(np.isfinite(s)) and np.all(s <= 1)
    assert 0.35 < s[:, 0].mean() < 0.85
    full = draws(PFS, 2, 300).rmst(12.0, "t").mean()
    assert abs(result.rmst(12.0, "t").mean() - full) < 2.5


def test_an_arm_may_be_without_an_event():
    made = draws({"events_t": 0, "events_c": 6, "n_t": 40, "n_c": 40, "followup_median": 12.0})
    assert (
        np.isfinite(made.survival(6.0, "t")).all()
        and made.survival(12.0, "t").mean() > made.survival(12.0, "c").mean()
    )


def test_not_reached_and_not_estimable():
    values = dict(
        median_t=np.inf,
        lo_t=20.0,
        hi_t=np.inf,
        median_c=18.0,
        lo_c=14.0,
        hi_c=np.inf,
        hr=0.6,
        hr_lo=0.4,
        hr_hi=0.9,
        n_t=100,
        n_c=100,
        events_t=38,
        events_c=52,
        followup_median=20.0,
    )
    result = draws(values)
    assert (
        result.survival([20.0], "t", "trial").mean() > 0.52
        and abs(result.survival([18.0], "c", "trial").mean() - 0.5) < 0.04
    )


def test_contradictions_are_named():
    assert "outside its interval" in Summaries(**(PFS | {"median_t": 20.0})).contradictions()[0]
    assert any(
        "narrower than" in c
        for c in Summaries(**(PFS | {"hr_lo": 0.34, "hr_hi": 0.42})).contradictions()
    )
    assert any("not in the middle" in c for c in Summaries(**(PFS | {"hr": 0.5})).contradictions())
    # Equal medians, yet a hazard ratio of 0.2 with narrow limits: no family can bend that far.
    odd = PFS | dict(median_t=4.0, lo_t=3.6, hi_t=4.4, hr=0.2, hr_lo=0.13, hr_hi=0.31)
    assert any(
        "no pair of curves" in c and "hazard ratio" in c
        for c in draws(odd, visits=0).contradictions
    )
    # Nor do steps at visits explain it.
    assert any("no pair of curves" in c for c in draws(odd).contradictions)


def seen_at_visits(seed):
    """Two arms of 300 whose events are seen every two months, give or take a few days."""
    rng, z = np.random.default_rng(seed), np.repeat([1, 0], 300)
    seen = np.ceil(rng.weibull(1.3, 600) * np.where(z, 10.0, 6.5) / 2) * 2 + rng.uniform(
        -0.15, 0.15, 600
    )
    end = rng.uniform(8, 18, 600)
    return np.minimum(seen, end), (seen <= end).astype(int), z


def test_visits_are_seen_in_the_printed_times():
    # Simulated, so the trial's own curves are known. Taken for events seen as they happen, the
    # printed times contradict each other.
    away = {0: [], 2: [], None: []}
    for seed in (1, 5):
        values, curves = printed(*seen_at_visits(seed))
        for visits in away:
            result = draws(values, visits=visits)
            assert bool(result.contradictions) == (visits == 0)
            away[visits] += [
                (result.rmst(12.0, a).mean() - curves[a].rmst(12.0)) / result.rmst(12.0, a).std()
                for a in "tc"
            ]
    assert max(map(abs, away[0])) > 2.5
    assert max(map(abs, away[2])) < 1.5 and max(map(abs, away[None])) < 1.5


def test_how_steeply_the_curve_falls_counts_for_a_printed_time():
    # Every patient of the arm is seen to the event, so printed times are order statistics: pairs of
    # shape and printed times can be drawn outright, and those kept whose limits lie near the
    # printed ones (in units of the median, whose own prior is flat).
    printed, ahead, right, made = (0.80, 1.25), np.array([0.5, 2.0]), [], []
    # an even and an odd number of patients: the level that a limit stands for jumps by a step
    # between them
    for n in (100, 101):
        rng, seen = np.random.default_rng(n), kaplan_meier(np.arange(1.0, n + 1), np.ones(n))
        low, middle, high = (
            int(seen.median_interval()[0]),
            int(seen.quantile()),
            int(seen.median_interval()[1]),
        )
        kept = []
        for family, weight in FAMILY_WEIGHT.items():
            size = int(1_000_000 * weight)
            shape, _, q = shapes_at(family, rng.standard_normal((size, 3)), False)
            drawn = curve(family, np.ones(size), shape, q)
            first = rng.beta(low, n + 1 - low, size)
            second = first + (1 - first) * rng.beta(middle - low, n + 1 - middle, size)
            third = second + (1 - second) * rng.beta(high - middle, n + 1 - high, size)
            with np.errstate(all="ignore"):
                times = [
                    drawn._quantile(np.log1p(-u), *drawn._aligned(0))
                    for u in (first, second, third)
                ]
                near = np.flatnonzero(
                    (abs(times[0] / times[1] / printed[0] - 1) < 0.02)
                    & (abs(times[2] / times[1] / printed[1] - 1) < 0.02)
                )
            kept += [drawn.draw(i).survival(times[1][i] * ahead) for i in near]
        assert len(kept) > 1000
        right.append(np.mean(kept, axis=0))
        summaries = {
            "median_c": 10.0,
            "lo_c": 10 * printed[0],
            "hi_c": 10 * printed[1],
            "n_c": n,
            "n_t": n,
            "followup_median": 150.0,
        }
        drawn = calibrate(
            summaries,
            np.random.default_rng(1),
            4000,
            24_000,
            median_interval="log-log",
            visits=0.0,
            trial=False,
        )
        made.append(drawn.survival(10 * ahead, "c").mean(0))
    # Without the slope, survival at twice the median would be 0.03 too high; with it but no
    # skewness, 0.014 too low.
    assert np.mean(made, axis=0) == pytest.approx(np.mean(right, axis=0), abs=0.009)


def test_a_normal_density_with_the_power_of_its_variance_has_the_mean_and_skewness_of_a_gamma():
    # d events among n at risk: the hazard between has the density x^d exp(-n x), slope of the curve
    # included (see Candidates.expected).
    d, n = 30.0, 100.0
    x = np.linspace(0.3 * d / n, 2.2 * d / n, 20_001)
    drawn = np.clip(d / n / x, 1 / MOST_DRAWN, MOST_DRAWN)
    variance = x / n * drawn ** (1 - SKEW)
    normal = (
        np.log(x) + SKEW * np.log(drawn) - np.log(variance) / 2 - (x - d / n) ** 2 / (2 * variance)
    )

    def moments(log_density):
        p = np.exp(log_density - log_density.max())
        p /= p.sum()
        mean, sd = p @ x, np.sqrt(p @ x**2 - (p @ x) ** 2)
        return mean, sd, p @ ((x - mean) / sd) ** 3

    exact = moments(d * np.log(x) - n * x)
    plain = moments(np.log(x) - np.log(x / n) / 2 - (x - d / n) ** 2 / (2 * x / n))
    assert exact[:2] == pytest.approx(((d + 1) / n, np.sqrt(d + 1) / n), rel=1e-3)
    assert moments(normal)[:2] == pytest.approx(exact[:2], rel=0.012) and moments(normal)[
        2
    ] == pytest.approx(exact[2], abs=0.06)
    assert plain[0] > 1.03 * exact[0] and plain[2] > exact[2] + 0.15


def test_a_step_that_takes_everybody_is_no_number_too_large():
    trial = Expected(
        np.full((1, 4), 0.2),
        np.full((1, 4), 50.0),
        np.full((1, 4), 50.0),
        np.full((1, 4), 0.004),
        {1: np.log([2.0])},
        np.zeros(1),
    )
    ((_, _, slack, *_),) = curve_rows(
        "t", np.arange(1.0, 5.0), times_read([None, 3.0, None]), trial, np.array([[1e200]])
    )
    assert slack == pytest.approx(10 / np.sqrt(12), rel=1e-3)


def test_a_count_of_events_varies_as_a_binomial():
    # Followed to its event or not, a patient is one of n independent ones: the scatter of the curve
    # and of the follow-up together make a binomial.
    t, n, rng = np.linspace(0.01, 30, 3000), 200.0, np.random.default_rng(4)
    hazard = np.diff((t / 9) ** 1.3, prepend=0.0)[None]
    share = followed(t, follow_up_at(np.array([12.0]), rng.standard_normal((1, 3))))
    before = np.exp(-np.cumsum(hazard, 1) + hazard)
    count, by_follow_up, on = _count(np.array([[n]]), hazard, share)
    by_curve = np.sum(on**2 * hazard / np.maximum(n * before * share, 0.5), 1)
    p = np.sum(before * share * -np.expm1(-hazard))
    assert count[0] == pytest.approx(n * p, rel=1e-9)
    assert by_curve + by_follow_up == pytest.approx(n * p * (1 - p), rel=0.03)


def test_draws_count_by_how_likely_the_horizon_is_under_each():
    # Two kinds of trials, all known: how often each is asked for at 20, if that is by halves the
    # last time of an arm and any time before it.
    rng, size, horizon, n = np.random.default_rng(6), 3000, 20.0, 40
    rates, after = np.array([0.06, 0.14]), 1.2
    which = np.repeat([0, 1], size // 2)
    follow = {
        "median": np.full(size, 14.0),
        "before": np.full(size, 0.8),
        "after": np.full(size, after),
        "power": np.full(size, 1.5),
    }
    piece = {
        "family": "exponential",
        "curves": {a: Exponential(rates[which]) for a in "tc"},
        "t": np.linspace(0.1, 40, 200),
        "scatter": {a: np.zeros((size, 200)) for a in "tc"},
        "patients": {a: np.full(size, float(n)) for a in "tc"},
        "follow_up": follow,
    }
    made = Calibrated(None, {}, np.inf, (), size, (piece,))
    grid = np.linspace(0.001, 40, 40_000)
    share = followed(grid, {name: v[:1] for name, v in follow.items()})[0]
    last = []
    for rate in rates:
        end = (
            np.minimum(
                rng.exponential(1 / rate, (60_000, 2, n)),
                np.interp(-rng.random((60_000, 2, n)), -share, grid),
            )
            .max(2)
            .min(1)
        )
        last.append((np.mean(end > horizon), horizon * np.mean(abs(end - horizon) < 0.5)))
    likely = np.array([some + ends for some, ends in last])
    assert np.mean(which[made._reaching(horizon)] == 0) == pytest.approx(
        likely[0] / likely.sum(), abs=0.02
    )
    assert np.mean(which[made._reaching(2.0)] == 0) == pytest.approx(0.5, abs=0.001)


def test_times_between_visits_are_those_of_the_assumption_weighed_by_the_printed_times():
    rng, arms, size = np.random.default_rng(7), [[6.0, 4.0], [8.1]], 400_000
    # The assumption drawn outright: none in half, else evenly on the log scale from 0.05 to 0.6 of
    # the shortest printed time.
    drawn = np.where(rng.random(size) < 0.5, 0.0, 4 * 0.05 * 12 ** rng.random(size))
    weight = np.exp(sum(log_on_schedule(times, drawn) for times in arms))
    weight /= weight.sum()
    between = interval_at(rng.standard_normal(size), arms)
    assert between.max() <= 2.4
    for low, high in ((-1, 0), (0, 0.5), (0.5, 1.9), (1.9, 2.1), (2.1, 2.4)):

        def share(x, low=low, high=high):
            return (x > low) & (x <= high)

        assert np.mean(share(between)) == pytest.approx(weight[share(drawn)].sum(), abs=0.005)
    # Two months between visits account for all three times: ten times as likely as beforehand.
    assert np.mean(abs(between - 2) < 0.05) > 10 * np.mean(abs(drawn - 2) < 0.05)


def test_visits_beforehand():
    rng = np.random.default_rng(7)
    # A density: over many intervals it has the mean of an even one.
    times = rng.uniform(0.5, 40.5, 20_000)
    dense = np.exp([log_on_schedule([x], np.array([0.0, 1.0])) for x in times])
    assert np.all(dense[:, 0] == 1) and dense[:, 1].mean() == pytest.approx(1, abs=0.02)
    assert (
        log_on_schedule([6.0, 4.1], np.array([2.0]))[0]
        > 1
        > 0
        > log_on_schedule([5.0], np.array([2.0]))[0]
    )
    # A Weibull curve of shape 1.4 and median 1 that starts half an interval late, by its times at
    # 0.9 and 0.5.
    for interval in (0.2, 0.4):
        early, late = (
            interval / 2 + (1 - interval / 2) * (np.log(1 / s) / np.log(2)) ** (1 / 1.4)
            for s in (0.9, 0.5)
        )
        shape = np.log(np.log(1 / 0.9) / np.log(2)) / np.log(early / late)
        assert steeper(np.array([interval]), 1.0)[0] == pytest.approx(np.log(shape / 1.4), abs=0.02)


def test_errors_say_what_to_do():
    with pytest.raises(ValueError, match="no time is known"):
        draws(dict(hr=0.5, hr_lo=0.3, hr_hi=0.8, n_t=50, n_c=50))
    with pytest.raises(ValueError, match="time between two visits"):
        draws(PFS, visits=-1)
    with pytest.raises(ValueError, match="Check which analysis"):
        Summaries(n_t=10, events_t=12)
    with pytest.raises(ValueError, match="must be above 0"):
        Summaries(median_t=-1.0)


def test_known_interval_method_sharpens():
    unknown, known = draws(PFS), draws(PFS, median_interval="log-log")
    assert known.rmst(12.0, "t", "trial").std() < 1.1 * unknown.rmst(12.0, "t", "trial").std()
    with pytest.raises(ValueError, match="log-log, log, plain"):
        draws(PFS, median_interval="exact")


def test_exact_curves_from_large_trials():
    # 4,000 patients an arm: the printed numbers pin both curves; RMST by Weibull's closed form.
    a, b = Weibull(1.3, 14.0), Weibull(1.3, 8.0)
    values = {}
    for arm, w in (("t", a), ("c", b)):
        step = 1.96 * np.sqrt(1 / 4000 / 0.5 * 0.5)
        values |= {
            f"median_{arm}": float(w.median()),
            f"lo_{arm}": float(w.quantile(0.5 - step * 0.5)),
            f"hi_{arm}": float(w.quantile(0.5 + step * 0.5)),
            f"n_{arm}": 4000,
        }
    hr = (8 / 14) ** 1.3
    values |= dict(
        hr=hr,
        hr_lo=hr * np.exp(-1.96 * 0.024),
        hr_hi=hr * np.exp(1.96 * 0.024),
        followup_median=30.0,
    )
    result = draws(values)
    assert abs(result.rmst(20.0, "t", "population").mean() - a.rmst(20.0)) < 0.5
    assert (
        abs(result.rmst_difference(20.0, "population").mean() - a.rmst(20.0) + b.rmst(20.0)) < 0.4
    )


def test_rising_rows_are_weighted_isotonic_regression():
    rng = np.random.default_rng(4)
    values, variance = (
        np.cumsum(rng.normal(0.1, 0.5, (20, 25)), 1),
        np.cumsum(rng.uniform(0.05, 1, (20, 25)), 1),
    )
    for row, v, found in zip(values, variance, rising(values, variance)):
        np.testing.assert_allclose(found, isotonic_regression(row, weights=1 / v).x, atol=1e-4)


def test_an_unsure_tail_does_not_move_the_early_curve():
    # After the last patients the scatter is wild; what was seen before it stays.
    h = np.tile(np.linspace(0.1, 2, 40), (300, 1))
    sd = np.where(np.arange(40) < 30, 0.02, 2.0)
    drawn = rising(h + np.random.default_rng(1).normal(0, sd, h.shape), np.tile(sd**2, (300, 1)))
    assert np.std(drawn[:, :28] - h[:, :28]) < 0.025 and np.all(np.diff(drawn) >= -1e-12)


def test_follow_up_candidates_have_the_printed_median_and_one_even_entry_among_them():
    rng = np.random.default_rng(2)
    f = follow_up_at(np.full(4000, 10.0), rng.standard_normal((4000, 3)))
    g = followed(np.linspace(0.1, 80, 800), f)
    assert np.all(np.diff(g) <= 0) and np.all((g >= 0) & (g <= 1))
    np.testing.assert_allclose(followed(np.array([10.0]), f), 0.5)
    even = {
        "median": np.array([10.0]),
        "before": np.array([0.6]),
        "after": np.array([0.6]),
        "power": np.array([1.0]),
    }
    np.testing.assert_allclose(
        followed(np.array([4.0, 7.0, 13.0, 16.0]), even)[0], [1, 0.75, 0.25, 0]
    )
    np.testing.assert_allclose(
        np.diag(followed(nearly_all_gone(f, 0.02)[:50], {k: v[:50] for k, v in f.items()})), 0.02
    )


def test_proposals_find_a_narrow_target_far_from_the_prior():
    # Normal prior and likelihood: evidence and posterior in closed form (Gelman et al., Bayesian
    # Data Analysis, 2.5).
    seen, sd, rng = np.array([3.0, -2.0, 0.0]), 0.2, np.random.default_rng(1)
    search, points = Proposals(3), np.empty((0, 3))

    def log_likelihood(z):
        return norm.logpdf(z, seen, sd).sum(1)

    for _ in range(4):
        points = np.concatenate([points, search.draw(2000, rng)])
        log_weight = log_likelihood(points) + search.log_weight(points)
        search.learn(points, log_weight)
    weight = np.exp(log_weight)
    assert weight.mean() == pytest.approx(
        np.exp(norm.logpdf(seen, 0, np.hypot(1, sd)).sum()), rel=0.02
    )
    weight /= weight.sum()
    np.testing.assert_allclose(weight @ points, seen / (1 + sd**2), atol=0.01)
    np.testing.assert_allclose(
        np.sqrt(weight @ (points - weight @ points) ** 2), sd / np.hypot(1, sd), rtol=0.05
    )
    assert 1 / np.sum(weight**2) > 0.3 * len(points)


def test_resampling_takes_each_as_often_as_its_weight_says():
    rng = np.random.default_rng(3)
    weight = rng.dirichlet(np.full(50, 0.3))
    counts = resampled(weight, 1000, rng.permutation(50), rng.random())
    assert counts.sum() == 1000 and np.all(np.abs(counts - 1000 * weight) < 1 + 1e-9)


def test_steps_between_the_arms_are_the_mixture_they_are_said_to_be():
    control, treated, _ = shapes_at(
        "weibull",
        np.stack(
            [
                np.zeros(200_000),
                np.random.default_rng(5).standard_normal(200_000),
                np.zeros(200_000),
            ],
            1,
        ),
        False,
    )
    step = treated - control
    inside = (norm.cdf(1) - norm.cdf(-1) + norm.cdf(0.1) - norm.cdf(-0.1)) / 2
    assert np.mean(np.abs(step) < 0.02) == pytest.approx(inside, abs=0.005)
    assert step.std() == pytest.approx(np.sqrt((0.2**2 + 0.02**2) / 2), rel=0.01)


def test_without_the_trials_own_curves_the_population_is_the_same():
    printed = {
        "median_t": 8.4,
        "lo_t": 7.6,
        "hi_t": 12.7,
        "median_c": 3.9,
        "lo_c": 3.0,
        "hi_c": 5.7,
        "hr": 0.38,
        "hr_lo": 0.25,
        "hr_hi": 0.59,
        "n_t": 134,
        "n_c": 69,
    }
    one, other = (
        calibrate(printed, np.random.default_rng(2), 200, 3000, trial=trial)
        for trial in (True, False)
    )
    np.testing.assert_array_equal(
        one.survival(np.array([3.0, 12.0]), "t"), other.survival(np.array([3.0, 12.0]), "t")
    )
    with pytest.raises(ValueError, match="trial=True"):
        other.rmst(12.0, "t")

"""The pieces of a calibration: each against what it is said to be."""

import numpy as np
import pytest
from scipy.optimize import isotonic_regression

from assessment.survival import (
    Exponential,
    calibrate,
    kaplan_meier,
)
from assessment.survival.calibration.calibrated_curves import Calibrated, isotonic_rows
from assessment.survival.calibration.candidate_pairs import MOST_DRAWN, SKEW
from assessment.survival.calibration.likelihood import (
    ExpectedTrial,
    curve_rows,
    expected_events,
    times_read,
)
from assessment.survival.calibration.prior import (
    FAMILY_WEIGHT,
    family_curve,
    follow_up_at,
    followed,
    shapes_at,
)


@pytest.mark.slow
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
            drawn = family_curve(family, np.ones(size), shape, q)
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
            # at a multiple of a drawn time: at that multiple of 1 on the curve drawn out by as much
            of_near = (shape[near], None if q is None else q[near])
            kept.append(family_curve(family, 1 / times[1][near], *of_near).survival(ahead))
        kept = np.concatenate(kept)
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
    # included (see CandidatePairs.expected).
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
    trial = ExpectedTrial(
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
    count, by_follow_up, on = expected_events(np.array([[n]]), hazard, share)
    by_curve = np.sum(on**2 * hazard / np.maximum(n * before * share, 0.5), 1)
    p = np.sum(before * share * -np.expm1(-hazard))
    assert count[0] == pytest.approx(n * p, rel=1e-9)
    assert by_curve + by_follow_up == pytest.approx(n * p * (1 - p), rel=0.03)


@pytest.mark.slow
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


def test_rising_rows_are_weighted_isotonic_regression():
    rng = np.random.default_rng(4)
    values, variance = (
        np.cumsum(rng.normal(0.1, 0.5, (20, 25)), 1),
        np.cumsum(rng.uniform(0.05, 1, (20, 25)), 1),
    )
    for row, v, found in zip(values, variance, isotonic_rows(values, variance)):
        np.testing.assert_allclose(found, isotonic_regression(row, weights=1 / v).x, atol=1e-4)


def test_an_unsure_tail_does_not_move_the_early_curve():
    # After the last patients the scatter is wild; what was seen before it stays.
    h = np.tile(np.linspace(0.1, 2, 40), (300, 1))
    sd = np.where(np.arange(40) < 30, 0.02, 2.0)
    drawn = isotonic_rows(
        h + np.random.default_rng(1).normal(0, sd, h.shape), np.tile(sd**2, (300, 1))
    )
    assert np.std(drawn[:, :28] - h[:, :28]) < 0.025 and np.all(np.diff(drawn) >= -1e-12)

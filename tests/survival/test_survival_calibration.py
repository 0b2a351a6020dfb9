"""Calibration: agreement with what was printed, real data hidden from it, contradictions."""

import numpy as np
import pytest

from assessment.survival import (
    Summaries,
    calibrate,
)

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


@pytest.fixture(scope="module")
def with_everything():
    """Mean survival time until 12 months where nothing is missing."""
    return draws(PFS, 2, 300).rmst(12.0, "t").mean()


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
    with pytest.raises(ValueError, match="'treated' or 'control'"):
        pfs.survival([1.0], "x")
    with pytest.raises(ValueError, match="Use one of population, trial"):
        pfs.survival([1.0], "t", "x")
    np.testing.assert_array_equal(pfs.survival([1.0], "treated"), pfs.survival([1.0], "t"))


def test_population_is_less_certain_than_the_trial(pfs):
    assert pfs.rmst(12.0, "t", "population").std() > 1.05 * pfs.rmst(12.0, "t", "trial").std()


@pytest.mark.slow
def test_seed_decides_everything():
    a, b, c = (draws(PFS, s, 200).rmst(10.0, "t") for s in (5, 5, 6))
    np.testing.assert_array_equal(a, b)
    assert not np.array_equal(a, c)


@pytest.mark.slow
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
def test_anything_may_be_missing(missing, with_everything):
    values = {k: v for k, v in PFS.items() if k not in missing.split()}
    result = draws(values, 2, 300)
    s = result.survival([6.0, 12.0], "t", "trial")
    assert np.all(np.isfinite(s)) and np.all(s <= 1)
    assert 0.35 < s[:, 0].mean() < 0.85
    assert abs(result.rmst(12.0, "t").mean() - with_everything) < 2.5


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


@pytest.mark.slow
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


def test_errors_say_what_to_do():
    with pytest.raises(ValueError, match="no time is known"):
        draws(dict(hr=0.5, hr_lo=0.3, hr_hi=0.8, n_t=50, n_c=50))
    with pytest.raises(ValueError, match="time between two visits"):
        draws(PFS, visits=-1)
    with pytest.raises(ValueError, match="Check which analysis"):
        Summaries(n_t=10, events_t=12)
    with pytest.raises(ValueError, match="must be above 0"):
        Summaries(median_t=-1.0)


def test_known_interval_method_sharpens(pfs):
    known = draws(PFS, median_interval="log-log")
    assert known.rmst(12.0, "t", "trial").std() < 1.1 * pfs.rmst(12.0, "t", "trial").std()
    with pytest.raises(ValueError, match="log-log, log, plain"):
        draws(PFS, median_interval="exact")


@pytest.mark.slow
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

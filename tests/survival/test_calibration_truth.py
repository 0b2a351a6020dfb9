"""Calibration against curves that are known and were hidden from it."""

import numpy as np
import pytest
from lifelines.datasets import load_gbsg2, load_lung

from assessment.survival import (
    Weibull,
    calibrate,
    cox_hazard_ratio,
    kaplan_meier,
)


def draws(values, seed=1, size=600, **options):
    return calibrate(values, np.random.default_rng(seed), size, 6000, **options)


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


def seen_at_visits(seed):
    """Two arms of 300 whose events are seen every two months, give or take a few days."""
    rng, z = np.random.default_rng(seed), np.repeat([1, 0], 300)
    seen = np.ceil(rng.weibull(1.3, 600) * np.where(z, 10.0, 6.5) / 2) * 2 + rng.uniform(
        -0.15, 0.15, 600
    )
    end = rng.uniform(8, 18, 600)
    return np.minimum(seen, end), (seen <= end).astype(int), z


@pytest.mark.slow
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

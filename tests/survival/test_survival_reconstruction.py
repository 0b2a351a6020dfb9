"""Reconstruction: real curves as truth, every promise about the input, and the readers."""

import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessment.survival import (
    at_risk_table,
    cox_hazard_ratio,
    hazard_ratio_report,
    kaplan_meier,
    reconstruct_ipd,
)

# pytest's importlib mode puts no folder of tests on the path
sys.path.insert(0, str(Path(__file__).parent))
from digitised_cases import at_risk, clicks, corners, drawn, truth


@pytest.mark.parametrize("name", ["gbsg2", "lung"])
@pytest.mark.parametrize("treated", [True, False])
def test_exact_corners_give_exact_patients(name, treated):
    t, e = truth(name, treated)
    km = kaplan_meier(t, e)
    r = reconstruct_ipd(corners(km, t.max()), at_risk(t))
    again = kaplan_meier(r.durations, r.observed)
    assert (r.n, r.events) == (t.size, e.sum())
    np.testing.assert_allclose(again.times, km.times)
    np.testing.assert_allclose(again.survival, km.survival, atol=1e-12)
    assert not r.conflicts


@pytest.mark.parametrize("total", [False, True])
def test_clicks_with_noise(total):
    rng, arms = np.random.default_rng(8), []
    for treated in (True, False):
        t, e = truth("gbsg2", treated)
        km, table = kaplan_meier(t, e), at_risk(t)
        r = reconstruct_ipd(clicks(km, t.max(), rng), table, int(e.sum()) if total else None)
        assert list(at_risk_table(r.durations, table[:, 0])) == list(table[:, 1])
        assert abs(r.events - e.sum()) <= (0 if total else 0.03 * e.sum())
        assert (
            abs(kaplan_meier(r.durations, r.observed).rmst(t.max()) / km.rmst(t.max()) - 1) < 0.012
        )
        arms.append((r, t, e))

    def join(i):
        return np.concatenate([arms[0][i], arms[1][i]])

    b, se = cox_hazard_ratio(
        join(1), join(2), np.repeat([1, 0], [arms[0][1].size, arms[1][1].size])
    )
    report = hazard_ratio_report(
        arms[0][0], arms[1][0], np.random.default_rng(1), published=np.exp(b), draws=3
    )
    assert abs(report["log_difference"]) < 0.25 * se and 0 < report["digitising_sd"] < 0.5 * se


def test_flat_tail_invents_no_deaths():
    t = np.concatenate([np.linspace(1, 10, 60), np.linspace(24, 40, 140)])
    e = np.repeat([1, 0], [60, 140])
    rng = np.random.default_rng(4)
    grid = np.linspace(0, 40, 120)
    for s in (kaplan_meier(t, e).at(grid), kaplan_meier(t, e).at(grid) + rng.normal(0, 0.003, 120)):
        r = reconstruct_ipd(np.c_[grid, s], at_risk(t))
        assert ((r.durations > 12) & (r.observed == 1)).sum() <= 1
        assert abs(r.events - 60) <= 1


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.integers(12, 250), st.booleans())
def test_promises_hold_on_any_curve(seed, n, give_total):
    rng = np.random.default_rng(seed)
    t, c = rng.weibull(rng.uniform(0.6, 2), n) * 10, rng.uniform(0, 25, n)
    d, e = np.minimum(t, c), (t <= c).astype(int)
    if e.sum() < 2:
        return
    table = at_risk(d)
    r = reconstruct_ipd(
        clicks(kaplan_meier(d, e), d.max(), rng, 60), table, int(e.sum()) if give_total else None
    )
    assert r.n == n and list(at_risk_table(r.durations, table[:, 0])) == list(table[:, 1])
    assert np.all(r.durations >= 0) and r.observed.sum() == r.events
    if give_total:
        assert r.events == e.sum() or any("cannot be met" in x for x in r.conflicts)


def test_patients_who_stay_to_the_cut_off_are_not_lost_before_it():
    # Nobody is lost before one common cut-off, so nobody should be in the rebuilt data, corners or
    # clicks.
    rng = np.random.default_rng(6)
    t = 10 * rng.weibull(1.2, 200)
    d, e = np.minimum(t, 6.0), (t <= 6.0).astype(int)
    km, table = kaplan_meier(d, e), at_risk(d)
    exact = reconstruct_ipd(corners(km, 6.0), table)
    assert exact.events == e.sum() and np.all(exact.durations[exact.observed == 0] == 6.0)
    clicked = reconstruct_ipd(clicks(km, 6.0, rng), table, int(e.sum()))
    assert np.mean(clicked.durations[clicked.observed == 0] > 5.5) > 0.95


def test_a_printed_total_tells_when_losses_happened():
    # All losses of the only printed interval fall early (or late): the same curve and numbers,
    # fewer (more) events.
    rng, shift = np.random.default_rng(3), {}
    for name, when in (("early", 0.05), ("late", 0.9)):
        t = rng.exponential(10, 600)
        lost = rng.random(600) < 0.5
        c = np.where(lost, 8 * rng.uniform(when, when + 0.1, 600), 8.0)
        d, e = np.minimum(t, c), (t <= c).astype(int)
        r = reconstruct_ipd(
            clicks(kaplan_meier(d, e), 8.0, rng),
            [[0, 600], [7.99, int((d >= 7.99).sum())]],
            int(e.sum()),
        )
        losses = r.durations[(r.observed == 0) & (r.durations < 7.9)]
        shift[name] = np.median(losses)
        assert r.events == e.sum()
    assert shift["early"] < 4 < shift["late"]


def test_clicks_errors_are_not_read_as_losses():
    """Nobody is lost before the end; the total differs from what noisy clicks add up to by less
    than their error.
    """
    for seed in range(6):
        rng = np.random.default_rng(seed)
        died = rng.weibull(1.3, 250) * 60
        t, e = np.minimum(died, 52.3), (died <= 52.3).astype(int)
        r = reconstruct_ipd(clicks(kaplan_meier(t, e), 52.3, rng), at_risk(t), int(e.sum()))
        assert r.events == e.sum() and np.mean(r.durations[r.observed == 0] > 51) > 0.94


def test_a_curve_that_ends_with_nobody_left_ends_at_its_last_event():
    for seed in range(6):
        rng = np.random.default_rng(seed)
        t, e = drawn(rng, 80, 0.15)
        t, e = t[e == 1], e[e == 1]  # everybody followed to the event
        points = clicks(kaplan_meier(t, e), t.max(), rng)
        made = reconstruct_ipd(points, at_risk(t), int(e.sum()))
        assert made.observed[-1] == 1 and made.durations[-1] == points[:, 0].max()
        # A line drawn a little on does not outlive a printed 0.
        last, numbers = t.max(), np.vstack([at_risk(t), [1.01 * t.max(), 0]])
        longer = reconstruct_ipd(np.vstack([points, [1.03 * last, 0.0]]), numbers, int(e.sum()))
        np.testing.assert_array_equal(at_risk_table(longer.durations, numbers[:, 0]), numbers[:, 1])

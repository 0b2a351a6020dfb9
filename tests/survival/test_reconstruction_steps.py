"""Smoothing, whole units of time and single steps of a reconstruction."""

import sys
from pathlib import Path

import numpy as np
import pytest
from scipy.interpolate import PchipInterpolator

from assessment.survival import (
    at_risk_table,
    cox_hazard_ratio,
    kaplan_meier,
    reconstruct_ipd,
)
from assessment.survival.reconstruction.points.digitised_points import clean_points
from assessment.survival.reconstruction.points.smoothing import (
    MonotoneCubic,
    isotonic,
    smooth_points,
)
from assessment.survival.reconstruction.points.whole_time_units import (
    at_whole_units,
    share_at_units,
)
from assessment.survival.reconstruction.steps import step_events

# pytest's importlib mode puts no folder of tests on the path
sys.path.insert(0, str(Path(__file__).parent))
from digitised_cases import at_risk, clicks, drawn, truth


def test_smoothed_clicks_lie_nearer_the_curve_than_pooled_ones():
    t, e = truth("gbsg2", False)
    km, rng, better = kaplan_meier(t, e), np.random.default_rng(2), []
    grid = np.linspace(0, t.max(), 120)
    for _ in range(10):
        seen = km.at(grid) + rng.normal(0, 0.003, 120)
        seen[0] = 1.0
        level, _, size = isotonic(seen)
        smooth = smooth_points(grid, seen, np.repeat(level, size), at_risk_table(t, grid), 0.003)
        assert np.all(np.diff(smooth) <= 1e-12)
        better.append(np.std(smooth - km.at(grid)) / np.std(np.repeat(level, size) - km.at(grid)))
    assert np.mean(better) < 0.95


@pytest.mark.parametrize("k", [2, 3, 7])
def test_monotone_cubic_is_scipy_s(k):
    rng = np.random.default_rng(k)
    x, t = np.cumsum(rng.uniform(0.2, 1, k)), np.linspace(0, 8, 50)
    for y in (np.sort(rng.random(k))[::-1], rng.normal(size=k).round(), np.ones(k)):
        np.testing.assert_allclose(
            MonotoneCubic(x, y)(t), PchipInterpolator(x, y)(t), rtol=1e-9, atol=1e-9
        )


@pytest.mark.parametrize("n", [60, 400])
def test_whole_units_of_time_are_seen_and_only_where_they_are(n):
    rng, shares = np.random.default_rng(n), {"whole": [], "even": []}
    for _ in range(12):
        t, e = drawn(rng, n, 0.08)
        for name, times in {"whole": np.ceil(t), "even": t}.items():
            points = clean_points(clicks(kaplan_meier(times, e), times.max(), rng))
            shares[name].append(share_at_units(points, 0.003 * times.max())[0])
            assert (at_whole_units(points) is not None) == (name == "whole")
    # By least squares the share is 1 where all fall is at whole units, 0 where it is even (on
    # average over draws).
    assert np.mean(shares["whole"]) == pytest.approx(1, abs=0.4) and np.mean(
        shares["even"]
    ) == pytest.approx(0, abs=0.15)


@pytest.mark.parametrize("total", [False, True])
def test_events_counted_in_whole_weeks_keep_their_order_between_arms(total):
    errors = {True: [], False: []}
    for seed in range(8):
        rng = np.random.default_rng(seed)
        arms = [(np.ceil(t), e) for t, e in (drawn(rng, 300, rate) for rate in (0.06, 0.10))]
        z, t, e = np.repeat([1, 0], 300), *(np.concatenate(x) for x in zip(*arms))
        truth_, se = cox_hazard_ratio(t, e, z)
        points = [
            (clicks(kaplan_meier(t, e), t.max(), rng), at_risk(t), int(e.sum())) for t, e in arms
        ]
        # Stretched in time the same clicks are no longer at whole units, and are rebuilt as if
        # deaths came at any time.
        for whole, by in ((True, 1.0), (False, 17.0)):
            made = [
                reconstruct_ipd(p * [by, 1], r * [by, 1], d if total else None)
                for p, r, d in points
            ]
            for one, (_, r, _) in zip(made, points):
                assert ("events placed at whole units of time" in one.corrections) == whole
                np.testing.assert_array_equal(at_risk_table(one.durations, r[:, 0] * by), r[:, 1])
                if whole:
                    assert np.all(one.durations[one.observed == 1] % 1 == 0)
            found = cox_hazard_ratio(
                np.concatenate([m.durations for m in made]),
                np.concatenate([m.observed for m in made]),
                np.repeat([1, 0], [m.n for m in made]),
            )[0]
            errors[whole].append(abs(found - truth_) / se)
    assert np.mean(errors[True]) < 0.75 * np.mean(errors[False])


def test_clear_steps_of_an_arm_where_most_die_say_more_than_its_total_alone(monkeypatch):
    errors = {"searched": [], "fine": []}
    for name, highest in (("searched", step_events.STEP_TO_NOISE), ("fine", np.inf)):
        monkeypatch.setattr(step_events, "STEP_TO_NOISE", highest)
        for seed in range(20):
            rng = np.random.default_rng(seed)
            t, e = drawn(rng, 50, 0.10)
            made = reconstruct_ipd(
                clicks(kaplan_meier(t, e), t.max(), rng), at_risk(t), int(e.sum())
            )
            assert made.events == e.sum()
            errors[name].append(
                np.mean(np.abs(np.sort(t[e == 1]) - made.durations[made.observed == 1]))
            )
    assert np.mean(errors["searched"]) < 0.8 * np.mean(errors["fine"]), errors

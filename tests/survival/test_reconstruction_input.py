"""Digitised points and numbers at risk: readers, refusals and reports of conflicts."""

import sys
from pathlib import Path

import numpy as np
import pytest

from assessment.survival import (
    at_risk_table,
    fit_report,
    kaplan_meier,
    reconstruct_ipd,
)

# pytest's importlib mode puts no folder of tests on the path
sys.path.insert(0, str(Path(__file__).parent))
from digitised_cases import at_risk, clicks, corners, truth


def test_report_counts_what_was_changed():
    t, e = truth("lung")
    km = kaplan_meier(t, e)
    r = reconstruct_ipd(
        clicks(km, t.max(), np.random.default_rng(2)) * [1, 100], at_risk(t), int(e.sum())
    )
    rows = {row["quantity"]: row for row in fit_report(r, published_median=km.quantile(0.5))}
    assert (
        rows["events"]["difference"] == 0
        and rows["numbers at risk, largest |difference|"]["rebuilt"] == 0
    )
    assert abs(rows["median"]["difference"]) < 0.1 * km.quantile(0.5)
    assert 0 < rows["survival, largest |difference|"]["rebuilt"] < 0.06
    assert (
        rows["corrected: read as percent"]["rebuilt"] == 1
        and rows["corrected: clicks that rise, pooled"]["rebuilt"] > 5
    )


def test_without_numbers_at_risk():
    t, e = truth("gbsg2")
    km = kaplan_meier(t, e)
    r = reconstruct_ipd(
        clicks(km, t.max(), np.random.default_rng(3)), total_events=int(e.sum()), n=t.size
    )
    assert r.n == t.size and r.events == e.sum()
    assert abs(kaplan_meier(r.durations, r.observed).rmst(2000) / km.rmst(2000) - 1) < 0.02
    with pytest.raises(ValueError, match="Give n"):
        reconstruct_ipd([[0, 1], [1, 0.9], [2, 0.8]])


def test_table_that_starts_late():
    t, e = truth("gbsg2")
    km, table = kaplan_meier(t, e), at_risk(t)
    r = reconstruct_ipd(corners(km, t.max()), table[1:], n=t.size)
    assert r.n == t.size and abs(r.events - e.sum()) <= 2
    r = reconstruct_ipd(corners(km, t.max()), table[1:])
    assert any("no censoring before" in c for c in r.conflicts) and r.n >= table[1, 1]


POINTS = [[0, 1.0], [1, 0.9], [2, 0.8], [3, 0.6]]


@pytest.mark.parametrize(
    "points, options, message",
    [
        (POINTS, dict(numbers_at_risk=[[0, 10], [1, 12]]), "rise from 10 at 0 to 12 at 1.*misread"),
        (
            POINTS,
            dict(numbers_at_risk=[[0, 10], [1, 9]], total_events=11),
            "total_events = 11 with 10 patients",
        ),
        ([[0, 1.0], [1, 1.2], [2, 0.8]], dict(n=10), "1.2.*unit='percent'"),
        ([[0, 100.0], [1, 130], [2, 80]], dict(n=10), "130 > 100 %"),
        ([[0, 1.0], [1, 0.9], [2, 0.8]], dict(n=10, unit="percent"), "unit='proportion'"),
        ([[5, 3.0], [6, 2.0], [7, 1.0]], dict(n=10), "unclear as a percentage"),
        ([[0, 1.0], [1, 0.9], [2, -0.3]], dict(n=10), "< 0. Calibrate"),
        ([[-1, 1.0], [1, 0.9], [2, 0.3]], dict(n=10), "time -1 < 0"),
        ([[0, 1.0], [1, np.nan], [2, 0.3]], dict(n=10), "row 1 is not a number"),
        ([[0, 1.0], [1, 0.9]], dict(n=10), "at least 3"),
        (POINTS, dict(numbers_at_risk=[[0, 10.5], [1, 9]]), "whole numbers"),
        (POINTS, dict(numbers_at_risk=[[0, 10], [0, 9]]), "occurs twice"),
        (POINTS, dict(numbers_at_risk=[[0, 10]], n=11), "n = 11 but 10"),
    ],
)
def test_impossible_input_is_refused_with_the_next_step(points, options, message):
    with pytest.raises(ValueError, match=message):
        reconstruct_ipd(points, **options)


def test_conflicting_input_is_reported():
    # The curve halves, the numbers at risk hardly fall.
    t = np.linspace(0, 10, 60)
    r = reconstruct_ipd(np.c_[t, 1 - 0.05 * t + 0.002 * np.sin(50 * t)], [[0, 300], [9, 280]])
    assert any("the curve asks for" in c for c in r.conflicts) and list(
        at_risk_table(r.durations, [0, 9])
    ) == [300, 280]


def test_mismatched_time_units_are_reported():
    t, e = truth("lung")
    points = clicks(kaplan_meier(t, e), t.max(), np.random.default_rng(2)) * [100, 1]
    assert any("same unit of time" in c for c in reconstruct_ipd(points, at_risk(t)).conflicts)

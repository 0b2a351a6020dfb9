"""Nonsense in, a sentence out: never NaN, never a number that looks good, never a search without end."""

from __future__ import annotations

import warnings

import numpy as np
import pytest
from lifelines.datasets import load_rossi

from assessment.survival.calibration.calibrate import calibrate
from assessment.survival.calibration.printed_summaries import Summaries
from assessment.survival.comparison.effect_measures import bucher, risk_difference, wilson
from assessment.survival.comparison.network_meta_analysis import (
    TrialContrast,
    network_meta_analysis,
)
from assessment.survival.estimation.maximum_likelihood import fit
from assessment.survival.estimation.nonparametric import (
    cox_hazard_ratio,
    hazard_panels,
    kaplan_meier,
    logrank_z,
)
from assessment.survival.reconstruction.reconstruct import reconstruct_ipd

NAN, INF = float("nan"), float("inf")
TIMES, EVENTS, ARMS = [1.0, 2.0, 3.0, 4.0], [1, 1, 0, 1], [1, 0, 1, 0]
CURVE = np.c_[np.linspace(0, 20, 40), np.exp(-np.linspace(0, 20, 40) / 9)]
AT_RISK = [[0, 120], [5, 68], [10, 40]]
PRINTED = dict(median_t=8.0, median_c=5.0, hr=0.6, hr_lo=0.4, hr_hi=0.9, n_t=80, n_c=80, events=110)


@pytest.mark.parametrize("level", [95, 1, 0, -0.5, NAN, INF])
def test_a_level_is_a_fraction(level):
    for asked in (lambda: wilson(3, 40, level), lambda: risk_difference(3, 40, 1, 40, level)):
        with pytest.raises(ValueError, match=r"0\.95 for 95 %"):
            asked()


@pytest.mark.parametrize(("events", "n"), [(60, 50), (0, 0), (-1, 5), (NAN, 5), (1, NAN), (1, INF)])
def test_events_are_among_people(events, n):
    with pytest.raises(ValueError, match="Events must be between 0 and the people"):
        wilson(events, n)


@pytest.mark.parametrize("times", [[1, NAN, 3, 4], [1, -2, 3, 4], [1, INF, 3, 4]])
def test_times_are_finite_and_not_negative(times):
    for asked in (
        lambda: kaplan_meier(times, EVENTS),
        lambda: cox_hazard_ratio(times, EVENTS, ARMS),
        lambda: logrank_z(times, EVENTS, ARMS),
        lambda: hazard_panels(times, EVENTS),
    ):
        with pytest.raises(ValueError, match="in row 1"):
            asked()


@pytest.mark.parametrize(
    "marks", [[1, 2, 1, 2], [1, -1, 1, 1], [1, NAN, 0, 1], ["yes", "no", "no", "no"]]
)
def test_marks_are_one_and_nought(marks):
    for asked in (
        lambda: kaplan_meier(TIMES, marks),
        lambda: cox_hazard_ratio(TIMES, marks, ARMS),
        lambda: fit("weibull", TIMES, marks),
    ):
        with pytest.raises(ValueError, match="event marks are 1 for an event and 0 for censored"):
            asked()


def test_marks_as_text_are_read_as_they_stand():
    """'0' is a text that is not empty, and would be true."""
    assert kaplan_meier(TIMES, ["1", "1", "0", "1"]).events.sum() == 3
    assert kaplan_meier(TIMES, np.array([True, True, False, True])).events.sum() == 3


def test_marks_of_r_give_the_right_fit_when_turned():
    data = load_rossi()
    marks = data["arrest"].to_numpy() + 1  # 1 censored, 2 event
    right = fit("weibull", data["week"], data["arrest"])
    assert fit("weibull", data["week"], marks == 2).loglik == right.loglik
    with pytest.raises(ValueError, match="observed == 2"):
        fit("weibull", data["week"], marks)


def test_columns_are_equally_long_and_not_empty():
    with pytest.raises(ValueError, match="4 durations, 3 observed"):
        kaplan_meier(TIMES, EVENTS[:3])
    with pytest.raises(ValueError, match="3 treated"):
        cox_hazard_ratio(TIMES, EVENTS, ARMS[:3])
    with pytest.raises(ValueError, match="no patients"):
        kaplan_meier([], [])
    with pytest.raises(ValueError, match="no patients"):
        cox_hazard_ratio([], [], [])
    with pytest.raises(ValueError, match="no patients"):
        fit("weibull", [], [])


def test_one_arm_or_no_event_is_no_comparison():
    for compare in (cox_hazard_ratio, logrank_z):
        with pytest.raises(ValueError, match="all patients are in one arm"):
            compare(TIMES, EVENTS, [1, 1, 1, 1])
        with pytest.raises(ValueError, match="treated: give 1"):
            compare(TIMES, EVENTS, [1, 2, 1, 2])
        with pytest.raises(ValueError, match="no events"):
            compare(TIMES, [0, 0, 0, 0], ARMS)


@pytest.mark.parametrize("sign", [1, -1])
def test_arms_without_overlap_have_no_finite_hazard_ratio(sign):
    early_is_treated = np.repeat([1, 0] if sign == 1 else [0, 1], 20)
    found = cox_hazard_ratio(np.arange(1.0, 41), np.ones(40), early_is_treated)
    assert found == (sign * INF, INF)


@pytest.mark.parametrize("breaks", [[NAN], [3, 2], [0, 2], [-1], [INF]])
def test_breaks_rise_above_nought(breaks):
    with pytest.raises(ValueError, match="breaks are rising times above 0"):
        fit("piecewise", TIMES, EVENTS, breaks=breaks)


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"total_events": 60.5}, "total_events = 60.5: patients are counted in whole numbers"),
        ({"total_events": 1e-9}, "whole numbers"),
        ({"total_events": NAN}, "whole numbers"),
        ({"n": 120.5}, "n = 120.5"),
        ({"numbers_at_risk": None, "n": 80.5}, "n = 80.5"),
        ({"numbers_at_risk": None, "n": INF}, "n = inf"),
        ({"numbers_at_risk": [*AT_RISK, [1e300, 3]]}, "far beyond the curve"),
        ({"numbers_at_risk": [[0, 120], [150, 68], [700, 40]]}, "same unit of time"),
    ],
)
def test_patients_are_whole_and_times_within_reach(given, says):
    with pytest.raises(ValueError, match=says):
        reconstruct_ipd(CURVE, **({"numbers_at_risk": AT_RISK} | given))


def test_whole_counts_may_be_typed_with_a_point():
    one, other = (reconstruct_ipd(CURVE, AT_RISK, total) for total in (80, 80.0))
    assert np.array_equal(one.durations, other.durations)


@pytest.mark.parametrize(
    ("printed", "given", "says"),
    [
        ({"hr_lo": 0.9, "hr_hi": 0.4}, {}, "Are the two swapped"),
        ({"lo_t": 9.0, "hi_t": 6.0}, {}, "Are the two swapped"),
        ({}, {"candidates": 0}, "weigh at least"),
        ({}, {"candidates": NAN}, "weigh at least"),
        ({}, {"size": -1}, "size = -1"),
        ({}, {"size": 10.5}, "whole number of draws"),
        ({}, {"log_hr_slack": -1}, "log_hr_slack = -1"),
        ({}, {"log_hr_slack": NAN}, "log_hr_slack = nan"),
    ],
)
def test_a_calibration_that_cannot_be_is_refused_at_once(printed, given, says):
    with pytest.raises(ValueError, match=says):
        calibrate(PRINTED | printed, np.random.default_rng(1), **given)


@pytest.mark.parametrize(
    ("ratio", "says"), [((4.3, 2.4, 8.3), "control against treated"), ((38, 25, 58), "per cent")]
)
def test_a_hazard_ratio_against_the_medians_is_told(ratio, says):
    names = ("hr", "hr_lo", "hr_hi")
    printed = Summaries(median_t=13.8, median_c=4.4, n_t=64, n_c=31, **dict(zip(names, ratio)))
    assert any(says in sentence for sentence in printed.contradictions())


@pytest.mark.parametrize(
    ("medians", "ratio"), [((13.8, 4.4), 0.23), ((8.0, 8.5), 0.85), ((5, INF), 3)]
)
def test_a_hazard_ratio_that_goes_with_the_medians_is_not(medians, ratio):
    assert Summaries(median_t=medians[0], median_c=medians[1], hr=ratio).contradictions() == []


@pytest.mark.parametrize(
    ("log_ratio", "se", "says"),
    [
        (NAN, 0.25, "T3: its log ratio is nan"),
        (-INF, 0.25, "T3"),
        (0.1, INF, "T3"),
        (0.1, NAN, "T3"),
    ],
)
def test_a_trial_without_an_estimate_is_named(log_ratio, se, says):
    rows = [TrialContrast("T1", "A", "P", -0.5, 0.2), TrialContrast("T2", "B", "P", -0.3, 0.15)]
    with pytest.raises(ValueError, match=says):
        network_meta_analysis([*rows, TrialContrast("T3", "A", "B", log_ratio, se)])


def test_a_ratio_far_from_the_middle_of_its_limits_is_told():
    with pytest.warns(UserWarning, match=r"0\.38 .* far from the middle .* \(1\.2\)"):
        bucher((0.38, 0.25, 5.8), (0.48, 0.3, 0.77))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        bucher((0.38, 0.25, 0.58), (0.48, 0.3, 0.77))

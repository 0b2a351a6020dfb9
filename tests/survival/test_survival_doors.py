"""What the doors of estimation and comparison refuse, and with which advice."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from scipy import stats

from assessment.survival import (
    TrialContrast,
    at_risk_table,
    bucher,
    choose,
    counterfactual,
    diluted_hazard_ratio,
    fit,
    hazard_panels,
    kaplan_meier,
    network_meta_analysis,
    reconstruct_ipd,
    rpsftm,
    undiluted_hazard_ratio,
)
from assessment.survival.estimation.maximum_likelihood import FitWarning

NAN, INF = float("nan"), float("inf")
TIMES, EVENTS, ARMS, SHARE = [1.0, 2.0, 3.0, 4.0], [1, 1, 0, 1], [1, 0, 1, 0], [1, 0, 1, 0.5]
A_B = TrialContrast("T1", "A", "P", -0.5, 0.2)
DILUTION = dict(share_crossing=0.3, delay=4, carry_over=1, control_rate=0.05, horizon=30)


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        (lambda: kaplan_meier(["1", "two"], [1, 1]), "'two'.*Turn dates"),
        (lambda: kaplan_meier(TIMES, EVENTS).interval(95), r"0\.95 for 95 %"),
        (lambda: kaplan_meier(TIMES, EVENTS).median_interval(NAN), r"0\.95 for 95 %"),
        (lambda: kaplan_meier(TIMES, EVENTS).quantile(50), "p 50: give it as a fraction"),
        (lambda: kaplan_meier(TIMES, EVENTS).rmst(-1), "horizon -1"),
        (lambda: kaplan_meier(TIMES, EVENTS).rmst(NAN), "horizon nan"),
        (lambda: at_risk_table([1, NAN], [0, 1]), "found nan in row 1"),
        (lambda: at_risk_table([1, 2], [0, NAN]), "found nan in row 1"),
        (lambda: hazard_panels(TIMES, [0, 0, 0, 0]), "0 events"),
        (lambda: hazard_panels(TIMES, EVENTS, pieces=0), "0 pieces"),
        (lambda: choose([]), "no fits"),
        (lambda: fit("weibull", intervals=([1, 2], [2])), "2 lower and 1 upper"),
        (
            lambda: reconstruct_ipd([[0, 1], [1, 0.9], [2, 0.8]], n="120"),
            "n: found '120'. Give one number",
        ),
        (lambda: bucher((0.5, 0.5, 0.5), (0.6, 0.4, 0.9)), "apart"),
        (lambda: bucher((0.5, 0.3, INF), (0.6, 0.4, 0.9)), "finite"),
        (lambda: bucher((NAN, 0.3, 0.9), (0.6, 0.4, 0.9)), "estimate of a ratio: found nan"),
        (lambda: counterfactual([1, NAN], [1, 1], [1, 1], 0.1), "found nan in row 1"),
        (lambda: counterfactual([1, 2], [1, 2], [1, 1], 0.1), "found 2 in row 1"),
        (lambda: rpsftm(TIMES, [1, 2, 1, 1], ARMS, SHARE), "found 2 in row 1"),
        (lambda: rpsftm(TIMES, EVENTS, [1, 2, 1, 2], SHARE), "treated: give 1"),
        (lambda: rpsftm(TIMES, EVENTS, ARMS, [1, NAN, 1, 0]), "between 0 and 1"),
        (lambda: rpsftm(TIMES, EVENTS, ARMS, [1, 0]), "2 share_treated"),
        (lambda: diluted_hazard_ratio(NAN, **DILUTION), "hazard ratio nan: it is 0 or more"),
        (lambda: diluted_hazard_ratio(0.7, **DILUTION | {"share_crossing": 30}), "between 0 and 1"),
        (lambda: diluted_hazard_ratio(0.7, **DILUTION | {"horizon": INF}), "horizon inf"),
        (lambda: undiluted_hazard_ratio(-1, **DILUTION), "hazard ratio -1"),
    ],
)
def test_refused_with_what_was_found(asked, says):
    with pytest.raises(ValueError, match=says):
        asked()


@pytest.mark.parametrize("other", ["P ", "p", " P"])
def test_labels_that_differ_by_blanks_or_capitals_are_one_treatment(other):
    with pytest.raises(ValueError, match="differ by blanks or capitals only"):
        network_meta_analysis([A_B, TrialContrast("T2", "B", other, -0.3, 0.15)])


def test_a_reference_in_no_trial_is_refused_and_one_in_another_part_is_not():
    with pytest.raises(
        ValueError, match="reference 'placebo' is in no trial. Choose one of 'A', 'P'"
    ):
        network_meta_analysis([A_B], reference="placebo")
    parts = network_meta_analysis([A_B, TrialContrast("T2", "C", "D", -0.3, 0.15)], reference="D")
    assert {part.reference for part in parts} == {"P", "D"}


def test_fits_to_different_patients_are_not_ranked():
    one = fit("weibull", np.arange(1.0, 41), np.ones(40))
    choose([one, fit("exponential", np.arange(1.0, 41), np.ones(40))])
    with pytest.raises(ValueError, match="40 events in 40 patients, 40 events in 60 patients"):
        choose([one, dataclasses.replace(one, n=60)])


def test_an_infinite_mean_is_told():
    """A log-logistic law with shape 1 or less has no mean."""
    heavy = stats.fisk(c=0.8, scale=5).rvs(300, random_state=np.random.default_rng(1))
    with pytest.warns(FitWarning, match="the mean is infinite"):
        assert not np.isfinite(fit("loglogistic", heavy, np.ones(300)).distribution.mean())
    light = fit("loglogistic", heavy**0.25, np.ones(300))
    assert np.isfinite(light.distribution.mean()) and light.warnings == ()

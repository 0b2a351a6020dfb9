"""The trial's curves: one set at a time, and back to what was printed."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from lifelines import CoxPHFitter

from assessment.case.trial import trial_curves
from assessment.case.trial.trial import ARMS, COHORTS, Trial, all_analysis_sets, load_trial
from assessment.case.trial.trial_curves import curves
from assessment.case.trial.trial_summaries import ARM_CODE, printed, summaries
from assessment.evidence import DATA, REFERENCES, FactSet, MixedAnalysisSets
from assessment.pages.trial_evidence.curves import (
    curve_tables,
    curve_words,
)

PFS = [("pfs", cohort, s) for cohort in COHORTS for s in all_analysis_sets()]


def test_summaries_hold_what_the_facts_print():
    s = summaries(printed(load_trial("publication"), "pfs", "epnet"))
    assert (s.median_t, s.lo_t, s.hi_t, s.median_c, s.lo_c, s.hi_c) == (
        8.4,
        7.6,
        12.7,
        3.9,
        3.0,
        5.7,
    )
    assert (s.hr, s.hr_lo, s.hr_hi, s.n_t, s.n_c, s.events, s.followup_median) == (
        0.38,
        0.25,
        0.59,
        134,
        69,
        111,
        10.2,
    )
    fda = summaries(printed(load_trial("fda"), "os", "pnet"))
    assert (fda.events_t, fda.events_c, fda.events, fda.hr, fda.median_t) == (
        32,
        17,
        None,
        1.01,
        None,
    )


@pytest.mark.parametrize(
    "endpoint, group, analysis_set",
    [
        *PFS,
        ("os", "epnet", "publication"),
        ("pfs", "gi", "publication"),
        ("pfs", "grade3", "unstated"),
    ],
)
def test_every_fact_of_a_curve_belongs_to_its_set(endpoint, group, analysis_set):
    sets = {f.analysis_set for f in printed(load_trial(analysis_set), endpoint, group).values()} - {
        "not_applicable"
    }
    assert sets == {analysis_set}


def test_mixing_sets_is_refused():
    published, fda = load_trial("publication"), load_trial("fda")
    with pytest.raises(MixedAnalysisSets):
        Trial("publication", FactSet([*published.facts, *fda.facts]))
    # A single fact relabelled inside a view is caught when the curve's facts are gathered.
    view = load_trial("publication")
    moved = FactSet(
        replace(f, analysis_set="fda") if f.id == "cabinet.n.epnet.placebo" else f
        for f in view.facts
    )
    object.__setattr__(view, "facts", moved)
    with pytest.raises(MixedAnalysisSets, match="cabinet.n.epnet.placebo"):
        printed(view, "pfs", "epnet")


def test_no_time_printed_is_no_curve():
    with pytest.raises(ValueError, match="no time is known"):
        curves("os", "pnet", "fda")
    assert curve_words.found("os", "pnet", "fda") is None
    with pytest.raises(ValueError, match="no curve of 'os' in 'gi'"):
        curves("os", "gi")


@pytest.mark.parametrize("endpoint, group, analysis_set", PFS)
def test_calibrated_medians_are_the_printed_ones(endpoint, group, analysis_set):
    c = curves(endpoint, group, analysis_set)
    for arm, code in ARM_CODE.items():
        fact = c.facts[f"median_{code}"]
        median = curve_tables.calibrated_median(c, code)
        assert median == pytest.approx(fact.number, rel=0.06)
        if fact.low is not None:
            assert fact.low <= median <= fact.high
            # Where the interval of the median ends, the band of the trial's own curve holds the
            # level that its interval ends at, about.
            for at, side in ((fact.low, 1), (fact.high, -1)):
                low, _, high = c.band(float(at), arm, "trial")
                assert low <= 0.5 + side * 0.12 + 0.06 and high >= 0.5 + side * 0.12 - 0.06


@pytest.mark.slow
@pytest.mark.parametrize(
    "group, analysis_set",
    [("epnet", "publication"), ("pnet", "publication"), ("epnet", "fda"), ("pnet", "fda")],
)
def test_the_hazard_ratio_comes_back_from_simulated_patients(group, analysis_set):
    """Patients simulated from the draws and followed as long as in the trial give the printed
    ratio, by lifelines' Cox model.
    """
    c, rng, found = curves("pfs", group, analysis_set), np.random.default_rng(5), []
    months = np.linspace(0, 60, 601)
    drawn = {arm: c.survival(months, arm, "trial") for arm in ARMS}
    follow = c.facts["followup_median"].number if "followup_median" in c.facts else 12.0
    for k in rng.integers(0, c.draws.size, 25):
        rows = []
        for arm in ARMS:
            u = rng.random(800)
            t = np.interp(-u, -drawn[arm][k], months, right=60.0)
            stop = follow * rng.uniform(0.4, 1.6, 800)
            rows.append(
                pd.DataFrame(
                    {
                        "t": np.maximum(np.minimum(t, stop), 0.01),
                        "e": t <= stop,
                        "z": arm == ARMS[0],
                    }
                )
            )
        found.append(CoxPHFitter().fit(pd.concat(rows).astype(float), "t", "e").params_["z"])
    fact = c.facts["hr"]
    assert abs(np.mean(found) - np.log(fact.number)) < 0.12
    assert np.log(fact.low) < np.mean(found) < np.log(fact.high)


def test_the_same_seed_gives_the_same_draws_and_another_seed_agrees():
    size = 900  # other than usual, so that it is one calibration
    first = curves("pfs", "epnet", size=size).survival([6.0, 12.0], ARMS[0])
    afresh = trial_curves._curves.__wrapped__(
        "pfs",
        "epnet",
        "publication",
        trial_curves.SEED,
        size,
        DATA,
        REFERENCES,
        trial_curves.CANDIDATES,
    )
    np.testing.assert_array_equal(first, afresh.survival([6.0, 12.0], ARMS[0]))
    other = curves("pfs", "epnet", seed=99).survival([6.0, 12.0], ARMS[0])
    np.testing.assert_allclose(first.mean(0), other.mean(0), atol=0.02)


def test_curves_fall_from_one_and_shares_are_shares():
    for endpoint in ("pfs", "os"):
        c = curves(endpoint, "pnet")
        for arm in ARMS:
            for of in ("trial", "population"):
                s = c.survival(np.linspace(0, 120, 61), arm, of)
                assert np.all(s[:, 0] == 1) and s.min() >= 0 and s.max() <= 1
                # Single draws of the trial's curve are interpolated and may rise by a hair; what is
                # drawn, their middle, falls.
                falling = s if of == "population" else np.median(s, axis=0)[None]
                assert np.all(np.diff(falling, axis=1) <= 1e-9)


def test_restricted_mean_difference_is_the_calibration_s_own():
    c = curves("pfs", "epnet")
    ours = c.rmst_difference(np.linspace(0, 24, 97))[:, -1]
    np.testing.assert_allclose(ours, c.draws.rmst_difference(24.0, "population"), atol=0.02)
    with pytest.raises(ValueError, match="rise from 0"):
        c.rmst_difference(np.array([1.0, 2.0]))

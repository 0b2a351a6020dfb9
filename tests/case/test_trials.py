"""One analysis set at a time; arithmetic on the trial's printed numbers."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment.case.trial.trial import (
    ARMS,
    COHORTS,
    ByArm,
    TimeToEvent,
    Trial,
    all_analysis_sets,
    count_behind,
    events_behind,
    exact_interval,
    load_trial,
)
from assessment.evidence import FactSet, MixedAnalysisSets, load_facts

FACTS = load_facts()


@pytest.mark.parametrize("name", ["publication", "fda", "interim_2023", "unstated"])
def test_a_view_holds_one_set(name):
    view = load_trial(analysis_set=name)
    assert view.analysis_set == name
    assert {f.analysis_set for f in view.facts} <= {name, "not_applicable"}


@pytest.mark.parametrize("name", ["publication", "fda", "interim_2023"])
def test_a_mixture_is_refused(name):
    with pytest.raises(MixedAnalysisSets, match="cannot be combined"):
        Trial(name, FACTS.select(subject="cabinet"))


def test_facts_of_another_set_are_refused():
    with pytest.raises(MixedAnalysisSets, match="load_trial\\(analysis_set='fda'\\)"):
        Trial("publication", FACTS.select(subject="cabinet", analysis_set="fda"))


def test_results_of_two_sets_do_not_meet():
    published, fda = load_trial("publication"), load_trial("fda")
    with pytest.raises(MixedAnalysisSets):
        TimeToEvent(
            published.pfs("pnet").treated,
            published.pfs("pnet").control,
            fda.pfs("pnet").hazard_ratio,
        )
    with pytest.raises(MixedAnalysisSets):
        ByArm(published.response("pnet").treated, fda.response("pnet").control)
    with pytest.raises(MixedAnalysisSets):
        count_behind(published.response("pnet").treated, fda.n("pnet", "cabozantinib"))


@given(
    st.sets(st.sampled_from([f for f in FACTS if f.subject == "cabinet"]), min_size=1, max_size=12)
)
def test_any_selection_is_one_set_or_refused(chosen):
    sets = {f.analysis_set for f in chosen} - {"not_applicable"}
    for name in ("publication", "fda", "interim_2023"):
        if sets <= {name}:
            assert Trial(name, FactSet(chosen)).analysis_set == name
        else:
            with pytest.raises(MixedAnalysisSets):
                Trial(name, FactSet(chosen))


def test_a_view_is_frozen():
    with pytest.raises(AttributeError):
        load_trial("fda").analysis_set = "publication"


def test_the_sets_beside_each_other_stay_apart():
    views = all_analysis_sets()
    assert (
        [v.analysis_set for v in views.values()]
        == ["publication", "fda", "interim_2023"]
        == list(views)
    )
    assert [v.pfs("pnet").hazard_ratio.printed for v in views.values()] == ["0.23", "0.22", "0.27"]
    assert [v.pfs("epnet").hazard_ratio.printed for v in views.values()] == ["0.38", "0.40", "0.45"]


def test_missing_is_none_and_unknown_is_a_fact():
    fda = load_trial("fda")
    assert fda.os("pnet").control is None
    assert fda.os("epnet").hazard_ratio.status == "unknown"


def test_wrong_names_are_named():
    with pytest.raises(ValueError, match="publication"):
        load_trial("nejm")
    with pytest.raises(ValueError, match="epnet, pnet"):
        load_trial("fda").pfs("pancreas")


@pytest.mark.parametrize("name", ["publication", "fda", "interim_2023"])
@pytest.mark.parametrize("cohort", COHORTS)
def test_arms_add_up_to_the_cohort(name, cohort):
    view = load_trial(name)
    assert sum(view.n(cohort, arm).number for arm in ARMS) == view.n(cohort).number


def test_events_behind_reproduces_the_deaths_the_fda_prints():
    fda = load_trial("fda")
    deaths = sum(fda.deaths("pnet").of_arm(arm).number for arm in ARMS)
    assert deaths == 49
    assert events_behind(fda.os("pnet").hazard_ratio) == pytest.approx(deaths, abs=2)


def test_events_behind_needs_an_interval():
    with pytest.raises(ValueError, match="no 95 % interval"):
        events_behind(load_trial("fda").os("epnet").hazard_ratio)


def test_the_same_twelve_responders_in_both_sets():
    counts = [
        count_behind(v.response("pnet").treated, v.n("pnet", "cabozantinib"))
        for v in (load_trial("publication"), load_trial("fda"))
    ]
    assert counts == [12, 12]


def test_counts_that_do_not_fit_are_none():
    view = load_trial("publication")
    # 13 of 31 is 41.9 %, printed 41
    assert count_behind(view.crossover("pnet"), view.n("pnet", "placebo")) is None
    assert count_behind(view.crossover("epnet"), view.n("epnet", "placebo")) == 23


def test_exact_interval_reproduces_the_printed_ones():
    assert [round(x) for x in exact_interval(12, 66)] == [10, 30]  # FDA, pNET: 18 % (10-30)
    assert [round(x) for x in exact_interval(0, 33)] == [0, 11]  # FDA, pNET placebo: 0 (0-11)
    assert [round(x) for x in exact_interval(7, 134)] == [2, 10]  # publication, epNET: 5 % (2-10)
    assert exact_interval(5, 5)[1] == 100
    with pytest.raises(ValueError):
        exact_interval(3, 2)


def test_a_fact_moved_to_another_set_breaks_the_view():
    moved = [
        replace(f, analysis_set="fda") if f.id == "cabinet.pfs.pnet.hazard_ratio" else f
        for f in FACTS.select(subject="cabinet", analysis_set="publication")
    ]
    with pytest.raises(MixedAnalysisSets, match="cabinet.pfs.pnet.hazard_ratio"):
        Trial("publication", FactSet(moved))

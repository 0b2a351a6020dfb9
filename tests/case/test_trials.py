"""One analysis set at a time; arithmetic on the trial's printed numbers."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment.case.trial.trial import (
    ARMS,
    COHORTS,
    ByArm,
    Cabinet,
    TimeToEvent,
    cabinet,
    count_behind,
    events_behind,
    exact_interval,
    side_by_side,
)
from assessment.evidence import FactSet, MixedAnalysisSets, load_facts

FACTS = load_facts()


@pytest.mark.parametrize("name", ["publication", "fda", "interim_2023", "unstated"])
def test_a_view_holds_one_set(name):
    view = cabinet(analysis_set=name)
    assert view.analysis_set == name
    assert {f.analysis_set for f in view.facts} <= {name, "not_applicable"}


@pytest.mark.parametrize("name", ["publication", "fda", "interim_2023"])
def test_a_mixture_is_refused(name):
    with pytest.raises(MixedAnalysisSets, match="cannot be combined"):
        Cabinet(name, FACTS.select(subject="cabinet"))


def test_facts_of_another_set_are_refused():
    with pytest.raises(MixedAnalysisSets, match="cabinet\\(analysis_set='fda'\\)"):
        Cabinet("publication", FACTS.select(subject="cabinet", analysis_set="fda"))


def test_results_of_two_sets_do_not_meet():
    published, fda = cabinet("publication"), cabinet("fda")
    with pytest.raises(MixedAnalysisSets):
        TimeToEvent(
            published.pfs("pnet").cabozantinib,
            published.pfs("pnet").placebo,
            fda.pfs("pnet").hazard_ratio,
        )
    with pytest.raises(MixedAnalysisSets):
        ByArm(published.response("pnet").cabozantinib, fda.response("pnet").placebo)
    with pytest.raises(MixedAnalysisSets):
        count_behind(published.response("pnet").cabozantinib, fda.n("pnet", "cabozantinib"))


@given(
    st.sets(st.sampled_from([f for f in FACTS if f.subject == "cabinet"]), min_size=1, max_size=12)
)
def test_any_selection_is_one_set_or_refused(chosen):
    sets = {f.analysis_set for f in chosen} - {"not_applicable"}
    for name in ("publication", "fda", "interim_2023"):
        if sets <= {name}:
            assert Cabinet(name, FactSet(chosen)).analysis_set == name
        else:
            with pytest.raises(MixedAnalysisSets):
                Cabinet(name, FactSet(chosen))


def test_a_view_is_frozen():
    with pytest.raises(AttributeError):
        cabinet("fda").analysis_set = "publication"


def test_side_by_side_keeps_the_sets_apart():
    views = side_by_side()
    assert (
        [v.analysis_set for v in views.values()]
        == ["publication", "fda", "interim_2023"]
        == list(views)
    )
    assert [v.pfs("pnet").hazard_ratio.printed for v in views.values()] == ["0.23", "0.22", "0.27"]
    assert [v.pfs("epnet").hazard_ratio.printed for v in views.values()] == ["0.38", "0.40", "0.45"]


def test_missing_is_none_and_unknown_is_a_fact():
    fda = cabinet("fda")
    assert fda.os("pnet").placebo is None
    assert fda.os("epnet").hazard_ratio.status == "unknown"


def test_wrong_names_are_named():
    with pytest.raises(ValueError, match="publication"):
        cabinet("nejm")
    with pytest.raises(ValueError, match="epnet, pnet"):
        cabinet("fda").pfs("pancreas")


@pytest.mark.parametrize("name", ["publication", "fda", "interim_2023"])
@pytest.mark.parametrize("cohort", COHORTS)
def test_arms_add_up_to_the_cohort(name, cohort):
    view = cabinet(name)
    assert sum(view.n(cohort, arm).number for arm in ARMS) == view.n(cohort).number


def test_events_behind_reproduces_the_deaths_the_fda_prints():
    fda = cabinet("fda")
    deaths = sum(getattr(fda.deaths("pnet"), arm).number for arm in ARMS)
    assert deaths == 49
    assert events_behind(fda.os("pnet").hazard_ratio) == pytest.approx(deaths, abs=2)


def test_events_behind_needs_an_interval():
    with pytest.raises(ValueError, match="no 95 % interval"):
        events_behind(cabinet("fda").os("epnet").hazard_ratio)


def test_the_same_twelve_responders_in_both_sets():
    counts = [
        count_behind(v.response("pnet").cabozantinib, v.n("pnet", "cabozantinib"))
        for v in (cabinet("publication"), cabinet("fda"))
    ]
    assert counts == [12, 12]


def test_counts_that_do_not_fit_are_none():
    view = cabinet("publication")
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
        Cabinet("publication", FactSet(moved))

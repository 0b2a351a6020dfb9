"""Scenarios of how survival is read from what the trial printed, and of its tail."""

from __future__ import annotations

from collections.abc import Iterator

from assessment.case.model.curves.outside_tail import has_outside_tail
from assessment.case.model.scenarios.scenario_types import Scenario
from assessment.case.trial.trial import BASE_SET, DIVISIONS, Trial, has_number, load_trial
from assessment.evidence import Fact, load_facts

EFFECT, CURVES = "effect on survival", "survival family"


def survival_scenarios(cohort: str) -> Iterator[Scenario]:
    """The printed hazard ratio for life, on the control arm's curve; curves through the printed
    medians alone; the hazard ratio of a later look, as far as one is printed or relayed; the tail
    that other patients had; and, where a set prints deaths and no time, other lengths of follow-up.
    """
    view = load_trial(BASE_SET)
    printed = view.os(cohort).hazard_ratio
    if has_number(printed):
        yield Scenario("os_printed_ratio", EFFECT, {"survival_effect": printed.number})
    later = later_hazard_ratio(cohort)
    if later is not None:
        yield Scenario("os_later_look", EFFECT, {"survival_effect": later.number})
    if _all_medians(view, cohort):
        yield Scenario("printed_medians", EFFECT, {"curves": "exponential"})
    if has_outside_tail(cohort):
        yield Scenario("outside_tail", CURVES, {"tail": "outside"})
    for name in DIVISIONS:
        result = load_trial(name).os(cohort)
        tested = load_facts().select(subject="dilution", measure="os_tested")
        if name != BASE_SET and has_number(result.hazard_ratio) and not has_number(result.control):
            for fact in tested:
                changed = {"analysis_set": name, "followup_months": fact.high}
                yield Scenario("set_longer_followup", "analysis set", changed)


def later_hazard_ratio(cohort: str) -> Fact | None:
    """The hazard ratio of death of a later look than the base set's, as printed or relayed; None
    where the facts have none.
    """
    facts, fact_id = load_facts(), f"economics.later_look.{cohort}.hazard_ratio"
    return facts[fact_id] if fact_id in facts and has_number(facts[fact_id]) else None


def _all_medians(view: Trial, cohort: str) -> bool:
    results = (view.pfs(cohort), view.os(cohort))
    return all(has_number(r.treated) and has_number(r.control) for r in results)

"""The trial's printed results in the chapter's sentences, a function for each section. A text whose
facts are missing is left out.
"""

from __future__ import annotations

from assessment.case.trial.trial import ARMS, BASE_SET, COHORTS, all_analysis_sets, load_trial
from assessment.evidence import load_facts
from assessment.evidence.provenance.traced_text import computed
from assessment.pages.trial_evidence.shared.implied_deaths import implied_deaths
from assessment.pages.trial_evidence.shared.number_words import number_word
from assessment.pages.trial_evidence.shared.trial_words import CASE, ROLES, has_value
from assessment.presentation import numbers
from assessment.presentation.glue_keys import of_cohort, qualified


@computed
def record_texts() -> dict[str, str]:
    """How many facts there are on the trial, and how many of them are not known."""
    facts = load_facts()
    unknown = facts.select(subject=CASE.trial.id, status="unknown")
    on_trial = facts.select(subject=CASE.trial.id)
    return {
        "trial_unknown_count": numbers.number(len(unknown)),
        "trial_fact_count": numbers.number(len(on_trial)),
    }


@computed
def size_texts() -> dict[str, str]:
    """How many patients of a cohort are counted elsewhere by the first other analysis set."""
    said: dict[str, str] = {}
    others = [s.id for s in CASE.divisions if s.id != BASE_SET]
    if not others:
        return said
    published, other = load_trial(BASE_SET), load_trial(others[0])
    for cohort in COHORTS:
        here, there = published.n(cohort), other.n(cohort)
        if has_value(here) and has_value(there):
            moved = int(abs(there.number - here.number))
            said |= of_cohort(cohort, {"trial_moved": number_word(moved)})
    return said


@computed
def median_ratio_texts() -> dict[str, str]:
    """How many times as long the treated median without progression is, over cohorts and analysis
    sets.
    """
    ratios = []
    for view in all_analysis_sets().values():
        for cohort in COHORTS:
            pfs = view.pfs(cohort)
            if has_value(pfs.treated) and has_value(pfs.control):
                ratios.append(pfs.treated.number / pfs.control.number)
    if not ratios:
        return {}
    return {
        "trial_median_ratio_low": numbers.number(min(ratios), 1),
        "trial_median_ratio_high": numbers.number(max(ratios), 1),
    }


@computed
def implied_death_texts() -> dict[str, str]:
    """Deaths that the interval of each cohort's hazard ratio implies."""
    published = load_trial(BASE_SET)
    said: dict[str, str] = {}
    for cohort in COHORTS:
        deaths = implied_deaths(published.os(cohort).hazard_ratio)
        if deaths is not None:
            said |= of_cohort(cohort, {"trial_implied_deaths": deaths})
    return said


@computed
def severe_event_texts() -> dict[str, str]:
    """Severe events in a hundred patients by arm, and how many more in the treated arm."""
    published = load_trial(BASE_SET)
    said: dict[str, str] = {}
    for cohort in COHORTS:
        severe = published.grade3plus(cohort)
        for arm in ARMS:
            rate = severe.of_arm(arm)
            if has_value(rate):
                of_this_arm = {"trial_severe": numbers.number(rate.number)}
                said |= qualified(of_this_arm, cohort, ROLES[arm])
        if has_value(severe.treated) and has_value(severe.control):
            excess = numbers.number(severe.treated.number - severe.control.number)
            said |= of_cohort(cohort, {"trial_severe_excess": excess})
    return said

"""The trial's printed results in the chapter's sentences."""

from __future__ import annotations

from assessment.case.trial.trial import (
    ARMS,
    COHORTS,
    Trial,
    all_analysis_sets,
    count_behind,
    events_behind,
    exact_interval,
    load_trial,
)
from assessment.evidence import Fact, load_facts
from assessment.evidence.provenance.traced_text import computed
from assessment.pages.trial_evidence.shared.trial_words import ROLES
from assessment.presentation import numbers
from assessment.presentation.glue_keys import of_cohort, qualified
from assessment.presentation.language import _

NUMBER_WORDS = (
    _("none"),
    _("one"),
    _("two"),
    _("three"),
    _("four"),
    _("five"),
    _("six"),
    _("seven"),
    _("eight"),
    _("nine"),
    _("ten"),
    _("eleven"),
    _("twelve"),
)


@computed
def texts() -> dict[str, str]:
    """Computed numbers for the chapter's sentences, as text."""
    facts, published, fda = load_facts(), load_trial("publication"), load_trial("fda")
    unknown = facts.select(subject="cabinet", status="unknown")
    on_trial = facts.select(subject="cabinet")
    said = {
        "trial_unknown_count": numbers.number(len(unknown)),
        "trial_fact_count": numbers.number(len(on_trial)),
        "trial_implied_deaths_fda": _implied_deaths(fda, "pnet"),
    }
    for cohort in COHORTS:
        said |= _cohort_texts(published, fda, cohort)
    return said | _median_ratio_texts() | _response_texts(published)


def _known(fact: Fact | None, rest: str) -> Fact:
    """``fact``; LookupError when there is none. ``rest``: its id within an analysis set."""
    if fact is None:
        raise LookupError(f"the chapter tells '{rest}', and there is no such fact")
    return fact


def _implied_deaths(view: Trial, cohort: str) -> str:
    ratio = _known(view.os(cohort).hazard_ratio, f"os.{cohort}.hazard_ratio")
    return numbers.number(events_behind(ratio))


def _cohort_texts(published: Trial, fda: Trial, cohort: str) -> dict[str, str]:
    """Severe events by arm, implied deaths, and patients who moved between the divisions."""
    severe = {
        arm: _known(published.grade3plus(cohort).of_arm(arm), f"safety.grade3plus.{cohort}.{arm}")
        for arm in ARMS
    }
    treated, control = (severe[arm].number for arm in ARMS)
    sizes = [_known(view.n(cohort), f"n.{cohort}") for view in (fda, published)]
    moved = sizes[0].number - sizes[1].number
    of_this_cohort = {
        "trial_severe_excess": numbers.number(treated - control),
        "trial_implied_deaths": _implied_deaths(published, cohort),
        "trial_moved": NUMBER_WORDS[int(abs(moved))],
    }
    said = of_cohort(cohort, of_this_cohort)
    for arm, rate in severe.items():
        of_this_arm = {"trial_severe": numbers.number(rate.number)}
        said |= qualified(of_this_arm, cohort, ROLES[arm])
    return said


def _median_ratio_texts() -> dict[str, str]:
    """How many times as long the treated median is, over cohorts and analysis sets."""
    ratios = []
    for view in all_analysis_sets().values():
        for cohort in COHORTS:
            pfs = view.pfs(cohort)
            medians = [_known(pfs.of_arm(arm), f"pfs.{cohort}.{arm}.median") for arm in ARMS]
            ratios.append(medians[0].number / medians[1].number)
    return {
        "trial_median_ratio_low": numbers.number(min(ratios), 1),
        "trial_median_ratio_high": numbers.number(max(ratios), 1),
    }


def _response_texts(published: Trial) -> dict[str, str]:
    """How many patients the rate of response in the pancreas fits, and its exact interval."""
    n = _known(published.n("pnet", "cabozantinib"), "n.pnet.cabozantinib")
    rate = _known(published.response("pnet").treated, "response.pnet.cabozantinib.rate")
    count = count_behind(rate, n)
    if count is None:
        raise LookupError("the rate of response in 'pnet' does not fit exactly one count")
    low, high = exact_interval(count, int(n.number))
    return {
        "trial_responders_pnet": NUMBER_WORDS[count],
        "trial_response_interval_pnet": f"{numbers.interval(low, high, 0)}\u00a0%",
    }

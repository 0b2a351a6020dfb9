"""What the curves say, in the chapter's sentences."""

from __future__ import annotations

from assessment.case.model import runs
from assessment.case.model.analyses.scenarios import Outcome
from assessment.case.model.curves.base_case_checks import LARGEST_CAP
from assessment.case.model.inputs.model_inputs import COHORTS
from assessment.evidence.provenance.traced_text import computed
from assessment.presentation import numbers
from assessment.presentation.glue_keys import of_cohort
from assessment.presentation.icer_format import format_icer
from assessment.presentation.language import _
from assessment.presentation.money_format import format_share
from assessment.survival.calibration.prior import FAMILY_WEIGHT

# scenarios told in the sentences, by the stem of the key of their cost per QALY
RATIOS_TOLD = {
    "curves_printed_ratio": "os_printed_ratio",
    "curves_printed_medians": "printed_medians",
    "curves_outside_tail": "outside_tail",
}
LATER_LOOK = "os_later_look"


def texts() -> dict[str, str]:
    """Numbers on the curves of the base case, by key."""
    glued = limit_texts()
    for cohort in COHORTS:
        glued |= of_cohort(cohort, account_texts(cohort))
        glued |= of_cohort(cohort, scenario_cost_texts(cohort))
    return glued


@computed
def limit_texts() -> dict[str, str]:
    """Assumptions that stand in the code: the largest weight of a family, and the limit of the cap."""
    return {
        "curves_most_weight": format_share(max(FAMILY_WEIGHT.values())),
        "curves_cap_limit": format_share(LARGEST_CAP),
    }


@computed
def account_texts(cohort: str) -> dict[str, str]:
    """What the curves of a cohort come to."""
    account = runs.curves_of_base(cohort)
    return {
        "curves_ratio_life": numbers.number(account.ratio_for_life, 2),
        "curves_effective": format_share(account.effective),
        "curves_capped": f"{numbers.number(100 * runs.capped(cohort), 2)}\u00a0%",
    }


@computed
def scenario_cost_texts(cohort: str) -> dict[str, str]:
    """Cost per QALY, or that QALYs are lost, of the scenarios told; of the later look the QALYs."""
    ran = {o.scenario.id: o for o in runs.scenario_outcomes(cohort) if o.results is not None}
    said = {stem: _ratio(ran[name]) for stem, name in RATIOS_TOLD.items() if name in ran}
    later = ran[LATER_LOOK].results if LATER_LOOK in ran else None
    if later is not None:
        said["curves_later_look_qalys"] = numbers.number(float(later.increment.effect), 2)
    return said


def _ratio(outcome: Outcome) -> str:
    assert outcome.results is not None
    increment = outcome.results.increment
    if float(increment.effect) <= 0:
        return _("no ratio, QALYs are lost")
    return format_icer(increment, 0.0)

"""What the curves say, in the chapter's sentences."""

from __future__ import annotations

from assessment.case.model import runs
from assessment.case.model.curves.base_case_checks import LARGEST_CAP
from assessment.case.model.inputs.model_inputs import COHORTS
from assessment.case.model.inputs.settings import CONTROL, TREATED
from assessment.case.model.scenarios.scenario_runs import Outcome
from assessment.case.trial.trial_draws import ENOUGH
from assessment.evidence.provenance.traced_text import computed
from assessment.presentation import numbers
from assessment.presentation.glue_keys import of_cohort
from assessment.presentation.icer_format import format_icer_per_qaly
from assessment.presentation.language import _
from assessment.presentation.money_format import format_share
from assessment.survival.calibration.prior import FAMILY_WEIGHT

# scenarios told in the sentences, by the stem of their glue keys
TOLD = {
    "curves_printed_ratio": "os_printed_ratio",
    "curves_printed_medians": "printed_medians",
    "curves_later_look": "os_later_look",
    "curves_outside_tail": "outside_tail",
}


@computed
def texts() -> dict[str, str]:
    """Numbers on the curves of the base case, by key."""
    glued = {
        "curves_most_weight": format_share(max(FAMILY_WEIGHT.values())),
        "curves_enough": format_share(ENOUGH),
        "curves_cap_limit": format_share(LARGEST_CAP),
    }
    for cohort in COHORTS:
        glued |= of_cohort(cohort, _account(cohort)) | of_cohort(cohort, _scenarios(cohort))
    return glued


def _account(cohort: str) -> dict[str, str]:
    account = runs.curves_of_base(cohort)
    return {
        "curves_ratio_life": numbers.number(account.ratio_for_life, 2),
        "curves_median_treated": numbers.number(account.medians["os", TREATED][1], 1),
        "curves_median_control": numbers.number(account.medians["os", CONTROL][1], 1),
        "curves_effective": format_share(account.effective),
        "curves_capped": f"{numbers.number(100 * runs.capped(cohort), 2)}\u00a0%",
    }


def _scenarios(cohort: str) -> dict[str, str]:
    """Cost per QALY, or that QALYs are lost, and the QALYs, of the scenarios told."""
    outcomes = {outcome.scenario.id: outcome for outcome in runs.scenario_outcomes(cohort)}
    said = {}
    for stem, name in TOLD.items():
        outcome = outcomes.get(name)
        if outcome is not None and outcome.results is not None:
            said[stem] = _ratio(outcome)
            said[f"{stem}_qalys"] = numbers.number(float(outcome.results.increment.effect), 2)
    return said


def _ratio(outcome: Outcome) -> str:
    assert outcome.results is not None
    increment = outcome.results.increment
    if float(increment.effect) <= 0:
        return _("no ratio, QALYs are lost")
    return format_icer_per_qaly(increment, 0.0)

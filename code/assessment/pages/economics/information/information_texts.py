"""What more knowledge would be worth, in words."""

from __future__ import annotations

from assessment.case.model import decision_runs
from assessment.case.model.inputs.model_inputs import COHORTS
from assessment.evidence import load_facts
from assessment.evidence.provenance.traced_text import computed
from assessment.pages.economics.comparators.estimate_words import format_rounded_price
from assessment.pages.economics.information.worth_of_knowledge import (
    patients_a_year,
    patients_ahead,
    prices_asked,
    value_per_patient,
    values_of_a_qaly,
)
from assessment.presentation import numbers
from assessment.presentation.frame_rows import frame_rows
from assessment.presentation.glue_keys import of_cohort
from assessment.presentation.language import _
from assessment.presentation.money_format import MILLION, format_nok

# The keys of each kind of knowledge where the decision turns at the class's value: per patient.
KEYS = {
    "all": "information_all",
    "trial": "information_trial",
    "registry": "information_registry",
}


@computed
def texts() -> dict[str, str]:
    """Value of knowledge at the class's value, where the decision turns and at the assumed price, per
    patient and for Norway, by key.
    """
    years = load_facts()["economics.study.decision.duration"].number
    glued = {"information_years": numbers.number(years)}
    for cohort in COHORTS:
        own = values_of_a_qaly(cohort)[1]
        turns, assumed = prices_asked(cohort, own)
        values = value_per_patient(cohort)
        values = values[values["threshold"] == own]
        shown = {
            KEYS[row.kind]: format_nok(row.value)
            for row in frame_rows(values[values["price"] == turns])
        }
        (most,) = values[(values["price"] == turns) & (values["kind"] == "all")]["value"]
        (least,) = values[(values["price"] == assumed) & (values["kind"] == "all")]["value"]
        found = decision_runs.information(cohort)
        glued |= of_cohort(
            cohort,
            {
                **shown,
                "information_turns": _turns(found.turns[own]),
                "information_assumed": format_nok(least),
                "information_year": _million(most, patients_a_year(cohort)),
                "information_all_norway": _million(most, patients_ahead(cohort)),
            },
        )
    return glued


def _turns(price: float) -> str:
    """The price at which the decision turns, or that a free drug comes nearest."""
    if price < 0:
        return _("a free drug (no price turns the decision)")
    return _("about {price} NOK a pack in the mean of the draws").format(
        price=format_rounded_price(price)
    )


def _million(nok: float, patients: tuple[float, float]) -> str:
    low, high = (nok * count / MILLION for count in patients)
    return _("{amount}\u00a0million NOK").format(amount=numbers.interval(low, high, 1))

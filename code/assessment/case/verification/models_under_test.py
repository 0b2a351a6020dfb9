"""Which models the black-box tests are run on."""

from __future__ import annotations

from assessment.case.model.inputs.model_inputs import comparator_prices
from assessment.case.model.inputs.settings import CONTROL
from assessment.case.model.scenarios.comparator_scenarios import connected_comparators
from assessment.case.verification.model_adapter import ModelUnderTest


def models_of(cohort: str) -> dict[str, ModelUnderTest]:
    """A cohort's: against the control arm as observed, with a hazard ratio of death as an input, and
    against the first other drug that has a price and a trial to connect it.
    """
    ways = ((CONTROL, False), (CONTROL, True), *_priced_comparator(cohort))
    made = [ModelUnderTest(cohort, comparator, ratio) for comparator, ratio in ways]
    return {model.name: model for model in made}


def _priced_comparator(cohort: str) -> list[tuple[str, bool]]:
    """The first drug of known price to which some trial connects the cohort, as observed; or none."""
    priced = [name for name in connected_comparators(cohort) if name in comparator_prices()]
    return [(name, False) for name in priced[:1]]

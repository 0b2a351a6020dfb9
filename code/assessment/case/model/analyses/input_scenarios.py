"""Scenarios of utilities, side effects, time on treatment and prices: other inputs than the base case's,
curves unchanged.
"""

from __future__ import annotations

import numpy as np

from assessment.case.model.analyses.scenario_choice import Scenario
from assessment.case.model.inputs.model_inputs import base_values, fraction, model_inputs
from assessment.case.model.inputs.scenario_values import PublishedScenario, published_scenarios
from assessment.evidence import load_facts

GAP = "utility_loss_progression"
LOSS_ON_TREATMENT = "utility_loss_on_treatment"
ANALOGUE_PRICE = "background_therapy_injection_nok"
LATER_PRICE = "later_treatment_price_per_pack_nok"


def input_scenarios(cohort: str) -> tuple[Scenario, ...]:
    """The scenarios of a cohort, in the order of the table. Values come from facts, or are those of
    the base case used otherwise.
    """
    return (*_losses_on_treatment(cohort), *_gaps_without_gain(cohort), *_costs())


def _losses_on_treatment(cohort: str) -> tuple[Scenario, ...]:
    base = base_values(model_inputs(cohort))
    throughout = base["severe_events_treated"] * base["severe_event_utility_loss"]
    return (
        Scenario(
            "loss_on_treatment", "utilities", inputs=_of_fact(LOSS_ON_TREATMENT, "ae.treatment")
        ),
        # borne throughout instead of for weeks; the weeks of placebo's few events go with them
        Scenario(
            "severe_loss_lasts",
            "utilities",
            inputs={LOSS_ON_TREATMENT: throughout, "severe_event_weeks": 0.0},
        ),
    )


def _gaps_without_gain(cohort: str) -> tuple[Scenario, ...]:
    """No effect on survival, with each published gap that is not the base case's."""
    base = base_values(model_inputs(cohort))[GAP]

    def differs(published: PublishedScenario) -> bool:
        return not np.isclose(published.values().get(GAP, base), base)

    return tuple(
        Scenario(
            f"os_none_{published.id}",
            "utilities",
            {"survival_effect": "none"},
            published.values(),
            published.study,
        )
        for published in published_scenarios(cohort)
        if differs(published)
    )


def _costs() -> tuple[Scenario, ...]:
    facts = load_facts()
    as_printed = {
        ANALOGUE_PRICE: facts["economics.price.octreotide_30mg.norway"].number,
        LATER_PRICE: facts["economics.price.afinitor.norway"].number,
    }
    generic = {LATER_PRICE: facts["economics.price.everolimus.generic_scenario"].number}
    half = {ANALOGUE_PRICE: facts["economics.price.octreotide_30mg.half_scenario"].number}
    return (
        Scenario("withdrawals", "cost", inputs=_of_fact("withdrawal_share", "exposure.withdrawal")),
        Scenario("analogue_not_counted", "cost", inputs={"background_therapy_share": 0.0}),
        Scenario("analogue_half_price", "cost", inputs=half),
        Scenario("later_treatment_generic", "cost", inputs=generic),
        Scenario("prices_as_printed", "cost", inputs=as_printed),
    )


def _of_fact(parameter: str, fact: str) -> dict[str, float]:
    return {parameter: fraction(load_facts()[f"economics.{fact}.scenario"])}

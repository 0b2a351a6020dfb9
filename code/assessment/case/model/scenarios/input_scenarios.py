"""Scenarios of utilities, side effects, time on treatment and prices: other inputs than the base case's,
curves unchanged.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from assessment.case.model.inputs.model_inputs import (
    Inputs,
    ModelInput,
    base_values,
    model_inputs,
)
from assessment.case.model.inputs.scenario_values import (
    PublishedScenario,
    other_inputs,
    published_scenarios,
)
from assessment.case.model.scenarios.scenario_types import Scenario

GAP = "utility_loss_progression"
LOSS_ON_TREATMENT = "utility_loss_on_treatment"
BACKGROUND_THERAPY = "background_therapy_share"


def input_scenarios(cohort: str, group: str) -> tuple[Scenario, ...]:
    """The scenarios of a cohort and a group ("utilities" or "cost"), in the order of the table: those
    of ``data/scenario_values.csv``, then inputs of the base case used otherwise.
    """
    given = model_inputs(cohort)
    base = base_values(given)
    named = tuple(
        Scenario(other.id, group, inputs=other.values())
        for other in other_inputs(cohort)
        if _group(other, given) == group
    )
    return named + (_utilities(cohort, base) if group == "utilities" else _costs(base))


def _group(other: PublishedScenario, given: Mapping[str, ModelInput]) -> str:
    groups = {given[parameter].group for parameter in other.facts}
    return "utilities" if groups == {"utilities"} else "cost"


def _utilities(cohort: str, base: Inputs) -> tuple[Scenario, ...]:
    throughout = base["severe_events_treated"] * base["severe_event_utility_loss"]
    return (
        # borne throughout instead of for weeks; the weeks of the control arm's few events go with it
        Scenario(
            "severe_loss_lasts",
            "utilities",
            inputs={LOSS_ON_TREATMENT: throughout, "severe_event_weeks": 0.0},
        ),
        *_gaps_without_gain(cohort, base[GAP]),
    )


def _costs(base: Inputs) -> tuple[Scenario, ...]:
    if BACKGROUND_THERAPY not in base:
        return ()
    return (Scenario("analogue_not_counted", "cost", inputs={BACKGROUND_THERAPY: 0.0}),)


def _gaps_without_gain(cohort: str, base_gap: float) -> tuple[Scenario, ...]:
    """No effect on survival, with each published gap that is not the base case's."""
    return tuple(
        Scenario(
            f"os_none_{published.id}",
            "utilities",
            {"survival_effect": "none"},
            published.values(),
            published.study,
        )
        for published in published_scenarios(cohort)
        if not np.isclose(published.values().get(GAP, base_gap), base_gap)
    )

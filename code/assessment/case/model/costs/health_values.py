"""What time in a state is worth in QALYs, and what side effects take off it."""

from __future__ import annotations

import numpy as np

from assessment.case.model.inputs.model_inputs import Inputs
from assessment.case.model.inputs.settings import Settings
from assessment.economics.model.outcomes import Utilities
from assessment.economics.model.population_health import norm_at
from assessment.economics.time.time_units import WEEKS_PER_YEAR
from assessment.evidence import load_population_table
from assessment.evidence.provenance.result_cache import cached_result


def qalys_lost(role: str, inputs: Inputs, years_on_treatment: np.ndarray | float) -> np.ndarray:
    """QALYs lost to side effects: while severe ones last, and for as long as treatment does.

    ``role``: one of ROLES; ``years_on_treatment``: discounted, as the QALYs they come off are.
    """
    return (
        inputs[f"severe_events_{role}"]
        * inputs["severe_event_utility_loss"]
        * inputs["severe_event_weeks"]
        / WEEKS_PER_YEAR
        + inputs["utility_loss_on_treatment"] * years_on_treatment
    )


def utilities(inputs: Inputs, settings: Settings) -> Utilities:
    """Utilities of the states, falling with age where the settings say so."""
    age, norms = settings.start_age_years, _norms()
    falling = (
        (lambda years: norm_at(age + years, norms) / norm_at(age, norms))
        if settings.age_adjusted
        else None
    )
    return Utilities(
        inputs["utility_progression_free"],
        inputs["utility_progression_free"] - inputs["utility_loss_progression"],
        falling,
    )


@cached_result(maxsize=1)
def _norms():
    return load_population_table("hrqol-norms")

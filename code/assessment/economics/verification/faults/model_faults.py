"""Faults in the model itself: it takes its inputs or its horizon for something else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from assessment.economics.verification.faults.seeded_faults import Fault, model_fault
from assessment.economics.verification.framework.model_protocol import Model

Inputs = Mapping[str, Any]


def _inverse_hazard_ratios(model: Model, inputs: Inputs) -> Inputs:
    return {name: 1 / np.asarray(inputs[name], float) for name in model.roles.hazard_ratios}


def _prices_per_mg(model: Model, inputs: Inputs) -> Inputs:
    """Prices grow with the strength, as a share of the base strength."""
    strengths = model.roles.strengths
    return {
        price: np.asarray(inputs[price], float)
        * np.asarray(inputs[strengths[strategy]])
        / model.inputs[strengths[strategy]]
        for strategy, price in model.roles.price.items()
        if strategy in strengths
    }


def _last_cost_with_fixed_part(model: Model, inputs: Inputs) -> Inputs:
    return {name: np.asarray(inputs[name], float) + 1000 for name in model.roles.costs[-1:]}


def _half_the_horizon(settings: Any) -> Any:
    return replace(settings, horizon_years=settings.horizon_years / 2)


def _utilities_less_a_tenth(model: Model, inputs: Inputs) -> Inputs:
    return {name: 0.9 * np.asarray(inputs[name], float) for name in model.roles.utilities}


MODEL_FAULTS: tuple[Fault, ...] = (
    model_fault("hazard ratios are turned upside down", _inverse_hazard_ratios),
    model_fault("the price is taken for each mg of the base strength", _prices_per_mg),
    model_fault("a unit cost has a fixed part that nobody entered", _last_cost_with_fixed_part),
    model_fault("the horizon is half of what was set", changed_settings=_half_the_horizon),
    model_fault("utilities are lowered by a tenth on the way", _utilities_less_a_tenth),
)

"""The inputs of a run, checked: nothing missing, nothing unknown, nothing impossible."""

from __future__ import annotations

import numpy as np

from assessment.case.model.inputs.model_inputs import Inputs, model_inputs
from assessment.case.model.inputs.settings import Settings

SHARES = ("severe_events_treated", "severe_events_control")  # and every name that ends in _share
LOSSES = (
    "utility_loss_progression",
    "severe_event_utility_loss",
    "utility_loss_on_treatment",
)
INTERVALS = ("_interval_weeks", "_interval_days", "_treated_weeks", "_control_weeks")


def checked(inputs: Inputs, settings: Settings) -> dict[str, np.ndarray]:
    """Inputs as arrays. ValueError names the input, what was found and what is allowed; nothing
    passes silently.
    """
    wanted = model_inputs(settings.cohort)
    if missing := [name for name in wanted if name not in inputs]:
        raise ValueError(
            f"missing inputs: {', '.join(missing)}. Start from"
            f" base_values(model_inputs('{settings.cohort}'))."
        )
    if unknown := [name for name in inputs if name not in wanted]:
        raise ValueError(
            f"unknown inputs: {', '.join(unknown)}. The model has: {', '.join(wanted)}."
        )
    values = {name: np.asarray(value, float) for name, value in inputs.items()}
    for name, value in values.items():
        _check(name, value)
    if np.any(values["toxicity_stop_share"] + values["withdrawal_share"] >= 1):
        raise ValueError(
            "toxicity_stop_share and withdrawal_share together are below 1: somebody must be treated"
            " until progression"
        )
    return values


def _check(name: str, value: np.ndarray) -> None:
    if not np.all(np.isfinite(value)):
        raise ValueError(
            f"{name} must be finite; found NaN or infinity. Look at where the number comes from."
        )
    lowest, highest, without_zero = allowed_range(name)
    inside = np.all((value >= lowest) & (value <= highest))
    if inside and not (without_zero and np.any(value <= 0)):
        return
    least = "above 0" if without_zero else f"{lowest:g} or more"
    most = f" and at most {highest:g}" if np.isfinite(highest) else ""
    raise ValueError(
        f"{name} is {least}{most}; found {value.min():g} to {value.max():g}. Write 0.75, not 75."
    )


def allowed_range(name: str) -> tuple[float, float, bool]:
    """(least, most, whether 0 is excluded) of an input."""
    if name in SHARES or name.endswith("_share"):
        return 0.0, 1.0, False
    if name == "utility_progression_free":
        return -1.0, 1.0, False
    if name in LOSSES:
        return 0.0, 2.0, False
    return 0.0, np.inf, name.endswith(INTERVALS) or name == "units_per_pack"

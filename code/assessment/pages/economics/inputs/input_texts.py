"""Model inputs and discounting in words."""

from __future__ import annotations

from assessment.economics.time.discounting import discount_factor
from assessment.evidence import load_population_table
from assessment.evidence.provenance.traced_text import computed
from assessment.pages.economics.inputs.input_register import inputs
from assessment.presentation import numbers

STATUS_KEYS = {
    "verified": "econ_inputs_verified",
    "copy": "econ_inputs_copy",
    "secondary": "econ_inputs_secondary",
    "derived": "econ_inputs_derived",
    "assumption": "econ_inputs_assumption",
    "unknown": "econ_inputs_unknown",
}


@computed
def texts() -> dict[str, str]:
    """How many inputs there are of each status, and what discounting does, as text by key."""
    status, schedule = inputs()["status"], load_population_table("discount-schedule")
    after_ten_years = float(discount_factor(10, schedule))
    counts = {key: str((status == name).sum()) for name, key in STATUS_KEYS.items()}
    return counts | {
        "econ_inputs": str(len(status)),
        "econ_discount_ten": numbers.number(100 * after_ten_years) + "\u00a0%",
    }

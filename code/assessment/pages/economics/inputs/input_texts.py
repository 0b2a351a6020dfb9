"""Model inputs and discounting in words."""

from __future__ import annotations

from assessment.economics.time.discounting import discount_factor
from assessment.evidence import load_population_table
from assessment.evidence.provenance.traced_text import computed
from assessment.pages.economics.inputs.input_register import STATUSES, inputs
from assessment.presentation import numbers


@computed
def texts() -> dict[str, str]:
    """Computed numbers for the chapter's sentences, as text."""
    frame, schedule = inputs(), load_population_table("discount-schedule")
    counts = frame["status"].value_counts()
    ten = float(discount_factor(10, schedule))
    return {
        "econ_inputs": str(len(frame)),
        "econ_discount_ten": numbers.number(100 * ten) + "\u00a0%",
    } | {f"econ_inputs_{s}": str(counts.get(s, 0)) for s in STATUSES}

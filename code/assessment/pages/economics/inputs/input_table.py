"""Table of every model input."""

from __future__ import annotations

import numpy as np
import pandas as pd

from assessment.case.model.inputs.model_inputs import COHORTS, ModelInput, model_inputs
from assessment.evidence import load_facts
from assessment.pages.economics.inputs.input_register import STATUS_NAMES, VARIED_NAMES, inputs
from assessment.presentation import numbers
from assessment.presentation.frame_rows import frame_rows
from assessment.presentation.language import _
from assessment.presentation.show import Table, long_table, ref


def input_table() -> Table:
    """Every model input: value with its source, how it varies, price year, and what it means for
    the result.
    """
    facts, rows = load_facts(), []
    for row in frame_rows(inputs()):
        cohort = COHORTS[0] if row.cohort == "both" else row.cohort
        given = model_inputs(cohort).get(row.parameter) if cohort in COHORTS else None
        rows.append(
            {
                _("Input (status)"): f"{row.label} ({STATUS_NAMES[row.status]})",
                _("Value"): ref(facts[row.fact]) if row.fact else "–",
                _("Varied"): _varied(row.distribution, given),
                _("Prices of"): str(int(row.price_year)) if row.price_year else "",
                _("What it means for the result"): row.consequence,
            }
        )
    return long_table(pd.DataFrame(rows))


def _varied(kind: str, given: ModelInput | None) -> str:
    """The distribution in words, with the bounds of the one-way analysis."""
    if given is None or given.low == given.high:
        return VARIED_NAMES.get(kind, "")
    decimals = max(0, 2 - int(np.floor(np.log10(max(abs(given.high), 1e-9)))))
    bounds = numbers.interval(given.low, given.high, min(decimals, 4))
    varied = _("one-way only") if kind == "fixed" else VARIED_NAMES.get(kind, kind)
    return f"{varied}, {bounds}"

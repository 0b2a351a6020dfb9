"""Table of every model input."""

from __future__ import annotations

import numpy as np
import pandas as pd

from assessment.case.model.inputs.model_inputs import COHORTS, model_inputs
from assessment.evidence import load_facts
from assessment.pages.economics.inputs.input_register import WORDS, inputs
from assessment.presentation import numbers
from assessment.presentation.show import Table, ref


def input_table() -> Table:
    """Every model input: value with its source, how it varies, price year, and what it means for
    the result.
    """
    facts, read = (
        load_facts(),
        {(c, name): given for c in COHORTS for name, given in model_inputs(c).items()},
    )
    rows = []
    for r in inputs().itertuples():
        given = read.get((COHORTS[0] if r.cohort == "both" else r.cohort, r.parameter))
        rows.append(
            {
                "Input (status)": f"{r.label} ({r.status})",
                "Value": ref(facts[r.fact]) if r.fact else "–",
                "Varied": _varied(r.distribution, given),
                "Prices of": str(int(r.price_year)) if r.price_year else "",
                "What it means for the result": r.consequence,
            }
        )
    return Table(pd.DataFrame(rows), classes=("long",))


def _varied(kind: str, given) -> str:
    """The distribution in words, with the bounds of the one-way analysis."""
    if given is None or given.low == given.high:
        return WORDS["varied"].get(kind, "")
    decimals = max(0, 2 - int(np.floor(np.log10(max(abs(given.high), 1e-9)))))
    return (
        f"{WORDS['varied'].get(kind, kind)},"
        f" {numbers.interval(given.low, given.high, min(decimals, 4))}"
    )

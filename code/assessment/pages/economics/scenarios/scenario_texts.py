"""Which scenarios change the conclusion, in words."""

from __future__ import annotations

import numpy as np

from assessment.case.model.inputs.model_inputs import COHORTS
from assessment.case.trial.trial import COHORTS as NAMES
from assessment.evidence.provenance.traced_text import computed
from assessment.pages.economics.scenarios.scenario_frame import frame
from assessment.presentation import numbers
from assessment.presentation.money_format import MILLION


@computed
def scenario_texts() -> dict[str, str]:
    """Which scenarios change the conclusion or the sign of the gain, in words."""
    data, out = frame(), {}
    flips, negative = [], []
    for cohort in COHORTS:
        own = data[data["cohort"] == cohort]
        base = own[own["id"] == "base"]["worth"].iloc[0]
        flips += [
            f"“{row.name}” ({NAMES[cohort]})"
            for row in own.itertuples()
            if row.worth is not None and row.worth != base
        ]
        negative += [f"“{row.name}” ({NAMES[cohort]})" for row in own.itertuples() if row.gain < 0]
    out["scenario_flips"] = (
        f"The conclusion at the price of the run turns in: {', '.join(flips)}."
        if flips
        else "No scenario turns the conclusion."
    )
    out["scenario_negative"] = (
        f"QALYs are lost rather than gained in: {', '.join(negative)}."
        if negative
        else "QALYs are gained in every scenario."
    )
    run = [
        one.results
        for one in data["outcome"]
        if one.results is not None and not one.results.costs_incomplete
    ]
    ratios = [
        float(found.increment.icer)
        for found in run
        if np.isfinite(found.increment.icer) and found.increment.effect > 0
    ]
    out["scenario_lowest_icer"], out["scenario_highest_icer"] = (
        f"{numbers.number(value / MILLION, 1)}\u00a0million NOK"
        for value in (min(ratios), max(ratios))
    )
    return out

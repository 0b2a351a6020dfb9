"""Two reckonings without a model that say whether the economic answer is plausible."""

from __future__ import annotations

import pandas as pd

from assessment.case.model import runs
from assessment.case.model.inputs.model_inputs import COHORTS, base_values, model_inputs
from assessment.case.trial.trial import COHORTS as NAMES
from assessment.economics.time.time_units import DAYS_PER_YEAR, MONTHS_PER_YEAR
from assessment.evidence import load_facts
from assessment.pages.economics.shared.result_wording import told
from assessment.presentation.money_format import money
from assessment.presentation.show import Table


def envelope_table() -> Table:
    """Two simple reckonings that bound the answer, without a model, beside the base case."""
    rows = []
    for cohort in COHORTS:
        one = envelope(cohort)
        rows.append(
            (
                NAMES[cohort],
                money(one["cheap"], 1),
                told(runs.base(cohort).increment, runs.gain_error(cohort)),
                money(one["dear"], 1),
            )
        )
    return Table(
        pd.DataFrame(
            rows,
            columns=[
                "Cohort",
                "Whole gain becomes life",
                "Base case",
                "Gain counts as quality of life only",
            ],
        )
    )


def envelope(cohort: str) -> dict[str, float]:
    """NOK per QALY from printed medians alone: the drug for the median time without progression,
    undiscounted, nothing else.

    'dear': the gain in median PFS valued at Swinburn's utility gap; 'cheap': the same gain lived in
    full at the utility before progression.
    """
    facts, x = load_facts(), base_values(model_inputs(cohort))
    treated, gain = (
        facts[f"cabinet.pfs.{cohort}.{name}"].number / MONTHS_PER_YEAR
        for name in ("cabozantinib.median", "median_gain")
    )
    cost = treated * DAYS_PER_YEAR / x["units_per_pack"] * x["price_per_pack_nok"]
    return {
        "dear": cost / (gain * facts["economics.loss.swinburn.all"].number),
        "cheap": cost / (gain * facts["economics.utility.swinburn.stable"].number),
    }

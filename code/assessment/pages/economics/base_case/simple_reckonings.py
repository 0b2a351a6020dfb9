"""Two reckonings without a model that say whether the economic answer is plausible."""

from __future__ import annotations

import pandas as pd

from assessment.case.model import runs
from assessment.case.model.inputs.model_inputs import COHORTS, base_values, model_inputs
from assessment.case.model.inputs.scenario_values import published_scenarios
from assessment.case.trial.trial import CASE
from assessment.case.trial.trial import COHORTS as NAMES
from assessment.economics.time.time_units import DAYS_PER_YEAR, MONTHS_PER_YEAR
from assessment.evidence import load_facts
from assessment.presentation.icer_format import format_icer
from assessment.presentation.language import _
from assessment.presentation.money_format import format_million_nok
from assessment.presentation.show import Table

BEFORE, LOSS = "utility_progression_free", "utility_loss_progression"


def envelope_table() -> Table:
    """Two simple reckonings that bound the answer, without a model, beside the base case."""
    rows = []
    for cohort in COHORTS:
        reckoned = envelope(cohort)
        base_case = format_icer(runs.base(cohort).increment)
        rows.append(
            (
                NAMES[cohort],
                format_million_nok(reckoned["cheap"], 1),
                base_case,
                format_million_nok(reckoned["dear"], 1),
            )
        )
    columns = [
        _("Cohort"),
        _("Whole gain becomes life"),
        _("Base case"),
        _("Gain counts as quality of life only"),
    ]
    return Table(pd.DataFrame(rows, columns=columns))


def envelope(cohort: str) -> dict[str, float]:
    """NOK per QALY from printed medians alone: the drug for the median time without progression,
    undiscounted, nothing else.

    'dear': the gain in median PFS valued at the widest published gap between utilities; 'cheap':
    the same gain lived in full at that study's utility before progression. LookupError where no
    scenario has published utilities.
    """
    facts, inputs = load_facts(), base_values(model_inputs(cohort))
    treated_years, control_years = (
        facts[f"{CASE.base_set.fact_prefix}.pfs.{cohort}.{arm.id}.median"].number / MONTHS_PER_YEAR
        for arm in CASE.arms
    )
    gain_years = treated_years - control_years
    cost = treated_years * DAYS_PER_YEAR / inputs["units_per_pack"] * inputs["price_per_pack_nok"]
    before, loss = _widest_utility_gap(cohort)
    return {"dear": cost / (gain_years * loss), "cheap": cost / (gain_years * before)}


def has_published_gap(cohort: str) -> bool:
    """Whether any study prints a utility before progression and what is lost at it."""
    return bool(_published_gaps(cohort))


def _published_gaps(cohort: str) -> list[tuple[float, float]]:
    return [
        (values[BEFORE], values[LOSS])
        for scenario in published_scenarios(cohort)
        if {BEFORE, LOSS} <= (values := scenario.values()).keys()
    ]


def _widest_utility_gap(cohort: str) -> tuple[float, float]:
    """Utility before progression and its loss, of the study that prints the largest loss."""
    published = _published_gaps(cohort)
    if not published:
        raise LookupError(
            f"data/scenario_values.csv has no scenario of {cohort} with {BEFORE} and {LOSS}"
        )
    return max(published, key=lambda pair: pair[1])

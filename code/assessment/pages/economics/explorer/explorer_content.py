"""The live explorer of cost and benefit: on the site a form whose answers the reader's browser
computes, in JupyterLab the full model.

The site's script does the arithmetic of ``explorer_closed_form`` on integrals that Python
computed; a test holds the two against each other.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

import pandas as pd

from assessment.case.model.analyses.explorer_closed_form import cost_formulas
from assessment.case.model.analyses.explorer_integrals import (
    ARMS,
    LAGS,
    NUMBERS,
    RATIOS,
    all_integrals,
    budget_inputs,
)
from assessment.case.model.costs.cost_row_checks import PRICE
from assessment.case.model.inputs.model_inputs import COHORTS, base_values, input_fact, model_inputs
from assessment.case.model.inputs.settings import FAMILIES, SURVIVAL_EFFECTS
from assessment.case.trial.trial import COHORTS as NAMES
from assessment.economics.time.time_units import WEEKS_PER_YEAR
from assessment.evidence import load_population_table
from assessment.pages.economics.explorer.explorer_answers import (
    SMALL_GAIN,
    answers,
    class_values,
    printed_limits,
    remaining_qalys,
)
from assessment.pages.economics.explorer.explorer_words import WORDS
from assessment.pages.economics.shared.cost_groups import group_shades
from assessment.pages.economics.shared.fact_ranges import range_of
from assessment.pages.economics.shared.model_answers import gain_limits
from assessment.pages.economics.shared.result_wording import movable_assumption_label
from assessment.presentation import numbers
from assessment.presentation.icer_format import LARGEST_NOK, includes_zero
from assessment.presentation.language import _
from assessment.presentation.show import Table, table_content
from assessment.survival.distributions.special_functions import Z_975

EXPLORER_MIME = "application/vnd.assessment.explorer+json"
STEP = {
    "price_per_pack_nok": 1_000.0,
    "utility_progression_free": 0.01,
    "utility_loss_progression": 0.01,
    "dosed_days_share": 0.01,
}


def sliders(cohort: str) -> dict[str, dict[str, float]]:
    """Range, step and base value of each slider; the base value lies on the slider's grid."""
    inputs = base_values(model_inputs(cohort))
    _lowest_price, highest_price = range_of(input_fact(PRICE))

    def at(name: str, low: float, high: float) -> dict[str, float]:
        return {"min": low, "max": high, "step": STEP[name], "base": inputs[name]}

    def grid(name: str, steps_down: int, steps_up: int) -> dict[str, float]:
        low = inputs[name] - steps_down * STEP[name]
        high = inputs[name] + steps_up * STEP[name]
        return at(name, round(low, 8), round(high, 8))

    return {
        "price_per_pack_nok": at("price_per_pack_nok", 0.0, highest_price),
        "utility_progression_free": grid("utility_progression_free", 30, 15),
        "utility_loss_progression": grid("utility_loss_progression", 3, 25),
        "dosed_days_share": grid("dosed_days_share", 33, 7),
    }


def values_of_a_qaly() -> list[dict]:
    """Values of a QALY in NOK that are stated or proposed, each with a note; one for each class."""
    return [
        {
            "value": value,
            "text": numbers.number(value),
            "note": WORDS["policy"] if number == 1 else WORDS["proposed"].format(number=number),
        }
        for number, value in enumerate(class_values(), start=1)
    ]


def strip() -> list[str]:
    """The three results that stay in sight: a ratio only where no interval of the gain includes 0."""
    unsure = any(includes_zero(*gain_limits(cohort)) for cohort in COHORTS)
    return ["qalys", "benefit" if unsure else "icer", "price"]


def in_order(integrals: dict) -> list[float]:
    """The integrals of one choice in the order the script reads them."""
    numbers_in_order: list[float] = []
    for arm in ARMS:
        numbers_in_order += [integrals[arm][name] for name in NUMBERS]
        for name in LAGS:
            numbers_in_order += list(integrals[arm]["lags"][name])
    return numbers_in_order


def content() -> dict:
    """What the page carries: integrals, inputs, controls, reference values."""
    classes = load_population_table("severity-classes")
    return {
        "cohorts": {cohort: _cohort_content(cohort) for cohort in COHORTS},
        "numbers": list(NUMBERS),
        "lags": list(LAGS),
        "ratios": list(RATIOS),
        "effects": list(SURVIVAL_EFFECTS),
        "families": ["all", *FAMILIES],
        "values": values_of_a_qaly(),
        "z_975": Z_975,
        "largest": LARGEST_NOK,
        "small_gain": SMALL_GAIN,
        "strip": strip(),
        "classes": [float(shortfall) for shortfall in classes["absolute_shortfall_from"]],
        "colours": group_shades(),
        "costs": cost_formulas(),
        "weeks_per_year": WEEKS_PER_YEAR,
    }


def _cohort_content(cohort: str) -> dict:
    integrals = all_integrals(cohort)
    return {
        "name": NAMES[cohort],
        "integrals": {choice: in_order(values) for choice, values in integrals.items()},
        "inputs": base_values(model_inputs(cohort)),
        "adoption": budget_inputs(cohort),
        "sliders": sliders(cohort),
        "remaining": remaining_qalys(cohort),
        "price_limits": printed_limits(cohort),
        "gain_limits": gain_limits(cohort),
    }


def base_table() -> Table:
    """The base case of both cohorts, as the explorer shows it before a control is moved."""
    columns = {}
    for cohort in COHORTS:
        shown = answers(cohort)
        columns[NAMES[cohort]] = {WORDS["outputs"][name]: text for name, text in shown.items()}
    frame = pd.DataFrame(columns).rename_axis(_("◆ At the assumed price"))
    return Table(frame.reset_index())


@dataclass(frozen=True)
class Explorer:
    """The explorer as a cell's output: a form on the site, the base case's table in print."""

    def _repr_mimebundle_(self, include=None, exclude=None) -> dict:
        table = base_table()
        shown = {
            "data": content(),
            "words": WORDS,
            "label": movable_assumption_label(),
            "table": table_content(table.frame),
        }
        # As text: a notebook that is kept sorts the keys of its JSON, and the controls with them.
        return {
            EXPLORER_MIME: {"json": json.dumps(shown, ensure_ascii=False)},
            "text/plain": table.frame.to_string(index=False),
        }

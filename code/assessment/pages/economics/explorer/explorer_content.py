"""The live explorer of cost and benefit: on the site a form whose answers the reader's browser
computes, in JupyterLab the full model.

The site's script does the arithmetic of ``explorer_closed_form`` on integrals that Python
computed; a test holds the two against each other.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

import pandas as pd

from assessment.case.model import runs
from assessment.case.model.analyses.explorer_closed_form import closed_form, cost_formulas
from assessment.case.model.analyses.explorer_integrals import (
    ARMS,
    LAGS,
    NUMBERS,
    RATIOS,
    all_integrals,
    budget_inputs,
)
from assessment.case.model.inputs.model_inputs import COHORTS, base_values, model_inputs
from assessment.case.model.inputs.settings import FAMILIES, SURVIVAL_EFFECTS, Settings
from assessment.case.trial.trial import COHORTS as NAMES
from assessment.economics.time.time_units import WEEKS_PER_YEAR
from assessment.evidence import load_facts, load_population_table
from assessment.pages.economics.explorer.explorer_words import WORDS
from assessment.pages.economics.shared.cost_groups import COLOURS, group_words
from assessment.pages.economics.shared.result_wording import SURE_TO, leans, told
from assessment.presentation import numbers
from assessment.presentation.money_format import MILLION, money, rounded
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
    x, price = base_values(model_inputs(cohort)), load_facts()["economics.price.cabometyx.assumed"]

    def at(name, low, high):
        return {"min": low, "max": high, "step": STEP[name], "base": x[name]}

    def grid(name, down, up):
        return at(name, round(x[name] - down * STEP[name], 8), round(x[name] + up * STEP[name], 8))

    return {
        "price_per_pack_nok": at("price_per_pack_nok", 0.0, price.high),
        "utility_progression_free": grid("utility_progression_free", 30, 15),
        "utility_loss_progression": grid("utility_loss_progression", 0, 25),
        "dosed_days_share": grid("dosed_days_share", 33, 7),
    }


def in_order(found: dict) -> list[float]:
    """The integrals of one choice in the order the script reads them."""
    return [
        v
        for arm in ARMS
        for v in (
            *(found[arm][name] for name in NUMBERS),
            *(y for name in LAGS for y in found[arm]["lags"][name]),
        )
    ]


def content() -> dict:
    """What the page carries: integrals, inputs, controls, reference values, words."""
    facts, table, classes = (
        load_facts(),
        load_population_table("remaining-qalys").set_index("age")["remaining_qalys"],
        load_population_table("severity-classes"),
    )
    cohorts = {
        c: {
            "name": NAMES[c],
            "integrals": {name: in_order(found) for name, found in all_integrals()[c].items()},
            "inputs": base_values(model_inputs(c)),
            "adoption": budget_inputs(c),
            "sliders": sliders(c),
            "remaining": float(table[Settings(c).start_age_years]),
            "gain_error": {e: runs.gain_error(c, e) for e in SURVIVAL_EFFECTS},
        }
        for c in COHORTS
    }
    values = [
        {
            "value": facts[f"norway.reference.class{k}.value"].number,
            "note": WORDS["policy"] if k == 1 else f"{WORDS['value']}, {k}",
        }
        for k in classes["class"]
    ]
    return {
        "cohorts": cohorts,
        "numbers": list(NUMBERS),
        "lags": list(LAGS),
        "ratios": list(RATIOS),
        "effects": list(SURVIVAL_EFFECTS),
        "families": ["all", *FAMILIES],
        "values": values,
        "sure_to": SURE_TO,
        "z_975": Z_975,
        "classes": [float(v) for v in classes["absolute_shortfall_from"]],
        "colours": {name: COLOURS[name] for name in group_words()},
        "costs": cost_formulas(),
        "weeks_per_year": WEEKS_PER_YEAR,
    }


def base_table() -> Table:
    """The base case of both cohorts, as the explorer shows it before a control is moved."""
    columns = {}
    for cohort in COHORTS:
        value = load_facts()["norway.reference.class4.value"].number
        found = closed_form(
            all_integrals()[cohort]["observed|all"],
            base_values(model_inputs(cohort)),
            budget_inputs(cohort),
            value,
        )
        shown = {
            "qalys": numbers.number(found["qalys"], 2),
            "life_years": numbers.number(found["life_years"], 2),
            "cost": money(found["cost"]),
            "icer": told(runs.base(cohort).increment, runs.gain_error(cohort)),
            "benefit": money(found["benefit"]),
            "price": rounded(found["price"]) if found["price"] > 0 else WORDS["never"],
            "budget": numbers.number(found["budget"][-1] / MILLION, 1),
        }
        columns[NAMES[cohort]] = {WORDS["outputs"][name]: text for name, text in shown.items()}
    return Table(pd.DataFrame(columns).rename_axis("◆ At the assumed price").reset_index())


@dataclass(frozen=True)
class Explorer:
    """The explorer as a cell's output: a form on the site, the base case's table in print."""

    def _repr_mimebundle_(self, include=None, exclude=None) -> dict:
        table = base_table()
        said = {
            "data": content(),
            "words": WORDS,
            "label": leans(movable=True),
            "table": table_content(table.frame),
        }
        # As text: a notebook that is kept sorts the keys of its JSON, and the controls with them.
        return {
            EXPLORER_MIME: {"json": json.dumps(said, ensure_ascii=False)},
            "text/plain": table.frame.to_string(index=False),
        }

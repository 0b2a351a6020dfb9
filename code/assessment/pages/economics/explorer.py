"""The live explorer of cost and benefit: on the site a form whose answers the reader's browser
computes, in JupyterLab the full model.

The site's script does the arithmetic of ``economics.explorer_integrals.closed_form`` on integrals
that Python computed; a test holds the two against each other.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

import pandas as pd

from assessment.case.model import runs
from assessment.case.model.explorer_integrals import (
    ARMS,
    LAGS,
    NUMBERS,
    RATIOS,
    all_integrals,
    budget_inputs,
    closed_form,
)
from assessment.case.model.model_inputs import COHORTS, base_values, model_inputs
from assessment.case.model.settings import FAMILIES, SURVIVAL_EFFECTS, Settings
from assessment.case.trial.trial import COHORTS as NAMES
from assessment.evidence import load_facts, load_population_table
from assessment.pages.economics.base_case import MILLION, SURE_TO, leans, money, rounded, told
from assessment.pages.economics.base_case import WORDS as RESULT_WORDS
from assessment.presentation import numbers
from assessment.presentation.show import Table, table_content
from assessment.survival.distributions.special_functions import Z_975

EXPLORER_MIME = "application/vnd.assessment.explorer+json"
STEP = {
    "price_per_pack_nok": 1_000.0,
    "utility_progression_free": 0.01,
    "utility_loss_progression": 0.01,
    "dosed_days_share": 0.01,
}
WORDS = {
    "title": "Explore the model",
    "cohort": "Cohort",
    "effect": "Effect on survival",
    "ratio": "Hazard ratio of death",
    "family": "Survival family",
    "threshold": "Value of a QALY, NOK",
    "own": "a hazard ratio of your own",
    "effects": {
        "observed": "as observed",
        "none": "none",
        "without crossover": "as without crossover ◆",
        "progression gain kept": "whole progression gain becomes life",
    },
    "families": {
        "all": "average of all",
        "weibull": "Weibull",
        "gamma": "gamma",
        "lognormal": "lognormal",
        "loglogistic": "log-logistic",
        "gompertz": "Gompertz",
        "generalised_gamma": "generalised gamma",
    },
    "sliders": {
        "price_per_pack_nok": "Price of a pack, NOK ◆",
        "utility_progression_free": "Utility before progression",
        "utility_loss_progression": "Utility lost at progression",
        "dosed_days_share": "Share of days with a tablet ◆",
    },
    "outputs": {
        "qalys": "QALYs gained",
        "life_years": "Life years gained",
        "cost": "Added cost, NOK",
        "icer": "NOK per QALY",
        "benefit": "Net benefit, NOK",
        "price": "Price of a pack that is enough, NOK",
        "shortfall": "Absolute shortfall, QALYs",
        "class": "Severity class",
        "budget": "Budget in year 5, million NOK with tax",
    },
    "groups": {
        "drug": "cabozantinib",
        "analogue": "somatostatin analogue",
        "care": "visits, scans, side effects",
        "later": "treatment after progression",
        "end": "end of life",
        "patient": "patients' time and travel",
    },
    "charts": {
        "plane": "Added cost, million NOK, against QALYs gained; the line is the value of a QALY",
        "costs": "Cost per patient, million NOK: cabozantinib above, placebo below",
        "budget": "Added budget by year, million NOK with tax",
    },
    "dominated": "costs more, gains nothing",
    "dominates": "gains and saves",
    "saves": "saves, loses health",
    "never": "no price",
    "above": RESULT_WORDS["above"],
    "base": "base case",
    "reset": "Back to the base case",
    "year": "Year",
    "needs_script": "The controls need JavaScript; the table shows the base case.",
    "note": (
        "Every position of a control is computed exactly; a hazard ratio holds for life and"
        " replaces the observed effect."
    ),
    "value": "proposal",
    "policy": "stated policy",
    "on_site": (
        "On the website these numbers answer to controls for price, utilities, days with a tablet,"
        " effect on survival and survival family."
    ),
    "draws": "Draws",
    "run": "Run the draws",
    "plane_title": "Added cost, million NOK",
    "likely": "Probability of being worth it",
    "locale": numbers.words.LANGUAGE,
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


def _numbers(found: dict) -> list[float]:
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
            "integrals": {name: _numbers(found) for name, found in all_integrals()[c].items()},
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
        "colours": {
            "drug": "blue",
            "analogue": "green",
            "care": "gold",
            "later": "purple",
            "end": "grey",
            "patient": "sky",
        },
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


__all__ = ["EXPLORER_MIME", "Explorer", "content", "sliders"]

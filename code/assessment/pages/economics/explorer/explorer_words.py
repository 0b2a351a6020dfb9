"""Words of the live explorer."""

from __future__ import annotations

from assessment.pages.economics.shared.cost_groups import GROUPS
from assessment.pages.economics.shared.result_wording import WORDS as RESULT_WORDS
from assessment.presentation import numbers

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
    "groups": GROUPS,
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

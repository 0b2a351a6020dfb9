"""Words of the live explorer, as its form, its script and its widgets show them."""

from __future__ import annotations

from typing import Any

from assessment.pages.economics.shared.arm_names import CONTROL_NAME, DRUG
from assessment.pages.economics.shared.cost_groups import GROUPS
from assessment.pages.economics.shared.model_answers import MILLION_NOK
from assessment.presentation import numbers
from assessment.presentation.icer_format import DOMINATED, DOMINATES, SAVES
from assessment.presentation.language import _
from assessment.presentation.money_format import (
    ABOUT_ZERO,
    ALONE,
    BOTH_NONE,
    NO_PRICE,
    NONE,
    SPREAD,
)

WORDS: dict[str, Any] = {
    "title": _("Explore the model"),
    "cohort": _("Cohort"),
    "effect": _("Effect on survival"),
    "ratio": _("Hazard ratio of death"),
    "family": _("Survival family"),
    "threshold": _("Value of a QALY, NOK"),
    "own": _("a hazard ratio of your own"),
    "effects": {
        "observed": _("as observed"),
        "none": _("none"),
        "without crossover": _("as without crossover ◆"),  # not translated: key
        "progression gain kept": _("whole progression gain becomes life"),  # not translated: key
    },
    "families": {
        "all": _("average of all"),
        "weibull": _("Weibull"),
        "gamma": _("gamma"),
        "lognormal": _("lognormal"),
        "loglogistic": _("log-logistic"),
        "gompertz": _("Gompertz"),
        "generalised_gamma": _("generalised gamma"),
    },
    "sliders": {
        "price_per_pack_nok": _("Price of a pack, NOK ◆"),
        "utility_progression_free": _("Utility before progression"),
        "utility_loss_progression": _("Utility lost at progression"),
        "dosed_days_share": _("Share of days with a tablet ◆"),
    },
    "outputs": {
        "qalys": _("QALYs gained"),
        "life_years": _("Life years gained"),
        "cost": _("Added cost"),
        "icer": _("Cost per QALY gained"),
        "benefit": _("Net benefit"),
        "price": _("Price of a pack that is enough"),
        "shortfall": _("Absolute shortfall, QALYs"),
        "class": _("Severity class"),
        "budget": _("Budget in year 5, million NOK with tax"),
    },
    "groups": GROUPS,
    "charts": {
        "plane": _(
            "Added cost, million NOK, against QALYs gained; the line is the value of a QALY"
        ),
        "costs": _("Cost per patient, million NOK: {drug} above, {control} below").format(
            drug=DRUG, control=CONTROL_NAME
        ),
        "budget": _("Added budget by year, million NOK with tax"),
    },
    "dominated": DOMINATED,
    "dominates": DOMINATES,
    "saves": SAVES,
    "never": NO_PRICE,
    "about_zero": ABOUT_ZERO,
    "none": NONE,
    "both_none": BOTH_NONE,
    "spread": SPREAD,
    "alone": ALONE,
    "million": MILLION_NOK,
    "base": _("base case"),
    "reset": _("Back to the base case"),
    "year": _("Year"),
    "needs_script": _("The controls need JavaScript; the table shows the base case."),
    "note": _(
        "Every position of a control is computed exactly; a hazard ratio holds for life and"
        " replaces the observed effect. The interval of a price, over all draws, is that of the"
        " base case; for other positions it is not computed. Where the interval of the gain"
        " includes zero, the net benefit says more than the cost per QALY."
    ),
    "value": _("proposal"),
    "policy": _("stated policy"),
    "on_site": _(
        "On the website these numbers answer to controls for price, utilities, days with a tablet,"
        " effect on survival and survival family."
    ),
    "draws": _("Draws"),
    "run": _("Run the draws"),
    "plane_title": _("Added cost, million NOK"),
    "likely": _("Probability of being worth it"),
    "decimal": numbers.words.DECIMAL_MARK,
    "thousands": numbers.words.THOUSANDS_MARK,
}

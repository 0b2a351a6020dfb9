"""Words of the live explorer, as its form, its script and its widgets show them."""

from __future__ import annotations

from typing import Any

from assessment.pages.economics.shared.arm_names import CONTROL_NAME, DRUG
from assessment.pages.economics.shared.cost_groups import GROUPS
from assessment.pages.economics.shared.model_answers import MILLION_NOK
from assessment.presentation import numbers
from assessment.presentation.icer_format import (
    ABOVE,
    DOMINATED,
    DOMINATES,
    LARGEST_NOK,
    NOTE,
    SAVES,
    WITH_NOTE,
)
from assessment.presentation.language import _
from assessment.presentation.money_format import (
    ABOUT_ZERO,
    ALONE,
    BOTH_NONE,
    NO_PRICE,
    NONE,
    SPREAD,
    format_per_qaly,
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
        "price_per_pack_nok": _("Price of a pack ◆"),
        "utility_progression_free": _("Utility before progression"),
        "utility_loss_progression": _("Utility lost at progression"),
        "dosed_days_share": _("Share of days with a tablet ◆"),
    },
    "decimals": {
        "price_per_pack_nok": 0,
        "utility_progression_free": 3,
        "utility_loss_progression": 3,
        "dosed_days_share": 2,
        "ratio": 2,
    },
    "units": {"price_per_pack_nok": _("{value}\u00a0NOK")},
    # what a screen reader says of a slider's position
    "spoken": {
        "price_per_pack_nok": _("{value} NOK a pack"),
        "utility_progression_free": _("utility of {value}"),
        "utility_loss_progression": _("utility loss of {value}"),
        "dosed_days_share": _("{value} of the days"),
        "ratio": _("hazard ratio of {value}"),
    },
    "more": _("More controls"),
    "all_results": _("All results of this setting"),
    "as_class": _("follows the severity class"),
    "at_value": _("at {amount} NOK a QALY"),
    "not_with_own": _("Not used with a hazard ratio of your own."),
    "shared": _("You are looking at a shared setting."),
    "copy": _("Copy link to this setting"),
    "copied": _("The link is copied."),
    "not_copied": _("Copy the link from the address bar."),
    "spoken_results": _(
        "{cohort}: {gain} QALYs gained; net benefit {benefit}; a price of a pack that is enough:"
        " {price}."
    ),
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
        "plane": _("Added cost against QALYs gained: full dot this setting, ring the base case"),
        "costs": _("Cost per patient, by what it is for"),
        "budget": _("Added budget by year of adoption; dashed: the base case"),
    },
    "axes": {
        "gain": _("QALYs gained"),
        "cost": _("Added cost, million NOK"),
        "value": _("value of a QALY"),
        "per_patient": _("million NOK per patient"),
        "year": _("Year of adoption"),
        "budget": _("million NOK with tax"),
    },
    "arms": {"treated": DRUG, "control": CONTROL_NAME},
    "dominated": DOMINATED,
    "dominates": DOMINATES,
    "saves": SAVES,
    "never": NO_PRICE,
    "about_zero": ABOUT_ZERO,
    "none": NONE,
    "both_none": BOTH_NONE,
    "spread": SPREAD,
    "alone": ALONE,
    "above": ABOVE.format(amount=format_per_qaly(LARGEST_NOK)),
    "noted": WITH_NOTE.format(ratio="{ratio}", note=NOTE),
    "note_of_ratio": NOTE,
    "million": MILLION_NOK,
    "base": _("base case"),
    "reset": _("Back to the base case"),
    "needs_script": _("The controls need JavaScript; the table shows the base case."),
    "note": _(
        "Every setting is computed from the model's own curves. A hazard ratio of your own holds"
        " for life and replaces the observed effect. A price has an interval where the table of"
        " scenarios has the same setting. Where the interval of the gain includes zero, the net"
        " benefit says more than the cost per QALY."
    ),
    "proposed": _("proposed for class {number}"),
    "policy": _("stated policy"),
    "draws": _("Draws"),
    "run": _("Run the draws"),
    "decimal": numbers.words.DECIMAL_MARK,
    "thousands": numbers.words.THOUSANDS_MARK,
}

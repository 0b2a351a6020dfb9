"""Words of the explorer in JupyterLab that the site's form does not have. A unit stands in a value, or in
the label before it, never in both.
"""

from __future__ import annotations

from assessment.case.model.analyses.own_scenario import HIGH, LOW
from assessment.pages.economics.explorer.explorer_words import WORDS
from assessment.pages.economics.shared.arm_names import DRUG
from assessment.presentation import numbers
from assessment.presentation.language import _

OUTPUTS = {
    "qalys": _("QALYs gained"),
    "life_years": _("Life years gained"),
    "cost": _("Added cost"),
    "icer": _("Cost of a QALY"),
    "value": _("Value of a QALY"),
    "benefit": _("Net benefit at that value"),
    "price": _("Price of a pack that is enough"),
    "shortfall": _("Absolute shortfall, QALYs"),
    "class": _("Severity class"),
}
INSIDE = numbers.number(HIGH - LOW) + "\u00a0%"
DRAWN = {
    "qalys": _("QALYs gained, mean ({share} of draws)").format(share=INSIDE),
    "cost": _("Added cost, mean ({share} of draws)").format(share=INSIDE),
    "icer": _("Cost of a QALY, from the means"),
    "benefit": _("Net benefit, mean ({share} of draws)").format(share=INSIDE),
    "price": _("Price of a pack that is enough ({share} of draws)").format(share=INSIDE),
    "worth": _("Worth it in so many of the draws"),
    "evpi": _("Expected value of perfect information, per patient"),
}
VALUE_LABEL = _("Value of a QALY")
AS_CLASS = WORDS["as_class"]
VALUE_OPTION = _("{amount} ({note})")
OTHER_INPUTS = {
    "treatment": _("Treatment"),
    "costs": _("Costs"),
    "utilities": _("Utilities"),
}
SHARE = _("as a fraction")
OF_THE_DRUG = _("Price of a pack of {drug} ◆, NOK").format(drug=DRUG)
SAVE = _("Save as CSV")
NAME = _("Folder in scenarios/")
SAVED = _("Saved: {files} in the folder {folder} (open it in the file browser at the left).")
MOVED = _("Changed from the base case: {names}.")
NOT_MOVED = _("This is the base case.")
AXES = {
    "gain": _("QALYs gained"),
    "cost": _("Added cost, million NOK"),
    "value": _("Value of a QALY, million NOK"),
    "worth": _("Probability of being worth it"),
}
PLANE = _(
    "Plane of cost and effect with the line of {value} a QALY, and the probability of being worth it"
)
MILLIONS = _("{amount}\u00a0million NOK")
SPREAD = _("{mean} ({low} to {high})")  # a dash would run into a minus sign

"""Words of the harms."""

from __future__ import annotations

from assessment.case.trial.trial import COHORTS
from assessment.presentation.language import _

HARMS = {
    "severe": _("Severe adverse event"),
    "stopped": _("Stopped for an adverse event"),
    "reduced": _("Dose reduced"),
    "hypertension": _("Severe hypertension"),
    "diarrhoea": _("Severe diarrhoea"),
    "fatigue": _("Severe fatigue"),
    "thromboembolic": _("Severe thromboembolic event"),
    "deaths": _("Death caused by treatment"),
}
GROUPS = COHORTS | {"gi": _("gastrointestinal"), "all": _("both cohorts")}
NO_CONTROL = _("placebo: not published")
NEITHER_ARM = _("not published")
SMALL_NUMBERS = (_("none"), _("one"), _("two"), _("three"), _("four"), _("five"), _("six"))

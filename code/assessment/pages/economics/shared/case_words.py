"""Words of the chapter that are about this case alone. Every table may be empty: what has no words
here is named as ``data/case.csv`` names it.
"""

from __future__ import annotations

from assessment.presentation.language import _

# By analysis set: as a scenario, as a case of severity, and what that case changes.
SETS_AS_SCENARIOS = {
    "fda": _("FDA's division"),
    "interim_2023": _("Interim analysis 2023"),
}
SETS_IN_SEVERITY = {"interim_2023": _("Interim 2023")}
SETS_EXPLAINED = {"interim_2023": _("placebo median of the interim analysis")}
# The therapy beside the drug, in both arms: its cost, and the scenario in which it ends earlier.
BACKGROUND_THERAPY = _("somatostatin analogue")
BACKGROUND_THERAPY_ENDS = _("Analogue until progression only")

"""Cost items of the model, gathered for a reader; the order is that of the bars."""

from __future__ import annotations

from assessment.presentation import theme
from assessment.presentation.language import _

GROUPS = {
    "drug": ("cabozantinib", "cabozantinib, packs not finished"),  # not translated: item names
    "analogue": ("somatostatin analogue",),  # not translated: item names
    "care": (  # not translated: item names
        "outpatient visits",  # not translated: item name
        "visits for treatment",  # not translated: item name
        "CT scans",  # not translated: item name
        "side effects",  # not translated: item name
    ),
    "later": ("later treatment",),  # not translated: item names
    "end": ("end of life",),  # not translated: item names
    "patient": (
        "patients' time and travel",  # not translated: item name
        "time and travel for treatment",  # not translated: item name
    ),
}
GROUP_NAMES = {
    "drug": _("cabozantinib"),
    "analogue": _("somatostatin analogue"),
    "care": _("visits, scans, side effects"),
    "later": _("treatment after progression"),
    "end": _("end of life"),
    "patient": _("patients' time and travel"),
}
GROUP_COLOURS = {
    "drug": theme.BLUE,
    "analogue": theme.GREEN,
    "care": theme.GOLD,
    "later": theme.PURPLE,
    "end": theme.GREY,
    "patient": theme.SKY,
}

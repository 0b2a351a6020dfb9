"""Words and order of the PICO page."""

from __future__ import annotations

from assessment.presentation.language import _

# Outcome → endpoint of the facts that count as evidence for it; dose and duration of the drug do
# not measure resource use.
ENDPOINTS = {
    "pfs": "pfs",
    "os": "os",
    "hrqol": "hrqol",
    "resource_use": "resource_use",
    "response": "response",
    "adverse_events": "safety",
}


# Population of the facts → what the map calls it.
GROUPS = {
    "epNET": "epNET",
    "pNET": "pNET",
    "gastrointestinal NET": _("GI"),  # not translated: a population of the facts
    "lung or thymic NET": _("Lung"),  # not translated: a population of the facts
    "grade 3 NET (Ki-67 above 20 %)": _("G3"),  # not translated: a population of the facts
}


# How much was printed of an outcome, most first; below, as cells of the map say it, on a page and
# on a phone.
LEVELS = (
    _("compared, with interval"),
    _("numbers by arm"),
    _("words only"),
    _("nothing found"),
)
IN_CELLS = dict(zip(LEVELS, (_("HR"), _("numbers by arm"), _("words only"), _("none"))))
IN_NARROW_CELLS = dict(zip(LEVELS, (_("HR"), _("arms"), _("words"), _("none"))))


# Outcomes of the register → their names on a phone.
SHORT_OUTCOMES = {
    "Progression-free survival": _("PFS"),  # not translated: as in the register
    "Overall survival": _("Survival"),  # not translated: as in the register
    "Health-related quality of life": _("Quality of life"),  # not translated: as in the register
    "Adverse events": _("Harms"),  # not translated: as in the register
    "Tumour response": _("Response"),  # not translated: as in the register
}


SHORT = {
    "capecitabine and temozolomide": "CAPTEM",  # not translated: as in the register
    "177Lu-dotatate with octreotide": "177Lu-dotatate",  # not translated: as in the register
    "octreotide, double dose": _("octreotide ×2"),  # not translated: as in the register
    "streptozocin and fluorouracil": "STZ/5-FU",  # not translated: as in the register
    "chemotherapy or everolimus": _("choice of drug"),  # not translated: as in the register
}


NETWORKS = {"pNET": _("Pancreas (pNET)"), "epNET": _("Outside the pancreas (epNET)")}


SUBSETS = ("radiant4_gi", "radiant4_lung")


APART = _("apart: not joined to placebo")


NO_RESULT = _("no result yet")


def yes_no(value: bool) -> str:
    """A truth as a table says it."""
    return _("yes") if value else _("no")

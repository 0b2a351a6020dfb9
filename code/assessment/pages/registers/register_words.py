"""Words of the registers' pages, and HTML as a cell returns it."""

from __future__ import annotations

from assessment.presentation.language import _

WORDS = {
    "filter_text": _("Find"),
    "filter_status": _("Status"),
    "filter_set": _("Analysis set"),
    "filter_all": _("all"),
    "count": _("{n} of {all} facts shown"),
    "fact": _("Fact"),
    "value": _("Value"),
    "who": _("Who"),
    "source": _("Source"),
    "status": _("Status"),
    "uses": _("This book uses"),
    "because": _("Because"),
    "matters": _("What it changes"),
    "used": _("used here"),
    "open": _("open"),
    "settled": _("settled"),
    "checked": _("checked"),
    "read_in": _("read in"),
    "no_primary": _("names no source of its own"),
    "unknown_source": _("no source"),
    "date": _("Date"),
    "what": _("What changed"),
    "effect": _("Effect on results"),
    "conclusion": _("Conclusion changed?"),
    "section": _("Where"),
    "from_to": _("from {before} to {after}"),
    "field": _("Field"),
    "wording": _("Wording of the note"),
    "english": _("In English (ours)"),
    "days": _("days"),
    "rules": _("Rules"),
    "checks": _("Checks of sources"),
    "claim": _("What it says"),
    "stands": _("Where it stands here"),
    "left_out": _("Left out: {reason}"),
}


class Html(str):
    """HTML that a cell returns as it stands."""

    def _repr_html_(self) -> str:
        return str(self)

"""The registers as pages: every fact with its source, every conflict, what changed, the glossary,
the suitability form.
"""

from __future__ import annotations

WORDS = {
    "filter_text": "Find",
    "filter_status": "Status",
    "filter_set": "Analysis set",
    "filter_all": "all",
    "count": "{n} of {all} facts shown",
    "fact": "Fact",
    "value": "Value",
    "who": "Who",
    "source": "Source",
    "status": "Status",
    "uses": "This book uses",
    "because": "Because",
    "matters": "What it changes",
    "says": "What the sources say",
    "used": "used here",
    "open": "open",
    "settled": "settled",
    "checked": "checked",
    "read_in": "read in",
    "unknown_source": "no source",
    "date": "Date",
    "what": "What changed",
    "effect": "Effect on results",
    "conclusion": "Conclusion changed?",
    "section": "Where",
    "from_to": "from {before} to {after}",
    "form": "the suitability note as a form",
    "field": "Field",
    "wording": "Wording of the note",
    "english": "In English (ours)",
    "days": "days",
    "rules": "Rules",
    "checks": "Checks of sources",
}


class Html(str):
    """HTML that a cell returns as it stands."""

    def _repr_html_(self) -> str:
        return str(self)

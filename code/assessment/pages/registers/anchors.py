"""Where facts and terms stand on their pages."""

from __future__ import annotations


def anchor(fact_id: str) -> str:
    """The id of a fact's row on the sources page."""
    return "fact-" + fact_id.replace(".", "-").replace("_", "-")


def note_anchor(quotation_id: str) -> str:
    """The id of a passage of the note in its form."""
    return "note-" + quotation_id.partition(".")[2].replace(".", "-").replace("_", "-")


def conflict_anchor(conflict_id: str) -> str:
    """The id of a conflict's card on the conflicts page."""
    return "conflict-" + conflict_id.replace("_", "-")


def term_anchor(term: str) -> str:
    """The id of a term's entry on the glossary page."""
    return f"term-{_slug(term)}"


def _slug(text: str) -> str:
    return "-".join("".join(c if c.isalnum() else " " for c in text.lower()).split())

"""Where facts and terms stand on their pages."""

from __future__ import annotations

from pathlib import PurePosixPath

from assessment.evidence import ROOT, load_facts
from assessment.evidence.read_log import log_file

SOURCES = "sources"  # the page of all facts; a group of facts may have a page of its own


def anchor(fact_id: str) -> str:
    """The id of a fact's row on its page of sources."""
    return "fact-" + fact_id.replace(".", "-").replace("_", "-")


def _group_page(group: str) -> str:
    page = ROOT / "chapters" / f"{SOURCES}-{group}.md"
    log_file(page)
    return page.stem if page.exists() else SOURCES


def group_of(fact_id: str) -> str:
    """The table a fact stands in: ``cabinet`` for data/facts/cabinet.csv. KeyError where there is no
    such fact.
    """
    return PurePosixPath(load_facts()[fact_id].file).stem


def fact_page(fact_id: str) -> str:
    """The page with the row of a fact, by its name in chapters/: that of its group, such as
    sources-norway, where there is one, else the page of all.
    """
    return _group_page(group_of(fact_id))


def fact_address(fact_id: str, sources_page: str = f"{SOURCES}.html") -> str:
    """The address of a fact's row. ``sources_page``: that of the page of all facts, as seen from where
    the link stands.
    """
    folder = sources_page.removesuffix(f"{SOURCES}.html")
    return f"{folder}{fact_page(fact_id)}.html#{anchor(fact_id)}"


def made_address(function: str, sources_page: str = f"{SOURCES}.html") -> str:
    """The address of a function's entry among the computed numbers; ``sources_page`` as above. "" is
    the code of the page itself.
    """
    folder = sources_page.removesuffix(f"{SOURCES}.html")
    return f"{folder}{_group_page('computed')}.html#{made_anchor(function)}"


def made_anchor(function: str) -> str:
    """The id of a function's entry in the register of computed numbers."""
    return "made-" + (function.replace(".", "-").replace("_", "-") or "here")


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

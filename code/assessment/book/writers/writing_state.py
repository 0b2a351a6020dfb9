"""What is being written: the site or the PDF, which page, and names that are unique on it."""

from __future__ import annotations

from docutils import nodes

PDF_BUILDER = "assessmentpdf"


def is_pdf(visitor) -> bool:
    """Is the PDF being written?"""
    return visitor.builder.name == PDF_BUILDER


def page_of(visitor) -> str:
    """The page being written."""
    return visitor.docnames[0] if isinstance(visitor.docnames, list) else visitor.docnames


def next_name(visitor, what: str) -> str:
    """A name unique on this page."""
    count = visitor.__dict__.setdefault("_assessment_counts", {})
    count[what] = count.get(what, 0) + 1
    return f"{what}-{count[what]}"


def skip(self, node) -> None:
    raise nodes.SkipNode


def depart(self, node) -> None:
    pass

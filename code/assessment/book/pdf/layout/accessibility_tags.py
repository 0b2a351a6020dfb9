"""Small repairs of WeasyPrint's tag tree."""

from __future__ import annotations

from contextlib import contextmanager

import pydyf
from weasyprint.pdf import tags


@contextmanager
def better_tags():
    """While it holds, WeasyPrint marks what it leaves out: parts in another language, formulas,
    notes, the scope of table headers.
    """
    original = tags._build_box_tree

    def build(box, *others):
        for element in original(box, *others):
            _repair(element, getattr(box, "_box", box).element)
            yield element

    tags._build_box_tree = build
    try:
        yield
    finally:
        tags._build_box_tree = original


def _repair(element: pydyf.Dictionary, written) -> None:
    if written is None:
        return
    classes = written.get("class", "").split()
    if (language := written.get("lang")) and "Lang" not in element:
        element["Lang"] = pydyf.String(language)
    if element["S"] == "/Figure" and "formula" in classes:
        element["S"] = "/Formula"
    elif element["S"] == "/TH":
        element["A"]["Scope"] = "/Row" if written.get("scope") == "row" else "/Column"
    elif "footnote-body" in classes:
        element["S"] = "/Note"

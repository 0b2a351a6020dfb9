"""What a cell returns: a Figure or a Table that knows how to appear on the site, in the PDF and in
JupyterLab.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from html import escape
from typing import Any

import altair as alt
import pandas as pd
from altair.utils.schemapi import debug_mode

from assessment.evidence import quotation
from assessment.evidence.provenance.traced_text import Computed
from assessment.presentation import words
from assessment.presentation.cell_runs.cell_origin import calling_function, follow_cells, origin_of
from assessment.presentation.cell_runs.quick_charts import quicken
from assessment.presentation.frame_rows import plain_html
from assessment.presentation.live_session import follow_data
from assessment.presentation.table_content import Ref, ref, table_content

CHART_MIME = "application/vnd.assessment.chart+json"
TABLE_MIME = "application/vnd.assessment.table+json"
QUOTATION_MIME = "application/vnd.assessment.quotation+json"
COMPUTED_MIME = "application/vnd.assessment.computed+json"
# JupyterLab 4.6 ships Vega-Lite 5 and draws this name only; the specification is a superset it
# understands.
LAB_MIME = "application/vnd.vegalite.v5+json"
WIDE, NARROW = 700, 340
quicken()


@dataclass(frozen=True)
class Figure:
    """A chart with its text alternative and the table behind it.

    ``draw(width)`` returns the Altair chart for a given width in pixels; it is called for the page
    (700) and for a phone (340). ``alt`` states type, data and finding in one to three sentences.
    ``table`` is what the chart shows, ready for a reader (columns named in words). ``name`` is the
    file name of the CSV. ``sources`` are bibliography keys.
    """

    draw: Callable[[int], alt.TopLevelMixin]
    alt: str
    table: pd.DataFrame
    name: str
    sources: tuple[str, ...] = ()
    note: str = ""
    made_by: str = field(default="", compare=False)

    def __post_init__(self):
        object.__setattr__(self, "made_by", self.made_by or calling_function())

    def _repr_mimebundle_(self, include=None, exclude=None) -> dict:
        # a test validates every chart; here, with each of its parts, it would take a third of the
        # time
        with debug_mode(False):
            wide, narrow = (self.draw(w).to_dict(validate=False) for w in (WIDE, NARROW))
        content = {
            "wide": wide,
            "narrow": narrow,
            "alt": self.alt,
            "name": self.name,
            "note": self.note,
            "table": table_content(self.table, None),
            "sources": list(self.sources),
            "origin": origin_of(self.made_by),
        }
        return {CHART_MIME: content, LAB_MIME: wide, "text/plain": self.alt}


@dataclass(frozen=True)
class Table:
    """A data frame as a real table: headers marked, numbers aligned, readable by screen readers,
    breaking well in print.

    Cells may hold text, numbers (written with ``decimals``), or facts as ``ref(fact)``. Text that
    begins with a number is aligned on the decimal mark; on a phone, tables with long text become
    cards, the others scroll beside their first column.

    ``first_rows``: only so many rows are shown (of each group) until a reader asks for all; in print
    all are. ``group``: a column whose values become headings between the rows instead.
    """

    frame: pd.DataFrame
    caption: str = ""
    decimals: int = 1
    row_headers: bool = True
    classes: tuple[str, ...] = field(default=())
    first_rows: int | None = None
    group: str = ""
    made_by: str = field(default="", compare=False)

    def __post_init__(self):
        object.__setattr__(self, "made_by", self.made_by or calling_function())

    def _repr_mimebundle_(self, include=None, exclude=None) -> dict:
        content = table_content(self.frame, self.decimals) | {
            "caption": self.caption,
            "row_headers": self.row_headers,
            "classes": list(self.classes),
            "origin": origin_of(self.made_by),
        }
        if self.group and self.group not in self.frame.columns:
            raise ValueError(f"no column '{self.group}'; there are {', '.join(self.frame.columns)}")
        content |= {"first_rows": self.first_rows} if self.first_rows else {}
        content |= {"group": self.group} if self.group else {}
        # A kernel outside the build shows these: rounded as the site does.
        plain = pd.DataFrame(
            [[c["text"] if isinstance(c, dict) else c for c in row] for row in content["rows"]],
            columns=content["columns"],
        )
        return {
            TABLE_MIME: content,
            "text/html": plain_html(content),
            "text/plain": plain.to_string(index=False),
        }


def long_table(frame: pd.DataFrame, rows: int = 8, **options: Any) -> Table:
    """A table of which ``rows`` rows are shown, the rest when a reader asks for all; ``options`` as
    of Table.
    """
    made_by = calling_function()
    return replace(Table(frame, first_rows=rows, made_by=made_by), **options)


@dataclass(frozen=True)
class Quotation:
    """An official wording from ``data/quotations.csv``, in its own language with the English beside
    it.
    """

    id: str

    def _repr_mimebundle_(self, include=None, exclude=None) -> dict:
        row = quotation(self.id)
        content = {
            k: row[k] for k in ("original", "language", "english", "source", "locator", "note")
        }
        content |= {
            "who_original": words.QUOTED,
            "who_english": words.TRANSLATED[row["english_by"] or "official"],
        }
        plain = "\n".join(part for part in (row["original"], row["english"], row["note"]) if part)
        html = "".join(f"<p>{escape(part)}</p>" for part in plain.split("\n"))
        return {
            QUOTATION_MIME: content,
            "text/html": f"<blockquote>{html}</blockquote>",
            "text/plain": plain,
        }


def glue_all(values: dict[str, str]) -> None:
    """Glues each text under its name, for {glue:text} in prose. Values must be text already:
    numbers go through numbers.*.

    Text made by a function under ``@computed`` carries its origin to the page; other text names the
    facts its cell read.
    """
    from IPython.display import display
    from myst_nb.ext.glue import GLUE_PREFIX

    for name, text in values.items():
        if not isinstance(text, str):
            raise TypeError(
                f"glue '{name}': give text, formatted by assessment.presentation.numbers, not"
                f" {type(text).__name__}"
            )
        origin = text.origin() if isinstance(text, Computed) else origin_of("")
        # repr keeps its zeros: "0.80" must not become 0.8
        bundle = {
            f"{GLUE_PREFIX}text/plain": repr(str(text)),
            f"{GLUE_PREFIX}{COMPUTED_MIME}": origin,
        }
        display(
            bundle, raw=True, metadata={"scrapbook": {"name": name, "mime_prefix": GLUE_PREFIX}}
        )


follow_data()
follow_cells()

__all__ = [
    "CHART_MIME",
    "COMPUTED_MIME",
    "Figure",
    "LAB_MIME",
    "NARROW",
    "QUOTATION_MIME",
    "Quotation",
    "Ref",
    "TABLE_MIME",
    "Table",
    "WIDE",
    "glue_all",
    "long_table",
    "ref",
    "table_content",
    "words",
]

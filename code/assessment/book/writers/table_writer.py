"""How a table is written into HTML, with facts in its cells."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from itertools import groupby
from statistics import median

from docutils import nodes

from assessment.book.doctree.nodes import (
    table_node,
)
from assessment.book.doctree.origin_keys import origin_mark
from assessment.book.writers import number_columns
from assessment.book.writers.text_writer import fact
from assessment.book.writers.writing_state import is_pdf, next_name
from assessment.presentation import words

# Characters from which a phone shows rows as cards: of a cell in the middle of its column, and of such
# cells of a row together.
LONG_TEXT, LONG_ROW = 34, 48
HIDDEN_LEAST = 2  # fewer rows than this are not worth a switch


def visit_table(self, node: table_node) -> None:
    content = node["content"]
    self.body.append(
        table_html(self, content, content["caption"], content["row_headers"], content["classes"])
    )
    raise nodes.SkipNode


def table_html(
    visitor,
    content: dict,
    caption: str = "",
    row_headers: bool = True,
    classes: Sequence[str] = (),
    label: str = "",
) -> str:
    """A table with scoped headers. It may scroll sideways, so it can be reached by keyboard; rows
    beyond the first are shown when asked for, without scripts.
    """
    groups, content = _groups(content)
    columns, rows = content["columns"], content["rows"]
    kinds = [
        "number" if numeric else number_columns.column_kind([row[i] for row in rows])
        for i, numeric in enumerate(content["numeric"])
    ]
    if row_headers and kinds and not content["numeric"][0]:
        kinds[0] = ""
    cards = _as_cards(rows, kinds)
    pads = [
        number_columns.padding([row[i] for row in rows], kind) if kind else [("", "")] * len(rows)
        for i, kind in enumerate(kinds)
    ]

    def cell(at: int, i: int) -> str:
        value, kind = rows[at][i], kinds[i]
        if kind and not content["numeric"][i] and not number_columns.is_number(value):
            kind = "words" if kind == "number" else ""  # words among numbers may wrap
        first = i == 0 and row_headers
        tag, scope = ("th", ' scope="row"') if first else ("td", "")
        shown = (
            fact(visitor, value["fact"], value["text"])
            if isinstance(value, dict)
            else escape(value).replace("\n", "<br>")
        )
        before, behind = (number_columns.pad(unseen) for unseen in pads[i][at])
        named = f' data-label="{escape(columns[i], quote=True)}"' if cards and i else ""
        return f"<{tag}{scope}{_class(kind)}{named}>{before}{shown}{behind}</{tag}>"

    shown_rows, more = _shown(content.get("first_rows"), groups, len(rows))

    def line(at: int) -> str:
        hidden = "" if at in shown_rows else " class=more"
        cells = "".join(cell(at, i) for i in range(len(columns)))
        heading = ""
        if groups and (at == 0 or groups[at] != groups[at - 1]):
            heading = (
                f"{'</tbody><tbody>' if at else ''}<tr class=group><th scope=rowgroup"
                f' colspan="{len(columns)}">{escape(groups[at])}</th></tr>'
            )
        return f"{heading}<tr{hidden}>{cells}</tr>"

    head = "".join(
        f'<th scope="col"{_class(kind)}>{escape(c)}</th>' for c, kind in zip(columns, kinds)
    )
    title = f"<caption>{escape(caption)}</caption>" if caption else ""
    name = next_name(visitor, "table")
    label = escape(label or caption or name, quote=True)
    kind = ["data", *classes, *(["cards"] if cards else [])]
    origin = "" if is_pdf(visitor) else origin_mark(content.get("origin"))
    table = (
        f'<div class="table-scroll" tabindex="0" role="region" aria-label="{label}"><table'
        f' class="{" ".join(kind)}"{origin}>{title}'
        f"<thead><tr>{head}</tr></thead><tbody>{''.join(map(line, range(len(rows))))}</tbody>"
        "</table></div>"
    )
    if not more or is_pdf(visitor):
        return table
    asked = escape(words.ALL_ROWS.format(rows=len(rows)))
    return (
        f'<div class="long-table"><input type="checkbox" class="all-rows" id="{name}-all">'
        f'<label for="{name}-all">{asked}</label>{table}</div>'
    )


def _class(kind: str) -> str:
    return f" class={kind}" if kind else ""


def _groups(content: dict) -> tuple[list[str], dict]:
    """The group of each row, none where rows have none, and the content without their column."""
    if not (name := content.get("group")):
        return [], dict(content)
    at = content["columns"].index(name)
    without = {
        part: content[part][:at] + content[part][at + 1 :] for part in ("columns", "numeric")
    }
    rows = [row[:at] + row[at + 1 :] for row in content["rows"]]
    groups = [number_columns.text_of(row[at]) for row in content["rows"]]
    return groups, dict(content) | without | {"rows": rows}


def _shown(first: int | None, groups: list[str], rows: int) -> tuple[set[int], bool]:
    """Rows that are shown from the start, the first of each group, and whether there are more."""
    everything = set(range(rows))
    if not first:
        return everything, False
    parts = (
        [list(part) for _, part in groupby(range(rows), lambda at: groups[at])] if groups else []
    )
    shown = {at for part in parts or [list(range(rows))] for at in part[:first]}
    return (shown, True) if rows - len(shown) >= HIDDEN_LEAST else (everything, False)


def _as_cards(rows: list[list], kinds: list[str]) -> bool:
    """Whether some column beside the first holds sentences, or several words enough for more than the
    width of a phone.
    """
    lengths = [
        median(len(number_columns.text_of(row[i])) for row in rows)
        for i, kind in enumerate(kinds)
        if i and not kind and rows
    ]
    return max(lengths, default=0) >= LONG_TEXT or sum(lengths) >= LONG_ROW

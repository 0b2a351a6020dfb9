"""The report in HTML: headline results, facts, the proposed row, then page by page."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape
from urllib.parse import quote

from assessment.book.comparison.comparison_report import ComparisonReport
from assessment.book.comparison.data_differences import FactDifference, FileDifference
from assessment.book.comparison.headline_moves import COLUMNS, Move
from assessment.book.comparison.html_parts import framed
from assessment.book.comparison.page_differences import (
    CHANGED,
    BlockDifference,
    PageDifference,
)
from assessment.book.comparison.proposed_row import as_csv
from assessment.book.comparison.reading import word_diff
from assessment.book.comparison.reading.table_rows import TableChange

NOTHING = "Nothing differs: no result, no sentence, no figure, no fact."
WITHOUT_DIGITS = re.compile(r"^[^\d\W][^\d\u00a0\u202f(]*")
ENOUGH_WORDS = 3
FIRST = 20  # headline results that are not folded away


def html_report(report: ComparisonReport, site: str = "../html/") -> str:
    """The whole file; ``site``: where the built pages lie from it."""
    stops = [
        ("headline", "Headline results", len(report.moves), _headline(report)),
        ("facts", "Facts", len(report.facts), _facts(report.facts)),
        ("tables", "Other data", len(report.files), _files(report.files)),
        ("row", "Row for data/changes.csv", None, _row(report)),
    ]
    stops += [
        (f"page-{page.name}", page.title, parts(page), _page(page, site)) for page in report.pages
    ]
    stops = [stop for stop in stops if stop[0] != "tables" or report.files]
    links = "\n".join(
        f'<li><a href="#{name}"><span>{escape(title)}</span>'
        f'<span class="count">{"" if count is None else count}</span></a></li>'
        for name, title, count, _body in stops
    )
    notices = "".join(f'<p class="notice">{escape(text)}</p>' for text in report.notices)
    head = f"<h1>What a change did to the book</h1><p>{escape(report.before)} → {escape(report.after)}</p>"
    body = head + notices + ("" if report else f"<p><strong>{NOTHING}</strong></p>")
    body += "\n".join(
        f'<section class="stop" id="{name}" tabindex="-1"><h2>{escape(title)}</h2>\n{text}</section>'
        for name, title, _count, text in stops
    )
    return framed("What a change did to the book", links, body)


def parts(page: PageDifference) -> int:
    """How many sentences, texts, figures and tables of a page differ."""
    return len(page.sentences) + len(page.texts) + len(page.figures) + len(page.tables)


def _table(head: Iterable[str], rows: Iterable[str], name: str, kind: str = "") -> str:
    """A table that scrolls by itself; ``name`` is for those who do not see it."""
    mark = f' class="{kind}"' if kind else ""
    cells = "".join(f'<th scope="col">{escape(name)}</th>' for name in head)
    return (
        f'<div class="wide" tabindex="0" role="group" aria-label="{escape(name)}"><table{mark}>'
        f"<thead><tr>{cells}</tr></thead><tbody>{''.join(rows)}</tbody></table></div>"
    )


def _cells(cells: Iterable[str], kind: str = "") -> str:
    mark = f' class="{kind}"' if kind else ""
    return f"<tr{mark}>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"


def _headline(report: ComparisonReport) -> str:
    if not report.moves:
        return "<p>None moved.</p>"
    rows = [_move(move, report) for move in report.moves]
    told = (
        f"{len(rows)} of {report.results} moved, by their effect on the decision: verdicts and classes,"
        " cost per QALY, price, QALYs, cost, the rest. Marked: what turns the conclusion."
    )
    text = f'<p class="soft">{told}</p>' + _table(
        COLUMNS, rows[:FIRST], "Headline results", "moves"
    )
    if rows[FIRST:]:
        rest = _table(COLUMNS, rows[FIRST:], "Further headline results", "moves")
        text += f"<details><summary>{len(rows) - FIRST} more</summary>{rest}</details>"
    return text


def _move(move: Move, report: ComparisonReport) -> str:
    name, whose, before, after, change, share, unit = map(escape, move.words(report.scenario_words))
    cells = [f'<th scope="row">{name}</th><td>{whose}</td>']
    values = (f"<del>{before}</del>", f"<ins>{after}</ins>", change, share)
    cells += [f'<td class="number">{cell}</td>' for cell in values]
    mark = ' class="turn"' if move.concludes else ""
    return f"<tr{mark}>{''.join(cells)}<td>{unit}</td></tr>"


def _facts(facts: Iterable[FactDifference]) -> str:
    rows = []
    for fact in facts:
        what = (
            "computed from facts that differ"
            if fact.follows
            else ", ".join(
                f"{escape(name)}: {word_diff.html(one, other)}" for name, one, other in fact.cells
            )
        )
        state = what or ("new" if not fact.before else "gone")
        shown = word_diff.html(fact.before, fact.after)
        rows.append(
            _cells(
                (
                    f"<code>{escape(fact.id)}</code>",
                    escape(fact.label),
                    shown,
                    state,
                    escape(fact.source),
                )
            )
        )
    head = ("Id", "Label", "Shown as", "Cells that differ", "Source")
    return _table(head, rows, "Facts that differ") if rows else "<p>None differs.</p>"


def _files(files: Iterable[FileDifference]) -> str:
    told = []
    for one in files:
        told.append(f"<h3><code>{escape(one.path)}</code></h3>")
        told.append(_rows(one.table) if one.table is not None else _said(one.lines))
    return "\n".join(told) or "<p>No row differs.</p>"


def _row(report: ComparisonReport) -> str:
    if not report:
        return "<p>None is needed.</p>"
    rows = [_cells((escape(name), escape(text))) for name, text in report.row.items()]
    return (
        "<p>A proposal: say it in a reader's words before it goes in.</p>"
        + _table(("Field", "Value"), rows, "Proposed row")
        + f"<pre>{escape(as_csv(report.row))}</pre>"
    )


def _rows(table: TableChange) -> str:
    """Rows that differ, cell by cell."""
    notes = [
        f"Column “{name}” is {state}."
        for state, names in (("new", table.new_columns), ("gone", table.gone_columns))
        for name in names
    ]
    rows = (_cells(word_diff.html(one, other) for one, other in row.cells()) for row in table.rows)
    note = f'<p class="soft">{escape(" ".join(notes))}</p>' if notes else ""
    return note + (_table(table.columns, rows, "Rows that differ") if table.rows else "")


def _said(changes: Iterable[tuple[str, str]], page: str = "") -> str:
    lines = (f"<li>{word_diff.html(one, other)}{_link(other, page)}</li>" for one, other in changes)
    return f'<ul class="said">{"".join(lines)}</ul>'


def _link(sentence: str, page: str) -> str:
    """A link to the sentence on its page, by its first words; a browser that knows no such links opens
    the page.
    """
    first = WITHOUT_DIGITS.match(sentence)
    words = first[0].split()[:-1] if first else []
    if not page or len(words) < ENOUGH_WORDS:
        return ""
    address = f"{page}#:~:text={quote(' '.join(words[:8]), safe='').replace('-', '%2D')}"
    return f' <a class="soft" href="{escape(address)}">on the page</a>'


def _block(block: BlockDifference) -> str:
    state = "" if block.state == CHANGED else f' <span class="state">is {block.state}</span>'
    drawn = '<p class="soft">Its drawing differs.</p>' if block.redrawn else ""
    words = _said(block.words) if block.words else ""
    return f"<h4>{escape(block.name)}{state}</h4>{words}{drawn}{_rows(block.table)}"


def _page(page: PageDifference, site: str) -> str:
    address = f"{site}{page.address}"
    state = "" if page.state == CHANGED else f" This page is {page.state}."
    text = f'<p class="soft"><a href="{escape(address)}">Open the page</a>{state}</p>'
    if page.sentences:
        text += "<h3>Sentences</h3>" + _said(page.sentences, address)
    for title, blocks in (("Figures", page.figures), ("Tables", page.tables)):
        if blocks:
            text += f"<h3>{title}</h3>" + "".join(_block(one) for one in blocks)
    if page.texts:
        rows = (
            _cells((f"<code>{escape(key)}</code>", word_diff.html(one, other)))
            for key, one, other in page.texts
        )
        text += (
            f"<details><summary>{len(page.texts)} computed texts by name</summary>"
            + _table(("Name", "Text"), rows, "Computed texts")
            + "</details>"
        )
    return text

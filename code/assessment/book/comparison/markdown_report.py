"""The report in Markdown, short enough for a comment on a pull request."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from assessment.book.comparison.comparison_report import ComparisonReport
from assessment.book.comparison.headline_moves import COLUMNS
from assessment.book.comparison.page_differences import (
    CHANGED,
    BlockDifference,
    PageDifference,
)
from assessment.book.comparison.proposed_row import as_csv
from assessment.book.comparison.reading.table_rows import TableChange, is_number
from assessment.book.comparison.reading.word_diff import markdown, plain_markdown

LIMIT = 60_000  # characters
HEADLINE_ROWS = 20
LONGEST = 1_500  # characters of one line of details
NAMING = 4  # so many cells name a row
LINES = 60  # of one folded list
NOTHING = "Nothing differs: no result, no sentence, no figure, no fact."
REST = "The rest stands in the full report."


def markdown_report(report: ComparisonReport) -> str:
    """The whole comment, shorter than LIMIT; what does not fit is counted."""
    text = f"## What this change did to the book\n\n{_plain(report.before)} → {_plain(report.after)}\n\n"
    text += "".join(f"> {_plain(notice)}\n\n" for notice in report.notices)
    if not report:
        return text + NOTHING + "\n"
    text += _headline(report) + _counts(report) + _row(report)
    left_out = []
    for title, lines in _details(report):
        block = _folded(title, lines)
        if len(text) + len(block) > LIMIT - 2_000:
            left_out.append(_plain(title))
        else:
            text += block
    if left_out:
        text += f"Too long for here: {_cut('; '.join(left_out), 1_000)}. {REST}\n"
    return text


def _plain(text: str) -> str:
    return _cut(plain_markdown(text), LONGEST)


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[:longest].rstrip("\\*~") + " …"


def _lines(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    head = list(head)
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines) + "\n"


def _headline(report: ComparisonReport) -> str:
    if not report.moves:
        return "**Headline results**: none moved.\n\n"
    shown = report.moves[:HEADLINE_ROWS]
    rows = [[_cut(_plain(word), 120) for word in m.words(report.scenario_words)] for m in shown]
    for move, row in zip(shown, rows):
        row[0] = f"**{row[0]}**" if move.concludes else row[0]
    told = f"**Headline results**: {len(report.moves)} of {report.results} moved"
    more = (
        f", the first {len(shown)} by their effect on the decision"
        if len(report.moves) > len(shown)
        else ""
    )
    return f"{told}{more}.\n\n" + _lines(COLUMNS, rows)


def _counts(report: ComparisonReport) -> str:
    if not report.pages:
        return "**Pages**: none differs.\n\n"
    rows = [
        (
            _plain(page.title) + ("" if page.state == CHANGED else f" ({page.state})"),
            *(
                str(len(things))
                for things in (page.sentences, page.texts, page.figures, page.tables)
            ),
        )
        for page in report.pages
    ]
    return _lines(("Page", "Sentences", "Computed texts", "Figures", "Tables"), rows)


def _row(report: ComparisonReport) -> str:
    line = _cut(as_csv(report.row).replace("`", "'"), 4_000)
    return f"Proposed for `data/changes.csv`:\n\n```csv\n{line}\n```\n\n"


def _folded(title: str, lines: list[str]) -> str:
    shown = [f"- {_cut(line, LONGEST)}\n" for line in lines[:LINES]]
    if len(lines) > LINES:
        shown.append(f"- and {len(lines) - LINES} more. {REST}\n")
    # what stands in a tag is HTML, whose marks are others
    named = escape(" ".join(title.split())).replace("@", "@\u200b")
    return f"<details><summary>{named}</summary>\n\n{''.join(shown)}\n</details>\n\n"


def _details(report: ComparisonReport) -> Iterator[tuple[str, list[str]]]:
    """(title, lines) of each folded part."""
    if report.facts:
        yield (
            f"Facts: {len(report.facts)}",
            [
                f"{_plain(fact.id)}, {_plain(fact.label)}: {markdown(fact.before, fact.after)}"
                + (" (computed from facts that differ)" if fact.follows else "")
                + "".join(f"; {name}: {markdown(a, b)}" for name, a, b in fact.cells)
                + (f"; source {_plain(fact.source)}" if fact.source else "")
                for fact in report.facts
            ],
        )
    for one in report.files:
        lines = (
            _rows(one.table) if one.table is not None else [markdown(a, b) for a, b in one.lines]
        )
        yield f"{one.path}: {len(lines)}", lines
    for page in report.pages:
        yield page.title, list(_page(page))


def _page(page: PageDifference) -> Iterator[str]:
    yield from (markdown(one, other) for one, other in page.sentences)
    for block in (*page.figures, *page.tables):
        yield from _block(block)
    yield from (f"{_plain(key)}: {markdown(one, other)}" for key, one, other in page.texts)


def _block(block: BlockDifference) -> Iterator[str]:
    state = "changed" if block.state == CHANGED else block.state
    drawn = ", drawn otherwise" if block.redrawn else ""
    yield f"**{_plain(block.name)}**: {state}{drawn}"
    yield from (markdown(one, other) for one, other in block.words)
    if block.state == CHANGED:
        yield from _rows(block.table)


def _rows(table: TableChange) -> list[str]:
    """Each row with its own words and the cells that differ."""
    lines = [f"column {_plain(name)}: new" for name in table.new_columns]
    lines += [f"column {_plain(name)}: gone" for name in table.gone_columns]
    for row in table.rows:
        cells = list(zip(table.columns, row.cells()))
        same = [f"{c} {a}" if is_number(a) else a for c, (a, b) in cells if a and a == b]
        name = _cut(", ".join(same[:NAMING]), 120)
        differ = [f"{_plain(c)}: {markdown(a, b)}" for c, (a, b) in cells if a != b]
        state = "new: " if row.before is None else "gone: " if row.after is None else ""
        lines.append(f"{_plain(name)}{': ' if name else ''}{state}{'; '.join(differ)}")
    return lines

"""Ten scripted changes of a copy of the book: everything that differs is named, and nothing else."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from assessment.book.comparison.comparison_report import compare
from assessment.book.comparison.html_report import NOTHING, html_report
from assessment.book.comparison.markdown_report import markdown_report
from assessment.book.comparison.page_differences import CHANGED, GONE, NEW
from assessment.book.comparison.reading.word_diff import plain_markdown
from assessment.case.definition import load_case

# pytest's importlib mode puts no folder of tests on the path
sys.path.insert(0, str(Path(__file__).parent))
from changed_book import (
    DAY,
    book,
    changed,
    compared,
    pages_that_say,
    sizes,
    with_cell,
    with_fact,
    with_headline,
)

BASE = load_case().base_set
COHORT = load_case().cohorts[0].id
RATIO = f"{BASE.fact_prefix}.pfs.{COHORT}.hazard_ratio"


def marked(report, before: str, after: str) -> bool:
    """Whether both reports cross out one and mark the other."""
    html, markdown = html_report(report), markdown_report(report)
    return all(
        f"<del>{old}</del>" in text and f"<ins>{new}</ins>" in text
        for text, old, new in (
            (html, before, after),
            (markdown, plain_markdown(before), plain_markdown(after)),
        )
    )


def test_a_hazard_ratio():
    report = compared(
        with_headline(("trial.pfs.hazard_ratio", COHORT, "0.4321")),
        with_fact(RATIO, value="0.4321"),
    )
    # the fact is of one analysis set, the result was changed in all
    sets = {row.id for row in load_case().divisions}
    assert {m.key for m in report.moves} <= {("trial.pfs.hazard_ratio", COHORT, s) for s in sets}
    assert ("trial.pfs.hazard_ratio", COHORT, BASE.id) in {m.key for m in report.moves}
    assert {m.after for m in report.moves} == {"0.4321"}
    own, *following = report.facts
    assert (own.id, own.cells[0][0], own.cells[0][2]) == (RATIO, "value", "0.4321")
    assert all(fact.follows for fact in following)
    said = re.compile(r"\{fact\}`" + re.escape(RATIO) + r"(\|(value|bare))?`")
    ids = [RATIO, *(fact.id for fact in following)]
    wanted = {name for name, text in book().pages().items() if said.search(text)}
    wanted |= {name for fact in ids[1:] for name in pages_that_say(f"{{fact}}`{fact}")}
    assert {page.name for page in report.pages} == wanted
    assert all("0.4321" in after for page in report.pages for _before, after in page.sentences)
    assert report.row["kind"] == "data" and "0.4321" in report.row["what"]
    assert report.row["conclusion_changed"] == "no"
    assert marked(report, own.cells[0][1], "0.4321")


TEXT = "base_without_drug.epnet"  # what a patient costs more beside the drug itself


def test_a_price():
    fact = next(
        f for f in book().files["data/facts/economics.csv"].splitlines() if ".assumed," in f
    )
    name = fact.split(",")[0]
    texts = {
        f"texts/{page}.csv": with_cell(
            text, lambda row: row["key"] == TEXT, text="12\u202f345\u00a0NOK"
        )
        for page in book().pages()
        if f"\n{TEXT}," in (text := book().shown.get(f"texts/{page}.csv", ""))
    }
    moved = with_headline(("base_case.cost_added", COHORT, "123400"))
    report = compared(texts | moved, with_fact(name, value="40000"))
    (move,) = report.moves
    assert (move.key, move.after) == (("base_case.cost_added", COHORT, BASE.id), "123400")
    assert report.facts[0].id == name and all(f.follows for f in report.facts[1:])
    by_text = {page.name for page in report.pages if page.texts}
    assert by_text == pages_that_say(f"{{glue:text}}`{TEXT}`")
    assert all(page.texts == page.texts[:1] for page in report.pages)
    assert "123 400" in report.row["after"] and "figures" not in sizes(report)
    assert marked(report, "80\u202f000", "12\u202f345")


def test_a_label():
    report = compared(files=with_fact(RATIO, label="Another label"))
    assert sizes(report) == {"facts": 1}
    assert [cell[0] for cell in report.facts[0].cells] == ["label"]
    assert report.row["kind"] == "text" and report.row["effect"] == "No result changed."


def test_a_caption():
    path = "chapters/economics-model.md"
    assert "caption: Cabozantinib moves time from" in book().files[path]
    text = (
        book()
        .files[path]
        .replace(
            "caption: Cabozantinib moves time from", "caption: Cabozantinib shifts 7 months from"
        )
    )
    report = compared(files={path: text})
    assert sizes(report) == {"pages": 1, "sentences": 1}
    (page,) = report.pages
    assert (page.name, page.title, page.state) == ("economics-model", "The economic model", CHANGED)
    assert marked(report, "moves time", "shifts 7 months")
    assert report.row["kind"] == "text" and report.row["section"] == "The economic model"


def test_a_row_of_a_table():
    path = "tables/economics/01.csv"
    before = book().shown[path]
    cell = before.splitlines()[1].split(",")[-1]
    lines = before.splitlines()
    lines[1] = lines[1].removesuffix(cell) + "98.76"
    report = compared({path: "\n".join(lines) + "\n"})
    assert sizes(report) == {"pages": 1, "tables": 1}
    (row,) = report.pages[0].tables[0].table.rows
    assert [pair for pair in row.cells() if pair[0] != pair[1]] == [(cell, "98.76")]
    assert marked(report, cell, "98.76")


def test_a_removed_figure():
    listed = book().shown["figures/economics.csv"]
    kept = "".join(line for line in listed.splitlines(True) if not line.startswith("budget,"))
    numbers = book().shown["figures/economics/budget.csv"]
    report = compared({"figures/economics.csv": kept, "figures/economics/budget.csv": ""})
    assert sizes(report) == {"pages": 1, "figures": 1}
    (figure,) = report.pages[0].figures
    assert (figure.name, figure.state) == ("budget", GONE)
    assert len(figure.table.rows) == numbers.count("\n") - 1
    assert all(row.after is None for row in figure.table.rows)


def test_a_new_page():
    page = "# A new page\n\nIt says {glue:text}`new_number`.\n\n- And a point.\n"
    report = compared({"texts/new.csv": "key,text\nnew_number,31\n"}, {"chapters/new.md": page})
    assert sizes(report) == {"pages": 1, "sentences": 3, "texts": 1}
    (found,) = report.pages
    assert (found.name, found.title, found.state) == ("new", "A new page", NEW)
    assert [after for _before, after in found.sentences] == [
        "A new page",
        "It says 31.",
        "- And a point.",
    ]


def test_a_date():
    path = "data/events.csv"
    first = book().files[path].splitlines()[1].split(",")[0]
    text = with_cell(book().files[path], lambda row: row["id"] == first, date="1999-12-31")
    report = compared(files={path: text})
    assert sizes(report) == {"files": 1}
    (row,) = report.files[0].table.rows
    assert row.changed == 1 and "1999-12-31" in row.after
    assert "1999-12-31" in html_report(report) and "1999-12-31" in markdown_report(report)


def test_the_source_of_a_fact():
    other = next(key for key in ("fda2025net", "chan2023lba53") if key in str(book().files))
    report = compared(files=with_fact(RATIO, source=other))
    assert sizes(report) == {"facts": 1}
    assert [(cell[0], cell[2]) for cell in report.facts[0].cells] == [("source", other)]
    assert report.row["kind"] == "source" and report.row["conclusion_changed"] == "no"


def test_nothing_at_all():
    report = compare(book(), changed(), DAY)
    assert not report and sizes(report) == {} and not report.notices
    assert NOTHING in html_report(report) and NOTHING in markdown_report(report)


@pytest.mark.parametrize(
    ("result", "value", "conclusion"),
    [
        ("scenario.base.worth_it", "yes", "yes"),
        ("severity.class", "1", "yes"),
        ("scenario.older.worth_it", "yes", "no"),
        ("base_case.icer", "1", "no"),
        ("price.class_value", "none", "yes"),
        ("price.opportunity_cost", "900", "no"),
    ],
)
def test_what_turns_the_conclusion(result, value, conclusion):
    report = compared(with_headline((result, COHORT, value), ("base_case.packs", COHORT, "900")))
    assert [move.key[0] for move in report.moves] == [result, "base_case.packs"]
    assert report.row["conclusion_changed"] == conclusion

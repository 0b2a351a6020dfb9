"""Chapters ask, the package answers: no typed statistic in prose, short cells, known facts,
Norwegian section names in the headings.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import altair as alt
import pytest

from assessment.book.chapters.chapter_results import cells_of
from assessment.book.code_prose import code_prose
from assessment.book.page_contents import cells
from assessment.book.page_prose import ROLE, page_prose, typed_numbers
from assessment.book.typed_in_book import (
    allowed_patterns,
    files_with_words,
    typed_in_code,
    typed_in_page,
)
from assessment.evidence import ROOT
from assessment.presentation.show import CHART_MIME

CHAPTERS = [ROOT / "index.md", *sorted((ROOT / "chapters").glob("*.md"))]
ALLOWED = allowed_patterns()
CODE = files_with_words()


def prose(path: Path) -> str:
    return page_prose(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda p: p.stem)
def test_no_typed_statistic(path):
    assert not [one.told() for one in typed_in_page(path)]


def test_no_typed_statistic_in_the_words_of_figures_and_tables():
    assert not [one.told() for one in typed_in_code()]


TYPED = "With a hazard ratio of 0.38 and 62 % of 8.4 months."
PLACES = {
    "a sentence": "# Title\n\n{typed}\n",
    "a caption in quotes": "```{{code-cell}} ipython3\n---\nmystnb:\n  figure:\n    name: fig-a\n"
    "    caption: '{typed}\n\n      '\n---\nf()\n```\n",
    "a caption in a block": "```{{code-cell}} ipython3\n---\nmystnb:\n  figure:\n    caption: |\n"
    "      {typed}\n---\nf()\n```\n",
    "a caption in option lines": "```{{code-cell}} ipython3\n:tags: [hide-input]\n"
    ":mystnb: {{figure: {{caption: '{typed}'}}}}\n\nf()\n```\n",
    "a folded caption": "```{{code-cell}} ipython3\n---\nmystnb:\n  figure:\n    caption: With a\n"
    "      hazard ratio of 0.38 and 62 % of 8.4 months.\n---\nf()\n```\n",
    "the text alternative of a cell": "```{{code-cell}} ipython3\n---\nmystnb:\n  image:\n"
    "    alt: '{typed}'\n---\nf()\n```\n",
    "a footnote": "Text.[^a]\n\n[^a]: {typed}\n",
    "the title of an admonition": ":::{{admonition}} {typed}\nText.\n:::\n",
    "the title of an admonition in backticks": "```{{admonition}} {typed}\nText.\n```\n",
    "the text of an admonition": ":::{{note}}\n{typed}\n:::\n",
    "the first line of a note": ":::{{note}} {typed}\n:::\n",
    "the text alternative of a picture": "![{typed}](picture.png)\n",
    "the alt option of a figure": "```{{figure}} picture.png\n:alt: {typed}\n```\n",
}


@pytest.mark.parametrize("place", PLACES)
def test_a_typed_statistic_is_found_in(place):
    assert typed_numbers(page_prose(PLACES[place].format(typed=TYPED))) == ["0.38", "62 %", "8.4"]


CODE_PLACES = {
    "a translated message": '_("{typed}")',
    "a message with places": '_("In {{group}}: {typed}").format(group=group)',
    "a message in the plural": 'ngettext("{typed}", "They: {typed}", n)',
    "a table of words": 'WORDS = {{"group": {{"curve": "{typed}"}}}}',
    "the title of an axis": 'alt.X("months:Q", title="{typed}")',
    "a sentence filled in place": 'title = f"{{group}}: {typed}"',
    "the text alternative of a figure": 'Figure(draw, "{typed}", table, "name")',
    "the note of a figure": 'Figure(draw, text, table, "name", note="{typed}")',
    "words in small letters": 'WORDS = {{"median": "median: {typed}"}}',
    "the name of a column": 'rows = [{{"{typed}": value}}]',
    "a caption of a table": 'Table(frame, caption="{typed}")',
    "marked words": "html = \"<p class='small'>{typed}</p>\"",
}
NO_WORDS = {
    "a docstring": 'def f():\n    """{typed}"""',
    "a fault": 'raise ValueError("{typed}")',
    "a number's format": 'f"{{x:.1f}}" + format(x, ".1%") + alt.X("a:Q", format=".0f")',
    "a formula of the chart": "alt.Axis(labelExpr=\"round(100 * datum.value) + ' %'\")",
    "a condition of the chart": 'chart.transform_filter("datum.class >= 5")',
    "a key": 'facts["trial one 0.38"]',
    "a pattern": 're.compile(r"about 9 of 10")',
    "a style": 'style = "margin:0 0 2px"',
}


def in_code(template: str, folder: Path) -> list[list[str]]:
    """The typed numbers of each string that holds any, in a file written from ``template``."""
    file = folder / "figure.py"
    file.write_text(template.format(typed=TYPED) + "\n", encoding="utf-8")
    return [found for _, text in code_prose(file) if (found := typed_numbers(text))]


@pytest.mark.parametrize("place", CODE_PLACES)
def test_a_typed_statistic_is_found_in_the_code_in(place, tmp_path):
    found = in_code(CODE_PLACES[place], tmp_path)
    assert found and all(numbers == ["0.38", "62 %", "8.4"] for numbers in found)


@pytest.mark.parametrize("lone", ['alt.X("a:Q", title="0.38")', 'columns = ["62 %"]', '_("0.38")'])
def test_a_lone_number_is_found_where_only_readers_look(lone, tmp_path):
    assert in_code(lone, tmp_path) in ([["0.38"]], [["62 %"]])


@pytest.mark.parametrize("place", NO_WORDS)
def test_code_is_no_word_for_readers(place, tmp_path):
    assert in_code(NO_WORDS[place], tmp_path) == []


def test_names_with_numerals_and_code_are_no_statistics():
    assert typed_numbers("VEGFR2 and NETTER-1 and EQ-5D-5L and ID2025_048 are names.") == []
    page = "---\nkey: 3.4\n---\n\n{fact}`a.b2` [here](https://x.no/9.9) $3.5$\n\n"
    cell = "```{code-cell} ipython3\n:tags: [hide-input]\n\nf(0.38)\n```\n"
    page += "% a comment: 0.38\n\n"
    shown = "1. First.\n2. Second.\n\n```text\nid,value\na.b,0.38\n```\n"
    assert typed_numbers(page_prose(page + cell + shown)) == []


def test_every_allowed_number_has_a_reason_and_is_used():
    """tests/allowed_numbers.csv lists what may be typed: legal wording, names, definitions."""
    everything = "\n".join([*map(prose, CHAPTERS), *(t for p in CODE for _, t in code_prose(p))])
    for pattern, reason in ALLOWED:
        assert reason and re.search(pattern, everything), (
            f"allowed_numbers.csv: '{pattern}' is not used any more: remove it"
        )


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda p: p.stem)
def test_cells_are_short(path):
    for cell in cells(path):
        lines = [line for line in cell.splitlines() if line.strip()]
        assert 1 <= len(lines) <= 5, f"{path.name}: a cell of {len(lines)} lines:\n{cell}"


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda p: p.stem)
def test_facts_in_prose_are_shown_in_a_way_there_is(path):
    for style in re.findall(r"\{fact\}`[^`|]+\|([^`]+)`", path.read_text(encoding="utf-8")):
        assert style.strip() in ("value", "bare", "interval")


@pytest.mark.parametrize(
    ("name", "norwegian"),
    [
        ("mechanism", "Virkningsmekanisme"),
        ("regulatory-status", "Regulatorisk status"),
        ("background", "Bakgrunn"),
        ("pico", "Preliminær PICO"),
        ("trial-evidence", "Dokumentasjon"),
        ("economics", "Helseøkonomi"),
    ],
)
def test_headings_carry_the_norwegian_section_name(name, norwegian):
    first = next(
        line
        for line in (ROOT / "chapters" / f"{name}.md").read_text(encoding="utf-8").splitlines()
        if line.startswith("# ")
    )
    assert norwegian in first and re.search("[A-Za-z]", ROLE.sub("", first))


def test_every_chart_is_valid_vega_lite(site):
    """Against the schema of Vega-Lite itself, which Altair carries; the build leaves this out for
    speed. The theme's settings are left out: Vega takes null for none, the schema does not.
    """
    pages = [cells_of(ROOT, path.relative_to(ROOT).as_posix()) for path in CHAPTERS]
    outputs = [
        output
        for page in pages
        if page.sources
        for outputs_of_cell in json.loads(page.found().read_text(encoding="utf-8"))
        for output in outputs_of_cell
    ]
    charts = [
        output["data"][CHART_MIME] for output in outputs if CHART_MIME in output.get("data", {})
    ]
    assert len(charts) > 50
    for chart in charts:
        for width in ("wide", "narrow"):
            alt.TopLevelSpec.validate(with_few_rows(chart[width]))


def with_few_rows(part):
    """A chart without the theme's settings and with three rows of each table: the schema takes any row."""
    if isinstance(part, list):
        table = len(part) > 20 and all(isinstance(row, dict) for row in part)
        return [with_few_rows(one) for one in (part[:3] if table else part)]
    if not isinstance(part, dict):
        return part
    return {name: with_few_rows(one) for name, one in part.items() if name != "config"}

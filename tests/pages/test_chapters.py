"""Chapters ask, the package answers: no typed statistic in prose, short cells, known facts,
Norwegian section names in the headings.
"""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import altair as alt
import pytest

from assessment.book.extension import results_key
from assessment.evidence import ROOT, load_facts
from assessment.presentation.show import CHART_MIME

CHAPTERS = [ROOT / "index.md", *sorted((ROOT / "chapters").glob("*.md"))]
ALLOWED = [
    (row["pattern"], row["reason"])
    for row in csv.DictReader((ROOT / "tests" / "allowed_numbers.csv").open(encoding="utf-8"))
]
ROLE = re.compile(r"\{[\w:]+\}`[^`]*`")
CELL = re.compile(r"^```\{code-cell\}.*?^```$", re.MULTILINE | re.DOTALL)


def prose(path: Path) -> str:
    """The text of a chapter without front matter, code, roles, links and targets; captions in cells
    are kept.
    """
    text = re.sub(r"\A---\n.*?\n---\n", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    captions = "\n".join(re.findall(r"caption: \|\n((?:      .*\n)+)", text))
    text = CELL.sub("", text) + captions
    text = re.sub(r"^(```|:::+)\{.*$|^:\w+:.*$", "", text, flags=re.MULTILINE)
    text = re.sub(r"\]\([^)]*\)|<[^>]+>|\$\$.*?\$\$|\$[^$\n]+\$", " ", text, flags=re.DOTALL)
    return ROLE.sub(" ", text)


def typed_numbers(text: str) -> list[str]:
    """Numerals in ``text`` that stand for a statistic: those not part of a name (VEGFR2) and not on
    the list of allowed ones.
    """
    for pattern, _ in ALLOWED:
        text = re.sub(pattern, " ", text)
    return [m.group() for m in re.finditer(r"(?<![\w-])[+−-]?\d[\d.,\u202f]*\s?%?(?![\w])", text)]


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda p: p.stem)
def test_no_typed_statistic(path):
    assert typed_numbers(prose(path)) == []


def test_the_search_finds_what_it_should():
    assert typed_numbers("The hazard ratio was 0.38 and 62 % responded after 8.4 months.") == [
        "0.38",
        "62 %",
        "8.4",
    ]
    assert typed_numbers("VEGFR2 and NETTER-1 and EQ-5D-5L and ID2025_048 are names.") == []


def test_every_allowed_number_has_a_reason_and_is_used():
    """tests/allowed_numbers.csv lists what may be typed (legal wording, dates); it is empty as long
    as nothing needs it.
    """
    everything = "\n".join(prose(p) for p in CHAPTERS)
    for pattern, reason in ALLOWED:
        assert reason and re.search(pattern, everything), (
            f"allowed_numbers.csv: '{pattern}' is not used any more: remove it"
        )


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda p: p.stem)
def test_cells_are_short(path):
    for cell in CELL.findall(path.read_text(encoding="utf-8")):
        body = re.sub(
            r"^---\n.*?\n---\n", "", "\n".join(cell.splitlines()[1:-1]) + "\n", flags=re.DOTALL
        )
        lines = [line for line in body.splitlines() if line.strip() and not line.startswith(":")]
        assert 1 <= len(lines) <= 5, f"{path.name}: a cell of {len(lines)} lines:\n{cell}"


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda p: p.stem)
def test_facts_named_in_prose_exist(path):
    for fact_id, _, style in (
        m.partition("|") for m in re.findall(r"\{fact\}`([^`]+)`", path.read_text(encoding="utf-8"))
    ):
        assert fact_id.strip() in load_facts()
        assert style.strip() in ("", "value", "bare", "interval")


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
    kept = ROOT / "_build" / ".jupyter_cache" / results_key(ROOT) / "executed"
    outputs = [
        output
        for file in kept.rglob("*.ipynb")
        for cell in json.loads(file.read_text(encoding="utf-8"))["cells"]
        for output in cell.get("outputs", [])
    ]
    charts = [
        output["data"][CHART_MIME] for output in outputs if CHART_MIME in output.get("data", {})
    ]
    assert len(charts) > 50
    for chart in charts:
        for width in ("wide", "narrow"):
            alt.TopLevelSpec.validate(
                {part: value for part, value in chart[width].items() if part != "config"}
            )

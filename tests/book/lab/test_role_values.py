"""What stands in place of names when a page is edited in JupyterLab is what the site shows there."""

from __future__ import annotations

import json
import re

import pytest

from assessment.book.comparison.reading.filled_prose import ROLE
from assessment.book.lab import values_handler
from assessment.book.lab.role_values import (
    ACCEPTED,
    KNOWN,
    WAITING,
    WRONG,
    Shown,
    all_shown,
    figure_numbers,
    pages_in_order,
)
from assessment.book.page_contents import page_files
from assessment.evidence import ROOT, DataError, Problem, load_facts

ROLES = ("fact", "glue:text", "numref", "doc")


def shown(page: str, role: str, name: str) -> Shown:
    return all_shown(page, [(role, name)])[0]


def names_in(page: str) -> list[list[str]]:
    text = page_files()[page].read_text(encoding="utf-8")
    # comments, and what is shown as typed
    text = re.sub(r"^%.*$", "", text, flags=re.MULTILINE)
    text = re.sub(r"^```\w+\n.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL)
    text = re.sub(r"``.*?``", "", text)
    found = [list(pair) for pair in ROLE.findall(text) if not pair[1].endswith(">")]
    cited = [
        [role, key] for role, keys in found if role.startswith("cite") for key in keys.split(",")
    ]
    return [pair for pair in found if pair[0] in ROLES] + cited


@pytest.mark.parametrize("page", page_files())
def test_every_name_of_every_page_has_a_value(page):
    asked = names_in(page)
    values = values_handler.answer(page, asked)["values"]
    wrong = [pair for pair, value in zip(asked, values) if value["state"] not in (KNOWN, ACCEPTED)]
    assert wrong == []
    assert all(value["text"] and "{" not in value["text"] for value in values)


def test_values_are_written_as_on_the_page():
    facts = {"": "0.86 (0.56–1.31)", "|value": "0.86", "|bare": "0.86", "|interval": "0.56–1.31"}
    for style, text in facts.items():
        value = shown("trial-evidence", "fact", f"cabinet.os.epnet.hazard_ratio{style}")
        assert (value.text, value.state) == (text, KNOWN)
        assert "data/facts/cabinet.csv, row " in value.hint
    assert shown("economics", "doc", "trial-evidence").text == "Trial evidence"
    assert shown("mechanism", "cite:p", "raymond2011").text == "Raymond et al., 2011"


@pytest.mark.parametrize(
    "role, name, said, hint",
    [
        ("fact", "cabinet.os.epnet.hazzard_ratio", "no such fact", "cabinet.os.epnet.hazard_ratio"),
        ("fact", "cabinet.os.epnet.hazard_ratio|short", "short", "full, value, bare, interval"),
        ("fact", "cabinet.design.dose|interval", "interval", "no interval"),
        ("numref", "fig-none", "no such figure", "options of their cells"),
        ("cite:p", "nobody", "no such source", "references.bib"),
        ("doc", "nowhere", "no such page", ""),
        ("term", "QALY", "QALY", "Only the site"),
    ],
)
def test_what_does_not_exist_is_said_in_its_place(role, name, said, hint):
    value = shown("trial-evidence", role, name)
    assert value.state == WRONG and said in value.text and hint in value.hint


def test_a_text_that_no_run_has_given_yet_says_so():
    value = shown("economics", "glue:text", "own_number")
    assert (value.text, value.state) == ("not computed yet: own_number", WAITING)


def test_data_that_cannot_be_read_are_said(monkeypatch):
    def faulty():
        raise DataError(Problem("data/facts/cabinet.csv", 3, "value", "x", "a number", "retype it"))

    monkeypatch.setattr("assessment.book.lab.role_values.load_facts", faulty)
    told, source = all_shown("x", [("fact", "any"), ("cite:p", "raymond2011")])
    assert told.state == WRONG and "data/facts/cabinet.csv" in told.hint
    assert source.state == KNOWN


def test_figures_are_numbered_as_on_the_site(site):
    for page in pages_in_order():
        path = site / page.relative_to(ROOT).with_suffix(".html")
        html = path.read_text(encoding="utf-8")
        found = re.findall(
            r"<figure[^>]*\bid=\"(fig-[\w-]+)\".*?caption-number\">Figure (\d+)", html, re.DOTALL
        )
        assert dict(found) == {
            name: str(number) for name, number in figure_numbers().items() if name in dict(found)
        }
    assert len(figure_numbers()) > 50


def test_the_answer_names_the_data_it_was_read_from():
    answer = values_handler.answer("economics", [["fact", "cabinet.os.epnet.hazard_ratio"]])
    assert json.loads(json.dumps(answer))["restart"] == "" and len(answer["data"]) == 16
    assert len(load_facts()) > 0


@pytest.mark.parametrize(
    "asked", [None, "fact", [["fact"]], [["fact", 1]], [["a", "b", "c"]], ["ab"]]
)
def test_only_pairs_of_words_are_answered(asked):
    assert not values_handler._pairs(asked)

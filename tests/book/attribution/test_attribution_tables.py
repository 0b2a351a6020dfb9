"""Rows of the two tables: parts that add up as they are written, what was accepted then, words of a person
that stay; and, on a real copy of the book, two facts changed.
"""

from __future__ import annotations

import csv
import io
import subprocess
from decimal import Decimal

import pytest

from assessment.book.attribution.accepted_answers import accepted_answers, same_where_rounded
from assessment.book.attribution.attribution_command import CHANGES, PARTS, attributed, written
from assessment.book.attribution.attribution_rows import Comparison, kept_by_hand, merged
from assessment.book.attribution.base_choice import day_of, version_before
from assessment.book.attribution.scratch_book import ScratchBook
from assessment.book.comparison.reading.book_states import BookState, NoSuchState, of_files
from assessment.case.attribution.base_answers import OUTCOMES
from assessment.case.attribution.changed_rows import kind_of, rows_of
from assessment.case.model.inputs.model_inputs import COHORTS, model_inputs
from assessment.evidence import DATA, ROOT

WHICH = Comparison("9.9.9", "v9.9.8", "2026-01-01", "2026-02-01")


def read(name):
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def changed_book(**values):
    """(the book with other values of these facts, {file below data/: its text}); ids with _ for dots."""
    now = of_files()
    files = dict(now.files)
    for fact, value in values.items():
        path = next(
            p for p, t in files.items() if p.startswith("data/facts/") and f"\n{fact}," in t
        )
        rows = rows_of(files[path])
        old = rows[fact]["value"]
        before = next(line for line in files[path].splitlines() if line.startswith(f"{fact},"))
        assert before.count(f",{old},") == 1
        files[path] = files[path].replace(before, before.replace(f",{old},", f",{value},"))
    return BookState("another", now.shown, files)


def test_parts_as_they_are_kept_add_up_to_the_last_digit():
    rows = read(PARTS)
    assert rows, "the book holds a real case"
    by_result: dict[tuple, dict[str, Decimal]] = {}
    for row in rows:
        key = row["version"], row["cohort"], row["outcome"]
        by_result.setdefault(key, {})[row["change"]] = Decimal(row["share"] or "NaN")
    for key, parts in by_result.items():
        whole = parts.pop("whole")
        if not whole.is_nan():
            assert sum(parts.values()) == whole, key
    assert {outcome for _v, _c, outcome in by_result} <= OUTCOMES.keys()


def test_the_latest_comparison_ends_at_todays_results():
    """Of the present version: the last column is what the code gives, so a move asks for a new run."""
    rows = [row for row in read(PARTS) if row["change"] == "whole"]
    version = rows[-1]["version"]
    accepted = accepted_answers(of_files().shown["headline.csv"], version)
    after: dict[str, dict[str, float]] = {}
    for row in rows:
        if row["version"] == version:
            after.setdefault(row["cohort"], {})[row["outcome"]] = float(row["after"])
    for cohort, answers in after.items():
        near = {name: accepted[cohort][name] for name in answers}
        assert answers == pytest.approx(near, rel=6e-4), "make attribution, then commit its tables"


def test_what_a_version_had_accepted_is_read_and_a_price_below_zero_reckoned():
    head = "version,result,cohort,analysis_set,unit,value\n"
    from assessment.pages.headline.result_rows import BASE_SET

    said = {
        "base_case.qalys_gained": "0.1000",
        "base_case.cost_added": "500000",
        "base_case.icer": "5000000",
        "base_case.cost_added_without_drug": "80000",
        "base_case.packs": "10.00",
        "base_case.net_benefit.class_value": "-440000",
        "price.class_value": "none",
        "severity.reference_value": "600000",
        "severity.class": "4",
        "severity.shortfall": "13.00",
    }
    cohort = COHORTS[0]
    text = head + "".join(f"1.0.0,{k},{cohort},{BASE_SET},unit,{v}\n" for k, v in said.items())
    (found,) = accepted_answers(text).values()
    assert found == {
        "qalys_gained": 0.1,
        "cost_added": 500000.0,
        "icer": 5e6,
        "price": -2000.0,  # (600 000 × 0.1 − 80 000) / 10
        "shortfall": 13.0,
        "severity_class": 4.0,
        "worth_it": 0.0,
        "price_is_enough": 0.0,
    }
    assert accepted_answers(text, "0.9.0") == {} and accepted_answers("") == {}
    exact = found | {
        "qalys_gained": 0.100049,
        "cost_added": 500040.0,
        "price": -2002.0,
        "icer": 4.9e6,
    }
    same = same_where_rounded({cohort: found}, {cohort: exact})[cohort]
    assert same == exact | {"icer": 5e6}, "what is not its rounding has moved"


def test_words_of_a_person_and_rows_of_other_versions_stay():
    old = "version,change,what,why,told_in\n1,a,by hand,because,3\n2,a,x,y,\n"
    rows = [{"version": "2", "change": "a", "what": "made", "why": "", "told_in": ""}]
    kept = kept_by_hand(rows, csv.DictReader(io.StringIO(old)))
    assert kept == [{"version": "2", "change": "a", "what": "x", "why": "y", "told_in": ""}]
    assert merged(old, kept, "2") == old


def test_a_base_is_the_last_version_and_without_one_that_is_said(tmp_path):
    def git(*words):
        who = ["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
        subprocess.run(["git", "-C", str(tmp_path), *who, *words], check=True, capture_output=True)

    git("init", "-q")
    for name, text in (
        ("CITATION.cff", "version: 1.0.0\n"),
        ("other", "a"),
        ("CITATION.cff", "version: 1.1.0\n"),
    ):
        (tmp_path / name).write_text(text)
        git("add", "-A")
        git("commit", "-qm", "another state")
        if name == "other":
            with pytest.raises(NoSuchState, match="No commit here has another version than 1.0.0"):
                version_before(tmp_path)
            git("tag", "first")
    shown = subprocess.run(
        ["git", "-C", str(tmp_path), "rev-parse", "--short", "HEAD~1"],
        capture_output=True,
        text=True,
    )
    assert version_before(tmp_path) == shown.stdout.strip()
    git("tag", "v1.0.0", "first")
    git("tag", "v1.1.0")
    assert version_before(tmp_path) == "v1.0.0" and len(day_of("first", tmp_path)) == 10


@pytest.mark.long
def test_two_facts_changed_in_a_copy_give_their_rows(tmp_path):
    """The book as if the cost of a visit and the weeks of a severe adverse event had been others."""
    inputs = model_inputs(COHORTS[0])
    visit = inputs["end_of_life_nok"].fact.id
    weeks = inputs["severe_event_weeks"].fact.id
    before = changed_book(**{visit: "90000", weeks: "3"})
    now = of_files()
    asked = []

    def run(sets):
        found = ScratchBook(ROOT, tmp_path / "scratch").runs(sets)
        asked.append(len(found))
        return found

    found, changes, parts = attributed(before, now, WHICH, run)
    assert set(found.changes) == {visit, weeks} and not found.needed and not found.set_aside
    assert [row["change"] for row in changes] == ["whole", "method", visit, weeks]
    share = {
        (row["change"], row["outcome"]): Decimal(row["share"])
        for row in parts
        if row["cohort"] == COHORTS[0]
    }
    assert share[visit, "qalys_gained"] == 0 and share[weeks, "cost_added"] == 0
    assert share[weeks, "qalys_gained"] != 0 and share[visit, "cost_added"] != 0
    for outcome in ("qalys_gained", "cost_added", "price"):
        one = [share[name, outcome] for name in ("method", visit, weeks)]
        assert sum(one) == share["whole", outcome]
    told = {row["change"]: row for row in changes}
    assert told[visit]["before"].startswith("90") and told[weeks]["before"].startswith("3")
    for row in (told[visit], told[weeks]):
        assert row["conclusion_changed"] == "no" and row["counted"] == "split"
    data = tmp_path / "data"
    data.mkdir()
    for name in (CHANGES, PARTS):
        (data / name).write_text((DATA / name).read_text(encoding="utf-8"), encoding="utf-8")
    written(data, changes, parts, WHICH.version)
    kept = list(csv.DictReader((data / CHANGES).open(encoding="utf-8", newline="")))
    assert [row for row in kept if row["version"] != WHICH.version] == read(CHANGES)
    assert sum(asked) > len(list((tmp_path / "scratch" / "runs").glob("*.json"))), (
        "each is run once"
    )


def test_every_file_of_data_that_the_model_reads_has_a_kind():
    assert kind_of("facts/economics.csv") and kind_of("model_inputs.csv") and kind_of("km/a.csv")
    assert not kind_of("changes.csv") and not kind_of("norway/readme.md")

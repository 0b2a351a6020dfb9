"""What the page, the feed and a release say of the changes since the last version."""

from __future__ import annotations

from html import unescape
from xml.etree import ElementTree

import pandas as pd
import pytest

from assessment.book.site import change_feed
from assessment.evidence import load_register
from assessment.pages import attribution, registers
from assessment.pages.attribution import attributed, attribution_words, release_words
from assessment.pages.attribution.attribution_words import summary, told_changes
from assessment.pages.registers import unjudged_findings as findings_subject

ATOM = "{http://www.w3.org/2005/Atom}"


def register(**tables):
    """``load_register`` with these tables in place of the book's."""

    def load(name, *rest):
        frame = tables.get(name.replace("-", "_"))
        return load_register(name, *rest) if frame is None else frame

    return load


def of_no_change():
    rows = load_register("attributed-changes")
    return rows[rows["change"].isin(["whole", "method"])]


def test_feed_and_release_tell_every_change_with_its_verdict():
    found = attributed.latest()
    told = told_changes(found)
    assert told and told[0].id == attributed.WHOLE
    root = ElementTree.fromstring(change_feed.feed())
    summaries = [entry.findtext(f"{ATOM}summary") for entry in root.iter(f"{ATOM}entry")]
    notes = release_words.release_text()
    for change in told:
        sentence = summary(change)
        assert sentence in summaries and f"- {sentence}\n" in notes + "\n"
        assert "Conclusion changed: " in sentence and "severity class" in sentence
        assert not change.why or change.why in sentence


def test_what_moved_and_the_conclusion_that_follows_stand_in_the_table():
    found, frame = attributed.latest(), attribution.attribution_table().frame
    assert len(frame) == sum(
        len({c for c, _o in change.parts}) for change in (*found.split(), found.one("whole"))
    )
    changed = frame["Conclusion changed"].eq("yes").any()
    assert changed == found.one("whole").conclusion_changed
    told = unescape(attribution.changes_told())
    assert all(
        change.what in told
        for change in found.changes
        if change.counted != "whole" and change.id != "method"
    )


def test_the_figure_shows_the_price_of_each_change_and_cohort():
    figure = attribution.attribution_figure()
    found = attributed.latest()
    assert len(figure.table) == sum(
        outcome == "price"
        for change in (*found.split(), found.one("whole"))
        for _c, outcome in change.parts
    )
    for width in (700, 340):
        figure.draw(width).to_dict()


def test_without_a_change_of_data_that_is_said_in_one_sentence(monkeypatch):
    monkeypatch.setattr(attributed, "load_register", register(attributed_changes=of_no_change()))
    found = attributed.latest()
    said = attribution_words.opening(found)
    assert said.startswith("No fact that the model reads has changed since the version of ")
    assert attribution.changes_told() == ""
    attribution.attribution_figure().draw(700)


def test_before_the_first_comparison_there_is_nothing_to_tell(monkeypatch):
    empty = load_register("attributed-changes").head(0)
    monkeypatch.setattr(attributed, "load_register", register(attributed_changes=empty))
    assert attributed.latest() is None and told_changes(None) == ()
    assert attribution.attribution_texts()["attribution_opening"] == attribution_words.W["none"]
    with pytest.raises(LookupError, match="Run make attribution"):
        attribution.attribution_figure()


def test_a_computed_conclusion_agrees_with_the_row_that_tells_of_it():
    changes = load_register("changes")
    rows = load_register("attributed-changes")
    for number, group in rows.dropna(subset=["told_in"]).groupby("told_in"):
        row = changes.iloc[int(number) - 1]
        computed = "yes" if (group["conclusion_changed"] == "yes").any() else "no"
        assert row["conclusion_changed"] == computed, row["what"]
    listed = registers.changes()
    assert "(computed)" in listed and "(judged by hand)" in listed


def finding(**cells):
    row = dict.fromkeys(load_register("watch-findings").columns)
    return (
        row
        | {
            "id": "0123456789abcdef",
            "day": "2026-12-01",
            "watched": "nobody",
            "item": "a trial",
            "field": "status",
            "old": "“recruiting”",
            "new": "“completed”",
            "level": "interrupt",
            "why": "the conclusion at the assumed price could turn",
            "judged": "open",
        }
        | cells
    )


def test_open_findings_that_could_matter_are_told_and_others_are_not(monkeypatch):
    rows = [finding(), finding(id="1" * 16, level="log"), finding(id="2" * 16, judged="noted")]
    frame = pd.DataFrame(rows)
    monkeypatch.setattr(findings_subject, "load_register", register(watch_findings=frame))
    (one,) = findings_subject.open_findings()
    assert one.text == (
        "nobody: a trial, status. “completed” instead of “recruiting”. What could hang on it: the"
        " conclusion at the assumed price could turn. Found by the watch, not yet judged."
    )
    assert f"- {one.text}" in release_words.release_text()
    assert one.text in change_feed.feed()

"""What a page says of itself: since when its sources were looked at, and when its text last changed."""

from __future__ import annotations

import os
import subprocess
from dataclasses import replace
from datetime import date, timedelta

import pandas as pd
import pytest

from assessment.book.building.build_inputs import pages
from assessment.book.site import status_banner
from assessment.book.site.version import text_days
from assessment.case.definition import load_case
from assessment.evidence import ROOT, load_conflicts, load_facts, load_register
from assessment.living.upkeep import source_days
from assessment.presentation import numbers

GIT = {
    f"GIT_{who}_{what}": "a@example.org"
    for who in ("AUTHOR", "COMMITTER")
    for what in ("NAME", "EMAIL")
}


def test_a_page_counts_from_the_oldest_check_of_its_facts(monkeypatch):
    book = status_banner.status()
    later = [f for f in load_facts() if f.checked > book.checked]
    newest = max(later, key=lambda f: f.checked)
    of = status_banner.page_status({newest.id})
    assert of.checked == newest.checked
    older = next(f for f in load_facts() if f.checked <= book.checked)
    both = status_banner.page_status({newest.id, older.id})
    assert both.checked == book.checked, "a look at all sources counts for every fact"
    monkeypatch.setattr(
        status_banner, "status", lambda: replace(book, checked=book.checked - timedelta(days=9))
    )
    assert status_banner.page_status({older.id}).checked == older.checked
    assert status_banner.page_status(()).open_conflicts == 0


@pytest.fixture(autouse=True)
def _looked_up_anew():
    source_days.source_days.cache_clear()
    yield
    source_days.source_days.cache_clear()


WATCH_STOPS = date(2027, 1, 5)


def checks(rows):
    """The checks of sources as if the watch had written ``rows`` (day, source, outcome)."""
    frame = load_register("source-checks")
    more = [dict(zip(("date", "scope", "outcome"), row), found="made up") for row in rows]
    return pd.concat([frame, pd.DataFrame(more, columns=frame.columns)], ignore_index=True)


def written(monkeypatch, rows):
    frame = checks(rows)
    known = lambda name: frame if name == "source-checks" else load_register(name)  # noqa: E731
    monkeypatch.setattr(source_days, "load_register", known)
    source_days.source_days.cache_clear()


@pytest.mark.parametrize("why", ["schedule disabled", "runner gone", "token may only read"])
def test_a_watch_that_stops_makes_every_page_overdue_within_the_interval(monkeypatch, why):
    """Whatever stops it, no rows come: the page's own date runs out by the reader's clock."""
    every = [source.id for source in source_days.source_days()]
    longest = max(s.due - s.checked for s in source_days.source_days())
    written(monkeypatch, [(WATCH_STOPS.isoformat(), name, "looked") for name in every])
    book = status_banner.status()
    assert WATCH_STOPS < book.due <= WATCH_STOPS + longest
    fact = next(f.id for f in load_facts() if f.subject == load_case().trial.id)
    assert WATCH_STOPS < status_banner.page_status({fact}).due <= WATCH_STOPS + longest


def test_a_source_that_has_moved_makes_its_own_pages_overdue_and_no_other(monkeypatch):
    """Asked every week and never reached: its day stays, however often it was asked."""
    every = source_days.source_days()
    moved = next(s for s in every if s.touches and not any("{" in name for name in s.touches))
    weeks = [WATCH_STOPS + timedelta(days=7 * week) for week in range(12)]
    written(
        monkeypatch,
        [
            (
                day.isoformat(),
                s.id,
                "not reached" if s.id == moved.id and day > weeks[0] else "looked",
            )
            for day in weeks
            for s in every
        ],
    )
    own = {f.id for f in load_facts() if moved.may_change([f.id])}
    free = next(f.id for f in load_facts() if f.id not in own)
    due = weeks[0] + (moved.due - moved.checked)
    assert due < weeks[-1], "overdue while the watch still runs"
    assert status_banner.page_status(own).due <= due
    assert status_banner.page_status({free}).due > due
    assert {s.id: s.tried for s in source_days.source_days()}[moved.id] == weeks[-1]


def test_a_page_counts_the_open_questions_of_its_own_facts():
    question = next(
        c for c in load_conflicts() if c.state == "open" and any(claim.fact for claim in c.claims)
    )
    fact = next(claim.fact for claim in question.claims if claim.fact)
    assert status_banner.page_status({fact}).open_conflicts >= 1
    settled = {c.fact for k in load_conflicts() if k.state == "settled" for c in k.claims if c.fact}
    disputed = {c.fact for k in load_conflicts() if k.state == "open" for c in k.claims}
    assert status_banner.page_status(settled - disputed).open_conflicts == 0


def test_a_text_is_as_old_as_its_last_commit(tmp_path):
    def git(*words: str, day: str = "2026-01-01") -> None:
        dated = {"GIT_AUTHOR_DATE": f"{day}T12:00:00", "GIT_COMMITTER_DATE": f"{day}T12:00:00"}
        subprocess.run(
            ["git", "-C", str(tmp_path), *words], check=True, env=os.environ | GIT | dated
        )

    assert text_days.__wrapped__(tmp_path) == {}, "outside git"
    git("init", "-q")
    (tmp_path / "chapters").mkdir()
    first, second = tmp_path / "index.md", tmp_path / "chapters" / "one.md"
    first.write_text("a")
    second.write_text("b")
    git("add", "-A")
    git("commit", "-qm", "first")
    second.write_text("c")
    git("commit", "-qam", "second", day="2026-02-03")
    days = {"index": date(2026, 1, 1), "chapters/one": date(2026, 2, 3)}
    assert text_days.__wrapped__(tmp_path) == days
    first.write_text("not committed yet")
    assert text_days.__wrapped__(tmp_path) == {"chapters/one": date(2026, 2, 3)}


@pytest.mark.built
def test_pages_say_when_their_text_last_changed_or_nothing(site):
    days = text_days()
    for name in pages(ROOT):
        text = (site / name).read_text(encoding="utf-8")
        assert "§text" not in text
        page = name.removesuffix(".html")
        said = f"Text last changed {numbers.day(days[page])}" if page in days else None
        assert (said in text) if said else ("Text last changed" not in text), name

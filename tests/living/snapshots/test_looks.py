"""Snapshots kept whole, differences between two, and one look at a time."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from assessment.living.adapters.watched_source import GONE, NEW, Record, kept_text
from assessment.living.asking.manners import load_rules
from assessment.living.asking.polite_client import Marks
from assessment.living.asking.source_fault import SourceFault
from assessment.living.snapshots.run_lock import AlreadyRunning, only_one
from assessment.living.snapshots.snapshot_changes import changes
from assessment.living.snapshots.snapshot_store import load_snapshot, save_snapshot, snapshot_of
from assessment.living.watch_run import FIRST, LOOKED, NOTHING, look_at, look_at_all

# pytest's importlib mode puts no folder of tests on the path
sys.path.insert(0, str(Path(__file__).parents[1]))
from made_up_answers import CASES

from conftest import answer


def shot(question: str = "q", **records: dict[str, str]):
    return snapshot_of("2026-12-01", question, {}, [Record(n, v) for n, v in records.items()])


def told(before, now):
    return [(c.item, c.field, c.old, c.new) for c in changes(before, now, 80)]


def test_a_snapshot_comes_back_as_it_was_kept(tmp_path):
    kept = snapshot_of("2026-12-01", "q", {"a": Marks("e", "")}, [Record("x", {"f": "æ"})])
    save_snapshot(tmp_path, "one", kept)
    assert load_snapshot(tmp_path, "one") == kept and load_snapshot(tmp_path, "two") is None


@pytest.mark.parametrize("text", ["", "{", "[]", '{"looked": "2026-12-01"}', '{"marks": {"a": 3}}'])
def test_a_damaged_snapshot_is_told_and_not_taken_for_none(tmp_path, text):
    (tmp_path / "one.json").write_text(text, encoding="utf-8")
    with pytest.raises(SourceFault, match="restore it from git"):
        load_snapshot(tmp_path, "one")


def test_what_differs_is_told_item_by_item():
    before = shot(a={"f": "1", "g": "1"}, b={"f": "1"})
    now = shot(a={"f": "2", "g": "1"}, c={"f": "1"})
    assert told(before, now) == [
        ("a", "f", "1", "2"),
        ("b", GONE, "f: 1", ""),
        ("c", NEW, "", "f: 1"),
    ]
    assert told(None, now) == [] and told(now, now) == []


def test_another_question_or_field_is_no_news():
    assert told(shot(a={"f": "1"}), shot("other", a={"f": "2"}, b={"f": "1"})) == [
        ("a", "f", "1", "2")
    ]
    assert told(shot(a={"f": "1"}), shot(a={"f": "1", "new_field": "x"})) == []


def test_two_records_of_one_name_are_both_kept():
    two = snapshot_of("d", "q", {}, [Record("x", {"f": "1"}), Record("x", {"f": "2"})])
    assert two.records == {"x": {"f": "1"}, "x (2)": {"f": "2"}}


def test_a_change_behind_the_cut_of_a_long_text_is_seen():
    first, second = kept_text("word " * 400 + "a"), kept_text("word " * 400 + "b")
    assert first != second and len(first) < 700
    assert kept_text(" a\u200b\u202e\n b ") == "a b" and kept_text(["a", "b"]) == "a | b"


def test_only_one_look_at_a_time(tmp_path):
    lock = tmp_path / "lock"
    other = (
        "import sys\nfrom pathlib import Path\n"
        "from assessment.living.snapshots.run_lock import only_one\n"
        "with only_one(Path(sys.argv[1])): print('held', flush=True); sys.stdin.read()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", other, str(lock)], stdin=-1, stdout=-1, text=True
    ) as held:
        assert held.stdout.readline() == "held\n"
        with pytest.raises(AlreadyRunning, match="another look is under way"), only_one(lock):
            pass
        held.stdin.close()
    with only_one(lock):
        pass


def test_a_file_that_the_server_calls_unchanged_was_looked_at(
    server, places, client_for, watched, slept
):
    """HTTP 304: nothing new, the snapshot and its marks stay; asked otherwise, it is read again."""
    case, source = CASES["medicines_list"], watched("medicines_list")
    kind, body = case.answers[case.last]
    server.does[case.last] = lambda h: answer(h, body, kind, ETag='"v1"')
    assert look_at(source, client_for(), "2026-12-01", load_rules(), places).said == FIRST
    kept = (places.snapshots / "ema.json").read_bytes()
    server.does[case.last] = lambda h: answer(h, b"", status=304)
    again = look_at(source, client_for(), "2026-12-08", load_rules(), places)
    assert (again.outcome, again.said) == (LOOKED, NOTHING)
    assert server.asked[-1][1]["If-None-Match"] == '"v1"'
    assert (places.snapshots / "ema.json").read_bytes() == kept
    server.does[case.last] = lambda h: answer(h, body, kind, ETag='"v1"')
    look_at(replace(source, match="x~y"), client_for(), "2026-12-15", load_rules(), places)
    assert "If-None-Match" not in server.asked[-1][1]


def test_a_look_writes_nothing_but_its_own_tables(server, places, client_for, watched):
    """It proposes: facts, chapters and everything else stay as they were."""
    (places.data / "facts").mkdir()
    (places.data / "facts" / "trial.csv").write_text("id,value\n", encoding="utf-8")
    before = {p: p.read_bytes() for p in places.data.rglob("*") if p.is_file()}
    server.gives(CASES["medicines_list"].answers)
    look_at_all([watched("medicines_list")], client_for, "2026-12-01", load_rules(), places)
    after = {p: p.read_bytes() for p in places.data.rglob("*") if p.is_file()}
    changed = {p.relative_to(places.data).as_posix() for p in after if after[p] != before.get(p)}
    assert changed == {"watch/snapshots/ema.json", "source_checks.csv"}

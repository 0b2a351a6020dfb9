"""Fault by adapter: what happens when a source does not answer as it should. Answers are made up, in the
forms that the sources document; the server is real, on this machine.
"""

from __future__ import annotations

import gzip
import sys
import threading
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from assessment.evidence import read_table
from assessment.living.asking import source_fault as why
from assessment.living.asking.manners import load_rules
from assessment.living.watch_run import LOOKED, NOT_REACHED, look_at_all

# pytest's importlib mode puts no folder of tests on the path
sys.path.insert(0, str(Path(__file__).parent))
from made_up_answers import CASES, packs, zipped

from conftest import answer, reset

DAY, NEXT = "2026-12-01", "2026-12-08"
HELD = threading.Event()  # never set: who waits for it waits until the client has given up


def silent(handler, body, kind):
    HELD.wait(4)


def skewed(handler, body, kind):
    answer(
        handler,
        body,
        kind,
        Date=format_datetime(datetime.now(UTC) + timedelta(days=3), usegmt=True),
    )


def elsewhere(handler, body, kind):
    answer(handler, b"", status=302, Location="http://localhost:9/else")


def circle(handler, body, kind):
    answer(handler, b"", status=302, Location=handler.path)


BOMB = gzip.compress(b" " * 20_000_000)


def unpacks_hugely(handler, body, kind):
    answer(handler, BOMB, kind, Content_Encoding="gzip")


# fault: (how the server behaves with the good body and its media type, what is said of it)
FAULTS = {
    "time-out": (silent, why.NO_ANSWER),
    "reset in mid-body": (reset, why.NO_ANSWER),
    "429 for ever": (lambda h, b, k: answer(h, b"", status=429, Retry_After="7"), why.NO_ANSWER),
    "500": (lambda h, b, k: answer(h, b"", status=500), why.NO_ANSWER),
    "403": (lambda h, b, k: answer(h, b"", status=403), why.REFUSED),
    "404": (lambda h, b, k: answer(h, b"", status=404), why.MOVED),
    "redirect loop": (circle, why.MOVED),
    "redirect to another host": (elsewhere, why.MOVED),
    "wrong content type": (lambda h, b, k: answer(h, b, "text/plain"), why.WRONG_KIND),
    "cut in half": (lambda h, b, k: answer(h, b[: len(b) // 2], k), why.DAMAGED),
    "empty": (lambda h, b, k: answer(h, b"", k), why.DAMAGED),
    "wrong encoding": (lambda h, b, k: answer(h, b"\xff\xfe\xfa" + b[3:], k), why.DAMAGED),
    "huge body": (lambda h, b, k: answer(h, b" " * 3_000_000, k), why.TOO_LARGE),
    "unpacks hugely": (unpacks_hugely, why.TOO_LARGE),
    "clock three days off": (skewed, why.CLOCK),
}


def look(places, sources, client, day):
    return look_at_all(sources, client, day, load_rules(), places)


@pytest.mark.parametrize("adapter", CASES)
@pytest.mark.parametrize("fault", [*FAULTS, "other form"])
def test_a_source_that_fails_is_not_reached_and_hides_no_other(
    server, places, client_for, watched, adapter, fault
):
    case = CASES[adapter]
    other = "dated_page" if adapter != "dated_page" else "drug_labels"
    server.gives(CASES[other].answers | case.answers)
    first = look(places, [watched(adapter), watched(other)], client_for, DAY)
    assert [one.outcome for one in first] == [LOOKED, LOOKED], first
    snapshot = places.snapshots / f"{case.source}.json"
    kept, findings = snapshot.read_bytes(), (places.data / "watch" / "findings.csv").read_bytes()
    kind, body = case.answers[case.last]
    if fault == "other form":
        does, said = lambda h, b, k: answer(h, case.other_form, k), why.OTHER_FORM
    else:
        does, said = FAULTS[fault]
    server.does[case.last] = lambda h: does(h, body, kind)

    # half a second of silence is enough, and two tries of it
    quick = {"timeout_seconds": 0.5, "tries": 2}
    client = (lambda: client_for(**quick)) if fault == "time-out" else client_for
    failed, fine = look(places, [watched(adapter), watched(other)], client, NEXT)
    assert failed.outcome == NOT_REACHED and failed.said.startswith(f"{said}: "), failed
    assert fine.outcome == LOOKED and fine.said == "Nothing new."
    assert snapshot.read_bytes() == kept and not list(places.snapshots.glob("tmp*"))
    assert (places.data / "watch" / "findings.csv").read_bytes() == findings
    rows = [row for row in read_table("source-checks", places.data) if row["date"] == NEXT]
    assert [(row["scope"], row["outcome"]) for row in rows] == [
        (case.source, NOT_REACHED),
        (CASES[other].source, LOOKED),
    ]
    assert "Nothing new" not in rows[0]["found"] and "no change" not in rows[0]["found"]


@pytest.mark.parametrize("adapter", CASES)
def test_a_busy_server_is_asked_again_when_it_says(
    server, places, client_for, watched, slept, adapter
):
    case = CASES[adapter]
    server.gives(case.answers)
    kind, body = case.answers[case.last]
    times = iter([429, 503])

    def busy(handler):
        status = next(times, 200)
        if status == 200:
            answer(handler, body, kind)
        else:
            answer(handler, b"", status=status, Retry_After="7")

    server.does[case.last] = busy
    (one,) = look(places, [watched(adapter)], client_for, DAY)
    assert one.outcome == LOOKED and slept == [7.0, 7.0]


@pytest.mark.parametrize("adapter", ["linked_workbook", "medicine_register"])
def test_an_archive_that_unpacks_hugely_is_not_unpacked(
    server, places, client_for, watched, adapter
):
    case = CASES[adapter]
    server.gives(case.answers)
    bomb = zipped(packs() + b" " * 30_000_000)
    assert len(bomb) < 100_000
    kind = case.answers[case.last][0]
    server.does[case.last] = lambda h: answer(h, bomb, kind)
    (one,) = look(places, [watched(adapter)], lambda: client_for(largest_unpacked_bytes=1e6), DAY)
    assert one.outcome == NOT_REACHED and one.said.startswith(f"{why.TOO_LARGE}: ")


def test_an_xml_bomb_expands_nothing(server, places, client_for, watched):
    inside = b'<!DOCTYPE F [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    good = packs().replace(b"?><FEST", b"?>" + inside + b"<FEST").replace(b"Annet 3", b"&b;")
    server.gives({"/f.zip": ("application/zip", zipped(good))})
    (one,) = look(places, [watched("medicine_register")], client_for, DAY)
    kept = (places.snapshots / "fest.json").read_text("utf-8") if one.outcome == LOOKED else ""
    assert "aaaaaaaaaa" not in kept and "Annet" not in kept


def test_a_list_that_shrinks_is_taken_for_damaged(server, places, client_for, watched):
    def gives(count):
        found = [dict(id=f"P{n}", title="T") for n in range(count)]
        body = {"hitCount": count, "nextCursorMark": "*", "resultList": {"result": found}}
        import json

        server.gives({"/search": ("application/json", json.dumps(body).encode())})
        return look(places, [watched("literature_index")], client_for, DAY)[0]

    assert gives(10).outcome == LOOKED
    assert gives(8).outcome == LOOKED, "80 per cent are enough"
    shrunk = gives(6)
    assert shrunk.outcome == NOT_REACHED and "6 records where there were 8" in shrunk.said


def test_an_answer_with_fewer_records_than_it_counts_is_damaged(
    server, places, client_for, watched
):
    import json

    body = {
        "hitCount": 3,
        "nextCursorMark": "*",
        "resultList": {"result": [{"id": "1", "title": "T"}]},
    }
    server.gives({"/search": ("application/json", json.dumps(body).encode())})
    (one,) = look(places, [watched("literature_index")], client_for, DAY)
    assert one.said.startswith(f"{why.DAMAGED}: ") and "1 records of 3" in one.said


@pytest.mark.slow  # weighed by results of the model
@pytest.mark.parametrize("step", ["findings.csv", "ema.json"])
def test_on_a_full_disk_nothing_is_half_written(
    server, places, client_for, watched, monkeypatch, step
):
    """The write of one file fails as on a full disk, after some of it was written."""
    from made_up_answers import medicines

    from assessment.living.findings import findings_log
    from assessment.living.snapshots import snapshot_store

    server.gives({"/list.json": ("application/json", medicines())})
    assert look(places, [watched("medicines_list")], client_for, DAY)[0].outcome == LOOKED
    before = {p: p.read_bytes() for p in places.data.rglob("*") if p.is_file()}
    server.gives({"/list.json": ("application/json", medicines("Withdrawn"))})
    real = findings_log.write_whole

    def full(file, content):
        if file.name == step:
            raise OSError(28, "No space left on device")
        real(file, content)

    for module in (findings_log, snapshot_store):
        monkeypatch.setattr(module, "write_whole", full)
    (one,) = look(places, [watched("medicines_list")], client_for, NEXT)
    assert one.outcome == NOT_REACHED and "No space left" in one.said
    assert (places.snapshots / "ema.json").read_bytes() == before[places.snapshots / "ema.json"]
    monkeypatch.undo()
    (again,) = look(places, [watched("medicines_list")], client_for, NEXT)
    assert len(again.findings) == 1, "nothing that was found is lost"
    assert len(read_table("watch-findings", places.data)) == 1, "and nothing is told twice"


@pytest.mark.slow  # weighed by results of the model
def test_a_source_cannot_spoil_the_table_for_the_others(server, places, client_for, watched):
    """A bare day, a formula, quotes, marks that nobody sees and text that runs backwards."""
    from made_up_answers import medicines

    server.gives({"/list.json": ("application/json", medicines())})
    look(places, [watched("medicines_list")], client_for, DAY)
    for said in (
        "01.05.2027",
        "1,5",
        '=HYPERLINK("x")',
        "a\u200bb\u202ec",
        'x,y\n"z"',
        "`@all` <b>",
    ):
        server.gives({"/list.json": ("application/json", medicines(said))})
        (one,) = look(places, [watched("medicines_list")], client_for, NEXT)
        assert one.outcome == LOOKED and len(one.findings) == 1, one
    assert len(read_table("watch-findings", places.data)) == 6

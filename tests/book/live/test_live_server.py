"""The server of the live site: pages that load again when their text has changed, none with older
numbers."""

from __future__ import annotations

import json
import threading
from http.client import HTTPConnection
from pathlib import Path

import pytest

from assessment.book.live.live_server import LiveServer, seen
from assessment.book.live.live_state import LiveState, StateFile, show_pages

PAGE = "<html><head></head><body>§commit§, §day§ {words}</body></html>"


@pytest.fixture
def live(tmp_path: Path):
    """(folder of the site, a connection to its server)."""
    (tmp_path / "html").mkdir()
    (tmp_path / "shown" / "chapters").mkdir(parents=True)
    write(tmp_path, "one")
    server = LiveServer(tmp_path)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    connection = HTTPConnection("127.0.0.1", server.server_address[1], timeout=10)
    yield tmp_path, connection
    connection.close()
    server.shutdown()


def write(folder: Path, words: str) -> str:
    text = PAGE.format(words=words)
    (folder / "shown" / "chapters" / "a.html").write_text(text, encoding="utf-8")
    return text


def asked(connection: HTTPConnection, path: str) -> tuple[int, str]:
    connection.request("GET", path)
    answer = connection.getresponse()
    return answer.status, answer.read().decode()


def next_event(answer) -> dict:
    line = answer.readline()
    while not line.startswith(b"data: "):
        line = answer.readline()
    return json.loads(line.removeprefix(b"data: "))


def test_a_page_is_a_draft_that_follows_its_file(live):
    folder, connection = live
    status, text = asked(connection, "/chapters/a.html")
    assert status == 200 and "draft" in text and "§" not in text
    assert "/_live/live.js" in text and seen(PAGE.format(words="one")) in text
    assert asked(connection, "/_live/live.js")[0] == 200


@pytest.mark.parametrize("path", ["/chapters/none.html", "/../state.json", "/_live/live_loop.py"])
def test_nothing_else_is_served(live, path):
    assert asked(live[1], path)[0] == 404


def test_an_open_page_is_told_to_load_again_when_its_text_has_changed(live):
    folder, connection = live
    state = StateFile(folder)
    connection.request(
        "GET", f"/_live/events?page=chapters/a.html&seen={seen(write(folder, 'one'))}"
    )
    answer = connection.getresponse()
    assert next_event(answer) == {"busy": "", "message": "", "reload": False}
    state.tell(busy="reading chapters/a.md")
    assert next_event(answer) == {"busy": "reading chapters/a.md", "message": "", "reload": False}
    write(folder, "two")
    state.written(busy="")
    assert next_event(answer)["reload"] is True


def test_a_page_that_changed_before_it_listened_loads_again(live):
    folder, connection = live
    before = seen(write(folder, "one"))
    write(folder, "two")
    connection.request("GET", f"/_live/events?page=chapters/a.html&seen={before}")
    assert next_event(connection.getresponse())["reload"] is True


def test_a_page_whose_numbers_are_not_ready_shows_none(live):
    folder, connection = live
    StateFile(folder).written(pending={"chapters/a.html": "data/facts/a.csv changed."})
    status, text = asked(connection, "/chapters/a.html")
    assert status == 200 and "one" not in text and "data/facts/a.csv changed." in text
    StateFile(folder).written(pending={})
    assert "one" in asked(connection, "/chapters/a.html")[1]


def test_a_state_keeps_what_is_not_told_anew(tmp_path):
    state = StateFile(tmp_path)
    assert state.read() == LiveState()
    state.written(pending={"index.html": "why"})
    state.tell(busy="b")
    assert state.read() == LiveState(1, "b", "", {"index.html": "why"})
    state.path.write_text("{", encoding="utf-8")
    assert state.read() == LiveState()


def test_pages_are_shown_whole_and_only_when_they_are_written(live):
    folder, connection = live
    page = folder / "html" / "chapters" / "a.html"
    page.parent.mkdir()
    page.write_text("", encoding="utf-8")  # as Sphinx begins to write
    assert "one" in asked(connection, "/chapters/a.html")[1]
    page.write_text(PAGE.format(words="two"), encoding="utf-8")
    show_pages(folder)
    assert "two" in asked(connection, "/chapters/a.html")[1]

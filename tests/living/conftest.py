"""A real HTTP server on this machine that answers as a test wants it to, and a copy of the watch's tables."""

from __future__ import annotations

import shutil
import socket
import struct
import sys
import threading
from collections.abc import Callable
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from assessment.evidence import DATA
from assessment.living.adapters.watched_source import WatchedSource, load_watched
from assessment.living.asking.manners import load_manners
from assessment.living.asking.polite_client import PoliteClient
from assessment.living.watch_run import Places

# pytest's importlib mode puts no folder of tests on the path
sys.path.insert(0, str(Path(__file__).parent))
from made_up_answers import CASES

Does = Callable[[BaseHTTPRequestHandler], None]


class Server:
    """Answers a path as ``does`` says; ``asked`` notes path and headers of every question."""

    def __init__(self):
        self.does: dict[str, Does] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_):
                pass

            def do_GET(self):
                outer.asked.append((self.path, dict(self.headers)))
                path = self.path.split("?")[0]
                outer.does.get(path, lambda h: answer(h, b"", status=404))(self)

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.server.handle_error = lambda *_: None  # a client that has given up
        self.host = f"127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()

    def gives(self, answers: dict[str, tuple[str, bytes]]) -> None:
        for path, (kind, body) in answers.items():
            self.does[path] = lambda h, kind=kind, body=body: answer(h, body, kind)

    def stop(self):
        self.server.shutdown()
        self.server.server_close()


def answer(
    handler, body: bytes, kind: str = "", status: int = 200, said: int | None = None, **headers
):
    """An answer; ``said``: the length it claims, if another than it has. ``headers``: with _ for -."""
    handler.send_response_only(status)
    named = {"Content-Type": kind, "Content-Length": str(len(body) if said is None else said)}
    named |= {name.replace("_", "-"): value for name, value in headers.items()}
    for name, value in {"Date": handler.date_time_string(), **named}.items():
        handler.send_header(name, value)
    handler.end_headers()
    handler.wfile.write(body)


def reset(handler, body: bytes, kind: str) -> None:
    """Half of a body, then the connection is torn down."""
    answer(handler, body[: len(body) // 2], kind, said=len(body))
    handler.wfile.flush()
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    handler.connection.close()
    handler.close_connection = True


@pytest.fixture
def server():
    one = Server()
    yield one
    one.stop()


@pytest.fixture
def places(tmp_path) -> Places:
    """The watch's own tables in a folder of their own, with nothing looked at yet."""
    data = tmp_path / "data"
    (data / "watch").mkdir(parents=True)
    for name in ("datapackage.json", "source_checks.csv", "watch/findings.csv"):
        shutil.copy(DATA / name, data / name)
    head = (data / "watch" / "findings.csv").read_text(encoding="utf-8").splitlines()[0]
    (data / "watch" / "findings.csv").write_text(head + "\n", encoding="utf-8")
    references = tmp_path / "references" / "references.bib"
    references.parent.mkdir()
    references.write_text("@misc{a,\n  doi = {10.1000/a}\n}\n", encoding="utf-8")
    return Places(data, references)


@pytest.fixture
def slept() -> list[float]:
    """The pauses that were asked for; nobody waits."""
    return []


@pytest.fixture
def client_for(server, slept):
    """Makes a client with quick manners; ``changed`` replaces some of them."""

    def make(**changed) -> PoliteClient:
        quick = {
            "spacing_seconds": 0,
            "timeout_seconds": 20,
            "tries": 3,
            "largest_bytes": 2_000_000,
        }
        manners = replace(load_manners(), **(quick | changed))
        return PoliteClient(manners, plain_hosts=(server.host,), sleep=slept.append)

    return make


@pytest.fixture
def watched(server) -> Callable[[str], WatchedSource]:
    """The source of an adapter as data/watch has it, at the address of the server."""
    sources = {source.id: source for source in load_watched()}

    def of(adapter: str) -> WatchedSource:
        case = CASES[adapter]
        return replace(sources[case.source], address=f"http://{server.host}{case.path}")

    return of

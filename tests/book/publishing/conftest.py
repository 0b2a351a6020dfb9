"""A small stand-in for GitHub, and for any other server, on this machine."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from assessment.book.publishing.github_api import GitHub


class Server:
    """Answers each path with what a test put into ``answers``: (status, headers, body), JSON, or a
    function; notes what was asked, with which headers, in ``asked``.
    """

    def __init__(self):
        self.answers: dict[str, object] = {}
        self.asked: list[tuple[str, str, dict, bytes]] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def log_message(self, *_):
                pass

            def _any(self):
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                outer.asked.append((self.command, self.path, dict(self.headers), body))
                answer = outer.answers.get(self.path.split("?")[0], (404, {}, b"nothing here"))
                if isinstance(answer, Callable):
                    answer = answer()
                if not isinstance(answer, tuple):
                    answer = (200, {}, json.dumps(answer).encode())
                status, headers, content = answer
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            do_GET = do_POST = do_PATCH = _any

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()

    def written(self) -> list[tuple[str, str, dict]]:
        """What was sent to be kept: method, path, body."""
        return [(m, path, json.loads(body)) for m, path, _, body in self.asked if m != "GET"]

    def stop(self):
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def server():
    one = Server()
    yield one
    one.stop()


@pytest.fixture
def elsewhere():
    """Another host, as files of releases and artifacts are kept on."""
    one = Server()
    yield one
    one.stop()


@pytest.fixture
def github(server) -> GitHub:
    return GitHub(server.address, "owner/book", "token-of-this-run")

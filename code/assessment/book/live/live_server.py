"""Serves the draft site on this machine, and tells open pages when to load again."""

from __future__ import annotations

import hashlib
import json
import time
from functools import partial
from html import escape
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs

from assessment.book.live.live_state import LiveState, StateFile
from assessment.book.site import stamp
from assessment.book.site.version import Version

HERE = Path(__file__).parent
ASKED_EVERY = 0.05  # seconds
EVENTS, OWN = "/_live/events", "/_live/"
DRAFT = Version("draft", None)  # not translated: for builders


class LiveServer(ThreadingHTTPServer):
    """The server of the pages in ``folder/shown`` and of what they load from ``folder/html``; only this
    machine reaches it.
    """

    daemon_threads = True

    def __init__(self, folder: Path, port: int = 0):
        self.pages, self.state = folder / "shown", StateFile(folder)
        super().__init__(("127.0.0.1", port), partial(_Page, directory=str(folder / "html")))

    @property
    def address(self) -> str:
        """Where the front page is."""
        return f"http://127.0.0.1:{self.server_address[1]}/index.html"


class _Page(SimpleHTTPRequestHandler):
    server: LiveServer

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        if path == EVENTS:
            self._events()
        elif path.startswith(OWN):
            self._own(path.removeprefix(OWN))
        elif path.endswith((".html", "/")):
            self._page(path.strip("/") or "index.html")
        else:
            super().do_GET()

    def _page(self, name: str) -> None:
        reason = self.server.state.read().pending.get(name)
        file = self.server.pages / name
        if reason is not None:
            self._send(held_page(reason))
        elif file.is_file() and self.server.pages in file.resolve().parents:
            text = file.read_text(encoding="utf-8")
            self._send(live_page(text, seen(text)))
        else:
            self.send_error(404)

    def _own(self, name: str) -> None:
        file = HERE / name
        if name not in ("live.js", "live.css"):
            self.send_error(404)
            return
        kind = "text/javascript" if name.endswith(".js") else "text/css"
        self._send(file.read_text(encoding="utf-8"), kind)

    def _send(self, text: str, kind: str = "text/html") -> None:
        content = text.encode()
        self.send_response(200)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def _events(self) -> None:
        """Tells the page that asks of each new state, and to load again when its own text has changed."""
        asked = parse_qs(self.path.partition("?")[2])
        name, shown = asked.get("page", [""])[0], asked.get("seen", [""])[0]
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        told = None
        try:
            while True:
                state = self.server.state.read()
                if state != told:
                    reload, told = self._now(name, state) != shown, state
                    said = {"busy": state.busy, "message": state.message, "reload": reload}
                    self.wfile.write(f"data: {json.dumps(said)}\n\n".encode())
                    self.wfile.flush()
                time.sleep(ASKED_EVERY)
        except OSError:
            pass  # the page was closed

    def _now(self, name: str, state: LiveState) -> str:
        """What a reader of a page would see in a state."""
        if name in state.pending:
            return seen(state.pending[name])
        file = self.server.pages / name
        return seen(file.read_text(encoding="utf-8")) if file.is_file() else ""

    def log_message(self, format: str, *args) -> None:
        pass


def seen(text: str) -> str:
    """What stands for a text that a reader sees."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def live_page(text: str, of: str) -> str:
    """A page of the draft: with the script that loads it again, without a version to be quoted.
    ``of``: what it shows, as ``seen`` has it.
    """
    head = (
        '<link rel="stylesheet" href="/_live/live.css">'
        f'<script src="/_live/live.js" data-seen="{of}" defer></script>'
    )
    cited = stamp.without_cite_box(stamp.stamped_text(text, DRAFT))
    return cited.replace("</head>", f"{head}</head>", 1)


def held_page(reason: str) -> str:
    """In place of a page whose numbers are not ready."""
    said = (
        "<h1>This page is being computed</h1>"  # not translated: for builders
        f"<p>{escape(reason)}</p><p>It shows by itself as soon as its numbers are ready."
        ' Until then nothing older is shown. <a href="/index.html">Front page</a></p>'
    )
    return live_page(
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Being computed</title>'
        f'</head><body class="live-held"><main>{said}</main></body></html>',
        seen(reason),
    )

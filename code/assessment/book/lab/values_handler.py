"""JupyterLab's server answers what names in a page's text stand for: data are read when they are asked."""

from __future__ import annotations

import json
from threading import Lock
from typing import Any

from jupyter_server.base.handlers import APIHandler
from jupyter_server.utils import url_path_join
from tornado.ioloop import IOLoop
from tornado.web import HTTPError, authenticated

ADDRESS = "assessment/values"
_one_at_a_time = Lock()
_watch: list[Any] = []


def answer(page: str, asked: list[list[str]]) -> dict[str, Any]:
    """``values``: what each (role, name) of a page shows now; ``data``: hash of the data they were
    read from; ``restart``: a sentence when this server is older than what it would have to read.
    """
    # pandas and the package take a second or two to load; JupyterLab's start need not wait for them
    from assessment.book.lab.role_values import all_shown
    from assessment.evidence.provenance.changed_data import DataWatch
    from assessment.presentation.language import _

    with _one_at_a_time:
        if not _watch:
            _watch.append(DataWatch())
        _changed, restart = _watch[0].reread()
        values = [vars(value) for value in all_shown(page, asked)]
        old = _(
            "JupyterLab started before {file} changed: stop it and type make lab again."
        ).format(file=restart[0].as_posix() if restart else "")
        return {"values": values, "data": _watch[0].digest(), "restart": old if restart else ""}


class ValuesHandler(APIHandler):
    @authenticated
    async def post(self) -> None:
        question = self.get_json_body() or {}
        page, asked = question.get("page"), question.get("asked")
        if not isinstance(page, str) or not _pairs(asked):
            raise HTTPError(400, "page is a name, asked a list of [role, name]")
        found = await IOLoop.current().run_in_executor(None, answer, page, asked)
        self.finish(json.dumps(found, ensure_ascii=False))


def _pairs(asked: object) -> bool:
    """Whether this is a list of pairs of words."""
    return isinstance(asked, list) and all(
        isinstance(pair, list) and [type(part) for part in pair] == [str, str] for pair in asked
    )


def _load_jupyter_server_extension(server: Any) -> None:
    """Called by Jupyter's server when it starts."""
    address = url_path_join(server.web_app.settings["base_url"], ADDRESS)
    server.web_app.add_handlers(".*$", [(address, ValuesHandler)])

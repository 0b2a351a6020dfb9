"""Shared pieces of the tests: a scratch copy of data/ to spoil, the built book, and a browser that
looks at it.
"""

from __future__ import annotations

import csv
import functools
import http.server
import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path

# before NumPy is imported: test files run side by side
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import pytest
from hypothesis import settings

import assessment.book.building  # noqa: F401 – skips a library's slow optional import, as builds do
from assessment.evidence import DATA, REFERENCES, ROOT, DataError, load_facts

# pytest's importlib mode puts no folder of tests on the path
sys.path.insert(0, str(Path(__file__).parent))
from running_order import pytest_collection_modifyitems, pytest_configure  # noqa: F401 – hooks

# A time limit per example measures how busy the machine is, not whether the code is right.
settings.register_profile("without_deadline", deadline=None)
settings.load_profile("without_deadline")


class Scratch:
    """A copy of ``data/`` and ``references/`` that a test may damage."""

    def __init__(self, root: Path):
        self.data, self.references = root / "data", root / "references" / "references.bib"
        shutil.copytree(DATA, self.data)
        shutil.copytree(REFERENCES.parent, self.references.parent)

    def rows(self, path: str) -> list[list[str]]:
        return list(csv.reader((self.data / path).open(encoding="utf-8", newline="")))

    def write(self, path: str, rows: list[list[str]]) -> None:
        with (self.data / path).open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(rows)

    def set(self, path: str, row_id: str, **cells: str) -> int:
        """Changes cells of the row with this id; returns its row number as an error message would
        count it.
        """
        rows = self.rows(path)
        number = next(i for i, row in enumerate(rows) if row[0] == row_id)
        for field, text in cells.items():
            rows[number][rows[0].index(field)] = text
        self.write(path, rows)
        return number + 1

    def told(self) -> str:
        """What whoever reads the facts is told: there must be a fault."""
        with pytest.raises(DataError) as caught:
            load_facts(self.data, self.references)
        return str(caught.value)


@pytest.fixture
def scratch(tmp_path: Path) -> Scratch:
    return Scratch(tmp_path)


@pytest.fixture(scope="session")
def site() -> Path:
    """The built site; built now unless it is up to date."""
    subprocess.run([sys.executable, "-m", "assessment.book.build"], cwd=ROOT, check=True)
    return ROOT / "_build" / "html"


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


@pytest.fixture(scope="session")
def address(site) -> str:
    """Where the built site is served on this machine, with a slash at the end."""
    server = http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), functools.partial(_Quiet, directory=str(site))
    )
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()


@pytest.fixture(scope="session")
def browser():
    """One browser for all tests."""
    from playwright.sync_api import sync_playwright

    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=path or None,
            args=["--no-sandbox", "--disable-background-networking", "--disable-component-update"],
        )
        yield started
        started.close()


@pytest.fixture(scope="session")
def watched():
    """The function below, for tests that open pages of their own."""
    return _watched


@pytest.fixture(scope="session")
def draw_all():
    """The function below."""
    return _draw_all


def _watched(tab, address: str):
    """``tab`` noting in ``tab.faults`` what it should not do: speak on the console, fail, or ask
    another place than ``address``.
    """
    tab.faults = []
    tab.on("console", lambda m: tab.faults.append(f"{m.type}: {m.text}"))
    tab.on("pageerror", lambda e: tab.faults.append(str(e)))
    tab.on(
        "request",
        lambda r: (
            tab.faults.append(f"asks {r.url}")
            if not r.url.startswith((address, "data:", "blob:"))
            else None
        ),
    )
    tab.on(
        "response", lambda r: tab.faults.append(f"{r.status} {r.url}") if r.status >= 400 else None
    )
    return tab


DRAW_ALL = """async () => {
  const charts = [...document.querySelectorAll('.chart')];
  for (const chart of charts) {
    chart.scrollIntoView({ block: 'center' });
    for (let n = 0; n < 800 && [undefined, 'waiting'].includes(chart.dataset.drawn); n++)
      await new Promise(done => setTimeout(done, 25));
  }
  return charts.map(chart => chart.dataset.drawn || 'not drawn');
}"""


def _draw_all(tab) -> list[str]:
    """Scrolls to every chart until it has been drawn; returns how: 'wide', 'narrow', or 'static'
    where the picture had to stay.
    """
    tab.mouse.move(1, 1)  # nothing is drawn before the reader's first move
    return tab.evaluate(DRAW_ALL)


@pytest.fixture
def page(browser, address):
    """A wide page that notes its faults."""
    tab = _watched(browser.new_page(viewport={"width": 1280, "height": 900}), address)
    yield tab
    tab.close()

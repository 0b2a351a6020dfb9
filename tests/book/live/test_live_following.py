"""``make live`` follows a book: a word, a number, a fault in data/, a fault on a page."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from http.client import HTTPConnection
from pathlib import Path

import pytest

from assessment.evidence import ROOT

pytestmark = pytest.mark.long
PATIENCE = 120  # seconds: the machine may be busy; how long it takes is measured in benchmarks/
MECHANISM = "/chapters/mechanism.html"


class Live:
    """The live site of a book in ``folder``."""

    def __init__(self, folder: Path):
        self.folder = folder
        environment = os.environ | {"PYTHONPATH": str(folder / "code"), "OPENBLAS_NUM_THREADS": "1"}
        command = [sys.executable, "-m", "assessment.book.live", "--no-browser"]
        self.process = subprocess.Popen(
            command, cwd=folder, env=environment, stdout=subprocess.PIPE, text=True
        )
        said = self.process.stdout.readline()
        self.port = int(re.search(r"127\.0\.0\.1:(\d+)", said)[1])

    def page(self, path: str) -> str:
        """A page as it is now."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        connection.request("GET", path)
        text = connection.getresponse().read().decode()
        connection.close()
        return text

    def state(self) -> str:
        return (self.folder / "_build" / ".live" / "state.json").read_text(encoding="utf-8")

    def until(self, met) -> None:
        end = time.monotonic() + PATIENCE
        while not met():
            assert time.monotonic() < end, self.state()
            assert self.process.poll() is None
            time.sleep(0.1)

    def edit(self, path: str, old: str, new: str) -> None:
        file = self.folder / path
        text = file.read_text(encoding="utf-8")
        assert text.count(old), f"{old} is not in {path}"
        file.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.fixture(scope="module")
def live(tmp_path_factory, site):
    folder = tmp_path_factory.mktemp("live") / "book"
    for part in ("code", "data", "chapters", "references", "locale"):
        shutil.copytree(ROOT / part, folder / part)
    for name in (
        "_config.yml",
        "_toc.yml",
        "_brief.yml",
        "_appendices.yml",
        "index.md",
        "requirements.txt",
        "CITATION.cff",
        "LICENSE",
    ):
        shutil.copy2(ROOT / name, folder / name)
    (folder / "tests" / "expected").mkdir(parents=True)
    shutil.copy2(ROOT / "tests/expected/headline.csv", folder / "tests/expected/headline.csv")
    for part in (".kept", ".charts", ".chapter_results", ".made"):
        shutil.copytree(ROOT / "_build" / part, folder / "_build" / part)
    running = Live(folder)
    running.until(lambda: '"busy": ""' in running.state())
    yield running
    running.process.send_signal(signal.SIGINT)
    assert running.process.wait(timeout=30) == 0


def test_a_word_is_seen(live):
    live.edit("chapters/mechanism.md", "It says nothing about", "It surely says nothing about")
    live.until(lambda: "It surely says nothing about" in live.page(MECHANISM))
    live.until(lambda: '"busy": ""' in live.state())
    log = (live.folder / "_build" / ".live" / "live.log").read_text(encoding="utf-8")
    assert 0 < len(re.findall("writing output", log)) < 6, "no page but this and the front page"


def test_a_number_is_seen_and_no_older_one_after_it(live):
    """The half-life is read by the chapter on the mechanism and by no run of the model."""
    live.edit("data/facts/pharmacology.csv", ",~110,", ",~108,")
    live.until(lambda: "108" in live.page(MECHANISM) and '"pending": {}' in live.state())
    assert "~110" not in live.page(MECHANISM) and "≈ 110" not in live.page(MECHANISM)


def test_a_fault_in_the_data_is_told_and_no_page_shown(live):
    live.edit("data/facts/pharmacology.csv", ",~108,", ",about 108,")
    live.until(lambda: "about 108" in live.state())
    assert "fault in data/" in live.page(MECHANISM) and "108" not in live.page(MECHANISM)
    live.edit("data/facts/pharmacology.csv", ",about 108,", ",~107,")
    live.until(lambda: "107" in live.page(MECHANISM))


def test_a_fault_on_a_page_is_told(live):
    live.edit("chapters/mechanism.md", "It surely says", "{fact}`no.such.fact` It surely says")
    live.until(lambda: "no.such.fact" in live.state())
    live.edit("chapters/mechanism.md", "{fact}`no.such.fact` ", "")
    live.until(lambda: "no.such.fact" not in live.page(MECHANISM) + live.state())

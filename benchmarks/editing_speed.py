"""How long an edit takes to be seen: CPU seconds of all processes and seconds by the clock, medians, and
the same edits with an earlier commit's own commands in the same run, as ratios.

    python benchmarks/editing_speed.py [--times 3] [--base COMMIT] [--only prose fact cold live]

Works in clones in a temporary folder; the environment is this checkout's. An edit of a fact changes a
hazard ratio that the model reads.
"""

from __future__ import annotations

import argparse
import os
import re
import resource
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from http.client import HTTPConnection
from pathlib import Path

from assessment.evidence import ROOT

PAGE = "chapters/mechanism.md"
BEGINNING = "The sentence "  # of a sentence of that page
FACT = "data/facts/cabinet.csv"
QUICK_FACT = "data/facts/pharmacology.csv"
PATIENCE = 300  # seconds
EARLIER = "before"
BUILD = ("-m", "assessment.book.build")
Seconds = tuple[float, float]  # CPU, clock


def used() -> float:
    """CPU seconds of all processes that this one has begun and that have ended."""
    of = resource.getrusage(resource.RUSAGE_CHILDREN)
    return of.ru_utime + of.ru_stime


def _without_path() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}


def environment(book: Path) -> dict[str, str]:
    return os.environ | {"PYTHONPATH": str(book / "code"), "OPENBLAS_NUM_THREADS": "1"}


def build(book: Path) -> Seconds:
    """Builds the book at ``book``; what it took. An earlier commit builds with its own command, in an
    environment of its own that its first build makes.
    """
    before, began = used(), time.monotonic()
    own = book.name == EARLIER
    done = subprocess.run(
        ["make", "book"] if own else [sys.executable, *BUILD],
        cwd=book,
        env=_without_path() if own else environment(book),
        capture_output=True,
        text=True,
    )
    if done.returncode:
        sys.exit(f"{done.stdout[-2000:]}\n{done.stderr[-2000:]}")
    return used() - before, time.monotonic() - began


def replace(book: Path, name: str, old: str, new: str) -> None:
    file = book / name
    text = file.read_text(encoding="utf-8")
    if old not in text:
        sys.exit(f"{name} does not hold {old!r}: choose another edit in {Path(__file__).name}")
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def prose(book: Path, turn: int) -> Seconds:
    """One word of one page."""
    replace(book, PAGE, BEGINNING + "really " * turn, BEGINNING + "really " * (turn + 1))
    return build(book)


def fact(book: Path, turn: int) -> Seconds:
    """One hazard ratio that the model reads."""
    values = [",0.86,", *(f",0.{80 + k}," for k in range(5))]
    replace(book, FACT, values[turn] + "0.56,1.31,", values[turn + 1] + "0.56,1.31,")
    return build(book)


def cold(book: Path, _turn: int) -> Seconds:
    """From nothing, the environment there."""
    shutil.rmtree(book / "_build", ignore_errors=True)
    return build(book)


def restored(book: Path, _turn: int) -> Seconds:
    """From nothing but kept results."""
    for part in (book / "_build").iterdir():
        if part.name not in (".kept", ".charts", ".chapters", ".chapter_results", ".jupyter_cache"):
            shutil.rmtree(part) if part.is_dir() else part.unlink()
    return build(book)


EDITS: dict[str, Callable[[Path, int], Seconds]] = {
    "prose": prose,
    "fact": fact,
    "restored": restored,
    "cold": cold,
}


class Live:
    """The live site of a clone, and how long a change takes to be in its page."""

    def __init__(self, book: Path):
        self.book, self.began = book, time.monotonic()
        command = [sys.executable, "-m", "assessment.book.live", "--no-browser"]
        self.process = subprocess.Popen(
            command, cwd=book, env=environment(book), stdout=subprocess.PIPE, text=True
        )
        said = self.process.stdout.readline()  # type: ignore[union-attr]
        self.port = int(re.findall(r":(\d+)/", said)[0])

    def page(self, path: str) -> str:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request("GET", path)
        text = connection.getresponse().read().decode()
        connection.close()
        return text

    def idle(self) -> bool:
        state = (self.book / "_build" / ".live" / "state.json").read_text(encoding="utf-8")
        return '"busy": ""' in state and '"pending": {}' in state

    def shows(self, path: str, wanted: str) -> float:
        """Seconds until a page holds these words."""
        return self.until(lambda: wanted in self.page(path))

    def until(self, met: Callable[[], bool]) -> float:
        began = time.monotonic()
        while not met():
            if time.monotonic() - began > PATIENCE:
                sys.exit(f"make live did not follow within {PATIENCE} seconds")
            time.sleep(0.02)
        return time.monotonic() - began


def live(book: Path, times: int) -> dict[str, list[float]]:
    """Seconds by the clock from saving to the page a browser would get."""
    found: dict[str, list[float]] = {"live: first start": []}
    site, page = Live(book), "/chapters/mechanism.html"
    site.until(site.idle)
    found["live: first start"].append(time.monotonic() - site.began)
    for turn in range(times):
        replace(book, PAGE, BEGINNING + "so " * turn, BEGINNING + "so " * (turn + 1))
        wanted = BEGINNING + "so " * (turn + 1)
        found.setdefault("live: prose", []).append(site.shows(page, wanted))
        site.until(site.idle)
    for turn in range(times):
        replace(book, QUICK_FACT, f",~{110 + turn},", f",~{111 + turn},")
        wanted = f"{111 + turn}"
        found.setdefault("live: fact, a page without the model", []).append(
            site.shows(page, wanted)
        )
        site.until(site.idle)
    site.process.send_signal(signal.SIGINT)
    site.process.wait()
    return found


def clone(commit: str, to: Path) -> Path:
    subprocess.run(["git", "clone", "-q", str(ROOT), str(to)], check=True)
    subprocess.run(["git", "checkout", "-q", commit], cwd=to, check=True)
    return to


def measure(book: Path, which: list[str], times: int) -> dict[str, list[Seconds]]:
    build(book)
    found: dict[str, list[Seconds]] = {}
    for name in which:
        for turn in range(times):
            found.setdefault(name, []).append(EDITS[name](book, turn))
            print(f"  {book.name}: {name} {found[name][-1][0]:.0f} CPU s", flush=True)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--times", type=int, default=3)
    parser.add_argument("--base", default="", help="an earlier commit to compare with")
    parser.add_argument("--only", nargs="*", default=["prose", "fact", "restored", "cold", "live"])
    given = parser.parse_args()
    edits = [name for name in EDITS if name in given.only]
    with tempfile.TemporaryDirectory() as folder:
        here = clone("HEAD", Path(folder) / "now")
        now = measure(here, edits, given.times)
        before = {}
        if given.base:
            before = measure(clone(given.base, Path(folder) / EARLIER), edits, given.times)
        print(f"{'edit':<40}{'CPU s':>8}{'clock s':>9}" + ("  before  ratio" if before else ""))
        for name, found in now.items():
            cpu, clock = (statistics.median(column) for column in zip(*found))
            line = f"{'make book: ' + name:<40}{cpu:8.1f}{clock:9.1f}"
            if name in before:
                old = statistics.median(seconds for seconds, _clock in before[name])
                line += f"{old:8.1f}{cpu / old:7.2f}"
            print(line, flush=True)
        if "live" in given.only:
            for name, clocks in live(here, given.times).items():
                print(f"{name:<40}{'':8}{statistics.median(clocks):9.1f}", flush=True)


if __name__ == "__main__":
    main()

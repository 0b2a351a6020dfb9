"""Which tests run first, and which `make quick` leaves out.

Files run side by side, the longest first, so that no worker is left alone with a long one at the end.
``seconds.csv`` says how long each file took; it decides the order and nothing else. Every run of all tests
writes what it measured to ``_build/test_seconds.csv``, which then counts on this machine; copy it here
when tests have come or gone.
"""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
COMMITTED, MEASURED = TESTS / "seconds.csv", TESTS.parent / "_build" / "test_seconds.csv"
UNKNOWN = 5.0  # seconds of a file that is not listed
NEEDS_BUILD = {"site", "browser"}


def known_seconds() -> dict[str, float]:
    """{test file: seconds}, measured on this machine where they were."""
    known = {}
    for path in (COMMITTED, MEASURED):
        if path.exists():
            with path.open(encoding="utf-8", newline="") as file:
                known |= {row["file"]: float(row["seconds"]) for row in csv.DictReader(file)}
    return known


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks what asks for the built book or the browser; longest files first (which needs
    --no-loadscope-reorder), the tests of a file in their own order.
    """
    for item in items:
        if NEEDS_BUILD & set(getattr(item, "fixturenames", ())):
            item.add_marker("built")
    known = known_seconds()
    files = {item.nodeid.partition("::")[0] for item in items}
    rank = {
        file: n for n, file in enumerate(sorted(files, key=lambda f: (-known.get(f, UNKNOWN), f)))
    }
    items.sort(key=lambda item: rank[item.nodeid.partition("::")[0]])


class MeasuredSeconds:
    """Adds up what the tests of each file took, and writes it at the end of a run of all of them."""

    def __init__(self) -> None:
        self.seconds: Counter[str] = Counter()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.seconds[report.nodeid.partition("::")[0]] += report.duration

    def pytest_sessionfinish(self) -> None:
        if {path.relative_to(TESTS.parent).as_posix() for path in TESTS.rglob("test_*.py")} <= set(
            self.seconds
        ):
            MEASURED.parent.mkdir(exist_ok=True)
            rows = "".join(f"{file},{s:.1f}\n" for file, s in self.seconds.most_common())
            MEASURED.write_text("file,seconds\n" + rows, encoding="utf-8")


def pytest_configure(config: pytest.Config) -> None:
    # not in the processes that a parallel run begins: they see their own tests alone
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(MeasuredSeconds())

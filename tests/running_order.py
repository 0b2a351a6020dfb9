"""Which tests run first, and which `make quick` leaves out.

Files run side by side, the longest first, so that no worker is left alone with a long one at the end.
``seconds.csv`` says how long each file took; it decides the order and nothing else. ``slow_tests.csv`` names
the tests that took longer than SLOW; they are marked slow. Every run of ``make test`` writes both anew to
``_build``, where the seconds count on this machine; copy both here when tests have come or gone.
"""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
COMMITTED, MEASURED = TESTS / "seconds.csv", TESTS.parent / "_build" / "test_seconds.csv"
SLOW_COMMITTED, SLOW_MEASURED = TESTS / "slow_tests.csv", MEASURED.with_name("slow_tests.csv")
UNKNOWN = 5.0  # seconds of a file that is not listed
SLOW = 0.3  # seconds of a test that `make quick` leaves out
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
    """Marks what asks for the built book or the browser, and what is slow; longest files first (which
    needs --no-loadscope-reorder), the tests of a file in their own order.
    """
    slow = set()
    if SLOW_COMMITTED.exists():
        with SLOW_COMMITTED.open(encoding="utf-8", newline="") as file:
            slow = {row["test"] for row in csv.DictReader(file)}
    for item in items:
        if NEEDS_BUILD & set(getattr(item, "fixturenames", ())):
            item.add_marker("built")
        elif item.nodeid in slow:
            item.add_marker("slow")
    known = known_seconds()
    files = {item.nodeid.partition("::")[0] for item in items}
    rank = {
        file: n for n, file in enumerate(sorted(files, key=lambda f: (-known.get(f, UNKNOWN), f)))
    }
    items.sort(key=lambda item: rank[item.nodeid.partition("::")[0]])


class MeasuredSeconds:
    """Adds up what each test and each file took, and writes it at the end of ``make test``, or of a run of
    all tests.
    """

    def __init__(self, config: pytest.Config) -> None:
        self.config = config
        self.files: Counter[str] = Counter()
        self.tests: Counter[str] = Counter()
        self.unmarked: set[str] = set()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.files[report.nodeid.partition("::")[0]] += report.duration
        self.tests[report.nodeid] += report.duration
        if not {"built", "long"} & set(report.keywords):
            self.unmarked.add(report.nodeid)

    def pytest_sessionfinish(self) -> None:
        asked = self.config
        if asked.option.markexpr not in ("", "not long") or asked.option.keyword:
            return
        if asked.args_source != pytest.Config.ArgsSource.TESTPATHS:
            return
        MEASURED.parent.mkdir(exist_ok=True)
        slow = {test: s for test, s in self.tests.items() if s > SLOW and test in self.unmarked}
        _write(MEASURED, "file", dict(self.files.most_common()))
        _write(SLOW_MEASURED, "test", dict(sorted(slow.items())))


def _write(path: Path, of: str, seconds: dict[str, float]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow([of, "seconds"])
        table.writerows([name, f"{taken:.1f}"] for name, taken in seconds.items())


def pytest_configure(config: pytest.Config) -> None:
    # not in the processes that a parallel run begins: they see their own tests alone
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(MeasuredSeconds(config))

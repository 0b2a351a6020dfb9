"""What `make quick` leaves out and in which order files run is said of tests that are there."""

from __future__ import annotations

import csv

import pytest

from assessment.evidence import ROOT


@pytest.mark.parametrize("table", ["seconds", "slow_tests"])
def test_every_test_that_was_measured_is_still_there(table):
    with (ROOT / "tests" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        rows = [next(iter(row.values())) for row in csv.DictReader(file)]
    assert rows and len(rows) == len(set(rows))
    gone = []
    for row in rows:
        path, _, test = row.partition("::")
        text = (ROOT / path).read_text(encoding="utf-8") if (ROOT / path).exists() else ""
        if not text or (test and f"def {test.partition('[')[0].split('::')[-1]}(" not in text):
            gone.append(row)
    assert not gone, f"remove them from tests/{table}.csv, or copy it anew from _build"

"""Whatever is written into the tables, the loader either reads it as it stands or says what is
wrong; nothing else.
"""

from __future__ import annotations

import csv
import inspect
import io
import json
import math
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assessment.evidence import (
    DATA,
    DataError,
    fact_loading,
    load_facts,
)
from assessment.evidence.cells.fact_values import VALUE
from assessment.evidence.cells.formulas import FormulaError, evaluate
from assessment.evidence.csv_tables import FACTS, read_table
from assessment.evidence.sources import checked_sources

HEADER, *ROWS = list(
    csv.reader((DATA / "facts" / "cabinet.csv").open(encoding="utf-8", newline=""))
)
NASTY = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        [
            "",
            "0",
            "-0",
            "1e9",
            "inf",
            "NaN",
            "1,5",
            "1 000",
            "½",
            "１２",
            "<0",
            "~",
            "--1",
            "0.1.2",
            "1_000",
            "=1+1",
            "\u2212" + "5",
            "NE",
            "9" * 400,
        ]
    ),
    st.floats(allow_nan=True).map(str),
    st.integers().map(str),
)


@pytest.fixture
def trial_alone(scratch):
    """The tables with the trial's facts as the only facts: each example reads all there are, and the
    others are read by the same code.
    """
    path = scratch.data / "datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8"))
    package["resources"] = [
        resource
        for resource in package["resources"]
        if not resource["name"].startswith(FACTS) or resource["path"] == "facts/cabinet.csv"
    ]
    path.write_text(json.dumps(package), encoding="utf-8")
    assert len(load_facts(scratch.data, scratch.references).unread()) == len(ROWS)
    return scratch


@pytest.mark.slow
@settings(
    max_examples=250, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(row=st.integers(0, len(ROWS) - 1), field=st.integers(0, len(HEADER) - 1), text=NASTY)
def test_any_cell(trial_alone, row, field, text):
    rows = [list(r) for r in ROWS]
    rows[row][field] = text
    trial_alone.write("facts/cabinet.csv", [HEADER, *rows])
    fact_loading._load.cache_clear()
    try:
        facts = load_facts(trial_alone.data, trial_alone.references)
    except DataError as fault:
        assert all(p.file and p.allowed and p.next_step for p in fault.problems)
        return
    if HEADER[field] in ("value", "low", "high") and text:
        fact = next(f for f in facts if f.file == "data/facts/cabinet.csv" and f.row == row + 2)
        number = {"value": fact.value, "low": fact.low, "high": fact.high}[HEADER[field]]
        # what got past is the number as typed, nothing else
        if isinstance(number, float) and math.isfinite(number):
            assert number == float(VALUE.fullmatch(text)["number"])


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    raw=st.one_of(
        st.binary(max_size=300),
        st.text(max_size=200).map(str.encode),
        st.lists(st.lists(st.text(max_size=8), max_size=25), max_size=4).map(
            lambda table: _csv([HEADER, *table])
        ),
    )
)
def test_any_bytes(trial_alone, raw):
    (trial_alone.data / "facts" / "cabinet.csv").write_bytes(raw)
    fact_loading._load.cache_clear()
    with suppress(DataError):
        load_facts(trial_alone.data, trial_alone.references)


@settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(raw=st.binary(max_size=200))
def test_any_descriptor_or_bibliography(scratch, raw):
    (scratch.data / "datapackage.json").write_bytes(raw)
    scratch.references.write_bytes(raw)
    for read in (
        lambda: read_table("units", scratch.data),
        lambda: inspect.unwrap(checked_sources)(scratch.references),
    ):
        with suppress(DataError):
            read()


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="ab.0123456789+-*/() _'\"[]", max_size=40))
def test_any_formula(text):
    with suppress(FormulaError):
        assert math.isfinite(evaluate(text, lambda _: 2.0))


def _csv(rows) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()

"""The workbook as the book offers it, written once for all tests that look at it."""

from __future__ import annotations

import fcntl

import pytest

from assessment.evidence import ROOT
from assessment.workbook.sheets.workbook_layout import file_name, write_workbook


@pytest.fixture(scope="session")
def workbook(tmp_path_factory):
    (ROOT / "_build").mkdir(exist_ok=True)
    # one process computes Python's answers, which takes minutes, and the others find them kept
    with (ROOT / "_build" / ".workbook-tests").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        return write_workbook(tmp_path_factory.mktemp("workbook") / file_name(), "test")

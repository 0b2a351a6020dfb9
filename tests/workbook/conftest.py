"""The workbook as the book offers it, written once for all tests that look at it."""

from __future__ import annotations

import pytest

from assessment.workbook.sheets.workbook_layout import file_name, write_workbook


@pytest.fixture(scope="session")
def workbook(tmp_path_factory):
    return write_workbook(tmp_path_factory.mktemp("workbook") / file_name(), "test")

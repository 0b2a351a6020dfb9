"""``python -m assessment.book.site.workbook_download``: the model as an Excel workbook, with the version of
the book; the same file stands beside the tables on the site.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from assessment.book.site.data_archive import FOLDER
from assessment.book.site.version import Version, version
from assessment.case.model.inputs.unknown_inputs import unknown_inputs
from assessment.evidence import ROOT
from assessment.workbook.sheets.workbook_layout import file_name, write_workbook


def write_beside_tables(site: Path, of: Version) -> None:
    """Writes the workbook where the site offers its tables; not before every input is known."""
    if unknown_inputs():
        return
    write_workbook(site / FOLDER / file_name(), of.commit, of.day)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--to", type=Path, default=ROOT / "_build" / file_name())
    made, now = parser.parse_args().to, version(ROOT)
    write_workbook(made, now.commit, now.day)
    print(made)

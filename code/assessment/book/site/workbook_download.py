"""``python -m assessment.book.site.workbook_download``: the model as an Excel workbook, with the version of
the book, in _build; and beside the tables of the site where one is built, which a release takes along.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from pathlib import Path

from assessment.book.site.data_archive import FOLDER
from assessment.book.site.version import version
from assessment.case.model.inputs.unknown_inputs import unknown_inputs
from assessment.evidence import ROOT
from assessment.presentation.language import _
from assessment.workbook.sheets.workbook_layout import file_name, write_workbook


def main(root: Path = ROOT) -> None:
    """Writes the workbook; exits with a sentence where inputs of the model are not known yet."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--to", type=Path, default=root / "_build" / file_name())
    made, now = parser.parse_args().to, version(root)
    if unknown := unknown_inputs():
        sys.exit(
            _("No workbook is written: the model waits for {inputs}.").format(
                inputs=", ".join(unknown)
            )
        )
    told = _("every scenario is computed in monthly cycles (some minutes the first time)")
    print(f"      {told}", flush=True)
    write_workbook(made, now.commit, now.day)
    print(made)
    tables = root / "_build" / "html" / FOLDER
    if tables.exists():
        shutil.copyfile(made, tables / file_name())


if __name__ == "__main__":
    main()

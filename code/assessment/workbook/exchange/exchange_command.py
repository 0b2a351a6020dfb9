"""``python -m assessment.workbook --inputs FILE``: runs the whole model with the inputs of a changed workbook
and writes results beside the book's.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from assessment.evidence import ROOT
from assessment.presentation.language import _
from assessment.workbook.exchange.changed_inputs import WorkbookFault, read_inputs
from assessment.workbook.exchange.full_run import changes_frame, write_run

DRAWS = 2_000


def main(arguments: list[str] | None = None) -> int:
    """Runs the command; 1 where the workbook cannot be run."""
    parser = argparse.ArgumentParser(prog="python -m assessment.workbook")
    parser.add_argument("--inputs", type=Path, required=True, help=_("the changed workbook"))
    parser.add_argument(
        "--draws", type=int, default=DRAWS, help=_("draws of the inputs and curves")
    )
    parser.add_argument("--to", type=Path, default=ROOT / "scenarios" / "workbook")
    given = parser.parse_args(arguments)
    try:
        values = read_inputs(given.inputs)
    except WorkbookFault as fault:
        print(fault, file=sys.stderr)
        return 1
    print(_("{count} inputs differ from the book.").format(count=len(changes_frame(values))))
    for file in write_run(values, given.to, given.draws):
        print(file)
    return 0

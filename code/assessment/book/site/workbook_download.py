"""The model as an Excel workbook, with the version of the book: beside the tables of the site, and
``python -m assessment.book.site.workbook_download`` writes it alone.
"""

from __future__ import annotations

import argparse
import sys
from html import escape
from pathlib import Path
from typing import Any

from assessment.book.site.data_archive import FOLDER
from assessment.book.site.version import Version, version
from assessment.case.model import precompute
from assessment.case.model.inputs.model_inputs import COHORTS
from assessment.case.model.inputs.unknown_inputs import unknown_inputs
from assessment.evidence import ROOT
from assessment.presentation.language import _
from assessment.workbook.content.curve_sets import curve_sets
from assessment.workbook.content.first_values import first_results
from assessment.workbook.content.kept_answers import (
    cohort_answers,
    cohort_costs,
    continuous_answers,
)
from assessment.workbook.sheets.workbook_layout import file_name, workbook_bytes, write_workbook

# What precompute makes for it beside the runs: the curves of each cohort, then the rest.
MAKES: list[tuple[Any, ...]] = [
    *(
        (of, cohort)
        for cohort in COHORTS
        for of in (curve_sets, continuous_answers, cohort_answers, cohort_costs, first_results)
    ),
    (workbook_bytes,),
]


def is_offered() -> bool:
    """Whether there is a workbook: not as long as an input of the model is unknown."""
    return not unknown_inputs()


def put_workbook(site: Path, of: Version) -> None:
    """Puts the workbook beside the tables of ``site``, where it is offered."""
    if is_offered():
        write_workbook(site / FOLDER / file_name(), of.commit, of.day)


def link(root: str) -> str:
    """A link to the workbook from a page; nothing where it is not offered. ``root``: the way to the top of
    the site from the page, "" or ending in a slash.
    """
    if not is_offered():
        return ""
    place = f"{root}{FOLDER}/{file_name()}"
    words = escape(_("Download the model as an Excel workbook"))
    return f'<p class="data-archive web-only"><a href="{place}" download>{words}</a> (xlsx)</p>'


def main(root: Path = ROOT) -> None:
    """Writes the workbook; exits with a sentence where inputs of the model are not known yet."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--to", type=Path, default=root / "_build" / file_name())
    made, now = parser.parse_args().to, version(root)
    if not is_offered():
        sys.exit(
            _("No workbook is written: the model waits for {inputs}.").format(
                inputs=", ".join(unknown_inputs())
            )
        )
    for told in precompute.make(MAKES):
        print(f"      {told}", flush=True)
    print(write_workbook(made, now.commit, now.day))


if __name__ == "__main__":
    main()

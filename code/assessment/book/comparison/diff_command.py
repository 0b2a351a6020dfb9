"""``make diff``: compares the book with a commit, writes both reports, and tells the largest moves."""

from __future__ import annotations

import argparse
import os
import sys
from datetime import date
from pathlib import Path

from assessment.book import expected
from assessment.book.comparison.comparison_report import ComparisonReport, compare
from assessment.book.comparison.html_report import html_report
from assessment.book.comparison.markdown_report import NOTHING, markdown_report
from assessment.book.comparison.proposed_row import as_csv
from assessment.book.comparison.reading.book_states import NoSuchState, at_commit, of_files
from assessment.book.comparison.reading.computed_state import computed_at
from assessment.book.page_contents import page_files
from assessment.case.model import precompute
from assessment.evidence import ROOT, DataError
from assessment.pages.headline import headline_file, headline_results

LARGEST = 10


def shown_now() -> dict[str, str]:
    """The files below tests/expected that the present code and data give."""
    for made in precompute.make():
        print(f"      {made}", flush=True)
    found: dict[str, str] = {}
    for name in page_files():
        print(f"      {name}", flush=True)
        found |= expected.snapshot([name])
    found["headline.csv"] = headline_file.accepted_text(headline_results.results())
    return found


def written(report: ComparisonReport, folder: Path) -> list[Path]:
    """Writes both reports; their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    site = Path(os.path.relpath(ROOT / "_build" / "html", folder)).as_posix() + "/"
    files = {"index.html": html_report(report, site), "diff.md": markdown_report(report)}
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return [folder / name for name in files]


def told(report: ComparisonReport) -> str:
    """What the terminal says: notices, the largest moves, counts, the proposed row."""
    lines = [f"{report.before} -> {report.after}", *report.notices]
    if not report:
        return "\n".join([*lines, NOTHING])
    if report.moves:
        lines.append(f"{len(report.moves)} of {report.results} headline results moved:")
    for move in report.moves[:LARGEST]:
        name, whose, before, after, change, share, unit = move.words(report.scenario_words)
        size = ", ".join(filter(None, (change, share)))
        line = f"  {name}, {whose}: {before} -> {after} {unit}".rstrip()
        lines.append(line + (f" ({size})" if size else ""))
    if (more := len(report.moves) - LARGEST) > 0:
        lines.append(f"  and {more} more")
    pages = [page.name for page in report.pages]
    lines.append(f"Pages that differ: {', '.join(pages) or 'none'}. Facts: {len(report.facts)}.")
    lines += ["Proposed row of data/changes.csv:", as_csv(report.row)]
    return "\n".join(lines)


def _lag(name: str, other: list[str]) -> str:
    more = f" and {len(other) - 1} more" if other[1:] else ""
    return (
        f"What {name} had accepted is not what its code gives: {other[0]}{more} in tests/expected;"
        " compared is what it gives."
    )


def main() -> None:
    parser = argparse.ArgumentParser(description="What a change did to the book.")
    parser.add_argument("--base", default="HEAD", help="commit to compare with (default: the last)")
    parser.add_argument(
        "--accepted", action="store_true", help="read tests/expected instead of computing"
    )
    parser.add_argument(
        "--compute-base",
        action="store_true",
        help="run the code of that commit instead of reading what it had accepted",
    )
    parser.add_argument("--to", type=Path, default=ROOT / "_build" / "diff", help="folder to write")
    asked = parser.parse_args()
    try:
        base, notices = asked.base or "HEAD", []
        if asked.compute_base:
            before, other = computed_at(base)
            notices = [_lag(before.name, other)] if other else []
        else:
            before = at_commit(base)
        after = of_files(shown=None if asked.accepted else shown_now())
    except (NoSuchState, DataError) as fault:
        sys.exit(str(fault))
    report = compare(before, after, date.today(), notices)
    paths = written(report, asked.to.resolve())
    print(told(report))
    print("\n".join(f"{path}" for path in paths))

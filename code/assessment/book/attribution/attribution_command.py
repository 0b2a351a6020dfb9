"""``make attribution``: what changed in the data since another version, and what each change did."""

from __future__ import annotations

import argparse
import csv
import io
import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from assessment.book.attribution.accepted_answers import accepted_answers, same_where_rounded
from assessment.book.attribution.attribution_rows import (
    Cells,
    Comparison,
    change_rows,
    kept_by_hand,
    merged,
    part_rows,
)
from assessment.book.attribution.base_choice import day_of, version_before
from assessment.book.attribution.scratch_book import ScratchBook
from assessment.book.comparison.reading.book_states import (
    VERSION,
    BookState,
    NoSuchState,
    at_commit,
    of_files,
)
from assessment.case.attribution.attribution_run import Attribution, CannotBeSplit, Run, attribution
from assessment.evidence import ROOT, DataError
from assessment.evidence.provenance.result_cache import write_whole

CHANGES, PARTS = "attributed_changes.csv", "attribution.csv"
CITATION, HEADLINE = "CITATION.cff", "headline.csv"


def version_of(state: BookState) -> str:
    """The version that a state's citation names."""
    found = VERSION.search(state.files.get(CITATION, ""))
    return found[1] if found else ""


def accepted_at(before: BookState, after: BookState) -> dict[str, dict[str, float]]:
    """What the older state had accepted; where it kept no results, what the newer one keeps of its
    version; nothing where neither does.
    """
    own = accepted_answers(before.shown.get(HEADLINE, ""))
    return own or accepted_answers(after.shown.get(HEADLINE, ""), version_of(before) or "none")


def attributed(
    before: BookState, after: BookState, which: Comparison, run: Run
) -> tuple[Attribution, list[Cells], list[Cells]]:
    """The attribution, with the rows of both tables. CannotBeSplit as ``attribution``."""
    found = attribution(before.data(), after.data(), run)
    accepted = same_where_rounded(accepted_at(before, after), found.then)
    there = csv.DictReader(io.StringIO(after.data().get(CHANGES, "")))
    changes = kept_by_hand(change_rows(found, accepted, which), there)
    return found, changes, part_rows(found, accepted, which.version)


def written(data: Path, changes: list[Cells], parts: list[Cells], version: str) -> None:
    """Writes both tables, each whole or not at all."""
    for name, rows in ((CHANGES, changes), (PARTS, parts)):
        path = data / name
        text = merged(path.read_text(encoding="utf-8"), rows, version)
        write_whole(path, text.encode("utf-8"))


def told(changes: list[Cells], parts: list[Cells]) -> str:
    """What the terminal says: each change with its part of every outcome."""
    lines = []
    for row in changes:
        moved = f"{row['before']} -> {row['after']}" if row["before"] or row["after"] else ""
        lines.append(f"{row['change']}: {row['what']} {moved}".rstrip())
        lines.append(
            f"    {row['counted']}; conclusion changed: {row['conclusion_changed']}"
            + (f" ({row['turned']})" if row["turned"] else "")
        )
        mine = [part for part in parts if part["change"] == row["change"]]
        lines += [
            f"    {p['cohort']} {p['outcome']}: {_part(p)}" for p in mine if p["share"] != "0"
        ]
    return "\n".join(lines)


def _part(part: Mapping[str, str]) -> str:
    error = part["standard_error"]
    return f"{part['share'] or 'not known'} {part['unit']}" + (
        f" (standard error {error})" if error != "0" else ""
    )


def main() -> None:
    parser = argparse.ArgumentParser(
        description="What each change of the data did to the base case."
    )
    parser.add_argument("--base", default="", help="tag or commit; the version before if left out")
    asked = parser.parse_args()
    scratch = ScratchBook()

    def run(sets) -> list[dict]:
        return scratch.runs(sets, lambda done, of: print(f"      {done} of {of} runs", flush=True))

    try:
        base = asked.base or version_before()
        before, after = at_commit(base), of_files()
        which = Comparison(version_of(after), base, day_of(base), date.today().isoformat())
        _found, changes, parts = attributed(before, after, which, run)
    except (NoSuchState, DataError, CannotBeSplit, RuntimeError) as fault:
        sys.exit(str(fault))
    written(ROOT / "data", changes, parts, which.version)
    print(told(changes, parts))
    print(f"data/{CHANGES} and data/{PARTS}: version {which.version} since {base}")

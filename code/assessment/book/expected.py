"""``python -m assessment.book.expected [--accept]``: what pages show now against
``tests/expected``, and how to accept what has moved.

``headline.csv``: results by version. ``texts.csv``: every glued text by page and key.
``figures.csv``: text alternative, note and drawing of every figure; ``figures/`` and ``tables/``:
the numbers behind each, a file each.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import io
import json
import re
import sys
from pathlib import Path

import pandas as pd

from assessment.book.page_contents import PageContents, page_contents, page_files
from assessment.book.pdf.layout.fill_record import FILE as FILL_NAME
from assessment.evidence import ROOT
from assessment.pages.headline import headline_file, headline_results
from assessment.presentation import show

FOLDER = ROOT / "tests" / "expected"
# digits: more than any page prints, fewer than the last bits that differ between processors
SHOWN = 6
# names that Altair counts up, or makes of the data's last bits
COUNTED_NAMES = re.compile(r"^(view|param|data-|layer|concat)[_\d\w-]*$")


def snapshot(pages: list[str] | None = None) -> dict[str, str]:
    """{file below tests/expected: content} of the present code and data: of these pages, or of all
    and the headline results.
    """
    files: dict[str, str] = {}
    for name, path in page_files().items():
        if pages is None or name in pages:
            files |= page_snapshot(name, page_contents(path))
    if pages is None:
        files["headline.csv"] = headline_file.accepted_text(headline_results.results())
    return files


def page_snapshot(name: str, contents: PageContents) -> dict[str, str]:
    """The files of one page; none where it computes nothing."""
    files = {}
    if contents.texts:
        files[f"texts/{name}.csv"] = _csv(("key", "text"), sorted(contents.texts.items()))
    if contents.figures:
        rows = [
            (f.name, f.alt, f.note, *(drawing(f, width) for width in (show.WIDE, show.NARROW)))
            for f in contents.figures
        ]
        files[f"figures/{name}.csv"] = _csv(
            ("figure", "alt", "note", "drawn_wide", "drawn_narrow"), rows
        )
    for figure in contents.figures:
        files[f"figures/{name}/{figure.name}.csv"] = table_text(figure.table)
    for number, table in enumerate(contents.tables, 1):
        files[f"tables/{name}/{number:02d}.csv"] = table_text(table.frame)
    return files


def table_text(frame: pd.DataFrame) -> str:
    """A table as text, its numbers with SHOWN significant digits."""
    plain = frame.map(lambda v: v.text if isinstance(v, show.Ref) else v)
    return plain.to_csv(index=False, lineterminator="\n", float_format=f"%.{SHOWN}g")


def drawing(figure: show.Figure, width: int) -> str:
    """A fingerprint of the drawing at this width: marks, scales, words and data, numbers with SHOWN
    digits.
    """
    chart = figure.draw(width).to_dict(validate=False)
    data = chart.pop("datasets", {})
    plain = json.dumps(
        [
            _steady(chart),
            sorted(json.dumps(_steady(rows), sort_keys=True) for rows in data.values()),
        ],
        sort_keys=True,
    )
    return hashlib.sha256(plain.encode()).hexdigest()[:12]


def _steady(part):
    """``part`` of a specification with numbers rounded and without names that only count."""
    if isinstance(part, dict):
        return {
            key: _steady(value)
            for key, value in part.items()
            if not (key in ("name", "views") and _counted(value))
        }
    if isinstance(part, list):
        return [_steady(value) for value in part]
    return float(f"{part:.{SHOWN}g}") if isinstance(part, float) else part


def _counted(value) -> bool:
    return any(
        isinstance(v, str) and COUNTED_NAMES.match(v)
        for v in (value if isinstance(value, list) else [value])
    )


def _csv(head: tuple[str, ...], rows) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(head)
    writer.writerows(rows)
    return out.getvalue()


def accepted(folder: Path = FOLDER, pages: list[str] | None = None) -> dict[str, str]:
    """The files that hold what was accepted, of these pages or all."""
    files = {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(folder.rglob("*.csv"))
    }
    return {name: text for name, text in files.items() if pages is None or _page(name) in pages}


def _page(name: str) -> str:
    """The page a file belongs to: 'figures/economics/budget.csv' → 'economics'."""
    parts = name.removesuffix(".csv").split("/")
    return parts[1] if len(parts) > 1 else ""


def differences(found: dict[str, str], before: dict[str, str]) -> list[str]:
    """A line for each thing that is new, gone or different; headline results first, named with
    from, to and per cent.
    """
    lines = []
    if "headline.csv" in found:
        lines += headline_file.moved(
            headline_results.results(), headline_file.expected().get(headline_file.version(), {})
        )
    for name in sorted(found.keys() | before.keys() - {"headline.csv"}):
        old, new = before.get(name), found.get(name)
        if name == "headline.csv" or old == new:
            continue
        if old is None or new is None:
            lines.append(f"{name}: {'new' if old is None else 'gone'}")
        else:
            lines += _changed_rows(name, old, new)
    return lines


def _changed_rows(name: str, old: str, new: str) -> list[str]:
    """Rows by their first cell, or by their place where that names no row."""
    (head, *before), (_, *after) = ([*csv.reader(io.StringIO(text))] for text in (old, new))
    keyed = [
        {
            (
                row[0]
                if name.startswith(("texts/", "figures/")) and name.count("/") == 1
                else str(n)
            ): row
            for n, row in enumerate(rows, 2)
        }
        for rows in (before, after)
    ]
    lines = []
    for key in dict.fromkeys([*keyed[0], *keyed[1]]):
        one, other = (rows.get(key) for rows in keyed)
        if one == other:
            continue
        if one is None or other is None:
            lines.append(f"{name}, {key}: {'new' if one is None else 'gone'}")
            continue
        cells = [f"{column}: '{a}' -> '{b}'" for column, a, b in zip(head, one, other) if a != b]
        lines.append(f"{name}, {key}: {'; '.join(cells) or 'other columns'}")
    return lines


def accept(found: dict[str, str], folder: Path = FOLDER) -> None:
    """Writes ``found`` in place of what was accepted before; nothing else stays in the folder."""
    for path in folder.rglob("*.csv"):
        if path.relative_to(folder).as_posix() not in found:
            path.unlink()
    for name, text in found.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


def accept_print_fill(root: Path) -> None:
    """Takes over what filled the printed pages of the last build, which spares the next one the search."""
    made = root / "_build" / ".made" / "assessmentpdf" / FILL_NAME
    if made.exists():
        (root / FILL_NAME).write_bytes(made.read_bytes())


def main() -> None:
    parser = argparse.ArgumentParser(description="What pages show now against what was accepted.")
    parser.add_argument(
        "--accept",
        action="store_true",
        help="rewrite tests/expected; the difference in git is the review",
    )
    asked = parser.parse_args()
    found: dict[str, str] = {}
    for name in page_files():
        print(f"      {name}", flush=True)
        found |= snapshot([name])
    found["headline.csv"] = headline_file.accepted_text(headline_results.results())
    lines = differences(found, accepted())
    print("\n".join(lines) or "Nothing has moved.")
    if asked.accept:
        accept(found)
        accept_print_fill(ROOT)
        print(
            f"Accepted: {len(found)} files in {FOLDER.relative_to(ROOT)}. Look at `git diff` there,"
            " and tell readers in data/changes.csv."
        )
    elif lines:
        sys.exit(1)


if __name__ == "__main__":
    main()

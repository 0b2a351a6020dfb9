"""The files a reader can take away from a figure: its numbers as CSV and its picture as SVG."""

from __future__ import annotations

import csv
import io
import posixpath
from pathlib import Path

FOLDER = "_downloads/figures"


def offer(builder, content: dict, svg: str) -> tuple[str, str]:
    """Writes the figure's CSV and SVG below the site and returns their addresses relative to the page being written."""
    folder = Path(builder.outdir, FOLDER)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{content['name']}.csv").write_text(_csv(content["table"]), encoding="utf-8")
    (folder / f"{content['name']}.svg").write_text(svg, encoding="utf-8")
    start = posixpath.dirname(builder.get_target_uri(builder.current_docname)) or "."
    return tuple(posixpath.relpath(f"{FOLDER}/{content['name']}.{kind}", start) for kind in ("csv", "svg"))


def _csv(table: dict) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(table["columns"])
    writer.writerows(table["raw"])
    return text.getvalue()

"""The files a reader can take away from a figure: its numbers as CSV and its picture as SVG and
PNG.
"""

from __future__ import annotations

import csv
import io
import posixpath
import shutil
from pathlib import Path

from assessment.book.charts import render

FOLDER = "_downloads/figures"
ENDINGS = (".csv", ".svg", ".png", "-narrow.png")


def offer(builder, content: dict, drawn: dict[str, str], drawings: Path) -> tuple[str, ...]:
    """Writes the figure's files below the site (``drawn``: its wide and its narrow form) and
    returns their addresses relative to the page being written, as in ENDINGS.
    """
    folder = Path(builder.outdir, FOLDER)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{content['name']}.csv").write_text(_csv(content["table"]), encoding="utf-8")
    leaving = render.picture(drawn["wide"])
    (folder / f"{content['name']}.svg").write_text(leaving, encoding="utf-8")
    shutil.copyfile(render.png(leaving, drawings), folder / f"{content['name']}.png")
    shutil.copyfile(
        render.png(render.picture(drawn["narrow"]), drawings),
        folder / f"{content['name']}-narrow.png",
    )
    start = posixpath.dirname(builder.get_target_uri(builder.current_docname)) or "."
    return tuple(
        posixpath.relpath(f"{FOLDER}/{content['name']}{ending}", start) for ending in ENDINGS
    )


def _csv(table: dict) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(table["columns"])
    writer.writerows(table["raw"])
    return text.getvalue()

"""The files a reader can take away from a figure: its numbers as CSV and its picture as SVG and
PNG.
"""

from __future__ import annotations

import csv
import io
import json
import posixpath
import shutil
from pathlib import Path

from docutils import nodes

from assessment.book.charts import render
from assessment.book.doctree.nodes import chart_node
from assessment.book.provenance.table_descriptions import ENDING, figure_description

FOLDER = "_downloads/figures"
ENDINGS = (".csv", ".svg", ".png", "-narrow.png")


def offer(builder, node: chart_node, drawn: dict[str, str], drawings: Path) -> tuple[str, ...]:
    """Writes the figure's files below the site (``drawn``: its wide and its narrow form) and
    returns their addresses relative to the page being written, as in ENDINGS. The description
    beside the CSV holds what the last step of a build puts into the pictures.
    """
    folder, content = Path(builder.outdir, FOLDER), node["content"]
    folder.mkdir(parents=True, exist_ok=True)
    csv_file = folder / f"{content['name']}.csv"
    csv_file.write_text(_csv(content["table"]), encoding="utf-8")
    page = builder.get_target_uri(builder.current_docname)
    title, anchor = titled(node)
    said = figure_description(content, title, f"{page}#{anchor}" if anchor else page)
    described = json.dumps(said, ensure_ascii=False, indent=1) + "\n"
    csv_file.with_name(csv_file.name + ENDING).write_text(described, encoding="utf-8")
    leaving = render.picture(drawn["wide"])
    (folder / f"{content['name']}.svg").write_text(leaving, encoding="utf-8")
    shutil.copyfile(render.png(leaving, drawings), folder / f"{content['name']}.png")
    shutil.copyfile(
        render.png(render.picture(drawn["narrow"]), drawings),
        folder / f"{content['name']}-narrow.png",
    )
    start = posixpath.dirname(page) or "."
    return tuple(
        posixpath.relpath(f"{FOLDER}/{content['name']}{ending}", start) for ending in ENDINGS
    )


def titled(node: chart_node) -> tuple[str, str]:
    """The caption of the figure that holds the chart, in one line, and its id; "" where it has none."""
    figure = node.parent
    while figure is not None and not isinstance(figure, nodes.figure):
        figure = figure.parent
    if figure is None:
        return "", ""
    caption = next(iter(figure.findall(nodes.caption)), None)
    parts = caption.findall(nodes.Text) if caption is not None else ()
    said = "".join(str(part) for part in parts if not _is_citation(part))
    return " ".join(said.split()), next(iter(figure["ids"]), "")


def _is_citation(text: nodes.Text) -> bool:
    """Does the text belong to the citation that follows a fact in print?"""
    above = text.parent
    while above is not None and not isinstance(above, nodes.caption):
        if "fact-citation" in above.get("classes", ()):
            return True
        above = above.parent
    return False


def _csv(table: dict) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(table["columns"])
    writer.writerows(table["raw"])
    return text.getvalue()

"""How a chart is written into HTML: a drawing for print; on the site a room that the drawing takes
later, and one line below with its sources, the table behind it, files to take away and its address.
"""

from __future__ import annotations

import json
from html import escape
from pathlib import Path

from docutils import nodes

from assessment.book.charts import downloads, render
from assessment.book.doctree.nodes import (
    chart_node,
)
from assessment.book.writers.chart_controls import controls_html
from assessment.book.writers.fetched_scripts import fetched_later
from assessment.book.writers.table_writer import table_html
from assessment.book.writers.writing_state import is_pdf, next_name
from assessment.presentation import words


def _drawings(visitor) -> Path:
    return Path(visitor.builder.srcdir, "_build", ".charts")


def visit_chart(self, node: chart_node) -> None:
    content, drawings = node["content"], _drawings(self)
    label, name = escape(content["alt"], quote=True), next_name(self, "chart")
    for words_for_search in [part for part in node if isinstance(part, nodes.Text)]:
        node.remove(words_for_search)  # the index has read them
    specs = {width: render.compact(content[width]) for width in ("wide", "narrow")}
    if is_pdf(self):
        self.body.append(
            f'<div class="chart">{render.printed(render.svg(specs["wide"], drawings), label)}</div>'
        )
        return
    drawn = {width: render.svg(spec, drawings) for width, spec in specs.items()}
    table = table_html(
        self,
        content["table"] | {"origin": content.get("origin")},
        label=f"{words.TABLE_BEHIND}: {content['name'].replace('-', ' ')}",
    )
    csv, svg, png, narrow = downloads.offer(self.builder, node, drawn, drawings)
    rooms = "".join(
        f'<div class="chart-{width}">{_room(drawn[width], picture)}</div>'
        for width, picture in (("wide", png), ("narrow", narrow))
    )
    still = {width: render.inline_svg(drawn[width], f"{name}-{width}") for width in drawn}
    script = _for_the_browser(self, content["name"], specs, still)
    self.body.append(
        f'<div class="chart" data-name="{content["name"]}"'
        f' data-from="{script}">{controls_html(specs["wide"])}<div'
        f' class="chart-picture" role="img" aria-label="{label}">{rooms}</div></div><div'
        ' class="figure-line">'
    )
    files = "".join(
        f'<a href="{address}" download>{kind}</a>'
        for address, kind in ((csv, "CSV"), (png, "PNG"), (svg, "SVG"))
    )
    node["tools"] = (
        f'<details class="chart-data"><summary>{words.TABLE_BEHIND}</summary>{table}</details><span'
        f' class="chart-links">{files}{_own_link(node)}</span></div>'
    )


def depart_chart(self, node: chart_node) -> None:
    """Closes the line below the picture, which the sources have begun."""
    self.body.append(node.attributes.pop("tools", ""))


def _own_link(node: chart_node) -> str:
    """A link to the figure itself, which book.js copies; nothing where it has no name."""
    figure = node.parent
    while figure is not None and not isinstance(figure, nodes.figure):
        figure = figure.parent
    if figure is None or not figure["ids"]:
        return ""
    said = words.FIGURE_LINK
    return (
        f'<a class="figure-link" href="#{figure["ids"][0]}"'
        f' data-copied="{escape(said["copied"], quote=True)}">{said["link"]}</a>'
    )


def _room(drawing: str, picture: str) -> str:
    """The room a drawing takes until book.js fetches it, and the picture for browsers without
    scripts.
    """
    width, height = render.drawing_size(drawing)
    size = f'width="{width}" height="{height}"'
    # HTML knows whole pixels only
    whole = f'width="{float(width):.0f}" height="{float(height):.0f}"'
    return (
        f'<svg class="chart-room" aria-hidden="true" {size} viewBox="0 0 {width}'
        f' {height}"></svg><noscript><img src="{picture}" alt="" {whole} loading="lazy"></noscript>'
    )


def _for_the_browser(visitor, name: str, specs: dict, still: dict) -> str:
    """The address of a chart's script: both forms, and both as drawings. The numbers the forms
    share are written once.
    """
    shared = {
        "datasets": {k: v for spec in specs.values() for k, v in spec.get("datasets", {}).items()}
    }
    forms = {
        width: {k: v for k, v in spec.items() if k != "datasets"} for width, spec in specs.items()
    }
    return fetched_later(
        visitor,
        name,
        render.themed(
            json.dumps(
                shared | forms | {"still": still},
                ensure_ascii=False,
                separators=(",", ":"),
                sort_keys=True,  # as they are in kept results of chapters
            )
        ),
    )

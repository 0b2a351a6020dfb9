"""How a chart is written into HTML: a drawing for print; on the site a room that the drawing takes
later, with the table behind it and files to take away."""

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
    specs = {width: render.compact(content[width]) for width in ("wide", "narrow")}
    if is_pdf(self):
        self.body.append(
            f'<div class="chart">{render.printed(render.svg(specs["wide"], drawings), label)}</div>'
        )
        raise nodes.SkipNode
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
        f' class="chart-picture" role="img" aria-label="{label}">{rooms}</div></div><details'
        f' class="chart-data"><summary>{words.TABLE_BEHIND}</summary>{table}<p'
        f' class="chart-links"><a href="{csv}" download>{words.DOWNLOAD_CSV}</a> · <a href="{png}"'
        f' download>{words.DOWNLOAD_PNG}</a> · <a href="{svg}"'
        f" download>{words.DOWNLOAD_SVG}</a></p></details>"
    )
    raise nodes.SkipNode


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

"""How facts, charts and tables are written into HTML: one form for the site, one for the PDF."""

from __future__ import annotations

import hashlib
import json
import re
from html import escape
from pathlib import Path

from docutils import nodes

from assessment.book.charts import downloads, render
from assessment.book.site import error_reports
from assessment.book.sphinx import source_cards
from assessment.book.sphinx.nodes import (
    chart_node,
    fact_node,
    language_node,
    quotation_node,
    table_node,
)
from assessment.evidence import load_facts
from assessment.presentation import words

PDF_BUILDER = "assessmentpdf"
SOURCES_PAGE = "chapters/sources"
FETCHED = "_static/fetched"


def is_pdf(visitor) -> bool:
    """Is the PDF being written?"""
    return visitor.builder.name == PDF_BUILDER


def page_of(visitor) -> str:
    """The page being written."""
    return visitor.docnames[0] if isinstance(visitor.docnames, list) else visitor.docnames


def _drawings(visitor) -> Path:
    return Path(visitor.builder.srcdir, "_build", ".charts")


def next_name(visitor, what: str) -> str:
    """A name unique on this page."""
    count = visitor.__dict__.setdefault("_assessment_counts", {})
    count[what] = count.get(what, 0) + 1
    return f"{what}-{count[what]}"


def _fact(visitor, fact_id: str, text: str) -> str:
    if is_pdf(visitor):
        return (
            f'<span class="fact">{escape(text)}{source_cards.marks(load_facts()[fact_id])}</span>'
        )
    page = page_of(visitor)
    return source_cards.fact_html(
        load_facts()[fact_id],
        text,
        visitor.builder.get_relative_uri(page, SOURCES_PAGE),
        next_name(visitor, "card"),
        error_reports.link(visitor.builder, page, fact_id),
    )


def visit_fact(self, node: fact_node) -> None:
    self.body.append(_fact(self, node["fact"], node.children[0].astext()))
    if is_pdf(self):
        for citation in node.children[1:]:
            citation.walkabout(self)
    raise nodes.SkipNode


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
        self, content["table"], label=f"{words.TABLE_BEHIND}: {content['name'].replace('-', ' ')}"
    )
    csv, svg, png, narrow = downloads.offer(self.builder, content, drawn, drawings)
    rooms = "".join(
        f'<div class="chart-{width}">{_room(drawn[width], picture)}</div>'
        for width, picture in (("wide", png), ("narrow", narrow))
    )
    still = {width: render.inline_svg(drawn[width], f"{name}-{width}") for width in drawn}
    self.body.append(
        f'<div class="chart" data-name="{content["name"]}"'
        f' data-from="{_for_the_browser(self, content["name"], specs, still)}">{_controls(specs["wide"])}<div'
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
    width, height = (
        re.search(rf'<svg[^>]*? {side}="([\d.]+)"', drawing)[1] for side in ("width", "height")
    )
    size = f'width="{width}" height="{height}"'
    return (
        f'<svg class="chart-room" aria-hidden="true" {size} viewBox="0 0 {width}'
        f' {height}"></svg><noscript><img src="{picture}" alt="" {size} loading="lazy"></noscript>'
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
            json.dumps(shared | forms | {"still": still}, ensure_ascii=False, separators=(",", ":"))
        ),
    )


def fetched_later(visitor, name: str, data: str) -> str:
    """Writes data (JSON) into a script of its own and returns its address: a page opened from a
    folder may load scripts, but no other files.
    """
    text = f"(window.assessmentData ??= {{}})[{json.dumps(name)}] = {data};"
    file = Path(visitor.builder.outdir, FETCHED, f"{name}.js")
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    top = visitor.builder.get_relative_uri(page_of(visitor), "index").rpartition("index.html")[0]
    return f"{top}{FETCHED}/{name}.js?v={hashlib.sha256(text.encode()).hexdigest()[:8]}"


def _controls(spec: dict) -> str:
    """The chart's sliders and menus as they will stand once it answers: the room is taken from the
    start, so nothing jumps.
    """

    def control(c: dict) -> str:
        options = list(zip(c.get("options", ()), c.get("labels") or c.get("options", ())))
        if c["kind"] == "select":
            field = (
                "<select disabled>"
                + "".join(f"<option>{escape(str(label))}</option>" for _, label in options)
                + "</select>"
            )
        elif c["kind"] == "radio":
            field = (
                '<span class="vega-bind-radio">'
                + "".join(
                    f'<label><input type="radio" disabled>{escape(str(label))}</label>'
                    for _, label in options
                )
                + "</span>"
            )
        elif c["kind"] == "checkbox":
            field = '<input type="checkbox" disabled>'
        else:
            field = "".join(f' {k}="{c[k]}"' for k in ("min", "max", "step") if k in c)
            field = (
                f'<input type="{c["kind"]}"{field} value="{escape(str(c["value"]))}" disabled>'
                + (f"<span>{escape(str(c['value']))}</span>" if c["kind"] == "range" else "")
            )
        return (
            '<div class="vega-bind"><label><span'
            f' class="vega-bind-name">{escape(str(c["label"]))}</span>{field}</label></div>'
        )

    found = render.controls(spec)
    return (
        '<form class="vega-bindings"'
        f' aria-label="{words.CONTROLS}">{"".join(map(control, found))}</form>'
        if found
        else ""
    )


def visit_table(self, node: table_node) -> None:
    content = node["content"]
    self.body.append(
        table_html(self, content, content["caption"], content["row_headers"], content["classes"])
    )
    raise nodes.SkipNode


def table_html(
    visitor,
    content: dict,
    caption: str = "",
    row_headers: bool = True,
    classes: list[str] = (),
    label: str = "",
) -> str:
    """A table with scoped headers. It may scroll sideways, so it can be reached by keyboard."""

    def cell(value, numeric: bool, first: bool) -> str:
        tag = "th" if first and row_headers else "td"
        scope = ' scope="row"' if tag == "th" else ""
        shown = (
            _fact(visitor, value["fact"], value["text"])
            if isinstance(value, dict)
            else escape(value).replace("\n", "<br>")
        )
        return f"<{tag}{scope}{' class=number' if numeric else ''}>{shown}</{tag}>"

    head = "".join(
        f'<th scope="col"{" class=number" if n else ""}>{escape(c)}</th>'
        for c, n in zip(content["columns"], content["numeric"])
    )
    body = "".join(
        "<tr>"
        + "".join(cell(v, n, i == 0) for i, (v, n) in enumerate(zip(row, content["numeric"])))
        + "</tr>"
        for row in content["rows"]
    )
    title = f"<caption>{escape(caption)}</caption>" if caption else ""
    label = escape(label or caption or next_name(visitor, "table"), quote=True)
    return (
        f'<div class="table-scroll" tabindex="0" role="region" aria-label="{label}"><table'
        f' class="{" ".join(["data", *classes])}">{title}'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def visit_quotation(self, node: quotation_node) -> None:
    content = node["content"]
    parts = [f'<p lang="{content["language"]}">«{escape(content["original"])}»</p>']
    if content["english"]:
        parts.append(f"<p>{escape(content['english'])}</p>")
        parts.append(
            f'<p class="who">{escape(content["who_original"])}</p><p'
            f' class="who">{escape(content["who_english"])}</p>'
        )
    if content["note"]:
        parts.append(f'<p class="correction">{escape(content["note"])}</p>')
    single = "" if content["english"] else " single"
    self.body.append(f'<div class="quotation{single}">{"".join(parts)}</div>')
    raise nodes.SkipNode


def visit_language(self, node: language_node) -> None:
    self.body.append(f'<span lang="{node["lang"]}">')


def depart_language(self, node: language_node) -> None:
    self.body.append("</span>")


def visit_fact_text(self, node: fact_node) -> None:
    self.add_text(node.children[0].astext())
    raise nodes.SkipNode


def skip(self, node) -> None:
    raise nodes.SkipNode


def depart(self, node) -> None:
    pass

"""The live explorer on the site: its form, the data it computes from, and the table of the base
case for print and for pages without script.
"""

from __future__ import annotations

import json
from html import escape

from docutils import nodes

from assessment.book.doctree.nodes import PackedContent, explorer_node
from assessment.book.writers.fetched_scripts import fetched_later
from assessment.book.writers.table_writer import table_html
from assessment.book.writers.writing_state import is_pdf, next_name, page_of
from assessment.pages.economics.explorer.explorer_content import EXPLORER_MIME


class ExplorerOutput:
    """The output of a cell that shows the explorer."""

    mime_priority_overrides = [("*", EXPLORER_MIME, 1)]

    @staticmethod
    def handle_mime(renderer, data, inline):
        return (
            [explorer_node("", content=PackedContent(json.loads(data.content["json"])))]
            if data.mime_type == EXPLORER_MIME
            else None
        )


def visit_explorer(self, node: explorer_node) -> None:
    found = node["content"]
    said = found["words"]
    if is_pdf(self):
        # its base case is a table of the chapter, and nothing moves on paper
        self.body.append('<div class="explorer"></div>')
        raise nodes.SkipNode
    table = table_html(self, found["table"], label=said["title"])
    name = next_name(self, "explorer")
    data = fetched_later(
        self,
        name,
        json.dumps(found["data"] | {"words": said}, ensure_ascii=False, separators=(",", ":")),
    )
    script = (
        self.builder.get_relative_uri(page_of(self), "index").rpartition("index.html")[0]
        + "_static/book/explorer.js"
    )
    charts = "".join(_chart(which, text) for which, text in said["charts"].items())
    self.body.append(
        f'<div class="explorer" id="{name}" data-from="{data}">'
        f'<p class="explorer-label">{escape(found["label"])}</p>'
        f'<form class="explorer-form" aria-label="{escape(said["title"], quote=True)}">'
        f"{_controls(found['data'], said, name)}</form>{_outputs(said, name)}"
        f'<div class="explorer-charts">{charts}</div>'
        f'<p class="explorer-note">{escape(said["note"])}</p>'
        f'<div class="explorer-still"><p>{escape(said["needs_script"])}</p>{table}</div>'
        f'<script defer src="{script}"></script></div>'
    )
    raise nodes.SkipNode


def _controls(data: dict, said: dict, name: str) -> str:
    first = next(iter(data["cohorts"].values()))

    def select(which, options):
        return (
            f'<label for="{name}-{which}">{escape(said[which])}<select id="{name}-{which}"'
            f' data-control="{which}" disabled>'
            + "".join(
                f'<option value="{escape(str(v), quote=True)}">{escape(t)}</option>'
                for v, t in options
            )
            + "</select></label>"
        )

    def slide(which, label, low, high, step, value):
        return (
            f'<label for="{name}-{which}"><span>{escape(label)} <output for="{name}-{which}"'
            f' data-shown="{which}"></output></span><input type="range" id="{name}-{which}"'
            f' data-control="{which}" min="{low:g}" max="{high:g}" step="{step:g}"'
            f' value="{value:.8g}" disabled></label>'
        )

    parts = [
        select("cohort", [(c, v["name"]) for c, v in data["cohorts"].items()]),
        select("effect", [*said["effects"].items(), ("own", said["own"])]),
        select("family", said["families"].items()),
        select(
            "threshold",
            [
                (f"{v['value']:g}", f"{v['value']:,.0f}".replace(",", "\u202f") + f" ({v['note']})")
                for v in data["values"]
            ],
        ),
    ]
    parts += [
        slide(which, said["sliders"][which], s["min"], s["max"], s["step"], s["base"])
        for which, s in first["sliders"].items()
    ]
    parts.append(
        slide(
            "ratio",
            said["ratio"],
            data["ratios"][0],
            data["ratios"][-1],
            data["ratios"][1] - data["ratios"][0],
            0.8,
        )
    )
    return "".join(parts) + f'<button type="reset" disabled>{escape(said["reset"])}</button>'


def _outputs(said: dict, name: str) -> str:
    rows = "".join(
        f'<div><dt>{escape(text)}</dt><dd><output data-output="{which}"></output><span'
        f' class="explorer-base" data-base="{which}"></span></dd></div>'
        for which, text in said["outputs"].items()
    )
    return f'<dl class="explorer-outputs" aria-live="polite" id="{name}-outputs">{rows}</dl>'


def _chart(which: str, text: str) -> str:
    return (
        f'<figure data-chart="{which}"><svg viewBox="0 0 320 200" role="img"'
        f' aria-label="{escape(text, quote=True)}"></svg><figcaption>{escape(text)}</figcaption></figure>'
    )

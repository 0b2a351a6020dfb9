"""The live explorer on the site: its form, the data it computes from, and the table of the base
case for print and for pages without script.
"""

from __future__ import annotations

import json
from html import escape

from docutils import nodes

from assessment.book.doctree.nodes import PackedContent, explorer_node
from assessment.book.writers.fetched_scripts import fetched_later, scripts
from assessment.book.writers.table_writer import table_html
from assessment.book.writers.writing_state import is_pdf, next_name
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
    charts = "".join(_chart(which, text) for which, text in said["charts"].items())
    spoken = '<p class="explorer-spoken visually-hidden" aria-live="polite"></p>'
    self.body.append(
        f'<div class="explorer" id="{name}" data-from="{data}">'
        f'<p class="explorer-label">{escape(found["label"])}</p>'
        f'<p class="explorer-shared" role="status" hidden>{escape(said["shared"])}'
        f' <button type="button">{escape(said["reset"])}</button></p>'
        f"{_strip(found, said)}"
        f'<form class="explorer-form" aria-label="{escape(said["title"], quote=True)}">'
        f"{_controls(found['data'], said, name)}</form>{_outputs(said)}"
        f'<div class="explorer-charts">{charts}</div>'
        f'<p class="explorer-note">{escape(said["note"])}</p>{spoken}'
        f'<div class="explorer-still"><p>{escape(said["needs_script"])}</p>{table}</div>'
        f"{scripts(self, 'explorer_sums', 'explorer_charts', 'explorer')}</div>"
    )
    raise nodes.SkipNode


def _strip(found: dict, said: dict) -> str:
    """The three results that stay in sight while a control moves."""
    tiles = "".join(
        f"<div><dt>{escape(said['outputs'][which])}{_at(which)}</dt>"
        f'<dd><span class="explorer-now"><span data-strip="{which}"></span> '
        '<span class="explorer-arrow" aria-hidden="true"></span></span>'
        f'<span class="explorer-base" data-was="{which}"></span></dd></div>'
        for which in found["data"]["strip"]
    )
    return f'<dl class="explorer-strip simple">{tiles}</dl>'


def _at(which: str) -> str:
    """Where the value of a QALY goes that a result rests on."""
    return ' <span class="explorer-at" data-at></span>' if which == "benefit" else ""


def _controls(data: dict, said: dict, name: str) -> str:
    """Cohort, effect on survival and price in sight, the others folded, and what the buttons do."""
    first = next(iter(data["cohorts"].values()))

    def control(which, label, inside, why=""):
        return (
            f'<div class="explorer-control"><label for="{name}-{which}">{escape(label)}</label>'
            f"{inside}{why}</div>"
        )

    def select(which, options, why=""):
        described = f' aria-describedby="{name}-{which}-why"' if why else ""
        listed = "".join(
            f'<option value="{escape(str(v), quote=True)}">{escape(t)}</option>' for v, t in options
        )
        box = f'<select id="{name}-{which}" data-control="{which}"{described} disabled>{listed}</select>'
        reason = (
            f'<span class="explorer-why" id="{name}-{which}-why" data-why="{which}" hidden>'
            f"{escape(why)}</span>"
        )
        return control(which, said[which], box, reason if why else "")

    def slide(which, label, low, high, step, value):
        return control(
            which,
            label,
            f'<span class="explorer-shown" data-shown="{which}"></span><input type="range"'
            f' id="{name}-{which}" data-control="{which}" min="{low:g}" max="{high:g}"'
            f' step="{step:g}" value="{value:.8g}" disabled>',
        )

    ratios = data["ratios"]
    slides = {
        which: slide(which, said["sliders"][which], s["min"], s["max"], s["step"], s["base"])
        for which, s in first["sliders"].items()
    }
    price, *others = slides.values()
    values = [(f"{v['value']:g}", f"{v['text']} ({v['note']})") for v in data["values"]]
    shown = [
        select("cohort", [(c, v["name"]) for c, v in data["cohorts"].items()]),
        select("effect", [*said["effects"].items(), ("own", said["own"])]),
        slide("ratio", said["ratio"], ratios[0], ratios[-1], ratios[1] - ratios[0], 0.8),
        price,
    ]
    folded = [
        select("family", said["families"].items(), said["not_with_own"]),
        select("threshold", [("class", said["as_class"]), *values]),
        *others,
    ]
    return (
        f'<div class="explorer-controls">{"".join(shown)}</div>'
        f'<details class="explorer-more"><summary>{escape(said["more"])}</summary>'
        f'<div class="explorer-controls">{"".join(folded)}</div></details>'
        f'<div class="explorer-buttons"><button type="reset" disabled>{escape(said["reset"])}</button>'
        f'<button type="button" class="explorer-copy" disabled>{escape(said["copy"])}</button>'
        '<span class="explorer-said" role="status"></span></div>'
    )


def _outputs(said: dict) -> str:
    rows = "".join(
        f'<div><dt>{escape(text)}{_at(which)}</dt><dd><span data-output="{which}"></span><span'
        f' class="explorer-base" data-base="{which}"></span></dd></div>'
        for which, text in said["outputs"].items()
    )
    return (
        f'<p class="explorer-title">{escape(said["all_results"])}</p>'
        f'<dl class="explorer-outputs simple">{rows}</dl>'
    )


def _chart(which: str, text: str) -> str:
    height = {"plane": 345, "costs": 190, "budget": 165}[which]
    return (
        f'<figure data-chart="{which}"><figcaption>{escape(text)}</figcaption>'
        f'<svg viewBox="0 0 352 {height}" role="img" aria-label="{escape(text, quote=True)}"></svg>'
        "</figure>"
    )

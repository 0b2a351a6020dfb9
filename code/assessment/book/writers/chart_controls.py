"""A chart's sliders and menus as they stand before it answers."""

from __future__ import annotations

from html import escape

from assessment.book.charts import render
from assessment.presentation import words


def controls_html(spec: dict) -> str:
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

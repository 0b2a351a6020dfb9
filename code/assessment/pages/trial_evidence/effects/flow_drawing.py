"""Boxes, lines and texts of a flow chart."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import altair as alt
import pandas as pd

from assessment.presentation import theme


@dataclass
class Drawing:
    """Boxes, lines and texts of a flow chart, in pixels from the top left."""

    boxes: list[dict] = field(default_factory=list)
    lines: list[tuple[float, float, float, float]] = field(default_factory=list)
    texts: list[dict] = field(default_factory=list)

    def box(self, x, y, width, height, stroke=theme.MUTED, fill=theme.BACKGROUND) -> None:
        corners = {"x": x, "y": y, "x2": x + width, "y2": y + height}
        self.boxes.append(corners | {"stroke": stroke, "fill": fill})

    def line(self, *points: tuple[float, float]) -> None:
        """A line through these points."""
        self.lines += [(*start, *end) for start, end in zip(points, points[1:])]

    def text(self, x, y, text: str, colour=theme.INK, size=13, bold=False) -> None:
        look = {"colour": colour, "size": size, "weight": 600 if bold else 400}
        self.texts.append({"x": x, "y": y, "text": text} | look)

    def chart(self, width: float, height: float) -> alt.LayerChart | alt.FacetChart:
        across = alt.Scale(domain=[-2, width + 2], nice=False, zero=False)
        down = alt.Scale(domain=[height - 2, -2], nice=False, zero=False)
        x, y = alt.X("x:Q", axis=None, scale=across), alt.Y("y:Q", axis=None, scale=down)
        lines = alt.Chart(pd.DataFrame(self.lines, columns=["x", "y", "x2", "y2"]))
        layers = [
            lines.mark_rule(color=theme.MUTED, strokeWidth=1.3).encode(
                x=x, y=y, x2="x2:Q", y2="y2:Q"
            )
        ]
        boxes = pd.DataFrame(self.boxes).groupby(["stroke", "fill"], sort=False)
        key: Any
        for key, alike in boxes:
            stroke, fill = key
            box = alt.Chart(alike).mark_rect(
                stroke=stroke, fill=fill, strokeWidth=1.5, cornerRadius=3
            )
            layers.append(box.encode(x=x, y=y, x2="x2:Q", y2="y2:Q"))
        texts = pd.DataFrame(self.texts).groupby(["colour", "size", "weight"], sort=False)
        for key, alike in texts:
            colour, size, weight = key
            text = alt.Chart(alike).mark_text(color=colour, fontSize=size, fontWeight=weight)
            layers.append(text.encode(x=x, y=y, text="text:N"))
        return alt.layer(*layers).properties(width=width, height=height)

"""One visual language for every figure: colours, arm styles, type, and the Altair theme that
applies them.
"""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from assessment.case.definition import load_case
from assessment.presentation import words

# Okabe–Ito hues, darkened where needed to keep 3:1 against white. The site swaps these very strings
# for CSS variables in dark mode (see book/assets/book.css), so a chart must use them literally.
INK = "#1f2933"
MUTED = "#52606d"
GRID = "#d9dee3"
BLUE = "#0072b2"
ORANGE = "#c05621"
GREEN = "#00795c"
PURPLE = "#9c4f80"
SKY = "#3a8fc4"
GOLD = "#94700a"
GREY = "#7b8794"
WASH = "#e6eff6"
# five shades from dark to light that belong to nothing of the case (colour_grammar.RAMP)
STEPS = ("#22313f", "#4a5d70", "#8193a5", "#b3c0cc", "#d6dee6")
BACKGROUND = "#ffffff"
PALETTE = {
    "ink": INK,
    "muted": MUTED,
    "grid": GRID,
    "blue": BLUE,
    "orange": ORANGE,
    "green": GREEN,
    "purple": PURPLE,
    "sky": SKY,
    "gold": GOLD,
    "grey": GREY,
    "wash": WASH,
    "background": BACKGROUND,
} | {f"step{n}": colour for n, colour in enumerate(STEPS, 1)}
# What the site paints instead on its dark pages; book.css carries the same values.
DARK_PALETTE = {
    "ink": "#e6eaee",
    "muted": "#aab4be",
    "grid": "#39434d",
    "blue": "#5fb6ea",
    "orange": "#f0986a",
    "green": "#4fc9a4",
    "purple": "#d596bd",
    "sky": "#8fd0f3",
    "gold": "#d9b95a",
    "grey": "#98a4b0",
    "wash": "#23313d",
    "background": "#14191f",
    "step1": "#dfe7ee",
    "step2": "#a3b3c2",
    "step3": "#5a6b7a",
    "step4": "#45535f",
    "step5": "#303c47",
}
MARKS, WORDS_IN = (
    ("blue", "orange", "green", "purple", "sky", "gold", "grey", "muted", "ink")
    + ("step1", "step2", "step3"),
    (
        "ink",
        "muted",
        "blue",
        "orange",
        "gold",
    ),
)
# what a figure gets that names no colours: none that means an arm or a cohort
CATEGORICAL = [*STEPS[:3], GOLD, STEPS[3]]

CASE = load_case()
# The same arm or cohort has the same colour, dash and shape in every figure, and can be told apart
# without the colour.
ARM_COLOURS = {arm.id: PALETTE[arm.colour] for arm in CASE.arms}
ARM_DASHES = {arm.id: list(arm.dash) for arm in CASE.arms}
ARM_SHAPES = {arm.id: arm.shape for arm in CASE.arms}
COHORT_COLOURS = {cohort.id: PALETTE[cohort.colour] for cohort in CASE.cohorts}
COHORT_DASHES = {cohort.id: list(cohort.dash) for cohort in CASE.cohorts}
COHORT_SHAPES = {cohort.id: cohort.shape for cohort in CASE.cohorts}

FONT = "Vurdering Sans"
# unquoted: a name with a bare digit would void the list, in CSS and in the converter
FONT_STACK = f"{FONT}, Helvetica Neue, Arial, sans-serif"


@alt.theme.register("assessment", enable=True)
def _theme() -> alt.theme.ThemeConfig:
    text = {
        "labelFont": FONT_STACK,
        "titleFont": FONT_STACK,
        "labelFontSize": 13,
        "titleFontSize": 13,
        "labelColor": INK,
        "titleColor": INK,
        "titleFontWeight": 600,
    }
    # Any: altair's type of a configuration knows neither a missing background nor merged parts
    config: Any = {
        "background": None,
        "font": FONT_STACK,
        "view": {"stroke": None},
        "axis": (
            text
            | {
                "gridColor": GRID,
                "domainColor": MUTED,
                "tickColor": MUTED,
                "labelLimit": 320,
                "titlePadding": 10,
            }
        ),
        "axisY": {"grid": False, "domain": False, "ticks": False},
        "legend": text | {"orient": "top", "symbolStrokeWidth": 2, "titleFontWeight": 600},
        "header": text,
        "title": {
            "font": FONT_STACK,
            "fontSize": 14,
            "fontWeight": 600,
            "color": INK,
            "anchor": "start",
            "subtitleFont": FONT_STACK,
            "subtitleColor": MUTED,
            "subtitleFontSize": 13,
        },
        "text": {"font": FONT_STACK, "fontSize": 13, "color": INK},
        "line": {"strokeWidth": 2.2},
        "point": {"filled": True, "size": 70},
        "rule": {"color": INK},
        "range": {"category": CATEGORICAL},
        "locale": {
            "number": {
                "decimal": words.DECIMAL_MARK,
                "thousands": words.THOUSANDS_MARK,
                "grouping": [3],
                "currency": ["", "\u00a0kr"],
            }
        },
    }
    return {"config": config}


PLAIN, NO_NUMBER = {str, float, int, bool, type(None)}, (float("inf"), float("-inf"))


def rows(data) -> dict:
    """A data frame as Vega's rows, no number for NaN and infinity: as Altair's own conversion,
    which copies every column several times.
    """
    if not isinstance(data, pd.DataFrame):
        return alt.to_values(data)
    columns = [data[c].tolist() for c in data.columns]
    if (
        not all(isinstance(c, str) for c in data.columns)
        or not {type(v) for column in columns for v in column} <= PLAIN
    ):
        return alt.to_values(data)
    columns = [[None if v in NO_NUMBER or v != v else v for v in column] for column in columns]
    return {"values": [dict(zip(data.columns, row)) for row in zip(*columns)]}


alt.data_transformers.register("assessment", rows)
alt.data_transformers.enable("assessment")


def arm_scale(field: str, domain: tuple[str, ...] = CASE.arm_ids(), legend=None) -> alt.Color:
    """Colour channel for trial arms, the same in every figure."""
    return alt.Color(
        field,
        scale=alt.Scale(domain=list(domain), range=[ARM_COLOURS[a] for a in domain]),
        legend=legend,
    )


def luminance(colour: str) -> float:
    """Relative luminance of a colour '#rrggbb', 0 to 1, as WCAG 2.2 defines it."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    return sum(
        w * (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4)
        for w, p in zip((0.2126, 0.7152, 0.0722), parts)
    )


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21, as WCAG 2.2 defines it."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def least_contrast(names: tuple[str, ...]) -> float:
    """The lowest contrast of these colours with the page, over light and dark pages."""
    return min(
        contrast(palette[name], palette["background"])
        for palette in (PALETTE, DARK_PALETTE)
        for name in names
    )

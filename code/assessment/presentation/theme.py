"""One visual language for every figure: colours, arm styles, type, and the Altair theme that applies them."""

from __future__ import annotations

import altair as alt

from . import words

# Okabe–Ito hues, darkened where needed to keep 3:1 against white. The site swaps these very strings for CSS variables
# in dark mode (see book/assets/book.css), so a chart must use them literally.
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
BACKGROUND = "#ffffff"
PALETTE = {"ink": INK, "muted": MUTED, "grid": GRID, "blue": BLUE, "orange": ORANGE, "green": GREEN, "purple": PURPLE,
           "sky": SKY, "gold": GOLD, "grey": GREY, "wash": WASH, "background": BACKGROUND}
CATEGORICAL = [BLUE, ORANGE, GREEN, PURPLE, GOLD, SKY]

# The same arm has the same colour, dash and shape in every figure, and can be told apart without the colour.
ARM_COLOURS = {"cabozantinib": BLUE, "placebo": ORANGE}
ARM_DASHES = {"cabozantinib": [1, 0], "placebo": [6, 3]}
ARM_SHAPES = {"cabozantinib": "circle", "placebo": "square"}

FONT = "Vurdering Sans"
FONT_STACK = f"{FONT}, Helvetica Neue, Arial, sans-serif"  # unquoted: a name with a bare digit would void the list, in CSS and in the converter


@alt.theme.register("assessment", enable=True)
def _theme() -> alt.theme.ThemeConfig:
    text = {"labelFont": FONT_STACK, "titleFont": FONT_STACK, "labelFontSize": 13, "titleFontSize": 13, "labelColor": INK, "titleColor": INK, "titleFontWeight": 600}
    return {"config": {
        "background": None,
        "font": FONT_STACK,
        "view": {"stroke": None},
        "axis": text | {"gridColor": GRID, "domainColor": MUTED, "tickColor": MUTED, "labelLimit": 320, "titlePadding": 10},
        "axisY": {"grid": False, "domain": False, "ticks": False},
        "legend": text | {"orient": "top", "symbolStrokeWidth": 2, "titleFontWeight": 600},
        "header": text,
        "title": {"font": FONT_STACK, "fontSize": 14, "fontWeight": 600, "color": INK, "anchor": "start", "subtitleFont": FONT_STACK, "subtitleColor": MUTED, "subtitleFontSize": 13},
        "text": {"font": FONT_STACK, "fontSize": 13, "color": INK},
        "line": {"strokeWidth": 2.2}, "point": {"filled": True, "size": 70}, "rule": {"color": INK},
        "range": {"category": CATEGORICAL},
        "locale": {"number": {"decimal": words.DECIMAL_MARK, "thousands": words.THOUSANDS_MARK, "grouping": [3], "currency": ["", "\u00a0kr"]}},
    }}


def arm_scale(field: str, domain: tuple[str, ...] = ("cabozantinib", "placebo"), legend=None) -> alt.Color:
    """Colour channel for trial arms, the same in every figure."""
    return alt.Color(field, scale=alt.Scale(domain=list(domain), range=[ARM_COLOURS[a] for a in domain]), legend=legend)

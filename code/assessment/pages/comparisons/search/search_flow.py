"""The search for trials as a flow chart: found, left out by reason, kept."""

from __future__ import annotations

import altair as alt
import pandas as pd

from assessment.pages.comparisons.search.search_counts import SearchCounts, search_counts
from assessment.pages.comparisons.search.search_words import JOINS, REASONS
from assessment.presentation import numbers, theme
from assessment.presentation.language import _, ngettext
from assessment.presentation.show import Figure

LINE, PAD, GAP = 21, 12, 26  # height of a line of words, room in a box and between boxes, pixels


def _count(words: str, trials: int) -> str:
    return _("{words}: {trials}").format(words=words, trials=numbers.number(trials))


def _boxes(counts: SearchCounts) -> list[tuple[str, list[str], str]]:
    """(heading, lines, kind of box) from top to bottom."""
    left_out = sum(counts.out.values())
    return [
        (
            _("Searched"),
            [
                _("{searches} searches, {hits} hits").format(
                    searches=numbers.number(counts.searches), hits=numbers.number(counts.hits)
                )
            ],
            "plain",
        ),
        (
            ngettext("{n} randomised trial found", "{n} randomised trials found", counts.found)
            .format(n=numbers.number(counts.found)),
            [],
            "plain",
        ),
        (
            _("{n} left out").format(n=numbers.number(left_out)),
            [_count(REASONS[reason], n) for reason, n in counts.out.items()],
            "out",
        ),
        (
            _("{n} in the network").format(n=numbers.number(counts.kept)),
            [_("CABINET itself"), *(_count(JOINS[how], n) for how, n in counts.joined.items())],
            "in",
        ),
    ]  # fmt: skip


def _places(
    boxes: list[tuple[str, list[str], str]], width: int
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Boxes and lines of words with their places; the box of trials left out is set in."""
    drawn, words, top = [], [], 0.0
    for heading, lines, kind in boxes:
        left = 36.0 if kind == "out" else 0.0
        bottom = top + 2 * PAD + LINE * (1 + len(lines)) - 6
        drawn.append({"x": left, "x2": float(width), "y": top, "y2": bottom, "kind": kind})
        for i, text in enumerate([heading, *lines]):
            place = {"x": left + PAD, "y": top + PAD + LINE * i + 8}
            words.append(place | {"text": text, "heading": not i})
        top = bottom + GAP
    return pd.DataFrame(drawn), pd.DataFrame(words)


def _draw(width: int) -> alt.LayerChart | alt.FacetChart:
    boxes, words = _places(_boxes(search_counts()), width)
    height = float(boxes["y2"].max())
    across = alt.Scale(domain=[-2, width + 2], nice=False, zero=False)
    down = alt.Scale(domain=[height + 2, -2], nice=False, zero=False)
    x, y = alt.X("x:Q", axis=None, scale=across), alt.Y("y:Q", axis=None, scale=down)
    stem = pd.DataFrame({"x": [18.0], "y": [0.0], "y2": [height - 10]})
    strokes = {"plain": theme.MUTED, "out": theme.GREY, "in": theme.INK}
    layers = [
        alt.Chart(stem).mark_rule(color=theme.MUTED, strokeWidth=1.5).encode(x=x, y=y, y2="y2:Q")
    ]
    layers += [
        alt.Chart(boxes[boxes["kind"] == kind])
        .mark_rect(stroke=stroke, fill=theme.BACKGROUND, strokeWidth=1.5, cornerRadius=3)
        .encode(x=x, y=y, x2="x2:Q", y2="y2:Q")
        for kind, stroke in strokes.items()
    ]
    for heading, part in words.groupby("heading"):
        text = alt.Chart(part).mark_text(
            align="left",
            baseline="middle",
            fontSize=13,
            fontWeight=600 if heading else 400,
            color=theme.INK,
        )
        layers.append(text.encode(x=x, y=y, text="text:N"))
    return alt.layer(*layers).properties(width=width - 14, height=height)


def search_flow() -> Figure:
    """Trials found, left out by reason, and kept, with how they join."""
    counts = search_counts()
    reasons = {_("in the network"): counts.kept} | {REASONS[r]: n for r, n in counts.out.items()}
    table = pd.DataFrame(
        {_("What became of it"): list(reasons), _("Trials"): list(reasons.values())}
    )
    return Figure(
        _draw,
        _(
            "Flow chart of the search: {found} randomised trials found, {kept} in the network;"
            " the others are left out, the largest group being: {reason} ({n})."
        ).format(
            found=numbers.number(counts.found),
            kept=numbers.number(counts.kept),
            reason=REASONS[max(counts.out, key=lambda r: counts.out[r])],
            n=numbers.number(max(counts.out.values())),
        ),
        table,
        "trial-search",
        note=_(
            "A trial that could be left out for several reasons is counted under the one that stands"
            " first in the chart. Hits count a page again each time it came back."
        ),
    )

"""A hundred people of each arm as dots: in how many the tumour shrank, and how many were harmed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import altair as alt
import pandas as pd

from assessment.case.definition import load_case
from assessment.evidence import Fact, load_facts
from assessment.presentation import numbers, theme
from assessment.presentation.language import _
from assessment.presentation.show import Figure, ref

# What is counted, and the fact that counts it in a cohort and arm, of a hundred.
COUNTED = (
    (_("The tumour became clearly smaller"), "cabinet.response.{cohort}.{arm}.rate"),
    (_("Something severe happened to them"), "cabinet.safety.grade3plus.{cohort}.{arm}.rate"),
)
A_ROW, ROWS = 10, 10  # of dots
STEP, DOT = 13, 9  # pixels from dot to dot, and across one
GRID = STEP * (A_ROW - 1)  # pixels from the first dot of a row to the last
HEAD, FOOT, BETWEEN = 46, 26, 34  # pixels above the dots, below them, and to the next block
LEFT = DOT  # pixels before the first dot
# Words above and below the dots, by what they say.
LOOKS: dict[str, dict[str, Any]] = {
    "head": {"fontWeight": 600, "fontSize": 14},
    "cohort": {"color": theme.MUTED},
    "count": {"fontWeight": 600},
}


class Block(NamedTuple):
    """One outcome in one cohort: what was counted, the cohort, and the fact of each arm by id."""

    outcome: str
    cohort: str
    counts: dict[str, Fact]


def hundred_people() -> Figure:
    """Of a hundred people of each arm: in how many the tumour shrank, and to how many something
    severe happened.
    """
    blocks = _blocks()
    facts = [fact for block in blocks for fact in block.counts.values()]
    return Figure(
        lambda width: _draw(blocks, width),
        _alternative(blocks),
        _table(blocks),
        "hundred-people",
        sources=tuple(dict.fromkeys(fact.source for fact in facts if fact.source)),
        note=_("Each dot is one of a hundred people; a coloured dot is one of those counted."),
    )


def _blocks() -> list[Block]:
    facts, case = load_facts(), load_case()
    return [
        Block(
            outcome,
            cohort.label,
            {arm.id: facts[name.format(cohort=cohort.id, arm=arm.id)] for arm in case.arms},
        )
        for outcome, name in COUNTED
        for cohort in case.cohorts
    ]


def _alternative(blocks: list[Block]) -> str:
    """Every count in words."""
    arms = load_case().arms
    said = [
        _("{outcome}, {cohort}: {treated} with {drug}, {control} with {other}.").format(
            outcome=block.outcome,
            cohort=block.cohort,
            treated=numbers.number(block.counts[arms[0].id].number),
            drug=arms[0].label,
            control=numbers.number(block.counts[arms[1].id].number),
            other=arms[1].label,
        )
        for block in blocks
    ]
    return " ".join([_("Groups of a hundred dots, one for each person."), *said])


def _table(blocks: list[Block]) -> pd.DataFrame:
    rows = [
        {_("Of a hundred people"): block.outcome, _("Group"): block.cohort}
        | {arm.label: ref(block.counts[arm.id], "bare") for arm in load_case().arms}
        for block in blocks
    ]
    return pd.DataFrame(rows)


def _draw(blocks: list[Block], width: int) -> alt.TopLevelMixin:
    """Blocks beside each other on a page, below each other on a phone; two groups of dots in each."""
    beside = 2 if width > 500 else 1
    high = HEAD + STEP * ROWS + FOOT
    apart = high + BETWEEN
    lines: list[dict] = []
    words: list[dict] = []
    for i, block in enumerate(blocks):
        left, top = LEFT + (i % beside) * (width / beside), (i // beside) * apart
        words += [
            _word(left - DOT / 2, top + 8, block.outcome, "head"),
            _word(left - DOT / 2, top + 26, block.cohort, "cohort"),
        ]
        for k, arm in enumerate(load_case().arms):
            x = left + k * (GRID + STEP * 2.5)
            count = round(block.counts[arm.id].number)
            lines += _rows_of_dots(x, top + HEAD, count, arm.id)
            said = _("{drug}: {n}").format(drug=arm.label, n=numbers.number(count))
            words.append(_word(x - DOT / 2, top + HEAD + STEP * ROWS + 8, said, "count"))
    height = apart * (len(blocks) // beside) - BETWEEN
    return _picture(pd.DataFrame(lines), pd.DataFrame(words), width - 10, height)


def _word(x: float, y: float, text: str, kind: str) -> dict:
    return {"x": x, "y": y, "text": text, "kind": kind}


def _rows_of_dots(left: float, top: float, count: int, arm: str) -> Iterator[dict]:
    """A line for each run of dots of one colour: the first ``count`` of the arm's, the rest grey."""
    for row in range(ROWS):
        counted = min(max(count - row * A_ROW, 0), A_ROW)
        for first, last, colour in ((0, counted, arm), (counted, A_ROW, "")):
            if last > first:
                yield {
                    "x": left + first * STEP,
                    # a little longer, so that the last dot is drawn
                    "x2": left + (last - 1) * STEP + 0.5,
                    "y": top + row * STEP,
                    "arm": colour,
                }


def _picture(
    lines: pd.DataFrame, words: pd.DataFrame, width: int, height: float
) -> alt.TopLevelMixin:
    """Lines of round dashes, which are dots, and the words around them; all in pixels."""
    x = alt.Scale(domain=[0, width], range=[0, width], nice=False, zero=False)
    y = alt.Scale(domain=[0, height], range=[0, height], nice=False, zero=False)
    across, down = alt.X("x:Q", scale=x, axis=None), alt.Y("y:Q", scale=y, axis=None)
    colours = alt.Scale(
        domain=[*theme.ARM_COLOURS, ""], range=[*theme.ARM_COLOURS.values(), theme.GRID]
    )
    dots = (
        alt.Chart(lines)
        .mark_rule(strokeWidth=DOT, strokeCap="round", strokeDash=[0, STEP])
        .encode(x=across, x2="x2:Q", y=down, color=alt.Color("arm:N", scale=colours, legend=None))
    )
    base = alt.Chart(words).encode(x=across, y=down, text="text:N")
    texts = [
        base.transform_filter(f"datum.kind === '{kind}'").mark_text(align="left", **look)
        for kind, look in LOOKS.items()
    ]
    return alt.layer(dots, *texts).properties(width=width, height=height)

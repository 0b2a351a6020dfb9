"""What a colour means, in every figure alike. A figure takes its colours from here, by meaning.

========================  ===================================================================
What a mark stands for    Its colour
========================  ===================================================================
an arm of a trial         ``theme.ARM_COLOURS[arm]`` with its dash and shape; nothing else
a cohort                  ``theme.COHORT_COLOURS[cohort]`` with its dash and shape; nothing else
the one series shown      ``MAIN``; a second one ``SECOND``, told apart by dash or shape as well
states, kinds of cost,    ``ramp(n)``, from dark to light in the order of the legend; from the
grades, a sequence        fourth step on with a line around it (``OUTLINE``)
what asks for care        ``ATTENTION``: an assumption, a serious doubt, something not found
status of a fact          ``STATUS_COLOURS``, with the shapes of the marks behind numbers
words on a coloured mark  ``text_on(colour)``, or ``words_on`` where colours differ by row
reference lines, limits   ``theme.MUTED`` or ``theme.GREY``, dashed; names of lines ``theme.MUTED``
emphasis                  ``theme.INK`` and a bolder type
========================  ===================================================================

The hues of ``theme`` (``BLUE``, ``GREEN`` and so on) belong to whatever arm or cohort
``data/case.csv`` gives them to; no figure names them.
"""

from __future__ import annotations

import json
from typing import Any

import altair as alt

from assessment.presentation import theme

# from dark to light on a light page, from light to dark on a dark one
RAMP = tuple(theme.PALETTE[f"step{n}"] for n in range(1, 6))
DISTINCT = 3  # steps that stand out from the page by three to one, without a line around them
MAIN, SECOND, PALE = RAMP[0], RAMP[2], RAMP[4]
OUTLINE = theme.GREY
ATTENTION = theme.GOLD
# read by us, read elsewhere, computed: steps of the ramp; what nobody has printed: the one hue
STATUS_COLOURS = {
    "verified": RAMP[0],
    "copy": RAMP[0],
    "secondary": RAMP[1],
    "derived": RAMP[2],
    "assumption": ATTENTION,
    "unknown": ATTENTION,
}


def ramp(steps: int) -> list[str]:
    """Colours of ``steps`` ordered things, dark first; two or three of them need no line around.

    Raises ValueError beyond six: so many shades cannot be told apart.
    """
    if steps <= DISTINCT:
        return list({1: RAMP[:1], 2: (MAIN, SECOND), 3: RAMP[:3]}[steps])
    if steps > len(RAMP) + 1:
        raise ValueError(f"{steps} shades cannot be told apart; group them, or use panels")
    return [*RAMP, theme.BACKGROUND][:steps]


def text_on(colour: str) -> str:
    """The colour of words on a mark: the page's on the first two steps and on hues, ink on pale."""
    pale = {*RAMP[2:], theme.WASH, theme.GRID, theme.BACKGROUND}
    return theme.INK if colour in pale else theme.BACKGROUND


def words_on(field: str, colours: dict[str, str]) -> Any:
    """The colour channel of words on marks that are coloured by ``field``: ``colours`` by value."""
    dark = [name for name, colour in colours.items() if text_on(colour) == theme.BACKGROUND]
    test = f"indexof({json.dumps(dark, ensure_ascii=False)}, datum.{field}) >= 0"
    return alt.condition(test, alt.value(theme.BACKGROUND), alt.value(theme.INK))

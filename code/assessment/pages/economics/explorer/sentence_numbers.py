"""Numbers that a reader can move in a sentence of any chapter, and the numbers that follow them.

A chapter glues ``sentence_texts()`` and writes {glue:text}`moves.price_per_pack_nok` where the reader is to
move a value and {glue:text}`follows.icer.<cohort>` where a result follows it. In print and without a
script both are plain numbers of the base case; the explorer, if the page has one, moves with them.
"""

from __future__ import annotations

from assessment.case.model import runs
from assessment.case.model.inputs.model_inputs import COHORTS
from assessment.evidence.provenance.traced_text import computed
from assessment.pages.economics.explorer.explorer_answers import answers
from assessment.pages.economics.explorer.explorer_content import sliders
from assessment.pages.economics.explorer.explorer_words import WORDS
from assessment.presentation import numbers
from assessment.presentation.glue_keys import qualified
from assessment.presentation.icer_format import format_icer


@computed
def sentence_texts() -> dict[str, str]:
    """The base case's values under the keys ``moves.<input>`` and ``follows.<result>.<cohort>``; only
    inputs with one value for all cohorts can be moved.
    """
    glued: dict[str, str] = {}
    first, *others = (sliders(cohort) for cohort in COHORTS)
    for name, slider in first.items():
        if all(other[name]["base"] == slider["base"] for other in others):
            glued |= qualified({"moves": numbers.number(slider["base"], decimals(name))}, name)
    for cohort in COHORTS:
        # a sentence says in its own words where a ratio says little
        told = answers(cohort) | {"icer": format_icer(runs.base(cohort).increment)}
        for name, text in told.items():
            glued |= qualified({"follows": text}, name, cohort)
    return glued


def decimals(name: str) -> int:
    """Decimals of a slider's position; the script has the same."""
    return int(WORDS["decimals"][name])

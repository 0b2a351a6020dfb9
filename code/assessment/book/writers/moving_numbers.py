"""Numbers that a reader can move in a sentence: which computed numbers they are, by the key they are
glued under, and what the page's script needs to know of them.
"""

from __future__ import annotations

from html import escape

from assessment.book.writers.fetched_scripts import FETCHED, scripts, top_of_site
from assessment.presentation.glue_keys import MARK

MOVES, FOLLOWS = "moves", "follows"  # moves.<input>, follows.<result>.<cohort>
MODEL = f"{FETCHED}/explorer-1.js"  # the explorer's data, which its page writes


def moving(visitor, key: str, html: str) -> str:
    """A computed number's HTML, marked for the script where its key says that it moves or follows."""
    stem, *names = key.split(MARK)
    if stem == MOVES and len(names) == 1:
        told = f'data-moves="{escape(names[0])}" data-from="{top_of_site(visitor)}{MODEL}"'
    elif stem == FOLLOWS and len(names) == 2:
        told = f'data-follows="{escape(names[0])}" data-cohort="{escape(names[1])}"'
    else:
        return html
    known = getattr(visitor, "_assessment_moving", False)
    visitor._assessment_moving = True
    code = "" if known else scripts(visitor, "explorer_sums", "moved_numbers")
    return f'<span class="{stem}" {told}>{html}</span>{code}'

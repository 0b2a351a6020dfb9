"""What each page shows that other pages, the search and the page's status name; kept with the
environment.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class PageShown:
    """``figures``: name, caption and id of each; ``origins``: as notebook outputs carry them;
    ``facts``: ids of those named, listed or computed with, in one order: its text is compared.
    """

    figures: tuple[tuple[str, str, str], ...]
    origins: tuple[dict, ...]
    facts: tuple[str, ...] = ()


def shown_on(env) -> dict[str, PageShown]:
    """What each page read so far shows, by page."""
    if not hasattr(env, "assessment_shown"):
        env.assessment_shown = {}
    return env.assessment_shown

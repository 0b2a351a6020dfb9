"""How many trials the search found, and what became of them."""

from __future__ import annotations

from dataclasses import dataclass

from assessment.case.trial.trial import CASE
from assessment.evidence import load_register
from assessment.pages.comparisons.search.search_words import IN, JOINS, REASONS
from assessment.presentation.frame_rows import frame_rows


@dataclass(frozen=True)
class SearchCounts:
    """searches: made; hits: pages and trials that came back, repeats counted each time; found:
    different trials; out: reason → trials; joined: how → trials in the network, the one assessed
    left aside; kept: trials in the network; first_year: of the earliest result.
    """

    searches: int
    hits: int
    found: int
    out: dict[str, int]
    joined: dict[str, int]
    kept: int
    first_year: int


def search_counts() -> SearchCounts:
    """Counts from the registers of searches, of trials found and of the network."""
    searches, trials = load_register("trial-searches"), load_register("trials-found")
    state = trials["state"]
    by_trial = {r.trial: r.connects for r in frame_rows(load_register("network"))}
    kept = [t for t in trials.loc[state == IN, "trial"] if t != CASE.trial.label]
    return SearchCounts(
        len(searches),
        int(searches["hits"].sum()),
        len(trials),
        {reason: int((state == reason).sum()) for reason in REASONS},
        {how: sum(by_trial[t] == how for t in kept) for how in JOINS},
        len(kept) + 1,
        int(trials["year"].min()),
    )

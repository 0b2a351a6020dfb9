"""Words, horizons and texts of the calibrated curves."""

from __future__ import annotations

from functools import lru_cache

import altair as alt
import numpy as np

from assessment.case.definition import load_case
from assessment.case.trial.trial import COHORTS
from assessment.case.trial.trial_curves import Curves, curves
from assessment.pages.trial_evidence.effect_words import WORDS as TRIAL
from assessment.presentation import numbers, theme

WORDS = {
    "route": {
        "calibrated": "Calibrated to published summaries, not digitised",
        "digitised": "Rebuilt from the digitised curve",
    },
    "tag": ", digitised",
    "free": {"pfs": "Alive without progression", "os": "Alive"},
    "expected": {
        "pfs": "Expected without progression, were all followed",
        "os": "Expected alive, were all followed",
    },
    "at_risk": "At risk, as printed",
    "unpublished": "later: not published",
    "months": "Months since randomisation",
    "months_short": "Months",
    "ends": {"pfs": "PFS", "os": "OS"},
    "known": {
        "n": "sizes",
        "median": "medians",
        "lo": "intervals of medians",
        "hr": "hazard ratio",
        "events": "events",
        "followup": "follow-up",
    },
    "groups": COHORTS | TRIAL["subgroups"],
    "pulled": "Pulled: by more than {share}\u00a0%, our limit",
    "too_little": "no curve: no time is printed",
    "of": {"trial": "in this trial", "population": "in all such patients"},
    "agree": "no contradiction found",
    "nothing": "nothing found",
    "checked": {"t": "first curve", "c": "second curve", "difference": "difference"},
    "none": "none",
    "governments": (
        ". Governments are counted in whole years and end at elections, which no smooth curve"
        " follows"
    ),
}


HORIZON = {"pfs": 24, "os": 48}


STEP = {"pfs": {True: 3, False: 6}, "os": {True: 6, False: 12}}


LANDMARK = {"pfs": 12, "os": 24}


RMST_AT = 24


SOURCES = {s.id: s.source for s in load_case().divisions}


def found(endpoint: str, group: str, analysis_set: str = "publication") -> Curves | None:
    """The curves, or None when too little is printed for any."""
    try:
        return curves(endpoint, group, analysis_set)
    except ValueError as reason:
        if "too little is printed" in str(reason):
            return None
        raise


def route_title(shown: list[Curves], more: str = "") -> alt.Title:
    """The line that stands in every picture and says where its curves come from; ``more``: a second
    line.
    """
    said = [*dict.fromkeys(WORDS["route"][c.route] for c in shown), *([more] if more else [])]
    return alt.Title(said, fontSize=12, fontWeight=400, color=theme.MUTED)


def tag(c: Curves) -> str:
    return "" if c.route == "calibrated" else WORDS["tag"]


def landmark_text(c: Curves, arm: str, month: float | None = None) -> str:
    """Share of all such patients without the event at a month (default: the endpoint's landmark)
    with its 95 % interval, as text.
    """
    return share_texts(c, arm, (LANDMARK[c.endpoint] if month is None else month,))[0]


@lru_cache(maxsize=256)
def share_texts(c: Curves, arm: str, months: tuple, of: str = "population") -> list[str]:
    """Share without the event at each month with its 95 % interval, as text."""
    return [
        f"{numbers.number(m)}\u00a0% ({numbers.interval(low, high, 0)})"
        for low, m, high in 100 * np.array(c.band(np.array(months, float), arm, of)).T
    ]


@lru_cache(maxsize=64)
def gain_text(c: Curves, horizon: float = RMST_AT) -> str:
    """Months gained up to ``horizon``, middle and 95 % interval, as text with a sign where below
    zero.
    """
    low, middle, high = np.nanquantile(
        c.rmst_difference(np.linspace(0, horizon, 97))[:, -1], [0.025, 0.5, 0.975]
    )
    between = (
        f"{numbers.number(low, 1)} to {numbers.number(high, 1)}"
        if low < 0
        else numbers.interval(low, high)
    )
    return f"{numbers.number(middle, 1)} ({between})"

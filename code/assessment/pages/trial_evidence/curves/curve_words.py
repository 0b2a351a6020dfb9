"""Words, horizons and texts of the calibrated curves."""

from __future__ import annotations

from functools import lru_cache

import altair as alt
import numpy as np

from assessment.case.trial.trial import BASE_SET, COHORTS
from assessment.case.trial.trial_curves import Curves, curves
from assessment.pages.trial_evidence.shared.trial_words import some
from assessment.presentation import numbers, theme
from assessment.presentation.language import _

ENDS = {"pfs": _("PFS"), "os": _("OS")}
ROUTES = {
    "calibrated": _("Calibrated to published summaries, not digitised"),
    "digitised": _("Rebuilt from the digitised curve"),
}
EVENT_FREE = {"pfs": _("Alive without progression"), "os": _("Alive")}
# whose curve a band is about
BANDS = {"trial": _("in this trial"), "population": _("in all such patients")}
MONTHS = _("Months since randomisation")
MONTHS_SHORT = _("Months")
TOO_LITTLE = _("no curve: no time is printed")
HORIZON = {"pfs": 24, "os": 48}  # months drawn
STEP = {"pfs": {True: 3, False: 6}, "os": {True: 6, False: 12}}  # months between ticks, if wide
OUTLINED = ("os",)  # endpoints whose arms lie on each other: bands as outlines
LANDMARK = {"pfs": 12, "os": 24}  # months at which shares are told
RMST_AT = 24  # months up to which gains are told


def found(endpoint: str, group: str, analysis_set: str = BASE_SET) -> Curves | None:
    """The curves, or None when too little is printed for any."""
    try:
        return curves(endpoint, group, analysis_set)
    except ValueError as reason:
        if "too little is printed" in str(reason):
            return None
        raise


def shown_curves(endpoint: str) -> list[Curves]:
    """The base set's curves of 'pfs' or 'os' in each cohort in which enough is printed for one.

    Raises LookupError where there is none in any cohort.
    """
    shown = [c for cohort in COHORTS if (c := found(endpoint, cohort)) is not None]
    return some(shown, f"{endpoint}.<cohort>.<arm>.median")


def both_endpoints() -> dict[tuple[str, str], Curves]:
    """{(endpoint, cohort): curves} of the base set, wherever enough is printed for them.

    Raises LookupError where nothing is.
    """
    pairs = [(endpoint, cohort) for endpoint in ENDS for cohort in COHORTS]
    shown = {pair: c for pair in pairs if (c := found(*pair)) is not None}
    some(list(shown), "<endpoint>.<cohort>.<arm>.median")
    return shown


def route_title(shown: list[Curves], more: str = "") -> alt.Title:
    """The line that stands in every picture and says where its curves come from; ``more``: a second
    line.
    """
    lines = [*dict.fromkeys(ROUTES[c.route] for c in shown)]
    if more:
        lines.append(more)
    return alt.Title(lines, fontSize=12, fontWeight=400, color=theme.MUTED)


def with_route(title: str, c: Curves) -> str:
    """The title of a panel; it says so where the curve was digitised."""
    return title if c.route == "calibrated" else _("{title}, digitised").format(title=title)


def landmark_text(c: Curves, arm: str, month: float | None = None) -> str:
    """Share of all such patients without the event at a month (default: the endpoint's landmark)
    with its 95 % interval, as text.
    """
    return share_texts(c, arm, (LANDMARK[c.endpoint] if month is None else month,))[0]


@lru_cache(maxsize=256)
def share_texts(
    c: Curves, arm: str, months: tuple[float, ...], of: str = "population"
) -> list[str]:
    """Share without the event at each month with its 95 % interval, as text."""
    return [
        f"{numbers.number(middle)}\u00a0% ({numbers.interval(low, high, 0)})"
        for low, middle, high in 100 * np.array(c.band(np.array(months, float), arm, of)).T
    ]


@lru_cache(maxsize=64)
def gain_text(c: Curves, horizon: float = RMST_AT) -> str:
    """Months gained up to ``horizon``, middle and 95 % interval, as text with a sign where below
    zero.
    """
    gained = c.rmst_difference(np.linspace(0, horizon, 97))[:, -1]
    low, middle, high = np.nanquantile(gained, [0.025, 0.5, 0.975])
    between = (
        _("{low} to {high}").format(low=numbers.number(low, 1), high=numbers.number(high, 1))
        if low < 0
        else numbers.interval(low, high)
    )
    return f"{numbers.number(middle, 1)} ({between})"

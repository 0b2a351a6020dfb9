"""Printed numbers as functions of a trial's own curves, linear in its scatter around the smooth
ones."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from assessment.survival.calibration.printed_summaries import Summaries
from assessment.survival.distributions.special_functions import Z_975

# A printed time is rounded: standard deviation of the cumulative hazard between it and the true one
# (twice that of three figures).
READING_SD = 0.006
# Ways to compute the limits of a median, and how likely each is where it is not said (assumption):
# the defaults of SAS since 2008 and of lifelines, of R, and of SAS before.
INTERVALS = {"log-log": 0.6, "log": 0.25, "plain": 0.15}
# Standard deviation of a count of events beyond chance and whole numbers, as a share of it
# (assumption): follow-up is not of the form assumed, or differs between the arms.
EVENTS_SD = 0.02
# Fewest patients at risk to divide by; where no more are expected the arms are not compared.
LEAST_AT_RISK = 0.7
PLACES = ((-1, "lower limit of the median"), (0, "median"), (1, "upper limit of the median"))
_ARMS = {"t": "treated", "c": "control"}


@dataclass(frozen=True, eq=False)
class ExpectedTrial:
    """What one arm's trial would show on average, on a grid of k times: each (size, k).

    hazard: increments of the cumulative hazard. left: patients expected at risk; at_risk: the same,
    at least LEAST_AT_RISK, to divide by. variance: of the trial's increments (Greenwood). levels:
    {place in PLACES: cumulative hazard (size,) of the trial's curve at the time printed for it}.
    log_skewness: (size,) what the skewness of the times to these levels adds to the log density.
    """

    hazard: np.ndarray
    left: np.ndarray
    at_risk: np.ndarray
    variance: np.ndarray
    levels: dict[int, np.ndarray]
    log_skewness: np.ndarray


class Row(NamedTuple):
    """One printed number, linear in the scatter.

    residual: (size,) printed minus expected. slack: its standard deviation beyond the scatter,
    (size,) or one for all. on_treated, on_control: (size, k) effect of each arm's hazard increments,
    those of the Nelson–Aalen curve on a common grid of k times; None: no effect.
    """

    name: str
    residual: np.ndarray
    slack: np.ndarray | float
    on_treated: np.ndarray | None
    on_control: np.ndarray | None


def times_read(marks: list[float | None]) -> list[tuple[int, float]]:
    """[(place, time)] of those of an arm's [lower limit, median, upper limit] that say something;
    place: index of PLACES.

    A limit equal to the median is the same step, not a further point.
    """
    return [
        (place, time)
        for place, time in enumerate(marks)
        if time is not None and (place == 1 or time != marks[1])
    ]


def place_on(t: np.ndarray, time: float) -> int:
    """Index of a time on the grid t (k,) that holds it."""
    return int(np.searchsorted(t, time * (1 - 1e-12)))


def level(place: int, sigma: np.ndarray, kind: np.ndarray) -> np.ndarray:
    """Cumulative hazard of the trial's curve where the median, or a limit of it, is read: (size,).

    place: index of PLACES. sigma: (size,) standard deviation of the cumulative hazard there. kind:
    (size,) index of INTERVALS.
    """
    side, middle = PLACES[place][0], np.full(sigma.size, np.log(2))
    if not side:
        return middle
    shift, log_log = Z_975 * sigma, middle
    for _ in range(12):
        log_log = np.log(2) * np.exp(side * np.minimum(shift / np.maximum(log_log, 0.05), 2.5))
    plain = -np.log(0.5 - side * np.minimum(0.5 * shift, 0.45))
    return np.choose(kind, [log_log, np.maximum(middle + side * shift, 0.03), plain])


def curve_rows(
    arm: str,
    t: np.ndarray,
    read: list[tuple[int, float]],
    trial: ExpectedTrial,
    rise: np.ndarray,
) -> list[Row]:
    """Median and its limits as points of the cumulative hazard: one Row each.

    read: from `times_read`. trial: the arm's ExpectedTrial. rise: (size, len(read)) of the cumulative
    hazard between two visits at each, 0 where events are seen as they happen.
    """
    h, v, rows = np.cumsum(trial.hazard, 1), np.cumsum(trial.variance, 1), []
    for (place, time), between in zip(read, rise.T, strict=True):
        side, name = PLACES[place]
        i = place_on(t, time)
        # The curve passes the level anywhere within one patient's step, or within a visit's; beyond
        # 10 nobody is left.
        slack = np.sqrt(
            READING_SD**2
            + 1 / (12 * trial.at_risk[:, i] ** 2)
            + 0.01 * v[:, i] * abs(side)
            + np.minimum(between, 10.0) ** 2 / 12
        )
        on = np.zeros((len(h), t.size))
        on[:, : i + 1] = 1.0
        rows.append(
            Row(
                f"{_ARMS[arm]} {name}",
                trial.levels[place] - h[:, i],
                slack,
                on if arm == "t" else None,
                on if arm == "c" else None,
            )
        )
    return rows


def hazard_ratio_rows(
    summaries: Summaries, trial: dict[str, ExpectedTrial], log_hr_slack: float
) -> list[Row]:
    """The Cox estimate as ratio of the arms' hazards, weighted as its score equation does: no row,
    or one. trial: {arm: ExpectedTrial}.
    """
    if not summaries.hr:
        return []
    treated, control = trial["t"], trial["c"]
    log_hr = np.zeros(len(treated.hazard))
    compared = (treated.at_risk > LEAST_AT_RISK) & (control.at_risk > LEAST_AT_RISK)
    both = np.where(compared, treated.at_risk * control.at_risk, 0.0)
    for _ in range(6):
        w = both / (treated.at_risk * np.exp(log_hr)[:, None] + control.at_risk)
        top, bottom = np.sum(w * treated.hazard, 1), np.sum(w * control.hazard, 1)
        log_hr = np.clip(np.log(np.maximum(top, 1e-12) / np.maximum(bottom, 1e-12)), -5, 5)
    return [
        Row(
            "hazard ratio",
            np.log(summaries.hr) - log_hr,
            log_hr_slack + 0.004 / summaries.hr,
            w / np.maximum(top, 1e-12)[:, None],
            -w / np.maximum(bottom, 1e-12)[:, None],
        )
    ]


def event_rows(
    summaries: Summaries,
    patients: dict[str, np.ndarray],
    trial: dict[str, ExpectedTrial],
    share_followed: np.ndarray,
) -> list[Row]:
    """Events per arm, else in all, else those behind the width of the hazard ratio's interval.

    patients: {arm: (size, 1)}. trial: {arm: ExpectedTrial}. share_followed: (size, k) that could be
    followed beyond each time.
    """
    counts = {a: expected_events(patients[a], trial[a].hazard, share_followed) for a in "tc"}
    expected, variance, on = ({a: c[i] for a, c in counts.items()} for i in range(3))
    rows: list[Row] = []
    for a in "tc":
        d = summaries.get("events", a)
        if d is not None:
            rows.append(
                Row(
                    f"events, {_ARMS[a]}",
                    d - expected[a],
                    np.sqrt(variance[a] + (EVENTS_SD * d) ** 2 + 1 / 12),
                    on[a] if a == "t" else None,
                    on[a] if a == "c" else None,
                )
            )
    if summaries.events is not None and not rows:
        rows.append(
            Row(
                "events",
                summaries.events - expected["t"] - expected["c"],
                np.sqrt(
                    variance["t"] + variance["c"] + (EVENTS_SD * summaries.events) ** 2 + 1 / 12
                ),
                on["t"],
                on["c"],
            )
        )
    if summaries.log_hr_se and not rows:
        se = np.sqrt(1 / expected["t"] + 1 / expected["c"])
        rows.append(
            Row(
                "width of the hazard ratio's interval",
                np.log(summaries.log_hr_se) - np.log(se),
                np.full(len(se), 0.08),
                None,
                None,
            )
        )
    return rows


def expected_events(
    n: np.ndarray, hazard: np.ndarray, g: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Events of n (size, 1) patients with hazard increments (size, k) when a share g (size, k)
    could be followed: the number expected (size,), its variance from whose follow-up happened to
    end when (size,), and its change with each increment (size, k)."""
    survival = np.exp(-np.cumsum(hazard, 1))
    first = np.ones((len(survival), 1))
    events = n * g * (np.concatenate([first, survival[:, :-1]], 1) - survival)
    # An increment of hazard at u moves all of the curve after it: d events = n [g(u) S(u) -
    # integral of S after u (-dg)].
    drop = np.concatenate([g[:, :-1] - g[:, 1:], g[:, -1:]], 1)
    on = n * np.cumsum((survival * drop)[:, ::-1], 1)[:, ::-1]
    # Kaplan-Meier of the follow-up scatters by Greenwood's variance, an increment at u moves the
    # events after it.
    later = np.cumsum(events[:, ::-1], 1)[:, ::-1] - events
    ending = np.concatenate([first, g[:, :-1]], 1) - g
    left = np.where(g > 1e-6, g, np.inf)
    variance = np.sum(later**2 * ending / left / np.maximum(n * survival * left, 0.5), 1)
    return np.maximum(events.sum(1), 0.5), variance, on

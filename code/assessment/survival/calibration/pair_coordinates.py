"""From coordinates, standard normal before the data (that of visits: given how printed times lie),
to candidate pairs of curves.

What is printed only says where to look: medians have a flat prior on the log scale, and patients
that are printed have no spread. Assumptions about shapes and follow-up stand in module `prior`,
those about visits in module `visit_schedule`.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from assessment.survival.calibration.candidate_pairs import LARGEST_CUMULATIVE, CandidatePairs
from assessment.survival.calibration.likelihood import times_read
from assessment.survival.calibration.printed_summaries import Summaries
from assessment.survival.calibration.prior import family_curve, follow_up_at, shapes_at
from assessment.survival.calibration.visit_schedule import interval_at, steeper
from assessment.survival.distributions.special_functions import Z_975

POINTS = 48
# Standard deviation of the log cumulative hazard at the follow-up in an arm that prints no median.
_LEVEL_SD = 0.6
# Coordinates of a pair.
FOLLOW, BEFORE, AFTER, POWER, SHAPE, STEP, Q, FIRST, SECOND, N_T, N_C, VISIT = range(12)
DIMENSIONS = VISIT + 1


class ArmKnown(NamedTuple):
    """What is printed of an arm says this much beforehand.

    patients: (number, spread of its log), spread 0 where printed. log_median: centre of the log
    median, None where nothing names it. spread: its standard deviation, of the log cumulative
    hazard at the follow-up where there is no centre. printed: whether the median is.
    """

    patients: tuple[float, float]
    log_median: float | None
    spread: float
    printed: bool


def candidates_at(
    family: str,
    summaries: Summaries,
    arms: dict[str, ArmKnown],
    coordinates: np.ndarray,
    visits: float | None,
) -> CandidatePairs:
    """The pairs of a family at coordinates (size, 12). arms: from `arms_of`; visits: time between
    them, 0 without, None if not known.
    """
    t, marks = _grid(summaries, arms)
    interval, late = _visits(summaries, marks, coordinates[:, VISIT], visits)
    if summaries.followup_median:
        follow = summaries.followup_median * np.exp(0.05 * coordinates[:, FOLLOW])
    else:
        latest = max(arm.log_median for arm in arms.values() if arm.log_median is not None)
        follow = np.exp(latest + 0.4 + 0.6 * coordinates[:, FOLLOW])
    patients = {}
    for arm, place in (("t", N_T), ("c", N_C)):
        n, n_sd = arms[arm].patients
        fewest = summaries.get("events", arm) or 1.0
        patients[arm] = np.maximum(n * np.exp(n_sd * coordinates[:, [place]]), fewest)
    control_shape, treated_shape, q = shapes_at(
        family,
        coordinates[:, [SHAPE, STEP, Q]],
        early=not any(arm.printed for arm in arms.values()),
        steeper=late,
    )
    shapes = {"c": control_shape, "t": treated_shape}
    curves, cumulative, log_median, reached = {}, {}, {}, None
    log_prior = np.zeros(len(coordinates))
    # a printed median first
    for arm, place in zip(sorted("ct", key=lambda a: not arms[a].printed), (FIRST, SECOND)):
        known, shape = arms[arm], shapes[arm]
        if known.printed:
            log_prior += coordinates[:, place] ** 2 / 2 + np.log(known.spread)  # flat
        deviation = known.spread * coordinates[:, place]
        if known.log_median is None:
            log_median[arm] = _unseen_median(
                summaries,
                family,
                (shape, q),
                arm,
                reached,
                follow,
                [n[:, 0] for n in patients.values()],
                deviation,
            )
        else:
            log_median[arm] = known.log_median + deviation
        curves[arm] = family_curve(family, np.exp(log_median[arm]), shape, q)
        cumulative[arm] = np.minimum(curves[arm].cumulative_hazard(t), LARGEST_CUMULATIVE)
        at = np.clip(np.searchsorted(t, follow), 0, t.size - 1)
        reached = cumulative[arm][np.arange(at.size), at]
    return CandidatePairs(
        t,
        marks,
        curves,
        cumulative,
        log_median,
        patients,
        follow_up_at(follow, coordinates[:, [BEFORE, AFTER, POWER]]),
        interval,
        log_prior,
    )


def _patients(summaries: Summaries) -> dict[str, tuple[float, float]]:
    """Per arm: (patients, spread of their log): spread 0 where printed, else a guess from what else
    is.
    """
    known = {arm: summaries.get("n", arm) for arm in "tc"}
    log_hr_se = summaries.log_hr_se
    total = summaries.total_events() or (4 / log_hr_se**2 if log_hr_se else None)
    guessed = {}
    for arm, other in ("tc", "ct"):
        own, others, events = known[arm], known[other], summaries.get("events", arm)
        if own:
            guessed[arm] = (own, 0.0)
        elif events:
            guessed[arm] = (events / 0.65, 0.3)
        elif others:
            guessed[arm] = (others, 0.2)
        else:
            guessed[arm] = (total / 2 / 0.65, 0.3) if total else (100.0, 0.7)
    return guessed


def arms_of(summaries: Summaries) -> dict[str, ArmKnown]:
    """What is known of each arm beforehand.

    Raises ValueError where nothing that is printed names a time.
    """
    n = _patients(summaries)
    medians: dict[str, tuple[float | None, float, bool]] = {}
    for arm in "tc":
        median, low, high = (summaries.get(name, arm) for name in ("median", "lo", "hi"))
        if median is not None and np.isfinite(median):
            sides = [
                abs(np.log(limit / median)) / Z_975
                for limit in (low, high)
                if limit and np.isfinite(limit) and limit != median
            ]
            by_size = max(1.6 / np.sqrt(n[arm][0]), 0.05)
            spread = np.clip(1.2 * max(sides), 0.03, 0.8) if sides else by_size
            medians[arm] = (np.log(median), spread, True)
    if not medians and not summaries.followup_median:
        lows = [low for low in (summaries.lo_t, summaries.lo_c) if low and np.isfinite(low)]
        if not lows:
            raise ValueError(
                "too little is printed: no time is known. Give at least one median, a limit of one,"
                " or the follow-up."
            )
        shift = np.log(summaries.hr) / 2 if summaries.hr else 0.0
        medians = {
            arm: (np.log(max(lows) * 1.5) + sign * shift, 0.7, False)
            for arm, sign in (("t", -1), ("c", 1))
        }
    return {arm: ArmKnown(n[arm], *medians.get(arm, (None, _LEVEL_SD, False))) for arm in "tc"}


def _unseen_median(
    summaries: Summaries,
    family: str,
    shapes: tuple[np.ndarray, np.ndarray | None],
    arm: str,
    reached: np.ndarray | None,
    follow: np.ndarray,
    patients: list[np.ndarray],
    deviation: np.ndarray,
) -> np.ndarray:
    """Log medians of an arm that prints none, from how far its curve has come at the follow-up.

    The log cumulative hazard there is centred on the arm's events, else on the other arm's curve
    times the hazard ratio, else on all events, else on one third with the event. So no family is
    favoured for where its median, never seen, would lie. reached: the other arm's cumulative hazard
    there, or None; deviation: from the centre, (size,). Returns (size,).
    """
    events, n, size = summaries.get("events", arm), summaries.get("n", arm), follow.size
    total = summaries.total_events()
    share: Any = None
    if events is not None and n:
        share = events / n
    elif reached is None and total:
        share = total / sum(patients)
    if share is not None:
        centre = np.log(-np.log1p(-np.clip(share, 0.02, 0.95)))
    elif reached is not None:
        direction = 1 if arm == "t" else -1
        log_hr = direction * np.log(summaries.hr) if summaries.hr else 0.0
        centre = np.log(np.maximum(reached, 1e-6)) + log_hr
    else:
        centre = np.log(-np.log(2 / 3))
    target = np.exp(centre + deviation)
    unit = family_curve(family, np.ones(size), *shapes)
    times = np.geomspace(0.01, 30, 80)
    hazard = np.log(np.maximum(unit.cumulative_hazard(times), 1e-300))
    i = np.clip((hazard < np.log(target)[:, None]).sum(1), 1, times.size - 1)
    row = np.arange(size)
    rise = np.maximum(hazard[row, i] - hazard[row, i - 1], 1e-12)
    part = np.clip((np.log(target) - hazard[row, i - 1]) / rise, 0, 1)
    return np.log(follow) - (np.log(times[i - 1]) + part * np.log(times[i] / times[i - 1]))


def _grid(
    summaries: Summaries, arms: dict[str, ArmKnown]
) -> tuple[np.ndarray, dict[str, list[float | None]]]:
    """Grid of times (k,), with every printed time on it, and those times of each arm."""
    centres = [arm.log_median for arm in arms.values() if arm.log_median is not None]
    longest = max((np.exp(centre) for centre in centres), default=0.0)
    printed = {a: [summaries.get(name, a) for name in ("lo", "median", "hi")] for a in "tc"}
    marks = {a: [x if x and np.isfinite(x) else None for x in m] for a, m in printed.items()}
    points = [x for m in marks.values() for x in m if x]
    ends = [2.5 * longest, *(1.05 * x for x in points)]
    follow = summaries.followup_median
    end = max([*ends, 2.5 * follow if follow else 3.5 * longest])
    even = end * (np.arange(1, POINTS + 1) / POINTS) ** 1.5
    return np.unique(np.concatenate([even, points])), marks


def _visits(
    summaries: Summaries,
    marks: dict[str, list[float | None]],
    coordinate: np.ndarray,
    visits: float | None,
) -> tuple[np.ndarray, np.ndarray]:
    """Time between visits (size,) and the rise of the log shape that it brings."""
    read = [[time for _, time in times_read(m)] for m in marks.values()]
    arms = [times for times in read if times]
    if not arms:
        return np.zeros(coordinate.size), np.zeros(coordinate.size)
    interval = (
        interval_at(coordinate, arms) if visits is None else np.full(coordinate.size, float(visits))
    )
    medians = [m for m in (summaries.median_t, summaries.median_c) if m and np.isfinite(m)]
    return interval, steeper(interval, min(medians, default=min(map(min, arms))))

"""From coordinates, standard normal before the data, to candidate pairs of curves."""

import numpy as np

from assessment.survival.calibration.candidate_pairs import Candidates
from assessment.survival.calibration.likelihood import times_read
from assessment.survival.calibration.prior import (
    curve,
    follow_up_at,
    shapes_at,
)
from assessment.survival.calibration.visit_schedule import interval_at, steeper
from assessment.survival.distributions.special_functions import Z_975

POINTS = 48
# Standard deviation of the log cumulative hazard at the follow-up in an arm that prints no median.
_LEVEL_SD = 0.6
# Coordinates of a pair.
FOLLOW, BEFORE, AFTER, POWER, SHAPE, STEP, Q, FIRST, SECOND, N_T, N_C, VISIT = range(12)
DIMENSIONS = VISIT + 1


def candidates_at(family, s, arms, z, visits) -> Candidates:
    """The pairs of a family at coordinates z (size, 12). s: Summaries; arms: from `arms_of`;
    visits: time between them, 0 without, None if not known.
    """
    t, marks = _grid(s, arms)
    interval, late = _visits(s, marks, z[:, VISIT], visits)
    if s.followup_median:
        follow = s.followup_median * np.exp(0.05 * z[:, FOLLOW])
    else:
        follow = np.exp(
            max(a[1] for a in arms.values() if a[1] is not None) + 0.4 + 0.6 * z[:, FOLLOW]
        )
    patients = {}
    for a, place in (("t", N_T), ("c", N_C)):
        n, n_sd = arms[a][0]
        patients[a] = np.maximum(n * np.exp(n_sd * z[:, [place]]), s.get("events", a) or 1.0)
    *shapes, q = shapes_at(
        family, z[:, [SHAPE, STEP, Q]], early=not any(a[3] for a in arms.values()), steeper=late
    )
    curves, log_median, log_prior, reached = {}, {}, np.zeros(len(z)), None
    # a printed median first
    for a, place in zip(sorted("ct", key=lambda a: not arms[a][3]), (FIRST, SECOND)):
        _, centre, sd, printed = arms[a]
        shape = shapes["ct".index(a)]
        if printed:
            log_prior += z[:, place] ** 2 / 2 + np.log(sd)  # flat
        if centre is None:
            log_median[a] = _unseen_median(
                s,
                family,
                (shape, q),
                a,
                reached,
                follow,
                [p[:, 0] for p in patients.values()],
                sd * z[:, place],
            )
        else:
            log_median[a] = centre + sd * z[:, place]
        curves[a] = curve(family, np.exp(log_median[a]), shape, q)
        at = np.clip(np.searchsorted(t, follow), 0, t.size - 1)
        reached = np.minimum(curves[a].cumulative_hazard(t), 300.0)[np.arange(at.size), at]
    return Candidates(
        t,
        marks,
        curves,
        log_median,
        patients,
        follow_up_at(follow, z[:, [BEFORE, AFTER, POWER]]),
        interval,
        log_prior,
    )


def _patients(s):
    """Per arm: (patients, spread of their log): spread 0 where printed, else a guess from what else
    is.
    """
    known = {a: s.get("n", a) for a in "tc"}
    total = s.total_events() or (4 / s.log_hr_se**2 if s.log_hr_se else None)
    out = {}
    for a, b in ("tc", "ct"):
        d = s.get("events", a)
        if known[a]:
            out[a] = (known[a], 0.0)
        elif d:
            out[a] = (d / 0.65, 0.3)
        elif known[b]:
            out[a] = (known[b], 0.2)
        else:
            out[a] = (total / 2 / 0.65, 0.3) if total else (100.0, 0.7)
    return out


def arms_of(s):
    """Per arm of Summaries s: ((patients, spread of their log), centre and spread of the log
    median, whether it is printed).

    Raises ValueError where nothing that is printed names a time.
    """
    n, arms = _patients(s), {}
    for a in "tc":
        m, low, high = (s.get(k, a) for k in ("median", "lo", "hi"))
        if m is not None and np.isfinite(m):
            sides = [
                abs(np.log(x / m)) / Z_975 for x in (low, high) if x and np.isfinite(x) and x != m
            ]
            sd = (
                np.clip(1.2 * max(sides), 0.03, 0.8) if sides else max(1.6 / np.sqrt(n[a][0]), 0.05)
            )
            arms[a] = [np.log(m), sd, True]
    if not arms and not s.followup_median:
        lows = [x for x in (s.lo_t, s.lo_c) if x and np.isfinite(x)]
        if not lows:
            raise ValueError(
                "too little is printed: no time is known. Give at least one median, a limit of one,"
                " or the follow-up."
            )
        shift = np.log(s.hr) / 2 if s.hr else 0.0
        arms = {
            a: [np.log(max(lows) * 1.5) + sign * shift, 0.7, False]
            for a, sign in (("t", -1), ("c", 1))
        }
    for a in "tc":
        if a not in arms:
            arms[a] = [None, _LEVEL_SD, False]
    return {a: (n[a], *arms[a]) for a in "tc"}


def _unseen_median(s, family, shapes, a, reached, follow, patients, deviation):
    """Log medians of an arm that prints none, from how far its curve has come at the follow-up.

    The log cumulative hazard there is centred on the arm's events, else on the other arm's curve
    times the hazard ratio, else on all events, else on one third with the event. So no family is
    favoured for where its median, never seen, would lie. reached: the other arm's cumulative hazard
    there, or None; deviation: from the centre, (size,). Returns (size,).
    """
    d, size = s.get("events", a), follow.size
    share = d / s.get("n", a) if d is not None and s.get("n", a) else None
    if share is None and reached is None and s.total_events():
        share = s.total_events() / sum(patients)
    if share is not None:
        centre = np.log(-np.log1p(-np.clip(share, 0.02, 0.95)))
    elif reached is not None:
        centre = np.log(np.maximum(reached, 1e-6)) + (
            (1 if a == "t" else -1) * np.log(s.hr) if s.hr else 0.0
        )
    else:
        centre = np.log(-np.log(2 / 3))
    target = np.exp(centre + deviation)
    unit = curve(family, np.ones(size), *shapes)
    x = np.geomspace(0.01, 30, 80)
    h = np.log(np.maximum(unit.cumulative_hazard(x), 1e-300))
    i = np.clip((h < np.log(target)[:, None]).sum(1), 1, x.size - 1)
    row = np.arange(size)
    part = np.clip(
        (np.log(target) - h[row, i - 1]) / np.maximum(h[row, i] - h[row, i - 1], 1e-12), 0, 1
    )
    return np.log(follow) - (np.log(x[i - 1]) + part * np.log(x[i] / x[i - 1]))


def _grid(s, arms):
    longest = max((np.exp(arm[1]) for arm in arms.values() if arm[1] is not None), default=0.0)
    marks = {a: [s.get(k, a) for k in ("lo", "median", "hi")] for a in "tc"}
    marks = {a: [x if x and np.isfinite(x) else None for x in m] for a, m in marks.items()}
    ends = [2.5 * longest] + [1.05 * x for m in marks.values() for x in m if x]
    end = max(ends + ([2.5 * s.followup_median] if s.followup_median else [3.5 * longest]))
    points = [x for m in marks.values() for x in m if x]
    return (
        np.unique(np.concatenate([end * (np.arange(1, POINTS + 1) / POINTS) ** 1.5, points])),
        marks,
    )


def _visits(s, marks, z, visits):
    """Time between visits (size,) and the rise of the log shape that it brings."""
    arms = [times for m in marks.values() if (times := [x for _, x in times_read(m)])]
    if not arms:
        return np.zeros(z.size), np.zeros(z.size)
    interval = interval_at(z, arms) if visits is None else np.full(z.size, float(visits))
    return interval, steeper(
        interval,
        min(
            (x for x in (s.median_t, s.median_c) if x and np.isfinite(x)),
            default=min(map(min, arms)),
        ),
    )

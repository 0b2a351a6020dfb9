"""How well each candidate pair of curves agrees with what is printed: its log weight."""

from dataclasses import dataclass

import numpy as np
from scipy import special

from assessment.survival.calibration.likelihood import (
    INTERVALS,
    curve_rows,
    event_rows,
    hazard_ratio_rows,
    place_on,
    times_read,
)
from assessment.survival.calibration.pair_coordinates import candidates_at
from assessment.survival.calibration.printed_summaries import Summaries
from assessment.survival.calibration.prior import FAMILY_WEIGHT, followed

# Coordinates are standard normal before the data, which has nothing beyond this.
FURTHEST = 6.0


@dataclass(frozen=True, eq=False)
class Report:
    """What is printed and what is known of how: `calibrate`'s arguments, with arms from `arms_of`."""

    summaries: Summaries
    arms: dict
    log_hr_slack: float
    median_interval: str | None
    visits: float | None


def weigh_pairs(family, report, drawn, rng):
    """The pairs at coordinates drawn (size, 12): every printed number linear in the scatter, and
    their log weights against the prior.
    """
    s = report.summaries
    pair = candidates_at(family, s, report.arms, np.clip(drawn, -FURTHEST, FURTHEST), report.visits)
    size, rows = len(drawn), []
    log_weight = pair.log_prior + np.log(FAMILY_WEIGHT[family])
    # One program made both intervals.
    if report.median_interval is None:
        kind = rng.choice(len(INTERVALS), size, p=list(INTERVALS.values()))
    else:
        kind = np.full(size, list(INTERVALS).index(report.median_interval))
    trial = {a: pair.expected(a, kind) for a in "tc"}
    for a in "tc":
        read, log_density = _times(s, a, pair, trial[a])
        rows, log_weight = rows + read, log_weight + log_density
    rows += hazard_ratio_rows(s, trial, report.log_hr_slack)
    rows += event_rows(s, pair.patients, trial, followed(pair.t, pair.follow_up))
    found = _linear(rows, np.concatenate([trial[a].variance for a in "tc"], 1))
    log_weight += -0.5 * found["distance"] - np.log(
        np.diagonal(found.pop("factor"), axis1=1, axis2=2)
    ).sum(1)
    return found | {
        "z": drawn,
        "pair": pair,
        "advantage": pair.log_median["t"] - pair.log_median["c"],
        "log_weight": log_weight,
    }


def _times(s, arm, pair, trial):
    """An arm's printed times: their rows, and what else they add to the log density (size,)."""
    log_density = trial.log_skewness
    if s.get("median", arm) == np.inf:
        # Not reached: the trial's curve was still above 1/2 near the end of follow-up.
        log_density = log_density + special.log_ndtr((pair.last(arm) - 0.5) / 0.06)
    read = times_read(pair.marks[arm])
    if not read:
        return [], log_density
    times = np.array([x for _, x in read])
    steepness = pair.curves[arm].hazard(times)
    # A printed time is where the curve meets a level: its density is the curve's there, times how
    # steeply it falls.
    slope = np.log(np.maximum(steepness * times, 1e-9)).sum(1)
    # Somebody was at risk at the last printed time; none are with probability exp(-expected).
    anybody = np.log(-np.expm1(-np.maximum(trial.left[:, place_on(pair.t, times.max())], 1e-9)))
    rows = curve_rows(arm, pair.t, read, trial, pair.interval[:, None] * steepness)
    return rows, log_density + slope + anybody


def _linear(rows, spread):
    """Printed numbers as Gaussian in the scatter of both arms' increments, of variance ``spread``
    (size, 2k): what `conditioned_on_print` needs, the factor of their covariance, and their squared distance
    from what is expected (size,).
    """
    size, k = len(spread), spread.shape[1] // 2
    residual, slack, effect = (
        np.zeros((size, len(rows))),
        np.zeros((size, len(rows))),
        np.zeros((size, len(rows), 2 * k)),
    )
    for i, (_, off, beyond, on_t, on_c) in enumerate(rows):
        residual[:, i], slack[:, i] = off, beyond
        effect[:, i, :k] = 0 if on_t is None else on_t
        effect[:, i, k:] = 0 if on_c is None else on_c
    cov = np.einsum("nik,nk,njk->nij", effect, spread, effect, optimize=True)
    cov[:, np.arange(len(rows)), np.arange(len(rows))] += slack**2
    factor = np.linalg.cholesky(cov)
    standard = np.linalg.solve(factor, residual[..., None])[..., 0]
    return {
        "names": [r[0] for r in rows],
        "residual": residual,
        "slack": slack,
        "effect": effect,
        "spread": spread,
        "cov": cov,
        "factor": factor,
        "distance": np.sum(standard**2, 1),
    }

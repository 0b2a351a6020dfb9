"""How well each candidate pair of curves agrees with what is printed: its log weight."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypedDict

import numpy as np
from scipy import special

from assessment.survival.calibration.candidate_pairs import CandidatePairs
from assessment.survival.calibration.likelihood import (
    INTERVALS,
    ExpectedTrial,
    Row,
    curve_rows,
    event_rows,
    hazard_ratio_rows,
    place_on,
    times_read,
)
from assessment.survival.calibration.pair_coordinates import ArmKnown, candidates_at
from assessment.survival.calibration.printed_summaries import Summaries
from assessment.survival.calibration.prior import FAMILY_WEIGHT, followed

# Coordinates are standard normal before the data, which has nothing beyond this.
FURTHEST = 6.0


@dataclass(frozen=True, eq=False)
class Report:
    """What is printed and what is known of how: `calibrate`'s arguments, with arms from `arms_of`."""

    summaries: Summaries
    arms: dict[str, ArmKnown]
    log_hr_slack: float
    median_interval: str | None
    visits: float | None


class LinearRows(TypedDict):
    """m printed numbers as Gaussian in the scatter of both arms' k hazard increments.

    names: (m). residual: (size, m) printed minus expected. slack: (size, m) standard deviation
    beyond the scatter. effect: (size, m, 2k) of each increment, the treated arm's first. spread:
    (size, 2k) variance of the increments. cov: (size, m, m) covariance of the numbers. distance:
    (size,) squared, from what is expected.
    """

    names: list[str]
    residual: np.ndarray
    slack: np.ndarray
    effect: np.ndarray
    spread: np.ndarray
    cov: np.ndarray
    distance: np.ndarray


class WeighedPairs(LinearRows):
    """A batch of pairs with their weights.

    coordinates: (size, 12). pair: the candidates. advantage: (size,) log median of the treated arm
    minus that of the control. log_weight: (size,) against the prior.
    """

    coordinates: np.ndarray
    pair: CandidatePairs
    advantage: np.ndarray
    log_weight: np.ndarray


def weigh_pairs(
    family: str, report: Report, coordinates: np.ndarray, rng: np.random.Generator
) -> WeighedPairs:
    """The pairs of a family at coordinates (size, 12): every printed number linear in the scatter,
    and their log weights against the prior.
    """
    summaries = report.summaries
    inside = np.clip(coordinates, -FURTHEST, FURTHEST)
    pair = candidates_at(family, summaries, report.arms, inside, report.visits)
    size, rows = len(coordinates), list[Row]()
    log_weight = pair.log_prior + np.log(FAMILY_WEIGHT[family])
    # One program made both intervals.
    if report.median_interval is None:
        kind = rng.choice(len(INTERVALS), size, p=list(INTERVALS.values()))
    else:
        kind = np.full(size, list(INTERVALS).index(report.median_interval))
    share_followed = followed(pair.t, pair.follow_up)
    trial = {arm: pair.expected(arm, kind, share_followed) for arm in "tc"}
    for arm in "tc":
        read, log_density = _times(summaries, arm, pair, trial[arm])
        rows, log_weight = rows + read, log_weight + log_density
    rows += hazard_ratio_rows(summaries, trial, report.log_hr_slack)
    rows += event_rows(summaries, pair.patients, trial, share_followed)
    spread = np.concatenate([trial[arm].variance for arm in "tc"], 1)
    linear, factor = _linear(rows, spread)
    log_weight += -0.5 * linear["distance"] - np.log(np.diagonal(factor, axis1=1, axis2=2)).sum(1)
    return WeighedPairs(
        **linear,
        coordinates=coordinates,
        pair=pair,
        advantage=pair.log_median["t"] - pair.log_median["c"],
        log_weight=log_weight,
    )


def _times(
    summaries: Summaries, arm: str, pair: CandidatePairs, trial: ExpectedTrial
) -> tuple[list[Row], np.ndarray]:
    """An arm's printed times: their rows, and what else they add to the log density (size,)."""
    log_density = trial.log_skewness
    if summaries.get("median", arm) == np.inf:
        # Not reached: the trial's curve was still above 1/2 near the end of follow-up.
        log_density = log_density + special.log_ndtr((pair.last(arm) - 0.5) / 0.06)
    read = times_read(pair.marks[arm])
    if not read:
        return [], log_density
    times = np.array([time for _, time in read])
    steepness = pair.curves[arm].hazard(times)
    # A printed time is where the curve meets a level: its density is the curve's there, times how
    # steeply it falls.
    slope = np.log(np.maximum(steepness * times, 1e-9)).sum(1)
    # Somebody was at risk at the last printed time; none are with probability exp(-expected).
    anybody = np.log(-np.expm1(-np.maximum(trial.left[:, place_on(pair.t, times.max())], 1e-9)))
    rows = curve_rows(arm, pair.t, read, trial, pair.interval[:, None] * steepness)
    return rows, log_density + slope + anybody


def _linear(rows: list[Row], spread: np.ndarray) -> tuple[LinearRows, np.ndarray]:
    """Printed numbers as Gaussian in the scatter of both arms' increments, of variance ``spread``
    (size, 2k), and the Cholesky factor (size, m, m) of their covariance.
    """
    size, k = len(spread), spread.shape[1] // 2
    residual, slack = np.zeros((size, len(rows))), np.zeros((size, len(rows)))
    effect = np.zeros((size, len(rows), 2 * k))
    for i, (_, off, beyond, on_treated, on_control) in enumerate(rows):
        residual[:, i], slack[:, i] = off, beyond
        effect[:, i, :k] = 0 if on_treated is None else on_treated
        effect[:, i, k:] = 0 if on_control is None else on_control
    cov = np.einsum("nik,nk,njk->nij", effect, spread, effect, optimize=True)
    cov[:, np.arange(len(rows)), np.arange(len(rows))] += slack**2
    factor = np.linalg.cholesky(cov)
    standard = np.linalg.solve(factor, residual[..., None])[..., 0]
    return {
        "names": [row[0] for row in rows],
        "residual": residual,
        "slack": slack,
        "effect": effect,
        "spread": spread,
        "cov": cov,
        "distance": np.sum(standard**2, 1),
    }, factor

"""How well rebuilt patients agree with what was printed, and what the clicking may have moved."""

from __future__ import annotations

from typing import Any

import numpy as np

from assessment.evidence.arguments.checked_arguments import taking
from assessment.evidence.arguments.number_arguments import count, number
from assessment.evidence.arguments.object_arguments import generator, made_by, optional
from assessment.survival.distributions.special_functions import Z_975
from assessment.survival.estimation.nonparametric import (
    at_risk_table,
    cox_hazard_ratio,
    kaplan_meier,
)
from assessment.survival.reconstruction.reconstruct import Reconstruction, reconstruct_ipd

REBUILT = made_by(Reconstruction, "reconstruct_ipd")


@taking(arm=REBUILT, published_median=optional(number(low=0)))
def fit_report(arm: Reconstruction, published_median: float | None = None) -> list[dict[str, Any]]:
    """Rebuilt against printed for one arm: list of {quantity, published, rebuilt, difference}.

    Quantities: patients, events, median, largest difference in numbers at risk, largest and root
    mean square vertical distance between points and rebuilt curve (|difference|, S scale); then
    every correction made to the input with its count.
    """
    km = kaplan_meier(arm.durations, arm.observed)
    raw_t, raw_s = arm.curve.times, arm.curve.raw
    table = arm.numbers_at_risk
    at_risk = at_risk_table(arm.durations, table[:, 0])
    # Distance to the nearest edge of the step, so that a click on the vertical does not count as an
    # error.
    after, before = km.at(raw_t), km.at(raw_t - 1e-9 * (1 + raw_t))
    gap = np.maximum(np.maximum(raw_s - before, after - raw_s), 0)
    rows = [
        _row("patients", table[0, 1], arm.n),
        _row("events", arm.total_events, arm.events),
        _row("median", published_median, km.quantile(0.5)),
        _row(
            "numbers at risk, largest |difference|", 0, int(np.max(np.abs(at_risk - table[:, 1])))
        ),
        _row("survival, largest |difference|", 0, float(gap.max())),
        _row("survival, root mean square difference", 0, float(np.sqrt(np.mean(gap**2)))),
    ]
    return rows + [
        _row(f"corrected: {what}", None, count) for what, count in arm.corrections.items() if count
    ]


@taking(
    treated=REBUILT,
    control=REBUILT,
    rng=generator,
    published=optional(number(low=1e-6, high=1e6)),
    draws=count(0, 10_000),
    point_sd=optional(number(low=0, high=1)),
)
def hazard_ratio_report(
    treated: Reconstruction,
    control: Reconstruction,
    rng: np.random.Generator,
    published: float | None = None,
    draws: int = 20,
    point_sd: float | None = None,
) -> dict[str, float | None]:
    """Hazard ratio of two rebuilt arms with the scatter that clicking adds.

    draws: times both curves are clicked again with normal errors of `point_sd` (S scale; default
    the noise seen in the points, at least 0.001) and rebuilt. Returns a dict: hazard_ratio, low,
    high (95 %, Cox), log_se, digitising_sd (standard deviation of the log hazard ratio over
    the redrawn clicks), published, log_difference.
    """
    log_hr, se = _pair(treated, control)
    redrawn = []
    for _ in range(draws):
        pair = [
            _again(arm, rng, point_sd or max(arm.curve.noise, 1e-3)) for arm in (treated, control)
        ]
        redrawn.append(_pair(*pair)[0])
    return {
        "hazard_ratio": float(np.exp(log_hr)),
        "low": float(np.exp(log_hr - Z_975 * se)),
        "high": float(np.exp(log_hr + Z_975 * se)),
        "log_se": se,
        "digitising_sd": float(np.std(redrawn)) if draws else None,
        "published": published,
        "log_difference": None if published is None else log_hr - float(np.log(published)),
    }


def _pair(treated: Reconstruction, control: Reconstruction) -> tuple[float, float]:
    return cox_hazard_ratio(
        np.concatenate([treated.durations, control.durations]),
        np.concatenate([treated.observed, control.observed]),
        np.repeat([1, 0], [treated.n, control.n]),
    )


def _again(arm: Reconstruction, rng: np.random.Generator, sd: float) -> Reconstruction:
    points = np.c_[
        arm.curve.times, np.clip(arm.curve.survival + rng.normal(0, sd, arm.curve.times.size), 0, 1)
    ]
    return reconstruct_ipd(points, arm.numbers_at_risk, arm.total_events, unit="proportion")


def _row(quantity: str, published: float | None, rebuilt: float) -> dict[str, Any]:
    difference = None if published is None or not np.isfinite(rebuilt) else rebuilt - published
    return {
        "quantity": quantity,
        "published": published,
        "rebuilt": rebuilt,
        "difference": difference,
    }

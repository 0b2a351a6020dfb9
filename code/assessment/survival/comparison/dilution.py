"""A dilution model, without patient data: how far a printed hazard ratio may understate an effect when
control patients go over to the treatment, over a range of assumptions – a map, not a number.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from assessment.evidence.arguments.checked_arguments import taking
from assessment.evidence.arguments.number_arguments import (
    LARGEST,
    ONE,
    ONE_LOOSE,
    as_numbers,
    numbers,
)

STEEPEST = 50.0  # shape of a control hazard; beyond it all events fall into one step


def diluted_hazard_ratio(
    true_hr: ArrayLike,
    share_crossing: ArrayLike,
    delay: ArrayLike,
    carry_over: ArrayLike,
    control_rate: ArrayLike,
    horizon: float,
    hazard_shape: float = 1.0,
) -> np.ndarray:
    """Hazard ratio a trial would show when control patients go over to treatment.

    Dilution model: of the control arm a fraction `share_crossing` are those who go over, at `delay`
    (time from randomisation, if alive); from then on their hazard is control_hazard x (1 -
    carry_over (1 - true_hr)): carry_over 1 is the full effect, 0 none. Control hazard: Weibull of
    `hazard_shape` with rate `control_rate` = H(1). The ratio is the event-weighted (log-rank)
    average over 0..horizon, no other censoring. All arguments broadcast. ValueError for what is no
    ratio, share, time or rate.
    """
    args = _together(true_hr, share_crossing, delay, carry_over, control_rate)
    horizon = float(_given("horizon", ONE_LOOSE("horizon", horizon)))
    hazard_shape = float(_given("hazard_shape", ONE_LOOSE("hazard_shape", hazard_shape)))
    if not (horizon > 0 and 0 < hazard_shape <= STEEPEST):
        raise ValueError(
            f"horizon {horizon:g}, hazard_shape {hazard_shape:g}: give the end of follow-up, above 0, and a"
            f" shape above 0 and at most {STEEPEST:g}, 1 for a constant hazard."
        )
    hr, share, start, carry, rate = (a[..., None] for a in args)
    edges = horizon * np.linspace(0, 1, 401)
    dh = rate * np.diff(edges**hazard_shape)
    middle = (edges[1:] + edges[:-1]) / 2
    later = np.where(middle >= start, 1 - carry * (1 - hr), 1.0)
    h_treated, h_stay, h_cross = hr * dh, dh, dh * later

    def alive(h: np.ndarray) -> np.ndarray:
        return np.exp(-(np.cumsum(h, -1) - h))

    s_t, s_c = alive(h_treated), (1 - share) * alive(h_stay) + share * alive(h_cross)
    d_c = (1 - share) * alive(h_stay) * h_stay + share * alive(h_cross) * h_cross
    rate_c = d_c / s_c
    ratio: np.ndarray = hr[..., 0]
    with np.errstate(all="ignore"):  # what is not finite is refused below
        for _ in range(20):
            weight = s_t * s_c / (s_t * ratio[..., None] + s_c)
            ratio = np.sum(weight * h_treated, -1) / np.sum(weight * rate_c, -1)
    if not np.all(np.isfinite(ratio)):
        raise ValueError(
            "no events to compare up to the horizon: the control rate is 0 there, or so high that all have"
            " had the event at once. Check control_rate and its unit of time."
        )
    return ratio


def _together(
    hazard_ratio: ArrayLike,
    share_crossing: ArrayLike,
    delay: ArrayLike,
    carry_over: ArrayLike,
    control_rate: ArrayLike,
) -> tuple[np.ndarray, ...]:
    """The arguments of the dilution model as arrays of one shape; ValueError as ``_given``."""
    given = (
        _given("hazard ratio", hazard_ratio),
        _given("share_crossing", share_crossing, 1),
        _given("delay", delay),
        _given("carry_over", carry_over, 1),
        _given("control_rate", control_rate),
    )
    try:
        return tuple(np.broadcast_arrays(*given))
    except ValueError:
        told = ", ".join(str(found.shape) for found in given)
        raise ValueError(f"the dilution model was given shapes {told}, which do not fit.") from None


def _given(name: str, values: ArrayLike, most: float = np.inf) -> np.ndarray:
    """An argument of the dilution model. Raises ValueError where one is below 0, above `most` or not
    finite.
    """
    found = as_numbers(name, values)
    if found.size == 0:
        raise ValueError(f"{name}: no number was given.")
    wrong = ~((found >= 0) & (found <= min(most, LARGEST)))
    if wrong.any():
        limits = "0 or more, and finite" if most == np.inf else f"between 0 and {most:g}"
        raise ValueError(f"{name} {found[wrong].flat[0]:g}: it is {limits}.")
    return found


def undiluted_hazard_ratio(
    observed_hr: ArrayLike,
    share_crossing: ArrayLike,
    delay: ArrayLike,
    carry_over: ArrayLike,
    control_rate: ArrayLike,
    horizon: float,
    hazard_shape: float = 1.0,
) -> np.ndarray:
    """The true hazard ratio that dilution would turn into `observed_hr`; nan where none in 0.01–100
    does.
    """
    observed, share, start, carry, rate = _together(
        observed_hr, share_crossing, delay, carry_over, control_rate
    )
    low, high = np.full(observed.shape, np.log(0.01)), np.full(observed.shape, np.log(100.0))
    for _ in range(50):
        middle = (low + high) / 2
        seen = diluted_hazard_ratio(
            np.exp(middle), share, start, carry, rate, horizon, hazard_shape
        )
        low, high = np.where(seen < observed, middle, low), np.where(seen < observed, high, middle)
    undiluted = np.exp((low + high) / 2)
    return np.where((undiluted > 0.011) & (undiluted < 90), undiluted, np.nan)


@taking(
    observed_hr=ONE,
    share_crossing=ONE,
    delays=numbers(0, dims=(0, 1)),
    carry_overs=numbers(0, dims=(0, 1)),
    control_rate=ONE,
)
def dilution_map(
    observed_hr: float,
    share_crossing: float,
    delays: ArrayLike,
    carry_overs: ArrayLike,
    control_rate: float,
    horizon: float,
    hazard_shape: float = 1.0,
) -> np.ndarray:
    """Undiluted hazard ratios over delays (rows) and carry-over of the effect (columns): (rows,
    columns).
    """
    d, c = np.meshgrid(delays, carry_overs, indexing="ij")
    return undiluted_hazard_ratio(
        observed_hr, share_crossing, d, c, control_rate, horizon, hazard_shape
    )

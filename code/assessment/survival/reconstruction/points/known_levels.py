"""Printed times before which nobody was lost: there survival is the printed number over all patients."""

from __future__ import annotations

import numpy as np
from scipy.special import log_ndtr

# Error of the smoothed curve at a printed time: in click errors where the curve is flat, and in patients,
# since the curve itself goes in steps.
EDGE_NOISE, EDGE_STEP = 1.0, 0.3
# The slope there is taken over this part of the axis to each side.
REACH = 0.025
# Where somebody was lost, the curve may lie above the printed number by this much as well as by less.
LOST_SHARE = 0.05


def levels_without_losses(
    times: np.ndarray, survival: np.ndarray, table: np.ndarray, noise: float
) -> tuple[np.ndarray, np.ndarray]:
    """(times, survival) at the printed times before which most likely nobody was lost; both (j,), none
    where j = 0.

    times, survival: (m,) smoothed curve; table: (k, 2) time and printed number, the first at time 0;
    noise: s.d. of a click. Losses begin somewhere: of all first j printed times the most likely j is
    taken, where curve less printed share is normal with the error of the smoothed curve as long as nobody
    is lost, and after that 0 to LOST_SHARE more with that error (a uniform prior).
    """
    inside = (table[:, 0] > 0) & (table[:, 0] < times[-1]) & (table[:, 1] > 0)
    at, share = table[inside, 0], table[inside, 1] / table[0, 1]
    if not at.size:
        return at, share
    length = times[-1]
    before, after = np.maximum(at - REACH * length, 0), np.minimum(at + REACH * length, length)
    fall = np.interp(before, times, survival) - np.interp(after, times, survival)
    slope = fall / (after - before) * length
    # A click misses as much in time as in survival, each in lengths of its axis.
    error = np.hypot(EDGE_NOISE * noise * np.hypot(1, slope), EDGE_STEP / table[0, 1])
    z = (np.interp(at, times, survival) - share) / error
    none = -0.5 * z**2 - 0.5 * np.log(2 * np.pi) - np.log(error)
    some = log_ndtr(z) - np.log(LOST_SHARE)
    count = int(np.argmax(np.concatenate([[0.0], np.cumsum(none - some)])))
    return at[:count], share[:count]

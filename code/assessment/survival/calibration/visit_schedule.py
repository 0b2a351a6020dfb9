"""Events that are seen only when patients come: progression is found at a scan, so its curve falls
in steps at set times.

A curve that falls at visits lies on both sides of a smooth one, by up to half the time between
visits: what is printed of it is read off a step, not off the smooth curve. Nobody progresses before
the first scan, so the curve starts late. And printed times lie near whole numbers of visits, from
which the time between them can be told.

Reports seldom say it where the curve is printed, so unless told, half of the candidates have visits
(assumption): the time between them is between 0.05 and 0.6 of the shortest printed time (six to
twelve weeks over a few months to two years), evenly on the log scale. Three of four printed times
lie on the schedule, with a standard deviation of an eighth of the time between (about a week in
eight); one lies anywhere, as when progression is seen or feared between visits.
"""

import numpy as np
from scipy import special

WITH_VISITS, SHORTEST, LONGEST = 0.5, 0.05, 0.6
ON_SCHEDULE, OFF_SD = 0.75, 0.12
# Intervals tried, evenly on the log scale: a tenth of the narrowest peak that the shortest printed
# time makes apart.
_STRETCHES = 4000


def interval_at(coordinate: np.ndarray, arms: list[list[float]]) -> np.ndarray:
    """Time between visits (size,), 0 where events are seen as they happen, given how the printed
    times lie.

    coordinate: (size,) standard normal. arms: the printed times of each arm. Times on a schedule single out
    short stretches of intervals, so what they say is counted here, not in the weights of
    candidates: no search would find the stretches.
    """
    between = (
        min(min(times) for times in arms)
        * SHORTEST
        * (LONGEST / SHORTEST) ** ((np.arange(_STRETCHES) + 0.5) / _STRETCHES)
    )
    likely = (
        WITH_VISITS
        / _STRETCHES
        * np.exp(sum(log_on_schedule(np.unique(times), between) for times in arms))
    )
    ends = 1 - WITH_VISITS + np.cumsum(likely)
    part = special.ndtr(coordinate) * ends[-1]
    return np.where(part > 1 - WITH_VISITS, np.interp(part, ends - likely / 2, between), 0.0)


def log_on_schedule(times: np.ndarray | list[float], interval: np.ndarray) -> np.ndarray:
    """Log density of the printed times of an arm (m,) under visits every ``interval`` (size,),
    relative to evenly spread ones: (size,).
    """
    visits = np.asarray(times) / np.where(interval > 0, interval, 1.0)[:, None]
    near = (
        np.exp(-0.5 * ((visits - np.round(visits)) / OFF_SD) ** 2)
        / (OFF_SD * np.sqrt(2 * np.pi))
        * (np.round(visits) > 0)
    )
    return np.where(interval > 0, np.log1p(ON_SCHEDULE * (near - 1)).sum(1), 0.0)


def steeper(interval: np.ndarray, median: float) -> np.ndarray:
    """Rise of the log shape that stands for the late start: (size,).

    A Weibull curve of shape 1.4 that starts half an interval late falls from 0.9 to 0.5 as one
    whose log shape is higher by about interval / median (0.20 at 0.2, 0.40 at 0.4).
    """
    return np.minimum(interval / median, LONGEST)

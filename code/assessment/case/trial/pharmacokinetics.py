"""Exposure over time with repeated oral doses: one compartment, first-order elimination, absorption
at once.

Everything follows from superposition: each dose decays on its own and the drug from all doses adds
up (Gibaldi and Perrier, *Pharmacokinetics*, 2nd ed. 1982, chapter 3). Times are hours, doses mg,
volumes litres. Clearance and volume are apparent (divided by the unknown bioavailability), which
cancels in every ratio. Levels are given relative to the average at steady state on a reference
dose, because that needs neither of them: only half-life and dose interval. Scalars and arrays both
work for half-life.
"""

from __future__ import annotations

import math

import numpy as np

HOURS_PER_DAY = 24.0


def elimination_rate(half_life_hours):
    """The elimination rate constant per hour, k = ln 2 / half-life. ValueError unless the half-life
    is positive.
    """
    if np.any(np.asarray(half_life_hours) <= 0):
        raise ValueError(f"half-life must be above 0 hours, not {half_life_hours}")
    return math.log(2) / half_life_hours


def half_life(clearance_litres_per_hour: float, volume_litres: float) -> float:
    """Half-life in hours that clearance and volume imply with one compartment: ln 2 · V / CL."""
    return math.log(2) * volume_litres / clearance_litres_per_hour


def steady_state_average(
    dose_mg: float, clearance_litres_per_hour: float, interval_hours: float
) -> float:
    """Average concentration at steady state in mg per litre: dose / (CL/F · tau). It holds for any
    number of compartments.
    """
    return dose_mg / (clearance_litres_per_hour * interval_hours)


def accumulation_ratio(half_life_hours, interval_hours: float):
    """Exposure over one dose interval at steady state as a multiple of that over the first: 1 / (1
    − exp(−k·tau)).
    """
    return 1 / -np.expm1(-elimination_rate(half_life_hours) * interval_hours)


def accumulation_after(doses: int, half_life_hours, interval_hours: float):
    """The same multiple over the interval that follows dose number ``doses`` (1 for the first): a
    geometric series.
    """
    rate = elimination_rate(half_life_hours) * interval_hours
    return np.expm1(-doses * rate) / np.expm1(-rate)


def fraction_of_steady_state(hours, half_life_hours):
    """How much of the way to a new steady state is gone ``hours`` after a change of dose: 1 −
    exp(−k·t).
    """
    return -np.expm1(-elimination_rate(half_life_hours) * np.asarray(hours, dtype=float))


def hours_to_fraction(fraction: float, half_life_hours):
    """Hours until ``fraction`` (0 to below 1) of the way to a new steady state is gone: −ln(1 −
    fraction) / k.
    """
    if not 0 <= fraction < 1:
        raise ValueError(
            f"fraction must be at least 0 and below 1, not {fraction}: the last step is never"
            " reached"
        )
    return -math.log1p(-fraction) / elimination_rate(half_life_hours)


def effective_half_life(accumulation: float, doses: int, interval_hours: float) -> float:
    """The half-life in hours with which ``doses`` doses give this accumulation; found by bisection
    on a rising function.

    A drug with two compartments accumulates less than its terminal half-life says, because part of
    it leaves before the terminal phase; this is the half-life that describes its build-up
    (Boxenbaum and Battle, J Clin Pharmacol 1995;35:763). ValueError when no half-life does:
    accumulation must lie between 1 and the number of doses.
    """
    if not 1 < accumulation < doses:
        raise ValueError(
            f"accumulation after {doses} doses lies between 1 and {doses}, not at {accumulation}"
        )
    low, high = 1e-3 * interval_hours, 1e6 * interval_hours
    for _ in range(200):
        middle = math.sqrt(low * high)
        low, high = (
            (middle, high)
            if accumulation_after(doses, middle, interval_hours) < accumulation
            else (low, middle)
        )
    return math.sqrt(low * high)


def daily_doses(
    days: int, start_mg: float, new_mg: float, change_day: int, pause_days: int = 0
) -> np.ndarray:
    """The dose of each day, shape (days,): ``start_mg`` on days 0 to change_day − 1, none for
    ``pause_days``, then ``new_mg``.
    """
    day = np.arange(days)
    return np.where(
        day < change_day, start_mg, np.where(day < change_day + pause_days, 0.0, new_mg)
    ).astype(float)


def amount_after_dose(
    doses_mg, half_life_hours: float, interval_hours: float = HOURS_PER_DAY
) -> np.ndarray:
    """The amount in the body just after each dose, mg, shape of ``doses_mg``; one dose per
    interval, zero for none.
    """
    kept = math.exp(-elimination_rate(half_life_hours) * interval_hours)
    amount, amounts = 0.0, []
    for dose in doses_mg:
        amount = amount * kept + dose
        amounts.append(amount)
    return np.array(amounts)


def relative_exposure(
    doses_mg, half_life_hours: float, reference_mg: float, interval_hours: float = HOURS_PER_DAY
) -> dict[str, np.ndarray]:
    """Level in each dose interval over the steady-state average on ``reference_mg``: 'average',
    'high' and 'low', each of the doses' shape.

    'average' is exact whatever the speed of absorption once steady; 'high' and 'low' belong to
    absorption at once.
    """
    rate = elimination_rate(half_life_hours) * interval_hours
    after = amount_after_dose(doses_mg, half_life_hours, interval_hours) / reference_mg
    return {
        "average": after * -math.expm1(-rate),
        "high": after * rate,
        "low": after * rate * math.exp(-rate),
    }

"""Patient-level data from a digitised Kaplan–Meier curve (the task of Guyot et al. 2012).

Points are smoothed as far as the steps of a Kaplan–Meier curve allow (module `smoothing`), through
the numbers at risk that were printed before anybody was lost (`known_levels`). Patients at risk
between two printed numbers follow from the curve and losses interpolated between them; a printed
total of events bends the losses until it is met (`interval_events`). Without a total, steps that
stand out singly are searched over whole numbers instead (`step_events`, `beam_search`); exact step
corners are solved as whole-number equations (`exact_steps`). Where durations were counted in whole
weeks, months or years the curve shows it, and events are put there (`whole_time_units`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from assessment.evidence.arguments.number_arguments import MOST, shown
from assessment.evidence.arguments.result_tables import ShownAsTable
from assessment.survival.estimation.nonparametric import at_risk_table, kaplan_meier
from assessment.survival.reconstruction.noisy_points import solve_noisy_points
from assessment.survival.reconstruction.points.digitised_points import (
    EARLY,
    SCATTER,
    CleanCurve,
    as_pairs,
    clean_points,
)
from assessment.survival.reconstruction.steps.exact_steps import solve_steps

# Numbers at risk are printed up to here, in lengths of the curve: days where the curve has months.
FARTHEST = 25


@dataclass(frozen=True, eq=False)
class Reconstruction(ShownAsTable):
    """Rebuilt patients of one arm.

    durations, observed: (n,) times and 1 event / 0 censored, sorted. n, events: counts.
    curve: the tidied points. numbers_at_risk: (k, 2) as used. total_events: as given, or None.
    conflicts: sentences on inputs that cannot all be true. corrections: {what: how many}.
    """

    durations: np.ndarray
    observed: np.ndarray
    n: int
    events: int
    curve: CleanCurve
    numbers_at_risk: np.ndarray
    total_events: int | None
    conflicts: tuple[str, ...]
    corrections: dict[str, int]
    _extra: dict[str, Any] = field(default_factory=dict, repr=False)

    def to_frame(self) -> pd.DataFrame:
        """time, event (1 event, 0 censored): a row for each rebuilt patient, earliest first."""
        return pd.DataFrame({"time": self.durations, "event": self.observed})


def reconstruct_ipd(
    points: Any,
    numbers_at_risk: Any = None,
    total_events: int | None = None,
    *,
    n: int | None = None,
    unit: str = "auto",
) -> Reconstruction:
    """Rebuild patient times and events from a digitised curve.

    points: (m, 2) time, survival (proportion or percent), any order; step corners or points with errors.
    numbers_at_risk: (k, 2) time, patients under observation just before it; or {time: patients}.
    total_events: events printed for the arm, honoured exactly where possible. n: patients, needed
    when there are no numbers at risk. unit: "auto", "proportion" or "percent".
    Returns a Reconstruction; raises ValueError on impossible input.
    """
    curve = clean_points(points, unit)
    total_events, n = _whole("total_events", total_events), _whole("n", n)
    corrections = dict(curve.corrections)
    conflicts: list[str] = []
    table = _checked_table(numbers_at_risk, n, total_events, curve, corrections, conflicts)
    solved = solve_steps(curve, table, total_events) if curve.corners else None
    if solved is None or number_not_met(solved, table):
        solved = solve_noisy_points(curve, table, total_events, conflicts, corrections)
    if not_met := number_not_met(solved, table):
        raise ValueError(not_met)
    times, events, censored = solved
    if total_events is not None and events.sum() != total_events:
        conflicts.append(
            f"total events {total_events} cannot be met with this curve and these numbers at risk: "
            f"{int(events.sum())} rebuilt."
        )
    durations = np.concatenate([np.repeat(times, events), censored])
    observed = np.concatenate([np.ones(int(events.sum()), int), np.zeros(censored.size, int)])
    order = np.lexsort((1 - observed, durations))
    gap = np.sqrt(
        np.mean((kaplan_meier(durations, observed).at(curve.times) - curve.survival) ** 2)
    )
    if gap > 0.05:
        conflicts.append(
            f"the rebuilt curve lies {gap:.2f} from the points on average: "
            + (
                "points and numbers at risk do not describe one curve. Check that both use the same unit"
                " of time and the same arm."
                if len(table) > 1
                else "no patients have a curve like this. Check the points against the figure."
            )
        )
    if curve.noise > SCATTER:
        conflicts.append(
            f"the points scatter by {curve.noise:.2f} around a falling curve, more than clicking explains."
            " Check that they belong to one curve."
        )
    return Reconstruction(
        durations[order],
        observed[order],
        durations.size,
        int(events.sum()),
        curve,
        table,
        total_events,
        tuple(dict.fromkeys(conflicts)),
        corrections,
        {"points": as_pairs(points, "points", EARLY), "unit": unit},
    )


def number_not_met(
    solved: tuple[np.ndarray, np.ndarray, np.ndarray], table: np.ndarray
) -> str | None:
    """The first printed number that the rebuilt patients do not meet, as a sentence; None if they meet
    all, so that nobody is lost or invented.
    """
    times, events, censored = solved
    durations = np.concatenate([np.repeat(times, events), censored])
    rebuilt = at_risk_table(durations, table[:, 0])
    wrong = np.flatnonzero(rebuilt != table[:, 1])
    if not wrong.size and durations.size == table[0, 1]:
        return None
    i = int(wrong[0]) if wrong.size else 0
    return (
        f"numbers_at_risk: {table[i, 1]:g} patients at {table[i, 0]:g} cannot be met; {rebuilt[i]} are"
        " rebuilt there. Check this number, and the curve before it, against the figure."
    )


def _whole(name: str, count: float | None) -> int | None:
    """A count of patients as a whole number; None where it is not given."""
    if count is None:
        return None
    if not isinstance(count, (int, float, np.number)):
        raise ValueError(f"{name}: found {shown(count)}. Give one number.")
    if not (0 <= count <= MOST and count == round(count)):
        raise ValueError(
            f"{name} = {shown(count)}: patients are counted in whole numbers, from 0 to {MOST}."
        )
    return int(count)


def _checked_table(
    numbers: Any,
    n: int | None,
    total_events: int | None,
    curve: CleanCurve,
    corrections: dict[str, int],
    conflicts: list[str],
) -> np.ndarray:
    if numbers is None:
        if n is None:
            raise ValueError(
                "numbers_at_risk and n are both missing. Give n, the number of patients in the arm."
            )
        table = np.array([[0.0, n]])
    else:
        table = as_pairs(numbers, "numbers_at_risk")
        table = table[np.argsort(table[:, 0], kind="stable")]
        if np.any(np.abs(table[:, 1] - np.round(table[:, 1])) > 1e-6) or np.any(table[:, 1] < 0):
            raise ValueError(
                "numbers_at_risk: patients must be whole numbers >= 0. Check that the columns are"
                " time, patients."
            )
        if np.any(np.diff(table[:, 0]) <= 0):
            raise ValueError("numbers_at_risk: a time occurs twice. Keep one row per time.")
        if table[-1, 0] > FARTHEST * curve.times[-1]:
            raise ValueError(
                f"numbers_at_risk: time {table[-1, 0]:g} lies far beyond the curve, which ends at"
                f" {curve.times[-1]:g}. Check that both use the same unit of time."
            )
        up = np.flatnonzero(np.diff(table[:, 1]) > 0)
        if up.size:
            i = up[0]
            raise ValueError(
                f"numbers_at_risk rise from {table[i, 1]:g} at {table[i, 0]:g} to"
                f" {table[i + 1, 1]:g} at {table[i + 1, 0]:g}. Check the table for a misread or"
                " swapped arm."
            )
    start = table[0]
    if start[0] > 0:
        level = float(np.interp(start[0], curve.times, curve.survival))
        first = n if n is not None else int(np.round(start[1] / max(level, 1e-9)))
        if first < start[1]:
            raise ValueError(
                f"n = {first} is below the number at risk {start[1]:g} at {start[0]:g}. Correct one"
                " of them."
            )
        if n is None:
            conflicts.append(
                f"numbers at risk start at {start[0]:g}: {first} patients at time 0 assume no"
                " censoring before it."
            )
        corrections["numbers at risk at time 0 added"] = 1
        table = np.vstack([[0.0, first], table])
    elif n is not None and n != start[1]:
        raise ValueError(f"n = {n} but {start[1]:g} are at risk at time 0. Correct one of them.")
    table = np.c_[table[:, 0], np.round(table[:, 1])]
    if table[0, 1] < 1:
        raise ValueError("no patients at time 0. Check the numbers at risk.")
    if total_events is not None and not 0 <= total_events <= table[0, 1]:
        raise ValueError(
            f"total_events = {total_events} with {table[0, 1]:g} patients. Check which arm or cut"
            " it belongs to."
        )
    return table

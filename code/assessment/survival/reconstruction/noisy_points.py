"""Points that are no corners and numbers at risk: event and censoring times."""

from __future__ import annotations

import numpy as np

from assessment.survival.reconstruction.interval_events import IntervalEvents
from assessment.survival.reconstruction.loss_shares import level_after
from assessment.survival.reconstruction.points.digitised_points import CleanCurve
from assessment.survival.reconstruction.points.whole_time_units import at_whole_units, on_units
from assessment.survival.reconstruction.printed_arm import PrintedArm
from assessment.survival.reconstruction.steps.exact_points import solve_points
from assessment.survival.reconstruction.steps.step_events import (
    Points,
    StepEvents,
    first_with_clear_steps,
)

# Printed numbers from which a search is tried.
TRIALS = 3
# Variance of a count rounded to a whole number.
ROUNDING = 1 / 12
# A printed number counts patients just before an event at the same time: by this much, in units.
JUST_BEFORE = 1e-6


def solve_noisy_points(
    curve: CleanCurve,
    table: np.ndarray,
    total_events: int | None,
    conflicts: list[str],
    corrections: dict[str, int],
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Events and losses behind points: (times, events at each, censoring times).

    table: (k, 2) times and printed numbers at risk, the first at time 0. conflicts, corrections: added to.
    Points without error are solved in whole numbers. Otherwise single steps are searched from where
    they stand out to the end; a printed total is shared between search and smooth part, each as far as
    it is unsure. Where the search does not come near the total, it gives way to the smooth estimate.
    """
    whole = at_whole_units(curve)
    if whole is None:
        clean = curve.noise == 0 and not curve.corners
        if clean and (exact := solve_points(curve, table, total_events)) is not None:
            return exact
        return _solved(curve, table, total_events, conflicts, corrections)
    printed = table[:, 0]
    table = table - np.where(table[:, :1] > 0, [[JUST_BEFORE, 0]], 0)
    died, events, lost = _solved(whole, table, total_events, conflicts, corrections)
    corrections["events placed at whole units of time"] = died.size
    # Who leaves just before an event at a printed time is still counted in the number printed there.
    place = np.searchsorted(table[:, 0], lost, side="right") - 1
    counted = printed[place]
    lost = np.where((table[place, 0] <= lost) & (lost < counted), counted, lost)
    return on_units(died, table[:, 0]), events, lost


def _solved(
    curve: CleanCurve,
    table: np.ndarray,
    total_events: int | None,
    conflicts: list[str],
    corrections: dict[str, int],
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    arm = PrintedArm.of(curve, table)
    alive = bool(curve.survival[-1] > max(1.5 * arm.noise, 0.25 / arm.starts[0]))
    found = _with_search(arm, total_events, conflicts, corrections)
    if found is None:
        every = _between_numbers(arm, arm.ends.size, conflicts)
        found = _to_patients(every, total_events, alive)
    died, lost = found
    if not arm.open_end:
        # The figure says nothing of those still at risk at the last printed time: they are seen to it.
        lost = np.append(lost, np.full(int(arm.ends[-1]), arm.edges[-1]))
    return _to_the_end(died, lost, curve, table), np.ones(died.size, int), lost


def _to_the_end(
    died: np.ndarray, lost: np.ndarray, curve: CleanCurve, table: np.ndarray
) -> np.ndarray:
    """Event times; a curve that leaves nobody was drawn to its last event, unless it is seen, or
    printed, to fall before.
    """
    last = died.max(initial=0)
    if last <= lost.max(initial=0) or table[-1, 1] == 0:
        return died
    before = level_after(died[died < last], lost, np.sum(died == last))
    if np.any(curve.survival[:-1] < before / 2):
        return died
    return np.where(died == last, curve.times[-1], died)


def _with_search(
    arm: PrintedArm,
    total: int | None,
    conflicts: list[str],
    corrections: dict[str, int],
) -> tuple[np.ndarray, np.ndarray] | None:
    """(event times, censoring times) with single steps searched from where they stand out; None where
    they do not, or where the search finds nothing, not even from a later printed number on.
    """
    first = first_with_clear_steps(*_points(arm), arm.noise)
    for later in range(first, min(first + TRIALS, arm.ends.size)):
        found = _searched_from(arm, later, total, conflicts)
        if found is not None:
            return found
        corrections["search for single steps without a result"] = later - first + 1
    return None


def _searched_from(
    arm: PrintedArm, first: int, total: int | None, conflicts: list[str]
) -> tuple[np.ndarray, np.ndarray] | None:
    """The same, searched from this interval on."""
    steps = StepEvents(*_points(arm), first, arm.open_end, arm.noise)
    if first == 0:
        candidates = steps.search(1.0)
        if candidates is None:
            return None
        chosen = candidates.median() if total is None else candidates.with_total(total)
        return None if chosen is None else steps.to_patients(*chosen)
    before = _between_numbers(arm, first, conflicts)
    level = float(before.levels[-1])
    if total is None:
        # The search makes good what rounding has moved before it.
        died, lost = _to_patients(before, None, True)
        level = level_after(died, lost, arm.starts[first])
    candidates = steps.search(level)
    if candidates is None:
        return None
    most, expected = before.starts[0] - before.ends[-1], before.expected().sum()
    variance = before.total_variance() + ROUNDING
    chosen = (
        candidates.median()
        if total is None
        else candidates.given_rest(total, most, expected, variance)
    )
    if chosen is None:
        return None
    if total is not None:
        died, lost = _to_patients(before, total - int(chosen[0].sum()), True)
    late, gone = steps.to_patients(*chosen)
    return np.concatenate([died, late]), np.concatenate([lost, gone])


def _to_patients(
    intervals: IntervalEvents, total: int | None, alive: bool
) -> tuple[np.ndarray, np.ndarray]:
    if total is not None:
        intervals.match_total_events(total)
    return intervals.to_patients(intervals.whole_events(total, alive))


def _between_numbers(arm: PrintedArm, first: int, conflicts: list[str]) -> IntervalEvents:
    """The intervals before ``first``, whose steps cannot be told apart; conflicts: added to."""
    starts, ends, edges = arm.starts, arm.ends, arm.edges
    open_end = arm.open_end and first == ends.size
    times, survival, _ = arm.smoothed_with_edges()
    inside = np.ones(times.size, bool) if open_end else times <= edges[first]
    place = np.clip(np.searchsorted(edges, times[inside], side="left") - 1, 0, first - 1)
    intervals = IntervalEvents(
        times[inside],
        survival[inside],
        place,
        edges[: first + 1],
        starts[:first],
        ends[:first],
        open_end,
        arm.noise,
        arm.curve.whole,
    )
    excess = intervals.asked - intervals.starts + intervals.ends
    for i in np.flatnonzero(excess > 1.5 + 3 * arm.noise * starts[0]):
        conflicts.append(
            f"between {edges[i]:g} and {edges[i + 1]:g} the curve asks for {intervals.asked[i]:.0f}"
            f" events but the numbers at risk allow {starts[i] - ends[i]:.0f}."
        )
    return intervals


def _points(arm: PrintedArm) -> Points:
    """Isotonic points of the arm in its intervals: the first arguments of StepEvents."""
    times, survival, weight = arm.with_edges(arm.curve.survival)
    place = np.clip(np.searchsorted(arm.edges, times, side="left") - 1, 0, arm.ends.size - 1)
    return times, survival, weight, place, arm.edges, arm.starts, arm.ends

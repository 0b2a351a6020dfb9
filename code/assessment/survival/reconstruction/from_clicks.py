"""From clicked points and numbers at risk to event and censoring times."""

import numpy as np

from assessment.survival.estimation.nonparametric import kaplan_meier
from assessment.survival.reconstruction.interval_events import Fine
from assessment.survival.reconstruction.smoothing import FLOOR, follow
from assessment.survival.reconstruction.step_events import Coarse
from assessment.survival.reconstruction.whole_time_units import at_whole_units, on_units

# Single steps are told apart by beam search once a step is this many click errors high.
STEP_TO_NOISE = 2.0
# With a printed total: steps this high, and this share of the patients with an event.
STEP_WITH_TOTAL, MOSTLY_EVENTS = 4.0, 0.5
# A printed number counts patients just before an event at the same time: by this much, in units.
JUST_BEFORE = 1e-6


def from_clicks(curve, table, total_events, conflicts, corrections):
    """Events and losses of clicked points: (times, events at each, censoring times).

    Without a printed total, single steps are searched from where they stand out to the end. With
    one, all steps are taken as fine, as the total says more of how losses pile up than single steps
    do; but where most patients have an event there is less to say of losses, and clear steps are
    searched. conflicts, corrections: added to.
    """
    whole = at_whole_units(curve)
    if whole is None:
        return _solved(curve, table, total_events, conflicts)
    table = table - np.where(table[:, :1] > 0, [[JUST_BEFORE, 0]], 0)
    died, one, lost = _solved(whole, table, total_events, conflicts)
    corrections["events placed at whole units of time"] = died.size
    return on_units(died, table[:, 0]), one, lost


def _solved(curve, table, total_events, conflicts):
    end = max(curve.times[-1], table[-1, 0])
    open_end = end > table[-1, 0] or len(table) == 1
    edges = np.append(table[:, 0], end) if open_end else table[:, 0]
    ends = np.append(table[1:, 1], 0) if open_end else table[1:, 1]
    starts = table[: ends.size, 1]
    noise = max(curve.noise, 3e-4)
    alive = curve.survival[-1] > max(1.5 * noise, 0.25 / starts[0])
    clear = 1 / starts[0] > STEP_WITH_TOTAL * max(noise, FLOOR)
    search = total_events is None or clear and total_events >= MOSTLY_EVENTS * starts[0]
    part = _coarse(curve, table, edges, starts, ends, open_end, noise) if search else None
    first = ends.size if part is None else part.first
    died, lost = _fine(
        curve, table, edges, starts, ends, open_end, noise, first, total_events, alive, conflicts
    )
    if part is not None:
        found = part.search(_level(died, lost, starts[first]))
        chosen = (
            None
            if found is None
            else found.median()
            if total_events is None
            else found.with_total(total_events)
        )
        if found is None:
            conflicts.append(
                f"after {edges[first]:g} the numbers at risk leave no room for the steps of the"
                " curve."
            )
        if chosen is None:
            died, lost = _fine(
                curve,
                table,
                edges,
                starts,
                ends,
                open_end,
                noise,
                ends.size,
                total_events,
                alive,
                conflicts,
            )
        else:
            late, gone = part.patients(*chosen)
            died, lost = np.concatenate([died, late]), np.concatenate([lost, gone])
    return _to_the_end(died, lost, curve, table), np.ones(died.size, int), lost


def _to_the_end(died, lost, curve, table):
    """Event times; a curve that leaves nobody was drawn to its last event, unless it is seen, or
    printed, to fall before.
    """
    last = died.max(initial=0)
    if last <= lost.max(initial=0) or table[-1, 1] == 0:
        return died
    before = _level(died[died < last], lost, np.sum(died == last))
    return (
        died
        if np.any(curve.survival[:-1] < before / 2)
        else np.where(died == last, curve.times[-1], died)
    )


def _fine(curve, table, edges, starts, ends, open_end, noise, k, total, alive, conflicts):
    """(event times, censoring times) of the first k intervals."""
    if k == 0:
        return np.array([]), np.array([])
    open_end = open_end and k == ends.size
    times, survival, _ = _with_edges(curve, table, _smooth(curve, table, noise))
    inside = np.ones(times.size, bool) if open_end else times <= edges[k]
    place = np.clip(np.searchsorted(edges, times[inside], side="left") - 1, 0, k - 1)
    fine = Fine(
        times[inside],
        survival[inside],
        place,
        edges[: k + 1],
        starts[:k],
        ends[:k],
        open_end,
        noise,
        curve.whole,
    )
    for i in np.flatnonzero(fine.asked - fine.starts + fine.ends > 1.5 + 3 * noise * starts[0]):
        conflicts.append(
            f"between {edges[i]:g} and {edges[i + 1]:g} the curve asks for {fine.asked[i]:.0f}"
            f" events but the numbers at risk allow {starts[i] - ends[i]:.0f}."
        )
    if total is not None:
        fine.settle(total)
    return fine.patients(fine.whole(total, alive))


def _coarse(curve, table, edges, starts, ends, open_end, noise):
    """The intervals in which single steps stand out from the clicks' noise, to the end; None if
    there are none.
    """
    times, survival, weight = _with_edges(curve, table, curve.survival)
    step = np.interp(edges[:-1], times, survival) / np.maximum(starts, 1)
    most = np.maximum.accumulate((starts - ends)[::-1])[::-1]
    stand_out = np.flatnonzero((step > STEP_TO_NOISE * noise) & (most <= 200))
    if not stand_out.size:
        return None
    place = np.clip(np.searchsorted(edges, times, side="left") - 1, 0, ends.size - 1)
    return Coarse(
        times, survival, weight, place, edges, starts, ends, int(stand_out[0]), open_end, noise
    )


def _smooth(curve, table, noise):
    """Smoothed survival at the curve's points; exact clicks stay as they are."""
    if curve.corners or curve.noise == 0 or curve.whole and noise * table[0, 1] < 1 / STEP_TO_NOISE:
        return curve.survival
    t = curve.times
    at_risk = np.interp(t, table[:, 0], table[:, 1])
    late = t > table[-1, 0]
    if len(table) == 1 or late.any():
        at_risk = np.where(
            late,
            at_risk
            * np.maximum(
                curve.survival / max(np.interp(table[-1, 0], t, curve.survival), 1e-9), 0.05
            ),
            at_risk,
        )
    return follow(t, curve.raw, curve.survival, at_risk, noise, curve.weight)


def _level(died, lost, left):
    """Rebuilt survival after these patients, `left` more still at risk."""
    late = np.full(int(left), 2 * max(died.max(initial=0), lost.max(initial=0)) + 1)
    km = kaplan_meier(
        np.concatenate([died, lost, late]),
        np.concatenate([np.ones(died.size), np.zeros(lost.size + late.size)]),
    )
    return float(km.survival[-1]) if died.size else 1.0


def _with_edges(curve, table, survival):
    """The curve with a point at every at-risk time, so that no gap straddles one."""
    inner = np.setdiff1d(table[(table[:, 0] > 0) & (table[:, 0] < curve.times[-1]), 0], curve.times)
    place = np.searchsorted(curve.times, inner)
    value = (
        survival[place - 1]
        if curve.corners or curve.whole
        else np.interp(inner, curve.times, survival)
    )
    weight = np.insert(
        np.ones(curve.times.size) if curve.weight is None else curve.weight, place, 0.0
    )
    return np.insert(curve.times, place, inner), np.insert(survival, place, value), weight

"""From clicked points and numbers at risk to event and censoring times."""

import numpy as np

from .coarse import Coarse
from .fine import Fine
from .nonparametric import kaplan_meier
from .smoothing import follow

# Single steps are told apart by beam search once a step is this many click errors high.
STEP_TO_NOISE = 2.0


def from_clicks(curve, table, total_events, conflicts):
    """Fine steps by interpolated numbers at risk, coarse ones by search; returns (times, events at each, censoring times)."""
    times, survival, weight = _with_edges(curve, table, curve.survival)
    end = max(times[-1], table[-1, 0])
    open_end = end > table[-1, 0] or len(table) == 1
    edges = np.append(table[:, 0], end) if open_end else table[:, 0]
    ends = np.append(table[1:, 1], 0) if open_end else table[1:, 1]
    starts = table[: ends.size, 1]
    place = np.clip(np.searchsorted(edges, times, side="left") - 1, 0, ends.size - 1)
    noise = max(curve.noise, 3e-4)
    step = np.interp(edges[:-1], times, survival) / np.maximum(starts, 1)
    most = np.maximum.accumulate((starts - ends)[::-1])[::-1]
    stand_out = np.flatnonzero((step > STEP_TO_NOISE * noise) & (most <= 200))
    coarse = int(stand_out[0]) if stand_out.size else ends.size
    alive = survival[-1] > max(1.5 * noise, 0.25 / starts[0])
    search = None
    if total_events is not None:
        coarse = ends.size
    if coarse < ends.size:
        part = Coarse(times, survival, weight, place, edges, starts, ends, coarse, open_end, noise)
        search = part.search(1.0 if coarse == 0 else float(np.interp(edges[coarse], times, survival)))
        if search is None:
            conflicts.append(f"after {edges[coarse]:g} the numbers at risk leave no room for the steps of the curve.")
            coarse = ends.size
    died, lost = np.array([]), np.array([])
    if coarse:
        fine = _fine(curve, table, noise, edges[: coarse + 1], starts[:coarse], ends[:coarse], open_end and coarse == ends.size)
        for k in np.flatnonzero(fine.asked - fine.starts + fine.ends > 1.5 + 3 * noise * starts[0]):
            conflicts.append(f"between {edges[k]:g} and {edges[k + 1]:g} the curve asks for {fine.asked[k]:.0f} events "
                             f"but the numbers at risk allow {starts[k] - ends[k]:.0f}.")
        share = total_events
        if total_events is not None:
            if search is not None:
                share = search.split(total_events, fine.expected().sum(), fine.variance)
            fine.settle(share)
        died, lost = fine.patients(fine.whole(share, alive))
    if search is not None:
        level = _level(died, lost, starts[coarse]) if coarse else 1.0
        if coarse:
            search = part.search(level) or search
        rest = None
        if total_events is not None:
            rest = total_events - died.size
            search = part.search_for(search, level, rest)
        late, gone = part.patients(*search.with_total(rest))
        died, lost = np.concatenate([died, late]), np.concatenate([lost, gone])
    return died, np.ones(died.size, int), lost


def _fine(curve, table, noise, edges, starts, ends, open_end):
    times, survival, _ = _with_edges(curve, table, _smooth(curve, table, noise))
    inside = (times <= edges[-1]) if not open_end else np.ones(times.size, bool)
    place = np.clip(np.searchsorted(edges, times[inside], side="left") - 1, 0, ends.size - 1)
    return Fine(times[inside], survival[inside], place, edges, starts, ends, open_end, noise)


def _smooth(curve, table, noise):
    """Smoothed survival at the curve's points; exact clicks stay as they are."""
    if curve.corners or curve.noise == 0:
        return curve.survival
    t = curve.times
    at_risk = np.interp(t, table[:, 0], table[:, 1])
    late = t > table[-1, 0]
    if len(table) == 1 or late.any():
        at_risk = np.where(late, at_risk * np.maximum(curve.survival / max(np.interp(table[-1, 0], t, curve.survival), 1e-9), 0.05), at_risk)
    return follow(t, curve.raw, curve.survival, at_risk, noise)


def _level(died, lost, left):
    """Rebuilt survival after these patients, `left` more still at risk."""
    late = np.full(int(left), 2 * max(died.max(initial=0), lost.max(initial=0)) + 1)
    km = kaplan_meier(np.concatenate([died, lost, late]), np.concatenate([np.ones(died.size), np.zeros(lost.size + late.size)]))
    return float(km.survival[-1]) if died.size else 1.0


def _with_edges(curve, table, survival):
    """The curve with a point at every at-risk time, so that no gap straddles one."""
    inner = np.setdiff1d(table[(table[:, 0] > 0) & (table[:, 0] < curve.times[-1]), 0], curve.times)
    place = np.searchsorted(curve.times, inner)
    value = survival[place - 1] if curve.corners else np.interp(inner, curve.times, survival)
    weight = np.insert(np.ones(curve.times.size), place, 0.0)
    return np.insert(curve.times, place, inner), np.insert(survival, place, value), weight


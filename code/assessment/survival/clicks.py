"""From clicked points and numbers at risk to event and censoring times."""

import numpy as np
from scipy.interpolate import PchipInterpolator

from .levels import beam_levels, choose_walks, force_total, reachable, walk_levels

# Single steps are told apart by beam search once a step is this many click errors high.
STEP_TO_NOISE = 2.0


def from_clicks(curve, table, total_events, conflicts):
    """Events by nearest level at each point; returns (times, events at each, censoring times)."""
    times, survival, weight = _with_edges(curve, table)
    end = max(times[-1], table[-1, 0])
    open_end = end > table[-1, 0] or len(table) == 1
    edges = np.append(table[:, 0], end) if open_end else table[:, 0]
    ends = np.append(table[1:, 1], 0) if open_end else table[1:, 1]
    starts = table[: ends.size, 1]
    place = np.clip(np.searchsorted(edges, times, side="left") - 1, 0, ends.size - 1)
    profile = _censoring_profile(times, survival, edges, starts, ends)
    noise = max(curve.noise, 3e-4)
    inside = [np.flatnonzero((place == k) & (times > 0)) for k in range(ends.size)]
    # Fine steps first: one walk per interval; from where single steps stand out, one beam to the end.
    walks, level, coarse = [], 1.0, ends.size
    for k in range(ends.size):
        if level / max(starts[k], 1) > STEP_TO_NOISE * noise and (starts[k:] - ends[k:]).max() <= 200:
            coarse = k
            break
        last, room = open_end and k == ends.size - 1, int(starts[k] - ends[k])
        walks.append(walk_levels(survival[inside[k]], profile(times[inside[k]], k), level, int(starts[k]), int(ends[k]), noise, last,
                                 total_events is not None))
        level = walks[-1].levels[walks[-1].best]
        if walks[-1].asked[-1] - room > 1.5:
            conflicts.append(f"between {edges[k]:g} and {edges[k + 1]:g} the curve asks for {walks[-1].asked[-1]:.0f} events "
                             f"but the numbers at risk allow {room}.")
    beam = None
    if coarse < ends.size:
        beam, rows = _beam(times, survival, weight, inside, coarse, profile, level, starts, ends, noise, open_end)
        if beam is not None and total_events is not None:
            beam = _beam_for_total(beam, walks, total_events, lambda price: _beam(
                times, survival, weight, inside, coarse, profile, level, starts, ends, noise, open_end, price)[0])
        if beam is None:
            conflicts.append(f"after {edges[coarse]:g} the numbers at risk leave no room for the steps of the curve.")
            for k in range(coarse, ends.size):
                last = open_end and k == ends.size - 1
                walks.append(walk_levels(survival[inside[k]], profile(times[inside[k]], k), level, int(starts[k]), int(ends[k]), noise, last,
                                 total_events is not None))
                level = walks[-1].levels[walks[-1].best]
            coarse = ends.size
        else:
            walks.append(beam)
    chosen = choose_walks(walks, total_events)
    gaps, censored = np.zeros(times.size, int), []
    if total_events is not None:
        chosen = [(np.array(e), np.array(p) if np.ndim(p) else p) for e, p in chosen]
        force_total(chosen, total_events, starts - ends)
    if beam is not None:
        events, losses = chosen.pop()
        gaps[rows] = events
    for k, (events, power) in enumerate(chosen):
        gaps[inside[k]] = events
        censored.append(_censoring_times(edges, k, int(starts[k] - ends[k] - events.sum()), power, profile, open_end and k == ends.size - 1))
    for k in range(coarse, ends.size):
        at = np.isin(rows, inside[k])
        lost = int(starts[k] - ends[k] - gaps[inside[k]].sum())
        censored.append(_losses_between(times, rows[at], losses[at].astype(int), lost, edges[k], edges[k + 1], open_end and k == ends.size - 1))
    event_times, counts = _spread(times, gaps, edges, place)
    return event_times, counts, np.concatenate(censored)


def _with_edges(curve, table):
    """The curve with a point at every at-risk time, so that no gap straddles one."""
    inner = np.setdiff1d(table[(table[:, 0] > 0) & (table[:, 0] < curve.times[-1]), 0], curve.times)
    place = np.searchsorted(curve.times, inner)
    value = curve.survival[place - 1] if curve.corners else np.interp(inner, curve.times, curve.survival)
    weight = np.insert(np.ones(curve.times.size), place, 0.0)
    return np.insert(curve.times, place, inner), np.insert(curve.survival, place, value), weight


def _beam(times, survival, weight, inside, first, profile, level, starts, ends, noise, open_end, price=0.0):
    """Beam search from interval `first` to the end: (Walk, index of the point each row stands for)."""
    rows, size, rise, stops = [], [], [], []
    for k in range(first, ends.size):
        index, last = inside[k], open_end and k == ends.size - 1
        p, room = survival[index], starts[k] - ends[k]
        # A block starts where the smoothed curve falls; a printed time stands alone.
        fall = np.diff(p, prepend=np.inf) < 0
        if not last and index.size:
            fall[-1] = True
        head = np.flatnonzero(fall)
        ratio = max(p[-1] / survival[index[0] - 1], 1e-6) if index.size else 1.0
        foreseen = room * (1 - min(np.log(1 / ratio) / np.log(starts[k] / max(ends[k], 0.5)), 1)) if room else 0.0
        # Patients who stay to the very end of an open curve are not losses on the way.
        part = profile(times[index[head]], k) if index.size else np.array([])
        rows.append(index[head])
        size.append(np.add.reduceat(weight[index], head) if head.size else part)
        rise.append(np.diff(part, prepend=0.0) * max(foreseen * (0.7 if last else 1.0), 0.3))
        mark = np.full(head.size, np.nan)
        if not last and head.size:
            mark[-1] = ends[k]
        stops.append(mark)
    rows, stops = np.concatenate(rows), np.concatenate(stops)
    walk = beam_levels(survival[rows], np.concatenate(size), np.concatenate(rise), stops, level, int(starts[first]), noise, price)
    return walk, rows


def _beam_for_total(beam, walks, total, search):
    """A beam whose candidates can meet the total: searched again at a price per event if the first cannot."""
    for size in (0.5, 2.0, 6.0, 18.0, 60.0):
        sums = reachable(walks + [beam])
        if total in sums:
            break
        again = search(-size if total > max(sums) else size)
        beam = again if again is not None else beam
    return beam


def _censoring_profile(times, survival, edges, starts, ends):
    """share(t, k): part of the losses of interval k gone by time t, smooth across the printed times.

    Losses are first taken from constant hazards of event and loss within each interval.
    """
    s = np.maximum(np.interp(edges, times, survival), 1e-3)
    with np.errstate(all="ignore"):
        part = np.log(s[:-1] / s[1:]) / np.log(starts / np.maximum(ends, 0.5))
    room = starts - ends
    lost = room * (1 - np.clip(np.where(np.isfinite(part), part, 0), 0, 1))
    smooth = PchipInterpolator(edges, np.concatenate([[0.0], np.cumsum(lost)])) if edges.size > 2 else None

    def share(t, k):
        a, b = edges[k], edges[k + 1]
        if smooth is None or lost[k] < 1e-9:
            return (t - a) / (b - a)
        low, high = smooth(a), smooth(b)
        return np.clip((smooth(t) - low) / (high - low), 0, 1)

    return share


def _losses_between(times, index, losses, count, start, end, last):
    """Times of losses counted in the gap before each point; what is left leaves after the last point."""
    stop = end if last else end - 1e-9 * (end - start)
    out = []
    for i, c in zip(index[losses > 0], losses[losses > 0]):
        a = max(times[i - 1], start)
        out.append(a + (times[i] - a) * (np.arange(c) + 0.5) / c * 0.49)
    out = np.concatenate(out) if out else np.array([])
    rest = count - out.size
    if rest < 0:
        return out[:count]
    return np.concatenate([out, np.full(rest, stop)])


def _censoring_times(edges, k, count, power, profile, last):
    """Times of `count` losses in interval k; the last patients of an open end leave at its end."""
    if count <= 0:
        return np.array([])
    a, b = edges[k], edges[k + 1]
    if np.isinf(power):
        return np.full(count, b if last else b - 1e-9 * (b - a))
    grid = np.linspace(a, b, 65)
    rise = profile(grid, k) ** power
    times = np.interp((np.arange(count) + 0.5) / count, rise, grid)
    if last:
        times[-1] = b
    return np.minimum(times, b if last else b - 1e-9 * (b - a))


def _spread(times, gaps, edges, place):
    """Event times within the gap before each point, evenly, never across an at-risk time."""
    index = np.flatnonzero(gaps)
    before = np.maximum(times[np.maximum(index - 1, 0)], edges[place[index]])
    width = times[index] - before
    count = gaps[index]
    row = np.repeat(np.arange(index.size), count)
    rank = np.arange(row.size) - np.repeat(np.cumsum(count) - count, count)
    return before[row] + width[row] * (rank + 0.5) / count[row], np.ones(row.size, int)

"""Whole numbers of events behind clicked points, interval by interval."""

from dataclasses import dataclass

import numpy as np

# How losses may pile up within an interval (share of losses = profile ** power) and what each
# departure from the smooth profile costs, in units of a squared standardised click.
POWERS = np.array([1.0, 0.35, 0.6, 1.6, 3.0, np.inf])
COSTS = np.array([0.0, 3.0, 1.0, 1.0, 3.0, 5.0])


@dataclass(frozen=True, eq=False)
class Walk:
    """All candidates for one interval: (g,) arrays, and events (m, g) in the gap before each point.

    power: (g,) loss pattern, or (m, g) losses in the gap before each point. asked: events the curve
    asks for, were there patients enough. best: the candidate with the lowest score.
    """

    events: np.ndarray
    total: np.ndarray
    levels: np.ndarray
    score: np.ndarray
    power: np.ndarray
    asked: np.ndarray
    best: int
    spread: float | None = None
    kinds: np.ndarray | None = None
    cost: np.ndarray | None = None

    def options(self):
        """{number of events: cost}. A single best walk may be stretched at the price of its spread."""
        if self.spread is None:
            cheapest = {}
            for i in np.argsort(-self.score):
                cheapest[int(self.total[i])] = float(self.score[i])
            return cheapest
        # Each loss pattern implies its own count; a count between patterns is reached by stretching one.
        found, most = {}, int(self.asked[0])
        for i in self.kinds:
            for shift in range(-6, 7):
                d = int(self.total[i]) + shift
                cost = self.cost[i] + self.spread * shift**2
                if 0 <= d <= most and cost < found.get(d, (np.inf,))[0]:
                    found[d] = (float(cost), int(i))
        return {d: cost for d, (cost, _) in found.items()}

    def with_total(self, total):
        """(events in the gap before each point, loss pattern) with this many events."""
        if self.spread is None:
            alike = np.flatnonzero(self.total == total)
            i = int(alike[np.argmin(self.score[alike])])
            return self.events[:, i].astype(int), self.power[..., i]
        near = self.cost[self.kinds] + self.spread * (self.total[self.kinds] - total) ** 2
        i = self.best if total == self.total[self.best] else self.kinds[int(np.argmin(near))]
        events, power = self.events[:, i], self.power[i]
        done = np.cumsum(events)
        if done.size and done[-1] == 0 and total > 0:
            done = np.linspace(0, 1, done.size)
        if done.size and done[-1] > 0:
            events = np.diff(np.rint(done * total / done[-1]), prepend=0.0)
        return events.astype(int), power


def walk_levels(target, share, level, start, stop, noise, last, patterns=True):
    """Nearest-level walk for many assumed losses at once.

    target: (m,) falling survival at the points; share: (m,) part of losses gone by then; level:
    survival at the interval's start; start, stop: printed numbers at risk; noise: s.d. of a click.
    Each point takes the whole number of events whose level S (n - d)/n is nearest. Score: squared
    standardised distance + cost of the loss pattern + disagreement of assumed and resulting events.
    patterns: try all loss patterns, not the smooth one alone.
    """
    room = start - stop
    ratio = max(target[-1] / level, 1e-6) if target.size and level > 0 else 1.0
    middle = room * min(np.log(1 / ratio) / np.log(start / max(stop, 0.5)), 1) if room else 0
    half = max(6, 0.12 * room)
    low, high = max(0, int(middle - half)), min(room, int(middle + half) + 1)
    if last:
        low, high = 0, room
    guess = np.unique(np.round(np.linspace(low, high, min(high - low + 1, 33))))
    kinds = POWERS.size if patterns or last else 1
    power, cost = np.repeat(POWERS[:kinds], guess.size), np.repeat(COSTS[:kinds], guess.size)
    guess = np.tile(guess, kinds)
    with np.errstate(divide="ignore", invalid="ignore"):
        gone_share = np.where(np.isinf(power), 0.0, share[:, None] ** power)
    # Someone is still there at the end of an open curve.
    loss = np.maximum(room - guess - (1 if last else 0), 0)
    lost = start - loss * gone_share
    now = np.full(guess.size, float(level))
    gone, miss, asked = np.zeros(guess.size), np.zeros(guess.size), np.zeros(guess.size)
    events = np.zeros((target.size, guess.size))
    for i, aim in enumerate(target.tolist()):
        alive = np.maximum(lost[i] - gone, 1e-9)
        d = alive - alive * aim / np.maximum(now, 1e-12)
        asked += np.maximum(d - 0.5, 0)
        d = np.minimum(np.rint(np.maximum(d, 0)), np.minimum(room - gone, np.ceil(alive)))
        now = now * np.maximum(1 - d / np.maximum(alive, 1e-9), 0)
        gone += d
        events[i] = d
        miss += (now - aim) ** 2
    score = miss / noise**2 + 10 * (gone - guess) ** 2
    each = score.reshape(kinds, -1).argmin(1) + np.arange(kinds) * (guess.size // kinds)
    # How losses pile up shows in the points only where few are left: on the open end.
    best = int(each[np.argmin(score[each] + cost[each])] if last else each[0])
    return Walk(events, gone, now, score, power, np.array([room, max(asked[best], gone[best])]), best, 4.0, each, cost)


def beam_levels(mean, size, expected, stops, level, start, noise, price=0.0, width=32):
    """Events and losses flat stretch by flat stretch, where single steps stand out from the noise.

    mean, size: (b,) isotonic blocks of clicks; expected: (b,) losses foreseen in the gap before each;
    stops: (b,) number at risk printed at this point (size 0), else nan. Beam search over (at risk,
    events so far); cost: squared standardised distance of level and block mean - 2 log Poisson
    probability of the losses; price: added per event while searching, to look where there are more
    (price < 0) or fewer. Returns a Walk whose events and losses are per block; None if stuck.
    """
    n, done = np.array([float(start)]), np.array([0.0])
    s, cost = np.array([float(level)]), np.array([0.0])
    history = []
    for aim, weight, rate, stop in zip(mean.tolist(), size.tolist(), expected.tolist(), stops.tolist()):
        rate, edge = max(rate, 0.02), stop == stop
        first = 0 if edge else max(int(rate - 2 * rate**0.5), 0)
        c = np.zeros(1, int) if edge else np.arange(first, int(rate + 2 * rate**0.5) + 3)
        fee = 0.0 if edge else 2 * (rate - c * np.log(rate) + _LOG_FACTORIAL[c])
        left = n[:, None] - c
        best = np.floor(left * (1 - aim / np.maximum(s, 1e-12)[:, None]))[..., None]
        d = np.maximum(best + _NEAR, 0)
        left = left[..., None]
        after = left - d
        now = s[:, None, None] * (1 - d / np.maximum(left, 1))
        total = (cost[:, None] + fee)[..., None] + weight * ((now - aim) / noise) ** 2 + price * d
        ok = (after >= (stop if edge else 0)) & ((best + _NEAR >= 0) | (_NEAR == 2))
        if edge:
            lost = np.maximum(after - stop, 0).astype(int)
            total = total + 2 * (rate - lost * np.log(rate) + _LOG_FACTORIAL[np.minimum(lost, 1999)])
        flat = np.where(ok, total, np.inf).ravel()
        order = np.argsort(flat)[: 4 * width]
        order = order[np.isfinite(flat[order])]
        if order.size == 0:
            return None
        parent, choice = np.divmod(order, c.size * _NEAR.size)
        dd, cc = d.ravel()[order], c[choice // _NEAR.size].astype(float)
        nn = after.ravel()[order]
        if edge:
            cc, nn = nn - stop, np.full(nn.size, stop)
        key = nn * 8192 + done[parent] + dd
        keep = np.sort(np.unique(key, return_index=True)[1])[:width]
        history.append((parent[keep], dd[keep], cc[keep]))
        parent = parent[keep]
        n, done, s, cost = nn[keep], done[parent] + dd[keep], now.ravel()[order[keep]], flat[order[keep]]
    events, losses = np.zeros((len(history), n.size)), np.zeros((len(history), n.size))
    at = np.arange(n.size)
    for i in range(len(history) - 1, -1, -1):
        parent, d, c = history[i]
        events[i], losses[i] = d[at], c[at]
        at = parent[at]
    cost = cost - price * done
    return Walk(events, done, s, cost, losses, done, int(np.argmin(cost)))


_NEAR = np.array([-1, 0, 1, 2])
_LOG_FACTORIAL = np.concatenate([[0.0], np.cumsum(np.log(np.arange(1, 2000)))])


def reachable(walks):
    """Totals that the candidates can add up to."""
    sums = {0}
    for w in walks:
        sums = {a + b for a in sums for b in w.options()}
    return sums


def choose_walks(walks, total_events):
    """Events of each interval, jointly meeting the total where possible: [(events, losses pattern)].

    Without a total: the median count of each interval. With one: the cheapest combination of counts,
    by dynamic programming over the running total.
    """
    options = [w.options() for w in walks]
    picks = [int(w.total[w.best]) if w.spread else _median(o) for w, o in zip(walks, options)]
    if total_events is not None and sum(picks) != total_events:
        reach = {0: (0.0, ())}
        for option in options:
            grown = {}
            for done, (score, path) in reach.items():
                for d, cost in option.items():
                    value = score + cost
                    if done + d <= total_events and (done + d not in grown or value < grown[done + d][0]):
                        grown[done + d] = (value, path + (d,))
            reach = grown
        if reach:
            picks = list(reach[max(reach)][1])
    return [w.with_total(d) for w, d in zip(walks, picks)]


def _median(option):
    counts = np.array(sorted(option))
    cost = np.array([option[d] for d in counts])
    weight = np.cumsum(np.exp(-(cost - cost.min()) / 2))
    return int(counts[np.searchsorted(weight, weight[-1] / 2)])


def force_total(chosen, total_events, room):
    """When no combination reaches the total: turn losses into events, or back, where patients are left.

    chosen: [(events, losses pattern)], changed in place, the last possibly a beam (losses per row);
    room: (k,) patients leaving in each interval, the beam's taken together. Numbers at risk stay as they are.
    """
    missing = int(total_events - sum(e.sum() for e, _ in chosen))
    for (events, losses), leaving in zip(chosen, room):
        if missing == 0 or not events.size:
            continue
        if np.ndim(losses):
            give = losses if missing > 0 else events
            for i in np.argsort(-give, kind="stable"):
                step = int(np.sign(missing) * min(abs(missing), give[i]))
                events[i] += step
                losses[i] -= step
                missing -= step
        else:
            done = np.cumsum(events)
            goal = int(np.clip(done[-1] + missing, 0, leaving))
            missing -= goal - int(done[-1])
            path = done / done[-1] if done[-1] else np.linspace(0, 1, done.size)
            events[:] = np.diff(np.rint(path * goal), prepend=0.0).astype(int)

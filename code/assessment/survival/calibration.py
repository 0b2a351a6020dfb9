"""Joint distribution of two survival curves from what a report prints.

The model. A pair of smooth curves (module `calibration_prior`) is the truth in the population; the
trial's Kaplan–Meier curve scatters around it with Greenwood's variance, increments independent.
Printed numbers are read off the trial's own curve:

- median: the curve is at 1/2 there;
- limits of the median (Brookmeyer & Crowley 1982): the times at which the curve's confidence limit
  is at 1/2, so two more points of the curve, half a Greenwood interval above and below 1/2
  (log-log, log or plain interval: all three are tried and weighted);
- hazard ratio: the Cox estimate as weighted ratio of the trial's hazard increments; the width of its
  interval: the number of events;
- events and follow-up: where the curve ends and how many are at risk along it;
- all of them: read off a curve that falls at visits, where events are seen only then (module `visits`).

Given a pair, all of them are (nearly) linear in the scatter, so their joint density and the trial's
curve given them are Gaussian in closed form. Pairs drawn from the prior are weighted by that
density: the result averages over families, shapes and arms' differences.
"""

import numpy as np
from scipy import special
from scipy.special import logsumexp

from .calibrated import Calibrated, rising
from .calibration_prior import FAMILIES, FAMILY_WEIGHT, curve, follow_up_at, followed, nearly_all_gone, shapes_at
from .proposals import Proposals
from .readings import INTERVALS, curve_rows, event_rows, hazard_ratio_rows
from .summaries import Summaries
from .visits import interval_at, log_on_schedule, steeper

_Z = 1.959964
POINTS = 48
# Standard deviation of the log cumulative hazard at the follow-up in an arm that prints no median.
_LEVEL_SD = 0.6
LOG_HR_SLACK = 0.01
# Shares of the candidates in each batch: the first from the prior, the next from what the ones before have learned.
BATCHES = (0.15, 0.15, 0.15, 0.15, 0.4)
# Batches like the last that follow, at most, until this many pairs count in effect: where printed numbers pull against each other.
FURTHER, ENOUGH = 4, 300
# Of the last batch, the part divided evenly over the families; the rest goes by their weight so far.
EVENLY = 0.3
# Coordinates of a pair, each standard normal before the data, which has nothing beyond FURTHEST.
FURTHEST = 6.0
FOLLOW, BEFORE, AFTER, POWER, SHAPE, STEP, Q, FIRST, SECOND, N_T, N_C, VISIT = range(12)


def calibrate(summaries, rng, size=2000, candidates=12_000, log_hr_slack=LOG_HR_SLACK, median_interval=None, trial=True, visits=None):
    """Curves of both arms that agree with the printed summaries.

    summaries: Summaries, or a mapping with its names. rng: numpy Generator. size: draws returned.
    candidates: pairs weighed, over all families, about. log_hr_slack: standard deviation by which the
    printed hazard ratio may differ from an unstratified one (log scale; 0.01, more if stratified).
    median_interval: how the limits of the medians were computed, "log-log" (SAS, lifelines), "log" (R) or
    "plain"; None: not known, all three are weighed. trial: False leaves out the trial's own curves, a third
    of the work, where only those of the population are wanted. visits: time between the visits at which events are seen (scans),
    0 where they are seen as they happen (deaths); None: not known, both are weighed (module `visits`). Returns a Calibrated.
    Raises ValueError when too little is printed or visits is negative.
    """
    s = summaries if isinstance(summaries, Summaries) else Summaries(**dict(summaries))
    if median_interval not in (None, *INTERVALS):
        raise ValueError(f"median_interval {median_interval!r}: use {', '.join(INTERVALS)} or None.")
    if visits is not None and not 0 <= visits < np.inf:
        raise ValueError(f"visits {visits!r}: use the time between two visits, 0 where events are seen as they happen, or None.")
    arms = _arms(s)
    search = {f: Proposals(VISIT + 1) for f in FAMILIES}
    batches = {f: [] for f in FAMILIES}
    share = dict.fromkeys(FAMILIES, 1 / len(FAMILIES))
    for part in (*BATCHES, *BATCHES[-1:] * FURTHER):
        for f in FAMILIES:
            z = search[f].draw(part * candidates * (EVENLY / len(FAMILIES) + (1 - EVENLY) * share[f]), rng)
            batches[f].append(_weigh(f, s, arms, z, rng, log_hr_slack, median_interval, visits))
        log_weight = {f: _log_weights(search[f], batches[f]) for f in FAMILIES}
        weight = np.exp(np.concatenate(list(log_weight.values())) - logsumexp(np.concatenate(list(log_weight.values()))))
        share = dict(zip(FAMILIES, map(np.sum, np.split(weight, np.cumsum([w.size for w in log_weight.values()])[:-1]))))
        effective = float(1 / np.sum(weight**2))
        if len(batches[f]) >= len(BATCHES) and effective >= ENOUGH:
            break
        for f in FAMILIES:
            search[f].learn(np.concatenate([b["z"] for b in batches[f]]), log_weight[f])
    flat = [(f, b) for f in FAMILIES for b in batches[f]]
    chosen = np.split(_resampled(weight, size, np.concatenate([b["advantage"] for _, b in flat]), rng), np.cumsum([len(b["z"]) for _, b in flat])[:-1])
    piece = _condition if trial else _chosen
    pieces = [piece(f, b, np.repeat(np.arange(count.size), count), rng) for (f, b), count in zip(flat, chosen) if count.any()]
    return Calibrated.join(s, pieces, {f: float(w) for f, w in share.items()}, effective, s.contradictions() + _misfit(flat))


def _log_weights(search, batches):
    """Log weights of all batches' pairs of a family, as if drawn from the prior; their sum is the family's weight."""
    z = np.concatenate([b["z"] for b in batches])
    return np.concatenate([b["log_weight"] for b in batches]) + search.log_weight(z) - np.log(len(z))


def _resampled(weight, size, order, rng):
    """How often each pair is taken, ``size`` in all: systematic resampling (Kitagawa 1996) along ``order``, which adds the least noise."""
    place, taken = np.argsort(order, kind="stable"), np.empty(weight.size, int)
    ends = np.cumsum(weight[place])
    taken[place] = np.diff(np.floor(ends / ends[-1] * size + rng.random()).clip(max=size).astype(int), prepend=0)
    return taken


def _patients(s):
    """Per arm: (patients, spread of their log): spread 0 where printed, else a guess from what else is."""
    known = {a: s.get("n", a) for a in "tc"}
    total = s.total_events() or (4 / s.log_hr_se**2 if s.log_hr_se else None)
    out = {}
    for a, b in ("tc", "ct"):
        d = s.get("events", a)
        if known[a]:
            out[a] = (known[a], 0.0)
        elif d:
            out[a] = (d / 0.65, 0.3)
        elif known[b]:
            out[a] = (known[b], 0.2)
        else:
            out[a] = (total / 2 / 0.65, 0.3) if total else (100.0, 0.7)
    return out


def _arms(s):
    """Per arm: (patients with spread, centre and spread of the log median, whether it is printed)."""
    n, arms = _patients(s), {}
    for a in "tc":
        m, low, high = (s.get(k, a) for k in ("median", "lo", "hi"))
        if m is not None and np.isfinite(m):
            sides = [abs(np.log(x / m)) / _Z for x in (low, high) if x and np.isfinite(x) and x != m]
            sd = np.clip(1.2 * max(sides), 0.03, 0.8) if sides else max(1.6 / np.sqrt(n[a][0]), 0.05)
            arms[a] = [np.log(m), sd, True]
    if not arms and not s.followup_median:
        lows = [x for x in (s.lo_t, s.lo_c) if x and np.isfinite(x)]
        if not lows:
            raise ValueError("too little is printed: no time is known. Give at least one median, a limit of one, or the follow-up.")
        shift = np.log(s.hr) / 2 if s.hr else 0.0
        arms = {a: [np.log(max(lows) * 1.5) + sign * shift, 0.7, False] for a, sign in (("t", -1), ("c", 1))}
    for a in "tc":
        if a not in arms:
            arms[a] = [None, _LEVEL_SD, False]
    return {a: (n[a], *arms[a]) for a in "tc"}


def _unseen_median(s, family, shapes, a, reached, follow, patients, deviation):
    """Log medians of an arm that prints none, from how far its curve has come at the follow-up.

    The log cumulative hazard there is centred on the arm's events, else on the other arm's curve times the
    hazard ratio, else on all events, else on one third with the event. So no family is favoured for where its median,
    never seen, would lie. reached: the other arm's cumulative hazard there, or None; deviation: from the centre, (size,). Returns (size,).
    """
    d, size = s.get("events", a), follow.size
    share = d / s.get("n", a) if d is not None and s.get("n", a) else None
    if share is None and reached is None and s.total_events():
        share = s.total_events() / sum(patients)
    if share is not None:
        centre = np.log(-np.log1p(-np.clip(share, 0.02, 0.95)))
    elif reached is not None:
        centre = np.log(np.maximum(reached, 1e-6)) + ((1 if a == "t" else -1) * np.log(s.hr) if s.hr else 0.0)
    else:
        centre = np.log(-np.log(2 / 3))
    target = np.exp(centre + deviation)
    unit = curve(family, np.ones(size), *shapes)
    x = np.geomspace(0.01, 30, 80)
    h = np.log(np.maximum(unit.cumulative_hazard(x), 1e-300))
    i = np.clip((h < np.log(target)[:, None]).sum(1), 1, x.size - 1)
    row = np.arange(size)
    part = np.clip((np.log(target) - h[row, i - 1]) / np.maximum(h[row, i] - h[row, i - 1], 1e-12), 0, 1)
    return np.log(follow) - (np.log(x[i - 1]) + part * np.log(x[i] / x[i - 1]))


def _grid(s, arms):
    longest = max((np.exp(arm[1]) for arm in arms.values() if arm[1] is not None), default=0.0)
    marks = {a: [s.get(k, a) for k in ("lo", "median", "hi")] for a in "tc"}
    marks = {a: [x if x and np.isfinite(x) else None for x in m] for a, m in marks.items()}
    ends = [2.5 * longest] + [1.05 * x for m in marks.values() for x in m if x]
    end = max(ends + ([2.5 * s.followup_median] if s.followup_median else [3.5 * longest]))
    points = [x for m in marks.values() for x in m if x]
    return np.unique(np.concatenate([end * (np.arange(1, POINTS + 1) / POINTS) ** 1.5, points])), marks


def _visits(s, marks, z, visits):
    """Time between visits (size,) and the rise of the log shape that it brings."""
    times = [x for m in marks.values() for x in m if x]
    if not times:
        return np.zeros(z.size), np.zeros(z.size)
    interval = interval_at(z, min(times)) if visits is None else np.full(z.size, float(visits))
    return interval, steeper(interval, min((x for x in (s.median_t, s.median_c) if x and np.isfinite(x)), default=min(times)))


def _weigh(family, s, arms, z, rng, log_hr_slack, median_interval, visits):
    """The pairs at coordinates z (size, VISIT + 1): every printed number linear in the scatter, and their log weights against the prior."""
    (t, marks), size, drawn, z = _grid(s, arms), len(z), z, np.clip(z, -FURTHEST, FURTHEST)
    interval, late = _visits(s, marks, z[:, VISIT], visits)
    shapes = shapes_at(family, z[:, [SHAPE, STEP, Q]], early=not any(a[3] for a in arms.values()), steeper=late)
    log_weight = np.full(size, np.log(FAMILY_WEIGHT[family]))
    curves, hazard, at_risk, variance, censored, log_median, patients = {}, {}, {}, {}, {}, {}, {}
    if s.followup_median:
        follow = s.followup_median * np.exp(0.05 * z[:, FOLLOW])
    else:
        follow = np.exp(max(a[1] for a in arms.values() if a[1] is not None) + 0.4 + 0.6 * z[:, FOLLOW])
    followup = follow_up_at(follow, z[:, [BEFORE, AFTER, POWER]])
    g = followed(t, followup)
    for a, place in (("t", N_T), ("c", N_C)):
        n, n_sd = arms[a][0]
        patients[a] = np.maximum(n * np.exp(n_sd * z[:, [place]]), s.get("events", a) or 1.0)
    reached = None
    for a, place in zip(sorted("ct", key=lambda a: not arms[a][3]), (FIRST, SECOND)):  # a printed median first
        _, centre, sd, printed = arms[a]
        shape = shapes["ct".index(a)]
        if printed:
            log_weight += z[:, place] ** 2 / 2 + np.log(sd)  # flat prior
        if centre is None:
            log_median[a] = _unseen_median(s, family, (shape, shapes[2]), a, reached, follow, [p[:, 0] for p in patients.values()], sd * z[:, place])
        else:
            log_median[a] = centre + sd * z[:, place]
        curves[a] = curve(family, np.exp(log_median[a]), shape, shapes[2])
        h = np.minimum(curves[a].cumulative_hazard(t), 300.0)
        dh = np.maximum(np.diff(h, axis=-1, prepend=0.0), 0.0)
        before = np.concatenate([np.zeros((size, 1)), h[:, :-1]], 1)
        hazard[a], censored[a] = dh, g
        reached = h[np.arange(size), np.clip(np.searchsorted(t, follow), 0, t.size - 1)]
        expected = patients[a] * np.exp(-before) * g
        at_risk[a] = np.maximum(expected, 0.7)
        # The trial's curve ends with its last patient.
        variance[a] = np.where(expected >= 1, dh / at_risk[a], 0.0)
        if s.get("median", a) == np.inf:
            # Not reached: the trial's curve was still above 1/2 near the end of follow-up.
            last = np.clip(np.searchsorted(t, nearly_all_gone(followup)), 0, t.size - 1)
            late = np.exp(-h[np.arange(size), last])
            log_weight += special.log_ndtr((late - 0.5) / 0.06)
    # One program made both intervals.
    kind = rng.integers(0, 3, size) if median_interval is None else np.full(size, INTERVALS.index(median_interval))
    rows = []
    for a in "tc":
        log_weight += log_on_schedule(sorted({x for x in marks[a] if x}), interval)
        # Where no mark is printed, any time will do: its column is not read.
        rise = interval[:, None] * curves[a].hazard(np.array([x or 1.0 for x in marks[a]]))
        rows += curve_rows(a, t, marks[a], hazard[a], variance[a], at_risk[a], kind, rise)
    rows += hazard_ratio_rows(s, hazard, at_risk, log_hr_slack)
    rows += event_rows(s, patients, hazard, censored)
    k = t.size
    names = [r[0] for r in rows]
    residual = np.stack([r[1] for r in rows], 1) if rows else np.zeros((size, 0))
    slack = np.stack([np.broadcast_to(r[2], (size,)) for r in rows], 1) if rows else np.zeros((size, 0))
    effect = np.zeros((size, len(rows), 2 * k))
    for i, (_, _, _, on_t, on_c) in enumerate(rows):
        effect[:, i, :k] = 0 if on_t is None else on_t
        effect[:, i, k:] = 0 if on_c is None else on_c
    spread = np.concatenate([variance["t"], variance["c"]], 1)
    cov = np.einsum("nik,nk,njk->nij", effect, spread, effect, optimize=True)
    cov[:, np.arange(len(rows)), np.arange(len(rows))] += slack**2
    factor = np.linalg.cholesky(cov) if rows else cov
    standard = np.linalg.solve(factor, residual[..., None])[..., 0] if rows else residual
    distance = np.sum(standard**2, 1)
    log_weight += -0.5 * distance - (np.log(np.diagonal(factor, axis1=1, axis2=2)).sum(1) if rows else 0)
    return {"z": drawn, "advantage": log_median["t"] - log_median["c"], "t": t, "curves": curves, "effect": effect, "spread": spread, "cov": cov, "slack": slack, "residual": residual,
            "log_weight": log_weight, "distance": distance, "names": names, "k": k}


def _condition(family, part, index, rng):
    """Trial curves given the printed numbers, for chosen pairs (Matheron's rule)."""
    k, spread, effect = part["k"], part["spread"][index], part["effect"][index]
    noise = rng.standard_normal(spread.shape) * np.sqrt(spread)
    if effect.shape[1]:
        seen = np.einsum("nik,nk->ni", effect, noise) + rng.standard_normal(part["slack"][index].shape) * part["slack"][index]
        gain = np.linalg.solve(part["cov"][index], (part["residual"][index] - seen)[..., None])[..., 0]
        noise = noise + spread * np.einsum("nik,ni->nk", effect, gain)
    t, found, scatter = part["t"], _chosen(family, part, index, rng), {}
    for a, own in (("t", slice(None, k)), ("c", slice(k, None))):
        smooth = np.minimum(found["curves"][a].cumulative_hazard(t), 300.0)
        scatter[a] = rising(smooth + np.cumsum(noise[:, own], 1), np.cumsum(spread[:, own], 1)) - smooth
    return found | {"t": t, "scatter": scatter}


def _chosen(family, part, index, rng):
    """Chosen pairs without the trial's own curves."""
    return {"family": family, "curves": {a: c.draw(index) for a, c in part["curves"].items()}}


def _misfit(batches):
    """Families under which no pair of curves meets the printed numbers, with the number furthest off."""
    found = []
    for family in FAMILIES:
        part = min((b for f, b in batches if f == family), key=lambda b: b["distance"].min())
        i, m = int(np.argmin(part["distance"])), part["residual"].shape[1]
        # Four parameters (two medians, two shapes) are free.
        if m > 4 and special.chdtrc(m - 4, part["distance"][i]) < 0.01:
            z = part["residual"][i] / np.sqrt(np.diagonal(part["cov"][i]))
            worst = int(np.argmax(np.abs(z)))
            found.append(f"{family}: no pair of curves meets all printed numbers; furthest off is the {part['names'][worst]} ({z[worst]:+.1f} s.d.).")
    return found

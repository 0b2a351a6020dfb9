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
- events and follow-up: where the curve ends and how many are at risk along it.

Given a pair, all of them are (nearly) linear in the scatter, so their joint density and the trial's
curve given them are Gaussian in closed form. Pairs drawn from the prior are weighted by that
density: the result averages over families, shapes and arms' differences.
"""

import numpy as np
from scipy import special

from .calibrated import Calibrated, rising
from .calibration_prior import FAMILIES, FAMILY_WEIGHT, curve, draw_follow_up, draw_shapes, followed, nearly_all_gone
from .readings import INTERVALS, curve_rows, event_rows, hazard_ratio_rows
from .summaries import Summaries

_Z = 1.959964
POINTS = 48
# Standard deviation of the log cumulative hazard at the follow-up in an arm that prints no median.
_LEVEL_SD = 0.6
# Factor on the Greenwood variance of the scatter; above 1 it would stand for visits at set times and rough hazards.
ROUGHNESS = 1.0
LOG_HR_SLACK = 0.03
# Candidates are drawn again, nearer the weight, until this many count in effect.
ENOUGH, ROUNDS = 300, 4


def calibrate(summaries, rng, size=2000, candidates=12_000, log_hr_slack=LOG_HR_SLACK, median_interval=None):
    """Curves of both arms that agree with the printed summaries.

    summaries: Summaries, or a mapping with its names. rng: numpy Generator. size: draws returned.
    candidates: pairs weighed, over all families. log_hr_slack: standard deviation by which the
    printed hazard ratio may differ from an unstratified one (log scale; 0.03, more if stratified).
    median_interval: how the limits of the medians were computed, "log-log" (SAS, lifelines), "log" (R) or
    "plain"; None: not known, all three are weighed. Returns a Calibrated. Raises ValueError when too little is printed.
    """
    s = summaries if isinstance(summaries, Summaries) else Summaries(**dict(summaries))
    if median_interval not in (None, *INTERVALS):
        raise ValueError(f"median_interval {median_interval!r}: use {', '.join(INTERVALS)} or None.")
    arms = _arms(s)
    per, batches = candidates // len(FAMILIES), []
    for _ in range(ROUNDS):
        batches += [(f, _weigh(f, s, arms, per, rng, log_hr_slack, median_interval)) for f in FAMILIES]
        log_weight = np.concatenate([b["log_weight"] for _, b in batches])
        weight = np.exp(log_weight - log_weight.max())
        weight /= weight.sum()
        effective = float(1 / np.sum(weight**2))
        if effective >= ENOUGH:
            break
        arms = _sharpened(arms, batches, weight)
    chosen = np.bincount(rng.choice(weight.size, size, p=weight), minlength=weight.size).reshape(-1, per)
    pieces = [_condition(f, b, np.repeat(np.arange(per), count), rng)
              for (f, b), count in zip(batches, chosen) if count.any()]
    share = {f: float(sum(w.sum() for (g, _), w in zip(batches, weight.reshape(-1, per)) if g == f)) for f in FAMILIES}
    return Calibrated.join(s, pieces, share, effective, s.contradictions() + _misfit(batches))


def _sharpened(arms, batches, weight):
    """Proposals for the printed medians, moved to where the weight is."""
    out = {}
    for a, (n, centre, sd, printed) in arms.items():
        if printed:
            x = np.concatenate([b["log_median"][a] for _, b in batches])
            middle = np.sum(weight * x)
            centre, sd = middle, max(1.5 * np.sqrt(np.sum(weight * (x - middle) ** 2)), 0.3 * sd)
        out[a] = (n, centre, sd, printed)
    return out


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


def _unseen_median(s, family, shapes, a, reached, follow, patients, sd, rng):
    """Log medians of an arm that prints none, from how far its curve has come at the follow-up.

    The log cumulative hazard there is centred on the arm's events, else on the other arm's curve times the
    hazard ratio, else on all events, else on one third with the event. So no family is favoured for where its median,
    never seen, would lie. reached: the other arm's cumulative hazard there, or None. Returns (size,).
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
    target = np.exp(centre + sd * rng.standard_normal(size))
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


def _weigh(family, s, arms, size, rng, log_hr_slack, median_interval):
    """Draw pairs, linearise every printed number in the scatter, and weigh the pairs."""
    t, marks = _grid(s, arms)
    shapes = draw_shapes(family, size, rng, early=not any(a[3] for a in arms.values()))
    log_weight = np.full(size, np.log(FAMILY_WEIGHT[family]))
    curves, hazard, at_risk, variance, censored, log_median, patients = {}, {}, {}, {}, {}, {}, {}
    if s.followup_median:
        follow = s.followup_median * np.exp(0.05 * rng.standard_normal(size))
    else:
        follow = np.exp(max(a[1] for a in arms.values() if a[1] is not None) + rng.normal(0.4, 0.6, size))
    followup = draw_follow_up(follow, rng)
    g = followed(t, followup)
    for a in "tc":
        n, n_sd = arms[a][0]
        patients[a] = np.maximum(n * np.exp(n_sd * rng.standard_normal((size, 1))), s.get("events", a) or 1.0)
    reached = None
    for a in sorted("ct", key=lambda a: not arms[a][3]):  # a printed median first
        _, centre, sd, printed = arms[a]
        shape = shapes["ct".index(a)]
        z = rng.standard_normal(size)
        if printed:
            log_weight += z**2 / 2 + np.log(sd)  # flat prior: undo the proposal
        if centre is None:
            log_median[a] = _unseen_median(s, family, (shape, shapes[2]), a, reached, follow, [p[:, 0] for p in patients.values()], sd, rng)
        else:
            log_median[a] = centre + sd * z
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
        rows += curve_rows(a, t, marks[a], hazard[a], variance[a], at_risk[a], kind)
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
    spread = ROUGHNESS * np.concatenate([variance["t"], variance["c"]], 1)
    cov = np.einsum("nik,nk,njk->nij", effect, spread, effect, optimize=True)
    cov[:, np.arange(len(rows)), np.arange(len(rows))] += slack**2
    factor = np.linalg.cholesky(cov) if rows else cov
    standard = np.linalg.solve(factor, residual[..., None])[..., 0] if rows else residual
    distance = np.sum(standard**2, 1)
    log_weight += -0.5 * distance - (np.log(np.diagonal(factor, axis1=1, axis2=2)).sum(1) if rows else 0)
    return {"t": t, "curves": curves, "effect": effect, "spread": spread, "cov": cov, "slack": slack, "residual": residual,
            "log_weight": log_weight, "distance": distance, "names": names, "k": k, "log_median": log_median}


def _condition(family, part, index, rng):
    """Trial curves given the printed numbers, for chosen pairs (Matheron's rule)."""
    k, spread, effect = part["k"], part["spread"][index], part["effect"][index]
    noise = rng.standard_normal(spread.shape) * np.sqrt(spread)
    if effect.shape[1]:
        seen = np.einsum("nik,nk->ni", effect, noise) + rng.standard_normal(part["slack"][index].shape) * part["slack"][index]
        gain = np.linalg.solve(part["cov"][index], (part["residual"][index] - seen)[..., None])[..., 0]
        noise = noise + spread * np.einsum("nik,ni->nk", effect, gain)
    t, curves, scatter = part["t"], {a: c.draw(index) for a, c in part["curves"].items()}, {}
    for a, own in (("t", slice(None, k)), ("c", slice(k, None))):
        smooth = np.minimum(curves[a].cumulative_hazard(t), 300.0)
        scatter[a] = rising(smooth + np.cumsum(noise[:, own], 1), np.cumsum(spread[:, own], 1)) - smooth
    return {"family": family, "t": t, "curves": curves, "scatter": scatter}


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

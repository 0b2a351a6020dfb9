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

from .calibrated import Calibrated
from .calibration_prior import FAMILIES, curve, draw_shapes
from .summaries import Summaries

_Z = 1.959964
POINTS = 48
# Slack beyond Greenwood: printed curves are steps, visits are at set times, families are too smooth.
READING_SD = 0.012
ROUGHNESS = 1.25
LOG_HR_SLACK = 0.03


def calibrate(summaries, rng, size=2000, candidates=12_000, log_hr_slack=LOG_HR_SLACK):
    """Curves of both arms that agree with the printed summaries.

    summaries: Summaries, or a mapping with its names. rng: numpy Generator. size: draws returned.
    candidates: pairs weighed, over all families. log_hr_slack: standard deviation by which the
    printed hazard ratio may differ from an unstratified one (log scale; 0.03, more if stratified).
    Returns a Calibrated. Raises ValueError when too little is printed.
    """
    s = summaries if isinstance(summaries, Summaries) else Summaries(**dict(summaries))
    arms = _arms(s)
    parts = [_weigh(family, s, arms, candidates // len(FAMILIES), rng, log_hr_slack) for family in FAMILIES]
    log_weight = np.concatenate([p["log_weight"] for p in parts])
    weight = np.exp(log_weight - log_weight.max())
    share = {f: float(w.sum()) for f, w in zip(FAMILIES, np.split(weight / weight.sum(), len(FAMILIES)))}
    chosen = rng.choice(weight.size, size, p=weight / weight.sum())
    per = candidates // len(FAMILIES)
    pieces = []
    for i, (family, part) in enumerate(zip(FAMILIES, parts)):
        index = chosen[chosen // per == i] % per
        if index.size:
            pieces.append(_condition(family, part, index, rng))
    effective = float(weight.sum() ** 2 / np.sum(weight**2))
    return Calibrated.join(s, pieces, share, effective, s.contradictions() + _misfit(parts))


def _arms(s):
    """Per arm: patients, and centre and spread for the log median."""
    n = {a: s.get("n", a) for a in "tc"}
    events = s.total_events()
    if n["t"] is None and n["c"] is None:
        guess = events / 2 / 0.65 if events else (4 / s.log_hr_se**2 / 2 / 0.65 if s.log_hr_se else 100.0)
        n = {"t": guess, "c": guess}
    n = {a: v or n["c" if a == "t" else "t"] for a, v in n.items()}
    arms = {}
    for a in "tc":
        m, low, high = (s.get(k, a) for k in ("median", "lo", "hi"))
        if m is not None and np.isfinite(m):
            sides = [abs(np.log(x / m)) / _Z for x in (low, high) if x and np.isfinite(x) and x != m]
            arms[a] = [np.log(m), np.clip(1.2 * max(sides), 0.03, 0.8) if sides else max(1.6 / np.sqrt(n[a]), 0.05), True]
    for a, b, sign in (("t", "c", -1), ("c", "t", 1)):
        if a not in arms and b in arms and arms[b][2]:
            arms[a] = [arms[b][0] + (sign * np.log(s.hr) if s.hr else 0.0), 0.45, False]
            low = s.get("lo", a)
            if low and np.isfinite(low) and arms[a][0] < np.log(low) + 0.1:
                arms[a][0] = np.log(low) + 0.3
    if not arms:
        p = [s.get("events", a) / n[a] for a in "tc" if s.get("events", a) is not None]
        p = np.mean(p) if p else (events / (n["t"] + n["c"]) if events else None)
        if p is None or not s.followup_median:
            raise ValueError("too little is printed: give at least one median, or events with patients and follow-up.")
        centre = np.log(s.followup_median * np.log(2) / -np.log1p(-min(max(p, 0.02), 0.95)))
        shift = np.log(s.hr) / 2 if s.hr else 0.0
        arms = {"t": [centre - shift, 0.6, False], "c": [centre + shift, 0.6, False]}
    return {a: (n[a], *arms[a]) for a in "tc"}


def _grid(s, arms):
    longest = max(np.exp(centre) for _, centre, _, _ in arms.values())
    marks = {a: [s.get(k, a) for k in ("lo", "median", "hi")] for a in "tc"}
    marks = {a: [x if x and np.isfinite(x) else None for x in m] for a, m in marks.items()}
    ends = [2.5 * longest] + [1.05 * x for m in marks.values() for x in m if x]
    end = max(ends + ([2.0 * s.followup_median] if s.followup_median else [3.5 * longest]))
    points = [x for m in marks.values() for x in m if x]
    return np.unique(np.concatenate([end * (np.arange(1, POINTS + 1) / POINTS) ** 1.5, points])), marks


def _weigh(family, s, arms, size, rng, log_hr_slack):
    """Draw pairs, linearise every printed number in the scatter, and weigh the pairs."""
    t, marks = _grid(s, arms)
    shapes = draw_shapes(family, size, rng)
    log_weight = np.zeros(size)
    curves, hazard, at_risk, variance, censored = {}, {}, {}, {}, {}
    width = rng.uniform(0.25, 1.0, size)
    if s.followup_median:
        follow = s.followup_median * np.exp(0.05 * rng.standard_normal(size))
    else:
        follow = np.exp(max(a[1] for a in arms.values()) + rng.normal(0.4, 0.6, size))
    for a, shape in (("c", shapes[0]), ("t", shapes[1])):
        n, centre, sd, printed = arms[a]
        z = rng.standard_normal(size)
        if printed:
            log_weight += z**2 / 2  # flat prior: undo the proposal
        curves[a] = curve(family, np.exp(centre + sd * z), shape, shapes[2])
        h = np.minimum(curves[a].cumulative_hazard(t), 300.0)
        dh = np.diff(h, axis=-1, prepend=0.0)
        g = np.clip((follow * (1 + width))[:, None] - t, 0, None) / (2 * width * follow)[:, None]
        g = np.minimum(g, 1.0)
        before = np.concatenate([np.zeros((size, 1)), h[:, :-1]], 1)
        hazard[a], censored[a] = dh, g
        at_risk[a] = np.maximum(n * np.exp(-before) * g, 0.7)
        variance[a] = dh / at_risk[a] * (g > 0)
    rows = []
    for a in "tc":
        rows += _curve_rows(a, t, marks[a], hazard[a], variance[a], at_risk[a], rng)
    rows += _hazard_ratio_rows(s, hazard, at_risk, log_hr_slack)
    rows += _event_rows(s, arms, t, hazard, censored)
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
            "log_weight": log_weight, "distance": distance, "names": names, "k": k}


def _curve_rows(arm, t, marks, dh, variance, at_risk, rng):
    """Median and its limits as points of the cumulative hazard: rows (name, residual, slack, on t, on c)."""
    h, v = np.cumsum(dh, 1), np.cumsum(variance, 1)
    size = len(dh)
    kind = rng.integers(0, 3, size)
    rows = []
    for name, mark, side in zip(("lower limit of the median", "median", "upper limit of the median"), marks, (-1, 0, 1)):
        if mark is None:
            continue
        i = int(np.searchsorted(t, mark * (1 - 1e-12)))
        sigma = np.sqrt(v[:, i])
        target = np.full(size, np.log(2))
        if side:
            shift = _Z * sigma
            plain = 0.5 - side * np.minimum(0.5 * shift, 0.45)
            log_log = np.full(size, np.log(2))
            for _ in range(12):
                log_log = np.log(2) * np.exp(side * np.minimum(shift / np.maximum(log_log, 0.05), 2.5))
            target = np.choose(kind, [log_log, np.maximum(np.log(2) + side * shift, 0.03), -np.log(plain)])
        # Steps: the curve passes 1/2 within one patient's step.
        slack = np.sqrt((READING_SD * 2) ** 2 + (0.6 / at_risk[:, i]) ** 2 + (0.1 * sigma * abs(side)) ** 2)
        on = np.zeros((size, t.size))
        on[:, : i + 1] = 1.0
        rows.append((f"{'treated' if arm == 't' else 'control'} {name}", target - h[:, i], slack,
                     on if arm == "t" else None, on if arm == "c" else None))
    return rows


def _hazard_ratio_rows(s, dh, at_risk, log_hr_slack):
    if not s.hr:
        return []
    log_hr = np.zeros(len(dh["t"]))
    for _ in range(6):
        w = at_risk["t"] * at_risk["c"] / (at_risk["t"] * np.exp(log_hr)[:, None] + at_risk["c"])
        w = np.where((at_risk["t"] > 0.7) & (at_risk["c"] > 0.7), w, 0.0)
        top, bottom = np.sum(w * dh["t"], 1), np.sum(w * dh["c"], 1)
        log_hr = np.clip(np.log(np.maximum(top, 1e-12) / np.maximum(bottom, 1e-12)), -5, 5)
    rows = [("hazard ratio", np.log(s.hr) - log_hr, log_hr_slack + 0.004 / s.hr,
             w / np.maximum(top, 1e-12)[:, None], -w / np.maximum(bottom, 1e-12)[:, None])]
    return rows


def _event_rows(s, arms, t, dh, censored):
    """Events per arm (or in all), and the events behind the width of the hazard ratio's interval."""
    rows, expected, on = [], {}, {}
    for a in "tc":
        n = arms[a][0]
        survival = np.exp(-np.cumsum(dh[a], 1))
        before = np.concatenate([np.ones((len(survival), 1)), survival[:, :-1]], 1)
        g = censored[a]
        expected[a] = np.maximum(n * np.sum(g * (before - survival), 1), 0.5)
        # An increment of hazard at u moves all of the curve after it: d events = n [g(u) S(u) - integral of S after u (-dg)].
        drop = np.concatenate([g[:, :-1] - g[:, 1:], g[:, -1:]], 1)
        on[a] = n * np.cumsum((survival * drop)[:, ::-1], 1)[:, ::-1]
        d = s.get("events", a)
        if d is not None:
            slack = 0.5 * np.sqrt(n * np.clip(d / n, 0.05, 0.95) * (1 - np.clip(d / n, 0.05, 0.95))) + 0.02 * d
            rows.append((f"events, {'treated' if a == 't' else 'control'}", d - expected[a], slack,
                         on[a] if a == "t" else None, on[a] if a == "c" else None))
    if s.events is not None and not rows:
        n = arms["t"][0] + arms["c"][0]
        p = np.clip(s.events / n, 0.05, 0.95)
        rows.append(("events", s.events - expected["t"] - expected["c"], 0.5 * np.sqrt(n * p * (1 - p)) + 0.02 * s.events, on["t"], on["c"]))
    if s.log_hr_se and not rows:
        se = np.sqrt(1 / expected["t"] + 1 / expected["c"])
        rows.append(("width of the hazard ratio's interval", np.log(s.log_hr_se) - np.log(se), np.full(len(se), 0.08), None, None))
    return rows


def _condition(family, part, index, rng):
    """Trial curves given the printed numbers, for chosen pairs (Matheron's rule)."""
    k, spread, effect = part["k"], part["spread"][index], part["effect"][index]
    noise = rng.standard_normal(spread.shape) * np.sqrt(spread)
    if effect.shape[1]:
        seen = np.einsum("nik,nk->ni", effect, noise) + rng.standard_normal(part["slack"][index].shape) * part["slack"][index]
        gain = np.linalg.solve(part["cov"][index], (part["residual"][index] - seen)[..., None])[..., 0]
        noise = noise + spread * np.einsum("nik,ni->nk", effect, gain)
    return {"family": family, "t": part["t"], "curves": {a: c.draw(index) for a, c in part["curves"].items()},
            "scatter": {"t": np.cumsum(noise[:, :k], 1), "c": np.cumsum(noise[:, k:], 1)}}


def _misfit(parts):
    """Families under which no pair of curves meets the printed numbers, with the worst of them."""
    found = []
    for family, part in zip(FAMILIES, parts):
        i = int(np.argmin(part["distance"]))
        m = part["residual"].shape[1]
        # Four parameters (two medians, two shapes) are free.
        if m > 4 and special.chdtrc(m - 4, part["distance"][i]) < 0.01:
            z = part["residual"][i] / np.sqrt(np.diagonal(part["cov"][i]))
            worst = int(np.argmax(np.abs(z)))
            found.append(f"{family}: no pair of curves meets all printed numbers; furthest off is the {part['names'][worst]} ({z[worst]:+.1f} s.d.).")
    return found

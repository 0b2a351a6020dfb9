"""Printed numbers as functions of a trial's own curves, linear in its scatter around the smooth ones.

Each row: (name, printed minus expected (size,), slack: its standard deviation beyond the scatter,
effect of the treated arm's hazard increments (size, k) or None, of the control arm's). Increments
are those of the Nelson–Aalen curve on a common grid of k times.
"""

import numpy as np

_Z = 1.959964
# A printed time is read off a curve of steps, with set visit times and rounding.
READING_SD = 0.006
INTERVALS = ("log-log", "log", "plain")


def curve_rows(arm, t, marks, dh, variance, at_risk, kind, rise):
    """Median and its limits as points of the cumulative hazard: rows (name, residual, slack, on t, on c).

    kind: (size,) which confidence interval of the curve the limits were read from (index of INTERVALS).
    rise: (size, 3) of the cumulative hazard between two visits at each mark, 0 where events are seen as they happen.
    """
    h, v = np.cumsum(dh, 1), np.cumsum(variance, 1)
    size = len(dh)
    rows = []
    for name, mark, side, between in zip(("lower limit of the median", "median", "upper limit of the median"), marks, (-1, 0, 1), rise.T):
        # A limit equal to the median is the same step, not a further point.
        if mark is None or (side and mark == marks[1]):
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
        # Steps: the curve passes 1/2 within one patient's step, and anywhere within a visit's.
        slack = np.sqrt((READING_SD * 2) ** 2 + (0.6 / at_risk[:, i]) ** 2 + (0.1 * sigma * abs(side)) ** 2 + between**2 / 12)
        on = np.zeros((size, t.size))
        on[:, : i + 1] = 1.0
        rows.append((f"{'treated' if arm == 't' else 'control'} {name}", target - h[:, i], slack,
                     on if arm == "t" else None, on if arm == "c" else None))
    return rows


def hazard_ratio_rows(s, dh, at_risk, log_hr_slack):
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


def event_rows(s, patients, dh, censored):
    """Events per arm (or in all), and the events behind the width of the hazard ratio's interval."""
    rows, expected, on = [], {}, {}
    for a in "tc":
        n = patients[a]
        survival = np.exp(-np.cumsum(dh[a], 1))
        before = np.concatenate([np.ones((len(survival), 1)), survival[:, :-1]], 1)
        g = censored[a]
        expected[a] = np.maximum(np.sum(n * g * (before - survival), 1), 0.5)
        # An increment of hazard at u moves all of the curve after it: d events = n [g(u) S(u) - integral of S after u (-dg)].
        drop = np.concatenate([g[:, :-1] - g[:, 1:], g[:, -1:]], 1)
        on[a] = n * np.cumsum((survival * drop)[:, ::-1], 1)[:, ::-1]
        d = s.get("events", a)
        if d is not None:
            p = np.clip(d / n[:, 0], 0.05, 0.95)
            slack = 0.3 * np.sqrt(n[:, 0] * p * (1 - p)) + 0.02 * d
            rows.append((f"events, {'treated' if a == 't' else 'control'}", d - expected[a], slack,
                         on[a] if a == "t" else None, on[a] if a == "c" else None))
    if s.events is not None and not rows:
        n = (patients["t"] + patients["c"])[:, 0]
        p = np.clip(s.events / n, 0.05, 0.95)
        rows.append(("events", s.events - expected["t"] - expected["c"], 0.3 * np.sqrt(n * p * (1 - p)) + 0.02 * s.events, on["t"], on["c"]))
    if s.log_hr_se and not rows:
        se = np.sqrt(1 / expected["t"] + 1 / expected["c"])
        rows.append(("width of the hazard ratio's interval", np.log(s.log_hr_se) - np.log(se), np.full(len(se), 0.08), None, None))
    return rows

"""How close calibration comes to curves that were hidden from it."""

import numpy as np

from assessment.survival import Exponential, LogLogistic, calibrate, cox_hazard_ratio, kaplan_meier


def printed(t, e, z):
    """What a report prints about two arms, and the horizon at which both curves are still known."""
    out, kms = {}, {}
    for arm, a in (("t", 1), ("c", 0)):
        km = kaplan_meier(t[z == a], e[z == a])
        kms[arm] = km
        low, high = km.median_interval()
        out |= {f"median_{arm}": km.quantile(), f"lo_{arm}": low, f"hi_{arm}": high,
                f"n_{arm}": int((z == a).sum()), f"events_{arm}": int(e[z == a].sum())}
    b, se = cox_hazard_ratio(t, e, z)
    out |= {"hr": np.exp(b), "hr_lo": np.exp(b - 1.96 * se), "hr_hi": np.exp(b + 1.96 * se)}
    out["followup_median"] = kaplan_meier(t, 1 - e).quantile()
    return out, kms, min(kms["t"].last, kms["c"].last)


def round_as_printed(values, unit):
    """Times to three figures, ratios to two decimals."""
    def one(name, v):
        if not np.isfinite(v):
            return v
        if name.startswith("hr"):
            return round(v, 2)
        if name[0] in "ne":
            return v
        return float(f"{v:.3g}")
    return {k: one(k, v) for k, v in values.items()}


def evaluate(cases, rng, size=800, candidates=12_000, drop=(), fraction=1.0):
    """Rows of (name, error of both arms' RMST and of the difference over the horizon, covered ..., baselines)."""
    rows = []
    for name, t, e, z in cases:
        values, kms, horizon = printed(t, e, z)
        horizon *= fraction
        values = {k: v for k, v in round_as_printed(values, 1).items() if k not in drop}
        result = calibrate(values, rng, size, candidates)
        truth = {a: kms[a].rmst(horizon) for a in "tc"}
        draws = {a: result.rmst(horizon, a, "trial") for a in "tc"}
        row = {"name": name, "effective": result.effective}
        for a in "tc":
            q = np.quantile(draws[a], [0.025, 0.975])
            row[f"error_{a}"] = (draws[a].mean() - truth[a]) / horizon
            row[f"covered_{a}"] = q[0] <= truth[a] <= q[1]
            row[f"width_{a}"] = (q[1] - q[0]) / horizon
            m = values.get(f"median_{a}", np.inf)
            row[f"exponential_{a}"] = (Exponential(np.log(2) / m).rmst(horizon) - truth[a]) / horizon if np.isfinite(m) else np.nan
            row[f"loglogistic_{a}"] = (LogLogistic(1.6, m).rmst(horizon) - truth[a]) / horizon if np.isfinite(m) else np.nan
        d = draws["t"] - draws["c"]
        q = np.quantile(d, [0.025, 0.975])
        row["error_d"] = (d.mean() - truth["t"] + truth["c"]) / horizon
        row["covered_d"] = q[0] <= truth["t"] - truth["c"] <= q[1]
        row["exponential_d"] = row["exponential_t"] - row["exponential_c"]
        row["loglogistic_d"] = row["loglogistic_t"] - row["loglogistic_c"]
        rows.append(row)
    return rows


def summary(rows):
    """Mean absolute errors (share of the horizon) and coverage."""
    def mean(keys):
        return float(np.nanmean([abs(r[k]) for r in rows for k in keys]))
    return {"rmst": mean(["error_t", "error_c"]), "difference": mean(["error_d"]),
            "bias": float(np.mean([r[k] for r in rows for k in ("error_t", "error_c")])),
            "covered": mean(["covered_t", "covered_c"]), "covered_difference": mean(["covered_d"]),
            "exponential": mean(["exponential_t", "exponential_c"]), "exponential_difference": mean(["exponential_d"]),
            "loglogistic": mean(["loglogistic_t", "loglogistic_c"]), "loglogistic_difference": mean(["loglogistic_d"])}


def cut_off_cases(cases, number, rng):
    """Two-arm sets as at an earlier analysis: part of the patients of real data, without replacement, cut off at a random date."""
    out = []
    for i in range(number):
        name, t, e, z = cases[rng.integers(len(cases))]
        arms = [np.flatnonzero(z == a) for a in (0, 1)]
        pick = np.concatenate([rng.choice(arm, min(int(arm.size * rng.uniform(0.6, 1.0)), 350), replace=False) for arm in arms])
        d, s, arm = t[pick], e[pick], z[pick]
        # Entry spread over time, one cut-off: potential follow-up uniform.
        end = np.quantile(t, rng.uniform(0.6, 1.0))
        limit = rng.uniform(rng.uniform(0.2, 0.6) * end, end, d.size)
        d, s = np.minimum(d, limit), np.where(d <= limit, s, 0)
        if min(s[arm == 1].sum(), s[arm == 0].sum()) >= 12:
            out.append((f"{name}#{i}", d, s.astype(int), arm))
    return out


def simulated_cases(number, rng):
    """Two-arm trials of many kinds: (name, durations, observed, treated).

    Control hazard rising, falling, humped or with a share never at risk; effect proportional, late,
    waning into crossing, or by acceleration; 30 to 600 patients, allocation 1:1 or 2:1; entry over
    some time and one cut-off, with or without drop-out. Kept when both arms have 8 events.
    """
    out = []
    while len(out) < number:
        n = int(np.exp(rng.uniform(np.log(30), np.log(600))))
        z = (rng.random(n) < rng.choice([0.5, 2 / 3])).astype(int)
        shape, effect = rng.choice(["rising", "falling", "humped", "cured"]), rng.choice(["proportional", "late", "crossing", "accelerated"])
        grid = np.linspace(0, 12, 2401)[1:]
        k = {"rising": rng.uniform(1.1, 2.2), "falling": rng.uniform(0.7, 1.0), "humped": rng.uniform(1.4, 3.0), "cured": rng.uniform(0.9, 1.8)}[shape]
        hazard = k * grid ** (k - 1) / (1 + grid**k if shape == "humped" else 1)
        if shape == "cured":
            cured, s = rng.uniform(0.1, 0.45), np.exp(-(grid**k))
            hazard = (1 - cured) * hazard * s / (cured + (1 - cured) * s)
        hr, turn = np.exp(rng.uniform(-1.2, 0.2)), rng.uniform(0.2, 0.8)
        ratio = {"proportional": hr, "accelerated": hr, "late": np.where(grid > turn, hr, 1.0), "crossing": np.where(grid > 2 * turn, 1.3, hr)}[effect]
        curves = [np.cumsum(hazard) * grid[0], np.cumsum(hazard * ratio) * grid[0]]
        speed = np.where(z == 1, hr, 1.0) if effect == "accelerated" else np.ones(n)
        drawn, t = rng.exponential(1, n), np.empty(n)
        for arm in (0, 1):
            here = curves[0 if effect == "accelerated" else arm]
            t[z == arm] = np.interp(drawn[z == arm], here, grid, right=np.inf)
        t /= speed
        cut, entry = rng.uniform(0.7, 3.0), rng.uniform(0.2, 0.9)
        limit = np.minimum(cut * (1 - entry * rng.random(n)), rng.exponential(rng.choice([4.0, 20.0, 1e6]), n))
        d, e = np.minimum(t, limit) * 10, (t <= limit).astype(int)
        if min(e[z == 1].sum(), e[z == 0].sum()) >= 8:
            out.append((f"{shape}, {effect}#{len(out)}", d, e, z))
    return out

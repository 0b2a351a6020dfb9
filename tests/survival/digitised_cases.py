"""Curves digitised on purpose: real data and simulated arms, with their clicks and numbers at risk."""

import numpy as np
from lifelines.datasets import load_gbsg2, load_lung

from assessment.survival import (
    at_risk_table,
)


def truth(name="gbsg2", treated=True):
    if name == "gbsg2":
        f = load_gbsg2()
        keep = (f["horTh"] == "yes") == treated
        return f.loc[keep, "time"].to_numpy(float), f.loc[keep, "cens"].to_numpy()
    f = load_lung()
    keep = (f["sex"] == 2) == treated
    return f.loc[keep, "time"].to_numpy(float), (
        f.loc[keep, "status"] == f["status"].max()
    ).to_numpy(int)


def corners(km, last):
    before = np.concatenate([[1.0], km.survival[:-1]])
    return np.c_[
        np.concatenate([[0], np.repeat(km.times, 2), [last]]),
        np.concatenate([[1], np.c_[before, km.survival].ravel(), km.survival[-1:]]),
    ]


def clicks(km, last, rng, m=120):
    t = np.sort(np.clip(np.linspace(0, last, m) + rng.normal(0, 0.003 * last, m), 0, last))
    return np.c_[t, km.at(t) + rng.normal(0, 0.003, m)]


def at_risk(t, k=6):
    times = np.linspace(0, 0.95 * t.max(), k)
    return np.c_[times, at_risk_table(t, times)]


def drawn(rng, n, rate, longest=30.0):
    """Exponential times, losses spread evenly over the time observed."""
    died, lost = rng.exponential(1 / rate, n), rng.uniform(4, longest, n)
    return np.minimum(died, lost), (died <= lost).astype(int)

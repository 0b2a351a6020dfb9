"""The hazard ratio that a large trial would print of two curves whose hazards need not be
proportional."""

from __future__ import annotations

import numpy as np

NEWTON_STEPS = 12
LARGEST_LOG_RATIO = 5.0
# Newton's steps square the error, so after one as small as this the rest are below rounding.
SETTLED = 1e-9


def cox_limit(
    treated: np.ndarray, control: np.ndarray, followed: np.ndarray, treated_share: float
) -> np.ndarray:
    """Log of the hazard ratio to which Cox's estimate tends with many patients, for each draw.

    ``treated``, ``control``: cumulative hazards at increasing times from 0, (draws, times).
    ``followed``: share of patients who could be followed to each time, (times,). ``treated_share``:
    part of the patients in the treated arm, 0 to 1. It solves the expected score,
    ∫ G (π S_t dH_t − p(β) (π S_t dH_t + (1 − π) S_c dH_c)) = 0, where p(β) is the treated arm's
    part of those at risk, each weighted with its ratio (Struthers & Kalbfleisch 1986, Biometrika
    73:363–369). Returns (draws,), within ± LARGEST_LOG_RATIO.
    """
    middle = (followed[1:] + followed[:-1]) / 2

    def at_risk(cumulative: np.ndarray, share: float) -> np.ndarray:
        return share * np.exp(-(cumulative[:, 1:] + cumulative[:, :-1]) / 2)

    risk_t, risk_c = at_risk(treated, treated_share), at_risk(control, 1 - treated_share)
    events_t = middle * risk_t * np.diff(treated, axis=1)
    events = events_t + middle * risk_c * np.diff(control, axis=1)
    total = events_t.sum(axis=1)
    log_ratio = np.zeros(len(treated))
    for _step in range(NEWTON_STEPS):
        part = risk_t * np.exp(log_ratio)[:, None]
        part = part / np.maximum(part + risk_c, 1e-300)
        score = total - np.sum(events * part, axis=1)
        slope = np.maximum(np.sum(events * part * (1 - part), axis=1), 1e-12)
        before = log_ratio
        log_ratio = np.clip(
            log_ratio + np.clip(score / slope, -1, 1), -LARGEST_LOG_RATIO, LARGEST_LOG_RATIO
        )
        if np.abs(log_ratio - before).max(initial=0.0) < SETTLED:
            break
    return log_ratio

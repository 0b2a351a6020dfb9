"""The table to choose between fitted families."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from assessment.evidence.arguments.checked_arguments import taking
from assessment.evidence.arguments.object_arguments import made_by, several
from assessment.survival.estimation.maximum_likelihood import Fit


@taking(fits=several(made_by(Fit, "fit()")))
def choose(fits: Sequence[Fit]) -> list[dict[str, Any]]:
    """Model choice table (NICE DSU TSD 14): one dict per fit, best AIC first.

    Keys: family, parameters, loglik, aic, bic, delta_aic, aic_weight, median, mean, warnings.
    AIC weights (Burnham & Anderson) say how the data rank the families, not which tail is right.
    Raises ValueError for no fits, and for fits to different data, whose likelihoods do not compare.
    """
    if not fits:
        raise ValueError("no fits to choose from: give what fit() returned, one for each family.")
    data = sorted({(f.n, f.events) for f in fits})
    if len(data) > 1:
        told = ", ".join(f"{events} events in {n} patients" for n, events in data)
        raise ValueError(f"fits to different data cannot be compared: {told}. Fit all to the same.")
    best = min(f.aic for f in fits)
    weight = np.array([np.exp(-(f.aic - best) / 2) for f in fits])
    rows = [
        {
            "family": f.family,
            "parameters": f.estimates.size,
            "loglik": f.loglik,
            "aic": f.aic,
            "bic": f.bic,
            "delta_aic": f.aic - best,
            "aic_weight": float(w),
            "median": float(f.distribution.median()),
            "mean": float(f.distribution.mean()),
            "warnings": f.warnings,
        }
        for f, w in zip(fits, weight / weight.sum())
    ]
    return sorted(rows, key=lambda row: row["aic"])

"""Ratios of hazards for trials that print none: from two medians, or from two shares at one time.

Both are rough. The first takes hazards as constant; the second takes them as proportional up to the
time of the shares. Where the two differ much, the effect was not the same throughout.
"""

from __future__ import annotations

import numpy as np

from assessment.survival.comparison.effect_measures import Ratio


def ratio_of_medians(
    treated: float, control: float, n_treated: float, n_control: float, follow_up: float
) -> Ratio:
    """Hazard ratio that two medians imply under constant hazards, with 95 % limits.

    treated, control: medians in one unit of time; n_treated, n_control: patients; follow_up: median
    follow-up, same unit. The ratio is control/treated; the variance of its log is the sum of one
    over the events, which constant hazards make n(1 - 2^(-follow_up/median)) (Tierney et al. 2007,
    Trials 8:16, section on medians). Raises ValueError unless all are above 0.
    """
    if min(treated, control, n_treated, n_control, follow_up) <= 0:
        raise ValueError("medians, patients and follow-up must all be above 0.")
    events = [
        n * (1 - 0.5 ** (follow_up / median))
        for n, median in ((n_treated, treated), (n_control, control))
    ]
    return Ratio.from_log(
        float(np.log(control / treated)), float(np.sqrt(sum(1 / np.array(events))))
    )


def ratio_of_shares(
    free_treated: float, n_treated: float, free_control: float, n_control: float
) -> Ratio:
    """Hazard ratio that the shares without an event at one time imply under proportional hazards,
    with 95 % limits.

    free_*: patients without an event of the n_* patients. The ratio is log S_treated/log S_control;
    the variance of log(-log S) is (1 - S)/(n S log(S)^2) (delta method; Kalbfleisch and Prentice
    2002, section 1.4). Raises ValueError where a share is 0 or 1.
    """
    logs, variances = [], []
    for free, n in ((free_treated, n_treated), (free_control, n_control)):
        if not 0 < free < n:
            raise ValueError(f"{free:g} of {n:g}: a share of 0 or 1 gives no ratio.")
        share = free / n
        logs.append(np.log(-np.log(share)))
        variances.append((1 - share) / (n * share * np.log(share) ** 2))
    return Ratio.from_log(float(logs[0] - logs[1]), float(np.sqrt(sum(variances))))

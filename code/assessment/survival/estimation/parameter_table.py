"""The parameters of a fitted curve on their natural scale, with standard errors."""

from __future__ import annotations

import numpy as np
import pandas as pd

from assessment.survival.distributions.distribution import Distribution
from assessment.survival.distributions.flexible import PiecewiseExponential, RoystonParmar
from assessment.survival.distributions.special_functions import Z_975


def parameter_table(
    curve: Distribution, estimates: np.ndarray, covariance: np.ndarray
) -> pd.DataFrame:
    """One row for each parameter: parameter, estimate, standard_error, low, high.

    ``estimates`` (k,), ``covariance`` (k, k): on the estimation scale of ``Fit``. A positive parameter
    exp(b) has the standard error exp(b) se(b), by the delta method, and the 95 % limits
    exp(b ± 1.96 se(b)), as flexsurv prints them (Jackson 2016, J Stat Softw 70(8), section 3.1). nan
    where the data do not identify the parameter.
    """
    if isinstance(curve, RoystonParmar):
        names, positive = [f"gamma{i}" for i in range(estimates.size)], [False] * estimates.size
    elif isinstance(curve, PiecewiseExponential):
        names, positive = [f"rate {i + 1}" for i in range(estimates.size)], [True] * estimates.size
    else:
        names, positive = list(curve.parameter_names), [scale == "log" for scale in curve.scales]
    error = np.sqrt(np.diagonal(covariance))
    low, high = estimates - Z_975 * error, estimates + Z_975 * error
    logs = np.array(positive)
    with np.errstate(over="ignore"):
        value, low, high = (np.where(logs, np.exp(x), x) for x in (estimates, low, high))
    return pd.DataFrame(
        {
            "parameter": names,
            "estimate": value,
            "standard_error": np.where(logs, value * error, error),
            "low": low,
            "high": high,
        }
    )

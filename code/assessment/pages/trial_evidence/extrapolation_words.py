"""Words and horizons of what lies beyond the trial."""

from __future__ import annotations

import altair as alt
import numpy as np

from assessment.case.trial.trial import COHORTS
from assessment.presentation import numbers

YEARS = (2, 5, 10)


LONG = {
    "months": "Horizon, months",
    "years": "Years since randomisation",
    "gained": "Months gained up to the horizon",
    "hazard": "Monthly hazard, per 100 at risk",
}


FAMILY = {
    "weibull": "Weibull",
    "gamma": "Gamma",
    "lognormal": "Lognormal",
    "loglogistic": "Log-logistic",
    "gompertz": "Gompertz",
    "generalised_gamma": "Gen. gamma",
}


TAIL = {
    "weibull": "rises or falls steadily",
    "gamma": "rises or falls, then levels off",
    "lognormal": "rises, then falls",
    "loglogistic": "rises, then falls",
    "gompertz": "rises or falls exponentially",
    "generalised_gamma": "any of these",
}


SET_NAMES = {
    "lung": "Lung cancer, women against men",
    "breast": "Breast cancer, hormones or not",
    "leukaemia": "Leukaemia, 6-MP or placebo",
    "regimes": "Governments, democracy or not",
}


SET_TITLES = {
    "lung": "Lung cancer",
    "breast": "Breast cancer",
    "leukaemia": "Leukaemia",
    "regimes": "Governments",
}


def percent(values) -> str:
    """Middle and 95 % range of shares, as text in percent."""
    low, middle, high = (100 * float(v) for v in np.quantile(values, [0.025, 0.5, 0.975]))
    return f"{numbers.number(middle)} ({numbers.interval(low, high, 0)})"


def grid_of(draw_panel, endpoints, width, title, spacing=18):
    rows = [
        alt.hconcat(*(draw_panel(e, c, i == 0) for i, c in enumerate(COHORTS)), spacing=spacing)
        for e in endpoints
    ]
    return alt.vconcat(*rows, spacing=14, title=title)

"""Words of what lies beyond the trial, and of the check on hidden data."""

from __future__ import annotations

from collections.abc import Callable

import altair as alt
import numpy as np

from assessment.case.trial.trial import COHORTS
from assessment.presentation import numbers
from assessment.presentation.language import _

YEARS = (2, 5, 10)  # at which the plausible range is shown
FAMILY = {
    "weibull": _("Weibull"),
    "gamma": _("Gamma"),
    "lognormal": _("Lognormal"),
    "loglogistic": _("Log-logistic"),
    "gompertz": _("Gompertz"),
    "generalised_gamma": _("Gen. gamma"),
}
TAIL = {
    "weibull": _("rises or falls steadily"),
    "gamma": _("rises or falls, then levels off"),
    "lognormal": _("rises, then falls"),
    "loglogistic": _("rises, then falls"),
    "gompertz": _("rises or falls exponentially"),
    "generalised_gamma": _("any of these"),
}
SET_NAMES = {
    "lung": _("Lung cancer, women against men"),
    "breast": _("Breast cancer, hormones or not"),
    "leukaemia": _("Leukaemia, 6-MP or placebo"),
    "regimes": _("Governments, democracy or not"),
}
SET_TITLES = {
    "lung": _("Lung cancer"),
    "breast": _("Breast cancer"),
    "leukaemia": _("Leukaemia"),
    "regimes": _("Governments"),
}


def percent(shares) -> str:
    """Middle and 95 % range of drawn shares, 0 to 1, as text in percent."""
    low, middle, high = (100 * float(v) for v in np.quantile(shares, [0.025, 0.5, 0.975]))
    return f"{numbers.number(middle)} ({numbers.interval(low, high, 0)})"


def grid_of(
    draw_panel: Callable[[str, str, bool], alt.LayerChart | alt.FacetChart],
    endpoints: tuple[str, ...],
    title: alt.Title,
) -> alt.VConcatChart:
    """Panels with endpoints as rows and cohorts as columns.

    draw_panel: given endpoint, cohort and whether it is the first of its row.
    """
    rows = []
    for endpoint in endpoints:
        panels = [draw_panel(endpoint, cohort, i == 0) for i, cohort in enumerate(COHORTS)]
        rows.append(alt.hconcat(*panels, spacing=18))
    return alt.vconcat(*rows, spacing=14, title=title)

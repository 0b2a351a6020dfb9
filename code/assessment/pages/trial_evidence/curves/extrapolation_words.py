"""Words of what lies beyond the trial, and of the check on hidden data."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import altair as alt
import numpy as np

from assessment.presentation import numbers
from assessment.presentation.language import _

GAP = 18  # pixels between panels beside each other
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
# The public data sets of the check, which have nothing to do with the case.
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


@dataclass(frozen=True)
class Place:
    """Where a panel stands in a grid: ``plot``, its width in pixels; whether it is the first of its
    row; whether its row is the lowest.
    """

    plot: int
    first: bool
    lowest: bool


def grid_of(
    draw_panel: Callable[[str, str, Place], alt.LayerChart | alt.FacetChart],
    shown: Iterable[tuple[str, str]],
    width: int,
    left: int,
    title: alt.Title,
) -> alt.VConcatChart:
    """Panels with endpoints as rows and cohorts as columns.

    draw_panel: given endpoint, cohort and place. shown: (endpoint, cohort) of each panel. width, of
    the whole, and left, the room for the axis, in pixels.
    """
    by_endpoint: dict[str, list[str]] = {}
    for endpoint, cohort in shown:
        by_endpoint.setdefault(endpoint, []).append(cohort)
    columns = max(len(cohorts) for cohorts in by_endpoint.values())
    plot = (width - left - GAP * (columns - 1)) // columns
    rows = []
    for endpoint, cohorts in by_endpoint.items():
        lowest = endpoint == list(by_endpoint)[-1]
        panels = [
            draw_panel(endpoint, cohort, Place(plot, i == 0, lowest))
            for i, cohort in enumerate(cohorts)
        ]
        rows.append(alt.hconcat(*panels, spacing=GAP))
    return alt.vconcat(*rows, spacing=14, title=title)

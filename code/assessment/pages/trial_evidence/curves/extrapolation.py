"""Beyond the trial's follow-up: the fan to ten years."""

from __future__ import annotations

import altair as alt
import numpy as np
import pandas as pd

from assessment.case.trial.trial import ARMS, COHORTS
from assessment.case.trial.trial_curves import Curves
from assessment.pages.trial_evidence.curves.curve_layers import (
    band_frame,
    band_layers,
    percent_axis,
)
from assessment.pages.trial_evidence.curves.curve_words import (
    ENDS,
    OUTLINED,
    both_endpoints,
    route_title,
)
from assessment.pages.trial_evidence.curves.extrapolation_words import (
    YEARS,
    Place,
    grid_of,
    percent,
)
from assessment.pages.trial_evidence.shared.arm_channels import arm_shapes
from assessment.pages.trial_evidence.shared.arm_looks import MARK
from assessment.pages.trial_evidence.shared.number_words import number_word
from assessment.pages.trial_evidence.shared.trial_words import (
    ARM_LABELS,
    base_sources,
    capitalised,
    file_name,
)
from assessment.presentation import theme
from assessment.presentation.language import _, ngettext
from assessment.presentation.show import Figure


def _ranges(c: Curves) -> pd.DataFrame:
    """The plausible range of the share without the event at YEARS, by arm, in percent."""
    points = []
    for arm in ARMS:
        # the arms' bars stand a little apart
        aside = 0.13 if arm == ARMS[0] else -0.13
        drawn = 100 * c.survival(12.0 * np.array(YEARS), arm)
        for year, shares in zip(YEARS, drawn.T):
            low, middle, high = np.quantile(shares, [0.025, 0.5, 0.975])
            points.append(
                {
                    "arm": arm,
                    "month": year + aside,
                    "year": year,
                    "low": low,
                    "middle": middle,
                    "high": high,
                    "text": percent(shares / 100),
                }
            )
    return pd.DataFrame(points)


def _corner_names(plot: int) -> list[alt.Chart]:
    """Names in the corner: the curves of survival lie on each other."""
    layers = []
    for i, arm in enumerate(ARMS):
        name = pd.DataFrame({"text": [f"{MARK[arm]} {ARM_LABELS[arm]}"]})
        text = alt.Chart(name).mark_text(
            align="right", fontSize=12, fontWeight=600, color=theme.ARM_COLOURS[arm]
        )
        at = {"x": alt.value(plot - 2), "y": alt.value(10 + 16 * i)}
        layers.append(text.encode(**at, text="text:N"))
    return layers


def _panel(
    c: Curves, ranges: pd.DataFrame, wide: bool, place: Place
) -> alt.LayerChart | alt.FacetChart:
    named = place.lowest and (wide or place.first)
    x = alt.X(
        "month:Q",
        scale=alt.Scale(domain=[0, 10.3], nice=False),
        axis=alt.Axis(
            values=[0, 2, 5, 10],
            grid=False,
            title=_("Years since randomisation") if named else None,
        ),
    )
    y = percent_axis(place.first, grid=True)
    tooltip = [
        alt.Tooltip("arm:N", title=_("Arm")),
        alt.Tooltip("text:N", title=_("Percent")),
    ]
    frame = band_frame(c, 12.0 * YEARS[-1], 80, "population")
    years = frame.assign(month=frame["month"] / 12)
    base = alt.Chart(ranges).encode(x=x, color=theme.arm_scale("arm:N"), tooltip=tooltip)
    bars = base.mark_rule(strokeWidth=2)
    dots = base.mark_point(filled=True, size=55, opacity=1)
    layers = [
        *band_layers(years, x, y, 0.14, tips=False, outlined=c.endpoint in OUTLINED),
        bars.encode(y=y("low"), y2="high:Q"),
        dots.encode(y=y("middle"), shape=arm_shapes()),
        *_corner_names(place.plot),
    ]
    title = f"{ENDS[c.endpoint]}, {COHORTS[c.group]}"
    height = 190 if wide else 150
    return alt.layer(*layers).properties(width=place.plot, height=height, title=title)


def _table(ranges: dict[tuple[str, str], pd.DataFrame]) -> pd.DataFrame:
    """The share without the event at YEARS with its range: a row per endpoint, cohort and arm."""
    rows = []
    for (endpoint, cohort), points in ranges.items():
        for arm in ARMS:
            row = {
                _("Endpoint"): ENDS[endpoint],
                _("Cohort"): COHORTS[cohort],
                _("Arm"): ARM_LABELS[arm],
            }
            of_arm = points[points["arm"] == arm]
            for year, text in zip(of_arm["year"], of_arm["text"]):
                row[_("{years} years").format(years=year)] = text
            rows.append(row)
    return pd.DataFrame(rows)


def fan() -> Figure:
    """Both endpoints to ten years, with the plausible range at two, five and ten years by arm,
    wherever enough is printed for a curve. No background mortality.

    Raises LookupError where there is no curve at all.
    """
    shown = both_endpoints()
    ranges = {key: _ranges(c) for key, c in shown.items()}

    def draw(width: int) -> alt.VConcatChart:
        def panel(endpoint: str, cohort: str, place: Place):
            key = endpoint, cohort
            return _panel(shown[key], ranges[key], width > 500, place)

        return grid_of(panel, shown, width, 62, route_title(list(shown.values())))

    shares = "; ".join(
        _("{endpoint} {cohort} {arm}: {five} at five years, {ten} at ten").format(
            endpoint=ENDS[endpoint],
            cohort=COHORTS[cohort],
            arm=ARM_LABELS[arm],
            five=_text_at(points, arm, 5),
            ten=_text_at(points, arm, 10),
        )
        for (endpoint, cohort), points in ranges.items()
        for arm in ARMS
    )
    return Figure(
        draw,
        ngettext(
            "{count} fan of survival to ten years by arm, percent with 95 percent ranges. {shares}.",
            "{count} fans of survival to ten years by arm, percent with 95 percent ranges."
            " {shares}.",
            len(shown),
        ).format(count=capitalised(number_word(len(shown))), shares=shares),
        _table(ranges),
        file_name("extrapolation"),
        base_sources(),
        note=_("Percent with 95 % range. Background mortality is not applied here."),
    )


def _text_at(ranges: pd.DataFrame, arm: str, year: int) -> str:
    return ranges[(ranges["arm"] == arm) & (ranges["year"] == year)]["text"].iloc[0]

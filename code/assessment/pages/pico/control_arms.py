"""What happened to the control arms of the comparators' trials, as a picture."""

from __future__ import annotations

import altair as alt
import pandas as pd

from assessment.evidence import Fact
from assessment.pages.pico.comparator_rows import rows_chart, side_by_side
from assessment.pages.pico.comparator_trials import control_median, short_name, trials
from assessment.presentation import numbers
from assessment.presentation.frame_rows import frame_rows
from assessment.presentation.language import _
from assessment.presentation.show import Figure, ref


def controls() -> Figure:
    """What happened to the control arms: a check of whether the trials' patients were alike."""
    medians = [
        (trial, median) for trial in frame_rows(trials()) if (median := control_median(trial))
    ]
    data = _control_rows(medians)

    def draw(width: int) -> alt.TopLevelMixin:
        x = alt.X(
            "value:Q",
            title=_("Control arm, median PFS (months)"),
            scale=alt.Scale(domain=[0, 30], nice=False),
            axis=alt.Axis(values=[0, 8, 16, 24], grid=False),
        )

        def panel(network: str, panel_width: int) -> alt.LayerChart | alt.FacetChart:
            return rows_chart(data[data["network"] == network], panel_width, x, _("Median"))

        return side_by_side(panel, width)

    return Figure(
        draw,
        _alternative(medians),
        _table(medians),
        "control-arms",
        note=_(
            "Orange squares: placebo; grey diamonds: an active or other control. The same judge as"
            " for the hazard ratio."
        ),
    )


def _alternative(medians: list[tuple]) -> str:
    """What the picture shows, in words, from (trial, median of its control)."""
    placebo: dict[str, list[float]] = {}
    others: dict[str, float] = {}
    for trial, median in medians:
        if trial.control == "placebo":
            placebo.setdefault(trial.network, []).append(median.number)
        else:
            others[trial.control.split(",")[0]] = median.number
    ends = {
        f"{end}_{network}": numbers.number(value, 1)
        for network, values in placebo.items()
        for end, value in (("low", min(values)), ("high", max(values)))
    }
    listed = sorted(others.items(), key=lambda other: other[1])
    return _(
        "Median progression-free survival in the control arms. Placebo arms: {low_pNET} to"
        " {high_pNET} months in the pancreas, {low_epNET} to {high_epNET} outside it. Other controls"
        " last longer: {others} months."
    ).format(others=", ".join(f"{name} {numbers.number(n, 1)}" for name, n in listed), **ends)


def _control_rows(medians: list[tuple]) -> pd.DataFrame:
    """A row per trial as rows_chart asks for it, from (trial, median of its control)."""
    rows = [
        {
            "network": trial.network,
            "name": f"{trial.trial}: {short_name(trial.control)}",
            "order": order,
            "value": median.value,
            "low": median.low,
            "high": median.high,
            "kind": "placebo" if trial.control == "placebo" else "apart",
            "label": _with_interval(median),
        }
        for order, (trial, median) in enumerate(medians)
    ]
    return pd.DataFrame(rows)


def _with_interval(median: Fact) -> str:
    text = numbers.fact_text(median, "bare")
    return f"{text} ({numbers.fact_interval(median)})" if median.printed_low else text


def _table(medians: list[tuple]) -> pd.DataFrame:
    rows = [
        {
            _("Network"): trial.network,
            _("Trial"): trial.trial,
            _("Control"): trial.control,
            _("Median PFS"): ref(median),
            _("Judged by"): median.assessor or "",
            _("Earlier treatment"): trial.line,
        }
        for trial, median in medians
    ]
    return pd.DataFrame(rows)

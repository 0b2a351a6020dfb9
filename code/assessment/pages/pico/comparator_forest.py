"""Hazard ratios of the comparators' trials, as a picture."""

from __future__ import annotations

import altair as alt
import pandas as pd

from assessment.pages.pico.comparator_rows import rows_chart, side_by_side
from assessment.pages.pico.comparator_trials import joins, short_name, trials
from assessment.pages.pico.pico_words import NO_RESULT
from assessment.presentation import numbers
from assessment.presentation.frame_rows import frame_rows
from assessment.presentation.language import _
from assessment.presentation.show import Figure, ref


def forest() -> Figure:
    """Hazard ratio for progression or death, each trial against its own control."""
    frame = trials()
    data = _forest_rows(frame)

    def draw(width: int) -> alt.TopLevelMixin:
        x = alt.X(
            "value:Q",
            title=_("Hazard ratio, log scale"),
            scale=alt.Scale(type="log", domain=[0.1, 2.2], nice=False),
            axis=alt.Axis(values=[0.125, 0.25, 0.5, 1, 2], format="~g"),
        )

        def panel(network: str, panel_width: int) -> alt.LayerChart | alt.FacetChart:
            rows = data[data["network"] == network]
            return rows_chart(rows, panel_width, x, _("Hazard ratio"), rule=1)

        return side_by_side(panel, width)

    return Figure(
        draw,
        _alternative(frame),
        _table(frame),
        "comparator-hazard-ratios",
        note=_(
            "Below one favours the drug named first. Blue: cabozantinib; black: placebo control;"
            " grey diamonds: another control, named. SANET-p and E2211 were judged by"
            " investigators."
        ),
    )


def _alternative(frame: pd.DataFrame) -> str:
    """What the picture shows, in words: each drug's whole trial against placebo."""
    ratios: dict[str, dict[str, str]] = {}
    for trial in frame_rows(frame):
        if trial.linked:  # groups of a trial stand after the whole of it
            network = ratios.setdefault(trial.network, {})
            network.setdefault(short_name(trial.treatment), numbers.number(trial.fact.number, 2))
    listed = {
        network: ", ".join(f"{drug} {ratio}" for drug, ratio in drugs.items())
        for network, drugs in ratios.items()
    }
    return _(
        "Forest of hazard ratios for progression or death, each trial against its own control: in"
        " the pancreas {pNET} against placebo; outside it {epNET}. Trials with another control stand"
        " in grey."
    ).format(**listed)


def _forest_rows(frame: pd.DataFrame) -> pd.DataFrame:
    """A row per trial as rows_chart asks for it."""
    rows = []
    for order, trial in enumerate(frame_rows(frame)):
        rows.append(
            {
                "network": trial.network,
                "name": _name(trial),
                "order": order,
                "value": trial.fact.value,
                "low": trial.fact.low,
                "high": trial.fact.high,
                "kind": _kind(trial),
                "label": (NO_RESULT if trial.fact.value is None else numbers.fact_text(trial.fact)),
            }
        )
    return pd.DataFrame(rows)


def _name(trial) -> str:
    """The trial and its drug; the control too where it is not placebo."""
    names = {"trial": trial.trial, "drug": short_name(trial.treatment)}
    if trial.linked:
        return "{trial}: {drug}".format(**names)
    return _("{trial}: {drug} v {control}").format(**names, control=short_name(trial.control))


def _kind(trial) -> str:
    if trial.treatment == "cabozantinib":
        return "cabozantinib"
    return "linked" if trial.linked else "apart"


def _table(frame: pd.DataFrame) -> pd.DataFrame:
    rows = [
        {
            _("Network"): trial.network,
            _("Trial"): trial.trial,
            _("Treatment against control"): _("{treatment} against {control}").format(
                treatment=trial.treatment, control=trial.control
            ),
            _("Hazard ratio"): ref(trial.fact),
            _("Judged by"): trial.fact.assessor or "",
            _("Patients"): f"{trial.population}; {trial.line}",
            _("Joins the comparison"): joins(trial),
        }
        for trial in frame_rows(frame)
    ]
    return pd.DataFrame(rows)

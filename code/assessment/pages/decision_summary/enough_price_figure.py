"""The picture of the summary: which price of a pack would be enough, by cohort and value of a QALY."""

from __future__ import annotations

import altair as alt
import pandas as pd

from assessment.case.model import runs
from assessment.case.model.costs.cost_row_checks import PRICE
from assessment.case.model.inputs.model_inputs import COHORTS, input_fact
from assessment.case.trial.trial import COHORTS as NAMES
from assessment.pages.economics.shared.model_answers import (
    class_value,
    price_answer,
    price_limits,
    stated_value,
)
from assessment.presentation import theme
from assessment.presentation.language import _
from assessment.presentation.money_format import format_nok
from assessment.presentation.show import Figure

THOUSAND = 1000
ROW = _("{cohort}, {value} a QALY")
LABELS = {True: 175, False: 0}  # pixels for the names of rows, by whether the figure is wide
VALUES = 210  # pixels for the values at the right of a wide figure


def enough_price() -> Figure:
    """The price of a pack that would be enough against placebo, with its interval, beside the price
    assumed.
    """
    rows, assumed = _rows(), input_fact(PRICE).number

    def draw(width: int) -> alt.TopLevelMixin:
        wide = width > 500
        plot = width - (LABELS[True] + VALUES if wide else 16)
        return _chart(rows, assumed / THOUSAND, plot, wide)

    table = rows[["cohort", "value", "told"]].rename(
        columns={
            "cohort": _("Cohort"),
            "value": _("Value of a QALY, NOK"),
            "told": _("Price of a pack that would be enough, 95 % interval"),
        }
    )
    listed = "; ".join(f"{row}: {told}" for row, told in zip(rows["row"], rows["told"]))
    return Figure(
        draw,
        _(
            "Dots and lines on an axis of the price of a pack: the price that would be enough against"
            " placebo, with its 95 % interval, and the assumed price, {assumed}. {listed}."
        ).format(assumed=format_nok(assumed), listed=listed),
        table,
        "summary-enough-price",
        ("meldst38", "magnussen2015"),
    )


def _rows() -> pd.DataFrame:
    """By cohort and value of a QALY: the price in thousand NOK, not below 0, with its limits; ``met``:
    whether any price is enough; ``told``: the answer in words.
    """
    rows = []
    for cohort in COHORTS:
        for value in (class_value(cohort), stated_value()):
            price = float(runs.base(cohort).price_at(value).price)
            low, high = price_limits(cohort, value)
            rows.append(
                {
                    "cohort": NAMES[cohort],
                    "value": int(value),
                    "row": ROW.format(cohort=NAMES[cohort], value=format_nok(value)),
                    "price": max(price, 0.0) / THOUSAND,
                    "low": max(low, 0.0) / THOUSAND,
                    "high": max(high, 0.0) / THOUSAND,
                    "met": price >= 0,
                    "told": price_answer(cohort, value),
                }
            )
    return pd.DataFrame(rows)


def _chart(
    rows: pd.DataFrame, assumed: float, plot: float, wide: bool
) -> alt.LayerChart | alt.FacetChart:
    """Names at the left and values at the right when wide, both above each line when narrow."""
    top = max(assumed, rows["high"].max()) * 1.08

    def x(field: str) -> alt.X:
        return alt.X(
            field,
            title=_("Price of a pack, thousand NOK without tax"),
            scale=alt.Scale(domain=[0, top], nice=False),
            axis=alt.Axis(grid=False, tickCount=5),
        )

    data = rows.assign(above=rows["row"] + ": " + rows["told"])
    names = alt.Axis(labelLimit=LABELS[True], labelPadding=8) if wide else None
    base = alt.Chart(data).encode(
        y=alt.Y("row:N", sort=list(data["row"]), title=None, axis=names),
        color=alt.Color(
            "cohort:N",
            scale=alt.Scale(
                domain=[NAMES[cohort] for cohort in COHORTS],
                range=[theme.COHORT_COLOURS[cohort] for cohort in COHORTS],
            ),
            legend=None,
        ),
    )
    down = 0 if wide else 9
    reach = base.mark_rule(strokeWidth=5, opacity=0.45, yOffset=down)
    dot = base.mark_point(filled=True, size=90, opacity=1, yOffset=down)
    hollow = base.mark_point(filled=False, size=80, opacity=1, strokeWidth=2, yOffset=down)
    words = base.mark_text(align="left", fontSize=13 if wide else 12, dy=0 if wide else -10).encode(
        x=alt.value(plot + 12 if wide else 0),
        text="told:N" if wide else "above:N",
        color=alt.value(theme.INK),
    )
    at_assumed = (
        base.transform_calculate(assumed=str(assumed))
        .mark_tick(thickness=2, height=26 if wide else 16, color=theme.INK, yOffset=down)
        .encode(x=x("assumed:Q"), color=alt.value(theme.INK))
    )
    named = (
        alt.Chart(pd.DataFrame({"price": [assumed], "text": [_("◆ assumed price")]}))
        .mark_text(align="center", baseline="bottom", fontSize=12, dy=-2, color=theme.INK)
        .encode(x=x("price:Q"), y=alt.value(0), text="text:N")
    )
    return alt.layer(
        reach.encode(x=x("low:Q"), x2="high:Q"),
        at_assumed,
        dot.encode(x=x("price:Q")).transform_filter("datum.met"),
        hollow.encode(x=x("price:Q")).transform_filter("!datum.met"),
        words,
        named,
    ).properties(width=plot, height=alt.Step(30 if wide else 46))

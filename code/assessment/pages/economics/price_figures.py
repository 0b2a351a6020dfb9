"""At which price it would be enough: net benefit by price of a pack, with its interval."""

from __future__ import annotations

import altair as alt
import numpy as np
import pandas as pd

from assessment.case.model import runs
from assessment.case.model.costs.cost_row_checks import PRICE
from assessment.case.model.inputs.model_inputs import COHORTS, input_fact
from assessment.case.trial.trial import COHORTS as NAMES
from assessment.evidence import Fact
from assessment.pages.economics.shared.cohort_panels import beside_or_below
from assessment.pages.economics.shared.fact_ranges import range_of
from assessment.pages.economics.shared.model_answers import (
    class_value,
    limits,
    price_abroad,
    price_answer,
    stated_value,
)
from assessment.presentation import theme
from assessment.presentation.language import _
from assessment.presentation.money_format import MILLION, format_nok
from assessment.presentation.show import Figure

PRICES, TABLE_STEP = 22, 3  # prices that are computed; every third of them stands in the table
SAME_PRICE = 0.06  # two marks of the price are drawn when they differ by more than this share
KINDS = {
    "class": _("value proposed for the severity class"),
    "stated": _("stated opportunity cost"),
}
KIND_DASHES = {"class": [6, 3], "stated": [1, 0]}
COLUMNS = {
    "cohort": _("Cohort"),
    "value": _("Value of a QALY, NOK"),
    "price": _("Price of a pack, thousand NOK"),
    "benefit": _("Net benefit, million NOK"),
    "low": _("95 % from"),
    "high": _("95 % to"),
}


def price_figure() -> Figure:
    """Net benefit against the price of a pack at the value proposed for the cohort's severity class
    and at the stated opportunity cost, with the middle 95 % of draws, and the orientation prices.
    """
    lines, prices = benefit_by_price(), _orientation_prices()

    def draw(width: int) -> alt.TopLevelMixin:
        wide = width > 500
        panels = [
            _panel(lines[lines["cohort"] == NAMES[cohort]], cohort, prices, wide).properties(
                width=(width - 128) / 2 if wide else width - 66,
                height=240 if wide else 200,
                title=alt.Title(NAMES[cohort], fontSize=13),
            )
            for cohort in COHORTS
        ]
        return beside_or_below(panels, wide, gap_wide=20)

    finding = "; ".join(
        _("{cohort}: {own} at {own_value}, {stated} at {stated_value}").format(
            cohort=NAMES[cohort],
            own=price_answer(cohort, class_value(cohort)),
            own_value=format_nok(class_value(cohort)),
            stated=price_answer(cohort, stated_value()),
            stated_value=format_nok(stated_value()),
        )
        for cohort in COHORTS
    )
    shown = np.sort(lines["price"].unique())[::TABLE_STEP]
    table = lines[lines["price"].isin(shown)][list(COLUMNS)].rename(columns=COLUMNS)
    return Figure(
        draw,
        _(
            "Falling lines of net monetary benefit against the price of a pack, with bands; a price"
            " is enough where a line lies above zero. The price that is enough: {finding}."
        ).format(finding=finding),
        table.round({COLUMNS[name]: 3 for name in ("benefit", "low", "high")}),
        "economics-price",
        ("meldst38", "magnussen2015"),
    )


def benefit_by_price() -> pd.DataFrame:
    """Net benefit in million NOK by ``cohort``, ``kind`` and ``value`` of a QALY and ``price`` of a
    pack in thousand NOK: ``benefit``, and the middle 95 % of draws from ``low`` to ``high``.
    """
    assumed = _assumed_price().number
    rows = []
    for cohort in COHORTS:
        base, drawn = runs.base(cohort), runs.draws(cohort)
        for kind, value in (("class", class_value(cohort)), ("stated", stated_value())):
            expected = float(base.increment.net_monetary_benefit(value))
            benefits = drawn.increment.net_monetary_benefit(value)
            for price in np.linspace(0.0, range_of(_assumed_price())[1], PRICES):
                cheaper = assumed - price
                low, high = limits(benefits + drawn.packs * cheaper)
                rows.append(
                    {
                        "cohort": NAMES[cohort],
                        "kind": KINDS[kind],
                        "value": int(value),
                        "price": price / 1000,
                        "benefit": (expected + float(base.packs_bought) * cheaper) / MILLION,
                        "low": low / MILLION,
                        "high": high / MILLION,
                    }
                )
    return pd.DataFrame(rows)


def _assumed_price() -> Fact:
    return input_fact(PRICE)


def _orientation_prices() -> pd.DataFrame:
    """The assumed price, and the list price abroad where a fact beside it holds one and the two can
    be told apart."""
    assumed, abroad = _assumed_price(), price_abroad()
    rows = [{"price": assumed.number / 1000, "text": _("◆ assumed")}]
    if abroad is not None and abs(abroad.number / assumed.number - 1) > SAME_PRICE:
        rows.append({"price": abroad.number / 1000, "text": _("◆ UK list price in NOK")})
    return pd.DataFrame(rows)


def _panel(
    data: pd.DataFrame, cohort: str, prices: pd.DataFrame, wide: bool
) -> alt.LayerChart | alt.FacetChart:
    """Lines and bands of one cohort, the line of no net benefit, and the orientation prices."""
    named = not wide or cohort == COHORTS[0]
    x = alt.X(
        "price:Q",
        title=_("Price of a pack, thousand NOK without tax"),
        scale=alt.Scale(nice=False),
        axis=alt.Axis(grid=False, tickCount=6),
    )
    y = alt.Y(
        "benefit:Q",
        title=_("Net benefit per patient, million NOK") if named else None,
        axis=alt.Axis(tickCount=6),
    )
    dash = alt.StrokeDash(
        "kind:N",
        scale=alt.Scale(domain=list(KINDS.values()), range=list(KIND_DASHES.values())),
        legend=alt.Legend(title=None, columns=1, labelLimit=300),
    )
    colour = theme.COHORT_COLOURS[cohort]
    tips = [
        alt.Tooltip("kind:N", title=_("Value of a QALY")),
        alt.Tooltip("price:Q", title=_("Thousand NOK a pack"), format=".0f"),
        alt.Tooltip("benefit:Q", title=COLUMNS["benefit"], format=".2f"),
    ]
    chart = alt.Chart(data).encode(x=x)
    band = chart.mark_area(color=colour, opacity=0.1).encode(
        y=alt.Y("low:Q"), y2="high:Q", detail="kind:N"
    )
    line = chart.mark_line(color=colour).encode(y=y, strokeDash=dash, tooltip=tips)
    zero = alt.Chart(pd.DataFrame({"benefit": [0.0]})).mark_rule(color=theme.INK).encode(y=y)
    rules = alt.Chart(prices).mark_rule(color=theme.GREY, strokeDash=[2, 3]).encode(x="price:Q")
    texts = (
        alt.Chart(prices)
        .mark_text(align="left", dx=5, dy=8, fontSize=12, color=theme.MUTED)
        .encode(x="price:Q", y=alt.value(0), text="text:N")
    )
    return alt.layer(band, zero, rules, texts, line)

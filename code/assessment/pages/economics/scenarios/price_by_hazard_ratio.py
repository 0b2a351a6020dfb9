"""Price and effect on survival together."""

from __future__ import annotations

import altair as alt
import numpy as np
import pandas as pd

from assessment.case.model import runs
from assessment.case.model.costs.cost_row_checks import PRICE
from assessment.case.model.inputs.model_inputs import COHORTS, input_fact
from assessment.case.trial.trial import CASE
from assessment.case.trial.trial import COHORTS as NAMES
from assessment.evidence import load_facts
from assessment.pages.economics.shared.cohort_panels import beside_or_below
from assessment.pages.economics.shared.fact_ranges import range_of
from assessment.presentation import colour_grammar, numbers, theme
from assessment.presentation.language import _
from assessment.presentation.money_format import MILLION, NO_PRICE, format_nok
from assessment.presentation.show import Figure

RATIOS = np.array(runs.RATIOS)
PRICE_STEPS = 21  # from a free drug to the upper end of the assumed price's range
TABLE_STEPS, AXIS_STEPS = 3, 4  # between rows of the table, and between numbers of the axis
TOLD_RATIO = 0.8  # told in the text alternative, beside the lowest
HAZARD_RATIO = _("Hazard ratio of death, for life")
PACK = _("Price of a pack, thousand NOK")
ENOUGH, NOT_ENOUGH = _("worth it at the class's value"), _("not worth it")


def price_by_hazard_ratio_figure() -> Figure:
    """Price and hazard ratio of death together: whether the value of the base case's severity class
    is met.
    """
    benefits, base = _net_benefits(), _base_cases()

    def draw(width: int) -> alt.TopLevelMixin:
        wide = width > 500
        panels = [
            _panel(NAMES[cohort], benefits, base).properties(
                width=(width - 128) / 2 if wide else width - 70, height=210, title=NAMES[cohort]
            )
            for cohort in COHORTS
        ]
        return beside_or_below(panels, wide, gap_wide=24, gap_narrow=16)

    table = benefits.pivot_table(
        index=["cohort", "price"], columns="ratio", values="benefit"
    ).reset_index()
    table = table[table["price"].isin(_prices_nok()[::TABLE_STEPS] / 1000)].round(2)
    ratio_columns = [_("Hazard ratio {ratio}").format(ratio=numbers.number(r, 1)) for r in RATIOS]
    table.columns = pd.Index([_("Cohort"), _("Price, thousand NOK"), *ratio_columns])
    return Figure(
        draw,
        _(
            "Grids of price and hazard ratio of death by cohort; filled where the value of the"
            " severity class is met. {finding}. Diamond: assumed price and printed hazard ratio."
        ).format(finding="; ".join(_finding(cohort) for cohort in COHORTS)),
        table,
        "economics-two-way",
        note=_("Expected values at each hazard ratio; without intervals."),
    )


def _net_benefits() -> pd.DataFrame:
    """Net benefit in million NOK by cohort, hazard ratio and price in thousand NOK, with the
    verdict.
    """
    rows, prices = [], _prices_nok()
    for cohort in COHORTS:
        value = runs.severity(cohort).reference_nok_per_qaly
        for ratio, (gain, other_cost, packs) in zip(RATIOS, runs.by_hazard_ratio(cohort)):
            rows += [
                {
                    "cohort": NAMES[cohort],
                    "ratio": float(ratio),
                    "price": price / 1000,
                    "benefit": (value * gain - other_cost - packs * price) / MILLION,
                }
                for price in prices
            ]
    data = pd.DataFrame(rows)
    return data.assign(verdict=np.where(data["benefit"] > 0, ENOUGH, NOT_ENOUGH))


def _prices_nok() -> np.ndarray:
    """The prices of a pack that are shown."""
    highest = range_of(input_fact(PRICE))[1]
    return np.arange(PRICE_STEPS + 1) * (highest / PRICE_STEPS)


def _base_cases() -> pd.DataFrame:
    """The printed hazard ratio and the assumed price of each cohort, as a place on the grid."""
    facts, prices = load_facts(), _prices_nok()
    # on the grid, so that the diamond stands in a row of it
    price = prices[np.argmin(abs(prices - input_fact(PRICE).number))]
    rows = [
        {
            "cohort": NAMES[cohort],
            "ratio": round(
                facts[f"{CASE.base_set.fact_prefix}.os.{cohort}.hazard_ratio"].number, 1
            ),
            "price": price / 1000,
            "text": _("◆ base"),
        }
        for cohort in COHORTS
    ]
    return pd.DataFrame(rows)


def _panel(
    cohort_name: str, benefits: pd.DataFrame, base: pd.DataFrame
) -> alt.LayerChart | alt.FacetChart:
    """The grid of one cohort, its base case as a diamond."""
    x = alt.X(
        "ratio:O",
        title=HAZARD_RATIO,
        axis=alt.Axis(labelAngle=0, format=".1f", labelOverlap=True),
    )
    y = alt.Y(
        "price:O",
        sort="descending",
        title=PACK,
        axis=alt.Axis(values=[_short(price / 1000) for price in _prices_nok()[::AXIS_STEPS]]),
    )
    colour = alt.Color(
        "verdict:N",
        scale=alt.Scale(domain=[ENOUGH, NOT_ENOUGH], range=[colour_grammar.RAMP[1], theme.WASH]),
        legend=alt.Legend(title=None),
    )
    tips = [
        alt.Tooltip("ratio:Q", title=HAZARD_RATIO),
        alt.Tooltip("price:Q", title=PACK),
        alt.Tooltip("benefit:Q", title=_("Net benefit, million NOK"), format=".2f"),
    ]
    own = f"datum.cohort == '{cohort_name}'"
    cells = (
        alt.Chart(benefits)
        .mark_rect(stroke=theme.BACKGROUND, strokeWidth=0.6)
        .encode(x=x, y=y, color=colour, tooltip=tips)
    )
    marks = alt.Chart(base).encode(x=x, y=y)
    diamond = marks.transform_filter(own).mark_point(
        filled=True, color=theme.INK, size=60, shape="diamond", opacity=1
    )
    return alt.layer(cells.transform_filter(own), diamond)


def _short(number: float) -> float:
    """A whole number without its decimals."""
    return int(number) if number == int(number) else float(number)


def _finding(cohort: str) -> str:
    told = int(np.argmin(abs(RATIOS - TOLD_RATIO)))
    return _(
        "{cohort}: at a hazard ratio of {lowest} up to {highest_price}, at {told} up to"
        " {told_price}"
    ).format(
        cohort=NAMES[cohort],
        lowest=numbers.number(RATIOS[0], 1),
        highest_price=_highest_price(cohort, 0),
        told=numbers.number(TOLD_RATIO, 1),
        told_price=_highest_price(cohort, told),
    )


def _highest_price(cohort: str, place: int) -> str:
    """The price that is enough at the hazard ratio in this place of RATIOS."""
    gain, other_cost, packs = runs.by_hazard_ratio(cohort)[place]
    price = (runs.severity(cohort).reference_nok_per_qaly * gain - other_cost) / packs
    return _("{price} a pack").format(price=format_nok(price)) if price > 0 else NO_PRICE

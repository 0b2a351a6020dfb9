"""What the explorer in JupyterLab answers: numbers in words, and the pictures of the draws."""

from __future__ import annotations

from typing import TypeAlias

import altair as alt
import numpy as np
import pandas as pd

from assessment.case.model import runs
from assessment.case.model.analyses.own_scenario import OwnScenario, draws_summary
from assessment.case.model.analyses.probabilistic import Draws, price_distribution
from assessment.case.model.costs.cost_row_checks import PRICE
from assessment.case.model.scenarios.scenario_types import Scenario
from assessment.economics.analysis.acceptability import acceptability
from assessment.pages.economics.explorer.explorer_answers import (
    choice_of,
    gain_decimals,
    price_in_words,
)
from assessment.pages.economics.explorer.lab_words import AXES, MILLIONS, SPREAD
from assessment.pages.economics.shared.model_answers import limits
from assessment.presentation import colour_grammar, numbers
from assessment.presentation.frame_rows import frame_rows
from assessment.presentation.icer_format import format_icer, noted_icer
from assessment.presentation.money_format import (
    MILLION,
    format_million_nok,
    format_nok,
    format_price,
    format_share,
)

Layers: TypeAlias = alt.LayerChart | alt.FacetChart
POINTS = 1_000
LINE = "#000"  # what a QALY may cost, in both pictures


def run_answers(scenario: OwnScenario, value: float | None = None) -> dict[str, str]:
    """The run in expected values as text, by name; ``value``: NOK a QALY, None: the class's."""
    results, severity = scenario.results(), scenario.severity()
    value = value or severity.reference_nok_per_qaly
    increment, price = results.increment, float(results.price_at(value).price)
    gain, settings = float(increment.effect), scenario.settings
    chosen = {"survival_effect": settings.survival_effect, "family": settings.family}
    choice = choice_of(Scenario("own", "own", chosen, scenario.changed))
    return {
        "qalys": numbers.number(gain, gain_decimals(gain)),
        "life_years": numbers.number(float(results.increment_life_years.effect), 2),
        "cost": format_million_nok(float(increment.cost)),
        "icer": format_icer(increment),
        "value": format_nok(value),
        "benefit": format_million_nok(float(increment.net_monetary_benefit(value))),
        "price": price_in_words(price, settings.cohort, choice, scenario.changed, value),
        "shortfall": numbers.number(severity.shortfall, 1),
        "class": str(severity.severity_class),
    }


def draw_answers(draws: Draws, scenario: OwnScenario, value: float | None = None) -> dict[str, str]:
    """What the draws say as text, by name: means with 95 % of the draws, share worth it, EVPI."""
    said = draws_summary(draws, scenario, value)
    rows = {row.result: (row.mean, row.low, row.high) for row in frame_rows(said)}

    def spread(row: str, unit: float, decimals: int) -> str:
        mean, low, high = (float(number) / unit for number in rows[row])
        return SPREAD.format(
            mean=numbers.number(mean, decimals),
            low=numbers.number(low, decimals),
            high=numbers.number(high, decimals),
        )

    def million(row: str) -> str:
        return MILLIONS.format(amount=spread(row, MILLION, 2))

    value = value or scenario.severity().reference_nok_per_qaly
    price, packs = scenario.inputs()[PRICE], float(np.mean(draws.packs))
    benefit = float(np.mean(draws.increment.net_monetary_benefit(value)))
    price_limits = limits(price_distribution(draws, value, price))
    return {
        "qalys": spread("qalys_gained", 1.0, 2),
        "cost": million("added_cost"),
        "icer": noted_icer(format_icer(draws.increment.mean), *limits(draws.increment.effect)),
        "benefit": million("net_benefit"),
        "price": format_price(price + benefit / packs, *price_limits),
        "worth": format_share(float(rows["share_worth_it"][0])),
        "evpi": format_nok(float(rows["evpi_per_patient"][0])),
    }


def pictures(draws: Draws, value: float) -> alt.TopLevelMixin:
    """The plane with the line of ``value`` NOK a QALY, and acceptability with the same value."""
    return alt.hconcat(plane(draws, value), acceptability_curve(draws, value))


def plane(draws: Draws, value: float) -> Layers:
    """Draws of QALYs gained and added cost in million NOK; below the line the drug is worth it."""
    gained = draws.increment
    cloud = pd.DataFrame({"gain": gained.effect, "cost": gained.cost / MILLION}).iloc[:POINTS]
    low, high = (float(end(cloud["cost"])) for end in (np.min, np.max))
    domain = [min(0.0, low) - 0.05, max(0.0, high) + 0.05]
    ends = np.array([cloud["gain"].min(), cloud["gain"].max()])
    line = pd.DataFrame({"gain": ends, "cost": ends * value / MILLION})
    x = alt.X("gain:Q", title=AXES["gain"])
    y = alt.Y("cost:Q", title=AXES["cost"], scale=alt.Scale(domain=domain, nice=False))
    points = (
        alt.Chart(cloud)
        .mark_point(size=12, opacity=0.5, color=colour_grammar.MAIN)
        .encode(x=x, y=y)
    )
    limit = alt.Chart(line).mark_line(color=LINE, clip=True).encode(x=x, y=y)
    return alt.layer(points, limit).properties(width=300, height=260)


def acceptability_curve(draws: Draws, value: float) -> Layers:
    """Share of the draws in which the drug is worth it, by value of a QALY in million NOK."""
    thresholds = runs.thresholds()
    shares = acceptability(draws.costs, draws.qalys, thresholds).probability[0]
    curve = pd.DataFrame({"value": thresholds / MILLION, "share": shares})
    x = alt.X("value:Q", title=AXES["value"])
    y = alt.Y("share:Q", title=AXES["worth"], scale=alt.Scale(domain=[0, 1]))
    drawn = alt.Chart(curve).mark_line(color=colour_grammar.MAIN).encode(x=x, y=y)
    at = alt.Chart(pd.DataFrame({"value": [value / MILLION]})).mark_rule(color=LINE).encode(x=x)
    return alt.layer(drawn, at).properties(width=300, height=260)

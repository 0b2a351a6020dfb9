"""At which price it would be enough: cost per QALY by price, and the price at which each reference
value is met.
"""

from __future__ import annotations

import altair as alt
import numpy as np
import pandas as pd

from assessment.case.model import runs
from assessment.case.model.analyses.probabilistic import price_distribution
from assessment.case.model.costs.cost_row_checks import PRICE
from assessment.case.model.inputs.model_inputs import COHORTS, input_fact
from assessment.case.trial.trial import COHORTS as NAMES
from assessment.evidence import Fact, load_facts, load_population_table
from assessment.pages.economics.shared.fact_ranges import range_of
from assessment.pages.economics.shared.reference_lines import POLICY, proposal_for_class
from assessment.pages.economics.shared.result_wording import assumption_lines, format_price_at
from assessment.presentation import numbers, theme
from assessment.presentation.chart_label import chart_label
from assessment.presentation.icer_format import format_icer
from assessment.presentation.language import _
from assessment.presentation.show import Figure, Table, ref

ICER_TICKS = [300_000, 1_000_000, 3_000_000, 10_000_000, 30_000_000, 100_000_000]
# Where the name of the first cohort's point stands, and that of the others: to the right of dx, dy
# below, on a wide and on a narrow figure.
FIRST_LABEL, OTHER_LABEL = (20, 20, 34), (-8, -12, -12)
SAME_PRICE = 0.06  # two marks of the price are drawn when they differ by more than this share


def price_figure() -> Figure:
    """Cost per QALY against the price of a pack, with the reference values and the two orientation
    prices.
    """
    assumed, highest_price = _assumed_price().number, _highest_price()
    lines, points = _icer_lines(highest_price), _base_points(assumed)
    references, prices = _reference_values(), _orientation_prices()
    highest = 4 * points["icer"].max()
    names = [NAMES[c] for c in COHORTS]

    def draw(width: int) -> alt.TopLevelMixin:
        wide = width > 500
        x = alt.X(
            "price:Q",
            title=_("Price of a pack, thousand NOK without tax"),
            scale=alt.Scale(domain=[0, highest_price / 1000], nice=False),
            axis=alt.Axis(grid=False, tickCount=6),
        )
        y = alt.Y(
            "icer:Q",
            title=_("NOK per QALY, logarithmic"),
            scale=alt.Scale(type="log", domain=[200_000, highest], nice=False),
            axis=alt.Axis(
                values=ICER_TICKS,
                labelExpr=f"datum.value / 1000000 + '{_(' million')}'",
                titleAngle=0,
                titleAlign="left",
                titleAnchor="end",
                titleY=-12,
                titleX=-50,
            ),
        )
        colours = alt.Scale(domain=names, range=[theme.COHORT_COLOURS[c] for c in COHORTS])
        dashes = alt.Scale(domain=names, range=[theme.COHORT_DASHES[c] for c in COHORTS])
        colour = alt.Color("cohort:N", scale=colours, legend=None)
        dash = alt.StrokeDash("cohort:N", scale=dashes, legend=None)
        line = alt.Chart(lines).mark_line(clip=True).encode(x=x, y=y, color=colour, strokeDash=dash)
        point = alt.Chart(points).encode(x=x, y=y, color=colour)
        return alt.layer(
            line,
            point.mark_point(filled=True, size=70, opacity=1),
            *_point_names(point, wide),
            *_reference_layers(references, width),
            *_orientation_layers(prices),
        ).properties(
            width=width - 90, height=280, title=chart_label(assumption_lines(wide), offset=18)
        )

    at_zero = "; ".join(
        _("{cohort} {icer} NOK per QALY even when free").format(
            cohort=NAMES[c], icer=numbers.number(_icer_at(c, 0.0))
        )
        for c in COHORTS
    )
    return Figure(
        draw,
        _(
            "Rising lines of cost per QALY against the price of a pack, logarithmic. {at_zero}; at"
            " the assumed price {at_assumed} NOK per QALY."
        ).format(at_zero=at_zero, at_assumed="; ".join(points["text"])),
        _figure_table(highest_price),
        "economics-price",
        ("meldst38", "magnussen2015"),
    )


def _assumed_price() -> Fact:
    return input_fact(PRICE)


def _highest_price() -> float:
    """The upper end of the assumed price's range."""
    return range_of(_assumed_price())[1]


def _icer_lines(highest_price: float) -> pd.DataFrame:
    """Cost per QALY by price of a pack, in thousand NOK, where it is above zero."""
    rows = []
    for cohort in COHORTS:
        results = runs.base(cohort)
        packs, gain = float(results.packs_bought), float(results.increment.effect)
        at_zero = float(results.increment.cost - results.packs_bought * results.price_per_pack_nok)
        for price in np.linspace(0, highest_price, 36):
            icer = (at_zero + packs * price) / gain
            if icer > 0:
                rows.append({"cohort": NAMES[cohort], "price": price / 1000, "icer": icer})
    return pd.DataFrame(rows)


def _base_points(assumed_price: float) -> pd.DataFrame:
    """The base case of each cohort, with its name and ICER as text."""
    rows = []
    for cohort in COHORTS:
        increment = runs.base(cohort).increment
        icer = format_icer(increment, runs.gain_error(cohort)).removesuffix(" NOK")
        rows.append(
            {
                "cohort": NAMES[cohort],
                "price": assumed_price / 1000,
                "icer": float(increment.icer),
                "text": f"{NAMES[cohort]} {icer}",
            }
        )
    return pd.DataFrame(rows)


def _reference_values() -> pd.DataFrame:
    """The stated opportunity cost, and the values proposed for the classes of the cohorts."""
    facts = load_facts()
    stated = facts["norway.reference.opportunity_cost.value"].number
    rows = [{"value": stated, "text": f"{numbers.number(stated)} {POLICY}", "kind": "policy"}]
    for number in sorted({runs.severity(c).severity_class for c in COHORTS}):
        value = facts[f"norway.reference.class{number}.value"].number
        text = f"{numbers.number(value)} {proposal_for_class(number)}"
        rows.append({"value": value, "text": text, "kind": "proposal"})
    return pd.DataFrame(rows)


def _orientation_prices() -> pd.DataFrame:
    """The assumed price, and the list price abroad where a fact beside it holds one and the two can
    be told apart."""
    facts, assumed = load_facts(), _assumed_price()
    rows = [{"price": assumed.number / 1000, "text": _("◆ assumed")}]
    abroad = f"{assumed.id.rpartition('.')[0]}.uk_in_nok"
    if abroad in facts and abs(facts[abroad].number / assumed.number - 1) > SAME_PRICE:
        price = facts[abroad].number / 1000
        rows.append({"price": price, "text": _("◆ UK list price in NOK")})
    return pd.DataFrame(rows)


def _point_names(point: alt.Chart, wide: bool) -> list[alt.Chart]:
    names = []
    for cohort in reversed(COHORTS):
        dx, dy_wide, dy_narrow = FIRST_LABEL if cohort == COHORTS[0] else OTHER_LABEL
        name = point.transform_filter(f"datum.cohort == '{NAMES[cohort]}'").mark_text(
            align="right", dx=dx, dy=dy_wide if wide else dy_narrow, fontWeight=600
        )
        names.append(name.encode(text="text:N"))
    return names


def _reference_layers(references: pd.DataFrame, width: int) -> list[alt.Chart]:
    """Rules with their text, solid where policy and dashed where proposed."""
    solid, dashed = (
        alt.Chart(references[references["kind"] == kind]).encode(y=alt.Y("value:Q"))
        for kind in ("policy", "proposal")
    )
    texts = [
        rules.mark_text(align="right", dy=-8, fontSize=12, color=theme.INK).encode(
            x=alt.value(width - 90), text="text:N"
        )
        for rules in (solid, dashed)
    ]
    return [
        solid.mark_rule(color=theme.INK),
        dashed.mark_rule(color=theme.INK, strokeDash=[5, 3]),
        *texts,
    ]


def _orientation_layers(prices: pd.DataFrame) -> list[alt.Chart]:
    rules = alt.Chart(prices).mark_rule(color=theme.GREY, strokeDash=[2, 3]).encode(x="price:Q")
    texts = (
        alt.Chart(prices)
        .mark_text(align="left", dx=5, dy=8, fontSize=12, color=theme.MUTED)
        .encode(x="price:Q", y=alt.value(0), text="text:N")
    )
    return [rules, texts]


def _figure_table(highest_price: float) -> pd.DataFrame:
    prices = np.linspace(0, highest_price, 8)
    table = pd.DataFrame({_("Price of a pack, NOK"): prices.astype(int)})
    for cohort in COHORTS:
        column = _("{cohort}, NOK per QALY").format(cohort=NAMES[cohort])
        table[column] = [round(_icer_at(cohort, price)) for price in prices]
    return table


def _icer_at(cohort: str, pack_price: float) -> float:
    results = runs.base(cohort)
    added = results.packs_bought * (pack_price - results.price_per_pack_nok)
    return float((results.increment.cost + added) / results.increment.effect)


def price_table() -> Table:
    """Price a pack at which each reference value would be met: expected, and the middle 95 % of
    draws.
    """
    facts, rows = load_facts(), []
    for number in load_population_table("severity-classes")["class"]:
        value = facts[f"norway.reference.class{number}.value"]
        row = {_("Class"): int(number), _("Reference value"): ref(value)}
        for cohort in COHORTS:
            prices = price_distribution(runs.draws(cohort), value.number)
            low, high = np.quantile(prices, [0.025, 0.975])
            row[NAMES[cohort]] = _("{price}{own} ({low} to {high})").format(
                price=format_price_at(runs.base(cohort), value.number),
                own=" ●" if runs.severity(cohort).severity_class == number else "",
                low=_price_or_none(low),
                high=_price_or_none(high),
            )
        rows.append(row)
    return Table(pd.DataFrame(rows))


def _price_or_none(nok: float) -> str:
    return numbers.number(1000 * round(nok / 1000)) if nok > 0 else _("none")

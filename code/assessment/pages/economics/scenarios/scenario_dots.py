"""Figure of the scenarios that move the answer most."""

from __future__ import annotations

import altair as alt
import pandas as pd

from assessment.case.model.inputs.model_inputs import COHORTS
from assessment.case.model.scenarios.comparator_scenarios import DEATH_RATIO
from assessment.case.trial.trial import COHORTS as NAMES
from assessment.pages.economics.scenarios.scenario_frame import scenario_frame
from assessment.pages.economics.scenarios.scenario_words import ENOUGH_PRICE, GAIN, GROUP_NAMES
from assessment.pages.economics.shared.axis_lines import on_lines
from assessment.pages.economics.shared.cohort_panels import beside_or_below
from assessment.presentation import numbers, theme
from assessment.presentation.language import _
from assessment.presentation.money_format import NO_PRICE
from assessment.presentation.show import Figure

SHAPES = ["circle", "diamond", "square", "cross"]  # of the cohorts, in their order
PRICE_OF_NONE = -10  # where marks without a price stand on the axis of prices, thousand NOK
PRICE_TICKS = [PRICE_OF_NONE, 25, 50, 75, 100]
LETTERS_WIDE, LETTERS_NARROW = 37, 33  # of a line of a scenario's name
SHOWN = 18  # scenarios of a cohort beside the base case: so many fit half a printed page


def scenario_figure(cohort: str = "") -> Figure:
    """QALYs gained and the price that would be enough, of the base case and of the scenarios that move
    that price most: of one cohort, or of all together.
    """
    cohorts = [cohort] if cohort else list(COHORTS)
    every = _dots(cohorts)
    dots = _farthest(every)
    groups = list(GROUP_NAMES.values())
    by_group = dots.sort_values("group", key=lambda names: names.map(groups.index), kind="stable")
    order = list(dict.fromkeys(by_group["name"]))

    def draw(width: int) -> alt.TopLevelMixin:
        wide = width > 500
        plot = (width - 265) / 2 if wide else width - 228
        names = alt.Axis(
            **on_lines(order, LETTERS_WIDE if wide else LETTERS_NARROW),
            labelLimit=240,
            grid=True,
            gridDash=[1, 3],
        )
        gains = _gain_panel(dots, order, names)
        prices = _price_panel(dots, order, None if wide else names, wide)
        panels = [panel.properties(width=plot, height=alt.Step(27)) for panel in (gains, prices)]
        return beside_or_below(panels, wide, gap_wide=14, gap_narrow=20)

    table = pd.DataFrame(
        {
            _("Scenario"): dots["name"],
            _("Cohort"): dots["cohort"],
            GAIN: dots["gain"].round(3),
            ENOUGH_PRICE: dots["price"].round(1),
            _("95 % from"): dots["low"].round(),
            _("95 % to"): dots["high"].round(),
        }
    )
    return Figure(
        draw,
        _(
            "Dots for the base case and the {count} scenarios that move the price most, in {cohorts}:"
            " QALYs gained from {low} to {high}, and the price of a pack at which the value of the"
            " scenario's own severity class is met, where any is: {without} have none."
        ).format(
            count=SHOWN,
            cohorts=_(" and ").join(NAMES[name] for name in cohorts),
            low=numbers.number(dots["gain"].min(), 2),
            high=numbers.number(dots["gain"].max(), 2),
            without=int((~dots["met"] & dots["priced"]).sum()),
        ),
        table.drop(columns=_("Cohort")) if cohort else table,
        f"economics-scenarios-{cohort}" if cohort else "economics-scenarios",
        note=_(
            "The {count} scenarios of {every} that move the price most. Dashed: the base case. Open"
            " marks: no price is low enough, not even a free drug. Lines: the middle of the draws."
        ).format(count=SHOWN, every=numbers.number(len(every) / len(cohorts))),
    )


def _dots(cohorts: list[str]) -> pd.DataFrame:
    """Scenarios of these cohorts that could be run and priced, but for those that only change the
    price, and for the ends of indirect hazard ratios of death, which lie far outside the others:
    ``shown`` is the place of the price on its axis, ``met`` whether there is one.
    """
    data = scenario_frame().drop(columns="outcome")
    apart = data["id"].str.startswith("price_") | data["id"].str.contains(DEATH_RATIO)
    data = data[data["cohort"].isin(cohorts) & data["gain"].notna() & ~apart]
    return data.assign(
        cohort=data["cohort"].map(NAMES),
        shown=data["price"].fillna(PRICE_OF_NONE).where(data["priced"]),
        met=data["price"].notna(),
        shown_low=data["low"].clip(lower=PRICE_OF_NONE),
        shown_high=data["high"].clip(lower=PRICE_OF_NONE),
    )


def _farthest(dots: pd.DataFrame) -> pd.DataFrame:
    """Of each cohort the base case and the SHOWN scenarios whose price that is enough lies farthest
    from its, below zero included.
    """
    kept = []
    for _name, own in dots.groupby("cohort", sort=False):
        base = own["at"][own["id"] == "base"].iloc[0]
        others = own[own["id"] != "base"]
        moved = (others["at"] - base).abs().nlargest(SHOWN).index
        kept.append(own[(own["id"] == "base") | own.index.isin(moved)])
    return pd.concat(kept)


def _gain_panel(
    dots: pd.DataFrame, order: list[str], names: alt.Axis
) -> alt.LayerChart | alt.FacetChart:
    # room at both ends, so that no mark lies on a name
    scale = alt.Scale(padding=8)
    x = alt.X("gain:Q", title=GAIN, axis=alt.Axis(tickCount=4, grid=False), scale=scale)
    solid = _marks(dots, x, order, names).mark_point(filled=True, size=60, opacity=1)
    return alt.layer(solid, _zero(), _base_rules(dots, "gain", "true"))


def _price_panel(
    dots: pd.DataFrame, order: list[str], names: alt.Axis | None, wide: bool
) -> alt.LayerChart | alt.FacetChart:
    """Filled where a price is low enough, open where none is, each with its interval."""
    axis = alt.Axis(
        values=PRICE_TICKS,
        grid=False,
        labelExpr=f"datum.value < 0 ? '{NO_PRICE}' : datum.label",
    )
    scale = alt.Scale(domainMin=1.6 * PRICE_OF_NONE, nice=False)
    title = ENOUGH_PRICE if wide else _("Price that is enough, 1000 NOK")
    marks = _marks(dots, alt.X("shown:Q", title=title, axis=axis, scale=scale), order, names)
    filled = marks.mark_point(filled=True, size=60, opacity=1).transform_filter("datum.met")
    hollow = marks.transform_filter("!datum.met && datum.priced").mark_point(
        filled=False, size=50, opacity=1, strokeWidth=1.6
    )
    rules = _base_rules(dots, "shown", "isValid(datum.price)")
    reach = (
        alt.Chart(dots)
        .mark_rule(strokeWidth=2, opacity=0.35)
        .encode(
            x=alt.X("shown_low:Q", title=title, axis=axis, scale=scale),
            x2="shown_high:Q",
            y=_rows(order, names),
            color=_colour(dots),
        )
        .transform_filter("datum.priced")
    )
    return alt.layer(reach, filled, hollow, _zero(), rules)


def _marks(dots: pd.DataFrame, x: alt.X, order: list[str], names: alt.Axis | None) -> alt.Chart:
    cohorts = [NAMES[c] for c in COHORTS]
    shape = alt.Shape(
        "cohort:N",
        scale=alt.Scale(domain=cohorts, range=SHAPES[: len(cohorts)]),
        legend=_legend(dots),
    )
    tips = [
        alt.Tooltip("name:N", title=_("Scenario")),
        alt.Tooltip("cohort:N", title=_("Cohort")),
        alt.Tooltip("gain:Q", title=GAIN, format=".2f"),
        alt.Tooltip("price:Q", title=ENOUGH_PRICE, format=".1f"),
    ]
    return alt.Chart(dots).encode(
        x=x, y=_rows(order, names), color=_colour(dots), shape=shape, tooltip=tips
    )


def _rows(order: list[str], names: alt.Axis | None) -> alt.Y:
    """A row for each scenario, the same in both panels."""
    return alt.Y("name:N", sort=None, title=None, axis=names, scale=alt.Scale(domain=order))


def _base_rules(dots: pd.DataFrame, field: str, where: str) -> alt.Chart:
    """Upright lines at the base case of both cohorts, ``where`` it has a place."""
    return (
        alt.Chart(dots[dots["id"] == "base"])
        .mark_rule(strokeDash=[3, 3], opacity=0.7)
        .encode(x=f"{field}:Q", color=_colour(dots))
        .transform_filter(where)
    )


def _zero() -> alt.Chart:
    return alt.Chart(pd.DataFrame({"zero": [0]})).mark_rule(color=theme.GREY).encode(x="zero:Q")


def _colour(dots: pd.DataFrame) -> alt.Color:
    names, colours = [NAMES[c] for c in COHORTS], [theme.COHORT_COLOURS[c] for c in COHORTS]
    return alt.Color("cohort:N", scale=alt.Scale(domain=names, range=colours), legend=_legend(dots))


def _legend(dots: pd.DataFrame) -> alt.Legend | None:
    """Which mark is whose; nothing where all are of one cohort."""
    return alt.Legend(title=None) if dots["cohort"].nunique() > 1 else None

"""Figure of all scenarios."""

from __future__ import annotations

import altair as alt
import pandas as pd

from assessment.case.model.inputs.model_inputs import COHORTS
from assessment.case.trial.trial import COHORTS as NAMES
from assessment.pages.economics.scenarios.scenario_frame import WORDS, frame
from assessment.pages.economics.shared.cohort_styles import COHORT_COLOURS
from assessment.pages.economics.shared.result_wording import leans, under
from assessment.presentation import numbers, theme
from assessment.presentation.show import Figure

NO_PRICE = -6  # where marks without a price stand on the axis of prices


def scenario_plot() -> Figure:
    """QALYs gained in every scenario, and the price that would be enough, both cohorts."""
    data = frame().drop(columns="outcome")
    data = data[data["gain"].notna() & ~data["id"].str.startswith("price_")].assign(
        cohort=lambda d: d["cohort"].map(NAMES)
    )
    groups, names = list(WORDS["groups"].values()), [NAMES[c] for c in COHORTS]
    order = list(
        dict.fromkeys(
            data.sort_values("group", key=lambda g: g.map(groups.index), kind="stable")["name"]
        )
    )
    data = data.assign(
        shown=data["price"].fillna(NO_PRICE).where(data["priced"]), met=data["price"].notna()
    )
    base = data[data["id"] == "base"]

    def draw(width: int):
        wide = width > 500
        colour = alt.Color(
            "cohort:N",
            scale=alt.Scale(domain=names, range=[COHORT_COLOURS[c] for c in COHORTS]),
            legend=alt.Legend(title=None),
        )
        shape = alt.Shape(
            "cohort:N",
            scale=alt.Scale(domain=names, range=["circle", "diamond"]),
            legend=alt.Legend(title=None),
        )
        tips = [
            alt.Tooltip("name:N", title="Scenario"),
            alt.Tooltip("cohort:N", title="Cohort"),
            alt.Tooltip("gain:Q", title=WORDS["gain"], format=".2f"),
            alt.Tooltip("price:Q", title=WORDS["price"], format=".1f"),
        ]
        plot = (width - 265) / 2 if wide else width - 222

        def panel(field, title, axis):
            rule = (
                alt.Chart(base)
                .mark_rule(strokeDash=[3, 3], opacity=0.7)
                .encode(x=f"{field}:Q", color=colour)
                .transform_filter("isValid(datum.price)" if field == "shown" else "true")
            )
            zero = (
                alt.Chart(pd.DataFrame({"zero": [0]}))
                .mark_rule(color=theme.GREY)
                .encode(x="zero:Q")
            )
            across = (
                alt.Axis(tickCount=4, grid=False)
                if field == "gain"
                else alt.Axis(
                    values=[NO_PRICE, 0, 10, 20, 30],
                    grid=False,
                    labelExpr=f"datum.value < 0 ? '{WORDS['no_price']}' : datum.label",
                )
            )
            base_dots = alt.Chart(data).encode(
                x=alt.X(f"{field}:Q", title=title, axis=across),
                y=alt.Y("name:N", sort=order, title=None, axis=axis),
                color=colour,
                shape=shape,
                tooltip=tips,
            )
            solid = base_dots.mark_point(filled=True, size=60, opacity=1)
            dots = (
                [solid]
                if field == "gain"
                else [
                    solid.transform_filter("datum.met"),
                    base_dots.transform_filter("!datum.met && datum.priced").mark_point(
                        filled=False, size=50, opacity=1, strokeWidth=1.6
                    ),
                ]
            )
            return alt.layer(*dots, zero, rule).properties(width=plot, height=alt.Step(19))

        axis = alt.Axis(labelLimit=230 if wide else 190, grid=True, gridDash=[1, 3])
        one, two = (
            panel("gain", WORDS["gain"], axis),
            panel(
                "shown",
                WORDS["price"] if wide else WORDS["price"].split(",")[0] + ", 1000 NOK",
                None if wide else axis,
            ),
        )
        return (
            alt.hconcat(one, two, spacing=14) if wide else alt.vconcat(one, two, spacing=20)
        ).properties(title=under(leans(not wide)))

    table = pd.DataFrame(
        {
            "Scenario": data["name"],
            "Cohort": data["cohort"],
            WORDS["gain"]: data["gain"].round(3),
            WORDS["price"]: data["price"].round(1),
        }
    )
    low, high = data["gain"].min(), data["gain"].max()
    return Figure(
        draw,
        f"Dots for {len(data)} scenarios in two cohorts: QALYs gained from {numbers.number(low, 2)}"
        f" to {numbers.number(high, 2)}, and the price of a pack at which the value of the"
        " scenario's own severity class is met, where any is:"
        f" {int((~data['met'] & data['priced']).sum())} have none.",
        table,
        "economics-scenarios",
        note=f"Dashed: the base case. {WORDS['open']}",
    )

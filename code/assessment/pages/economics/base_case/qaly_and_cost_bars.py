"""Where the QALYs come from and where the money goes: stacked bars of both arms and cohorts."""

from __future__ import annotations

import altair as alt
import pandas as pd

from assessment.case.model import runs
from assessment.case.model.inputs.model_inputs import COHORTS
from assessment.case.trial.trial import COHORTS as NAMES
from assessment.pages.economics.base_case.arms_and_states import ARMS, STATE_COLOURS, STATES
from assessment.pages.economics.shared.cost_groups import (
    GROUPS,
    group_colours,
    group_words,
    grouped,
)
from assessment.pages.economics.shared.result_wording import WORDS, leans, under
from assessment.presentation import numbers, theme
from assessment.presentation.money_format import MILLION
from assessment.presentation.show import Figure


def qaly_figure() -> Figure:
    """QALYs by state, arm and cohort."""
    rows = []
    for cohort in COHORTS:
        for arm in ARMS:
            outcomes = runs.base(cohort).strategies[arm].outcomes
            start = 0.0
            for state in STATES:
                value = float(getattr(outcomes, f"qalys_{state}"))
                rows.append(
                    {
                        "cohort": NAMES[cohort],
                        "arm": WORDS["arms"][arm],
                        "state": WORDS["states"][state],
                        "from": start,
                        "to": start + value,
                        "value": value,
                        "text": numbers.number(value, 2),
                    }
                )
                start += value
    data = pd.DataFrame(rows)
    order = [WORDS["states"][s] for s in STATES]

    def draw(width: int):
        colour = alt.Color(
            "state:N",
            sort=order,
            scale=alt.Scale(domain=order, range=STATE_COLOURS),
            legend=alt.Legend(title=None),
        )
        x = alt.X("from:Q", title=WORDS["qalys"], axis=alt.Axis(grid=False, tickCount=5))
        bars = (
            alt.Chart(data)
            .mark_bar(height=22)
            .encode(
                x=x,
                x2="to:Q",
                y=alt.Y("arm:N", title=None),
                color=colour,
                tooltip=[
                    alt.Tooltip("arm:N", title="Arm"),
                    alt.Tooltip("state:N", title="State"),
                    alt.Tooltip("text:N", title="QALYs"),
                ],
            )
        )
        return _two_cohorts(bars, data, width).properties(title=under(WORDS["curves"]))

    said = "; ".join(f"{r['cohort']}, {r['arm'].lower()}: {r['text']} {r['state']}" for r in rows)
    table = (
        data[["cohort", "arm", "state", "value"]]
        .rename(columns={"cohort": "Cohort", "arm": "Arm", "state": "State", "value": "QALYs"})
        .round(3)
    )
    return Figure(
        draw,
        f"Stacked bars of discounted QALYs per patient before and after progression. {said}.",
        table,
        "economics-qalys",
        ("chan2025", "palmer2020"),
    )


def _two_cohorts(bars, data: pd.DataFrame, width: int):
    """The bars of both cohorts one above the other, with numbers in the segments that have room for
    them.
    """
    plot = width - 130
    label = (
        alt.Chart(data)
        .mark_text(color=theme.BACKGROUND, fontWeight=600)
        .encode(x="middle:Q", y="arm:N", text="text:N")
        .transform_filter(f"datum.value > {34 * data['to'].max() / plot}")
        .transform_calculate(middle="(datum.from + datum.to) / 2")
    )
    header = alt.Header(
        labelAngle=0, labelAlign="left", labelAnchor="start", labelOrient="top", labelFontWeight=600
    )
    return (
        alt.layer(bars, label)
        .properties(width=plot, height=70)
        .facet(row=alt.Row("cohort:N", title=None, header=header), spacing=8)
    )


def cost_figure() -> Figure:
    """Discounted cost per patient by kind, arm and cohort."""
    rows = []
    for cohort in COHORTS:
        for arm in ARMS:
            items, start = runs.base(cohort).strategies[arm].outcomes.cost_by_item, 0.0
            for group, cost in grouped(items).items():
                value = cost / MILLION
                rows.append(
                    {
                        "cohort": NAMES[cohort],
                        "arm": WORDS["arms"][arm],
                        "group": GROUPS[group],
                        "from": start,
                        "to": start + value,
                        "value": value,
                        "text": numbers.number(value, 2),
                    }
                )
                start += value
    data, order = pd.DataFrame(rows), list(group_words().values())

    def draw(width: int):
        wide = width > 500
        colour = alt.Color(
            "group:N",
            sort=order,
            scale=alt.Scale(domain=order, range=group_colours()),
            legend=alt.Legend(title=None, columns=3 if wide else 1, labelLimit=260),
        )
        bars = (
            alt.Chart(data)
            .mark_bar(height=22, stroke=theme.BACKGROUND, strokeWidth=1)
            .encode(
                x=alt.X("from:Q", title=WORDS["cost"], axis=alt.Axis(grid=False, tickCount=5)),
                x2="to:Q",
                y=alt.Y("arm:N", title=None),
                color=colour,
                tooltip=[
                    alt.Tooltip("arm:N", title="Arm"),
                    alt.Tooltip("group:N", title="What"),
                    alt.Tooltip("value:Q", title="Million NOK", format=".3f"),
                ],
            )
        )
        return _two_cohorts(bars, data, width).properties(title=under(leans(not wide)))

    table = data.pivot_table(index="group", columns=["cohort", "arm"], values="value", sort=False)
    table.columns = [f"{c}, {a.lower()}" for c, a in table.columns]
    difference = {
        NAMES[c]: table[f"{NAMES[c]}, cabozantinib"] - table[f"{NAMES[c]}, placebo"]
        for c in COHORTS
    }
    table = (
        table.assign(**{f"{name}, difference": d for name, d in difference.items()})
        .reset_index()
        .rename(columns={"group": "Million NOK"})
    )
    said = "; ".join(
        f"{NAMES[c]}: cabozantinib itself"
        f" {numbers.number(table.iloc[0][f'{NAMES[c]}, cabozantinib'], 2)} of"
        f" {numbers.number(difference[NAMES[c]].sum(), 2)} million NOK difference"
        for c in COHORTS
    )
    return Figure(
        draw,
        "Stacked bars of discounted cost per patient by kind of cost, at an assumed price."
        f" {said}.",
        table.round(3),
        "economics-costs",
        ("palmer2020", "dmp2025enhetskostnader"),
    )

"""Where the QALYs come from and where the money goes: stacked bars of both arms and cohorts."""

from __future__ import annotations

import altair as alt
import pandas as pd

from assessment.case.model import runs
from assessment.case.model.inputs.model_inputs import COHORTS
from assessment.case.trial.trial import ARMS
from assessment.case.trial.trial import COHORTS as NAMES
from assessment.pages.economics.base_case.model_states import STATE_COLOURS, STATE_NAMES, STATES
from assessment.pages.economics.shared.arm_names import ARM_NAMES, DRUG, NAMES_WITHIN
from assessment.pages.economics.shared.case_words import BACKGROUND_THERAPY
from assessment.pages.economics.shared.cost_groups import (
    GROUPS,
    group_colours,
    group_words,
    grouped,
)
from assessment.pages.economics.shared.figure_sources import (
    TRIAL,
    background_price_sources,
    utility_sources,
)
from assessment.pages.economics.shared.result_wording import CALIBRATED_CURVES, assumption_lines
from assessment.presentation import colour_grammar, numbers
from assessment.presentation.chart_label import chart_label
from assessment.presentation.language import _
from assessment.presentation.money_format import MILLION
from assessment.presentation.show import Figure

STATE_SHADES = {STATE_NAMES[state]: STATE_COLOURS[state] for state in STATES}


def qaly_figure() -> Figure:
    """QALYs by state, arm and cohort."""
    rows = []
    for cohort in COHORTS:
        for arm in ARMS:
            outcomes = runs.base(cohort).strategies[arm].outcomes
            by_state = {
                STATE_NAMES[state]: float(getattr(outcomes, f"qalys_{state}")) for state in STATES
            }
            rows += _stacked(cohort, arm, "state", by_state)
    data = pd.DataFrame(rows)
    order = [STATE_NAMES[state] for state in STATES]

    def draw(width: int) -> alt.TopLevelMixin:
        x = alt.X(
            "from:Q",
            title=_("QALYs per patient, discounted"),
            axis=alt.Axis(grid=False, tickCount=5),
        )
        colour = alt.Color(
            "state:N",
            sort=order,
            scale=alt.Scale(domain=order, range=list(STATE_SHADES.values())),
            legend=alt.Legend(title=None),
        )
        tips = [
            alt.Tooltip("arm:N", title=_("Arm")),
            alt.Tooltip("state:N", title=_("State")),
            alt.Tooltip("text:N", title=_("QALYs")),
        ]
        bars = (
            alt.Chart(data)
            .mark_bar(height=22)
            .encode(x=x, x2="to:Q", y=alt.Y("arm:N", title=None), color=colour, tooltip=tips)
        )
        return _two_cohorts(bars, data, width, "state", STATE_SHADES).properties(
            title=chart_label(CALIBRATED_CURVES)
        )

    table = data[["cohort", "arm", "state", "value"]].rename(
        columns={
            "cohort": _("Cohort"),
            "arm": _("Arm"),
            "state": _("State"),
            "value": _("QALYs"),
        }
    )
    finding = "; ".join(
        f"{row['cohort']}, {NAMES_WITHIN[row['arm']]}: {row['text']} {row['state']}" for row in rows
    )
    return Figure(
        draw,
        _(
            "Stacked bars of discounted QALYs per patient before and after progression. {finding}."
        ).format(finding=finding),
        table.round(3),
        "economics-qalys",
        (*TRIAL, *utility_sources()),
    )


def cost_figure() -> Figure:
    """Discounted cost per patient by kind, arm and cohort."""
    rows = []
    for cohort in COHORTS:
        for arm in ARMS:
            items = runs.base(cohort).strategies[arm].outcomes.cost_by_item
            by_group = {GROUPS[group]: cost / MILLION for group, cost in grouped(items).items()}
            rows += _stacked(cohort, arm, "group", by_group)
    data = pd.DataFrame(rows)
    order = list(group_words().values())
    shades = dict(zip(order, group_colours()))

    def draw(width: int) -> alt.TopLevelMixin:
        wide = width > 500
        x = alt.X(
            "from:Q",
            title=_("Cost per patient, million NOK, discounted"),
            axis=alt.Axis(grid=False, tickCount=5),
        )
        colour = alt.Color(
            "group:N",
            sort=order,
            scale=alt.Scale(domain=order, range=list(shades.values())),
            legend=alt.Legend(title=None, columns=3 if wide else 1, labelLimit=260),
        )
        tips = [
            alt.Tooltip("arm:N", title=_("Arm")),
            alt.Tooltip("group:N", title=_("What")),
            alt.Tooltip("value:Q", title=_("Million NOK"), format=".3f"),
        ]
        bars = (
            alt.Chart(data)
            .mark_bar(height=22, stroke=colour_grammar.OUTLINE, strokeWidth=0.7)
            .encode(x=x, x2="to:Q", y=alt.Y("arm:N", title=None), color=colour, tooltip=tips)
        )
        label = chart_label(assumption_lines(wide))
        return _two_cohorts(bars, data, width, "group", shades).properties(title=label)

    table = data.pivot_table(index="group", columns=["cohort", "arm"], values="value", sort=False)
    treated, control = ARM_NAMES.values()
    difference = {
        NAMES[cohort]: table[NAMES[cohort], treated] - table[NAMES[cohort], control]
        for cohort in COHORTS
    }
    finding = "; ".join(
        _("{cohort}: {drug} itself {cost} of {difference} million NOK difference").format(
            cohort=NAMES[cohort],
            drug=DRUG,
            cost=numbers.number(table.iloc[0][NAMES[cohort], treated], 2),
            difference=numbers.number(difference[NAMES[cohort]].sum(), 2),
        )
        for cohort in COHORTS
    )
    table.columns = table.columns.map(lambda pair: f"{pair[0]}, {NAMES_WITHIN[pair[1]]}")
    for cohort_name, values in difference.items():
        table[_("{cohort}, difference").format(cohort=cohort_name)] = values
    kinds = table.copy()
    table.loc[_("everything together")] = kinds.sum()
    table.loc[_("everything but the {therapy}").format(therapy=BACKGROUND_THERAPY)] = kinds.drop(
        index=BACKGROUND_THERAPY, errors="ignore"
    ).sum()
    return Figure(
        draw,
        _(
            "Stacked bars of discounted cost per patient by kind of cost, at an assumed price."
            " {finding}."
        ).format(finding=finding),
        table.reset_index().rename(columns={"group": _("Million NOK")}).round(3),
        "economics-costs",
        (*background_price_sources(), "dmp2025enhetskostnader"),
    )


def _stacked(cohort: str, arm: str, kind: str, parts: dict[str, float]) -> list[dict]:
    """A row for each part of one bar: its name as ``kind``, its ends as ``from`` and ``to``."""
    rows, start = [], 0.0
    for part, value in parts.items():
        rows.append(
            {
                "cohort": NAMES[cohort],
                "arm": ARM_NAMES[arm],
                kind: part,
                "from": start,
                "to": start + value,
                "value": value,
                "text": numbers.number(value, 2),
            }
        )
        start += value
    return rows


def _two_cohorts(
    bars: alt.Chart, data: pd.DataFrame, width: int, kind: str, shades: dict[str, str]
) -> alt.FacetChart:
    """The bars of both cohorts one above the other, with numbers in the segments that have room for
    them; ``shades``: colours by what stands in the column ``kind``.
    """
    plot = width - 130
    label = (
        alt.Chart(data)
        .mark_text(fontWeight=600)
        .encode(
            x="middle:Q",
            y="arm:N",
            text="text:N",
            color=colour_grammar.words_on(kind, shades),
        )
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

"""Subgroups: what the model gives with a subgroup's own hazard ratio of progression."""

from __future__ import annotations

from typing import NamedTuple

import altair as alt
import pandas as pd

from assessment.case.model import decision_runs
from assessment.case.model.analyses.decision_results import DecisionResult, stated_value
from assessment.case.model.inputs.comparator_values import subgroups
from assessment.case.model.inputs.model_inputs import COHORTS
from assessment.case.model.inputs.settings import CONTROL
from assessment.case.trial.trial import CASE
from assessment.case.trial.trial import COHORTS as NAMES
from assessment.evidence import Fact, load_facts
from assessment.pages.economics.comparators.estimate_words import (
    format_gain,
    format_millions,
    format_price_range,
)
from assessment.pages.economics.shared.case_words import SUBGROUP_NAMES
from assessment.pages.economics.shared.figure_sources import TRIAL
from assessment.pages.economics.shared.result_wording import assumption_lines
from assessment.presentation import numbers, theme
from assessment.presentation.chart_label import chart_label
from assessment.presentation.frame_rows import frame_rows
from assessment.presentation.language import _
from assessment.presentation.money_format import format_share
from assessment.presentation.show import Figure, Ref, Table, ref

COHORT = _("Cohort")
GAIN = _("QALYs gained, with interval")
WHOLE = _("whole cohort")
NOT_RUN = _("not run: no hazard ratio could be read")
THOUSAND = 1e3


class SubgroupRow(NamedTuple):
    """One subgroup of a cohort, or the cohort; ``result`` None where its hazard ratio is unknown."""

    cohort: str
    name: str
    fact: Fact
    result: DecisionResult | None


def subgroup_rows() -> list[SubgroupRow]:
    """Each cohort, then its subgroups. Cohorts of which no subgroup is known are left out."""
    rows = []
    for cohort in COHORTS:
        found = decision_runs.by_subgroup(cohort)
        if not found:
            continue
        (whole, *_others) = decision_runs.comparisons(cohort)
        assert whole.comparator == CONTROL
        ratio = load_facts()[f"{CASE.base_set.fact_prefix}.pfs.{cohort}.hazard_ratio"]
        rows.append(SubgroupRow(cohort, WHOLE, ratio, whole.result))
        facts = subgroups(cohort)
        rows += [
            SubgroupRow(cohort, SUBGROUP_NAMES.get(name, name), facts[name], result)
            for name, result in found.items()
        ]
    return rows


def subgroup_figure() -> Figure:
    """QALYs gained and the price that would do at the class's value, with intervals, by subgroup."""
    data = pd.DataFrame([_point(row) for row in subgroup_rows() if row.result is not None])

    def draw(width: int) -> alt.TopLevelMixin:
        wide = width > 500
        plot = (width - 250) / 2 if wide else width - 175
        names = alt.Axis(labelLimit=200)
        gains = _panel(data, "gain", GAIN, names)
        title = _("Price that would do, thousand NOK")
        prices = _panel(data, "price", title, None if wide else names)
        panels = [panel.properties(width=plot, height=alt.Step(26)) for panel in (gains, prices)]
        joined = alt.hconcat(*panels, spacing=14) if wide else alt.vconcat(*panels, spacing=18)
        return joined.properties(title=chart_label(assumption_lines(wide)))

    finding = "; ".join(
        _("{name}: {low} to {high} QALYs").format(
            name=row.name,
            low=numbers.number(row.gain_low, 2),
            high=numbers.number(row.gain_high, 2),
        )
        for row in frame_rows(data)
    )
    return Figure(
        draw,
        _(
            "Dots with intervals by subgroup: QALYs gained, and the price of a pack that would do at"
            " the class's value, below zero where none does. {finding}."
        ).format(finding=finding),
        _figure_table(data),
        "economics-subgroups",
        TRIAL,
        note=_("Below zero: no price would do, not even that of a free drug."),
    )


def _figure_table(data: pd.DataFrame) -> pd.DataFrame:
    """Every number as text, gains with two decimals and prices with one."""
    names = {
        "name": _("Patients"),
        "gain": _("QALYs gained"),
        "gain_low": _("QALYs gained, low"),
        "gain_high": _("QALYs gained, high"),
        "price": _("Price that would do, thousand NOK"),
        "price_low": _("Price, low"),
        "price_high": _("Price, high"),
    }
    written = data[list(names)].copy()
    for column in written.columns[1:]:
        decimals = 2 if column.startswith("gain") else 1
        written[column] = [numbers.number(value, decimals) for value in data[column]]
    return written.rename(columns=names)


def _point(row: SubgroupRow) -> dict[str, object]:
    assert row.result is not None
    gain, price = row.result.qalys, row.result.price[row.result.values[1]]
    return {
        "cohort": NAMES[row.cohort],
        "name": _("{cohort}, {patients}").format(
            cohort=NAMES[row.cohort], patients=row.name.lower()
        ),
        "gain": gain.value,
        "gain_low": gain.low,
        "gain_high": gain.high,
        "price": price.value / THOUSAND,
        "price_low": price.low / THOUSAND,
        "price_high": price.high / THOUSAND,
    }


def _panel(
    data: pd.DataFrame, field: str, title: str, names: alt.Axis | None
) -> alt.LayerChart | alt.FacetChart:
    y = alt.Y("name:N", sort=data["name"].tolist(), title=None, axis=names)
    colour = alt.Color(
        "cohort:N",
        scale=alt.Scale(
            domain=[NAMES[c] for c in COHORTS], range=[theme.COHORT_COLOURS[c] for c in COHORTS]
        ),
        legend=None,
    )
    x = alt.X(f"{field}:Q", title=title, axis=alt.Axis(tickCount=4, grid=False))
    tips = [
        alt.Tooltip("name:N", title=_("Patients")),
        alt.Tooltip(f"{field}:Q", title=title, format=".2f"),
    ]
    base = alt.Chart(data).encode(y=y, color=colour, tooltip=tips)
    zero = alt.Chart(pd.DataFrame({"zero": [0]})).mark_rule(color=theme.GREY).encode(x="zero:Q")
    return alt.layer(
        zero,
        base.mark_rule(strokeWidth=1.6).encode(x=alt.X(f"{field}_low:Q"), x2=f"{field}_high:Q"),
        base.mark_point(filled=True, size=60, opacity=1).encode(x=x),
    )


def subgroup_table() -> Table:
    """Every subgroup that was asked for, in numbers; those that cannot be run say so."""
    return Table(pd.DataFrame([_cells(row) for row in subgroup_rows()]), group=COHORT)


def _cells(row: SubgroupRow) -> dict[str, str | Ref]:
    result, stated = row.result, numbers.number(stated_value())
    columns = [
        _("QALYs gained"),
        _("Added cost, million NOK"),
        _("Price that would do at {value}").format(value=stated),
        _("Price that would do at the class's value"),
        _("Draws in which it is worth the assumed price at the class's value"),
    ]
    if result is None:
        texts = [NOT_RUN, "", "", "", ""]
    else:
        low, own = result.values
        texts = [
            format_gain(result.qalys),
            format_millions(result.cost),
            format_price_range(result.price[low]),
            format_price_range(result.price[own]),
            format_share(result.worth_it[own]),
        ]
    return {
        COHORT: NAMES[row.cohort],
        _("Patients"): row.name[0].upper() + row.name[1:],
        _("Hazard ratio of progression"): ref(row.fact),
        **dict(zip(columns, texts, strict=True)),
    }

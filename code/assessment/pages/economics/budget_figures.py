"""The budget of adoption: added expenditure in years 1 to 5, patients, and what it consists of."""

from __future__ import annotations

import altair as alt
import numpy as np
import pandas as pd

from assessment.case.model import decision_runs, runs
from assessment.case.model.analyses.adoption_budget import YEARS
from assessment.case.model.costs.cost_rows import cost_label
from assessment.case.model.inputs.model_inputs import COHORTS
from assessment.case.trial.trial import COHORTS as NAMES
from assessment.evidence.provenance.traced_text import computed
from assessment.pages.economics.shared.arm_names import DRUG
from assessment.pages.economics.shared.result_wording import assumption_label, assumption_lines
from assessment.presentation import numbers, theme
from assessment.presentation.chart_label import chart_label
from assessment.presentation.frame_rows import frame_rows
from assessment.presentation.language import _
from assessment.presentation.money_format import MILLION
from assessment.presentation.show import Figure, Table

YEAR = _("Year of adoption")
ADDED = _("Added expenditure, million NOK with tax")
LEAST_SHOWN = 0.05  # million NOK: less is written as 0.0
ASSUMED = _("◆ uptake and division between cohorts")


def _by_year() -> pd.DataFrame:
    """A row for each year, million NOK: net in expected values, the middle 95 % of draws, patients
    who start, and a column for each cohort.
    """
    budget, expected = runs.budget(), decision_runs.budgets()["base"]
    low, high = np.quantile(budget.net, [0.025, 0.975], axis=0) / MILLION
    columns = {
        "year": np.arange(1, YEARS + 1),
        "net": expected.net / MILLION,
        "low": low,
        "high": high,
        "start": expected.started,
    }
    by_cohort = {c: expected.by_cohort[c] / MILLION for c in COHORTS}
    return pd.DataFrame(columns | by_cohort)


def budget_figure() -> Figure:
    """Added expenditure by year, stacked by cohort, with the middle 95 % of draws and the patients
    who start.
    """
    by_year = _by_year()
    stacked = _stacked(by_year)
    labelled = by_year.assign(
        text=[numbers.number(net) for net in by_year["net"]],
        people=[
            _("{count} patients start").format(count=numbers.number(count))
            for count in by_year["start"]
        ],
        few=[numbers.number(count) for count in by_year["start"]],
    )

    def draw(width: int) -> alt.TopLevelMixin:
        wide = width > 500
        starting = dict(zip(labelled["year"], labelled["people" if wide else "few"]))
        x = alt.X(
            "year:O",
            title=YEAR,
            axis=alt.Axis(labelAngle=0, labelExpr=f"[datum.label, {starting}[datum.value]]"),
        )
        y = alt.Y("bottom:Q", title=None, axis=alt.Axis(tickCount=4), scale=alt.Scale(domainMin=0))
        names = [NAMES[c] for c in COHORTS]
        colour = alt.Color(
            "cohort:N",
            sort=names,
            scale=alt.Scale(domain=names, range=[theme.COHORT_COLOURS[c] for c in COHORTS]),
            legend=alt.Legend(title=None),
        )
        tips = [
            alt.Tooltip("year:O", title=_("Year")),
            alt.Tooltip("cohort:N", title=_("Cohort")),
            alt.Tooltip("value:Q", title=_("Million NOK"), format=".1f"),
        ]
        bars = (
            alt.Chart(stacked)
            .mark_bar(width={"band": 0.6})
            .encode(x=x, y=y, y2="top:Q", color=colour, tooltip=tips)
        )
        totals = alt.Chart(labelled).encode(x=x)
        ranges = totals.mark_rule(strokeWidth=1.6).encode(y="low:Q", y2="high:Q")
        sums = totals.mark_text(dx=-12, dy=-8, align="right", fontWeight=600).encode(
            y="net:Q", text="text:N"
        )
        heading = (
            [f"{ADDED}. {ASSUMED}", assumption_label()]
            if wide
            else [ADDED, *assumption_lines(wide=False), ASSUMED]
        )
        return alt.layer(bars, ranges, sums).properties(
            width=width - 60, height=220, title=chart_label(heading)
        )

    finding = "; ".join(
        _("year {year}: {net} million ({range})").format(
            year=row.year,
            net=numbers.number(row.net),
            range=numbers.interval(row.low, row.high, 0),
        )
        for row in frame_rows(by_year)
    )
    return Figure(
        draw,
        _(
            "Stacked bars of added expenditure with adoption less without, by year and cohort, with"
            " intervals, at an assumed price and uptake. {finding}."
        ).format(finding=finding),
        _figure_table(by_year),
        "budget",
    )


def _stacked(by_year: pd.DataFrame) -> pd.DataFrame:
    """A row for each year and cohort, ``bottom`` and ``top`` on the scale: the first stands on
    zero, the next on it.
    """
    frames, bottom = [], pd.Series(0.0, by_year.index)
    for cohort in COHORTS:
        top = bottom + by_year[cohort]
        frames.append(
            by_year.assign(cohort=NAMES[cohort], value=by_year[cohort], bottom=bottom, top=top)
        )
        bottom = top
    return pd.concat(frames)


def _figure_table(by_year: pd.DataFrame) -> pd.DataFrame:
    columns = {
        YEAR: by_year["year"],
        _("Net, million NOK"): by_year["net"].round(1),
        "2.5 %": by_year["low"].round(1),
        "97.5 %": by_year["high"].round(1),
    }
    by_cohort = {NAMES[c]: by_year[c].round(1) for c in COHORTS}
    starting = {_("Patients who start"): by_year["start"].round(0).astype(int)}
    return pd.DataFrame(columns | by_cohort | starting)


def budget_table() -> Table:
    """Added expenditure of each year by kind; kinds that would be written as nothing in every year stand
    together in one row.
    """
    budget = decision_runs.budgets()["base"]
    years = [_("Year {number}").format(number=number) for number in range(1, YEARS + 1)]
    by_item = {item: value / MILLION for item, value in budget.by_item.items()}
    small = {item: v for item, v in by_item.items() if np.abs(v).max() < LEAST_SHOWN}
    rows = [(cost_label(i, DRUG), *value) for i, value in by_item.items() if i not in small]
    if small:
        rows.append((_("everything smaller"), *sum(small.values())))
    rows.append((_("Everything together"), *(budget.net / MILLION)))
    return Table(
        pd.DataFrame(rows, columns=[_("Million NOK with tax"), *years]),
        decimals=1,
    )


@computed
def texts() -> dict[str, str]:
    """The budget in the chapter's sentences, by key."""
    by_year = _by_year()
    first, last = by_year.iloc[0], by_year.iloc[-1]
    million = _("{amount}\u00a0million NOK")
    cases = decision_runs.budgets()
    mean = runs.budget().expected[-1] / MILLION
    year5 = million.format(amount=numbers.number(last["net"]))
    return {
        "budget_year5": f"{year5} ({numbers.interval(last['low'], last['high'], 0)})",
        "budget_started": numbers.number(last["start"]),
        "budget_year1": million.format(amount=numbers.number(first["net"])),
        "budget_mean5": million.format(amount=numbers.number(mean)),
        "budget_everyone5": million.format(
            amount=numbers.number(cases["everyone"].net[-1] / MILLION)
        ),
        "budget_displaced5": _displaced_in_year_5(),
    }


def _displaced_in_year_5() -> str:
    """The lowest and the highest of the cases in which other drugs are displaced, in million NOK."""
    found = [
        case.net[-1] / MILLION
        for name, case in decision_runs.budgets().items()
        if name.startswith("displaced")
    ]
    if not found:
        return _("unknown")
    return _("{amount}\u00a0million NOK").format(amount=numbers.interval(min(found), max(found), 0))

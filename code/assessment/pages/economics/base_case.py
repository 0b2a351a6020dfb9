"""The base case: what is gained and what it costs, in both cohorts, and where it comes from."""

from __future__ import annotations

import altair as alt
import numpy as np
import pandas as pd

from assessment.case.model import runs
from assessment.case.model.model_inputs import COHORTS
from assessment.case.trial.trial import ARMS
from assessment.case.trial.trial import COHORTS as NAMES
from assessment.evidence import load_facts
from assessment.presentation import numbers, theme
from assessment.presentation.show import Figure, Table
from assessment.survival.distributions.special_functions import Z_975

MILLION = 1e6
STATES = ("progression_free", "progressed")
# Cost items of the model, gathered for a reader; the order is that of the bars.
GROUPS = {
    "drug": ("cabozantinib", "cabozantinib, packs not finished"),
    "analogue": ("somatostatin analogue",),
    "care": ("outpatient visits", "visits for treatment", "CT scans", "side effects"),
    "later": ("later treatment",),
    "end": ("end of life",),
    "patient": ("patients' time and travel", "time and travel for treatment"),
}
STATE_COLOURS = [theme.GREEN, theme.PURPLE]  # dark enough for white labels, and no arm's colour
GROUP_COLOURS = {
    "drug": theme.BLUE,
    "analogue": theme.GREEN,
    "care": theme.GOLD,
    "later": theme.PURPLE,
    "end": theme.GREY,
    "patient": theme.SKY,
}
WORDS = {
    "arms": {"cabozantinib": "Cabozantinib", "placebo": "Placebo"},
    "states": {
        "progression_free": "before progression",
        "progressed": "after progression",
        "dead": "dead",
    },
    "groups": {
        "drug": "cabozantinib",
        "analogue": "somatostatin analogue",
        "care": "visits, scans, side effects",
        "later": "treatment after progression",
        "end": "end of life",
        "patient": "patients' time and travel",
    },
    "leans": (
        "◆ Assumption: {price} NOK a pack{where}. Curves calibrated to published summaries, not"
        " digitised"
    ),
    "movable": " in the base case",
    "curves": "Curves calibrated to published summaries, not digitised",
    "qalys": "QALYs per patient, discounted",
    "cost": "Cost per patient, million NOK, discounted",
    "years": "Years from randomisation",
    "share": "Share of patients, %",
    "never": "no price",
    "dominated": "costs more, gains nothing",
    "above": "more than {amount}",
}
# Monte Carlo error of the gain, as a share of it, beyond which a ratio is told by its lower limit
# alone: our choice.
SURE_TO = 0.1
SHOWN_YEARS = 10.0


def leans(narrow: bool = False, movable: bool = False) -> str | list[str]:
    """The line under every title whose numbers depend on the price and on calibrated curves.
    movable: where readers set the price themselves.
    """
    text = WORDS["leans"].format(
        price=numbers.number(load_facts()["economics.price.cabometyx.assumed"].number),
        where=WORDS["movable"] if movable else "",
    )
    return text.replace(". ", ".|").split("|") if narrow else text


def under(text: str | list[str], offset: int = 8) -> alt.Title:
    """A label over a chart in the quiet type of a subtitle."""
    return alt.Title(text, fontSize=13, fontWeight=400, color=theme.MUTED, offset=offset)


def money(nok: float, decimals: int = 2) -> str:
    """An amount in million NOK."""
    return f"{numbers.number(nok / MILLION, decimals)}\u00a0million NOK"


def rounded(nok: float) -> str:
    """An amount in NOK to the nearest thousand, or hundred when it is small."""
    step = 1000 if abs(nok) >= 10_000 else 100
    return numbers.number(step * round(nok / step)) + "\u00a0NOK"


def quotient(nok: float) -> str:
    """An amount for each year or QALY, with two digits: draws of the curves leave the third to
    chance.
    """
    return money(nok, 0 if abs(nok) >= 10 * MILLION else 1)


def least(increment, error: float) -> float | None:
    """Lower 95 % limit of an ICER in NOK, two digits, where the draws' own ``error`` of the gain
    could move it by more than SURE_TO; None where it could not, or nothing is gained for sure.
    """
    gain, cost = float(increment.effect), float(increment.cost)
    if gain * SURE_TO >= error or cost <= 0 or gain + Z_975 * error <= 0:
        return None
    limit = cost / (gain + Z_975 * error)
    step = 10 ** (np.floor(np.log10(limit)) - 1)
    return float(step * np.floor(limit / step))


def told(increment, error: float = 0.0) -> str:
    """The ICER as text, or more than its lower limit where the draws' error leaves no more
    (``least``), or words where a ratio says nothing.
    """
    limit = least(increment, error)
    if limit is not None:
        return WORDS["above"].format(amount=quotient(limit))
    icer = float(increment.icer)
    return quotient(icer) if np.isfinite(icer) else WORDS["dominated"]


def ratio(results, error: float = 0.0) -> str:
    """Cost per QALY, as ``told``."""
    text = told(results.increment, error)
    return text if text == WORDS["dominated"] else text + " per QALY"


def price(results, threshold: float) -> str:
    """The price a pack at which the ICER equals the threshold, or that none does."""
    found = results.price_at(threshold)
    return rounded(float(found.price)) if bool(found.met) else WORDS["never"]


def results_table() -> Table:
    """Base case of both cohorts: each arm and the difference."""
    rows = []
    for cohort in COHORTS:
        found = runs.base(cohort)
        for label, of, decimals in (
            ("Life years", lambda s: s.life_years, 2),
            ("QALYs", lambda s: s.qalys, 2),
            ("Cost, million NOK", lambda s: s.cost / MILLION, 2),
        ):
            one, other = float(of(found.treated)), float(of(found.comparator))
            rows.append(
                (
                    NAMES[cohort],
                    label,
                    *(numbers.number(v, decimals) for v in (one, other, one - other)),
                )
            )
    return Table(
        pd.DataFrame(
            rows,
            columns=[
                "Cohort",
                "Per patient, discounted",
                WORDS["arms"]["cabozantinib"],
                WORDS["arms"]["placebo"],
                "Difference",
            ],
        )
    )


def decision_table() -> Table:
    """What follows from the difference, by cohort."""
    facts, columns = load_facts(), {}
    stated = facts["norway.reference.opportunity_cost.value"].number
    for cohort in COHORTS:
        found, severe, draws = runs.base(cohort), runs.severity(cohort), runs.draws(cohort)
        own, error = severe.reference_nok_per_qaly, runs.gain_error(cohort)
        columns[NAMES[cohort]] = {
            "Cost per QALY gained": ratio(found, error),
            "Cost per life year gained": told(found.increment_life_years, error),
            "Absolute shortfall, QALYs": numbers.number(severe.shortfall, 1),
            "Severity class": str(severe.severity_class),
            "Reference value of that class (a proposal)": rounded(own),
            "Net monetary benefit at it": money(float(found.increment.net_monetary_benefit(own))),
            "Price at which the stated opportunity cost is met": price(found, stated),
            "Price at which the class's value is met": price(found, own),
            "Draws in which it is worth the assumed price at the class's value": percent(
                float((draws.increment.net_monetary_benefit(own) > 0).mean())
            ),
            "Draws in which progression had to be capped at survival": percent(draws.crossings),
            "Years the cap took away, mean": numbers.number(runs.course(cohort).capped_years, 3),
            "Monte Carlo error of the life years gained": numbers.number(error, 3),
        }
    frame = pd.DataFrame(columns)
    return Table(frame.rename_axis("◆ At the assumed price").reset_index())


def percent(share: float) -> str:
    """A share in percent, with a decimal below ten."""
    text = numbers.number(100 * share, 1) if 0 < share < 0.1 else numbers.number(100 * share)
    return text + "\u00a0%"


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
            for group, members in GROUPS.items():
                value = float(sum(items.get(name, 0.0) for name in members)) / MILLION
                rows.append(
                    {
                        "cohort": NAMES[cohort],
                        "arm": WORDS["arms"][arm],
                        "group": WORDS["groups"][group],
                        "from": start,
                        "to": start + value,
                        "value": value,
                        "text": numbers.number(value, 2),
                    }
                )
                start += value
    data, order = pd.DataFrame(rows), list(WORDS["groups"].values())

    def draw(width: int):
        wide = width > 500
        colour = alt.Color(
            "group:N",
            sort=order,
            scale=alt.Scale(domain=order, range=list(GROUP_COLOURS.values())),
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


def occupancy_figure() -> Figure:
    """Share of patients in each state over time, both arms and cohorts, as the model has them."""
    rows, at = [], np.linspace(0, SHOWN_YEARS, 81)
    for cohort in COHORTS:
        course = runs.course(cohort)
        for arm in ARMS:
            free, alive = (
                np.interp(at, course.times_years, share[arm], left=1.0)
                for share in (course.progression_free, course.alive)
            )
            rows += [
                {
                    "cohort": NAMES[cohort],
                    "arm": WORDS["arms"][arm],
                    "year": y,
                    "state": WORDS["states"][s],
                    "low": 100 * low,
                    "high": 100 * high,
                }
                for y, f, a in zip(at, free, alive)
                for s, low, high in (("progression_free", 0.0, f), ("progressed", f, a))
            ]
    data, order = pd.DataFrame(rows), [WORDS["states"][s] for s in STATES]

    def draw(width: int):
        wide = width > 500
        colour = alt.Color(
            "state:N",
            sort=order,
            scale=alt.Scale(domain=order, range=STATE_COLOURS),
            legend=alt.Legend(title=None),
        )
        area = (
            alt.Chart(data)
            .mark_area(opacity=0.85)
            .encode(
                x=alt.X(
                    "year:Q",
                    title=WORDS["years"] if wide else WORDS["years"].split()[0],
                    axis=alt.Axis(values=[0, 2, 4, 6, 8, 10] if wide else [0, 5, 10], grid=False),
                ),
                y=alt.Y(
                    "low:Q",
                    title=WORDS["share"] if wide else "%",
                    axis=alt.Axis(values=[0, 50, 100]),
                ),
                y2="high:Q",
                color=colour,
            )
        )
        return (
            area.properties(
                width=(width - 120) / 2 if wide else (width - 90) / 2, height=130 if wide else 100
            )
            .facet(
                row=alt.Row("cohort:N", title=None, header=alt.Header(labelAngle=-90)),
                column=alt.Column("arm:N", title=None),
            )
            .properties(title=under(WORDS["curves"]))
        )

    shown = data[data["year"].isin([0.5, 1.0, 2.0, 5.0, 10.0])]
    table = (
        shown.assign(alive=shown["high"])
        .pivot_table(index=["cohort", "arm", "year"], columns="state", values="high")
        .reset_index()
    )
    table.columns = (
        ["Cohort", "Arm", "Year", "Alive, %", "Before progression, %"]
        if list(table.columns)[3] == order[1]
        else ["Cohort", "Arm", "Year", "Before progression, %", "Alive, %"]
    )
    return Figure(
        draw,
        "Areas of the share of patients before progression, after it and dead over ten years, in"
        " both arms and cohorts. Cabozantinib widens the area before progression; the area of the"
        " living is nearly the same in both arms.",
        table.round(1),
        "economics-states",
        ("chan2025", "ssb07902"),
    )

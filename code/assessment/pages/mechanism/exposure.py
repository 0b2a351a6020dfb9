"""Figures and tables on exposure: build-up over time, what moves it, what a change of dose does,
doses in the trial.
"""

from __future__ import annotations

import re

import altair as alt
import numpy as np
import pandas as pd

from assessment.case.trial import pharmacokinetics
from assessment.case.trial.trial import COHORTS
from assessment.evidence import load_conflicts, load_facts
from assessment.pages.mechanism.dose_explorer import CHANGE_DAY, DAYS, exposure
from assessment.presentation import numbers, theme
from assessment.presentation.show import Figure, Table, ref

HALF_LIVES = {
    "smpc": "European product information",
    "review": "Review of 2017",
    "tablet_fda_era": "First US label",
}
USED = "smpc"  # the text that applies in Norway; see the conflict register
SETTLED = 0.9  # our convention: steady state counts as reached when nine tenths of the way are gone
SHOWN_DAYS = 35
PAUSE_DAYS = 14  # our illustration
STEPS = ("approved", "first_reduction", "second_reduction")
WORDS = {
    "day": "Day of treatment",
    "level": "Daily average, % of the steady state on 60 mg",
    "settled": "nine tenths there:",
    "settled_day": "day {value} ({low}–{high})",
    "panel": "a panel’s",
    "panel_2": "“steady state”",
    "change": "Change of exposure against the usual case",
    "change_short": "Change of exposure",
}


def doses_mg() -> tuple[float, ...]:
    """The approved dose and its two steps down, mg a day."""
    return tuple(load_facts()[f"pharmacology.dose.{step}"].number for step in STEPS)


def interval_hours() -> float:
    """Hours between doses."""
    return load_facts()["pharmacology.dose.interval"].number


def half_lives() -> dict[str, float]:
    """The published half-lives in hours by name, the used one first."""
    return {name: load_facts()[f"pharmacology.half_life.{name}"].number for name in HALF_LIVES}


def settled_days() -> tuple[float, float, float]:
    """Days of daily dosing to SETTLED of the steady state: with the used half-life, the shortest
    and the longest published.
    """
    lives = half_lives()
    return tuple(
        pharmacokinetics.hours_to_fraction(SETTLED, h) / 24
        for h in (lives[USED], min(lives.values()), max(lives.values()))
    )


def published_accumulation() -> tuple[float, int]:
    """The published accumulation of exposure and the number of daily doses after which it was
    measured.
    """
    facts = load_facts()
    return facts["pharmacology.accumulation.auc"].number, int(
        facts["pharmacology.accumulation.day"].number
    )


def build_up_half_life() -> float:
    """The half-life in hours with which one compartment gives the published accumulation."""
    return pharmacokinetics.effective_half_life(*published_accumulation(), interval_hours())


def panel_days() -> tuple[int, int]:
    """The days to steady state that a panel stated, read from its claim in the conflict register."""
    claims = next(c for c in load_conflicts() if c.id == "steady_state").claims
    words = re.search(r"(\w+) to (\w+) days", " ".join(c.claim or "" for c in claims)).groups()
    by_name = {
        name: i
        for i, name in enumerate("nought one two three four five six seven eight nine ten".split())
    }
    return by_name[words[0]], by_name[words[1]]


def accumulation_table() -> Table:
    """What each half-life implies: accumulation at steady state and at the day it was measured,
    days to nine tenths.
    """
    facts, interval = load_facts(), interval_hours()
    _, doses = published_accumulation()
    implied = facts["pharmacology.half_life.from_clearance_and_volume"]
    rows = [
        (label, f.number, ref(f, "bare"))
        for name, label in HALF_LIVES.items()
        for f in [facts[f"pharmacology.half_life.{name}"]]
    ]
    rows += [
        ("Implied by clearance and volume", implied.number, ref(implied, "bare")),
        (
            "Implied by the published accumulation",
            build_up_half_life(),
            numbers.number(build_up_half_life(), 1),
        ),
    ]
    frame = pd.DataFrame(
        [
            {
                "Half-life from": label,
                "Hours": shown,
                "At steady state, fold": numbers.number(
                    pharmacokinetics.accumulation_ratio(hours, interval), 1
                ),
                f"By day {doses}, fold": numbers.number(
                    pharmacokinetics.accumulation_after(doses, hours, interval), 1
                ),
                "Nine tenths by day": numbers.number(
                    pharmacokinetics.hours_to_fraction(SETTLED, hours) / 24, 1
                ),
            }
            for label, hours, shown in rows
        ]
    )
    return Table(frame, caption="Accumulation and time to steady state that each half-life implies")


def exposure_over_time() -> Figure:
    """Daily average level under constant 60, 40 and 20 mg with the band of the published
    half-lives.
    """
    lives = half_lives()
    doses = [int(d) for d in doses_mg()]

    def levels(dose: int, hours: float) -> np.ndarray:
        return 100 * exposure(dose, SHOWN_DAYS, 0, dose, hours, SHOWN_DAYS)["average"].to_numpy()

    frame = pd.concat(
        [
            pd.DataFrame(
                {
                    "day": range(1, SHOWN_DAYS + 1),
                    "dose": f"{d} mg",
                    "level": levels(d, lives[USED]),
                    "low": levels(d, max(lives.values())),
                    "high": levels(d, min(lives.values())),
                }
            )
            for d in doses
        ]
    )
    days, first, last = (numbers.number(d, 1) for d in settled_days())
    mark = pd.DataFrame([{"day": settled_days()[0], "level": 100 * SETTLED}])
    panel = pd.DataFrame([dict(zip(("from", "to"), panel_days()))])

    def draw(width: int) -> alt.TopLevelMixin:
        plot = width - 38 - 52
        x = alt.X(
            "day:Q",
            scale=alt.Scale(domain=[0, SHOWN_DAYS], nice=False),
            axis=alt.Axis(title=WORDS["day"], values=list(range(0, SHOWN_DAYS + 1, 7)), grid=False),
        )
        axis = alt.Axis(
            title=WORDS["level"],
            titleAnchor="start",
            titleAngle=0,
            titleAlign="left",
            titleX=-32,
            titleY=-16,
            values=[0, 20, 40, 60, 80, 100],
        )
        y = alt.Y("level:Q", scale=alt.Scale(domain=[0, 105], nice=False), axis=axis)
        base = alt.Chart(frame)
        shade = (
            alt.Chart(panel)
            .mark_rect(color=theme.GREY, opacity=0.22)
            .encode(x=alt.X("from:Q"), x2="to:Q", y=alt.value(0), y2=alt.value(280))
        )
        shade_text = [
            alt.Chart(panel)
            .mark_text(align="left", fontSize=12, color=theme.MUTED, dx=4, text=WORDS[w])
            .encode(x="to:Q", y=alt.value(262 - 15 * (1 - i)))
            for i, w in enumerate(("panel", "panel_2"))
        ]
        full = (
            alt.Chart(pd.DataFrame([{"level": 100}]))
            .mark_rule(strokeDash=[2, 3], color=theme.GREY)
            .encode(y="level:Q")
        )
        band = base.mark_area(opacity=0.25, color=theme.BLUE).encode(
            x=x, y="low:Q", y2="high:Q", detail="dose:N"
        )
        tip = [
            alt.Tooltip("dose:N", title="Daily dose"),
            alt.Tooltip("day:Q", title=WORDS["day"]),
            alt.Tooltip("level:Q", title="Level, %", format=".1f"),
        ]
        line = base.mark_line(color=theme.BLUE).encode(x=x, y=y, detail="dose:N")
        touch = base.mark_point(opacity=0, size=80).encode(x=x, y=y, tooltip=tip)
        ends = (
            base.transform_filter(f"datum.day == {SHOWN_DAYS}")
            .mark_text(align="left", dx=6, fontWeight=600)
            .encode(x=x, y=y, text="dose:N")
        )
        point = (
            alt.Chart(mark)
            .mark_point(size=110, shape="diamond", color=theme.ORANGE, opacity=1)
            .encode(x=x, y=y)
        )
        labels = [
            alt.Chart(mark)
            .mark_text(align="left", dx=8, dy=dy, color=theme.ORANGE, text=t)
            .encode(x=x, y=y)
            for dy, t in (
                (13, WORDS["settled"]),
                (29, WORDS["settled_day"].format(value=days, low=first, high=last)),
            )
        ]
        return alt.layer(
            shade, full, band, line, point, ends, *labels, *shade_text, touch
        ).properties(width=plot, height=280)

    text = (
        f"Line chart of the daily average level over {SHOWN_DAYS} days of 60, 40 and 20 mg a day,"
        " as a share of the steady-state average on 60 mg. All three rise together and flatten"
        f" out; nine tenths of the steady state is reached on day {days} ({first} to {last} over"
        f" the published half-lives). Days {panel_days()[0]} to {panel_days()[1]}, which a panel"
        " named, lie on the steep part."
    )
    weekly = frame[frame["day"].isin([1, 3, 5, *range(7, SHOWN_DAYS + 1, 7)])]
    table = (
        weekly.pivot(index="day", columns="dose", values="level")[[f"{d} mg" for d in doses]]
        .reset_index()
        .rename(columns={"day": WORDS["day"]} | {f"{d} mg": f"{d} mg, %" for d in doses})
    )
    return Figure(
        draw,
        text,
        table,
        "exposure-over-time",
        sources=("ema2025smpc", "lacy2017", "cabometyx2016label"),
        note=(
            "Our illustration, not trial data: one compartment, absorption at once, every dose"
            " taken. Band: the published half-lives."
        ),
    )


MOVERS = {
    "food.high_fat": "High-fat meal",
    "interaction.ketoconazole": "Ketoconazole",
    "interaction.rifampicin": "Rifampicin",
    "impairment.hepatic": "Liver impairment, mild or moderate",
    "impairment.renal": "Kidney impairment, mild or moderate",
}


def movers_table() -> pd.DataFrame:
    """What changes exposure, lowest first: label, low and high in percent change, whether it is a
    step of dose, and the fact (none for steps).
    """
    rows = []
    for name, label in MOVERS.items():
        fact = load_facts()[f"pharmacology.{name}"]
        low, high = (fact.number, fact.number) if fact.value is not None else (fact.low, fact.high)
        rows.append({"label": label, "low": low, "high": high, "step": False, "fact": fact})
    full, first, second = doses_mg()
    for old, new in ((full, first), (full, second), (first, full)):
        change = 100 * (new / old - 1)
        rows.append(
            {
                "label": f"{old:g} mg → {new:g} mg",
                "low": change,
                "high": change,
                "step": True,
                "fact": None,
            }
        )
    return pd.DataFrame(rows).sort_values("low", ignore_index=True)


def exposure_movers() -> Figure:
    """Range bars on a log scale of the ratio, where halving and doubling are equally long."""
    frame = movers_table()

    def signed(v: float) -> str:
        return ("+" if v > 0 else "") + numbers.number(v)

    frame["text"] = [
        f"{signed(a)} %" if round(a) == round(b) else f"{signed(a)} to {signed(b)} %"
        for a, b in zip(frame["low"], frame["high"])
    ]
    frame["from"], frame["to"], frame["middle"] = (
        1 + frame["low"] / 100,
        1 + frame["high"] / 100,
        np.sqrt((1 + frame["low"] / 100) * (1 + frame["high"] / 100)),
    )
    data = frame.drop(columns="fact")

    def draw(width: int) -> alt.TopLevelMixin:
        small = width < 500
        room = 12 if small else 205
        plot, step = width - room - 85, 44 if small else 30
        base = alt.Chart(data)
        label_axis = None if small else alt.Axis(title=None, labelLimit=240)
        y = alt.Y("label:N", sort=None, axis=label_axis)
        axis = alt.Axis(
            title=WORDS["change_short" if small else "change"],
            values=[0.25, 0.5, 1, 2],
            grid=not small,
            labelExpr=(
                "datum.value == 1 ? '0' : (datum.value > 1 ? '+' : '−') + abs(round(100 *"
                " (datum.value - 1))) + ' %'"
            ),
        )
        scale = alt.Scale(type="log", domain=[0.2, 2.1], nice=False)
        none = (
            alt.Chart(pd.DataFrame([{"from": 1}]))
            .mark_rule(color=theme.GRID if small else theme.MUTED)
            .encode(x=alt.X("from:Q", scale=scale))
        )
        down = 8 if small else 0
        look = alt.condition("datum.step", alt.value(theme.ORANGE), alt.value(theme.BLUE))
        shape = alt.condition("datum.step", alt.value("square"), alt.value("circle"))
        bars = base.mark_rule(strokeWidth=8, opacity=0.45, yOffset=down).encode(
            x=alt.X("from:Q", scale=scale, axis=axis), x2="to:Q", y=y, color=look
        )
        points = base.mark_point(size=80, opacity=1, yOffset=down).encode(
            x=alt.X("middle:Q", scale=scale),
            y=y,
            color=look,
            shape=shape,
            tooltip=[
                alt.Tooltip("label:N", title="What"),
                alt.Tooltip("text:N", title=WORDS["change_short"]),
            ],
        )
        values = base.mark_text(align="left", dx=10, yOffset=down).encode(
            x=alt.X("to:Q", scale=scale), y=y, text="text:N"
        )
        names = (
            [
                base.mark_text(align="left", fontSize=13, yOffset=-10).encode(
                    x=alt.value(0), y=y, text="label:N"
                )
            ]
            if small
            else []
        )
        return alt.layer(none, bars, points, values, *names).properties(
            width=plot, height=step * len(data)
        )

    text = (
        "Range plot of how much exposure changes, on a scale where halving and doubling are equally"
        " long. " + "; ".join(f"{r.label}: {r.text}" for r in frame.itertuples()) + "."
    )
    table = pd.DataFrame(
        {
            "What": frame["label"],
            WORDS["change_short"]: [
                ref(f) if f else t for f, t in zip(frame["fact"], frame["text"])
            ],
        }
    )
    return Figure(
        draw,
        text,
        table,
        "exposure-movers",
        sources=("lacy2017",),
        note=(
            "Squares: steps of dose, in proportion to the dose. Circles: published changes of"
            " exposure over time (AUC)."
        ),
    )


def trial_dose_table() -> Table:
    """Reductions, stops and the median average dose in CABINET, by cohort."""
    facts = load_facts()
    rows = {
        "Dose reduced": "dose_reduction",
        "Stopped for an adverse event": "discontinuation",
        "Median average daily dose": "daily_dose",
        "Median time on treatment": "duration",
    }

    def cell(cohort: str, measure: str):
        return ref(facts[f"cabinet.exposure.{cohort}.cabozantinib.{measure}"])

    return Table(
        pd.DataFrame(
            [
                {"Cabozantinib arm": label} | {name: cell(c, m) for c, name in COHORTS.items()}
                for label, m in rows.items()
            ]
        ),
        caption="Dose in CABINET, publication set",
    )


def regimen_table() -> Table:
    """Regimens of our own over twelve weeks: average dose, level at the end, lowest daily average
    after the change.
    """
    full, first, second = doses_mg()
    hours = half_lives()[USED]
    regimens = {
        f"{full:g} mg throughout": (full, DAYS, 0, full),
        f"{full:g} mg, {first:g} mg after day {CHANGE_DAY}": (full, CHANGE_DAY, 0, first),
        f"the same with {PAUSE_DAYS} days’ pause between": (full, CHANGE_DAY, PAUSE_DAYS, first),
        f"{full:g} mg, {second:g} mg after day {CHANGE_DAY}": (full, CHANGE_DAY, 0, second),
        f"{first:g} mg throughout": (first, DAYS, 0, first),
    }
    rows = []
    for label, regimen in regimens.items():
        frame = exposure(*regimen, hours)
        rows.append(
            {
                "Our examples": label,
                "Average, mg": frame["dose"].mean(),
                f"Lowest after day {CHANGE_DAY}, %": 100 * frame["average"].iloc[CHANGE_DAY:].min(),
                f"Day {DAYS}, %": 100 * frame["average"].iloc[-1],
            }
        )
    return Table(
        pd.DataFrame(rows),
        caption=f"Average dose over {DAYS} days, and level in % of the steady state on {full:g} mg",
    )

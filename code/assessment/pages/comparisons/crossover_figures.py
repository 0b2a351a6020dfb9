"""Figures of the dilution of survival by crossover, and of what an adjustment with patients' data
would recover.
"""

from __future__ import annotations

from functools import lru_cache

import altair as alt
import numpy as np
import pandas as pd

from assessment.case.trial.crossover_dilution import SETS, Dilution, dilution, dilutions
from assessment.case.trial.trial import COHORTS, load_trial
from assessment.evidence import load_facts
from assessment.evidence.provenance.result_cache import cached_result
from assessment.evidence.provenance.traced_text import computed
from assessment.presentation import numbers, theme
from assessment.presentation.show import Figure, Table, ref
from assessment.survival.comparison.simulated_crossover import recover

WORDS = {
    "sets": {"publication": "publication", "fda": "FDA"},
    "carry": "Share of the effect received after crossing, %",
    "carry_short": "Effect received, %",
    "delay": "Months to crossing",
    "undiluted": "Undiluted hazard ratio",
    "share": "Placebo patients crossing over, %",
    "model": "◆ Dilution model, not an adjustment",
    "truth": "True factor by which treatment prolongs life",
    "estimate": "Estimated factor",
    "methods": {"ignored": "crossover ignored", "adjusted": "RPSFTM"},
}
DELAYS = 5
CARRY = np.array([0, 0.25, 0.5, 0.75, 1.0])
FACTORS, PATIENTS, CROSSING, REPEATS = (0.75, 1.0, 1.25, 1.5, 2.0), 600, 0.5, 20


def _name(d: Dilution) -> str:
    return f"{COHORTS[d.cohort]}, {WORDS['sets'][d.analysis_set]}"


def delays() -> np.ndarray:
    """Months to crossing over for which dilution is shown."""
    shown = load_facts()["dilution.shown.delay"]
    return np.linspace(shown.low, shown.high, DELAYS)


@cached_result(maxsize=1)
def map_rows() -> tuple[dict, ...]:
    """Undiluted hazard ratio for each cohort, set, delay and share of the effect."""
    return tuple(
        {
            "panel": _name(d),
            "delay": int(t),
            "carry": int(round(100 * c)),
            "ratio": float(v),
            "text": numbers.number(v, 2),
            "printed": numbers.fact_text(d.observed),
        }
        for d in dilutions()
        for t, line in zip(delays(), d.map(delays(), CARRY))
        for c, v in zip(CARRY, line)
    )


def dilution_heat() -> Figure:
    """Heat map of the undiluted hazard ratio, one panel for each cohort and set that prints what
    the model needs.
    """
    rows = pd.DataFrame(map_rows())
    panels = list(dict.fromkeys(rows["panel"]))
    facts = {_name(d): d for d in dilutions()}

    def draw(width: int):
        wide = width > 500
        each = (width - 3 * 44) // 3 if wide else width - 62

        def panel(name: str, first: bool):
            data, d = rows[rows["panel"] == name], facts[name]
            base = alt.Chart(data).encode(
                x=alt.X(
                    "carry:O",
                    title=WORDS["carry_short"],
                    axis=alt.Axis(labelAngle=0, ticks=False, domain=False),
                ),
                y=alt.Y(
                    "delay:O",
                    title=WORDS["delay"] if first or not wide else None,
                    axis=alt.Axis(ticks=False),
                ),
            )
            shade = alt.FillOpacity(
                "ratio:Q",
                scale=alt.Scale(domain=[0.78, 1.05], range=[0.5, 0.04], clamp=True),
                legend=None,
            )
            cell = base.mark_rect(
                color=theme.BLUE, stroke=theme.BACKGROUND, strokeWidth=1.5
            ).encode(
                fillOpacity=shade,
                tooltip=[
                    alt.Tooltip("panel:N", title="Cohort and set"),
                    alt.Tooltip("delay:O", title="Crossing at (months)"),
                    alt.Tooltip("carry:O", title="Effect received (%)"),
                    alt.Tooltip("printed:N", title="Printed hazard ratio"),
                    alt.Tooltip("text:N", title=WORDS["undiluted"]),
                ],
            )
            subtitle = (
                f"printed {numbers.fact_text(d.observed, 'bare')},"
                f" {numbers.fact_text(d.crossed, 'value')} crossed"
            )
            return alt.layer(cell, base.mark_text(fontWeight=600).encode(text="text:N")).properties(
                width=each, height=5 * 34, title=alt.Title(name, subtitle=subtitle)
            )

        charts = [panel(n, i == 0) for i, n in enumerate(panels)]
        return alt.hconcat(*charts, spacing=18) if wide else alt.vconcat(*charts, spacing=20)

    table = rows.pivot_table(
        index=["panel", "delay"], columns="carry", values="text", aggfunc="first"
    ).reset_index()
    table.columns = [
        "Cohort and set",
        WORDS["delay"],
        *(f"{c} % of the effect" for c in table.columns[2:]),
    ]
    said = "; ".join(
        f"{n}: printed {numbers.fact_text(facts[n].observed, 'bare')}, undiluted"
        f" {rows[rows['panel'] == n]['ratio'].min():.2f} to"
        f" {rows[rows['panel'] == n]['ratio'].max():.2f}"
        for n in panels
    )
    return Figure(
        draw,
        "Heat maps of the hazard ratio for death with the dilution by crossover taken out, by"
        f" months to crossing and share of the effect received afterwards. {said}.",
        table,
        "crossover-dilution",
        ("chan2025", "fda2025net"),
        note=(
            f"{WORDS['model']}: constant hazard on placebo, those who cross like those who do not."
            " Stronger colour: lower. epNET in the FDA’s set is missing because its hazard ratio"
            " was not found."
        ),
    )


def tipping() -> Figure:
    """Undiluted hazard ratio against the share crossing over, at crossing on progression, for half
    and all of the effect.
    """
    target, rows, marks = load_facts()["dilution.shown.target"].number, [], []
    shares = np.linspace(0, 0.98, 50)
    for d in dilutions():
        for carry in (0.5, 1.0):
            rows += [
                {
                    "panel": _name(d),
                    "carry": f"{carry:.0%}".replace("%", "\u00a0%"),
                    "share": 100 * s,
                    "ratio": float(v),
                }
                for s, v in zip(shares, d.undiluted(shares, carry_over=carry))
                if np.isfinite(v)
            ]
        marks.append(
            {
                "panel": _name(d),
                "share": 100 * d.share,
                "ratio": float(d.undiluted()),
                "text": (
                    f"{numbers.fact_text(d.crossed, 'value')}: {numbers.number(d.undiluted(), 2)}"
                ),
            }
        )
    lines, dots = pd.DataFrame(rows), pd.DataFrame(marks)

    def draw(width: int):
        wide = width > 500
        each = (width - 3 * 50) // 3 if wide else width - 62

        def panel(name: str, first: bool):
            x = alt.X(
                "share:Q",
                title=WORDS["share"] if wide is False or first is None else "Crossing over, %",
                scale=alt.Scale(domain=[0, 100]),
                axis=alt.Axis(values=[0, 25, 50, 75, 100]),
            )
            y = alt.Y(
                "ratio:Q",
                title=WORDS["undiluted"] if first or not wide else None,
                scale=alt.Scale(domain=[0.5, 1.15], nice=False),
                axis=alt.Axis(values=[0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.1], format=".1f", grid=True),
            )
            data = lines[lines["panel"] == name]
            line = (
                alt.Chart(data)
                .mark_line(clip=True, strokeWidth=2.4)
                .encode(
                    x=x,
                    y=y,
                    color=alt.Color(
                        "carry:N",
                        scale=alt.Scale(
                            range=[theme.BLUE, theme.SKY], domain=["100\u00a0%", "50\u00a0%"]
                        ),
                        legend=None,
                    ),
                    strokeDash=alt.StrokeDash(
                        "carry:N",
                        scale=alt.Scale(range=[[1, 0], [6, 3]], domain=["100\u00a0%", "50\u00a0%"]),
                        legend=None,
                    ),
                    tooltip=[
                        alt.Tooltip("share:Q", title="Crossing (%)", format=".0f"),
                        alt.Tooltip("carry:N", title="Effect received"),
                        alt.Tooltip("ratio:Q", title=WORDS["undiluted"], format=".2f"),
                    ],
                )
            )
            mark = dots[dots["panel"] == name]
            dot = (
                alt.Chart(mark)
                .mark_point(filled=True, size=95, opacity=1, color=theme.ORANGE, shape="square")
                .encode(x=x, y=y, tooltip=[alt.Tooltip("text:N", title="At the printed share")])
            )
            label = (
                alt.Chart(mark)
                .mark_text(align="center", dx=-4, dy=20, fontWeight=600, color=theme.ORANGE)
                .encode(x=x, y=y, text="text:N")
            )
            rule = (
                alt.Chart(pd.DataFrame({"ratio": [target]}))
                .mark_rule(color=theme.MUTED, strokeDash=[2, 3])
                .encode(y=y)
            )
            return alt.layer(rule, line, dot, label).properties(
                width=each, height=230 if wide else 190, title=name
            )

        charts = [panel(n, i == 0) for i, n in enumerate(dict.fromkeys(lines["panel"]))]
        return alt.hconcat(*charts, spacing=16) if wide else alt.vconcat(*charts, spacing=18)

    table = pd.DataFrame(
        [
            {
                "Cohort and set": _name(d),
                "Crossed over, printed": ref(d.crossed),
                "Undiluted at that share": numbers.number(d.undiluted(), 2),
                f"Share needed for {numbers.number(target, 1)}": _percent(d.needed_share(target)),
                f"Printed, if {numbers.number(target, 1)} were true": numbers.number(
                    d.shown(target), 2
                ),
            }
            for d in dilutions()
        ]
    )
    return Figure(
        draw,
        "Lines of the undiluted hazard ratio for death against the share crossing over, full and"
        " half of the effect. At the printed share:"
        f" {'; '.join(m['panel'] + ' ' + m['text'] for m in marks)}.",
        table,
        "crossover-tipping",
        ("chan2025", "fda2025net"),
        note=(
            f"{WORDS['model']}. Solid: all of the effect after crossing; dashed: half. Crossing at"
            " the printed median time to progression on placebo. Squares: printed share. Dotted:"
            " the example asked for."
        ),
    )


def _percent(share: float | None) -> str:
    return "no share" if share is None else f"{numbers.number(100 * share)}\u00a0%"


def limits() -> Table:
    """Every cohort and set: printed, undiluted with its interval, and how far the assumed follow-up
    matters.
    """
    tested = load_facts()["dilution.followup.tested"]
    rows = []
    for cohort in COHORTS:
        for name in SETS:
            d, view = dilution(cohort, name), load_trial(name)
            row = {
                "Cohort and set": f"{COHORTS[cohort]}, {WORDS['sets'][name]}",
                "Printed": (
                    ref(view.os(cohort).hazard_ratio) if view.os(cohort).hazard_ratio else "–"
                ),
                "Crossed over": ref(view.crossover(cohort)),
            }
            if d is None:
                rows.append(row | {"Dilution taken out": "–", "Follow-up tested": "–"})
                continue
            low, high = d.undiluted(observed=np.array([d.observed.low, d.observed.high]))
            moved = d.undiluted(horizon=tested.low), d.undiluted(horizon=tested.high)
            rows.append(
                row
                | {
                    "Dilution taken out": (
                        f"{numbers.number(d.undiluted(), 2)} ({numbers.interval(low, high, 2)})"
                    ),
                    "Follow-up tested": numbers.interval(min(moved), max(moved), 2),
                }
            )
    return Table(
        pd.DataFrame(rows),
        caption="All of the effect after crossing, at the median time to progression",
    )


@lru_cache(maxsize=1)
def recovered() -> pd.DataFrame:
    """The simulated trials behind the validation picture: one row per true factor, repeat and
    method.
    """
    return pd.DataFrame(
        [
            {
                "truth": r.truth,
                "repeat": i,
                "method": WORDS["methods"][m],
                "estimate": e.acceleration_factor,
                "covered": e.low <= -np.log(r.truth) <= e.high,
            }
            for i in range(REPEATS)
            for r in recover(FACTORS, PATIENTS, CROSSING, i)
            for m, e in (("ignored", r.ignored), ("adjusted", r.adjusted))
        ]
    )


def validation() -> Figure:
    """True against estimated effect in simulated trials: crossover ignored and RPSFTM."""
    names, data = list(WORDS["methods"].values()), recovered()
    data = data.assign(at=data["truth"] * np.where(data["method"] == names[0], 0.975, 1.025))
    means = (
        data.groupby(["truth", "method", "at"])["estimate"]
        .agg(mean=lambda v: np.exp(np.mean(np.log(v))), low="min", high="max")
        .reset_index()
    )
    domain, ticks = [0.5, 3.0], [0.5, 0.75, 1, 1.25, 1.5, 2, 3]

    def draw(width: int):
        scale = alt.Scale(type="log", domain=domain, nice=False)
        axis = {"values": ticks, "format": "~g"}
        x = alt.X(
            "at:Q",
            title=WORDS["truth"] if width > 500 else "True factor (above 1: longer life)",
            scale=scale,
            axis=alt.Axis(**axis),
        )

        def y(f):
            return alt.Y(f, title=WORDS["estimate"], scale=scale, axis=alt.Axis(grid=True, **axis))

        colour = alt.Color(
            "method:N",
            scale=alt.Scale(domain=names, range=[theme.ORANGE, theme.BLUE]),
            legend=alt.Legend(title=None),
        )
        shape = alt.Shape(
            "method:N",
            scale=alt.Scale(domain=names, range=["square", "circle"]),
            legend=alt.Legend(title=None),
        )
        diagonal = (
            alt.Chart(pd.DataFrame({"at": domain, "estimate": domain}))
            .mark_line(color=theme.MUTED, strokeDash=[3, 3], strokeWidth=1.2)
            .encode(x=x, y=y("estimate:Q"))
        )
        trials = (
            alt.Chart(data)
            .mark_point(filled=True, size=22, opacity=0.35)
            .encode(x=x, y=y("estimate:Q"), color=colour, shape=shape)
        )
        mean = (
            alt.Chart(means)
            .mark_point(filled=True, size=120, opacity=1, stroke=theme.BACKGROUND, strokeWidth=1.5)
            .encode(
                x=x,
                y=y("mean:Q"),
                color=colour,
                shape=shape,
                tooltip=[
                    alt.Tooltip("method:N", title="Method"),
                    alt.Tooltip("truth:Q", title="Truth"),
                    alt.Tooltip("mean:Q", title="Mean estimate", format=".2f"),
                ],
            )
        )
        return alt.layer(diagonal, trials, mean).properties(width=width - 62, height=300)

    table = (
        means[["truth", "method", "mean", "low", "high"]]
        .rename(
            columns={
                "truth": "Truth",
                "method": "Method",
                "mean": "Mean estimate",
                "low": "Lowest",
                "high": "Highest",
            }
        )
        .round(3)
    )
    said = "; ".join(f"truth {r.truth:g}, {r.method} {r.mean:.2f}" for r in means.itertuples())
    return Figure(
        draw,
        "True against estimated factor by which treatment prolongs life, twenty simulated trials"
        f" at each of five truths. Means: {said}.",
        table,
        "rpsftm-simulated",
        note=(
            "Simulated patients only: no data of CABINET can enter here. Small: one trial; large:"
            " mean. Dashed: estimate equal to truth."
        ),
    )


@computed
def dilution_texts(cohort: str, analysis_set: str) -> dict[str, str]:
    """What crossover hides in one cohort of one analysis set, as text."""
    d, target = dilution(cohort, analysis_set), load_facts()["dilution.shown.target"].number
    key = f"cmp_{d.cohort}_{d.analysis_set}"
    low, high = d.undiluted(observed=np.array([d.observed.low, d.observed.high]))
    needed, most = d.needed_share(target), d.needed_share(target, delay=0.0)
    return {
        f"{key}_undiluted": numbers.number(d.undiluted(), 2),
        f"{key}_range": _range(d.map(delays(), CARRY)),
        f"{key}_interval": numbers.interval(low, high, 2),
        f"{key}_shown": numbers.number(d.shown(target), 2),
        f"{key}_needed": _percent(needed),
        f"{key}_needed_at_once": _percent(most),
    }


@computed
def texts() -> dict[str, str]:
    """Computed numbers for the chapter's sentences."""
    found = {}
    for d in dilutions():
        found |= dilution_texts(d.cohort, d.analysis_set)
    return found | {
        "cmp_simulated_patients": numbers.number(PATIENTS),
        "cmp_simulated_share": _percent(CROSSING),
        "cmp_simulated_covered": _covered(),
    }


def _range(values: np.ndarray) -> str:
    return numbers.interval(float(np.nanmin(values)), float(np.nanmax(values)), 2)


def _covered() -> str:
    found = recovered()
    return _percent(found.loc[found["method"] == WORDS["methods"]["adjusted"], "covered"].mean())

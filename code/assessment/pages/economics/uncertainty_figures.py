"""How sure the result is: one-way analysis, cost-effectiveness plane, acceptability and convergence
of the draws.
"""

from __future__ import annotations

import altair as alt
import numpy as np
import pandas as pd

from assessment.case.model import runs
from assessment.case.model.model_inputs import COHORTS, model_inputs
from assessment.case.model.probabilistic import CURVES
from assessment.case.trial.trial import COHORTS as NAMES
from assessment.economics.analysis.acceptability import convergence as running_means
from assessment.evidence import load_facts
from assessment.evidence.provenance.traced_text import computed
from assessment.pages.economics.base_case import MILLION, leans, money, rounded, under
from assessment.pages.economics.information_figures import information_texts, information_value
from assessment.pages.economics.severity_figures import COHORT_COLOURS, COHORT_DASHES
from assessment.presentation import numbers, theme, words
from assessment.presentation.show import Figure
from assessment.survival.distributions.special_functions import Z_975

WORDS = {
    "curves": {
        "years_gained_of_life": "Years of life gained (curves)",
        "years_gained_progression_free": "Years without progression gained (curves)",
    },
    "years": "years",
    "nmb": "Net monetary benefit per patient, million NOK",
    "nmb_short": "Net benefit, million NOK",
    "zero": "worth it",
    "ends": ("low end", "high end"),
    "at": "at {value} NOK per QALY",
    "qalys": "QALYs gained per patient",
    "cost": "Added cost per patient, million NOK",
    "policy": "stated policy",
    "proposal": "proposal for class {number}",
    "threshold": "Worth of a QALY, million NOK",
    "probability": "Draws with the highest net benefit, %",
    "probability_short": "Draws, %",
    "arms": {"cabozantinib": "Cabozantinib", "placebo": "Placebo"},
    "draws": "Draws, logarithmic",
    "mean": "Mean net benefit, million NOK",
}
BARS, POINTS, INSIDE = 8, 300, 0.95
# 95 % of a bivariate normal lie within this squared distance
ROUND_THE_MEAN = -2 * np.log(1 - INSIDE)
SOURCES = ("chan2025", "meldst38", "magnussen2015")


def _named(cohort: str, parameter: str) -> tuple[str, str, str]:
    """Label, mark of its status and unit of an input or of the curves' effect."""
    if parameter in CURVES.values():
        return WORDS["curves"][parameter], words.STATUS_MARKS["derived"], "years"
    given = model_inputs(cohort)[parameter]
    return (
        given.label.removesuffix(f", {NAMES[cohort]}"),
        words.STATUS_MARKS[given.status],
        given.fact.unit,
    )


def _ends(low: float, high: float, unit: str) -> str:
    low, high = (100 * low, 100 * high) if unit == "percent" else (low, high)
    decimals = 0 if max(abs(low), abs(high)) >= 10 else 1 if max(abs(low), abs(high)) >= 3 else 2
    joint = f"{numbers.number(low, decimals)} to {numbers.number(high, decimals)}"
    return numbers.with_unit(joint, unit)


def _bars(cohort: str) -> pd.DataFrame:
    """The widest bars of a cohort's tornado, million NOK, with label and range in words."""
    frame = runs.tornado(cohort)
    base, rows = frame.attrs["base"], []
    for place, r in enumerate(frame.head(BARS).itertuples()):
        label, mark, unit = _named(cohort, r.parameter)
        values = f"{mark} {_ends(r.low_value, r.high_value, unit)}"
        rows += [
            {
                "cohort": NAMES[cohort],
                "place": place,
                "label": label,
                "range": values,
                "both": f"{label}|{values}",
                "end": end,
                "from": base / MILLION,
                "to": value / MILLION,
            }
            for end, value in zip(WORDS["ends"], (r.at_low, r.at_high))
        ]
    return pd.DataFrame(rows)


def tornado_figure() -> Figure:
    """Net monetary benefit with one input at a time at the ends of its range, at each cohort's own
    reference value.
    """
    frames = {c: _bars(c) for c in COHORTS}
    edges = np.concatenate([f[["from", "to"]].to_numpy().ravel() for f in frames.values()])
    domain = [float(edges.min()) - 0.1, max(float(edges.max()), 0.0) + 0.1]

    def draw(width: int):
        wide = width > 500
        plot, step = width - (252 if wide else 14), 36 if wide else 56

        def panel(cohort: str):
            data, last = frames[cohort], cohort == COHORTS[-1]
            x = alt.X(
                "from:Q",
                title=(WORDS["nmb"] if wide else WORDS["nmb_short"]) if last else None,
                scale=alt.Scale(domain=domain, nice=False),
                axis=alt.Axis(tickCount=5, format=".1f"),
            )
            axis = (
                alt.Axis(
                    labelExpr="split(slice(datum.label, 2), '|')",
                    labelLimit=270,
                    labelLineHeight=15,
                )
                if wide
                else None
            )
            names = (
                alt.Chart(data)
                .encode(y=alt.Y("key:N", title=None, sort=None, axis=axis))
                .transform_calculate(key="datum.place + ' ' + datum.both")
            )
            colour = alt.Color(
                "end:N",
                scale=alt.Scale(domain=list(WORDS["ends"]), range=[theme.SKY, theme.GOLD]),
                legend=alt.Legend(title=None),
            )
            bars = names.mark_bar(height=16, yOffset=0 if wide else 14).encode(
                x=x,
                x2="to:Q",
                color=colour,
                tooltip=[
                    alt.Tooltip("label:N", title="Input"),
                    alt.Tooltip("range:N", title="Range"),
                    alt.Tooltip("end:N", title="At its"),
                    alt.Tooltip("to:Q", title="Million NOK", format=".3f"),
                ],
            )
            rules = alt.Chart(
                pd.DataFrame({"at": [float(data["from"].iloc[0]), 0.0], "kind": ["base", "zero"]})
            )
            layers = [
                bars,
                rules.transform_filter("datum.kind == 'base'")
                .mark_rule(color=theme.INK)
                .encode(x="at:Q"),
                rules.transform_filter("datum.kind == 'zero'")
                .mark_rule(color=theme.MUTED, strokeDash=[2, 3])
                .encode(x="at:Q"),
            ]
            if not wide:
                layers.append(
                    names.transform_filter(f"datum.end == '{WORDS['ends'][0]}'")
                    .mark_text(
                        align="left",
                        baseline="top",
                        dy=-24,
                        fontSize=12,
                        lineHeight=15,
                        lineBreak="|",
                    )
                    .encode(x=alt.value(0), text="both:N")
                )
            heading = (
                f"{NAMES[cohort]}"
                f" {WORDS['at'].format(value=numbers.number(runs.severity(cohort).reference_nok_per_qaly))}"
            )
            return alt.layer(*layers).properties(
                width=plot, height=alt.Step(step), title=alt.Title(heading, fontSize=13)
            )

        return alt.vconcat(*(panel(c) for c in COHORTS), spacing=14, title=under(leans(not wide)))

    both = pd.concat(frames.values())
    table = (
        both.pivot_table(
            index=["cohort", "place", "label", "range"], columns="end", values="to", sort=False
        )
        .reset_index()
        .drop(columns="place")
        .round(3)
    )
    table = table.rename(
        columns={
            "cohort": "Cohort",
            "label": "Input",
            "range": "Range",
            **{e: f"Million NOK at the {e}" for e in WORDS["ends"]},
        }
    )
    said = "; ".join(
        f"{NAMES[c]}, base {numbers.number(f['from'].iloc[0], 2)}: widest"
        f" {f['label'].iloc[0].lower()}, {numbers.number(f['to'].iloc[0], 2)} to"
        f" {numbers.number(f['to'].iloc[1], 2)}"
        for c, f in frames.items()
    )
    return Figure(
        draw,
        "Tornado of net monetary benefit per patient in million NOK, one input at a time at the"
        " ends of its range, at the reference value of the cohort's severity class and an assumed"
        f" price. {said}.",
        table,
        "economics-tornado",
        SOURCES,
        note=(
            "Solid line: base case. Dotted: worth the price to its right. △ effect of the"
            " calibrated curves at the ends of its middle 95 %."
        ),
    )


def _ellipse(x: np.ndarray, y: np.ndarray) -> pd.DataFrame:
    """Outline of the normal ellipse that holds INSIDE of the draws."""
    values, vectors = np.linalg.eigh(np.cov(x, y))
    turn = np.linspace(0, 2 * np.pi, 73)
    points = (vectors * np.sqrt(values * ROUND_THE_MEAN)) @ np.stack([np.cos(turn), np.sin(turn)])
    return pd.DataFrame(
        {"x": x.mean() + points[0], "y": y.mean() + points[1], "order": range(turn.size)}
    )


def references(cohort: str) -> list[dict]:
    """The stated opportunity cost and the value proposed for the cohort's own severity class."""
    severe = runs.severity(cohort)
    return [
        {
            "value": load_facts()["norway.reference.opportunity_cost.value"].number,
            "kind": "policy",
            "text": WORDS["policy"],
        },
        {
            "value": severe.reference_nok_per_qaly,
            "kind": "proposal",
            "text": WORDS["proposal"].format(number=severe.severity_class),
        },
    ]


def plane() -> Figure:
    """Draws of QALYs gained and added cost, with their ellipse and the reference lines, by cohort."""
    facts, shown, rows = load_facts(), {}, []
    for cohort in COHORTS:
        inc = runs.draws(cohort).increment
        x, y = inc.effect, inc.cost / MILLION
        shown[cohort] = (
            pd.DataFrame({"x": x[:POINTS], "y": y[:POINTS]}),
            _ellipse(x, y),
            (float(x.mean()), float(y.mean())),
        )
        rows.append(
            [
                NAMES[cohort],
                *(
                    numbers.number(v, 2)
                    for v in (
                        x.mean(),
                        *np.quantile(x, [0.025, 0.975]),
                        y.mean(),
                        *np.quantile(y, [0.025, 0.975]),
                    )
                ),
                *(
                    _percent((inc.net_monetary_benefit(r["value"]) > 0).mean())
                    for r in references(cohort)
                ),
                _percent((x < 0).mean()),
            ]
        )
    every = np.concatenate([np.stack([p["x"], p["y"]]) for p, *_ in shown.values()], axis=1)
    x_domain, y_domain = (
        [float(every[0].min()) - 0.1, float(every[0].max()) + 0.1],
        [
            min(0.0, float(every[1].min())) - 0.1,
            float(every[1].max()) + 0.1,
        ],
    )

    def draw(width: int):
        wide = width > 500
        each = (width - 116) // 2 if wide else width - 60

        def panel(cohort: str):
            points, outline, mean = shown[cohort]
            x = alt.X(
                "x:Q",
                title=WORDS["qalys"],
                scale=alt.Scale(domain=x_domain, nice=False),
                axis=alt.Axis(grid=False, tickCount=6),
            )
            y = alt.Y(
                "y:Q",
                title=WORDS["cost"] if wide is False or cohort == COHORTS[0] else None,
                scale=alt.Scale(domain=y_domain, nice=False),
                axis=alt.Axis(tickCount=5),
            )
            colour = COHORT_COLOURS[cohort]
            cloud = (
                alt.Chart(points)
                .mark_point(filled=True, size=9, opacity=0.4, color=colour)
                .encode(x=x, y=y)
            )
            ring = (
                alt.Chart(outline)
                .mark_line(
                    color=colour, strokeDash=COHORT_DASHES[cohort], clip=True, strokeWidth=1.8
                )
                .encode(x=x, y=y, order="order:Q")
            )
            centre = (
                alt.Chart(pd.DataFrame([mean], columns=["x", "y"]))
                .mark_point(
                    filled=True,
                    size=110,
                    opacity=1,
                    color=colour,
                    stroke=theme.BACKGROUND,
                    strokeWidth=1.5,
                    shape="circle" if cohort == COHORTS[0] else "diamond",
                )
                .encode(
                    x=x,
                    y=y,
                    tooltip=[
                        alt.Tooltip("x:Q", title="Mean QALYs", format=".2f"),
                        alt.Tooltip("y:Q", title="Mean million NOK", format=".2f"),
                    ],
                )
            )
            lines = []
            for r in references(cohort):
                slope = r["value"] / MILLION
                line = pd.DataFrame(
                    {"x": x_domain, "y": [slope * v for v in x_domain], "order": [0, 1]}
                )
                lines.append(
                    alt.Chart(line)
                    .mark_line(
                        color=theme.INK,
                        strokeWidth=1.3,
                        clip=True,
                        strokeDash=[1, 0] if r["kind"] == "policy" else [5, 3],
                    )
                    .encode(x=x, y=y)
                )
            zero = [
                alt.Chart(pd.DataFrame({"x": [0.0]})).mark_rule(color=theme.GRID).encode(x=x),
                alt.Chart(pd.DataFrame({"y": [0.0]})).mark_rule(color=theme.GRID).encode(y=y),
            ]
            return alt.layer(*zero, cloud, *lines, ring, centre).properties(
                width=each, height=260 if wide else 220, title=alt.Title(NAMES[cohort], fontSize=13)
            )

        charts = [panel(c) for c in COHORTS]
        return (
            alt.hconcat(*charts, spacing=16) if wide else alt.vconcat(*charts, spacing=16)
        ).properties(title=under(leans(not wide)))

    values = (
        facts["norway.reference.opportunity_cost.value"].number,
        sorted({runs.severity(c).reference_nok_per_qaly for c in COHORTS}),
    )
    table = pd.DataFrame(
        rows,
        columns=[
            "Cohort",
            "QALYs gained, mean",
            "2.5 %",
            "97.5 %",
            "Added cost, million NOK, mean",
            "2.5 % of cost",
            "97.5 % of cost",
            "Worth it at the stated value",
            "Worth it at the class's value",
            "Loses QALYs",
        ],
    )
    said = "; ".join(
        f"{r[0]}: {r[1]} QALYs ({r[2]} to {r[3]}), {r[4]} million NOK, worth it at the class's"
        f" value in {r[8]} of draws, a loss of QALYs in {r[9]}"
        for r in rows
    )
    key = (
        f"Solid: {numbers.number(values[0])} NOK per QALY, {WORDS['policy']}. Dashed:"
        f" {', '.join(numbers.number(v) for v in values[1])} NOK per QALY, the proposal for the"
        " cohort's class. Below a line: worth it. Ellipse: 95 % if draws were normal."
    )
    return Figure(
        draw,
        "Scatter of QALYs gained and added cost in million NOK over draws, with ellipses, at an"
        f" assumed price. {said}.",
        table,
        "economics-plane",
        SOURCES,
        note=key,
    )


def acceptability() -> Figure:
    """Acceptability curves of both strategies, the frontier thick, by cohort."""
    frames, tables = {}, []
    for cohort in COHORTS:
        found = runs.certainty(cohort)
        lines = pd.concat(
            [
                pd.DataFrame(
                    {
                        "threshold": found.thresholds / MILLION,
                        "share": 100 * p,
                        "arm": WORDS["arms"][arm],
                        "best": found.best == i,
                    }
                )
                for i, (arm, p) in enumerate(zip(runs.draws(cohort).strategies, found.probability))
            ]
        )
        frames[cohort] = lines
        at = np.isin(found.thresholds % STEP, 0)
        tables.append(
            pd.DataFrame(
                {
                    "Cohort": NAMES[cohort],
                    "NOK per QALY": found.thresholds[at].astype(int),
                    "Cabozantinib, %": 100 * found.probability[0, at],
                    "Placebo, %": 100 * found.probability[1, at],
                    "Frontier, %": 100 * found.frontier[at],
                }
            )
        )
    arms = list(WORDS["arms"].values())

    def draw(width: int):
        wide = width > 500
        each = (width - 116) // 2 if wide else width - 60

        def panel(cohort: str):
            first = cohort == COHORTS[0]
            x = alt.X(
                "threshold:Q",
                title=WORDS["threshold"],
                axis=alt.Axis(grid=False, values=[0, 1, 2, 3, 4, 5, 6]),
            )
            y = alt.Y(
                "share:Q",
                title=(
                    (WORDS["probability"] if wide else WORDS["probability_short"])
                    if first or not wide
                    else None
                ),
                scale=alt.Scale(domain=[0, 100]),
                axis=alt.Axis(values=[0, 25, 50, 75, 100]),
            )
            colour = alt.Color(
                "arm:N",
                scale=alt.Scale(domain=arms, range=list(theme.ARM_COLOURS.values())),
                legend=alt.Legend(title=None, symbolOpacity=1),
            )
            dash = alt.StrokeDash(
                "arm:N",
                scale=alt.Scale(domain=arms, range=list(theme.ARM_DASHES.values())),
                legend=alt.Legend(title=None, symbolOpacity=1),
            )
            line = alt.Chart(frames[cohort]).encode(x=x, y=y, color=colour)
            marks = pd.DataFrame(
                [{**r, "threshold": r["value"] / MILLION} for r in references(cohort)]
            )
            rules = [
                alt.Chart(marks[marks["kind"] == k])
                .mark_rule(color=theme.INK, strokeDash=d, strokeWidth=1)
                .encode(x=x)
                for k, d in (("policy", [1, 0]), ("proposal", [5, 3]))
            ]
            return alt.layer(
                *rules,
                line.transform_filter("datum.best").mark_line(strokeWidth=8, opacity=0.3),
                line.mark_line().encode(
                    strokeDash=dash,
                    tooltip=[
                        alt.Tooltip("arm:N", title="Strategy"),
                        alt.Tooltip("threshold:Q", title="Million NOK per QALY"),
                        alt.Tooltip("share:Q", title="Draws, %", format=".1f"),
                    ],
                ),
            ).properties(
                width=each, height=230 if wide else 180, title=alt.Title(NAMES[cohort], fontSize=13)
            )

        charts = [panel(c) for c in COHORTS]
        return (
            alt.hconcat(*charts, spacing=16) if wide else alt.vconcat(*charts, spacing=16)
        ).properties(title=under(leans(not wide)))

    said = "; ".join(
        f"{NAMES[c]}: cabozantinib in {_own_share(c)} of draws at"
        f" {rounded(runs.severity(c).reference_nok_per_qaly)} per QALY, {_turns(c)}"
        for c in COHORTS
    )
    return Figure(
        draw,
        "Acceptability curves of cabozantinib and placebo from zero to six million NOK per QALY at"
        " an assumed price, the strategy with the higher expected net benefit marked thick."
        f" {said}.",
        pd.concat(tables, ignore_index=True).round(1),
        "economics-acceptability",
        SOURCES,
        note=(
            "Thick: higher expected net benefit (frontier). Upright lines: stated policy (solid),"
            " proposal for the cohort's class (dashed)."
        ),
    )


STEP = 500_000  # NOK between the rows of the table


def _own_share(cohort: str) -> str:
    return _percent(
        (
            runs.draws(cohort).increment.net_monetary_benefit(
                runs.severity(cohort).reference_nok_per_qaly
            )
            > 0
        ).mean()
    )


def _turns(cohort: str) -> str:
    """Where the expected net benefit turns, in words."""
    icer = float(runs.draws(cohort).increment.mean.icer)
    if not np.isfinite(icer):
        return "placebo best at every value"
    return (
        f"best from {money(icer, 1)} per QALY"
        if icer <= runs.HIGHEST_THRESHOLD_NOK
        else "placebo best at every value shown"
    )


def _percent(share: float) -> str:
    return numbers.number(100 * float(share), 1 if 0 < share < 0.1 else 0) + "\u00a0%"


def convergence() -> Figure:
    """Mean net benefit after the first draws, with its Monte Carlo interval, by cohort."""
    frames = {}
    for cohort in COHORTS:
        inc = runs.draws(cohort).increment
        found = running_means(inc.cost, inc.effect, runs.severity(cohort).reference_nok_per_qaly)
        found = found[found["draws"] >= 50]
        frames[cohort] = found.assign(
            mean=found["net_benefit"] / MILLION,
            low=(found["net_benefit"] - Z_975 * found["standard_error"]) / MILLION,
            high=(found["net_benefit"] + Z_975 * found["standard_error"]) / MILLION,
        )

    def draw(width: int):
        wide = width > 500
        layers = []
        for cohort, data in frames.items():
            x = alt.X(
                "draws:Q",
                title=WORDS["draws"],
                scale=alt.Scale(type="log", nice=False),
                axis=alt.Axis(values=[100, 1000, 10_000], grid=False, format=",d"),
            )

            def y(name):
                return alt.Y(f"{name}:Q", title=WORDS["mean"], scale=alt.Scale(zero=False))

            chart = alt.Chart(data).encode(x=x)
            layers += [
                chart.mark_area(color=COHORT_COLOURS[cohort], opacity=0.18).encode(
                    y=y("low"), y2="high:Q"
                ),
                chart.mark_line(
                    color=COHORT_COLOURS[cohort], strokeDash=COHORT_DASHES[cohort]
                ).encode(y=y("mean")),
                alt.Chart(data.tail(1))
                .mark_text(align="right", dy=-22, fontWeight=600, color=COHORT_COLOURS[cohort])
                .encode(x=x, y=y("mean"), text=alt.value(NAMES[cohort])),
            ]
        return alt.layer(*layers).properties(
            width=width - 66, height=220, title=under(leans(not wide))
        )

    table = pd.concat(
        [
            f.assign(cohort=NAMES[c])[["cohort", "draws", "mean", "low", "high"]].iloc[::4]
            for c, f in frames.items()
        ]
        + [
            f.assign(cohort=NAMES[c])[["cohort", "draws", "mean", "low", "high"]].tail(1)
            for c, f in frames.items()
        ]
    ).drop_duplicates()
    table = (
        table.sort_values(["cohort", "draws"])
        .round(3)
        .rename(
            columns={
                "cohort": "Cohort",
                "draws": "Draws",
                "mean": "Mean net benefit, million NOK",
                "low": "95 % from",
                "high": "95 % to",
            }
        )
    )
    said = "; ".join(
        f"{NAMES[c]}: {numbers.number(f['mean'].iloc[-1], 2)} million NOK, give or take"
        f" {numbers.number(f['high'].iloc[-1] - f['mean'].iloc[-1], 3)}"
        for c, f in frames.items()
    )
    return Figure(
        draw,
        "Lines of the mean net monetary benefit at the class's reference value after the first n"
        f" draws, with shrinking 95 % bands, at an assumed price. After the last draw {said}.",
        table,
        "economics-convergence",
        note=(
            f"Band: Monte Carlo error only, {Z_975:.2f} standard errors either way; at most so"
            " wide, since the draws of the curves are spread evenly."
        ),
    )


@computed
def uncertainty_texts() -> dict[str, str]:
    """Numbers for the chapter's sentences."""
    out = {}
    for cohort in COHORTS:
        bars = _bars(cohort)
        out |= {
            f"uncertainty_{cohort}_widest": bars["label"].iloc[0].lower(),
            f"uncertainty_{cohort}_likely": _own_share(cohort),
            f"uncertainty_{cohort}_turns": _turns(cohort),
        }
    return out | information_texts()


__all__ = [
    "acceptability",
    "convergence",
    "information_value",
    "plane",
    "tornado_figure",
    "uncertainty_texts",
]

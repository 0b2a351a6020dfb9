"""Figures and tables of the chapter on CABINET: each row of each picture belongs to one analysis
set and says which.
"""

from __future__ import annotations

import altair as alt
import pandas as pd

from assessment.case.trial.trial import ARMS, COHORTS, SUBGROUPS, all_analysis_sets, load_trial
from assessment.evidence import Fact
from assessment.presentation import numbers, theme
from assessment.presentation.show import Figure, ref

WORDS = {
    "sets": {"publication": "Publication", "fda": "FDA label", "interim_2023": "Interim 2023"},
    "subgroups": {"gi": "Gastrointestinal", "lung_thymic": "Lung or thymus", "grade3": "Grade 3"},
    "cohort_long": {"epnet": "Outside the pancreas (epNET)", "pnet": "Pancreas (pNET)"},
    "months": {
        "pfs": "Median progression-free survival, months",
        "os": "Median overall survival, months",
    },
    "ratio": {"pfs": "Hazard ratio for progression or death", "os": "Hazard ratio for death"},
    "below_one": ", log scale · below 1 favours cabozantinib",
    "below_one_short": " (below 1: cabozantinib)",
    "topics": {
        "design": "Design",
        "n": "Patients",
        "baseline": "Baseline",
        "followup": "Follow-up",
        "pfs": "Progression-free survival",
        "os": "Overall survival",
        "response": "Response",
        "safety": "Safety",
        "exposure": "Dose and duration",
        "hrqol": "Quality of life",
        "benefit": "Benefit scores",
    },
    "responses": (
        "partial response",
        "stable disease",
        "progression",
        "not assessable or not stated",
    ),
    "unpublished": "not found",
}
RATIO_TICKS = {True: [0.05, 0.1, 0.2, 0.5, 1, 2], False: [0.1, 0.2, 0.5, 1, 2]}


def fact_or_dash(fact: Fact | None, style: str = "full"):
    """A table cell: the fact with its source, or a dash where no fact exists."""
    return ref(fact, style) if fact is not None else "–"


def _has_value(fact: Fact | None) -> bool:
    return fact is not None and fact.value is not None


def median_rows(endpoint: str) -> list[dict]:
    """One row per cohort, set and arm with a printed median: months, interval where printed, and
    the fact.
    """
    rows = []
    for cohort in COHORTS:
        for name, view in all_analysis_sets().items():
            result = getattr(view, endpoint)(cohort)
            rows += [
                {
                    "cohort": cohort,
                    "set": WORDS["sets"][name],
                    "arm": arm,
                    "months": f.number,
                    "low": f.low,
                    "high": f.high,
                    "end": f.high or f.number,
                    "text": f"{arm} {numbers.fact_text(f, 'bare')}{_bracket(f)}",
                    "fact": f,
                }
                for arm, f in ((a, result.of_arm(a)) for a in ARMS)
                if _has_value(f)
            ]
    return rows


def _bracket(fact: Fact) -> str:
    return f" ({numbers.fact_interval(fact)})" if fact.low is not None else ""


def ratio_rows(endpoint: str) -> list[dict]:
    """One row per cohort and set: hazard ratio, interval and fact (blank where looked for and not
    found), and beside survival the crossover.
    """
    rows = []
    for cohort in COHORTS:
        for name, view in all_analysis_sets().items():
            f, switched = getattr(view, endpoint)(cohort).hazard_ratio, view.crossover(cohort)
            if f is not None:
                label, more = (
                    WORDS["sets"][name],
                    (
                        f"{numbers.fact_text(switched, 'value')} crossed over"
                        if endpoint == "os" and switched
                        else ""
                    ),
                )
                text = (
                    f"{numbers.fact_text(f, 'bare')}{_bracket(f)}"
                    if _has_value(f)
                    else WORDS["unpublished"]
                )
                rows.append(
                    {
                        "cohort": cohort,
                        "row": label,
                        "more": more,
                        "ratio": f.value,
                        "low": f.low,
                        "high": f.high,
                        "text": text,
                        "fact": f,
                    }
                )
    return rows


def medians(endpoint: str) -> Figure:
    """Dot-and-interval picture of 'pfs' or 'os' medians, arms by colour and shape, one row per
    analysis set.
    """
    rows = median_rows(endpoint)
    top = max(r["end"] for r in rows)

    def draw(width: int):
        wide = width > 500
        plot = width - (100 if wide else 92)
        domain = [0, top * ((1.5 if wide else 1.85) + (0 if endpoint == "pfs" else -0.05))]

        def cohort(key: str, last: bool):
            data = pd.DataFrame(
                [{k: v for k, v in r.items() if k != "fact"} for r in rows if r["cohort"] == key]
            )
            axis = alt.Axis(
                title=WORDS["months"][endpoint] if last else None,
                values=list(range(0, int(top) + 5, 5 if top < 25 else 10)),
            )
            base = alt.Chart(data).encode(
                y=alt.Y(
                    "set:N",
                    title=None,
                    sort=list(WORDS["sets"].values()),
                    axis=alt.Axis(labelLimit=100),
                ),
                yOffset=alt.YOffset("arm:N", sort=list(ARMS)),
                color=theme.arm_scale("arm:N"),
                tooltip=[
                    alt.Tooltip("set:N", title="Analysis set"),
                    alt.Tooltip("arm:N", title="Arm"),
                    alt.Tooltip("text:N", title="Months"),
                ],
            )
            x = alt.X("months:Q", scale=alt.Scale(domain=domain, nice=False), axis=axis)
            lines = base.mark_rule(strokeWidth=2).encode(
                x=alt.X("low:Q", scale=alt.Scale(domain=domain, nice=False), axis=axis), x2="high:Q"
            )
            dots = base.mark_point(filled=True, size=75, opacity=1).encode(
                x=x,
                shape=alt.Shape(
                    "arm:N",
                    scale=alt.Scale(domain=list(ARMS), range=[theme.ARM_SHAPES[a] for a in ARMS]),
                    legend=None,
                ),
            )
            text = base.mark_text(align="left", dx=8, fontSize=13 if wide else 12).encode(
                x=alt.X("end:Q", axis=axis), text="text:N"
            )
            return alt.layer(lines, dots, text).properties(
                width=plot, height=alt.Step(21), title=WORDS["cohort_long"][key]
            )

        return alt.vconcat(cohort("epnet", False), cohort("pnet", True), spacing=14).resolve_scale(
            y="independent", yOffset="independent"
        )

    table = pd.DataFrame(
        [
            {
                "Cohort": COHORTS[r["cohort"]],
                "Analysis set": r["set"],
                "Arm": r["arm"],
                "Median": ref(r["fact"]),
            }
            for r in rows
        ]
    )
    said = "; ".join(f"{COHORTS[r['cohort']]}, {r['set']}: {r['text']}" for r in rows)
    return Figure(
        draw,
        f"Dots with intervals, {WORDS['months'][endpoint].lower()}, by cohort, analysis set and"
        f" arm. {said}.",
        table,
        f"cabinet-{endpoint}-medians",
        ("chan2025", "fda2025net", "chan2023lba53"),
    )


def _forest(rows: list[dict], groups: dict[str, str], title: str, width: int):
    """Forest plot: one panel per group; names and values beside the plot when wide, above each line
    when narrow.
    """
    wide = width > 500
    names = [f"{r['row']} · {r['more']}" if r["more"] else r["row"] for r in rows]
    plot = width - (7 * max(map(len, names)) + 150 if wide else 16)
    low, high = (
        min(r["low"] for r in rows if r["low"]),
        max([r["high"] for r in rows if r["high"]] + [1.4]),
    )
    domain = [low * 0.85, high * 1.15]

    def panel(key: str, last: bool):
        data = pd.DataFrame(
            [{k: v for k, v in r.items() if k != "fact"} for r in rows if r["cohort"] == key]
        )
        data["name"] = [f"{r.row} · {r.more}" if r.more else r.row for r in data.itertuples()]
        data["above"] = data["name"] + ": " + data["text"]
        axis = alt.Axis(
            title=title + WORDS["below_one" if wide else "below_one_short"] if last else None,
            values=[t for t in RATIO_TICKS[wide] if domain[0] <= t <= domain[1]],
            format="~g",
        )
        y = alt.Y(
            "name:N",
            sort=list(data["name"]),
            title=None,
            axis=alt.Axis(labelLimit=300) if wide else None,
        )
        base = alt.Chart(data).encode(
            y=y,
            tooltip=[
                alt.Tooltip("name:N", title="Row"),
                alt.Tooltip("text:N", title="Hazard ratio"),
            ],
        )
        down = 0 if wide else 9
        scale = alt.Scale(type="log", domain=domain, nice=False)
        line = base.mark_rule(strokeWidth=2, color=theme.BLUE, yOffset=down).encode(
            x=alt.X("low:Q", scale=scale, axis=axis), x2="high:Q"
        )
        dot = base.mark_point(
            shape="diamond", filled=True, size=95, opacity=1, color=theme.BLUE, yOffset=down
        ).encode(x=alt.X("ratio:Q", scale=scale, axis=axis))
        one = (
            alt.Chart(pd.DataFrame({"one": [1.0]}))
            .mark_rule(strokeDash=[4, 3], color=theme.MUTED)
            .encode(x=alt.X("one:Q", scale=scale, axis=axis))
        )
        text = (
            base.mark_text(align="left", fontSize=13).encode(x=alt.value(plot + 10), text="text:N")
            if wide
            else base.mark_text(align="left", fontSize=12, dy=-9).encode(
                x=alt.value(0), text="above:N"
            )
        )
        return alt.layer(one, line, dot, text).properties(
            width=plot, height=alt.Step(30 if wide else 42), title=groups[key]
        )

    present = [k for k in groups if any(r["cohort"] == k for r in rows)]
    return alt.vconcat(*(panel(k, k == present[-1]) for k in present), spacing=14).resolve_scale(
        y="independent"
    )


def ratios(endpoint: str) -> Figure:
    """Forest plot of the hazard ratios of 'pfs' or 'os' in every analysis set; beside survival, the
    share that crossed over.
    """
    rows = ratio_rows(endpoint)
    table = pd.DataFrame(
        [
            {
                "Cohort": COHORTS[r["cohort"]],
                "Analysis set": r["row"],
                "Hazard ratio": ref(r["fact"]),
            }
            | ({"Crossed over": r["more"] or "–"} if endpoint == "os" else {})
            for r in rows
        ]
    )
    said = "; ".join(
        f"{COHORTS[r['cohort']]}, {r['row']}: {r['text']}{', ' + r['more'] if r['more'] else ''}"
        for r in rows
    )
    return Figure(
        lambda width: _forest(rows, WORDS["cohort_long"], WORDS["ratio"][endpoint], width),
        f"Forest plot on a log scale, {WORDS['ratio'][endpoint].lower()}, cabozantinib against"
        f" placebo. {said}.",
        table,
        f"cabinet-{endpoint}-hazard-ratios",
        ("chan2025", "fda2025net", "chan2023lba53"),
    )


def subgroup_rows() -> list[dict]:
    """The two cohorts and the three subgroups with a printed hazard ratio for progression or death."""
    published, unstated = load_trial("publication"), load_trial("unstated")
    rows = [
        {
            "cohort": "whole",
            "row": COHORTS[c],
            "n": published.n(c),
            "fact": published.pfs(c).hazard_ratio,
            "result": published.pfs(c),
            "set": WORDS["sets"]["publication"],
        }
        for c in COHORTS
    ]
    for key in SUBGROUPS:
        view, name = (
            (published, WORDS["sets"]["publication"])
            if published.subgroup_pfs(key).hazard_ratio
            else (unstated, "not stated")
        )
        rows.append(
            {
                "cohort": "part",
                "row": WORDS["subgroups"][key],
                "n": view.find(f"{key}.n"),
                "fact": view.subgroup_pfs(key).hazard_ratio,
                "result": view.subgroup_pfs(key),
                "set": name,
            }
        )
    for r in rows:
        f = r["fact"]
        r |= {
            "ratio": f.number,
            "low": f.low,
            "high": f.high,
            "text": f"{numbers.fact_text(f, 'bare')}{_bracket(f)}",
            "more": f"n = {numbers.fact_text(r['n'], 'bare')}",
        }
    return rows


def subgroups() -> Figure:
    """Forest plot of the published subgroups under the two cohorts they come from."""
    rows = subgroup_rows()
    plain = [{k: v for k, v in r.items() if k not in ("n", "result")} for r in rows]
    groups = {"whole": "Whole cohorts, as randomised", "part": "Subgroups, exploratory"}
    table = pd.DataFrame(
        [
            {
                "Group": r["row"],
                "Patients": ref(r["n"], "bare"),
                "Cabozantinib": fact_or_dash(r["result"].treated),
                "Placebo": fact_or_dash(r["result"].control),
                "Hazard ratio": ref(r["fact"]),
                "Analysis set": r["set"],
            }
            for r in rows
        ]
    )
    said = "; ".join(f"{r['row']} ({r['more']}): {r['text']}" for r in rows)
    return Figure(
        lambda width: _forest(plain, groups, WORDS["ratio"]["pfs"], width),
        f"Forest plot on a log scale of progression-free survival by group. {said}. All lie below"
        " 1; the smallest groups have the widest intervals.",
        table,
        "cabinet-subgroups",
        ("chan2025", "strosberg2025gi", "exelixis2025lung", "strosberg2026g3"),
    )


def best_response() -> Figure:
    """Stacked bars of best response per 100 patients by arm, publication set; what was not found
    stays blank and says so.
    """
    view, rows = load_trial("publication"), []
    for cohort in COHORTS:
        for arm in ARMS:
            known = [
                view.response(cohort).of_arm(arm),
                *(
                    view.best_response(cohort, k).of_arm(arm)
                    for k in ("stable_disease", "progressive_disease")
                ),
            ]
            at = 0.0
            for kind, f in zip(WORDS["responses"], [*known, None]):
                value = 100 - at if f is None else f.value
                if value is not None:
                    text = (
                        WORDS["unpublished"] if f is None and value > 50 else numbers.number(value)
                    )
                    rows.append(
                        {
                            "cohort": cohort,
                            "arm": arm,
                            "kind": kind,
                            "from": at,
                            "to": at + value,
                            "text": text,
                            "fact": f,
                        }
                    )
                    at += value

    def draw(width: int):
        wide = width > 500
        plot = width - 96
        colours = [theme.GREEN, theme.PURPLE, theme.GOLD, theme.WASH]

        def panel(key, last):
            data = pd.DataFrame(
                [{k: v for k, v in r.items() if k != "fact"} for r in rows if r["cohort"] == key]
            )
            data["middle"] = (data["from"] + data["to"]) / 2
            axis = alt.Axis(title="Of 100 patients" if last else None, values=[0, 25, 50, 75, 100])
            base = alt.Chart(data).encode(
                y=alt.Y("arm:N", sort=list(ARMS), title=None, axis=alt.Axis(labelLimit=110)),
                tooltip=[
                    alt.Tooltip("arm:N", title="Arm"),
                    alt.Tooltip("kind:N", title="Best response"),
                    alt.Tooltip("text:N", title="Of 100"),
                ],
            )
            bars = base.mark_bar(height=24, stroke=theme.BACKGROUND).encode(
                x=alt.X("from:Q", axis=axis, scale=alt.Scale(domain=[0, 100])),
                x2="to:Q",
                color=alt.Color(
                    "kind:N",
                    scale=alt.Scale(domain=list(WORDS["responses"]), range=colours),
                    legend=alt.Legend(title=None, columns=4 if wide else 2, labelLimit=220),
                ),
            )
            text = (
                base.transform_filter("datum.to - datum.from >= 4")
                .mark_text(fontSize=13, fontWeight=600)
                .encode(
                    x=alt.X("middle:Q", axis=axis),
                    text="text:N",
                    color=alt.condition(
                        f"datum.kind == '{WORDS['responses'][3]}'",
                        alt.value(theme.INK),
                        alt.value(theme.BACKGROUND),
                    ),
                )
            )
            return alt.layer(bars, text).properties(
                width=plot, height=alt.Step(32), title=WORDS["cohort_long"][key]
            )

        return alt.vconcat(panel("epnet", False), panel("pnet", True), spacing=12)

    table = pd.DataFrame(
        [
            {
                "Cohort": COHORTS[r["cohort"]],
                "Arm": r["arm"],
                "Best response": r["kind"],
                "Of 100": ref(r["fact"], "bare") if r["fact"] else r["text"],
            }
            for r in rows
        ]
    )
    said = "; ".join(f"{COHORTS[r['cohort']]} {r['arm']}: {r['kind']} {r['text']}" for r in rows)
    return Figure(
        draw,
        f"Stacked bars of best response in each hundred patients. {said}.",
        table,
        "cabinet-best-response",
        ("chan2025",),
        note="The last part of each bar is the remainder of rounded figures.",
    )


def severe_events() -> Figure:
    """Four hundred dots: in each hundred patients, how many had an adverse event of grade 3 or
    worse, by arm and cohort.
    """
    view = load_trial("publication")
    cells = [
        (cohort, arm, view.grade3plus(cohort).of_arm(arm)) for cohort in COHORTS for arm in ARMS
    ]

    def draw(width: int):
        wide = width > 500
        side = 140 if wide else 148

        def grid(cohort, arm, fact):
            dots = pd.DataFrame({"i": range(100)})
            dots = dots.assign(
                column=dots["i"] % 10, line=dots["i"] // 10, hit=dots["i"] < round(fact.number)
            )
            return (
                alt.Chart(
                    dots,
                    title=alt.Title(
                        f"{arm}, {COHORTS[cohort]}",
                        subtitle=f"{numbers.number(fact.number)} of 100",
                    ),
                )
                .mark_point(shape=theme.ARM_SHAPES[arm], size=62, strokeWidth=1.2, opacity=1)
                .encode(
                    x=alt.X("column:O", axis=None),
                    y=alt.Y("line:O", axis=None),
                    stroke=alt.condition(
                        "datum.hit", alt.value(theme.ARM_COLOURS[arm]), alt.value(theme.GREY)
                    ),
                    fill=alt.condition(
                        "datum.hit", alt.value(theme.ARM_COLOURS[arm]), alt.value(theme.BACKGROUND)
                    ),
                )
                .properties(width=side, height=side)
            )

        grids = [grid(*c) for c in cells]
        rows = [alt.hconcat(*grids[:2], spacing=24), alt.hconcat(*grids[2:], spacing=24)]
        return alt.hconcat(*grids, spacing=26) if wide else alt.vconcat(*rows, spacing=18)

    table = pd.DataFrame(
        [{"Cohort": COHORTS[c], "Arm": arm, "Of 100": ref(f, "bare")} for c, arm, f in cells]
    )
    said = "; ".join(f"{COHORTS[c]} {arm}: {numbers.number(f.number)}" for c, arm, f in cells)
    return Figure(
        draw,
        "Four squares of a hundred dots, filled for each patient with an adverse event of grade 3"
        f" or worse. {said}.",
        table,
        "cabinet-severe-events",
        ("chan2025",),
    )

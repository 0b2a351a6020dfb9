"""Hazard ratios by analysis set and subgroup, as forests."""

from __future__ import annotations

import altair as alt
import pandas as pd

from assessment.case.trial.trial import COHORTS, SUBGROUPS, all_analysis_sets, load_trial
from assessment.pages.trial_evidence.effect_figures import bracket
from assessment.pages.trial_evidence.effect_words import RATIO_TICKS, WORDS, fact_or_dash, has_value
from assessment.presentation import numbers, theme
from assessment.presentation.show import Figure, ref


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
                    f"{numbers.fact_text(f, 'bare')}{bracket(f)}"
                    if has_value(f)
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
            "text": f"{numbers.fact_text(f, 'bare')}{bracket(f)}",
            "more": f"n = {numbers.fact_text(r['n'], 'bare')}",
        }
    return rows


def subgroup_ratios() -> Figure:
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

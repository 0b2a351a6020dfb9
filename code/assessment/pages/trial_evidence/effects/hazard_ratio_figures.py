"""Hazard ratios by analysis set and subgroup, as forests."""

from __future__ import annotations

import altair as alt
import pandas as pd

from assessment.case.trial.trial import (
    COHORTS,
    SUBGROUPS,
    TimeToEvent,
    all_analysis_sets,
    load_trial,
)
from assessment.evidence import Fact
from assessment.pages.trial_evidence.effects.effect_figures import without_facts
from assessment.pages.trial_evidence.shared.trial_words import (
    COHORT_LONG,
    HAZARD_RATIO,
    NOT_FOUND,
    SETS,
    SUBGROUP_NAMES,
    fact_or_dash,
    has_value,
    with_interval,
)
from assessment.presentation import numbers, theme
from assessment.presentation.language import _
from assessment.presentation.show import Figure, ref

RATIO_TICKS = {True: [0.05, 0.1, 0.2, 0.5, 1, 2], False: [0.1, 0.2, 0.5, 1, 2]}  # if wide


def ratio_rows(endpoint: str) -> list[dict]:
    """One row per cohort and set: hazard ratio, interval and fact (blank where looked for and not
    found), and beside survival the crossover.
    """
    rows = []
    for cohort in COHORTS:
        for name, view in all_analysis_sets().items():
            fact = getattr(view, endpoint)(cohort).hazard_ratio
            if fact is None:
                continue
            switched = view.crossover(cohort) if endpoint == "os" else None
            rows.append(
                {
                    "cohort": cohort,
                    "row": SETS[name],
                    "more": _crossed_over(switched),
                    "ratio": fact.value,
                    "low": fact.low,
                    "high": fact.high,
                    "text": with_interval(fact) if has_value(fact) else NOT_FOUND,
                    "fact": fact,
                }
            )
    return rows


def _crossed_over(share: Fact | None) -> str:
    if not share:
        return ""
    return _("{share} crossed over").format(share=numbers.fact_text(share, "value"))


def _name(row: str, more: str) -> str:
    return f"{row} · {more}" if more else row


def _panel(
    data: pd.DataFrame, group: str, title: str | None, domain: list[float], plot: int, wide: bool
) -> alt.LayerChart | alt.FacetChart:
    """One group's forest; ``title`` of its axis, where it is the last."""
    data = data.assign(name=[_name(row, more) for row, more in zip(data["row"], data["more"])])
    data["above"] = data["name"] + ": " + data["text"]
    ticks = [t for t in RATIO_TICKS[wide] if domain[0] <= t <= domain[1]]
    axis = alt.Axis(title=title, values=ticks, format="~g")
    scale = alt.Scale(type="log", domain=domain, nice=False)

    def x(field: str) -> alt.X:
        return alt.X(field, scale=scale, axis=axis)

    names = alt.Axis(labelLimit=300) if wide else None
    base = alt.Chart(data).encode(
        y=alt.Y("name:N", sort=list(data["name"]), title=None, axis=names),
        tooltip=[
            alt.Tooltip("name:N", title=_("Row")),
            alt.Tooltip("text:N", title=_("Hazard ratio")),
        ],
    )
    down = 0 if wide else 9
    one = alt.Chart(pd.DataFrame({"one": [1.0]})).mark_rule(strokeDash=[4, 3], color=theme.MUTED)
    line = base.mark_rule(strokeWidth=2, color=theme.BLUE, yOffset=down)
    dot = base.mark_point(
        shape="diamond", filled=True, size=95, opacity=1, color=theme.BLUE, yOffset=down
    )
    if wide:
        text = base.mark_text(align="left", fontSize=13)
        text = text.encode(x=alt.value(plot + 10), text="text:N")
    else:
        text = base.mark_text(align="left", fontSize=12, dy=-9)
        text = text.encode(x=alt.value(0), text="above:N")
    return alt.layer(
        one.encode(x=x("one:Q")),
        line.encode(x=x("low:Q"), x2="high:Q"),
        dot.encode(x=x("ratio:Q")),
        text,
    ).properties(width=plot, height=alt.Step(30 if wide else 42), title=group)


def _axis_title(measure: str, wide: bool) -> str:
    if wide:
        return _("{measure}, log scale · below 1 favours cabozantinib").format(measure=measure)
    return _("{measure} (below 1: cabozantinib)").format(measure=measure)


def _forest(rows: list[dict], groups: dict[str, str], measure: str, width: int) -> alt.VConcatChart:
    """Forest plot: one panel per group; names and values beside the plot when wide, above each line
    when narrow.
    """
    wide = width > 500
    longest = max(len(_name(r["row"], r["more"])) for r in rows)
    plot = width - (7 * longest + 150 if wide else 16)
    low = min(r["low"] for r in rows if r["low"])
    high = max([r["high"] for r in rows if r["high"]] + [1.4])
    domain = [low * 0.85, high * 1.15]
    present = [g for g in groups if any(r["cohort"] == g for r in rows)]
    panels = []
    for group in present:
        title = _axis_title(measure, wide) if group == present[-1] else None
        data = without_facts(rows, group)
        panels.append(_panel(data, groups[group], title, domain, plot, wide))
    return alt.vconcat(*panels, spacing=14).resolve_scale(y="independent")


def ratios(endpoint: str) -> Figure:
    """Forest plot of the hazard ratios of 'pfs' or 'os' in every analysis set; beside survival, the
    share that crossed over.
    """
    rows = ratio_rows(endpoint)
    measure = HAZARD_RATIO[endpoint]
    table_rows = []
    for r in rows:
        row = {
            _("Cohort"): COHORTS[r["cohort"]],
            _("Analysis set"): r["row"],
            _("Hazard ratio"): ref(r["fact"]),
        }
        if endpoint == "os":
            row[_("Crossed over")] = r["more"] or "–"
        table_rows.append(row)
    told = "; ".join(
        f"{COHORTS[r['cohort']]}, {r['row']}: {r['text']}{', ' + r['more'] if r['more'] else ''}"
        for r in rows
    )
    return Figure(
        lambda width: _forest(rows, COHORT_LONG, measure, width),
        _("Forest plot on a log scale, {measure}, cabozantinib against placebo. {ratios}.").format(
            measure=measure.lower(), ratios=told
        ),
        pd.DataFrame(table_rows),
        f"cabinet-{endpoint}-hazard-ratios",
        ("chan2025", "fda2025net", "chan2023lba53"),
    )


def subgroup_rows() -> list[dict]:
    """The two cohorts and the three subgroups with a printed hazard ratio for progression or death."""
    published, unstated = load_trial("publication"), load_trial("unstated")
    in_publication = SETS["publication"]
    rows = []
    for cohort, label in COHORTS.items():
        row = _subgroup_row("whole", label, published.n(cohort), published.pfs(cohort))
        rows.append(row | {"set": in_publication})
    for key in SUBGROUPS:
        stated = published.subgroup_pfs(key).hazard_ratio is not None
        view, name = (published, in_publication) if stated else (unstated, _("not stated"))
        n, result = view.find(f"{key}.n"), view.subgroup_pfs(key)
        rows.append(_subgroup_row("part", SUBGROUP_NAMES[key], n, result) | {"set": name})
    return rows


def _subgroup_row(kind: str, label: str, n: Fact | None, result: TimeToEvent) -> dict:
    """``kind``: 'whole' cohort or 'part' of one. Raises LookupError without size or hazard ratio."""
    ratio = result.hazard_ratio
    if n is None or ratio is None:
        raise LookupError(f"'{label}' has no printed size or hazard ratio")
    return {
        "cohort": kind,
        "row": label,
        "n": n,
        "fact": ratio,
        "result": result,
        "ratio": ratio.number,
        "low": ratio.low,
        "high": ratio.high,
        "text": with_interval(ratio),
        "more": f"n = {numbers.fact_text(n, 'bare')}",
    }


def subgroup_ratios() -> Figure:
    """Forest plot of the published subgroups under the two cohorts they come from."""
    rows = subgroup_rows()
    drawn = [{k: v for k, v in r.items() if k not in ("n", "result")} for r in rows]
    groups = {"whole": _("Whole cohorts, as randomised"), "part": _("Subgroups, exploratory")}
    table = pd.DataFrame(
        [
            {
                _("Group"): r["row"],
                _("Patients"): ref(r["n"], "bare"),
                _("Cabozantinib"): fact_or_dash(r["result"].treated),
                _("Placebo"): fact_or_dash(r["result"].control),
                _("Hazard ratio"): ref(r["fact"]),
                _("Analysis set"): r["set"],
            }
            for r in rows
        ]
    )
    told = "; ".join(f"{r['row']} ({r['more']}): {r['text']}" for r in rows)
    return Figure(
        lambda width: _forest(drawn, groups, HAZARD_RATIO["pfs"], width),
        _(
            "Forest plot on a log scale of progression-free survival by group. {ratios}. All lie"
            " below 1; the smallest groups have the widest intervals."
        ).format(ratios=told),
        table,
        "cabinet-subgroups",
        ("chan2025", "strosberg2025gi", "exelixis2025lung", "strosberg2026g3"),
    )

"""Hazard ratios by analysis set and subgroup, as forests."""

from __future__ import annotations

import altair as alt
import pandas as pd

from assessment.case.trial.trial import (
    COHORTS,
    all_analysis_sets,
)
from assessment.evidence import Fact
from assessment.pages.trial_evidence.effects.effect_figures import without_facts
from assessment.pages.trial_evidence.shared.trial_words import (
    COHORT_LONG,
    CONTROL,
    HAZARD_RATIO,
    NOT_FOUND,
    SET_SOURCES,
    SETS,
    TREATED,
    file_name,
    has_value,
    some,
    with_interval,
)
from assessment.presentation import colour_grammar, numbers, theme
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
    if not has_value(share):
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
    line = base.mark_rule(strokeWidth=2, color=colour_grammar.MAIN, yOffset=down)
    dot = base.mark_point(
        shape="diamond", filled=True, size=95, opacity=1, color=colour_grammar.MAIN, yOffset=down
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
        favours = _("{measure}, log scale · below 1 favours {treated}")
        return favours.format(measure=measure, treated=TREATED)
    return _("{measure} (below 1: {treated})").format(measure=measure, treated=TREATED)


def forest(rows: list[dict], groups: dict[str, str], measure: str, width: int) -> alt.VConcatChart:
    """Forest plot: one panel per group; names and values beside the plot when wide, above each line
    when narrow.
    """
    wide = width > 500
    longest = max(len(_name(r["row"], r["more"])) for r in rows)
    plot = width - (7 * longest + 150 if wide else 16)
    known = [r for r in rows if r["ratio"]]
    low = min(r["low"] or r["ratio"] for r in known)
    high = max([r["high"] or r["ratio"] for r in known] + [1.4])
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
    share that crossed over. A cohort without a hazard ratio is left out.

    Raises LookupError where no hazard ratio is known at all.
    """
    rows = ratio_rows(endpoint)
    some([r for r in rows if r["ratio"]], f"{endpoint}.<cohort>.hazard_ratio")
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
        lambda width: forest(rows, COHORT_LONG, measure, width),
        _("Forest plot on a log scale, {measure}, {treated} against {control}. {ratios}.").format(
            measure=measure.lower(), treated=TREATED, control=CONTROL, ratios=told
        ),
        pd.DataFrame(table_rows),
        file_name(f"{endpoint}-hazard-ratios"),
        tuple(SET_SOURCES.values()),
    )

"""The certainty of each result by the domains of GRADE."""

from __future__ import annotations

import altair as alt
import pandas as pd

from assessment.evidence import load_register
from assessment.pages.comparisons.grade.certainty_words import (
    BOTH_COHORTS,
    DOMAINS,
    DOMAINS_SHORT,
    MARKS,
    OUTCOMES_SHORT,
    OUTCOMES_WIDE,
    RANDOMISED,
)
from assessment.presentation import colour_grammar, theme
from assessment.presentation.frame_rows import frame_rows
from assessment.presentation.language import _
from assessment.presentation.show import Figure, Table


def certainty_rows() -> pd.DataFrame:
    """One row per outcome and domain: judgement, mark and reason; order of the register kept."""
    rows = []
    for i, r in enumerate(frame_rows(load_register("certainty"))):
        for key, label in DOMAINS.items():
            rows.append(
                {
                    "order": i,
                    "id": r.id,
                    "outcome": r.outcome,
                    "cohort": r.cohort,
                    "comparison": r.comparison,
                    "domain": label,
                    "judgement": getattr(r, key),
                    "mark": MARKS[getattr(r, key)],
                    "reason": getattr(r, key + "_reason"),
                    "overall": r.overall,
                }
            )
    return pd.DataFrame(rows)


def _row_name(outcome: str, cohort: str, comparison: str, wide: bool) -> str:
    short = OUTCOMES_WIDE.get(outcome, outcome) if wide else OUTCOMES_SHORT[outcome]
    if comparison.startswith(RANDOMISED):
        return f"{short}, {cohort}"
    against_active = (
        _("{outcome} v active drug, {cohort}") if wide else _("{outcome} v active, {cohort}")
    )
    return against_active.format(outcome=short, cohort=cohort)


def _grid(rows: pd.DataFrame, width: int) -> alt.TopLevelMixin:
    """Rows of judgements by domains; the overall certainty beside each row, or below its name where
    there is little room.
    """
    wide = width > 500
    data = rows.assign(
        name=[
            _row_name(r.outcome, r.cohort, r.comparison, wide) + ("" if wide else f"|{r.overall}")
            for r in frame_rows(rows)
        ],
        column=[d if wide else DOMAINS_SHORT[d] for d in rows["domain"]],
    )
    names, columns = list(dict.fromkeys(data["name"])), list(dict.fromkeys(data["column"]))
    left, right = (215, 84) if wide else (122, 4)
    plot = width - left - right
    name_axis = alt.Axis(
        labelLimit=left,
        labelExpr="split(datum.label, '|')",
        labelLineHeight=15,
        labelOffset=0 if wide else -7,
    )
    shortened = f"replace(datum.label, '{_('Publication')}', '{_('Publ.')}')"
    domain_axis = alt.Axis(
        orient="top",
        labelAngle=0,
        domain=False,
        ticks=False,
        labelExpr=shortened if wide else "split(datum.label, ' ')",
        labelFontSize=12,
        labelLimit=100,
        labelOverlap=False,
    )
    x = alt.X("column:N", sort=columns, title=None, axis=domain_axis)
    y = alt.Y("name:N", sort=names, title=None, axis=name_axis)
    fill = alt.Color(
        "judgement:N",
        scale=alt.Scale(
            domain=list(MARKS),
            range=[theme.WASH, *reversed(colour_grammar.RAMP[:2]), theme.BACKGROUND],
        ),
        legend=alt.Legend(
            title=None,
            columns=4 if wide else 2,
            symbolType="square",
            symbolStrokeColor=theme.GREY,
        ),
    )
    tooltip = [
        alt.Tooltip("outcome:N", title=_("Outcome")),
        alt.Tooltip("comparison:N", title=_("Comparison")),
        alt.Tooltip("domain:N", title=_("Domain")),
        alt.Tooltip("judgement:N", title=_("Judgement")),
        alt.Tooltip("reason:N", title=_("Reason")),
    ]
    base = alt.Chart(data).encode(x=x, y=y)
    cells = base.mark_rect(stroke=theme.GREY, strokeWidth=0.7).encode(color=fill, tooltip=tooltip)
    marks = base.mark_text(fontWeight=600, color=theme.BACKGROUND).encode(text="mark:N")
    layers = [cells, marks]
    if wide:
        overall = alt.Chart(data.drop_duplicates("name")).mark_text(align="left", fontWeight=600)
        layers.append(overall.encode(x=alt.value(plot + 10), y=y, text="overall:N"))
    return alt.layer(*layers).properties(width=plot, height=len(names) * (30 if wide else 38))


def certainty() -> Figure:
    """Grid of outcomes by domains with the overall certainty at the end of each row."""
    rows = certainty_rows()
    return Figure(
        lambda width: _grid(rows, width),
        _in_words(),
        _wide_table(rows),
        "certainty",
        note=_(
            "Certainty in words, by row; −1 and −2: lowered by one or two steps. Undetected:"
            " nothing seen, or nothing to see it by. Judgements are ours. PFS: progression-free"
            " survival; QoL: quality of life; v active: against everolimus or sunitinib, through"
            " placebo."
        ),
    )


def _in_words() -> str:
    register = load_register("certainty")
    overall = "; ".join(
        f"{r.outcome}, {r.cohort}, {r.comparison}: {r.overall}" for r in frame_rows(register)
    )
    return _(
        "Grid of {rows} rows of judgements of certainty by outcome and {columns} columns by domain."
        " Overall certainty: {overall}."
    ).format(rows=len(register), columns=len(DOMAINS), overall=overall)


def _wide_table(rows: pd.DataFrame) -> pd.DataFrame:
    judgements = rows.pivot(index="order", columns="domain", values="judgement")
    names = {"outcome": _("Outcome"), "cohort": _("Cohort"), "comparison": _("Comparison")}
    first = rows.drop_duplicates("order").set_index("order")
    parts = [
        first[list(names)].rename(columns=names),
        judgements[list(DOMAINS.values())],
        first["overall"].rename(_("Certainty")),
    ]
    return pd.concat(parts, axis=1).reset_index(drop=True)


def certainty_table() -> Table:
    """Overall certainty, what it means and what would raise it."""
    groups: dict[tuple[str, ...], list[str]] = {}
    for r in frame_rows(load_register("certainty")):
        against = (
            "" if r.comparison == RANDOMISED else ", " + r.comparison.removeprefix("cabozantinib ")
        )
        judged = (r.outcome + against, r.overall, r.overall_reason, r.raised_by)
        groups.setdefault(judged, []).append(BOTH_COHORTS if r.cohort == "both" else r.cohort)
    rows = [
        {
            _("Outcome"): f"{outcome}: {_(' and ').join(cohorts)}",
            _("Certainty"): level,
            _("Meaning"): meaning,
            _("What would raise it"): raised,
        }
        for (outcome, level, meaning, raised), cohorts in groups.items()
    ]
    return Table(pd.DataFrame(rows), caption=_("Certainty by outcome"), classes=("long",))


def reasons() -> Table:
    """Each judgement with its reason; outcomes judged alike share a row."""
    groups: dict[tuple[str, str, str], dict[str, list[str]]] = {}
    for r in frame_rows(certainty_rows()):
        outcome = (
            r.outcome
            if r.comparison == RANDOMISED
            else _("{outcome} against an active drug").format(outcome=r.outcome)
        )
        alike = groups.setdefault((r.domain, r.judgement, r.reason), {})
        alike.setdefault(outcome, []).append(r.cohort)
    domains, judgements = list(DOMAINS.values()), list(MARKS)
    ordered = sorted(
        groups.items(), key=lambda g: (domains.index(g[0][0]), judgements.index(g[0][1]))
    )
    rows = [
        {
            _("Judgement"): f"{domain}: {judgement}",
            _("Reason"): reason,
            _("Outcomes"): "; ".join(f"{o} ({', '.join(c)})" for o, c in outcomes.items()),
        }
        for (domain, judgement, reason), outcomes in ordered
    ]
    return Table(pd.DataFrame(rows), caption=_("Each judgement and its reason"), classes=("long",))

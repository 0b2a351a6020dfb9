"""Harms as risk differences, and the certainty of each result by the domains of GRADE."""

from __future__ import annotations

import altair as alt
import pandas as pd

from assessment.evidence import load_register
from assessment.pages.comparisons.certainty_words import DOMAINS, MARKS, WORDS
from assessment.presentation import theme
from assessment.presentation.show import Figure, Table


def certainty_rows() -> pd.DataFrame:
    """One row per outcome and domain: judgement, mark and reason; order of the register kept."""
    rows = []
    for i, r in enumerate(load_register("certainty").itertuples()):
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
    against = (
        ""
        if comparison.startswith("cabozantinib against placebo")
        else " v active drug"
        if wide
        else " v active"
    )
    short = WORDS["outcome_wide"].get(outcome, outcome) if wide else WORDS["outcome_short"][outcome]
    return f"{short}{against}, {cohort}"


def certainty() -> Figure:
    """Grid of outcomes by domains with the overall certainty at the end of each row."""
    rows = certainty_rows()

    def draw(width: int):
        wide = width > 500
        data = rows.assign(
            name=[
                _row_name(r.outcome, r.cohort, r.comparison, wide)
                + ("" if wide else f"|{r.overall}")
                for r in rows.itertuples()
            ],
            column=[d if wide else WORDS["domains_short"][d] for d in rows["domain"]],
        )
        names, columns = list(dict.fromkeys(data["name"])), list(dict.fromkeys(data["column"]))
        left, right = (215, 84) if wide else (122, 4)
        y = alt.Y(
            "name:N",
            sort=names,
            title=None,
            axis=alt.Axis(
                labelLimit=left,
                labelExpr="split(datum.label, '|')",
                labelLineHeight=15,
                labelOffset=0 if wide else -7,
            ),
        )
        x = alt.X(
            "column:N",
            sort=columns,
            title=None,
            axis=alt.Axis(
                orient="top",
                labelAngle=0,
                domain=False,
                ticks=False,
                labelExpr=(
                    "split(datum.label, ' ')"
                    if not wide
                    else "replace(datum.label, 'Publication', 'Publ.')"
                ),
                labelFontSize=12,
                labelLimit=100,
                labelOverlap=False,
            ),
        )
        base = alt.Chart(data).encode(x=x, y=y)
        fill = alt.Color(
            "judgement:N",
            scale=alt.Scale(
                domain=list(MARKS), range=[theme.WASH, theme.GOLD, theme.ORANGE, theme.BACKGROUND]
            ),
            legend=alt.Legend(
                title=None,
                columns=4 if wide else 2,
                symbolType="square",
                symbolStrokeColor=theme.GREY,
            ),
        )
        cells = base.mark_rect(stroke=theme.GREY, strokeWidth=0.7).encode(
            color=fill,
            tooltip=[
                alt.Tooltip("outcome:N", title="Outcome"),
                alt.Tooltip("comparison:N", title="Comparison"),
                alt.Tooltip("domain:N", title="Domain"),
                alt.Tooltip("judgement:N", title="Judgement"),
                alt.Tooltip("reason:N", title="Reason"),
            ],
        )
        layers = [
            cells,
            base.mark_text(fontWeight=600, color=theme.BACKGROUND).encode(text="mark:N"),
        ]
        plot = width - left - right
        if wide:
            layers.append(
                alt.Chart(data.drop_duplicates("name"))
                .mark_text(align="left", fontWeight=600)
                .encode(x=alt.value(plot + 10), y=y, text="overall:N")
            )
        return alt.layer(*layers).properties(width=plot, height=len(names) * (30 if wide else 38))

    return Figure(
        draw,
        _said(),
        _wide_table(rows),
        "certainty",
        note=(
            "Certainty in words, by row; −1 and −2: lowered by one or two steps. Undetected:"
            " nothing seen, or nothing to see it by. Judgements are ours. PFS: progression-free"
            " survival; QoL: quality of life; v active: against everolimus or sunitinib, through"
            " placebo."
        ),
    )


def _said() -> str:
    register = load_register("certainty")
    said = "; ".join(
        f"{r.outcome}, {r.cohort}, {r.comparison}: {r.overall}" for r in register.itertuples()
    )
    return (
        f"Grid of {len(register)} rows of judgements of certainty by outcome and {len(DOMAINS)}"
        f" columns by domain. Overall certainty: {said}."
    )


def _wide_table(rows: pd.DataFrame) -> pd.DataFrame:
    table = rows.pivot(index="order", columns="domain", values="judgement")[list(DOMAINS.values())]
    first = rows.drop_duplicates("order").set_index("order")
    return pd.concat(
        [
            first[["outcome", "cohort", "comparison"]].rename(columns=str.capitalize),
            table,
            first["overall"].rename("Certainty"),
        ],
        axis=1,
    ).reset_index(drop=True)


def certainty_table() -> Table:
    """Overall certainty, what it means and what would raise it."""
    groups: dict[tuple[str, ...], list[str]] = {}
    for r in load_register("certainty").itertuples():
        against = (
            ""
            if r.comparison == "cabozantinib against placebo"
            else ", " + r.comparison.removeprefix("cabozantinib ")
        )
        groups.setdefault(
            (r.outcome + against, r.overall, r.overall_reason, r.raised_by), []
        ).append(WORDS["groups"]["all"] if r.cohort == "both" else r.cohort)
    rows = [
        {
            "Outcome": f"{what}: {' and '.join(cohorts)}",
            "Certainty": level,
            "Meaning": meaning,
            "What would raise it": raised,
        }
        for (what, level, meaning, raised), cohorts in groups.items()
    ]
    return Table(pd.DataFrame(rows), caption="Certainty by outcome", classes=("long",))


def reasons() -> Table:
    """Each judgement with its reason; outcomes judged alike share a row."""
    groups: dict[tuple[str, str, str], dict[str, list[str]]] = {}
    for r in certainty_rows().itertuples():
        against = (
            "" if r.comparison == "cabozantinib against placebo" else " against an active drug"
        )
        groups.setdefault((r.domain, r.judgement, r.reason), {}).setdefault(
            r.outcome + against, []
        ).append(r.cohort)
    order, marks = list(DOMAINS.values()), list(MARKS)
    rows = [
        {
            "Judgement": f"{d}: {j}",
            "Reason": w,
            "Outcomes": "; ".join(f"{o} ({', '.join(c)})" for o, c in outcomes.items()),
        }
        for (d, j, w), outcomes in sorted(
            groups.items(), key=lambda g: (order.index(g[0][0]), marks.index(g[0][1]))
        )
    ]
    return Table(pd.DataFrame(rows), caption="Each judgement and its reason", classes=("long",))

"""Harms as risk differences, and the certainty of each result by the domains of GRADE."""

from __future__ import annotations

import altair as alt
import pandas as pd

from assessment.case.trial.harms import Harm, harms
from assessment.case.trial.trial import COHORTS, load_trial
from assessment.evidence import load_register
from assessment.evidence.provenance.traced_text import computed
from assessment.presentation import numbers, theme
from assessment.presentation.show import Figure, Table, ref

DOMAINS = {
    "risk_of_bias": "Risk of bias",
    "inconsistency": "Inconsistency",
    "indirectness": "Indirectness",
    "imprecision": "Imprecision",
    "publication_bias": "Publication bias",
}
MARKS = {"not serious": "", "serious": "−1", "very serious": "−2", "undetected": ""}
LEVELS = ("very low", "low", "moderate", "high")
WORDS = {
    "harms": {
        "severe": "Severe event (grade 3 or worse)",
        "stopped": "Stopped for an adverse event",
        "reduced": "Dose reduced",
        "hypertension": "Severe hypertension",
        "diarrhoea": "Severe diarrhoea",
        "fatigue": "Severe fatigue",
        "thromboembolic": "Severe thromboembolic event",
        "deaths": "Death caused by treatment",
    },
    "groups": COHORTS | {"gi": "gastrointestinal", "all": "both cohorts"},
    "blank": "placebo: not published",
    "blank_both": "not published",
    "axis": "More patients with the event, of 100",
    "outcome_wide": {"Progression-free survival": "Progression", "Overall survival": "Survival"},
    "domains_short": {
        "Risk of bias": "Bias",
        "Inconsistency": "Incons.",
        "Indirectness": "Indir.",
        "Imprecision": "Impr.",
        "Publication bias": "Publ.",
    },
    "outcome_short": {
        "Progression-free survival": "PFS",
        "Overall survival": "Survival",
        "Tumour response": "Response",
        "Severe adverse events": "Harms",
        "Quality of life": "QoL",
    },
}


def _name(h: Harm) -> str:
    return f"{WORDS['harms'][h.harm]}, {WORDS['groups'][h.group]}"


def _result(h: Harm) -> str:
    d = h.difference
    if d is None:
        return (
            WORDS["blank"]
            if h.treated is not None and h.treated.status != "unknown"
            else WORDS["blank_both"]
        )
    return (
        f"{numbers.number(100 * d.difference)} ({numbers.interval(100 * d.low, 100 * d.high, 0)})"
    )


def _needed(h: Harm) -> str:
    d = h.difference
    return (
        ""
        if d is None
        else (
            f"{numbers.number(d.number_needed, 1)}"
            f" ({numbers.interval(d.number_low, d.number_high, 1)})"
        )
    )


def differences() -> Figure:
    """Risk differences of harms; what lacks a rate on placebo stays blank and says so."""
    found = harms(load_trial("publication"))
    rows = [
        {
            "name": _name(h),
            "order": i,
            "difference": None if h.difference is None else 100 * h.difference.difference,
            "low": None if h.difference is None else 100 * h.difference.low,
            "high": None if h.difference is None else 100 * h.difference.high,
            "text": _result(h),
            "needed": _needed(h),
        }
        for i, h in enumerate(sorted(found, key=lambda h: h.difference is None))
    ]

    def draw(width: int):
        wide = width > 500
        plain = width - 8
        left, right = (270, plain - 160) if wide else (4, plain - 4)
        scale = alt.Scale(domain=[0, 70], range=[left, right], nice=False)

        def x(f):
            return alt.X(
                f,
                scale=scale,
                title=WORDS["axis"],
                axis=alt.Axis(
                    values=[0, 20, 40, 60], titleAnchor="start", titleAlign="left", titleX=left
                ),
            )

        base, up = (
            alt.Chart(pd.DataFrame(rows)).encode(y=alt.Y("order:O", axis=None)),
            (0 if wide else -14),
        )
        seen, blank = (
            base.transform_filter("isValid(datum.difference)"),
            base.transform_filter("!isValid(datum.difference)"),
        )
        return alt.layer(
            seen.mark_rule(strokeWidth=2, color=theme.BLUE).encode(x=x("low:Q"), x2="high:Q"),
            seen.mark_point(filled=True, size=80, opacity=1, color=theme.BLUE).encode(
                x=x("difference:Q"),
                tooltip=[
                    alt.Tooltip("name:N", title="Harm"),
                    alt.Tooltip("text:N", title="More of 100"),
                    alt.Tooltip("needed:N", title="Number needed to harm"),
                ],
            ),
            base.mark_text(align="left", dy=up).encode(x=alt.value(0), text="name:N"),
            seen.mark_text(align="right", dy=up, fontWeight=600).encode(
                x=alt.value(plain), text="text:N"
            ),
            blank.mark_text(
                align="right" if wide else "left",
                dy=up if wide else 5,
                fontStyle="italic",
                color=theme.MUTED,
            ).encode(x=alt.value(plain if wide else 0), text="text:N"),
        ).properties(width=plain, height=alt.Step(26 if wide else 42))

    table = pd.DataFrame(
        [
            {
                "Harm": _name(h),
                "Cabozantinib": ref(h.treated) if h.treated else "–",
                "Placebo": ref(h.control) if h.control else "–",
                "Counts, rebuilt": _counts(h),
                "Difference of 100": _result(h) if h.difference else "",
                "Number needed to harm": _needed(h),
            }
            for h in found
        ]
    )
    said = "; ".join(f"{_name(h)}: {_result(h)}" for h in found if h.difference)
    return Figure(
        draw,
        "Dots with intervals of how many more of a hundred patients had an event with"
        f" cabozantinib. {said}. All other rows are blank because no rate on placebo was"
        " published.",
        table,
        "risk-differences",
        ("chan2025", "strosberg2025gi"),
        note=(
            "Counts are rebuilt from printed percentages; intervals by Newcombe’s method. The"
            " gastrointestinal row is a part of epNET and counts grades three and four."
        ),
    )


def _counts(h: Harm) -> str:
    return "" if h.counts is None else "; ".join(f"{c.events} of {c.n}" for c in h.counts)


def needed_table() -> Table:
    """Rates, rebuilt counts, difference and number needed to harm, where both arms are published."""
    rows = [
        {
            "Group": WORDS["groups"][h.group],
            "Cabozantinib": ref(h.treated),
            "Placebo": ref(h.control),
            "Counts, rebuilt": _counts(h),
            "More of 100": _result(h),
            "Number needed to harm": _needed(h),
        }
        for h in harms(load_trial("publication"))
        if h.difference
    ]
    return Table(pd.DataFrame(rows), caption="Severe adverse events, cabozantinib less placebo")


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


@computed
def texts() -> dict[str, str]:
    """Computed numbers for the chapter's sentences."""
    by = {(h.harm, h.group): h for h in harms(load_trial("publication"))}
    found = {}
    for c in COHORTS:
        h = by["severe", c]
        found |= {
            f"cmp_{c}_harm": _result(h),
            f"cmp_{c}_needed_to_harm": _needed(h),
            f"cmp_{c}_counts": _counts(h).replace("; ", " and "),
        }
    return found | {"cmp_lost_patients": str(_not_counted())}


def _not_counted() -> str:
    lost = sum(
        int(c.randomised.number) - c.n
        for h in harms(load_trial("publication"))
        if h.group in COHORTS and h.counts
        for c in h.counts
    )
    return (
        ("none", "one", "two", "three", "four", "five", "six")[lost]
        if lost < 7
        else numbers.number(lost)
    )

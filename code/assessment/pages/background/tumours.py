"""Where tumours sit and how fast they grow."""

from __future__ import annotations

import altair as alt
import pandas as pd

from assessment.case.trial import patients
from assessment.evidence import load_facts
from assessment.pages.background.background_words import WORDS
from assessment.presentation import numbers, theme
from assessment.presentation.show import Figure, ref


def sites() -> Figure:
    """Where epNET arise: DMP's shares beside the trial's, the trial's with Wilson intervals."""
    facts, names, who = load_facts(), WORDS["sites"], WORDS["site_sources"]
    n = int(facts["cabinet.n.epnet"].number)
    rows = []
    for site, norway, trial in (
        ("gi", "gi", "gi"),
        ("lung", "lung", "lung"),
        ("unknown", None, "unknown_primary"),
        ("other", None, "other_primary"),
    ):
        fact = facts[f"cabinet.baseline.epnet.{trial}"]
        ends = patients.wilson(fact.number, n)
        rows.append(
            {
                "site": names[site],
                "norway": facts[f"norway.site.{norway}.share"] if norway else None,
                "trial": fact,
                "ends": ends,
            }
        )
    rest = facts["norway.site.other.share"]
    table = pd.DataFrame(
        [
            {
                "Site": r["site"],
                "DMP": ref(r["norway"], "value") if r["norway"] else "",
                "Trial": ref(r["trial"], "value"),
                "Trial, 95 % interval": f"{numbers.interval(*r['ends'], 0)}\u00a0%",
            }
            for r in rows
        ]
        + [
            {
                "Site": names["rest"],
                "DMP": ref(rest, "value"),
                "Trial": f"{numbers.number(sum(r['trial'].number for r in rows[2:]))}\u00a0%",
                "Trial, 95 % interval": "",
            }
        ]
    )
    both = rows[2]["trial"].number + rows[3]["trial"].number
    points = [(r["site"], r["norway"].number, r["trial"].number, *r["ends"]) for r in rows[:2]] + [
        (names["rest"], rest.number, both, *patients.wilson(both, n))
    ]
    data = pd.DataFrame(
        [
            {
                "site": s,
                "share": v,
                "source": w,
                "low": lo,
                "high": hi,
                "label": f"{numbers.number(v)}\u00a0%",
            }
            for s, a, b, low, high in points
            for w, v, lo, hi in ((who[0], a, a, a), (who[1], b, low, high))
        ]
    )

    def draw(width: int) -> alt.LayerChart:
        narrow = width < 500
        y = alt.Y("site:N", sort=[p[0] for p in points], title=None, axis=alt.Axis(labelLimit=130))
        colour = alt.Color(
            "source:N",
            scale=alt.Scale(domain=list(who), range=[theme.GREEN, theme.PURPLE]),
            legend=alt.Legend(title=None, orient="top", columns=1 if narrow else 2, labelLimit=320),
        )
        shape = alt.Shape(
            "source:N",
            scale=alt.Scale(domain=list(who), range=["diamond", "circle"]),
            legend=alt.Legend(title=None, orient="top", columns=1 if narrow else 2),
        )
        base = alt.Chart(data).encode(y=y, yOffset=alt.YOffset("source:N", sort=list(who)))
        whisker = base.mark_rule(strokeWidth=2).encode(x=alt.X("low:Q"), x2="high:Q", color=colour)
        dots = base.mark_point(size=110, filled=True, opacity=1).encode(
            x=alt.X(
                "share:Q",
                title="Per cent of epNET",
                scale=alt.Scale(domain=[0, 75]),
                axis=alt.Axis(tickCount=4 if narrow else 8),
            ),
            color=colour,
            shape=shape,
            tooltip=[
                alt.Tooltip("site:N", title="Site"),
                alt.Tooltip("source:N", title="Source"),
                alt.Tooltip("label:N", title="Share"),
            ],
        )
        text = base.mark_text(align="left", dx=8).encode(x="high:Q", text="label:N")
        return alt.layer(whisker, dots, text).properties(width=width - 150, height=170)

    return Figure(
        draw,
        "Dot plot. Share of epNET by site as DMP states it and in CABINET: gastrointestinal 48"
        " against 57 per cent, lung 25 against 19, other or unknown 27 against 24. The trial holds"
        " more gastrointestinal tumours than chance explains.",
        table,
        "site-distribution",
        note=(
            "Intervals: Wilson's, for sampling alone; DMP's shares carry none, and their source is"
            " not stated."
        ),
    )


def grades() -> Figure:
    """Grades where they were published: gastrointestinal NET, pNET (panel's round figures), grade 3
    in all.
    """
    facts, words, groups = load_facts(), WORDS["grades"], WORDS["grade_groups"]
    shown = {
        groups[0]: [facts[f"cabinet.gi.baseline.grade{g}"] for g in (1, 2, 3)],
        groups[1]: [
            facts["cabinet.baseline.pnet.grade1"],
            facts["cabinet.baseline.pnet.grade2"],
            None,
        ],
        groups[2]: [None, None, facts["cabinet.baseline.all.grade3_share"]],
    }
    records, table = [], []
    for group, cells in shown.items():
        start = 0.0
        parts = [
            (
                w,
                c.number,
                ("~" if c.printed and c.printed.startswith("~") else "") + numbers.number(c.number),
            )
            for w, c in zip(words, cells)
            if c
        ]
        rest = 100 - sum(p[1] for p in parts)
        parts.append((words[3], rest, numbers.number(rest)))
        for word, value, label in parts:
            records.append(
                {
                    "group": group,
                    "grade": word,
                    "from": start,
                    "to": start + value,
                    "middle": start + value / 2,
                    "label": label if value > 5 else "",
                    "value": value,
                }
            )
            start += value
        table.append(
            {
                "Group": group,
                **{w: ref(c, "value") if c else "" for w, c in zip(words, cells)},
                "Not split further": f"{numbers.number(rest)}\u00a0%",
            }
        )
    data = pd.DataFrame(records)

    def draw(width: int) -> alt.LayerChart:
        y = alt.Y("group:N", sort=list(groups), title=None, axis=alt.Axis(labels=False))
        scale = alt.Scale(
            domain=list(words), range=[theme.GREEN, theme.BLUE, theme.PURPLE, theme.GRID]
        )
        bars = (
            alt.Chart(data)
            .mark_bar(height=26, stroke=theme.BACKGROUND, strokeWidth=1.5)
            .encode(
                x=alt.X(
                    "from:Q",
                    title="Per cent of patients",
                    scale=alt.Scale(domain=[0, 100]),
                    axis=alt.Axis(tickCount=5),
                ),
                x2="to:Q",
                y=y,
                color=alt.Color(
                    "grade:N",
                    scale=scale,
                    legend=alt.Legend(title=None, columns=2 if width < 500 else 4, labelLimit=150),
                ),
                tooltip=[
                    alt.Tooltip("group:N", title="Group"),
                    alt.Tooltip("grade:N", title="Grade"),
                    alt.Tooltip("value:Q", title="Per cent", format=".0f"),
                ],
            )
        )
        figures = (
            alt.Chart(data[data["grade"] != words[3]])
            .mark_text(color=theme.BACKGROUND, fontWeight=600)
            .encode(x="middle:Q", y=y, text="label:N")
        )
        names = (
            alt.Chart(data.drop_duplicates("group"))
            .mark_text(align="left", dy=-24, fontWeight=600)
            .encode(x=alt.datum(0), y=y, text="group:N")
        )
        return alt.layer(bars, figures, names).properties(width=width - 30, height=3 * 64)

    return Figure(
        draw,
        "Stacked bars of tumour grade. Gastrointestinal NET: 35 per cent grade 1, 57 grade 2, 6"
        " grade 3. pNET, from a panel's round figures: about 23 grade 1 and 60 grade 2. In all"
        " patients 8 per cent were grade 3; most tumours were grade 2.",
        pd.DataFrame(table),
        "grades",
        note="Grades outside the gastrointestinal tract and the pancreas were not found.",
    )

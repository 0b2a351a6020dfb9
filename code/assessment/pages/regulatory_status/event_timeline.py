"""Regulatory and HTA events as a picture."""

from __future__ import annotations

from datetime import timedelta

import altair as alt
import pandas as pd

from assessment.evidence import (
    evidence_date,
    load_facts,
)
from assessment.pages.regulatory_status.timeline_rows import (
    LANES,
    ROLES,
    SHAPES,
    WORDS,
    timeline_rows,
    year,
)
from assessment.presentation import theme
from assessment.presentation.show import Figure


def timeline(indication: str = "NET") -> Figure:
    """One line per event under its jurisdiction: a mark on its day, or a bar over the time in which
    it must have happened.
    """
    events = timeline_rows(indication)
    rows, row = [], 0
    for lane, group in events.groupby("lane", sort=False):
        rows.append({"row": row, "heading": lane})
        for event in group.itertuples():
            row += 1
            middle = event.first + (event.last - event.first) / 2
            rows.append(
                {
                    "row": row,
                    "label": event.label,
                    "when": event.shown_date,
                    "first": year(event.first),
                    "last": year(event.last + timedelta(days=1)),
                    "middle": year(middle),
                    "exact": event.first == event.last,
                    "role": event.role,
                    "finality": event.finality,
                    "body": event.body,
                    "title": event.title,
                    "lane": lane,
                }
            )
        if (
            lane == LANES["Norway"]
            and (missing := load_facts()["norway.case.decision.status"]).status == "unknown"
        ):
            row += 1
            rows.append(
                {
                    "row": row,
                    "label": WORDS["no_decision"],
                    "when": WORDS["not_found"],
                    "missing": year(missing.checked),
                }
            )
        row += 1.35
    frame = pd.DataFrame(rows)
    heads, lines = (
        frame[frame["heading"].notna()][["row", "heading"]],
        frame[frame["heading"].isna()][["row", "label", "when"]],
    )
    marks = frame[frame["first"].notna()].drop(
        columns=[c for c in ("heading", "missing") if c in frame]
    )
    gaps = frame[frame["missing"].notna()][["row", "missing"]] if "missing" in frame else None
    begin, end = events["first"].min().year, max(events["last"].max(), evidence_date()).year + 1
    read = pd.DataFrame([{"day": year(evidence_date())}])
    every = 1 if indication == "NET" else 2

    def draw(width: int) -> alt.TopLevelMixin:
        small = width < 500
        step, left, right = (40, 14, width - 26) if small else (23, 410, width - 26)
        height = step * (row - 0.3)
        down = 13 if small else 0
        y = alt.Y(
            "row:Q",
            scale=alt.Scale(domain=[-0.6, row - 0.9], range=[0, height], nice=False),
            axis=None,
        )
        x_scale = alt.Scale(domain=[begin, end], range=[left, right], nice=False)
        axis = alt.Axis(
            title=None,
            format="d",
            values=list(range(begin, end + 1, every * (2 if small and every > 1 else 1))),
            labelOverlap=False,
            labelFlush=False,
            grid=True,
            orient="top",
            domain=False,
        )
        colour = alt.Color(
            "role:N",
            scale=alt.Scale(domain=list(ROLES), range=[c for c, _ in ROLES.values()]),
            legend=None,
        )
        shape = alt.Shape(
            "finality:N",
            scale=alt.Scale(domain=list(SHAPES), range=list(SHAPES.values())),
            legend=None,
        )
        base, head, line = alt.Chart(marks), alt.Chart(heads), alt.Chart(lines)
        tip = [
            alt.Tooltip(f"{f}:N", title=WORDS[w])
            for f, w in (
                ("title", "what"),
                ("when", "when"),
                ("body", "who"),
                ("finality", "state"),
            )
        ]
        bars = (
            base.transform_filter("!datum.exact")
            .mark_rule(strokeWidth=7, opacity=0.35, yOffset=down)
            .encode(x=alt.X("first:Q", scale=x_scale, axis=axis), x2="last:Q", y=y, color=colour)
        )
        points = base.mark_point(size=85, opacity=1, yOffset=down).encode(
            x=alt.X("middle:Q", scale=x_scale, axis=axis),
            y=y,
            color=colour,
            shape=shape,
            tooltip=tip,
        )
        names = line.mark_text(align="left", yOffset=-9 if small else 0).encode(
            x=alt.value(0), y=y, text="label:N"
        )
        dates = line.mark_text(
            align="right", fontSize=12, color=theme.MUTED, yOffset=-9 if small else 0
        ).encode(x=alt.value(width - 12 if small else left - 18), y=y, text="when:N")
        headings = head.mark_text(align="left", fontWeight=600, fontSize=14, yOffset=2).encode(
            x=alt.value(0), y=y, text="heading:N"
        )
        until = (
            []
            if small
            else [
                alt.Chart(read)
                .mark_rule(strokeDash=[3, 3], color=theme.GREY)
                .encode(x=alt.X("day:Q", scale=x_scale)),
                alt.Chart(read)
                .mark_text(align="right", dx=-6, fontSize=12, color=theme.MUTED, text=WORDS["read"])
                .encode(x=alt.X("day:Q", scale=x_scale), y=alt.value(0.62 * step)),
            ]
        )
        missing = (
            []
            if gaps is None
            else [
                alt.Chart(gaps)
                .mark_text(text="?", fontSize=17, fontWeight=600, color=theme.ORANGE, yOffset=down)
                .encode(x=alt.X("missing:Q", scale=x_scale), y=y)
            ]
        )
        return alt.layer(*until, bars, points, *missing, names, dates, headings).properties(
            width=width - 12, height=height
        )

    text = (
        f"Timeline of {len(events)} dated events, grouped by place. "
        + (f"Norway: {WORDS['no_decision']}, {WORDS['not_found']}. " if gaps is not None else "")
        + " ".join(f"{e.lane}: {e.label}, {e.shown_date}." for e in events.itertuples())
    )
    table = pd.DataFrame(
        {
            WORDS["when"]: events["shown_date"],
            WORDS["where"]: events["lane"],
            WORDS["who"]: events["body"],
            WORDS["what"]: events["title"],
            WORDS["state"]: events["finality"],
            WORDS["role"]: [ROLES[r][1] for r in events["role"]],
        }
    )
    sources = tuple(dict.fromkeys(events["source"]))
    note = (
        "Blue: regulator. Orange: HTA body. Grey: trial, science, company. Circle: final; diamond:"
        " draft; square: announced; triangle: planned. A bar spans the time in which an event"
        " without a known day must lie."
    )
    return Figure(draw, text, table, f"timeline-{indication.lower()}", sources=sources, note=note)

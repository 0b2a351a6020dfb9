"""Regulatory and HTA events as a picture."""

from __future__ import annotations

from datetime import timedelta

import altair as alt
import pandas as pd

from assessment.evidence import Fact, load_facts
from assessment.pages.regulatory_status.timeline_drawing import TimelineData, draw_timeline
from assessment.pages.regulatory_status.timeline_rows import (
    FINALITY,
    LANES,
    ROLES,
    read_until,
    timeline_rows,
    year,
)
from assessment.presentation.frame_rows import frame_rows
from assessment.presentation.language import _
from assessment.presentation.show import Figure

GAP_BETWEEN_LANES = 1.35  # in rows
NO_DECISION = _("Decision on public funding")
NOT_FOUND = _("not found")


def timeline(indication: str = "NET") -> Figure:
    """One line per event under its jurisdiction: a mark on its day, or a bar over the time in which
    it must have happened. ``indication``: 'NET' or 'other'.
    """
    events = timeline_rows(indication)
    data = _timeline_data(events, every=1 if indication == "NET" else 2)

    def draw(width: int) -> alt.TopLevelMixin:
        return draw_timeline(data, width)

    return Figure(
        draw,
        _alternative(events, decision_missing=data.gaps is not None),
        _table(events),
        f"timeline-{indication.lower()}",
        sources=tuple(dict.fromkeys(events["source"])),
        note=_(
            "Darkest: regulator; paler: HTA body; palest: trial, science, company. Circle: final;"
            " diamond: draft; square: announced; triangle: planned, point down when its day has"
            " passed and it was not found. A bar spans the time in which"
            " an event without a known day must lie."
        ),
    )


def _timeline_data(events: pd.DataFrame, every: int) -> TimelineData:
    """Headings, lines and marks by row of the picture."""
    rows: list[dict] = []
    row = 0.0
    for lane, group in events.groupby("lane", sort=False):
        rows.append({"row": row, "heading": lane})
        for event in frame_rows(group):
            row += 1
            rows.append({"row": row} | _event_row(event))
        if lane == LANES["Norway"] and (missing := _missing_decision()) is not None:
            row += 1
            rows.append(
                {
                    "row": row,
                    "label": NO_DECISION,
                    "when": NOT_FOUND,
                    "missing": year(missing.checked),
                }
            )
        row += GAP_BETWEEN_LANES
    frame = pd.DataFrame(rows)
    marks = frame[frame["first"].notna()]
    return TimelineData(
        headings=frame[frame["heading"].notna()][["row", "heading"]],
        lines=frame[frame["heading"].isna()][["row", "label", "when"]],
        marks=marks.drop(columns=["heading", "missing"], errors="ignore"),
        gaps=frame[frame["missing"].notna()][["row", "missing"]] if "missing" in frame else None,
        rows=row,
        first_year=events["first"].min().year,
        last_year=max(events["last"].max(), read_until(events)).year + 1,
        years_per_tick=every,
        read_until=year(read_until(events)),
    )


def _missing_decision() -> Fact | None:
    """The fact that no decision on public funding was found; None when there is one."""
    fact = load_facts()["norway.case.decision.status"]
    return fact if fact.status == "unknown" else None


def _event_row(event) -> dict:
    """An event as the drawing asks for it: where on the axis, and what is said of it."""
    middle = event.first + (event.last - event.first) / 2
    return {
        "label": event.label,
        "when": event.shown_date,
        "first": year(event.first),
        "last": year(event.last + timedelta(days=1)),
        "middle": year(middle),
        "exact": event.first == event.last,
        "role": event.role,
        "finality": FINALITY[event.finality],
        "body": event.body,
        "title": event.title,
        "lane": event.lane,
    }


def _alternative(events: pd.DataFrame, decision_missing: bool) -> str:
    """Every event in words, for who does not see the picture."""
    sentences = [_("Timeline of {n} dated events, grouped by place.").format(n=len(events))]
    if decision_missing:
        sentences.append(_("Norway: {what}, {found}.").format(what=NO_DECISION, found=NOT_FOUND))
    sentences += [f"{e.lane}: {e.label}, {e.shown_date}." for e in frame_rows(events)]
    return " ".join(sentences)


def _table(events: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            _("Date"): events["shown_date"],
            _("Where"): events["lane"],
            _("Body"): events["body"],
            _("Event"): events["title"],
            _("State"): events["finality"].map(FINALITY),
            _("Role"): [ROLES[role][1] for role in events["role"]],
            _("What is known"): events["detail"].fillna(""),
        }
    )

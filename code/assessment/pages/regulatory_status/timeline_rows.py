"""Regulatory and HTA events in time order, with what a reader needs to place them."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd

from assessment.evidence import (
    evidence_date,
    load_register,
)
from assessment.presentation import numbers, theme
from assessment.presentation.language import _

REGULATORS = (
    "FDA",
    "European Commission",  # not translated: as in the register
    "CHMP (European Medicines Agency)",  # not translated: as in the register
    "MHRA",
)


# DMP is also a regulator; what it did here is the work of an HTA body
HTA_BODIES = ("NICE", "PBAC", "DMP")


# Colour of who acted, and what readers call it.
ROLES = {
    "regulator": (theme.BLUE, _("regulator")),
    "hta": (theme.ORANGE, _("HTA body")),
    "other": (theme.MUTED, _("trial, science, company")),
}


SHAPES = {"final": "circle", "draft": "diamond", "announced": "square", "planned": "triangle-up"}


FINALITY = {
    "final": _("final"),
    "draft": _("draft"),
    "announced": _("announced"),
    "planned": _("planned"),
}


LANES = {
    "Norway": _("Norway"),  # not translated: as in the register
    "EU": _("European Union"),
    "UK": _("United Kingdom"),
    "US": _("United States"),
    "Australia": _("Australia"),  # not translated: as in the register
    "International": _("The trial and its reports"),  # not translated: as in the register
}


def days_of(text: str) -> tuple[date, date]:
    """First and last day that a date of day, month or year precision allows."""
    of_year, *rest = (int(part) for part in text.split("-"))
    if len(rest) == 2:
        month, day = rest
        return date(of_year, month, day), date(of_year, month, day)
    if len(rest) == 1:
        (month,) = rest
        first_of_next = date(of_year + month // 12, month % 12 + 1, 1)
        return date(of_year, month, 1), first_of_next - timedelta(days=1)
    return date(of_year, 1, 1), date(of_year, 12, 31)


def year(day: date) -> float:
    """A date as a year with its fraction: where it stands on the axis."""
    return day.year + (day.timetuple().tm_yday - 1) / (366 if day.year % 4 == 0 else 365)


def timeline_rows(indication: str) -> pd.DataFrame:
    """Events of one indication ('NET' or 'other') about cabozantinib, by lane and date, with first
    and last possible day, role and label.
    """
    events = load_register("events")
    shown = (events["indication"] == indication) & (events["drug"] == "assessed")
    events = events[shown].copy()
    events["lane"] = events["jurisdiction"].map(LANES)
    events[["first", "last"]] = [days_of(d) for d in events["date"]]
    # what has happened did so before the evidence was read
    happened = events["finality"] == "final"
    events.loc[happened, "last"] = [min(d, evidence_date()) for d in events.loc[happened, "last"]]
    events["role"] = [_role(body) for body in events["body"]]
    events["label"] = [
        (short or title) + ("" if finality == "final" else f" ({FINALITY[finality]})")
        for short, title, finality in zip(
            events["short_title"], events["title"], events["finality"], strict=True
        )
    ]
    events["shown_date"] = [numbers.partial_date(d) for d in events["date"]]
    order = {lane: i for i, lane in enumerate(LANES.values())}
    return (
        events.assign(order=events["lane"].map(order))
        .sort_values(["order", "first", "last"], kind="stable")
        .drop(columns="order")
        .reset_index(drop=True)
    )


def _role(body: str) -> str:
    """Whose work a body does here: one of ROLES."""
    if body in REGULATORS:
        return "regulator"
    return "hta" if body in HTA_BODIES else "other"


def event_day(event: str) -> date:
    """The day of an event that is known to the day. KeyError when there is no such event."""
    days = load_register("events").set_index("id")["date"]
    return date.fromisoformat(days[event])

"""Regulatory and HTA events in time order, with what a reader needs to place them."""

from __future__ import annotations

from datetime import date

import pandas as pd

from assessment.evidence import load_register
from assessment.evidence.cells.fact_values import days_of
from assessment.presentation import colour_grammar, numbers
from assessment.presentation.frame_rows import frame_rows
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
    "regulator": (colour_grammar.RAMP[0], _("regulator")),
    "hta": (colour_grammar.RAMP[1], _("HTA body")),
    "other": (colour_grammar.RAMP[2], _("trial, science, company")),
}


# A planned event whose day had passed when it was last looked for.
OVERDUE = "overdue"


SHAPES = {
    "final": "circle",
    "draft": "diamond",
    "announced": "square",
    "planned": "triangle-up",
    OVERDUE: "triangle-down",
}


FINALITY = {
    "final": _("final"),
    "draft": _("draft"),
    "announced": _("announced"),
    "planned": _("planned"),
    OVERDUE: _("due, not found"),
}


LANES = {
    "Norway": _("Norway"),  # not translated: as in the register
    "EU": _("European Union"),
    "UK": _("United Kingdom"),
    "US": _("United States"),
    "Australia": _("Australia"),  # not translated: as in the register
    "International": _("The trial and its reports"),  # not translated: as in the register
}


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
    # what has happened did so before it was read of
    happened = events["finality"] == "final"
    read = [date.fromisoformat(day) for day in events.loc[happened, "checked"]]
    events.loc[happened, "last"] = [*map(min, events.loc[happened, "last"], read)]
    events["finality"] = [finality_on(event) for event in frame_rows(events)]
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


def finality_on(event, day: date | None = None) -> str:
    """How final an event of the register is on ``day``, else on the day it was last looked for: as
    the register has it, but overdue when it was planned and its last possible day has passed.
    """
    looked = day or date.fromisoformat(event.checked)
    passed = event.finality == "planned" and days_of(event.date)[1] < looked
    return OVERDUE if passed else event.finality


def due_state(event, day: date | None = None) -> str:
    """What has become of a planned event, in words: that it is due, or was and has not been found
    by ``day``, else by the day it was last looked for.
    """
    looked = day or date.fromisoformat(event.checked)
    due = numbers.partial_date(event.date)
    if finality_on(event, looked) == OVERDUE:
        return _("was due {due}, not found by {looked}").format(due=due, looked=numbers.day(looked))
    return _("due {due}").format(due=due)


def read_until(events: pd.DataFrame) -> date:
    """The latest day on which any of these events was looked for."""
    return date.fromisoformat(max(events["checked"]))


def _role(body: str) -> str:
    """Whose work a body does here: one of ROLES."""
    if body in REGULATORS:
        return "regulator"
    return "hta" if body in HTA_BODIES else "other"


def event_day(event: str) -> date:
    """The day of an event that is known to the day. KeyError when there is no such event."""
    days = load_register("events").set_index("id")["date"]
    return date.fromisoformat(days[event])

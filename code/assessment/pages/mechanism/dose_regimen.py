"""The doses that can be explored, and the exposure each gives."""

from __future__ import annotations

import pandas as pd

from assessment.case.trial import pharmacokinetics
from assessment.evidence import load_facts
from assessment.presentation.language import _

DAYS = 84  # twelve weeks: long enough for two steady states, short enough to see both changes


# our illustration: on which days the trial's patients changed dose is not published
CHANGE_DAY = 28


# name: (least, most, step); doses are tablets of one strength a day, half-lives span the published
# and the effective ones
RANGES = {
    "start_mg": (20, 60, 20),
    "change_day": (1, 70, 1),
    "pause_days": (0, 28, 1),
    "new_mg": (0, 60, 20),
    "half_life_hours": (70, 130, 1),
}


WORDS = {
    "start_mg": _("Starting dose, mg a day"),
    "change_day": _("Days on the starting dose"),
    "pause_days": _("Then days without drug"),
    "new_mg": _("Dose after that, mg a day"),
    "half_life_hours": _("Half-life, hours"),
    "day": _("Day of treatment"),
    "level": _("Level, % of steady state on {reference} mg"),
    "dose": _("mg a day"),
    "always": _("{dose} mg"),
    "line_dose": _("Average dose over {days} days: {value} mg a day"),
    "line_level": _("Level on day {days}: {value} % of the steady state on {reference} mg"),
    "line_settle": _("Nine tenths of the way to a new level: {value} days"),
    "alt": _(
        "Line chart over {days} days. Default case: {start} mg a day for {change} days, then {new}"
        " mg a day. The daily average level climbs to {before} % of the steady-state average on"
        " {reference} mg by the day before the change and settles at {after} % by day {days}."
        " Sliders change doses, days and half-life."
    ),
    "average": _("Average of the day, %"),
    "low": _("Lowest of the day, %"),
    "high": _("Highest of the day, %"),
    "note": _(
        "Our illustration, not trial data: one compartment, absorption at once, every dose taken."
        " The band runs from each day's lowest to its highest level."
    ),
}


def reference_dosing() -> tuple[float, float]:
    """The approved daily dose in mg and the hours between doses."""
    facts = load_facts()
    return facts["pharmacology.dose.approved"].number, facts["pharmacology.dose.interval"].number


def level_title() -> str:
    """The title of the level's axis: a share of the steady state on the approved dose."""
    return WORDS["level"].format(reference=f"{reference_dosing()[0]:g}")


def default_regimen() -> dict:
    """The case shown before a slider moves: the approved dose, one step down after CHANGE_DAY days,
    the European half-life.
    """
    facts = load_facts()
    return {
        "start_mg": int(reference_dosing()[0]),
        "change_day": CHANGE_DAY,
        "pause_days": 0,
        "new_mg": int(facts["pharmacology.dose.first_reduction"].number),
        "half_life_hours": int(facts["pharmacology.half_life.smpc"].number),
    }


def exposure(
    start_mg: float,
    change_day: int,
    pause_days: int,
    new_mg: float,
    half_life_hours: float,
    days: int = DAYS,
) -> pd.DataFrame:
    """A row per day: day (from 1), dose in mg, and average, low and high as shares of the
    steady-state average on the approved dose.
    """
    reference, interval = reference_dosing()
    doses = pharmacokinetics.daily_doses(days, start_mg, new_mg, change_day, pause_days)
    levels = pharmacokinetics.relative_exposure(doses, half_life_hours, reference, interval)
    return pd.DataFrame({"day": range(1, days + 1), "dose": doses} | levels)

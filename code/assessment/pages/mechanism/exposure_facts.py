"""Half-lives, doses and times of the drug in the body, from facts."""

from __future__ import annotations

import re

from assessment.case.trial import pharmacokinetics
from assessment.evidence import load_conflicts, load_facts
from assessment.presentation.language import _

HALF_LIVES = {
    "smpc": _("European product information"),
    "review": _("Review of 2017"),
    "tablet_fda_era": _("First US label"),
}


USED = "smpc"  # the text that applies in Norway; see the conflict register


SETTLED = 0.9  # our convention: steady state counts as reached when nine tenths of the way are gone


SHOWN_DAYS = 35


PAUSE_DAYS = 14  # our illustration


STEPS = ("approved", "first_reduction", "second_reduction")


# as the register of conflicts writes numbers
NUMBER_WORDS = (
    "nought one two three four five six seven eight nine ten"  # not translated: of the register
)


WORDS = {
    "day": _("Day of treatment"),
    "level": _("Daily average, % of the steady state on {dose} mg"),
    "settled": _("nine tenths there:"),
    "settled_day": _("day {value} ({low}–{high})"),
    "panel": _("a panel’s"),
    "panel_2": _("“steady state”"),
    "change": _("Change of exposure against the usual case"),
    "change_short": _("Change of exposure"),
}


def doses_mg() -> tuple[float, float, float]:
    """The approved dose and its two steps down, mg a day."""
    full, first, second = (load_facts()[f"pharmacology.dose.{step}"].number for step in STEPS)
    return full, first, second


def interval_hours() -> float:
    """Hours between doses."""
    return load_facts()["pharmacology.dose.interval"].number


def half_lives() -> dict[str, float]:
    """The published half-lives in hours by name, the used one first."""
    return {name: load_facts()[f"pharmacology.half_life.{name}"].number for name in HALF_LIVES}


def settled_days() -> tuple[float, float, float]:
    """Days of daily dosing to SETTLED of the steady state: with the used half-life, the shortest
    and the longest published.
    """
    lives = half_lives()
    used, first, last = (
        pharmacokinetics.hours_to_fraction(SETTLED, hours) / 24
        for hours in (lives[USED], min(lives.values()), max(lives.values()))
    )
    return used, first, last


def published_accumulation() -> tuple[float, int]:
    """The published accumulation of exposure and the number of daily doses after which it was
    measured.
    """
    facts = load_facts()
    return facts["pharmacology.accumulation.auc"].number, int(
        facts["pharmacology.accumulation.day"].number
    )


def build_up_half_life() -> float:
    """The half-life in hours with which one compartment gives the published accumulation."""
    return pharmacokinetics.effective_half_life(*published_accumulation(), interval_hours())


def panel_days() -> tuple[int, int]:
    """The days to steady state that a panel stated, read from its claim in the conflict register."""
    conflict = next(c for c in load_conflicts() if c.id == "steady_state")
    claims = " ".join(c.claim or "" for c in conflict.claims)
    words = re.search(r"(\w+) to (\w+) days", claims)
    if words is None:
        raise ValueError("no claim of the conflict 'steady_state' says '… to … days' in words")
    by_name = {name: number for number, name in enumerate(NUMBER_WORDS.split())}
    return by_name[words[1]], by_name[words[2]]

"""Accumulation, doses in the trial and regimens, as tables."""

from __future__ import annotations

import pandas as pd

from assessment.case.trial import pharmacokinetics
from assessment.case.trial.trial import COHORTS
from assessment.evidence import load_facts
from assessment.pages.mechanism.dose_regimen import CHANGE_DAY, DAYS, exposure
from assessment.pages.mechanism.exposure_facts import (
    HALF_LIVES,
    PAUSE_DAYS,
    SETTLED,
    USED,
    build_up_half_life,
    doses_mg,
    half_lives,
    interval_hours,
    published_accumulation,
)
from assessment.presentation import numbers
from assessment.presentation.show import Table, ref


def accumulation_table() -> Table:
    """What each half-life implies: accumulation at steady state and at the day it was measured,
    days to nine tenths.
    """
    facts, interval = load_facts(), interval_hours()
    _, doses = published_accumulation()
    implied = facts["pharmacology.half_life.from_clearance_and_volume"]
    rows = [
        (label, f.number, ref(f, "bare"))
        for name, label in HALF_LIVES.items()
        for f in [facts[f"pharmacology.half_life.{name}"]]
    ]
    rows += [
        ("Implied by clearance and volume", implied.number, ref(implied, "bare")),
        (
            "Implied by the published accumulation",
            build_up_half_life(),
            numbers.number(build_up_half_life(), 1),
        ),
    ]
    frame = pd.DataFrame(
        [
            {
                "Half-life from": label,
                "Hours": shown,
                "At steady state, fold": numbers.number(
                    pharmacokinetics.accumulation_ratio(hours, interval), 1
                ),
                f"By day {doses}, fold": numbers.number(
                    pharmacokinetics.accumulation_after(doses, hours, interval), 1
                ),
                "Nine tenths by day": numbers.number(
                    pharmacokinetics.hours_to_fraction(SETTLED, hours) / 24, 1
                ),
            }
            for label, hours, shown in rows
        ]
    )
    return Table(frame, caption="Accumulation and time to steady state that each half-life implies")


def trial_dose_table() -> Table:
    """Reductions, stops and the median average dose in CABINET, by cohort."""
    facts = load_facts()
    rows = {
        "Dose reduced": "dose_reduction",
        "Stopped for an adverse event": "discontinuation",
        "Median average daily dose": "daily_dose",
        "Median time on treatment": "duration",
    }

    def cell(cohort: str, measure: str):
        return ref(facts[f"cabinet.exposure.{cohort}.cabozantinib.{measure}"])

    return Table(
        pd.DataFrame(
            [
                {"Cabozantinib arm": label} | {name: cell(c, m) for c, name in COHORTS.items()}
                for label, m in rows.items()
            ]
        ),
        caption="Dose in CABINET, publication set",
    )


def regimen_table() -> Table:
    """Regimens of our own over twelve weeks: average dose, level at the end, lowest daily average
    after the change.
    """
    full, first, second = doses_mg()
    hours = half_lives()[USED]
    regimens = {
        f"{full:g} mg throughout": (full, DAYS, 0, full),
        f"{full:g} mg, {first:g} mg after day {CHANGE_DAY}": (full, CHANGE_DAY, 0, first),
        f"the same with {PAUSE_DAYS} days’ pause between": (full, CHANGE_DAY, PAUSE_DAYS, first),
        f"{full:g} mg, {second:g} mg after day {CHANGE_DAY}": (full, CHANGE_DAY, 0, second),
        f"{first:g} mg throughout": (first, DAYS, 0, first),
    }
    rows = []
    for label, regimen in regimens.items():
        frame = exposure(*regimen, hours)
        rows.append(
            {
                "Our examples": label,
                "Average, mg": frame["dose"].mean(),
                f"Lowest after day {CHANGE_DAY}, %": 100 * frame["average"].iloc[CHANGE_DAY:].min(),
                f"Day {DAYS}, %": 100 * frame["average"].iloc[-1],
            }
        )
    return Table(
        pd.DataFrame(rows),
        caption=f"Average dose over {DAYS} days, and level in % of the steady state on {full:g} mg",
    )

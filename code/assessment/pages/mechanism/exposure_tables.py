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
from assessment.presentation.language import _
from assessment.presentation.show import Ref, Table, ref


def _half_life_rows() -> list[tuple[str, float, Ref | str]]:
    """(where from, hours, table cell) of every half-life, published or implied."""
    facts = load_facts()
    implied = facts["pharmacology.half_life.from_clearance_and_volume"]
    build_up = build_up_half_life()
    rows: list[tuple[str, float, Ref | str]] = []
    for name, label in HALF_LIVES.items():
        fact = facts[f"pharmacology.half_life.{name}"]
        rows.append((label, fact.number, ref(fact, "bare")))
    rows += [
        (_("Implied by clearance and volume"), implied.number, ref(implied, "bare")),
        (_("Implied by the published accumulation"), build_up, numbers.number(build_up, 1)),
    ]
    return rows


def accumulation_table() -> Table:
    """What each half-life implies: accumulation at steady state and at the day it was measured,
    days to nine tenths.
    """
    interval = interval_hours()
    doses = published_accumulation()[1]
    by_day = _("By day {day}, fold").format(day=doses)
    rows = []
    for label, hours, shown in _half_life_rows():
        steady = pharmacokinetics.accumulation_ratio(hours, interval)
        measured = pharmacokinetics.accumulation_after(doses, hours, interval)
        settled_hours = pharmacokinetics.hours_to_fraction(SETTLED, hours)
        rows.append(
            {
                _("Half-life from"): label,
                _("Hours"): shown,
                _("At steady state, fold"): numbers.number(steady, 1),
                by_day: numbers.number(measured, 1),
                _("Nine tenths by day"): numbers.number(settled_hours / 24, 1),
            }
        )
    caption = _("Accumulation and time to steady state that each half-life implies")
    return Table(pd.DataFrame(rows), caption=caption)


def trial_dose_table() -> Table:
    """Reductions, stops and the median average dose in CABINET, by cohort."""
    facts = load_facts()
    measures = {
        "dose_reduction": _("Dose reduced"),
        "discontinuation": _("Stopped for an adverse event"),
        "daily_dose": _("Median average daily dose"),
        "duration": _("Median time on treatment"),
    }

    def cell(cohort: str, measure: str) -> Ref:
        return ref(facts[f"cabinet.exposure.{cohort}.cabozantinib.{measure}"])

    rows = [
        {_("Cabozantinib arm"): label}
        | {name: cell(cohort, measure) for cohort, name in COHORTS.items()}
        for measure, label in measures.items()
    ]
    return Table(pd.DataFrame(rows), caption=_("Dose in CABINET, publication set"))


def _regimens() -> dict[str, tuple[float, int, int, float]]:
    """{label: (starting dose in mg, days on it, days of pause, dose after that in mg)}."""
    full, first, second = doses_mg()
    throughout = _("{dose} mg throughout")
    reduced = _("{dose} mg, {new_dose} mg after day {day}")
    to_first = reduced.format(dose=f"{full:g}", new_dose=f"{first:g}", day=CHANGE_DAY)
    to_second = reduced.format(dose=f"{full:g}", new_dose=f"{second:g}", day=CHANGE_DAY)
    with_pause = _("the same with {days} days’ pause between").format(days=PAUSE_DAYS)
    return {
        throughout.format(dose=f"{full:g}"): (full, DAYS, 0, full),
        to_first: (full, CHANGE_DAY, 0, first),
        with_pause: (full, CHANGE_DAY, PAUSE_DAYS, first),
        to_second: (full, CHANGE_DAY, 0, second),
        throughout.format(dose=f"{first:g}"): (first, DAYS, 0, first),
    }


def regimen_table() -> Table:
    """Regimens of our own over twelve weeks: average dose, level at the end, lowest daily average
    after the change.
    """
    hours = half_lives()[USED]
    lowest_after = _("Lowest after day {day}, %").format(day=CHANGE_DAY)
    last_day = _("Day {day}, %").format(day=DAYS)
    rows = []
    for label, regimen in _regimens().items():
        frame = exposure(*regimen, hours)
        rows.append(
            {
                _("Our examples"): label,
                _("Average, mg"): frame["dose"].mean(),
                lowest_after: 100 * frame["average"].iloc[CHANGE_DAY:].min(),
                last_day: 100 * frame["average"].iloc[-1],
            }
        )
    caption = _("Average dose over {days} days, and level in % of the steady state on {dose} mg")
    caption = caption.format(days=DAYS, dose=f"{doses_mg()[0]:g}")
    return Table(pd.DataFrame(rows), caption=caption)

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


def accumulation_table() -> Table:
    """What each half-life implies: accumulation at steady state and at the day it was measured,
    days to nine tenths.
    """
    facts, interval = load_facts(), interval_hours()
    _reported, doses = published_accumulation()
    implied = facts["pharmacology.half_life.from_clearance_and_volume"]
    rows: list[tuple[str, float, str | Ref]] = [
        (label, f.number, ref(f, "bare"))
        for name, label in HALF_LIVES.items()
        for f in [facts[f"pharmacology.half_life.{name}"]]
    ]
    rows += [
        (_("Implied by clearance and volume"), implied.number, ref(implied, "bare")),
        (
            _("Implied by the published accumulation"),
            build_up_half_life(),
            numbers.number(build_up_half_life(), 1),
        ),
    ]
    frame = pd.DataFrame(
        [
            {
                _("Half-life from"): label,
                _("Hours"): shown,
                _("At steady state, fold"): numbers.number(
                    pharmacokinetics.accumulation_ratio(hours, interval), 1
                ),
                _("By day {day}, fold").format(day=doses): numbers.number(
                    pharmacokinetics.accumulation_after(doses, hours, interval), 1
                ),
                _("Nine tenths by day"): numbers.number(
                    pharmacokinetics.hours_to_fraction(SETTLED, hours) / 24, 1
                ),
            }
            for label, hours, shown in rows
        ]
    )
    return Table(
        frame, caption=_("Accumulation and time to steady state that each half-life implies")
    )


def trial_dose_table() -> Table:
    """Reductions, stops and the median average dose in CABINET, by cohort."""
    facts = load_facts()
    rows = {
        _("Dose reduced"): "dose_reduction",
        _("Stopped for an adverse event"): "discontinuation",
        _("Median average daily dose"): "daily_dose",
        _("Median time on treatment"): "duration",
    }

    def cell(cohort: str, measure: str) -> Ref:
        fact = facts[f"cabinet.exposure.{cohort}.cabozantinib.{measure}"]
        return Ref(fact.id, _("not found")) if fact.status == "unknown" else ref(fact)

    return Table(
        pd.DataFrame(
            [
                {_("Cabozantinib arm"): label} | {name: cell(c, m) for c, name in COHORTS.items()}
                for label, m in rows.items()
            ]
        ),
        caption=_("Dose in CABINET, publication set"),
    )


def regimen_table() -> Table:
    """Regimens of our own over twelve weeks: average dose, level at the end, lowest daily average
    after the change.
    """
    full, first, second = doses_mg()
    hours = half_lives()[USED]
    throughout, reduced = (
        _("{dose:g} mg throughout"),
        _("{dose:g} mg, {lower:g} mg after day {day}"),
    )
    paused = _("the same with {days} days’ pause between").format(days=PAUSE_DAYS)
    regimens = {
        throughout.format(dose=full): (full, DAYS, 0, full),
        reduced.format(dose=full, lower=first, day=CHANGE_DAY): (full, CHANGE_DAY, 0, first),
        paused: (full, CHANGE_DAY, PAUSE_DAYS, first),
        reduced.format(dose=full, lower=second, day=CHANGE_DAY): (full, CHANGE_DAY, 0, second),
        throughout.format(dose=first): (first, DAYS, 0, first),
    }
    rows = []
    for label, regimen in regimens.items():
        frame = exposure(*regimen, hours)
        rows.append(
            {
                _("Our examples"): label,
                _("Average, mg"): frame["dose"].mean(),
                _("Lowest after day {day}, %").format(day=CHANGE_DAY): 100
                * frame["average"].iloc[CHANGE_DAY:].min(),
                _("Day {day}, %").format(day=DAYS): 100 * frame["average"].iloc[-1],
            }
        )
    return Table(
        pd.DataFrame(rows),
        caption=_(
            "Average dose over {days} days, and level in % of the steady state on {dose:g} mg"
        ).format(days=DAYS, dose=full),
    )

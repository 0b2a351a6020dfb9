"""Numbers of the kinases, of exposure and of dose in the chapter's sentences."""

from __future__ import annotations

import numpy as np
import pandas as pd

from assessment.case.trial import pharmacokinetics
from assessment.evidence import load_facts
from assessment.evidence.provenance.traced_text import computed
from assessment.pages.mechanism.dose_regimen import CHANGE_DAY, DAYS, exposure
from assessment.pages.mechanism.exposure_facts import (
    SETTLED,
    USED,
    build_up_half_life,
    doses_mg,
    half_lives,
    interval_hours,
    panel_days,
    published_accumulation,
    settled_days,
)
from assessment.pages.mechanism.kinases import kinase_table
from assessment.presentation import numbers
from assessment.presentation.language import _


@computed
def texts() -> dict[str, str]:
    """Every computed number of the chapter's text, by its glue name."""
    interval, lives = interval_hours(), half_lives()
    kinases = kinase_table().set_index("kinase")
    return (
        _build_up_texts(interval, lives)
        | _steady_state_texts(interval, lives[USED])
        | _dose_texts(lives[USED])
        | _kinase_texts(kinases)
    )


def _kinase_texts(kinases: pd.DataFrame) -> dict[str, str]:
    """How much more strongly the strongest kinase is blocked than others."""
    facts = load_facts()
    fold, strongest = kinases["fold"], kinases["ic50"].min()
    met = kinases.loc["MET"]
    in_cells, purified = facts["pharmacology.ic50_cells.ret"], facts["pharmacology.ic50.ret"]
    return {
        "mech_fold_met": numbers.number(fold["MET"]),
        "mech_fold_met_range": numbers.interval(met["low"] / strongest, met["high"] / strongest, 0),
        "mech_fold_axl": numbers.number(fold["AXL"]),
        "mech_fold_ron": numbers.number(fold["RON"], 0),
        "mech_fold_met_axl": numbers.number(fold["AXL"] / fold["MET"], 1),
        "mech_cell_fold_ret": numbers.number(in_cells.number / purified.number),
    }


def _build_up_texts(interval: float, lives: dict[str, float]) -> dict[str, str]:
    """Accumulation and days to steady state, as published and as the half-lives imply."""
    used, doses = lives[USED], published_accumulation()[1]
    ratios = [pharmacokinetics.accumulation_ratio(h, interval) for h in lives.values()]
    days, first, last = settled_days()
    build_up = build_up_half_life()
    build_up_settled = pharmacokinetics.hours_to_fraction(SETTLED, build_up) / 24
    return {
        "mech_accumulation": numbers.number(pharmacokinetics.accumulation_ratio(used, interval), 1),
        "mech_accumulation_range": numbers.interval(min(ratios), max(ratios)),
        "mech_accumulation_day": numbers.number(
            pharmacokinetics.accumulation_after(doses, used, interval), 1
        ),
        "mech_settled": numbers.number(days, 1),
        "mech_settled_range": numbers.interval(first, last),
        "mech_settled_honest": _("{low} to {high}").format(
            low=numbers.number(build_up_settled), high=numbers.number(last)
        ),
        "mech_first_week": numbers.number(
            100 * pharmacokinetics.fraction_of_steady_state(7 * 24, used)
        ),
    } | _panel_texts(used)


def _panel_texts(used: float) -> dict[str, str]:
    """What the days to steady state that a panel stated would mean; ``used``: half-life, hours."""
    earliest, latest = panel_days()
    reached = [
        100 * pharmacokinetics.fraction_of_steady_state(24 * day, used)
        for day in (earliest, latest)
    ]
    half_lives_to_settle = pharmacokinetics.hours_to_fraction(SETTLED, 1)
    implied = [24 * day / half_lives_to_settle for day in (earliest, latest)]
    return {
        "mech_panel_days": _("{low} to {high}").format(low=earliest, high=latest),
        "mech_panel_share": numbers.interval(reached[0], reached[1], 0),
        "mech_panel_half_life": numbers.interval(implied[0], implied[1], 0),
    }


def _steady_state_texts(interval: float, used: float) -> dict[str, str]:
    """Level and swing at steady state, and what a missed dose or a week off does; ``used``:
    half-life, hours.
    """
    full = doses_mg()[0]
    clearance = load_facts()["pharmacology.clearance.smpc"].number
    rate = pharmacokinetics.elimination_rate(used)
    average = pharmacokinetics.steady_state_average(full, clearance, interval)
    return {
        "mech_average": numbers.number(average, 2),
        "mech_missed": numbers.number(-100 * np.expm1(-rate * interval)),
        "mech_half_days": numbers.number(used / 24, 1),
        "mech_week_off": numbers.number(100 * np.exp(-rate * 7 * 24)),
    }


def _dose_texts(used: float) -> dict[str, str]:
    """Doses taken in the trial against those planned, and our example of a reduction."""
    full, step = doses_mg()[:2]
    median_dose = load_facts()["cabinet.exposure.epnet.cabozantinib.daily_dose"].number
    reduced = exposure(full, CHANGE_DAY, 0, step, used)
    return {
        "mech_dose_share": numbers.number(100 * median_dose / full),
        "mech_step_up": numbers.number(100 * (full / step - 1)),
        "mech_change_day": numbers.number(CHANGE_DAY),
        "mech_reduced_average": numbers.number(reduced["dose"].mean(), 1),
        "mech_days": numbers.number(DAYS),
    }

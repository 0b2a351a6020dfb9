"""One calibration of a curve of the trial to what is printed, or its patients rebuilt where both arms
are digitised.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np

from assessment.case.trial.digitised_files import digitised_arms
from assessment.case.trial.trial import load_trial
from assessment.case.trial.trial_summaries import (
    ARM_CODE,
    STRATIFIED_SLACK,
    VISITS,
    printed,
    summaries,
)
from assessment.evidence import DATA, REFERENCES, Fact, load_facts
from assessment.survival.calibration.calibrate import calibrate
from assessment.survival.calibration.calibrated_curves import Calibrated
from assessment.survival.calibration.printed_summaries import Summaries
from assessment.survival.reconstruction import (
    FromDigitised,
    read_numbers_at_risk,
    read_points,
    reconstruct_ipd,
)


def drawn_curves(
    endpoint: str,
    group: str,
    analysis_set: str,
    seed: int,
    size: int,
    candidates: int,
    data: Path = DATA,
    references: Path = REFERENCES,
    followup_months: str = "",
) -> tuple[Calibrated | FromDigitised, Summaries, dict[str, Fact]]:
    """(draws of one calibration, or of the rebuilt patients where both arms are digitised; what was
    printed; the facts behind it). ValueError when too little is printed for a curve.
    """
    facts = printed(load_trial(analysis_set, load_facts(data, references)), endpoint, group)
    told, rng = summaries(facts), np.random.default_rng(seed)
    if followup_months:
        told = replace(told, followup_median=float(followup_months))
    files = digitised_arms(analysis_set, endpoint, group, data)
    if files is None:
        visits = VISITS[endpoint]
        draws = calibrate(told, rng, size, candidates, STRATIFIED_SLACK, visits=visits)
        return draws, told, facts
    rebuilt = {
        code: _rebuild(files[arm], told.get("events", code), told.get("n", code))
        for arm, code in ARM_CODE.items()
    }
    return FromDigitised(told, rebuilt, rng, size), told, facts


def _rebuild(files, events, n):
    found = read_points(files.points)
    if len(found) != 1:
        raise ValueError(f"{files.points.name}: {len(found)} curves. Give one file per arm.")
    table = read_numbers_at_risk(files.at_risk) if files.at_risk else None
    return reconstruct_ipd(
        next(iter(found.values())), table, int(events) if events else None, n=int(n) if n else None
    )

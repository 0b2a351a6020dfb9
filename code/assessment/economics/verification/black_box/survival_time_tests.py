"""T26–T30: how long people live at extreme settings, horizons and grids."""

from __future__ import annotations

import numpy as np

from assessment.economics.verification.black_box.common_steps import (
    TOLERANCE,
    UNDISCOUNTED,
    monthly_runs,
)
from assessment.economics.verification.framework.findings import close, holds
from assessment.economics.verification.framework.registry import PRACTICE, verification_test


@verification_test("T26", "If nobody dies, everybody lives to the horizon", PRACTICE)
def nobody_dies(case):
    """Undiscounted life years without deaths, against the horizon."""
    inputs = case.need("deathless", "the model cannot be set to no deaths")(case.model.inputs)
    runs = case.run_all(inputs, discounting=UNDISCOUNTED, mortality_floor=False)
    return [
        close(
            f"{strategy}: life years",
            runs[strategy].outcomes.life_years,
            case.model.settings.horizon_years,
            rel=1e-6,
        )
        for strategy in case.strategies
    ]


@verification_test("T27", "If everybody dies at once, nobody lives longer than a month", PRACTICE)
def everybody_dies(case):
    """Life years when all die at once."""
    runs = case.run_all(
        case.need("certain_death", "the model cannot be set to immediate death")(case.model.inputs)
    )
    return [
        holds(
            f"{strategy}: life years",
            runs[strategy].outcomes.life_years,
            "at most 1/12",
            float(runs[strategy].outcomes.life_years) <= 1 / 12,
        )
        for strategy in case.strategies
    ]


@verification_test("T28", "At hazard ratios of 1 both arms live equally long", PRACTICE)
def hazard_ratios_of_one(case):
    """Life years at hazard ratios of 1, against those of the reference strategy."""
    names = case.role("hazard_ratios", "no input is a hazard ratio")
    reference = case.need(
        "reference", "the model does not name the strategy its hazard ratios refer to"
    )
    runs = case.run(dict.fromkeys(names, 1.0))
    return [
        close(
            f"{strategy} against {reference}: life years at hazard ratios of 1",
            runs[strategy].outcomes.life_years,
            runs[reference].outcomes.life_years,
        )
        for strategy in sorted(set(names.values()))
    ]


@verification_test(
    "T29", "A longer horizon never takes life years away; a horizon near 0 leaves none", PRACTICE
)
def horizons(case):
    """Life years at four horizons, from 0.01 years to that of the base case."""
    years = case.model.settings.horizon_years
    tried = [0.01, years / 4, years / 2, years]
    runs, findings = [case.run(horizon_years=h) for h in tried], []
    for strategy in case.strategies:
        lived = [float(r[strategy].outcomes.life_years) for r in runs]
        findings.append(
            holds(
                f"{strategy}: life years at a horizon of 0.01 years",
                lived[0],
                "at most 0.01",
                lived[0] <= 0.01 + TOLERANCE,
            )
        )
        findings.append(
            holds(
                f"{strategy}: smallest gain from a longer horizon (quarter, half, whole)",
                min(np.diff(lived)),
                "0 or more",
                min(np.diff(lived)) >= -TOLERANCE,
            )
        )
    return findings


@verification_test(
    "T30", "Shorter cycles come closer to continuous time, and months are already close", PRACTICE
)
def shorter_cycles(case):
    """Relative errors of life years on months and on weeks, against continuous time."""
    findings = []
    weekly = case.remember("weekly", lambda: case.run(grid="weekly"))
    for strategy in case.strategies:
        exact, month, week = (
            float(r[strategy].outcomes.life_years) for r in (case.base, monthly_runs(case), weekly)
        )
        findings.append(
            holds(
                f"{strategy}: relative error of life years, months",
                abs(month / exact - 1),
                "at most 0.001",
                abs(month / exact - 1) < 1e-3,
            )
        )
        findings.append(
            holds(
                f"{strategy}: relative error, weeks",
                abs(week / exact - 1),
                "at most a quarter of that, or below 10⁻⁷",
                abs(week / exact - 1) < max(abs(month / exact - 1) / 4, 1e-7),
            )
        )
    return findings

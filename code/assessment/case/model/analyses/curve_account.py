"""What the model's curves come to, beside what is printed: medians, hazard ratio, life expectancy, the
share alive after years, and the same for each family of curves alone.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from scipy.optimize import brentq

from assessment.case.model.curves.base_case_checks import model_median, printed_medians
from assessment.case.model.curves.strategy_occupancy import StrategyOccupancy, expected_occupancy
from assessment.case.model.curves.thinned_draws import NoCurve, thinned_draws
from assessment.case.model.inputs.settings import CONTROL, FAMILIES, TREATED, Settings
from assessment.economics.time.discounting import constant_discounting
from assessment.survival.calibration.prior import FAMILY_WEIGHT

LANDMARK_YEARS = (2.0, 5.0, 10.0)
RATIOS = (0.3, 3.0)  # between which a hazard ratio for life is looked for
TOLERANCE = 5e-4


@dataclass(frozen=True, eq=False)
class ArmCourse:
    """One arm's survival: expected years of life, undiscounted, and the share alive at
    LANDMARK_YEARS.
    """

    years: float
    alive: tuple[float, ...]


@dataclass(frozen=True, eq=False)
class CurveAccount:
    """The curves of a cohort's base case. Arms by their id.

    ``medians``: {(endpoint, arm): (printed, the model's)}, months; printed None where it is not.
    ``ratio_for_life``: the hazard ratio of death, constant for life on the control arm's curve, that
    gives the life years gained. ``course``: {arm: its survival}. ``by_family``: {family: {arm: the
    survival of that family's draws alone}}. ``prior``, ``weight``: of each family, before the
    printed numbers and in the draws. ``effective``: share of the draws of survival that count.
    """

    medians: dict[tuple[str, str], tuple[float | None, float]]
    ratio_for_life: float
    course: dict[str, ArmCourse]
    by_family: dict[str, dict[str, ArmCourse]]
    prior: dict[str, float]
    weight: dict[str, float]
    effective: float
    met: dict[str, str]


def curve_account(settings: Settings) -> CurveAccount:
    """The account of a run's curves. ``settings``: against the control arm."""
    table, draws = (
        expected_occupancy(settings),
        thinned_draws("os", settings.cohort, settings.analysis_set).draws,
    )
    medians = {}
    for endpoint in ("pfs", "os"):
        known = printed_medians(settings, endpoint)
        for arm in (TREATED, CONTROL):
            medians[endpoint, arm] = (known.get(arm), model_median(settings, endpoint, arm))
    by_family = {}
    for family in FAMILIES:
        try:
            by_family[family] = _courses(expected_occupancy(replace(settings, family=family)))
        except NoCurve:
            continue
    names, rows = draws.names, draws.rows(settings.curve_draws)
    return CurveAccount(
        medians,
        ratio_for_life(settings),
        _courses(table),
        by_family,
        dict(FAMILY_WEIGHT),
        {family: float(np.mean(names[rows] == family)) for family in FAMILIES},
        draws.effective / names.size,
        draws.met,
    )


def ratio_for_life(settings: Settings) -> float:
    """Hazard ratio of death, constant for life on the comparator's curve, that gives the discounted
    life years of the treated.
    """

    def years(run: Settings) -> float:
        table = expected_occupancy(run)
        return float(table.expected(TREATED).alive @ table.grid.weights(run.rates()))

    asked = years(settings)
    found = brentq(
        lambda ratio: years(replace(settings, survival_effect=ratio)) - asked,
        *RATIOS,
        xtol=TOLERANCE,
    )
    return float(found)


def _courses(table: StrategyOccupancy) -> dict[str, ArmCourse]:
    weights, times = table.grid.weights(constant_discounting(0.0)), table.grid.times_years
    found = {}
    for arm in (TREATED, CONTROL):
        alive = table.expected(arm).alive
        shares = np.interp(LANDMARK_YEARS, times, alive)
        found[arm] = ArmCourse(float(alive @ weights), tuple(map(float, shares)))
    return found

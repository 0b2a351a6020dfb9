"""Everything the live explorer needs: for each choice of curves a few integrals, from which all
results follow by plain arithmetic.

The model is linear in occupancy, so with the curves, the discounting and the age chosen, life
years, QALYs, costs and budget are sums of these integrals times prices, utilities and unit costs.
The sums are in ``explorer_closed_form``, and in the website's script for the reader's browser.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from assessment.case.model.analyses.adoption_budget import YEARS
from assessment.case.model.costs.crossover_share import crossover_share
from assessment.case.model.costs.health_values import utilities
from assessment.case.model.curves.strategy_occupancy import expected_occupancy
from assessment.case.model.curves.thinned_draws import NoCurve
from assessment.case.model.curves.time_on_treatment import with_treatment
from assessment.case.model.inputs.cohort_shares import cohort_shares
from assessment.case.model.inputs.model_inputs import (
    base_values,
    fraction,
    limits,
    model_inputs,
)
from assessment.case.model.inputs.settings import (
    CONTROL,
    FAMILIES,
    SURVIVAL_EFFECTS,
    TREATED,
    Settings,
)
from assessment.economics.model.budget_impact import item_cost_by_lag
from assessment.economics.model.outcomes import CostItem
from assessment.economics.model.partitioned_survival import Occupancy
from assessment.economics.time.discounting import constant_discounting
from assessment.evidence import load_facts
from assessment.evidence.provenance.result_cache import cached_result

ARMS = (TREATED, CONTROL)  # in the order of ROLES
RATIOS = tuple(round(0.40 + 0.02 * k, 2) for k in range(51))
# Order of the numbers of one arm; the lags are five numbers each.
NUMBERS = (
    "free",
    "progressed",
    "free_weighted",
    "progressed_weighted",
    "leaving",
    "deaths",
    "treated",
    "free_undiscounted",
    "progressed_undiscounted",
    "crossed",
)
LAGS = ("start", "free", "alive", "leaving", "deaths", "treated")
UNIT_ITEMS = [
    CostItem("start", "start", 1.0),
    CostItem("free", "progression-free", 1.0),
    CostItem("alive", "alive", 1.0),
    CostItem("leaving", "leaving progression-free", 1.0),
    CostItem("deaths", "death", 1.0),
    CostItem("treated", "on treatment", 1.0),
]
DIGITS = 8


def choices() -> dict[str, dict[str, Any]]:
    """Settings to change by the name of the choice: named effects for all families and each, and
    hazard ratios for all families together.
    """
    # All effects of a family follow each other: the curves last evaluated are kept.
    named = {
        f"{effect}|{family or 'all'}": {"survival_effect": effect, "family": family}
        for family in (None, *FAMILIES)
        for effect in SURVIVAL_EFFECTS
    }
    return named | {f"{ratio:.2f}|all": {"survival_effect": ratio} for ratio in RATIOS}


def integrals(settings: Settings) -> dict[str, dict[str, Any]]:
    """Arm → {name in NUMBERS: years or events, discounted unless it says otherwise, and "crossed",
    the share charged a course of the drug after progression; "lags": {name in LAGS: per starter by
    calendar year}}.
    """
    table, rates, none = expected_occupancy(settings), settings.rates(), constant_discounting(0.0)
    inputs = {
        name: np.asarray(value)
        for name, value in base_values(model_inputs(settings.cohort)).items()
    }
    fall = utilities(inputs, settings).rate_at
    weights = {
        "": table.grid.weights(rates),
        "_weighted": table.grid.weights(rates, fall),
        "_undiscounted": table.grid.weights(none, fall),
    }
    by_arm = {}
    for arm in ARMS:
        occupancy = with_treatment(arm, table.expected(arm), inputs, settings)
        crossed = crossover_share(settings) if arm == CONTROL else 0.0
        numbers = _numbers(occupancy, weights, table.grid.death_weights(rates))
        by_arm[arm] = numbers | {"crossed": _short(crossed), "lags": _lags(occupancy)}
    return by_arm


def _numbers(
    at: Occupancy, weights: dict[str, np.ndarray], death_weights: tuple[float, np.ndarray]
) -> dict[str, Any]:
    """Years and events of one arm by name in NUMBERS; ``weights`` by the ending of the name."""
    constant, ends = death_weights
    on_treatment = np.asarray(at.on_treatment)
    numbers = {f"free{ending}": at.progression_free @ w for ending, w in weights.items()} | {
        f"progressed{ending}": (at.alive - at.progression_free) @ w for ending, w in weights.items()
    }
    numbers |= {
        "leaving": constant + at.progression_free @ ends,
        "deaths": constant + at.alive @ ends,
        "treated": on_treatment @ weights[""],
    }
    return {name: _short(number) for name, number in numbers.items()}


def _lags(at: Occupancy) -> dict[str, list[float]]:
    """Years and events per starter by calendar year, by name in LAGS."""
    by_lag = item_cost_by_lag(at, UNIT_ITEMS)
    return {name: [_short(v) for v in np.ravel(by_lag[name][..., :YEARS])] for name in LAGS}


def _short(value) -> float:
    return float(f"{float(value):.{DIGITS}g}")


@cached_result(maxsize=4, disk=True)
def all_integrals(cohort: str) -> dict[str, dict]:
    """Choice → ``integrals``; choices that the printed results do not allow are left out. Kept on
    disk.
    """
    made: dict[str, dict] = {}
    for name, changed in choices().items():
        try:
            made[name] = integrals(replace(Settings(cohort), **changed))
        except NoCurve:
            continue
    return made


def budget_inputs(cohort: str) -> dict[str, Any]:
    """Expected patients of a cohort a year, uptake by year, and the tax on drugs: means of what
    ``adoption_budget`` draws.
    """
    facts = load_facts()
    fewest, most = limits(facts["norway.patients.eligible.n"])
    share = float(cohort_shares(fraction)[cohort])
    return {
        "patients": (fewest + most) / 2 * share,
        "uptake": [
            fraction(facts[f"economics.adoption.uptake.y{year}"]) for year in range(1, YEARS + 1)
        ],
        "tax": fraction(facts["economics.markup.vat.percent"]),
    }

"""The model's expected curves as numbers: for every way of reading survival that a scenario asks for,
month by month and, for the rate of stopping, at the nodes of continuous time.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from assessment.case.model.costs.cost_items import costs_incomplete
from assessment.case.model.curves.strategy_occupancy import StrategyOccupancy, expected_occupancy
from assessment.case.model.curves.thinned_draws import NoCurve
from assessment.case.model.inputs.settings import CONTROL, TREATED, Settings
from assessment.case.model.scenarios.comparator_scenarios import connected_comparators
from assessment.case.model.scenarios.scenario_runs import Scenario, scenarios
from assessment.economics.time.discounting import constant_discounting
from assessment.evidence.provenance.result_cache import cached_result

# settings that change the curves; a comparator only with a ratio of death
CURVE_SETTINGS = (
    *("analysis_set", "survival_effect", "family", "mortality_floor", "waning", "curves", "tail"),
    *("followup_months", "age_years", "comparator_death_ratio"),
)


@dataclass(frozen=True, eq=False)
class CurveSet:
    """Expected curves under one choice of settings (``changed``; empty in the base case).

    ``months``: {strategy: (share without progression, share alive)} at months 0, 1, … to the end of
    the life table. ``node_years``, ``node_weights``: nodes of continuous time over a lifetime and
    their weights in years; ``at_nodes``: {strategy: share without progression} there.
    """

    changed: Mapping[str, Any]
    months: Mapping[str, tuple[np.ndarray, np.ndarray]]
    node_years: np.ndarray
    node_weights: np.ndarray
    at_nodes: Mapping[str, np.ndarray]


@cached_result(maxsize=8)
def strategies(cohort: str) -> tuple[str, ...]:
    """The drug, the control arm, then the drugs with a price that a trial connects to the cohort."""
    others = (
        name
        for name in connected_comparators(cohort)
        if not costs_incomplete(Settings(cohort, comparator=name))
    )
    return TREATED, CONTROL, *others


def curve_changes(scenario: Scenario) -> dict[str, Any]:
    """The settings of a scenario that change curves."""
    changed = {k: v for k, v in scenario.settings.items() if k in CURVE_SETTINGS}
    if "comparator_death_ratio" in changed:
        changed["comparator"] = scenario.settings["comparator"]
    return changed


@cached_result(maxsize=4, disk=True)
def curve_sets(cohort: str) -> tuple[CurveSet, ...]:
    """Every different set of curves that the scenarios of a cohort ask for, the base case's first;
    those that the printed results do not allow are left out.
    """
    found: list[CurveSet] = []
    for scenario in scenarios(cohort):
        changed = curve_changes(scenario)
        if all(changed != one.changed for one in found):
            try:
                found.append(_curve_set(cohort, changed))
            except NoCurve:
                continue
    return tuple(found)


def set_number(cohort: str, scenario: Scenario) -> int | None:
    """The number of a scenario's curves, counted from 1; None where there are none."""
    changed = curve_changes(scenario)
    return next(
        (n for n, one in enumerate(curve_sets(cohort), 1) if one.changed == changed),
        None,
    )


def settings_of(cohort: str, changed: Mapping[str, Any], strategy: str) -> Settings:
    """Settings under which a strategy is run: a ratio of death holds for its own comparator only."""
    comparator = CONTROL if strategy == TREATED else strategy
    kept = {k: v for k, v in changed.items() if k != "comparator"}
    if changed.get("comparator", comparator) != comparator:
        kept.pop("comparator_death_ratio", None)
    return replace(Settings(cohort), **kept, comparator=comparator)


def _curve_set(cohort: str, changed: Mapping[str, Any]) -> CurveSet:
    months: dict[str, tuple[np.ndarray, np.ndarray]] = {}
    at_nodes: dict[str, np.ndarray] = {}
    base = expected_occupancy(settings_of(cohort, changed, CONTROL))
    for strategy in strategies(cohort):
        settings = settings_of(cohort, changed, strategy)
        try:
            lifetime = expected_occupancy(settings)
        except NoCurve:
            continue
        if not _same_drug(lifetime, base):
            continue  # what the drug does depends on the comparator: no trace of its own fits both
        at = expected_occupancy(replace(settings, grid="monthly")).expected(strategy)
        months[strategy] = at.progression_free, at.alive
        if strategy != CONTROL:
            at_nodes[strategy] = lifetime.expected(strategy).progression_free
    weights = base.grid.weights(constant_discounting(0.0))
    return CurveSet(dict(changed), months, base.grid.times_years, weights, at_nodes)


def _same_drug(table: StrategyOccupancy, other: StrategyOccupancy) -> bool:
    one, two = table.expected(TREATED), other.expected(TREATED)
    return bool(
        np.array_equal(one.progression_free, two.progression_free)
        and np.array_equal(one.alive, two.alive)
    )

"""The runs of the Norwegian model that pages show, each done once with the facts it
read and kept on disk.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from assessment.case.model.analyses.adoption_budget import AdoptionBudget, adoption_budget
from assessment.case.model.analyses.comparator_severity import Severity, severity_of
from assessment.case.model.analyses.curve_account import CurveAccount, curve_account
from assessment.case.model.analyses.probabilistic import (
    Draws,
    probabilistic,
)
from assessment.case.model.costs.cost_utility import Results, run_model
from assessment.case.model.curves.base_case_checks import capped_share, check_base_case
from assessment.case.model.curves.paired_draws import selected_draws
from assessment.case.model.curves.strategy_occupancy import (
    before_cap,
    frame_of,
    strategy_occupancy,
)
from assessment.case.model.curves.thinned_draws import thinned_draws
from assessment.case.model.inputs.settings import TREATED, Settings
from assessment.case.model.scenarios.scenario_runs import Outcome, Scenario, run_scenario, scenarios
from assessment.case.model.scenarios.scenario_runs import tornado as one_way
from assessment.economics.analysis.acceptability import Acceptability, acceptability
from assessment.economics.analysis.cost_effectiveness import Increment
from assessment.economics.time.discounting import constant_discounting
from assessment.evidence.provenance.result_cache import cached_result

HIGHEST_THRESHOLD_NOK, STEP_NOK = 6_000_000, 50_000
# hazard ratios of death shown against the price
RATIOS = tuple(round(0.4 + 0.1 * k, 1) for k in range(11))


@cached_result(maxsize=4, disk=True)
def base(cohort: str) -> Results:
    """The base case in expected values. ValueError where its curves are not fit for one."""
    check_base_case(Settings(cohort))
    return run_model(settings=Settings(cohort))


@cached_result(maxsize=4, disk=True)
def curves_of_base(cohort: str) -> CurveAccount:
    """What the curves of the base case come to, beside what is printed."""
    return curve_account(Settings(cohort))


@cached_result(maxsize=4)
def severity(cohort: str) -> Severity:
    """Severity of the base case."""
    return severity_of(base(cohort))


@dataclass(frozen=True, eq=False)
class Course:
    """What the curves of the base case come to, expected over their draws: shares by arm at
    ``times_years``.

    ``capped_years``: mean undiscounted years by which the treated arm's PFS was cut where it exceeded
    OS.
    """

    times_years: np.ndarray
    progression_free: dict[str, np.ndarray]
    alive: dict[str, np.ndarray]
    capped_years: float


@cached_result(maxsize=4, disk=True)
def course(cohort: str) -> Course:
    """Occupancy of both arms over time."""
    settings = Settings(cohort)
    table = strategy_occupancy(settings)
    uncapped = before_cap(selected_draws("pfs", settings)[0]["t"], frame_of(settings))
    cut = (uncapped - table.occupancy[TREATED].progression_free) @ table.grid.weights(
        constant_discounting(0.0)
    )
    free, alive = (
        {arm: getattr(at, name).mean(axis=0) for arm, at in table.occupancy.items()}
        for name in ("progression_free", "alive")
    )
    return Course(table.grid.times_years, free, alive, float(cut.mean()))


@cached_result(maxsize=4, disk=True)
def capped(cohort: str) -> float:
    """Share of the gain in time without progression that capping it at survival takes."""
    return capped_share(Settings(cohort))


# Whose draws leave an error in the years of life gained, by where the gain comes from. None, or a
# hazard ratio on the comparator's curve, leaves next to none.
GAIN_FROM = {"observed": "os", "without crossover": "os", "progression gain kept": "pfs"}


@cached_result(maxsize=4, disk=True)
def _gain_errors(cohort: str) -> dict[str, float]:
    return {
        effect: thinned_draws(endpoint, cohort, Settings(cohort).analysis_set).gain_standard_error
        for effect, endpoint in GAIN_FROM.items()
    }


def gain_error(cohort: str, effect: str | float = "observed") -> float:
    """Monte Carlo standard error of the years of life gained, under a ``survival_effect`` of
    ``Settings``.
    """
    return _gain_errors(cohort).get(effect, 0.0)


@cached_result(maxsize=4, disk=True)
def draws(cohort: str) -> Draws:
    """The probabilistic base case."""
    return probabilistic(Settings(cohort))


@cached_result(maxsize=4, disk=True)
def scenario_outcomes(cohort: str) -> tuple[Outcome, ...]:
    """Every scenario of a cohort, the base case first."""
    # Those with other curves last: the curves last evaluated are kept.
    listed = scenarios(cohort)
    done = {scenario.id: run_scenario(cohort, scenario) for scenario in sorted(listed, key=_curves)}
    return tuple(done[scenario.id] for scenario in listed)


def _curves(scenario: Scenario) -> bool:
    """Whether a scenario has curves of its own."""
    return not {"family", "analysis_set"}.isdisjoint(scenario.settings)


@cached_result(maxsize=4, disk=True)
def by_effect(cohort: str) -> dict[str, Increment]:
    """Cost and QALYs gained if nothing, or all, of the gain in time without progression becomes
    life.
    """
    return {
        effect: run_model(settings=Settings(cohort, survival_effect=effect)).increment
        for effect in ("none", "progression gain kept")
    }


@cached_result(maxsize=4, disk=True)
def by_hazard_ratio(cohort: str) -> tuple[tuple[float, float, float], ...]:
    """(QALYs gained, added cost without the drug in NOK, packs) for each of RATIOS, a hazard ratio
    of death for life.
    """

    def at_ratio(ratio: float) -> tuple[float, float, float]:
        results = run_model(settings=Settings(cohort, survival_effect=ratio))
        packs = float(results.packs_bought)
        return (
            float(results.increment.effect),
            float(results.increment.cost) - packs * float(results.price_per_pack_nok),
            packs,
        )

    return tuple(at_ratio(ratio) for ratio in RATIOS)


@cached_result(maxsize=4, disk=True)
def tornado(cohort: str) -> pd.DataFrame:
    """One-way analysis of net monetary benefit at the cohort's own reference value, widest first;
    columns as ``scenarios.tornado``.
    """
    return one_way(Settings(cohort), severity(cohort).reference_nok_per_qaly)


@cached_result(maxsize=1, disk=True)
def budget() -> AdoptionBudget:
    """The budget of adoption, both cohorts together."""
    return adoption_budget()


@cached_result(maxsize=4)
def certainty(cohort: str) -> Acceptability:
    """Acceptability and value of perfect information from 0 to HIGHEST_THRESHOLD_NOK a QALY."""
    drawn = draws(cohort)
    return acceptability(drawn.costs, drawn.qalys, thresholds())


def thresholds() -> np.ndarray:
    """NOK per QALY at which uncertainty is shown."""
    return np.arange(0, HIGHEST_THRESHOLD_NOK + 1, STEP_NOK, dtype=float)

"""What more knowledge would be worth: of single inputs, of groups of them, and of two studies."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from assessment.case.model.analyses.probabilistic import CURVES, Draws
from assessment.case.model.curves.strategy_occupancy import strategy_occupancy
from assessment.case.model.inputs.model_inputs import model_inputs
from assessment.case.model.inputs.settings import TREATED
from assessment.economics.analysis.value_of_information import (
    InformationValue,
    evppi_table,
    evsi,
)
from assessment.economics.time.discounting import constant_discounting
from assessment.evidence import load_facts

LANDMARK_YEARS = 4.0  # at which the studies are taken to compare survival


def information_table(draws: Draws, thresholds) -> pd.DataFrame:
    """EVPPI of every input alone and of groups, per patient, NOK; columns as
    ``information.evppi_table``. Groups: curves, and the groups of the inputs.
    """
    return evppi_table(
        draws.costs, draws.qalys, dict(draws.inputs), thresholds, information_groups(draws)
    )


def information_groups(draws: Draws) -> dict[str, list[str]]:
    """{group: names of the inputs in it}: the curves, and the groups of the inputs that vary."""
    groups = {"both curves": list(CURVES.values())}
    for name, known in model_inputs(draws.settings.cohort).items():
        if name in draws.inputs:
            groups.setdefault(f"all {known.group}", []).append(name)
    return {name: members for name, members in groups.items() if len(members) > 1}


def study_values(draws: Draws, thresholds, rng: np.random.Generator) -> dict[str, InformationValue]:
    """EVSI per patient, NOK, of the studies of ``simulated_studies``, at each of ``thresholds``."""
    return {
        name: evsi(draws.costs, draws.qalys, reported, thresholds)
        for name, reported in simulated_studies(draws, rng).items()
    }


def simulated_studies(draws: Draws, rng: np.random.Generator) -> Mapping[str, np.ndarray]:
    """What two studies would report if a draw were the truth, for every draw: "trial", a comparative
    trial without crossover, and "registry", follow-up of treated Norwegian patients.

    The trial reports a log hazard ratio of death with standard error 2 / √deaths (Schoenfeld 1981,
    equal arms). The registry reports survival at LANDMARK_YEARS with its binomial error, mean time
    on treatment and mean utility before progression with theirs. Sizes are assumptions.
    """
    facts, table = load_facts(), strategy_occupancy(draws.settings)
    place = int(np.argmin(np.abs(table.grid.times_years - LANDMARK_YEARS)))
    treated, other = (
        np.clip(table.occupancy[name].alive[draws.rows, place], 1e-9, 1 - 1e-9)
        for name in draws.strategies
    )
    n, deaths = (
        facts["economics.study.registry.patients"].number,
        facts["economics.study.trial.deaths"].number,
    )
    log_ratio = np.log(np.log(treated) / np.log(other))
    trial = log_ratio + 2 / np.sqrt(deaths) * rng.standard_normal(log_ratio.size)
    years = table.occupancy[TREATED].progression_free[draws.rows] @ table.grid.weights(
        constant_discounting(0.0)
    )
    alive = rng.binomial(int(n), treated) / n
    registry = np.stack(
        [
            alive,
            np.log(years) + rng.standard_normal(years.size) / np.sqrt(n),
            draws.inputs["utility_progression_free"]
            + facts["economics.study.registry.utility_sd"].number
            / np.sqrt(n)
            * rng.standard_normal(years.size),
        ],
        axis=1,
    )
    return {"trial": trial, "registry": registry}

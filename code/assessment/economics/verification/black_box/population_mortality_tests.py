"""T12, T13, T45: without disease people live as the life table says, and never longer."""

from __future__ import annotations

import numpy as np

from assessment.economics.verification.black_box.common_steps import UNDISCOUNTED
from assessment.economics.verification.framework.findings import NotApplicable, close, holds
from assessment.economics.verification.framework.registry import (
    DASBACH,
    PRACTICE,
    verification_test,
)


def population_survival(mortality, times):
    """Survival of the general population at each time, year by year from the life table's rates, by
    a route of its own.
    """
    table = dict(
        zip(
            mortality.life_table["age"].astype(int),
            mortality.life_table["death_probability"].astype(float),
        )
    )
    last = max(table)
    out = []
    for t in times:
        age, end, survival = mortality.age_years, mortality.age_years + t, 1.0
        while age < end - 1e-12:
            until = min(np.floor(age + 1e-12) + 1, end)
            survival *= (1 - min(table[min(int(np.floor(age + 1e-12)), last)], 1 - 1e-9)) ** (
                until - age
            )
            age = until
        out.append(survival)
    return np.array(out)


def _population_grid(mortality, horizon):
    birthdays = mortality.breaks_years(horizon)
    edges = np.unique(np.concatenate([[0.0], birthdays, [horizon]]))
    x, w = np.polynomial.legendre.leggauss(8)
    t = (edges[:-1] + edges[1:])[:, None] / 2 + np.diff(edges)[:, None] / 2 * x
    return t.ravel(), (np.diff(edges)[:, None] / 2 * w).ravel()


def _healthy(case):
    mortality = case.need("mortality", "the model has no general-population mortality")
    return mortality, case.need(
        "healthy", "the model cannot be set to general-population deaths alone"
    )(case.model.inputs)


@verification_test(
    "T12",
    "Without disease, discounting and loss of utility the cohort lives as the life table says",
    DASBACH,
)
def life_expectancy(case):
    """Undiscounted life years of a healthy cohort, against the life table integrated by itself."""
    mortality, inputs = _healthy(case)
    t, w = _population_grid(mortality, case.model.settings.horizon_years)
    wanted = float(population_survival(mortality, t) @ w)
    runs = case.run_all(inputs, discounting=UNDISCOUNTED, mortality_floor=True)
    return [
        close(
            f"{strategy}: life years up to the horizon",
            runs[strategy].outcomes.undiscounted_life_years,
            wanted,
            rel=1e-6,
        )
        for strategy in case.strategies
    ]


@verification_test(
    "T13",
    "Without disease the cohort has the quality-adjusted life expectancy of the population",
    DASBACH,
)
def quality_adjusted_life_expectancy(case):
    """Undiscounted QALYs of a healthy cohort, against life table times utility weights by age."""
    mortality, inputs = _healthy(case)
    weight = case.need("age_weight", "the model gives no utility weights by age")
    changed = {
        **inputs,
        **dict.fromkeys(case.role("utilities", "no input is a utility"), 1.0),
        **dict.fromkeys(case.model.roles.disutilities, 0.0),
    }
    runs = case.run_all(changed, discounting=UNDISCOUNTED, mortality_floor=True, age_adjusted=True)
    t, w = _population_grid(mortality, case.model.settings.horizon_years)
    wanted = float((population_survival(mortality, t) * weight(t)) @ w)
    return [
        close(
            f"{strategy}: QALYs up to the horizon, utility 1 at the start",
            runs[strategy].outcomes.qalys,
            wanted,
            rel=1e-3,
        )
        for strategy in case.strategies
    ]


@verification_test(
    "T45", "The hazard of death is never below that of the general population", PRACTICE
)
def mortality_floor(case):
    """Monthly survival of those alive, base and draws, against that of the population."""
    mortality = case.need("mortality", "the model has no general-population mortality")
    if not case.model.settings.mortality_floor:
        raise NotApplicable("the floor is switched off in these settings")
    drawn, _ = case.psa
    findings = []
    for strategy, run in case.remember(
        "psa monthly", lambda: case.run_all(drawn, grid="monthly")
    ).items():
        at = run.occupancy
        alive = np.atleast_2d(at.alive)
        population = population_survival(mortality, at.grid.times_years)
        seen = alive[:, :-1] > 1e-12
        gap = np.where(
            seen,
            alive[:, 1:] / np.maximum(alive[:, :-1], 1e-300) - population[1:] / population[:-1],
            -1.0,
        )
        findings.append(
            holds(
                f"{strategy}: largest excess of monthly survival over the population's, base and"
                f" {case.draws} draws",
                max(gap.max(), 0.0),
                "0",
                gap.max() <= 1e-7,
            )
        )
    return findings

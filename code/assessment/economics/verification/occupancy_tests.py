"""T04, T08–T13, T26–T30, T41, T45: who is in which state, and how long people live."""

from __future__ import annotations

import numpy as np

from assessment.economics.time.discounting import constant_discounting
from assessment.economics.verification.protocol import (
    DASBACH,
    PRACTICE,
    TECH_VER,
    NotApplicable,
    close,
    holds,
    test,
)

TOLERANCE = 1e-9
UNDISCOUNTED = constant_discounting(0.0)


def monthly_runs(case):
    """Base run on monthly cycles: there every single value of occupancy is exact."""
    return case.remember("monthly", lambda: case.run(grid="monthly"))


def _broken(run) -> dict[str, np.ndarray]:
    """Per draw, by how much occupancy breaks each rule (0 or below: kept)."""
    at = run.occupancy
    pf, alive = np.atleast_2d(at.progression_free), np.atleast_2d(at.alive)
    treated = pf if at.on_treatment is None else np.atleast_2d(at.on_treatment)
    states = np.stack(np.broadcast_arrays(pf, alive - pf, 1 - alive))
    return {
        "above OS": np.maximum(pf - alive, treated - alive).max(axis=-1),
        "sum": np.abs(states.sum(axis=0) - 1).max(axis=-1),
        "negative": -states.min(axis=(0, -1)),
        "above 1": states.max(axis=(0, -1)) - 1,
        "dead falls": np.diff(alive, axis=-1).max(axis=-1),
    }


def _rule(key, words):
    def check(case):
        worst = {s: float(_broken(run)[key].max()) for s, run in monthly_runs(case).items()}
        return [
            holds(f"{s}, every month: {words}", max(w, 0.0), "0", w <= TOLERANCE)
            for s, w in worst.items()
        ]

    return check


test("T04", "Time without progression and time on treatment are never above survival", TECH_VER)(
    _rule("above OS", "largest excess over survival")
)
test("T08", "The states add up to the whole cohort at every time", TECH_VER)(
    _rule("sum", "largest difference of the sum from 1")
)
test("T09", "No state holds fewer than none", TECH_VER)(_rule("negative", "furthest below 0"))
test("T10", "No state holds more than all", TECH_VER)(_rule("above 1", "furthest above 1"))
test("T11", "The dead stay dead", TECH_VER)(_rule("dead falls", "largest rise of the living"))


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


@test(
    "T12",
    "Without disease, discounting and loss of utility the cohort lives as the life table says",
    DASBACH,
)
def life_expectancy(case):
    mortality, inputs = _healthy(case)
    t, w = _population_grid(mortality, case.model.settings.horizon_years)
    wanted = float(population_survival(mortality, t) @ w)
    runs = case.run_all(inputs, discounting=UNDISCOUNTED, mortality_floor=True)
    return [
        close(
            f"{s}: life years up to the horizon",
            runs[s].outcomes.undiscounted_life_years,
            wanted,
            rel=1e-6,
        )
        for s in case.strategies
    ]


@test(
    "T13",
    "Without disease the cohort has the quality-adjusted life expectancy of the population",
    DASBACH,
)
def quality_adjusted_life_expectancy(case):
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
            f"{s}: QALYs up to the horizon, utility 1 at the start",
            runs[s].outcomes.qalys,
            wanted,
            rel=1e-3,
        )
        for s in case.strategies
    ]


@test("T26", "If nobody dies, everybody lives to the horizon", PRACTICE)
def nobody_dies(case):
    inputs = case.need("deathless", "the model cannot be set to no deaths")(case.model.inputs)
    runs = case.run_all(inputs, discounting=UNDISCOUNTED, mortality_floor=False)
    return [
        close(
            f"{s}: life years",
            runs[s].outcomes.life_years,
            case.model.settings.horizon_years,
            rel=1e-6,
        )
        for s in case.strategies
    ]


@test("T27", "If everybody dies at once, nobody lives longer than a month", PRACTICE)
def everybody_dies(case):
    runs = case.run_all(
        case.need("certain_death", "the model cannot be set to immediate death")(case.model.inputs)
    )
    return [
        holds(
            f"{s}: life years",
            runs[s].outcomes.life_years,
            "at most 1/12",
            float(runs[s].outcomes.life_years) <= 1 / 12,
        )
        for s in case.strategies
    ]


@test("T28", "At hazard ratios of 1 both arms live equally long", PRACTICE)
def hazard_ratios_of_one(case):
    names = case.role("hazard_ratios", "no input is a hazard ratio")
    reference = case.need(
        "reference", "the model does not name the strategy its hazard ratios refer to"
    )
    runs = case.run(dict.fromkeys(names, 1.0))
    return [
        close(
            f"{s} against {reference}: life years at hazard ratios of 1",
            runs[s].outcomes.life_years,
            runs[reference].outcomes.life_years,
        )
        for s in sorted(set(names.values()))
    ]


@test("T29", "A longer horizon never takes life years away; a horizon near 0 leaves none", PRACTICE)
def horizons(case):
    years = case.model.settings.horizon_years
    tried = [0.01, years / 4, years / 2, years]
    runs, found = [case.run(horizon_years=h) for h in tried], []
    for s in case.strategies:
        lived = [float(r[s].outcomes.life_years) for r in runs]
        found.append(
            holds(
                f"{s}: life years at a horizon of 0.01 years",
                lived[0],
                "at most 0.01",
                lived[0] <= 0.01 + TOLERANCE,
            )
        )
        found.append(
            holds(
                f"{s}: smallest gain from a longer horizon (quarter, half, whole)",
                min(np.diff(lived)),
                "0 or more",
                min(np.diff(lived)) >= -TOLERANCE,
            )
        )
    return found


@test(
    "T30", "Shorter cycles come closer to continuous time, and months are already close", PRACTICE
)
def shorter_cycles(case):
    found = []
    weekly = case.remember("weekly", lambda: case.run(grid="weekly"))
    for s in case.strategies:
        exact, month, week = (
            float(r[s].outcomes.life_years) for r in (case.base, monthly_runs(case), weekly)
        )
        found.append(
            holds(
                f"{s}: relative error of life years, months",
                abs(month / exact - 1),
                "at most 0.001",
                abs(month / exact - 1) < 1e-3,
            )
        )
        found.append(
            holds(
                f"{s}: relative error, weeks",
                abs(week / exact - 1),
                "at most a quarter of that, or below 10⁻⁷",
                abs(week / exact - 1) < max(abs(month / exact - 1) / 4, 1e-7),
            )
        )
    return found


@test("T41", "No draw breaks T04 or T08 to T11", TECH_VER)
def every_draw(case):
    drawn, _ = case.psa
    found = []
    for s, run in case.remember("psa monthly", lambda: case.run_all(drawn, grid="monthly")).items():
        broken = _broken(run)
        count = int(np.sum(np.any([v > TOLERANCE for v in broken.values()], axis=0)))
        crossed = int(np.sum(run.occupancy.crossed))
        found.append(
            holds(
                f"{s}: draws out of {case.draws} that break a rule (PFS capped at OS in {crossed})",
                str(count),
                "0",
                count == 0,
            )
        )
    return found


@test("T45", "The hazard of death is never below that of the general population", PRACTICE)
def mortality_floor(case):
    mortality = case.need("mortality", "the model has no general-population mortality")
    if not case.model.settings.mortality_floor:
        raise NotApplicable("the floor is switched off in these settings")
    drawn, _ = case.psa
    found = []
    for s, run in case.remember("psa monthly", lambda: case.run_all(drawn, grid="monthly")).items():
        at = run.occupancy
        alive = np.atleast_2d(at.alive)
        population = population_survival(mortality, at.grid.times_years)
        seen = alive[:, :-1] > 1e-12
        gap = np.where(
            seen,
            alive[:, 1:] / np.maximum(alive[:, :-1], 1e-300) - population[1:] / population[:-1],
            -1.0,
        )
        found.append(
            holds(
                f"{s}: largest excess of monthly survival over the population's, base and"
                f" {case.draws} draws",
                max(gap.max(), 0.0),
                "0",
                gap.max() <= 1e-7,
            )
        )
    return found

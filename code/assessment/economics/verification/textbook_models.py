"""Textbook models, written from their published inputs and run through this package's discounting,
increments and frontier.

Cycles of a year. Inputs stand here and not among the facts: they belong to exercises and say
nothing about any patient.
"""

from __future__ import annotations

import numpy as np

from assessment.economics.analysis.cost_effectiveness import frontier, increment
from assessment.economics.time.discounting import constant_discounting

HIV_COUNTS = np.array([[1251, 350, 116, 17], [0, 731, 512, 15], [0, 0, 1312, 437]], float)
# women, per 1,000 a year, from this age
HIP_DEATHS = {35: 0.99, 45: 2.6, 55: 6.7, 65: 19.3, 75: 53.5, 85: 154.8}


def trace(start, transitions) -> np.ndarray:
    """Cohort by cycle, (cycles + 1, states), under one matrix of transition probabilities for each
    cycle; rows must add up to 1.
    """
    states = [np.asarray(start, float)]
    for number, matrix in enumerate(transitions, 1):
        matrix = np.asarray(matrix, float)
        if not (
            np.allclose(matrix.sum(axis=1), 1, atol=1e-12) and np.all((matrix >= 0) & (matrix <= 1))
        ):
            raise ValueError(
                f"cycle {number}: transition probabilities lie between 0 and 1 and add up to 1 in"
                f" each row; rows add up to {matrix.sum(axis=1).tolist()}"
            )
        states.append(states[-1] @ matrix)
    return np.array(states)


def hiv(risk_ratio: float, combination_years: int) -> tuple[float, float]:
    """(cost in pounds, life years) of zidovudine, with lamivudine in the first years. Briggs,
    Claxton & Sculpher 2006, exercise 2.5.

    20 years, counted at the ends of the years; costs at 6 %, life years undiscounted.
    """
    base = HIV_COUNTS / HIV_COUNTS.sum(axis=1, keepdims=True)

    def matrix(year):
        moves = base * (risk_ratio if year <= combination_years else 1.0)
        full = np.vstack([moves, [0, 0, 0, 1.0]])
        full[range(3), range(3)] = 0
        full[range(3), range(3)] = 1 - full[:3].sum(axis=1)
        return full

    years = np.arange(1, 21)
    alive = trace([1, 0, 0, 0], map(matrix, years))[1:, :3]
    drugs = 2278 + np.where(years <= combination_years, 2086.5, 0.0)
    cost = (alive @ [2756, 3052, 9007] + alive.sum(axis=1) * drugs) @ constant_discounting(
        0.06
    ).factor(years)
    return float(cost), float(alive.sum())


def hip_replacement(new_prosthesis: bool) -> tuple[float, float]:
    """(cost in pounds, QALYs) of a total hip replacement in a woman of 60. Briggs, Claxton &
    Sculpher 2006, exercise 3.5.

    Weibull risk of revision; 60 years, counted at the ends of the years; costs at 6 %, QALYs at 1.5
    %, the operation undiscounted.
    """
    shape, age = np.exp(0.3740968), 60
    risk = np.exp(-5.490935 - 0.0367022 * age) * (np.exp(-1.344474) if new_prosthesis else 1.0)
    surgery, again = 0.02, 0.04

    def matrix(cycle):
        death = HIP_DEATHS[max(a for a in HIP_DEATHS if a <= age + cycle)] / 1000
        revision = 1 - np.exp(risk * ((cycle - 1) ** shape - cycle**shape))
        return [
            [0, 1 - surgery, 0, 0, surgery],
            [0, 1 - revision - death, revision, 0, death],
            [0, 0, 0, 1 - surgery - death, surgery + death],
            [0, 0, again, 1 - again - death, death],
            [0, 0, 0, 0, 1],
        ]

    years = np.arange(1, 61)
    # The first cycle is the operation itself: the risk of revision starts with the year after it.
    cohort = trace([1, 0, 0, 0, 0], (matrix(c) for c in years))[1:]
    qalys = (cohort @ [0, 0.85, 0.30, 0.75, 0]) @ constant_discounting(0.015).factor(years)
    cost = (579 if new_prosthesis else 394) + (cohort @ [0, 0, 5294, 0, 0]) @ constant_discounting(
        0.06
    ).factor(years)
    return float(cost), float(qalys)


def sick_sicker(treatment_a: bool, treatment_b: bool) -> tuple[float, float]:
    """(cost in dollars, QALYs) of the time-independent Sick-Sicker model. Alarid-Escudero et al.
    2023, base-case table.

    75 years from age 25; costs and QALYs at 3 %; within-cycle correction by Simpson's 1/3 rule as
    the authors apply it.
    """

    def probability(rate):
        return 1 - np.exp(-rate)

    falls_ill, recovers, worsens = (
        probability(0.15),
        probability(0.5),
        probability(0.105 * (0.6 if treatment_b else 1.0)),
    )
    dies = probability(0.002 * np.array([1, 3, 10]))
    matrix = np.array(
        [
            [(1 - dies[0]) * (1 - falls_ill), (1 - dies[0]) * falls_ill, 0, dies[0]],
            [
                (1 - dies[1]) * recovers,
                (1 - dies[1]) * (1 - recovers - worsens),
                (1 - dies[1]) * worsens,
                dies[1],
            ],
            [0, 0, 1 - dies[2], dies[2]],
            [0, 0, 0, 1],
        ]
    )
    cohort = trace([1, 0, 0, 0], [matrix] * 75)
    simpson = np.where(np.arange(76) % 2 == 0, 4 / 3, 2 / 3)
    simpson[[0, -1]] = 1 / 3
    weights = simpson * constant_discounting(0.03).factor(np.arange(76))
    drugs = 12_000 * treatment_a + 13_000 * treatment_b
    return float(cohort @ [2000, 4000 + drugs, 15_000 + drugs, 0] @ weights), float(
        cohort @ [1, 0.95 if treatment_a else 0.75, 0.5, 0] @ weights
    )


def ratio(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Cost per unit of effect of one (cost, effect) against another."""
    return float(increment([one[0], other[0]], [one[1], other[1]]).icer)


def screening():
    """Frontier of HIV screening strategies. Paltiel et al., as in the vignette of dampack: lifetime
    cost, quality-adjusted months.
    """
    return frontier(
        ["none", "once", "every 5 years", "every 3 years", "every year"],
        [26_000, 27_000, 28_020, 28_440, 29_440],
        np.array([277.25, 277.57, 277.78, 277.83, 277.76]) / 12,
    )

"""How much better than another treatment the drug must be to be worth what it adds to the cost:
asked where the trials do not say how much better it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from assessment.case.model.costs.cost_rows import cost_rows, rows_of_role
from assessment.case.model.costs.cost_utility import Results, Strategy, run_model, utilities
from assessment.case.model.curves.strategy_occupancy import strategy_occupancy
from assessment.case.model.inputs.model_inputs import base_values, model_inputs
from assessment.case.model.inputs.settings import TREATED, Settings
from assessment.economics.time.time_grid import Grid

# Hazard ratios of progression that are tried, the drug against the other treatment.
RATIOS = np.geomspace(0.02, 5.0, 60)


@dataclass(frozen=True)
class CourseThreshold:
    """The drug against a treatment whose course costs ``course_nok``; NOK and QALYs per patient,
    discounted, survival and everything not named taken as equal.

    ``added_nok``: what the drug's course costs more, below 0 where it costs less. ``same_cost_price``:
    NOK a pack at which both cost the same, below 0 where none does. By value of a QALY in NOK:
    ``qalys_needed``, below 0 for QALYs that may be lost; ``ratio_needed``: the highest hazard ratio
    of progression that would do if all time gained without progression became life, NaN where none
    would and infinite where any would. ``most_qalys``: the most that can be gained where survival is
    equal, with no time at all without progression on the other treatment.
    """

    comparator: str
    price_kind: str
    course_nok: float
    added_nok: float
    same_cost_price: float
    qalys_needed: Mapping[float, float]
    ratio_needed: Mapping[float, float]
    most_qalys: float


def course_of(strategy: Strategy) -> float:
    """What a strategy's own drug and the visits for it cost, NOK: the items that the control arm
    does not have.
    """
    own = {row.id for row in cost_rows() if row.arm == "treated"}
    return float(sum(cost for item, cost in strategy.outcomes.cost_by_item.items() if item in own))


@dataclass(frozen=True, eq=False)
class TimeGained:
    """What time without progression on the drug is worth against that under a hazard ratio.

    ``years`` and ``weighted_years``: discounted years lost with each of RATIOS, the latter weighted
    by the fall of utility with age; ``all_weighted_years``: those lost if there is none.
    """

    years: np.ndarray
    weighted_years: np.ndarray
    all_weighted_years: float
    utility: float
    utility_loss: float
    nok_per_year: float

    def most_qalys(self) -> float:
        """QALYs gained if the other treatment leaves no time at all without progression and survival
        is equal."""
        return self.all_weighted_years * self.utility_loss

    def ratio_needed(self, added_nok: float, value: float) -> float:
        """The highest of the hazard ratios at which the net benefit is 0 or more, between them by
        straight lines."""
        gained = value * self.utility * self.weighted_years - self.nok_per_year * self.years
        benefit = gained - added_nok
        if np.all(benefit < 0):
            return float("nan")
        if np.all(benefit >= 0):
            return float("inf")
        return float(np.interp(0.0, benefit[::-1], RATIOS[::-1]))


def time_gained(cohort: str) -> TimeGained:
    """From the draws of the curve before progression on the drug."""
    settings, inputs = Settings(cohort), base_values(model_inputs(cohort))
    table = strategy_occupancy(settings)
    free = np.maximum(table.occupancy[TREATED].progression_free, 1e-300)
    mean, log = free.mean(axis=0), np.log(free)
    other = np.stack([np.exp(log / ratio).mean(axis=0) for ratio in RATIOS])
    values = {name: np.asarray(value) for name, value in inputs.items()}
    given = utilities(values, settings)
    plain, weighted = _weights(table.grid, settings, given.rate_at)
    alive = [row for row in rows_of_role("control", settings) if row.when in LIVING]
    return TimeGained(
        (mean - other) @ plain,
        (mean - other) @ weighted,
        float(mean @ weighted),
        float(given.progression_free),
        float(given.progression_free - given.progressed),
        float(sum(row.amount_nok(inputs.__getitem__) for row in alive)),
    )


LIVING = ("alive", "progression-free")  # costs that a year gained before progression brings


def _weights(grid: Grid, settings: Settings, falling) -> tuple[np.ndarray, np.ndarray]:
    return grid.weights(settings.rates()), grid.weights(settings.rates(), falling)


def course_threshold(
    treated: Results,
    time: TimeGained,
    comparator: str,
    price_kind: str,
    course_nok: float,
    values: tuple[float, ...],
) -> CourseThreshold:
    """The threshold against one treatment. ``treated``: the base case, whose drug it is."""
    own = course_of(treated.treated)
    packs, price = float(treated.treated.packs), float(treated.price_per_pack_nok)
    added = own - course_nok
    return CourseThreshold(
        comparator,
        price_kind,
        course_nok,
        added,
        price - added / packs,
        {value: added / value for value in values},
        {value: time.ratio_needed(added, value) for value in values},
        time.most_qalys(),
    )


def course_on(comparator: str, cohort: str, changed: Mapping[str, float]) -> float:
    """What a course of a drug costs that the model runs, NOK. ``changed``: inputs to replace."""
    inputs = base_values(model_inputs(cohort)) | dict(changed)
    return course_of(run_model(inputs, Settings(cohort, comparator=comparator)).comparator)

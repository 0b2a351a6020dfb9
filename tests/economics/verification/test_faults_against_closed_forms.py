"""Faults put in on purpose: each must be caught by a check against a closed form."""

import math

import numpy as np
import pytest

from assessment.economics.analysis import cost_effectiveness
from assessment.economics.model import outcomes
from assessment.economics.model import partitioned_survival as partitioned_survival_file
from assessment.economics.model.outcomes import CostItem, Utilities, evaluate
from assessment.economics.model.partitioned_survival import partitioned_survival
from assessment.economics.time import time_grid
from assessment.economics.time.discounting import constant_discounting
from assessment.economics.time.time_grid import MONTH_YEARS, continuous_grid, cycle_grid
from assessment.survival import Exponential

PFS, OS, HORIZON = 0.9, 0.3, 20.0


def failed_checks() -> list[str]:
    """Names of the checks that do not hold, for exponential curves at 4 %."""
    force = math.log(1.04)

    def area(rate, f):
        return -math.expm1(-(rate + f) * HORIZON) / (rate + f)

    four, items = (
        constant_discounting(0.04),
        [
            CostItem("drug", "progression-free", 5e5),
            CostItem("end", "death", 7e4),
        ],
    )
    at = partitioned_survival(Exponential(PFS), Exponential(OS), continuous_grid(HORIZON))
    out = evaluate(at, Utilities(0.8, 0.6), items, four)
    worse = evaluate(
        partitioned_survival(Exponential(2 * PFS), Exponential(OS), continuous_grid(HORIZON)),
        Utilities(0.8, 0.6),
        items[1:],
        four,
    )
    difference = cost_effectiveness.increment([out.cost, worse.cost], [out.qalys, worse.qalys])
    months, step = cycle_grid(HORIZON, MONTH_YEARS, "trapezoid"), math.exp(-(OS + force) / 12)
    monthly = partitioned_survival(
        Exponential(PFS), Exponential(OS), months
    ).alive @ months.weights(four)
    capped = partitioned_survival(Exponential(OS), Exponential(PFS), continuous_grid(HORIZON))
    pairs = {
        "discounted life years": (out.life_years, area(OS, force)),
        "undiscounted life years": (out.undiscounted_life_years, area(OS, 0)),
        "QALYs": (out.qalys, 0.8 * area(PFS, force) + 0.6 * (area(OS, force) - area(PFS, force))),
        "drug cost": (out.cost_by_item["drug"], 5e5 * area(PFS, force)),
        "total cost": (out.cost, 5e5 * area(PFS, force) + 7e4 * OS * area(OS, force)),
        "monthly life years": (monthly, (1 - step**240) / (1 - step) / 12 * (1 + step) / 2),
        "PFS capped at OS": (
            capped.progression_free @ continuous_grid(HORIZON).weights(four),
            area(PFS, force),
        ),
        "incremental QALYs": (difference.effect, 0.2 * (area(PFS, force) - area(2 * PFS, force))),
    }
    return [
        name
        for name, (found, wanted) in pairs.items()
        if not np.allclose(found, wanted, rtol=1e-8, atol=0)
    ]


def no_discounting(patch):
    patch.setattr(
        time_grid.Discounting, "factor", lambda self, years: np.ones_like(np.asarray(years, float))
    )


def swapped_arms(patch):
    right = cost_effectiveness.increment
    patch.setattr(cost_effectiveness, "increment", lambda c, e: right(c, e, 1, 0))


def doubled_cost(patch):
    right = outcomes.discounted_quantity
    patch.setattr(
        outcomes,
        "discounted_quantity",
        lambda item, *rest: right(item, *rest) * (2 if item.name == "end" else 1),
    )


def shifted_cycle(patch):
    right = time_grid.Discounting.factor
    patch.setattr(
        time_grid.Discounting,
        "factor",
        lambda self, years: right(self, np.asarray(years, float) + 1 / 12),
    )


def no_half_cycle(patch):
    patch.setattr(time_grid, "trapezoid_weights", lambda widths: np.append(widths, 0.0))


def no_cap(patch):
    patch.setattr(
        partitioned_survival_file,
        "capped_at",
        lambda curve, limit, grid: (curve, np.zeros(limit.shape[:-1], bool)),
    )


def swapped_utilities(patch):
    right = outcomes.evaluate
    patch.setitem(
        globals(),
        "evaluate",
        lambda at, u, *rest: right(at, Utilities(u.progressed, u.progression_free), *rest),
    )


def test_the_checks_hold_without_a_fault():
    assert failed_checks() == []


@pytest.mark.parametrize(
    "fault, caught_by",
    [
        (no_discounting, "discounted life years"),
        (swapped_arms, "incremental QALYs"),
        (doubled_cost, "total cost"),
        (shifted_cycle, "discounted life years"),
        (no_half_cycle, "monthly life years"),
        (no_cap, "PFS capped at OS"),
        (swapped_utilities, "QALYs"),
    ],
)
def test_a_fault_is_caught(fault, caught_by, monkeypatch):
    fault(monkeypatch)
    assert caught_by in failed_checks()

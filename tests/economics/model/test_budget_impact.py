"""Budget impact against closed forms and a count of single patients."""

import numpy as np
import pytest

from assessment.economics.model.budget_impact import (
    Uptake,
    budget_grid,
    budget_impact,
    cost_by_lag,
    item_cost_by_lag,
    replacing,
)
from assessment.economics.model.drug_cost import VAT_RATE, with_vat
from assessment.economics.model.outcomes import CostItem
from assessment.economics.model.partitioned_survival import partitioned_survival
from assessment.survival import Exponential, Weibull


def test_constant_rate_and_exponential_time_on_treatment_in_closed_form():
    """Cost rate c while treated, stopping at rate q: C(t) = c (1 − e^(−qt)) / q, its integral c (t
    − (1 − e^(−qt)) / q) / q.
    """
    c, q = 600_000.0, 0.8

    def integral(t):
        return c * (t - (1 - np.exp(-q * t)) / q) / q

    wanted = [integral(j + 1) - 2 * integral(j) + (integral(j - 1) if j else 0) for j in range(5)]
    assert cost_by_lag(lambda t: c * (1 - np.exp(-q * t)) / q) == pytest.approx(wanted, rel=1e-12)
    at = partitioned_survival(
        Exponential(0.5), Exponential(0.3), budget_grid(), treatment=Exponential(q)
    )
    assert item_cost_by_lag(at, [CostItem("drug", "on treatment", c)])["drug"] == pytest.approx(
        wanted, rel=1e-9
    )


def test_nobody_stops():
    """With a constant cost and nobody stopping, starters cost half a year in their first calendar
    year and a whole one in each later.
    """
    assert cost_by_lag(lambda t: 100.0 * t) == pytest.approx([50, 100, 100, 100, 100])
    found = budget_impact(
        10,
        {"new": cost_by_lag(lambda t: 100.0 * t), "old": np.zeros(5)},
        replacing("new", "old", np.ones(5)),
        Uptake({"old": 1.0}),
    )
    assert found.net == pytest.approx([10 * 100 * (y + 0.5) for y in range(5)])


def test_costs_that_fall_once():
    at = partitioned_survival(Exponential(0.9), Exponential(0.4), budget_grid())
    once = item_cost_by_lag(
        at,
        [
            CostItem("tests", "start", 3000),
            CostItem("end", "death", 70_000),
            CostItem("next", "leaving progression-free", 10),
        ],
    )
    assert once["tests"] == pytest.approx([3000, 0, 0, 0, 0], abs=1e-8)

    def dead(t):
        return t - (1 - np.exp(-0.4 * t)) / 0.4

    assert once["end"][:2] == pytest.approx(
        [70_000 * dead(1), 70_000 * (dead(2) - 2 * dead(1))], rel=1e-9
    )
    assert once["next"].sum() < 10


def test_against_a_count_of_single_patients():
    """Simulated patients: each starts at a random moment of a year, stops at a random time;
    payments are put into calendar years.
    """
    rng = np.random.default_rng(7)
    share = np.array([0.2, 0.4, 0.6, 0.6, 0.6])
    curve, rate, simulated = Weibull(1.3, 1.1), 500_000.0, 200_000
    paid = np.zeros(5)
    for year in range(5):
        begin = year + rng.random(simulated)
        end = begin + 1.1 * rng.weibull(1.3, simulated)
        for y in range(year, 5):
            paid[y] += (
                rate
                * np.clip(np.minimum(end, y + 1) - np.maximum(begin, y), 0, None).mean()
                * 60
                * share[year]
            )
    at = partitioned_survival(Exponential(0.2), Exponential(0.1), budget_grid(), treatment=curve)
    at_cap = np.abs(
        at.on_treatment - np.minimum(curve.survival(at.grid.times_years), at.alive)
    ).max()
    assert at_cap < 1e-2
    lag = cost_by_lag(lambda t: rate * curve.rmst(t))
    found = budget_impact(
        60, {"new": lag, "old": np.zeros(5)}, replacing("new", "old", share), Uptake({"old": 1.0})
    )
    assert found.net == pytest.approx(paid, rel=5e-3)


def test_draws_and_one_number_agree():
    rng = np.random.default_rng(3)
    eligible, price = rng.uniform(40, 80, 50), rng.gamma(25, 20_000, 50)
    scale = rng.uniform(0.8, 1.4, 50)

    def lag(k=slice(None)):
        return item_cost_by_lag(
            partitioned_survival(Weibull(1.1, scale[k]), Exponential(0.3), budget_grid()),
            [CostItem("drug", "progression-free", price[k])],
        )["drug"]

    many = budget_impact(
        eligible,
        {"new": lag(), "old": np.full(5, 10.0)},
        replacing("new", "old", [0.1, 0.2, 0.3, 0.4, 0.5]),
        Uptake({"old": 1.0}),
    )
    assert many.net.shape == (50, 5)
    one = budget_impact(
        eligible[7],
        {"new": lag(7), "old": np.full(5, 10.0)},
        replacing("new", "old", [0.1, 0.2, 0.3, 0.4, 0.5]),
        Uptake({"old": 1.0}),
    )
    assert one.net == pytest.approx(many.net[7], rel=1e-12)
    assert one.started["new"] == pytest.approx(eligible[7] * np.array([0.1, 0.2, 0.3, 0.4, 0.5]))


def test_without_adoption_nothing_is_added_and_vat_is_a_quarter():
    lag = {"new": np.arange(5.0), "old": np.full(5, 2.0)}
    old = Uptake({"old": 1.0})
    assert np.all(budget_impact(60, lag, old, old).net == 0)
    drug, visits = with_vat(
        [CostItem("drug", "on treatment", 100), CostItem("visits", "alive", 10)], ["drug"]
    )
    assert (drug.amount, visits.amount) == (100 * (1 + VAT_RATE), 10)


@pytest.mark.parametrize(
    "wrong, message",
    [
        (lambda: Uptake({"new": [0.5], "old": [0.4]}), "add up to 1"),
        (lambda: Uptake({"new": [1.2], "old": [-0.2]}), "add up to 1"),
        (
            lambda: budget_impact(
                -1, {"old": np.zeros(5)}, Uptake({"old": 1.0}), Uptake({"old": 1.0})
            ),
            "0 or more",
        ),
        (
            lambda: budget_impact(
                1, {"old": np.zeros(5)}, Uptake({"new": 1.0}), Uptake({"old": 1.0})
            ),
            "no costs for new",
        ),
        (lambda: with_vat([], ["drug"]), "no cost item is named drug"),
    ],
)
def test_bad_input(wrong, message):
    with pytest.raises(ValueError, match=message):
        wrong()


def test_a_budget_is_shown_by_year():
    """A cost of 100 a year per patient, nobody stops, half and then all of ten patients start."""
    found = budget_impact(
        np.array([8.0, 12.0]),  # two draws, mean 10
        {"new": cost_by_lag(lambda t: 100.0 * t, 2), "old": np.array([20.0, 0.0])},
        replacing("new", "old", [0.5, 1.0]),
        Uptake({"old": 1.0}),
    )
    shown = found.to_frame()
    assert shown.to_dict("list") == {
        "year": [1, 2],
        "starting: new": [5.0, 10.0],
        "starting: old": [5.0, 0.0],
        "with adoption: new": pytest.approx([250.0, 500.0 + 500.0]),
        "with adoption: old": [100.0, 0.0],
        "without adoption: old": [200.0, 200.0],
        "net": pytest.approx([150.0, 800.0]),
    }
    assert found._repr_html_().count("<tr") == 3

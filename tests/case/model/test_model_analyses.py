"""Draws, scenarios, severity and budget of the model."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import pytest

from assessment.case.model.analyses.adoption_budget import adoption_budget
from assessment.case.model.analyses.comparator_severity import severity_of
from assessment.case.model.analyses.probabilistic import price_distribution, probabilistic
from assessment.case.model.analyses.value_of_research import information_table, study_values
from assessment.case.model.costs.cost_utility import run_model
from assessment.case.model.inputs.model_inputs import COHORTS, base_values, bounds, model_inputs
from assessment.case.model.inputs.settings import Settings
from assessment.case.model.scenarios.scenario_runs import run_scenario, scenarios, tornado
from assessment.evidence import load_facts

FEW = 60  # draws of the curves where the number does not matter


def base(cohort="epnet"):
    return base_values(model_inputs(cohort))


def test_severity_from_the_comparator_by_hand():
    found = run_model(settings=Settings("epnet"))
    severity = severity_of(found)
    assert severity.remaining_qalys == 17.0  # DMP's table at 66
    assert severity.shortfall == round(17.0 - float(found.comparator.undiscounted_qalys), 2)
    lower, upper = {1: (0, 4), 2: (4, 8), 3: (8, 12), 4: (12, 16), 5: (16, 20), 6: (20, 99)}[
        severity.severity_class
    ]
    assert lower <= severity.shortfall < upper


def test_draws_are_the_same_whoever_runs_them():
    settings = Settings("epnet", curve_draws=FEW)
    alone = probabilistic(settings, 6_000, seed=3)
    with ThreadPoolExecutor(2) as pool:
        shared = probabilistic(settings, 6_000, seed=3, workers=pool.map)
    other = probabilistic(settings, 6_000, seed=4)
    assert (
        np.array_equal(alone.costs, shared.costs)
        and np.array_equal(alone.qalys, shared.qalys)
        and not np.array_equal(alone.costs, other.costs)
    )


def test_draws_centre_on_the_expectation_and_inform():
    settings = Settings("epnet")
    draws, expected = probabilistic(settings), run_model(settings=settings)
    for drawn, value in (
        (draws.increment.effect, float(expected.increment.effect)),
        (draws.packs, float(expected.packs_bought)),
    ):
        assert drawn.mean() == pytest.approx(
            value, abs=4 * drawn.std() / np.sqrt(drawn.size) + 0.01 * abs(value)
        )
    table = information_table(draws, [3_000_000.0]).set_index("parameter")["evppi"]
    assert (
        table["both curves"] >= table["years_gained_of_life"] * 0.98
        and table["years_gained_of_life"] > 10 * table["visit_nok"]
    )
    studies = study_values(draws, [3_000_000.0], np.random.default_rng(1))
    assert all(0 < found.value[0] < table["both curves"] for found in studies.values())


def test_price_distribution_centres_on_the_price_found():
    settings = Settings("pnet")
    draws = probabilistic(settings, 4_000)
    increment = draws.increment
    price = base("pnet")["price_per_pack_nok"]
    expected = (
        1e6 * increment.effect.mean() - increment.cost.mean() + price * draws.packs.mean()
    ) / draws.packs.mean()
    found = price_distribution(draws, 1e6)
    assert np.average(found, weights=draws.packs) == pytest.approx(expected, rel=1e-9)


@pytest.mark.slow
def test_every_scenario_runs_or_says_why():
    for cohort in COHORTS:
        listed = scenarios(cohort)
        assert len({s.id for s in listed}) == len(listed) and listed[0].id == "base"
        for scenario in listed:
            # Ages and grids need tables of their own; their settings are covered elsewhere.
            if scenario.settings.keys() & {"age_years", "grid", "horizon_years"}:
                continue
            small = replace(scenario, settings={**scenario.settings, "curve_draws": 240})
            outcome = run_scenario(cohort, small)
            assert (outcome.results is None) == bool(outcome.reason)
    assert run_scenario("epnet", next(s for s in scenarios("epnet") if s.id == "set_fda")).reason


def test_tornado_is_widest_first_and_holds_the_base():
    frame = tornado(Settings("epnet", curve_draws=200), 605_000.0)
    assert frame["width"].is_monotonic_decreasing and set(bounds(model_inputs("epnet"))) < set(
        frame["parameter"]
    )
    price = frame.set_index("parameter").loc["price_per_pack_nok"]
    packs = float(run_model(settings=Settings("epnet", curve_draws=200)).packs_bought)
    assert price["width"] == pytest.approx(packs * (105_000 - 35_000), rel=1e-9)


def test_budget_adds_up_and_follows_the_price():
    budget, dearer = adoption_budget(200), adoption_budget(200, price_per_pack_nok=140_000.0)
    assert budget.net.shape == (200, 5) and budget.net == pytest.approx(
        sum(budget.by_cohort.values())
    )
    assert dearer.drug == pytest.approx(2 * budget.drug, rel=1e-9)  # twice the assumed price
    eligible = load_facts()["norway.patients.eligible.n"]
    assert np.all(budget.started <= eligible.high) and np.all(
        np.diff(budget.started.mean(axis=0)) > 0
    )

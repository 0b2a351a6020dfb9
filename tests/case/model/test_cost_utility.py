"""The model: identities and hand reckoning."""

from dataclasses import replace

import numpy as np
import pytest

from assessment.case.model.analyses.probabilistic import (
    curve_gains,
)
from assessment.case.model.costs.cost_utility import run_model
from assessment.case.model.curves.strategy_occupancy import expected_occupancy, strategy_occupancy
from assessment.case.model.inputs.model_inputs import COHORTS, base_values, model_inputs
from assessment.case.model.inputs.settings import TREATED, Settings
from assessment.economics.model.population_health import norm_at
from assessment.economics.time.discounting import constant_discounting
from assessment.evidence import load_population_table

FEW = 60  # draws of the curves where the number does not matter


def base(cohort="epnet"):
    return base_values(model_inputs(cohort))


@pytest.mark.parametrize("cohort", COHORTS)
def test_the_expectation_is_the_mean_over_the_draws_of_the_curves(cohort):
    settings = Settings(cohort, curve_draws=FEW)
    x = base(cohort)
    each = run_model(
        {name: np.full(FEW, value) for name, value in x.items()}, settings, np.arange(FEW)
    )
    whole = run_model(x, settings)
    assert float(each.increment.cost.mean()) == pytest.approx(
        float(whole.increment.cost), rel=1e-12
    )
    assert float(each.increment.effect.mean()) == pytest.approx(
        float(whole.increment.effect), rel=1e-10
    )
    assert each.comparator.undiscounted_qalys.mean() == pytest.approx(
        float(whole.comparator.undiscounted_qalys), rel=1e-12
    )


def test_without_the_floor_the_steps_of_utility_are_still_met():
    """QALYs by the trapezoid rule in steps of a hundredth of a year, from the curves on a cycle
    grid; utilities step at birthdays.
    """
    settings = Settings(curve_draws=FEW, mortality_floor=False)
    table, x = expected_occupancy(replace(settings, grid="weekly")), base()
    t, at = table.grid.times_years, table.occupancy["placebo"]
    found = run_model(x, settings).comparator.undiscounted_qalys
    weight = norm_at(
        settings.start_age_years + (t[1:] + t[:-1]) / 2, load_population_table("hrqol-norms")
    ) / norm_at(settings.start_age_years, load_population_table("hrqol-norms"))

    def mean(state):
        return (state[0, 1:] + state[0, :-1]) / 2 * np.diff(t) * weight

    free, alive = mean(at.progression_free).sum(), mean(at.alive).sum()
    lost = (
        x["severe_events_control"]
        * x["severe_event_utility_loss"]
        * x["severe_event_weeks"]
        / (365.25 / 7)
    )
    assert found == pytest.approx(
        x["utility_progression_free"] * alive
        - x["utility_loss_progression"] * (alive - free)
        - lost,
        abs=2e-5,
    )


@pytest.mark.parametrize("cohort", COHORTS)
@pytest.mark.parametrize(
    "changed", [{}, {"crossover_paid": True}, {"vat": True}, {"comparator": "everolimus"}]
)
def test_at_the_price_found_the_net_benefit_is_zero(cohort, changed):
    settings, threshold = Settings(cohort, curve_draws=FEW, **changed), 2_500_000.0
    price = float(run_model(base(cohort), settings).price_at(threshold).price)
    again = run_model(base(cohort) | {"price_per_pack_nok": max(price, 0.0)}, settings)
    if price > 0:
        assert float(again.increment.net_monetary_benefit(threshold)) == pytest.approx(
            0, abs=1e-6 * abs(float(again.increment.cost)) + 1e-4
        )
    else:
        assert float(again.increment.net_monetary_benefit(threshold)) < 0


def test_packs_by_hand():
    settings = Settings("epnet", curve_draws=FEW, treatment_ends="progression", discounting=0.0)
    found, table = run_model(base(), settings), strategy_occupancy(settings)
    years = float(
        table.occupancy[TREATED].progression_free.mean(axis=0)
        @ table.grid.weights(constant_discounting(0.0))
    )
    # a tablet on 93 % of days, half a pack left at the end, and half a pack more of the 66 % who had
    # the dose reduced
    left = 0.5 + 0.66 * 0.5
    assert float(found.treated.packs) == pytest.approx(years * 365.25 * 0.93 / 30 + left, rel=1e-12)


def test_a_price_of_zero_is_a_price():
    found = run_model(base() | {"price_per_pack_nok": 0.0}, Settings(curve_draws=FEW))
    assert (
        float(found.treated.outcomes.cost_by_item["drug"]) == 0 and float(found.increment.cost) > 0
    )


@pytest.mark.parametrize("cohort", COHORTS)
def test_no_effect_on_survival_gains_no_life(cohort):
    found = run_model(base(cohort), Settings(cohort, survival_effect="none", curve_draws=FEW))
    assert float(found.increment_life_years.effect) == pytest.approx(0, abs=1e-12)
    # What is left of QALYs is the utility gap over the time gained without progression, less side
    # effects.
    free = float(
        found.treated.outcomes.life_years_progression_free
        - found.comparator.outcomes.life_years_progression_free
    )
    assert 0 < float(found.increment.effect) < base(cohort)["utility_loss_progression"] * free


@pytest.mark.parametrize("cohort", COHORTS)
def test_the_gain_kept_is_the_gain_in_progression_free_time(cohort):
    settings = Settings(
        cohort,
        survival_effect="progression gain kept",
        discounting=0.0,
        mortality_floor=False,
        curve_draws=FEW,
    )
    gained = {name: float(gains.mean()) for name, gains in curve_gains(settings).items()}
    # Without other deaths the whole gain in progression-free time becomes life, but for what lies
    # beyond the horizon.
    assert gained["years_gained_of_life"] == pytest.approx(
        gained["years_gained_progression_free"], rel=0.03
    )

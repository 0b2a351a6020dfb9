"""The Norwegian model: identities, hand reckoning, bad input, and what the printed results do not
allow.
"""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import pytest

from assessment.case.model.analyses.adoption_budget import adoption_budget
from assessment.case.model.analyses.comparator_severity import severity_of
from assessment.case.model.analyses.probabilistic import (
    curve_gains,
    information_table,
    price_distribution,
    probabilistic,
    study_values,
)
from assessment.case.model.analyses.scenarios import run_scenario, scenarios, tornado
from assessment.case.model.costs.cost_utility import run_model
from assessment.case.model.curves.strategy_curves import selected_draws
from assessment.case.model.curves.strategy_occupancy import expected_occupancy, strategy_occupancy
from assessment.case.model.curves.thinned_draws import NoCurve, thinned_draws
from assessment.case.model.curves.time_on_treatment import toxicity_rate
from assessment.case.model.inputs.model_inputs import COHORTS, base_values, bounds, model_inputs
from assessment.case.model.inputs.settings import TREATED, Settings
from assessment.case.verification.model_adapter import models_under_test
from assessment.economics.model.absolute_shortfall import norm_at
from assessment.economics.model.curve_draws import LARGEST_HAZARD, SelectedDraws
from assessment.economics.time.discounting import constant_discounting
from assessment.economics.time.time_grid import continuous_grid
from assessment.economics.verification import run_verification
from assessment.evidence import load_facts, load_population_table

FEW = 60  # draws of the curves where the number does not matter


def base(cohort="epnet"):
    return base_values(model_inputs(cohort))


@pytest.mark.parametrize("name", list(models_under_test()))
def test_the_battery_passes(name):
    table = run_verification({name: models_under_test()[name]})
    assert table[table["verdict"] == "failed"].empty
    # T35 needs a QALY gained: without one there is neither a ratio nor a price that meets a
    # threshold.
    assert set(table[table["verdict"] == "not applicable"]["id"]) <= {
        "T02",
        "T03",
        "T07",
        "T28",
        "T35",
        "T44",
        "T47",
    }


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


def test_values_kept_are_those_of_the_curves_themselves():
    """Asked for again, in part, with times in between and for some draws, against each draw's own
    distribution.
    """
    kept, rows = selected_draws("os", Settings(curve_draws=FEW))[0]["t"], np.arange(FEW)
    curve = SelectedDraws(kept.parts, kept.order)
    long, short = np.linspace(0.3, 480, 200), np.linspace(0.3, 480, 200)[:90]
    each = [part.draw([k]) for part in curve.parts for k in range(part.draw_shape[0])]
    for t, some in (
        (long, slice(None)),
        (short, slice(None)),
        (np.append(short, 240.5), slice(10, 40)),
        (np.linspace(1, 400, 3_000), slice(5, 8)),
        (long, slice(50, 60)),
    ):
        mine = [each[k] for k in curve.order[rows[some]]]
        total = np.concatenate([one.cumulative_hazard(t) for one in mine])
        assert curve.draws(some).cumulative_hazard(t) == pytest.approx(
            np.minimum(total, 700), rel=1e-13
        )
        assert curve.draws(some).survival(t) == pytest.approx(
            np.exp(-np.minimum(total, 700)), rel=1e-12
        )
        here = total < 700
        assert curve.draws(some).hazard(t)[here] == pytest.approx(
            np.minimum(np.concatenate([one.hazard(t) for one in mine]), LARGEST_HAZARD)[here],
            rel=1e-9,
        )


@pytest.mark.parametrize(
    "changed",
    [
        {},
        {"survival_effect": 0.7},
        {"survival_effect": "progression gain kept"},
        {"waning": True, "horizon_years": 12.0},
        {"comparator": "everolimus", "grid": "monthly", "horizon_years": 3.0},
    ],
)
def test_the_expected_table_is_the_mean_of_the_table(changed):
    settings = Settings(curve_draws=200, **changed)  # more than one block
    whole, expected = strategy_occupancy(settings), expected_occupancy(settings)
    assert whole.size == expected.size == 200
    for name, at in whole.occupancy.items():
        assert expected.occupancy[name].alive[0] == pytest.approx(at.alive.mean(axis=0), abs=1e-14)
        assert expected.occupancy[name].progression_free[0] == pytest.approx(
            at.progression_free.mean(axis=0), abs=1e-14
        )
        assert expected.occupancy[name].crossings == at.crossings


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


def test_stopping_for_side_effects_against_a_closed_form():
    # With a constant rate of progression r, the share that stops first is k / (k + r): k = share r
    # / (1 − share).
    grid = continuous_grid(60.0, np.arange(1, 60))
    for share in (0.0, 0.1, 0.31, 0.9):
        assert float(toxicity_rate(share, np.exp(-0.8 * grid.times_years), grid)) == pytest.approx(
            share * 0.8 / (1 - share), rel=1e-9, abs=1e-12
        )


def test_packs_by_hand():
    settings = Settings("epnet", curve_draws=FEW, treatment_ends="progression", discounting=0.0)
    found, table = run_model(base(), settings), strategy_occupancy(settings)
    years = float(
        table.occupancy[TREATED].progression_free.mean(axis=0)
        @ table.grid.weights(constant_discounting(0.0))
    )
    # a tablet on 93 % of days, half a pack left
    assert float(found.treated.packs) == pytest.approx(years * 365.25 * 0.93 / 30 + 0.5, rel=1e-12)


@pytest.mark.parametrize(
    "name, value, told",
    [
        ("price_per_pack_nok", -1.0, "price_per_pack_nok is 0 or more"),
        ("utility_progression_free", 75.0, "at most 1"),
        ("dosed_days_share", 93.0, "at most 1"),
        ("visit_nok", np.nan, "visit_nok must be finite"),
        ("visit_interval_treated_weeks", 0.0, "is above 0"),
        ("units_per_pack", 0.0, "is above 0"),
        ("severe_events_control", -0.1, "0 or more"),
        ("toxicity_stop_share", 1.0, "below 1"),
    ],
)
def test_bad_input_is_named(name, value, told):
    with pytest.raises(ValueError, match=told):
        run_model(base() | {name: value}, Settings(curve_draws=FEW))


def test_missing_and_unknown_inputs_and_settings_are_named():
    x = base()
    with pytest.raises(ValueError, match="missing inputs: visit_nok"):
        run_model({k: v for k, v in x.items() if k != "visit_nok"}, Settings(curve_draws=FEW))
    with pytest.raises(ValueError, match="unknown inputs: pric"):
        run_model(x | {"pric": 1.0}, Settings(curve_draws=FEW))
    for wrong, told in (
        ({"cohort": "net"}, "cohort is one of"),
        ({"survival_effect": 0.0}, "above 0"),
        ({"survival_effect": "some"}, "or one of"),
        ({"horizon_years": 0}, "above 0"),
        ({"family": "cauchy"}, "family is one of"),
        ({"discounting": "flat"}, "stepped"),
    ):
        with pytest.raises(ValueError, match=told):
            Settings(**wrong)


def test_a_price_of_zero_is_a_price():
    found = run_model(base() | {"price_per_pack_nok": 0.0}, Settings(curve_draws=FEW))
    assert (
        float(found.treated.outcomes.cost_by_item["drug"]) == 0 and float(found.increment.cost) > 0
    )


def test_what_is_not_printed_is_not_modelled():
    with pytest.raises(NoCurve, match="OS of epNET in the set 'fda'"):
        run_model(settings=Settings("epnet", "fda"))
    with pytest.raises(NoCurve, match="no trial connects cabozantinib to sunitinib"):
        run_model(settings=Settings("epnet", comparator="sunitinib"))
    assert run_model(
        settings=Settings("pnet", comparator="sunitinib", curve_draws=FEW)
    ).costs_incomplete
    assert "follow-up" in run_model(settings=Settings("pnet", "fda", curve_draws=FEW)).assumed


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


def test_library_errors_are_small_beside_the_gain_they_measure():
    # Thinning keeps the mean gain of the many draws; four calibrations apart say how exact that is.
    for cohort in COHORTS:
        for endpoint in ("pfs", "os"):
            kept = thinned_draws(endpoint, cohort, "publication")
            thinned = kept.gain_years[kept.rows(1_200)]
            assert thinned.mean() == pytest.approx(
                kept.gain_years.mean(), abs=0.02 * kept.gain_years.std()
            )
            assert kept.gain_standard_error < 0.05 * kept.gain_years.std()


def test_budget_adds_up_and_follows_the_price():
    budget, dearer = adoption_budget(200), adoption_budget(200, price_per_pack_nok=140_000.0)
    assert budget.net.shape == (200, 5) and budget.net == pytest.approx(
        sum(budget.by_cohort.values())
    )
    assert budget.expected == pytest.approx(sum(budget.expected_by_item.values()), rel=1e-9)
    assert dearer.drug == pytest.approx(2 * budget.drug, rel=1e-9)  # twice the assumed price
    eligible = load_facts()["norway.patients.eligible.n"]
    assert np.all(budget.started <= eligible.high) and np.all(
        np.diff(budget.started.mean(axis=0)) > 0
    )

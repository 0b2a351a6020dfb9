"""Choices about survival: what the account of the curves tells, crossover, tails, and the refusal of
curves that leave what is printed."""

from dataclasses import replace

import numpy as np
import pytest

from assessment.case.model.analyses.curve_account import curve_account, ratio_for_life
from assessment.case.model.costs.cost_utility import run_model
from assessment.case.model.costs.crossover_share import crossover_share
from assessment.case.model.curves import base_case_checks
from assessment.case.model.curves.outside_tail import outside_rate_per_month
from assessment.case.model.curves.paired_draws import selected_draws
from assessment.case.model.curves.strategy_curves import strategy_curves
from assessment.case.model.curves.strategy_occupancy import expected_occupancy
from assessment.case.model.inputs.model_inputs import COHORTS, base_values, model_inputs
from assessment.case.model.inputs.settings import CONTROL, TREATED, Settings
from assessment.case.model.scenarios.survival_scenarios import survival_scenarios
from assessment.evidence import load_facts

FEW = 60


@pytest.mark.parametrize("ratio", [0.7, 1.1])
def test_the_ratio_for_life_of_proportional_hazards_is_the_ratio(ratio):
    settings = Settings(curve_draws=FEW, survival_effect=ratio)
    assert ratio_for_life(settings) == pytest.approx(ratio, abs=1e-3)


def test_the_account_of_exponential_curves_is_known_in_closed_form():
    settings = Settings("pnet", curves="exponential", mortality_floor=False)
    account = curve_account(settings)
    for (endpoint, arm), (printed, ours) in account.medians.items():
        assert ours == pytest.approx(printed, rel=2e-3), (endpoint, arm)
    for arm, median in (("cabozantinib", 40.0), ("placebo", 31.1)):
        rate = 12 * np.log(2) / median
        end = settings.horizon
        assert account.course[arm].years == pytest.approx(
            (1 - np.exp(-rate * end)) / rate, rel=1e-6
        )
        assert account.course[arm].alive == pytest.approx(
            np.exp(-rate * np.array([2, 5, 10])), abs=2e-3
        )


@pytest.mark.parametrize("cohort", COHORTS)
def test_charging_crossover_adds_a_course_for_those_who_cross_and_nothing_else(cohort):
    charged = run_model(settings=Settings(cohort, curve_draws=FEW))
    unpaid = run_model(settings=Settings(cohort, curve_draws=FEW, crossover_paid=False))
    share = load_facts()[f"cabinet.crossover.{cohort}.rate"].number / 100
    table = expected_occupancy(Settings(cohort, curve_draws=FEW))
    constant, weights = table.grid.death_weights(Settings(cohort).rates())
    leaving = constant + table.expected(CONTROL).progression_free @ weights
    packs = share * float(charged.treated.packs) * float(np.squeeze(leaving))
    price = base_values(model_inputs(cohort))["price_per_pack_nok"]
    assert float(charged.comparator.packs) == pytest.approx(packs, rel=1e-9)
    assert float(charged.comparator.cost - unpaid.comparator.cost) == pytest.approx(
        packs * price, rel=1e-9
    )
    assert float(charged.comparator.qalys) == float(unpaid.comparator.qalys)
    assert float(charged.treated.cost) == float(unpaid.treated.cost)


def test_no_crossover_is_charged_where_survival_is_without_it_or_the_comparator_is_another():
    assert crossover_share(Settings()) > 0
    for changed in (
        {"survival_effect": "without crossover"},
        {"comparator": "everolimus"},
        {"crossover_paid": False},
    ):
        assert crossover_share(Settings(**changed)) == 0
    # no crossover is printed for this set, and the run says so
    results = run_model(settings=Settings(analysis_set="interim_2023", curve_draws=FEW))
    assert "crossover not charged" in results.assumed and float(results.comparator.packs) == 0


@pytest.mark.parametrize("cohort", COHORTS)
def test_in_the_outside_tail_both_arms_die_at_the_rate_of_others(cohort):
    settings = Settings(cohort, curve_draws=FEW, tail="outside")
    _free, alive, _families, assumed = strategy_curves(settings)
    late = np.array([50.0, 80.0, 200.0])
    # ln(64.0 / 35.5) over 36 months in RADIANT-3, ln 2 over 36.3 months in NETTER-1
    rate = {"pnet": np.log(64.0 / 35.5) / 36, "epnet": np.log(2) / 36.3}[cohort]
    assert outside_rate_per_month(cohort) == pytest.approx(rate, rel=1e-9)
    for arm in (TREATED, CONTROL):
        fall = np.diff(alive[arm].cumulative_hazard(late), axis=1)
        assert fall == pytest.approx(np.broadcast_to(rate * np.diff(late), fall.shape))
    early, observed = np.array([3.0, 20.0]), selected_draws("os", settings)[0]
    assert alive[CONTROL].cumulative_hazard(early) == pytest.approx(
        observed["c"].cumulative_hazard(early)
    )
    assert "outside tail" in assumed


def test_curves_that_leave_a_printed_median_are_no_base_case(monkeypatch):
    settings = Settings("pnet")
    base_case_checks.check_base_case(settings)
    monkeypatch.setattr(base_case_checks, "median_limit", lambda: 0.02)
    with pytest.raises(ValueError, match="not a base case"):
        base_case_checks.check_base_case(settings)


def test_curves_that_cross_are_no_base_case(monkeypatch):
    monkeypatch.setattr(base_case_checks, "capped_share", lambda settings: 0.2)
    with pytest.raises(ValueError, match="takes 20.0% of the gain"):
        base_case_checks.check_base_case(Settings("epnet"))


def test_scenarios_of_survival_read_what_is_printed():
    by_cohort = {c: {s.id: s.settings for s in survival_scenarios(c)} for c in COHORTS}
    assert by_cohort["epnet"]["os_printed_ratio"] == {"survival_effect": 0.86}
    assert by_cohort["pnet"]["os_printed_ratio"] == {"survival_effect": 0.95}
    assert {by_cohort[c]["os_later_look"]["survival_effect"] for c in COHORTS} == {1.01}
    # only here are deaths printed without a time
    assert by_cohort["pnet"]["set_longer_followup"]["followup_months"] == 48
    assert "set_longer_followup" not in by_cohort["epnet"]


def test_a_longer_follow_up_lengthens_lives_in_the_set_without_a_time():
    settings = Settings("pnet", "fda", curve_draws=FEW)
    longer = replace(settings, followup_months=48.0)
    short, long = (
        float(
            expected_occupancy(s).expected(CONTROL).alive
            @ expected_occupancy(s).grid.weights(s.rates())
        )
        for s in (settings, longer)
    )
    assert long > 1.3 * short

"""Inputs and costs by hand: price years, side effects by event, packs, later treatment, losses while
treated; and the scenarios that change them.
"""

import numpy as np
import pytest

from assessment.case.model.analyses.explorer_closed_form import closed_form
from assessment.case.model.analyses.explorer_integrals import budget_inputs, integrals
from assessment.case.model.costs.cost_rows import side_effect_rows
from assessment.case.model.costs.cost_utility import run_model
from assessment.case.model.inputs.model_inputs import COHORTS, base_values, model_inputs
from assessment.case.model.inputs.settings import Settings
from assessment.case.model.scenarios.input_scenarios import input_scenarios
from assessment.case.model.scenarios.scenario_runs import run_scenario, scenarios
from assessment.evidence import load_facts

FEW = 60  # draws of the curves where the number does not matter


def base(cohort="epnet"):
    return base_values(model_inputs(cohort))


def losing():
    return base() | {"utility_loss_on_treatment": 0.05}


def short(cohort="epnet", **changed):
    return Settings(cohort, curve_draws=FEW, **changed)


def test_prices_of_2020_are_in_kroner_of_the_price_year():
    # printed prices times 133.6 / 112.2, Statistics Norway's index of 2024 and 2020
    assert base()["background_therapy_injection_nok"] == pytest.approx(16_280.86, abs=0.01)
    assert base()["later_treatment_price_per_pack_nok"] == pytest.approx(43_491.44, abs=0.01)
    # 2020 to 2024 by yearly rises that are printed: 5.8 % to 2022, 5.5 % to 2023 and 3.1 % to 2024
    facts = load_facts()
    grown = facts["economics.cpi.y2021"].number * 1.058 * 1.055 * 1.031
    assert grown == pytest.approx(facts["economics.cpi.y2024"].number, rel=0.001)


def test_a_severe_side_effect_costs_what_its_setting_costs():
    one_visit, admission = 0.05 * 52_248, 52_248
    by_hand = {
        "severe_hypertension": (21.5 / 63.5, 0.05),
        "severe_fatigue": (12 / 63.5, 0.10),
        "severe_diarrhoea": (11 / 63.5, 0.20),
        "severe_thromboembolism": (0.08, 0.70),
        "other_side_effects": (1 - 44.5 / 63.5 - 0.08, 0.20),
    }
    found = run_model(settings=short()).treated.outcomes.cost_by_item
    assert {row.id for row in side_effect_rows()} == set(by_hand)
    for item, (share, admitted) in by_hand.items():
        one = admitted * admission + (1 - admitted) * 2 * one_visit
        assert float(found[item]) == pytest.approx(0.62 * share * one), item


def test_named_kinds_of_side_effects_that_exceed_all_leave_no_others():
    shares = {f"severe_{kind}_share": 0.4 for kind in ("hypertension", "fatigue", "diarrhoea")}
    found = run_model(base() | shares, short()).treated.outcomes.cost_by_item
    assert float(found["other_side_effects"]) == 0.0


def test_later_treatment_is_for_those_who_progress():
    def later(share):
        inputs = base() | {"deaths_before_progression_share": share}
        found = run_model(inputs, short())
        return [
            float(s.outcomes.cost_by_item["later_treatment"]) for s in found.strategies.values()
        ]

    assert later(0.1) == pytest.approx([0.9 * cost for cost in later(0.0)])
    assert later(1.0) == [0.0, 0.0]


def test_who_stops_for_other_reasons_stops_as_with_side_effects():
    settings = short()
    both = run_model(base() | {"withdrawal_share": 0.15}, settings)
    side_effects = run_model(base() | {"toxicity_stop_share": 0.31 + 0.15}, settings)
    assert float(both.treated.packs) == pytest.approx(float(side_effects.treated.packs), rel=1e-12)
    assert float(both.increment.effect) == float(run_model(base(), settings).increment.effect)
    with pytest.raises(ValueError, match="withdrawal_share together are below 1"):
        run_model(base() | {"withdrawal_share": 0.7}, settings)


def test_a_loss_while_treated_takes_years_on_treatment_times_the_loss():
    for settings in (short(), short(discounting=0.0)):
        without = run_model(base(), settings)
        found = run_model(losing(), settings)
        lost = float(without.treated.qalys - found.treated.qalys)
        assert lost == pytest.approx(0.05 * float(found.treated.years_on_treatment))
        assert float(found.comparator.qalys) == float(without.comparator.qalys)
    assert float(found.treated.undiscounted_qalys) == pytest.approx(float(found.treated.qalys))


def test_the_explorer_counts_a_loss_while_treated_too():
    settings = short()
    closed = closed_form(integrals(settings), losing(), budget_inputs("epnet"), 605_000.0)
    model = run_model(losing(), settings)
    assert closed["qalys"] == pytest.approx(float(model.increment.effect), abs=1e-6)


@pytest.mark.parametrize("cohort", COHORTS)
def test_without_gain_in_life_each_gap_is_worth_its_size(cohort):
    """QALYs gained are the gap times the years moved from after progression to before it, less what
    side effects take: so two gaps give a third.
    """
    by_id = {s.id: s for s in scenarios(cohort)}
    settings = short(cohort, survival_effect="none")

    def gain(gap):
        inputs = base(cohort) | {"utility_loss_progression": gap, "severe_event_weeks": 0.0}
        return float(run_model(inputs, settings).increment.effect)

    assert gain(0.0) == pytest.approx(0.0, abs=1e-9)
    assert gain(0.16) == pytest.approx(4 * gain(0.04))
    wide, narrow = (by_id[f"os_none_utility_{name}"] for name in ("swinburn", "palmer"))
    assert wide.inputs["utility_loss_progression"] == pytest.approx(0.16)
    assert narrow.inputs["utility_loss_progression"] == pytest.approx(0.773 * 0.01)


@pytest.mark.parametrize("cohort", COHORTS)
def test_input_scenarios_change_the_side_that_they_name(cohort):
    both = input_scenarios(cohort, "utilities") + input_scenarios(cohort, "cost")
    found = {s.id: run_scenario(cohort, s).results for s in both}
    at = run_model(settings=Settings(cohort))
    cost = {name: float(r.increment.cost - at.increment.cost) for name, r in found.items()}
    gain = {name: float(r.increment.effect - at.increment.effect) for name, r in found.items()}
    assert cost["withdrawals"] < 0 and gain["withdrawals"] == 0
    assert cost["analogue_not_counted"] == pytest.approx(2 * cost["analogue_half_price"])
    assert gain["loss_on_treatment"] < 0 and gain["severe_loss_lasts"] < 0
    assert cost["loss_on_treatment"] == 0 == cost["severe_loss_lasts"]
    assert np.sign(cost["later_treatment_generic"]) == -np.sign(
        float(
            at.treated.outcomes.cost_by_item["later_treatment"]
            - at.comparator.outcomes.cost_by_item["later_treatment"]
        )
    )

"""Against each treatment, by subgroup, by price, and the budget's cases."""

from dataclasses import replace

import numpy as np
import pytest

from assessment.case.model import decision_runs, runs
from assessment.case.model.analyses import course_threshold
from assessment.case.model.analyses.budget_cases import BudgetChange, budget_case, prices
from assessment.case.model.analyses.explorer_closed_form import closed_form
from assessment.case.model.analyses.explorer_integrals import all_integrals, budget_inputs
from assessment.case.model.analyses.value_by_price import at_price, turning_price
from assessment.case.model.costs.cost_utility import run_model
from assessment.case.model.inputs.comparator_values import displaced_shares, subgroup_ratio
from assessment.case.model.inputs.model_inputs import COHORTS, base_values, model_inputs
from assessment.case.model.inputs.settings import CONTROL, Settings
from assessment.case.model.scenarios.comparator_scenarios import death_ratio
from assessment.evidence import load_facts

FEW = 200
FACTS = load_facts()


def test_survival_on_another_drug_is_equal_unless_a_ratio_is_set():
    settings = Settings("pnet", comparator="everolimus", curve_draws=FEW)
    equal = run_model(settings=settings)
    assert float(equal.increment_life_years.effect) == pytest.approx(0, abs=1e-9)
    better, worse = (
        run_model(settings=replace(settings, comparator_death_ratio=ratio)).increment_life_years
        for ratio in (0.8, 1.25)
    )
    assert better.effect > 0 > worse.effect
    with pytest.raises(ValueError, match="comparator_death_ratio is above 0"):
        replace(settings, comparator_death_ratio=0.0)


def test_the_range_of_the_death_ratio_is_buchers():
    # CABINET 0.95 (0.45-2.00) and RADIANT-3 0.94 (0.73-1.20), by the logarithms of the ratios.
    own, other = FACTS["cabinet.os.pnet.hazard_ratio"], FACTS["radiant3.os.pnet.hazard_ratio"]
    half = np.hypot(np.log(own.high / own.low), np.log(other.high / other.low)) / 2
    found = death_ratio("pnet", "everolimus")
    assert found.estimate == pytest.approx(own.number / other.number)
    assert np.log(found.high / found.estimate) == pytest.approx(half, rel=1e-6)
    assert death_ratio("epnet", "everolimus") is None


@pytest.mark.parametrize("cohort", COHORTS)
def test_the_price_that_would_do_leaves_nothing(cohort):
    for one in decision_runs.comparisons(cohort)[1:3]:
        result = one.result
        value = result.values[1]
        inputs = base_values(model_inputs(cohort)) | {
            "price_per_pack_nok": max(result.price[value].value, 0.0)
        }
        if one.price_id or result.price[value].value < 0:
            continue
        again = run_model(inputs, result.settings)
        assert float(again.increment.net_monetary_benefit(value)) == pytest.approx(0, abs=1)
    first = decision_runs.comparisons(cohort)[0]
    assert first.comparator == CONTROL
    assert first.result.qalys.value == float(runs.base(cohort).increment.effect)


def test_another_price_changes_cost_and_nothing_else():
    dear, generic = (
        c.result for c in decision_runs.comparisons("epnet") if c.comparator == "everolimus"
    )
    assert generic.qalys == pytest.approx(dear.qalys)
    # The comparator's packs at the difference of the two prices, the model's less 13.5 x 536.65
    # (NICE 2025); later treatment falls in both arms.
    price = model_inputs("epnet")["later_treatment_price_per_pack_nok"].value
    saved = price - 13.5 * 536.65
    packs = (generic.cost.value - dear.cost.value) / saved
    assert 5 < packs < 12


def test_the_hazard_ratio_needed_for_an_exponential_curve():
    # Time without progression 1/k against r/k: the years gained are (1 - r)/k.
    k, utility, cost, value, added = 0.8, 0.8, 100_000.0, 605_000.0, 300_000.0
    gained = (1 - course_threshold.RATIOS) / k
    time = course_threshold.TimeGained(gained, gained, 1 / k, utility, 0.01, cost)
    expected = 1 - added * k / (value * utility - cost)
    assert time.ratio_needed(added, value) == pytest.approx(expected, abs=1e-6)
    assert np.isnan(time.ratio_needed(2e6, value))
    assert time.most_qalys() == pytest.approx(0.01 / k)


@pytest.mark.parametrize("cohort", COHORTS)
def test_thresholds_by_hand(cohort):
    packs = float(runs.base(cohort).treated.packs)
    for one in decision_runs.thresholds(cohort):
        value, own = one.qalys_needed
        assert one.qalys_needed[value] == pytest.approx(one.added_nok / value)
        # at the price of equal cost nothing is added
        change = packs * (one.same_cost_price - FACTS["economics.price.cabometyx.assumed"].number)
        assert one.added_nok + change == pytest.approx(0, abs=1)
        if not np.isnan(one.ratio_needed[value]):
            assert one.ratio_needed[value] <= one.ratio_needed[own] or one.added_nok < 0
    lutetium = next(t for t in decision_runs.thresholds(cohort) if t.comparator == "dotatate")
    assert lutetium.course_nok == 4 * 228_508  # Palmer and Leeuwenkamp 2020, table 1


@pytest.mark.parametrize("cohort", COHORTS)
def test_knowledge_is_worth_most_where_the_decision_turns(cohort):
    drawn, found = runs.draws(cohort), decision_runs.information(cohort)
    for value, everything in found.everything.items():
        turns = turning_price(drawn, value)
        assert found.turns[value] == turns
        peak = found.prices_nok[np.argmax(everything)]
        assert peak == pytest.approx(max(turns, 0.0), abs=1e-6)
        # by hand: the mean of what is best in each draw less what is best on average
        benefit = at_price(drawn, peak).increment.net_monetary_benefit(value)
        by_hand = np.maximum(benefit, 0).mean() - max(benefit.mean(), 0)
        assert everything.max() == pytest.approx(by_hand, rel=1e-9)
        for study in found.studies.values():
            assert np.all(study[value] <= everything + 1)


def test_a_subgroup_changes_progression_alone():
    whole, gi = (
        run_model(settings=Settings("epnet", subgroup=name, curve_draws=FEW))
        for name in (None, "gi")
    )
    assert subgroup_ratio("gi", "epnet").number == 0.50  # Strosberg 2025, abstract 666
    assert float(gi.increment_life_years.effect) == pytest.approx(
        float(whole.increment_life_years.effect), rel=1e-9
    )
    assert float(gi.treated.packs) < float(whole.treated.packs)
    assert decision_runs.by_subgroup("epnet")["prior_everolimus"] is None
    with pytest.raises(LookupError, match="no subgroup 'none_such'"):
        subgroup_ratio("none_such", "epnet")


def test_the_budget_is_that_of_the_explorer():
    cases = decision_runs.budgets()
    by_explorer = sum(
        np.array(
            closed_form(
                all_integrals(cohort)["observed|all"],
                base_values(model_inputs(cohort)),
                budget_inputs(cohort),
                605_000.0,
            )["budget"]
        )
        for cohort in COHORTS
    )
    assert cases["base"].net == pytest.approx(by_explorer, rel=1e-6)
    drawn = runs.budget()
    assert abs(cases["base"].net / drawn.expected - 1).max() < 0.05
    assert cases["base"].net == pytest.approx(sum(cases["base"].by_item.values()))


def test_budget_cases_by_hand():
    cases = decision_runs.budgets()
    base, everyone = cases["base"], cases["everyone"]
    # In the first year only that year's patients count: uptake is 30 % of those eligible.
    assert everyone.net[0] == pytest.approx(base.net[0] / 0.30)
    assert cases["most_patients"].net == pytest.approx(base.net * 80 / 60)
    assert cases["fewest_patients"].net == pytest.approx(base.net * 40 / 60)
    at = np.array([cases[f"price_{k}"].net[-1] for k in range(prices().size)])
    assert np.diff(at) == pytest.approx(np.full(at.size - 1, at[1] - at[0]))
    assert np.interp(70_000, prices(), at) == pytest.approx(base.net[-1])
    # Whoever would have another drug costs less to change: most is saved at the dearer price.
    saved = {
        name: base.net[-1] - case.net[-1] for name, case in cases.items() if "displaced" in name
    }
    assert saved["displaced"] > saved["displaced_generic"] > 0
    assert saved["displaced_generic_high"] > saved["displaced_generic_low"]
    assert displaced_shares("pnet") == {"everolimus": 0.2, "sunitinib": 0.2}
    nothing = budget_case(BudgetChange("none", patients=0.0))
    assert np.all(nothing.net == 0)

"""The model goes by role: what it compares, divides and replaces is named by the case and its data."""

from dataclasses import replace

import numpy as np
import pytest

from assessment.case.model.inputs import cohort_shares, scenario_values
from assessment.case.model.inputs.model_inputs import (
    COHORTS,
    ModelInput,
    comparator_prices,
    input_fact,
    model_inputs,
)
from assessment.case.model.inputs.settings import COMPARATORS, CONTROL, Settings
from assessment.case.model.scenarios import comparator_scenarios, scenario_runs
from assessment.evidence import DataError, load_facts, read_table


def test_settings_begin_with_the_first_cohort_the_base_set_and_the_control_arm():
    settings = Settings()
    assert (settings.cohort, settings.comparator) == (COHORTS[0], CONTROL)
    assert settings.analysis_set == scenario_runs.BASE_SET


def test_a_fact_is_found_by_the_parameter_that_reads_it():
    for cohort in COHORTS:
        for name, given in model_inputs(cohort).items():
            assert input_fact(name, cohort) == given.fact
    with pytest.raises(LookupError, match="has no row of 'no_such'"):
        input_fact("no_such")


def test_prices_of_comparators_are_inputs_and_those_without_one_are_left_out():
    prices = comparator_prices()
    assert set(prices) < set(COMPARATORS) and CONTROL not in prices
    assert all(name in model_inputs(COHORTS[0]) for name in prices.values())


@pytest.mark.parametrize("count", [1, 2, 3])
def test_shares_of_the_cohorts_add_up_whatever_their_number(monkeypatch, count):
    fact = load_facts()[f"economics.adoption.{COHORTS[0]}.share"]
    cohorts = tuple(f"c{k}" for k in range(count))
    monkeypatch.setattr(cohort_shares, "COHORTS", cohorts)
    facts = {
        f"economics.adoption.{name}.share": replace(fact, value=40.0 + 30 * k)
        for k, name in enumerate(cohorts)
    }
    monkeypatch.setattr(cohort_shares, "load_facts", lambda: facts)
    shares = cohort_shares.cohort_shares(lambda fact: fact.value / 100 + np.array([0.0, 0.2]))
    assert list(shares) == list(cohorts)
    assert sum(shares.values()) == pytest.approx([1.0, 1.0] if count > 1 else 1.0)
    assert all(np.min(share) >= 0 for share in shares.values())


def test_the_year_of_a_set_is_named_only_where_it_tells_two_apart(monkeypatch):
    monkeypatch.setattr(scenario_runs, "DIVISIONS", (scenario_runs.BASE_SET, "label", "early_2020"))
    assert scenario_runs.alternative_sets() == {"label": "label", "early_2020": "early"}
    monkeypatch.setattr(
        scenario_runs, "DIVISIONS", (scenario_runs.BASE_SET, "early_2020", "early_2021")
    )
    assert list(scenario_runs.alternative_sets().values()) == ["early_2020", "early_2021"]
    monkeypatch.setattr(scenario_runs, "DIVISIONS", (scenario_runs.BASE_SET,))
    assert scenario_runs.alternative_sets() == {}


@pytest.fixture
def nothing_remembered():
    for remembered in (scenario_runs.scenarios, scenario_values._all_rows):
        remembered.cache_clear()
    yield
    for remembered in (scenario_runs.scenarios, scenario_values._all_rows):
        remembered.cache_clear()


def test_a_case_without_comparators_and_published_values_has_fewer_scenarios(
    monkeypatch, nothing_remembered
):
    monkeypatch.setattr(comparator_scenarios, "contrasts", lambda _cohort: ())
    monkeypatch.setattr(scenario_values, "read_table", lambda table: [])
    groups = {scenario.group for scenario in scenario_runs.scenarios(COHORTS[0])}
    assert "comparator" not in groups and {"utilities", "cost", "method"} <= groups
    assert scenario_values.active_treatment(COHORTS[0]) is None
    assert scenario_values.published_utility(scenario_values.UTILITY, COHORTS[0]) is None


def test_published_values_are_replaced_together():
    for cohort in COHORTS:
        for published in scenario_values.published_scenarios(cohort):
            assert published.study and published.values().keys() <= model_inputs(cohort).keys()
            assert published.values() == {k: fact.number for k, fact in published.facts.items()}


def test_an_input_of_a_cohort_that_is_not_in_the_case_is_told(monkeypatch):
    rows = read_table("model-inputs")
    wrong = [{**rows[0], "cohort": "elsewhere"}, *rows[1:]]
    monkeypatch.setattr(f"{ModelInput.__module__}.read_table", lambda name: wrong)
    with pytest.raises(DataError, match="found 'elsewhere'.*a cohort of data/case.csv"):
        model_inputs.__wrapped__(COHORTS[0])

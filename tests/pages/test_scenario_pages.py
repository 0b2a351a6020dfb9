"""Scenarios as the pages show them: every one in the table, those that move the answer most in the
figure, and those that turn the conclusion in words.
"""

import json

import pytest

from assessment.case.model import runs
from assessment.case.model.inputs.model_inputs import COHORTS
from assessment.case.model.scenarios.comparator_scenarios import DEATH_RATIO
from assessment.case.trial.trial import COHORTS as NAMES
from assessment.pages.economics.scenarios import (
    price_by_hazard_ratio,
    scenario_dots,
    scenario_frame,
    scenario_table,
    scenario_texts,
    scenario_words,
)
from assessment.pages.economics.shared import axis_lines, model_answers


def test_scenarios_that_turn_the_conclusion_are_named_and_no_others():
    text, lost = (
        scenario_texts.texts()["scenario_flips"],
        scenario_texts.texts()["scenario_negative"],
    )
    for cohort in COHORTS:
        outcomes = runs.scenario_outcomes(cohort)
        for one in outcomes:
            named = f"“{scenario_words.scenario_name(one.scenario)}” ({NAMES[cohort]})"
            turns = (
                one.cost_effective is not None and one.cost_effective != outcomes[0].cost_effective
            )
            assert (named in text) == turns
            assert (named in lost) == (
                one.results is not None and float(one.results.increment.effect) < 0
            )


def test_the_table_of_scenarios_has_every_scenario_and_says_why_some_are_missing():
    table = scenario_table.scenario_table().frame
    assert len(table) == sum(len(runs.scenario_outcomes(c)) for c in COHORTS)
    refused = table[table["Scenario"].str.contains("cannot be run")]
    assert (
        len(refused)
        == sum(one.results is None for c in COHORTS for one in runs.scenario_outcomes(c))
        > 0
    )
    prices = table.columns[table.columns.str.startswith("Price of a pack that is enough")]
    assert refused[prices[0]].eq("").all()
    assert not table["NOK per QALY"].str.endswith("NOK").any()  # the unit stands in the heading
    for cohort in COHORTS:
        own = (table["Cohort"] == NAMES[cohort]) & (table["Scenario"] == "Base case")
        value = runs.severity(cohort).reference_nok_per_qaly
        assert table.loc[own, prices[0]].item() == model_answers.price_answer(cohort, value)
        alone = scenario_table.scenario_table(cohort).frame
        of_it = table[table["Cohort"] == NAMES[cohort]].drop(columns="Cohort")
        assert alone.equals(of_it.reset_index(drop=True))


@pytest.mark.parametrize("cohort", COHORTS)
def test_the_figure_of_scenarios_shows_those_that_move_the_price_most(cohort):
    """By the table's own prices: what is left out moves the price less than what is shown."""
    shown = scenario_dots.scenario_figure(cohort).table
    every = scenario_frame.scenario_frame()
    every = every[(every["cohort"] == cohort) & every["priced"]]
    moved = (every["at"] - every["at"][every["id"] == "base"].item()).abs()
    kept = every["name"].isin(shown["Scenario"])
    assert len(shown) == scenario_dots.SHOWN + 1 and "Base case" in set(shown["Scenario"])
    apart = every["id"].str.startswith("price_") | every["id"].str.contains(DEATH_RATIO)
    assert moved[~kept & ~apart].max() <= moved[kept & (every["id"] != "base")].min()


def test_price_against_hazard_ratio_agrees_with_the_closed_form():
    gain, other, packs = runs.by_hazard_ratio("epnet")[runs.RATIOS.index(0.6)]
    value = runs.severity("epnet").reference_nok_per_qaly
    table = price_by_hazard_ratio.price_by_hazard_ratio_figure().table
    row = table[(table["Cohort"] == NAMES["epnet"]) & (table["Price, thousand NOK"] == 30)].iloc[0]
    assert row["Hazard ratio 0.6"] == pytest.approx(
        (value * gain - other - packs * 30_000) / 1e6, abs=0.006
    )


def test_names_on_lines_are_whole_and_none_is_longer_than_its_room():
    names = [scenario_words.scenario_name(o.scenario) for o in runs.scenario_outcomes(COHORTS[0])]
    settings = axis_lines.on_lines(names, 33)
    lines = json.loads(settings["labelExpr"].removesuffix("[datum.value]"))
    assert {name: " ".join(parts) for name, parts in lines.items()} == {n: n for n in names}
    assert max(len(part) for parts in lines.values() for part in parts) <= 33

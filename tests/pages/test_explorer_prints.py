"""The explorer prints what the chapter's tables print, to the digit: the base case, and every scenario
that its controls can be set to.
"""

import pytest

from assessment.case.model import runs
from assessment.case.model.inputs.model_inputs import COHORTS
from assessment.case.trial.trial import COHORTS as NAMES
from assessment.pages.economics.base_case import base_case_tables
from assessment.pages.economics.budget_figures import budget_figure
from assessment.pages.economics.explorer.explorer_answers import answers, choice_of
from assessment.pages.economics.explorer.explorer_content import base_table
from assessment.pages.economics.explorer.explorer_words import WORDS
from assessment.pages.economics.scenarios.scenario_table import scenario_table
from assessment.pages.economics.shared.model_answers import price_answer
from assessment.presentation import numbers

SHOWN = (
    "Object.fromEntries([...document.querySelectorAll('[data-output]')].map(o =>"
    " [o.dataset.output, o.textContent]))"
)
MOVE = (
    '([n, v]) => { const c = document.querySelector(`[data-control="${n}"]`); c.value = v;'
    " c.dispatchEvent(new Event('input', {bubbles: true})); }"
)


def chapter_answers(cohort) -> dict[str, str]:
    """What the chapter's tables print of the base case, by name of the explorer's outputs."""
    column = NAMES[cohort]
    decided = base_case_tables.decision_table().frame.set_index("◆ At the assumed price")[column]
    totals = base_case_tables.results_table().frame
    gained = totals[totals["Cohort"] == column].set_index("Per patient, discounted")["Difference"]
    return {
        "qalys": gained["QALYs"],
        "life_years": gained["Life years"],
        "cost": f"{gained['Cost, million NOK']}\u00a0million NOK",
        "icer": decided["Cost per QALY gained"].replace(" per QALY", ""),
        "benefit": decided["Net benefit at the class's value"].partition(" (")[0]
        + "\u00a0million NOK",
        "price": decided["Price of a pack that is enough at the class's value"],
        "shortfall": decided["Absolute shortfall, QALYs (95 % interval)"].partition(" (")[0],
        "class": decided["Severity class (95 % interval)"].partition(" (")[0],
        "budget": numbers.number(budget_figure().table[column].iloc[-1], 1),
    }


def scenario_answers(cohort) -> dict[str, tuple[str, dict[str, float], dict[str, str]]]:
    """Id of a scenario that the explorer can be set to → (choice of curves, inputs, what the table of
    scenarios prints).
    """
    frame = scenario_table().frame
    rows = frame[frame["Cohort"] == NAMES[cohort]].drop(columns="Cohort").itertuples(index=False)
    found = {}
    for outcome, row in zip(runs.scenario_outcomes(cohort), rows, strict=True):
        choice = choice_of(outcome.scenario)
        if choice and outcome.results is not None:
            _, life_years, gain, cost, ratio, price, number = row
            found[outcome.scenario.id] = (
                choice,
                dict(outcome.scenario.inputs),
                {
                    "life_years": life_years,
                    "qalys": gain
                    if abs(float(outcome.results.increment.effect)) < 0.1
                    else numbers.number(float(outcome.results.increment.effect), 2),
                    "cost": f"{cost}\u00a0million NOK",
                    "icer": f"{ratio} NOK" if "million" in ratio else ratio,
                    "price": price,
                    "class": number,
                },
            )
    return found


def without_note(shown: dict[str, str]) -> dict[str, str]:
    """The explorer's outputs with the ratio as the table of scenarios has it: the note stands above."""
    return shown | {"icer": shown["icer"].partition(" (")[0]}


@pytest.mark.parametrize("cohort", COHORTS)
def test_without_script_the_chapters_own_numbers_stand(cohort):
    table = base_table().frame.set_index("◆ At the assumed price")[NAMES[cohort]]
    said = chapter_answers(cohort)
    assert {name: table[WORDS["outputs"][name]] for name in said} == said
    assert set(said) == set(WORDS["outputs"])


@pytest.mark.parametrize("cohort", COHORTS)
def test_every_scenario_in_reach_is_told_as_in_its_table(cohort):
    found = scenario_answers(cohort)
    assert {"base", "os_none", "os_kept", "family_gamma", "price_zero"} <= set(found)
    for name, (choice, moved, printed) in found.items():
        told = without_note(answers(cohort, choice, moved))
        assert {key: told[key] for key in printed} == printed, name


@pytest.mark.browser
@pytest.mark.parametrize("cohort", COHORTS)
def test_the_page_prints_the_chapters_own_numbers(explorer, cohort):
    explorer.select_option('[data-control="cohort"]', cohort)
    shown, said = explorer.evaluate(SHOWN), chapter_answers(cohort)
    note = explorer.locator('[data-base="icer"]').text_content()
    shown["icer"] += f" ({note})" if note else ""
    assert shown == said
    strip = explorer.locator('[data-strip="qalys"]').text_content()
    assert strip == said["qalys"]
    explorer.select_option('[data-control="threshold"]', "275000")
    assert explorer.evaluate(SHOWN)["price"] == price_answer(cohort, 275_000.0)
    explorer.evaluate(MOVE, ["utility_progression_free", 0.7])
    assert explorer.evaluate(SHOWN)["price"].endswith("(interval not computed)")


@pytest.mark.browser
@pytest.mark.parametrize("cohort", COHORTS)
def test_the_page_tells_every_scenario_in_reach_as_its_table(explorer, cohort):
    explorer.select_option('[data-control="cohort"]', cohort)
    for name, (choice, moved, printed) in scenario_answers(cohort).items():
        explorer.click('.explorer button[type="reset"]')
        effect, family = choice.split("|")
        if effect[0].isdigit():
            explorer.select_option('[data-control="effect"]', "own")
            explorer.evaluate(MOVE, ["ratio", float(effect)])
        else:
            explorer.select_option('[data-control="effect"]', effect)
            explorer.select_option('[data-control="family"]', family)
        for key, value in moved.items():
            explorer.evaluate(MOVE, [key, value])
        shown = explorer.evaluate(SHOWN)
        assert {key: shown[key] for key in printed} == printed, name
    assert explorer.faults == []

"""The live explorer: its arithmetic against the model, in Python and on the page, and what stands there
without a script.
"""

import re
from dataclasses import replace

import numpy as np
import pytest

from assessment.case.model.analyses.explorer_closed_form import closed_form
from assessment.case.model.analyses.explorer_integrals import (
    all_integrals,
    budget_inputs,
    choices,
)
from assessment.case.model.costs.cost_utility import run_model
from assessment.case.model.inputs.model_inputs import COHORTS, base_values, bounds, model_inputs
from assessment.case.model.inputs.settings import Settings
from assessment.pages.economics.explorer.explorer_content import sliders
from assessment.pages.economics.explorer.explorer_words import WORDS

# Slider positions as steps from the base value, and the choices; extremes among them.
SETTINGS = [
    ("observed", "all", {}),
    ("none", "all", {"price_per_pack_nok": -70}),
    ("without crossover", "gamma", {"utility_progression_free": 15}),
    ("progression gain kept", "weibull", {"dosed_days_share": -33}),
    ("observed", "lognormal", {"utility_loss_progression": 25}),
    ("own", "all", {"ratio": 0.40}),
    ("own", "all", {"ratio": 1.40, "price_per_pack_nok": 35}),
    ("own", "all", {"ratio": 0.86, "utility_progression_free": -30}),
    ("observed", "generalised_gamma", {"price_per_pack_nok": 35, "dosed_days_share": 7}),
    ("none", "gompertz", {"utility_loss_progression": 10}),
    ("progression gain kept", "all", {"price_per_pack_nok": -50, "utility_loss_progression": 16}),
    ("without crossover", "loglogistic", {"utility_progression_free": -10, "dosed_days_share": -3}),
]


VALUE = 605_000.0


def chosen(cohort, effect, family, moved):
    """(inputs, settings, name of the choice) of one position of the controls."""
    x, grid = base_values(model_inputs(cohort)), sliders(cohort)
    for name, steps in moved.items():
        if name != "ratio":
            x[name] = grid[name]["base"] + steps * grid[name]["step"]
    changed = (
        {"survival_effect": moved["ratio"]}
        if effect == "own"
        else {"survival_effect": effect, "family": None if family == "all" else family}
    )
    return (
        x,
        replace(Settings(cohort), **changed),
        f"{moved['ratio']:.2f}|all" if effect == "own" else f"{effect}|{family}",
    )


def expected(found) -> dict:
    return {
        "qalys": float(found.increment.effect),
        "life_years": float(found.increment_life_years.effect),
        "cost": float(found.increment.cost),
        "benefit": float(found.increment.net_monetary_benefit(VALUE)),
        "price": float(found.price_at(VALUE).price),
    }


@pytest.mark.parametrize("cohort", COHORTS)
def test_the_closed_form_is_the_model(cohort):
    rng = np.random.default_rng(5)
    for effect, family, moved in SETTINGS[::3]:
        x, settings, name = chosen(cohort, effect, family, moved)
        # Every other input somewhere in its range too; the shares that stop before progression are
        # part of the integrals.
        x |= {
            key: rng.uniform(*ends)
            for key, ends in bounds(model_inputs(cohort)).items()
            if key not in (*sliders(cohort), "toxicity_stop_share", "withdrawal_share")
        }
        ours = closed_form(all_integrals(cohort)[name], x, budget_inputs(cohort), VALUE)
        for key, value in expected(run_model(x, settings)).items():
            assert ours[key] == pytest.approx(
                value, rel=1e-6, abs=1e-6 if key in ("qalys", "life_years") else 1.0
            ), (effect, family, key)


def test_every_position_of_the_controls_has_its_integrals():
    for cohort in COHORTS:
        assert set(all_integrals(cohort)) == set(choices())


def test_controls_and_answers_stand_in_their_order(site):
    text = (site / "chapters" / "economics.html").read_text(encoding="utf-8")
    price, *others = sliders(COHORTS[0])
    assert re.findall(r'data-control="(\w+)"', text) == [
        "cohort",
        "effect",
        "ratio",
        price,
        "family",
        "threshold",
        *others,
    ]
    assert re.findall(r'data-output="(\w+)"', text) == list(WORDS["outputs"])


@pytest.mark.browser
@pytest.mark.parametrize("cohort", COHORTS)
def test_the_page_computes_what_the_model_does(explorer, cohort):
    for effect, family, moved in SETTINGS:
        x, settings, _ = chosen(cohort, effect, family, moved)
        explorer.select_option('[data-control="cohort"]', cohort)
        explorer.click('.explorer button[type="reset"]')
        explorer.select_option('[data-control="threshold"]', f"{VALUE:g}")
        explorer.select_option('[data-control="effect"]', effect)
        if effect != "own":
            explorer.select_option('[data-control="family"]', family)
        for name in moved:
            value = moved["ratio"] if name == "ratio" else x[name]
            explorer.evaluate(
                '([n, v]) => { const c = document.querySelector(`[data-control="${n}"]`); c.value'
                " = v; c.dispatchEvent(new Event('input', {bubbles: true})); }",
                [name, value],
            )
        found, on_page = (
            run_model(x, settings),
            explorer.evaluate(
                "Object.fromEntries([...document.querySelectorAll('[data-output]')].map(o =>"
                " [o.dataset.output, Number(o.dataset.value)]))"
            ),
        )
        for key, value in expected(found).items():
            small = {"qalys": 1e-6, "life_years": 1e-6}.get(key, 5.0)
            assert on_page[key] == pytest.approx(value, rel=1e-3, abs=small), (
                effect,
                family,
                moved,
                key,
            )
        assert on_page["budget"] == pytest.approx(
            closed_form(
                all_integrals(cohort)[chosen(cohort, effect, family, moved)[2]],
                x,
                budget_inputs(cohort),
                VALUE,
            )["budget"][-1],
            rel=1e-3,
        )
    assert "NOK a pack in the base case" in explorer.locator(".explorer-label").inner_text()
    assert explorer.faults == []


@pytest.mark.browser
def test_without_script_the_base_case_stands(browser, address):
    context = browser.new_context(java_script_enabled=False)
    tab = context.new_page()
    tab.goto(address + "chapters/economics.html")
    assert tab.is_visible(".explorer-still table") and not tab.is_visible(".explorer-form")
    assert "million NOK" in tab.inner_text(".explorer-still")
    context.close()

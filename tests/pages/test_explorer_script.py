"""The explorer away from its page: its script on made-up integrals, and the widgets of JupyterLab."""

import numpy as np
import pytest

from assessment.case.model.analyses.explorer_closed_form import closed_form, cost_formulas
from assessment.case.model.analyses.explorer_integrals import (
    ARMS,
    LAGS,
    NUMBERS,
    budget_inputs,
)
from assessment.case.model.inputs.model_inputs import COHORTS, base_values, bounds, model_inputs
from assessment.economics.time.time_units import WEEKS_PER_YEAR
from assessment.evidence.paths import PACKAGE
from assessment.pages.economics.explorer.explorer_content import in_order, sliders
from assessment.pages.economics.shared.cost_groups import group_words

VALUE = 605_000.0  # NOK per QALY


@pytest.mark.browser
@pytest.mark.parametrize("cohort", COHORTS)
def test_the_script_does_the_sums_of_the_closed_form(browser, cohort):
    """The script's own functions on made-up integrals and inputs, without a page."""
    text = (PACKAGE / "book" / "assets" / "explorer_sums.js").read_text(encoding="utf-8")
    program = (
        "([data, list, x, adoption, threshold]) => { const { integrals, results } ="
        " window.assessmentExplorer.model(data); return results(integrals(list), x, adoption,"
        " threshold); }"
    )
    rng, adoption, words = (
        np.random.default_rng(7),
        budget_inputs(cohort),
        {"groups": group_words(), "sliders": {}},
    )
    data = {"numbers": NUMBERS, "lags": LAGS, "costs": cost_formulas()}
    x = base_values(model_inputs(cohort))
    x |= {key: rng.uniform(*ends) for key, ends in bounds(model_inputs(cohort)).items()}
    found = {
        arm: {name: rng.uniform(0.5, 3.0) for name in NUMBERS}
        | {"lags": {name: list(rng.uniform(0, 1, 5)) for name in LAGS}}
        for arm in ARMS
    }
    flat = in_order(found)
    page = browser.new_page()
    page.add_script_tag(content=text)
    data |= {"weeks_per_year": WEEKS_PER_YEAR, "words": words}
    told = page.evaluate(program, [data, flat, x, adoption, VALUE])
    page.close()
    ours = closed_form(found, x, adoption, VALUE)
    for key in ("qalys", "life_years", "cost", "icer", "benefit", "price", "budget"):
        assert told[key] == pytest.approx(ours[key], rel=1e-12), key
    for role, groups in ours["items"].items():
        assert told["items"][role] == pytest.approx(groups, rel=1e-12)
        assert list(groups) == list(group_words())


def test_widgets_run_the_full_model():
    from assessment.pages.economics.explorer.explorer_widgets import Live

    live = Live()
    first = live.numbers.value
    live.values["price_per_pack_nok"].value = 10_000
    assert live.numbers.value != first
    live.cohort.value = "pnet"
    assert (
        live.settings().cohort == "pnet"
        and live.values["price_per_pack_nok"].value == sliders("pnet")["price_per_pack_nok"]["base"]
    )
    live.effect.value, live.ratio.value = "own", 0.7
    assert live.settings().survival_effect == pytest.approx(0.7)
    draws = live.draws(600)
    assert draws.costs.shape == (2, 600) and live.progress.value == live.progress.max

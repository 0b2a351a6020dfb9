"""The explorer's widgets against the model: what is shown, reset and saved."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from assessment.case.model import runs
from assessment.case.model.analyses import own_scenario
from assessment.case.model.analyses.own_scenario import draws_summary
from assessment.case.model.inputs.model_inputs import COHORTS, base_values, model_inputs
from assessment.pages.economics.explorer import explorer_widgets, lab_answers, lab_words
from assessment.pages.economics.explorer.explorer_answers import answers
from assessment.pages.economics.explorer.explorer_content import sliders
from assessment.presentation import numbers
from assessment.presentation.money_format import MILLION, format_million_nok, format_nok


@pytest.fixture
def live():
    return explorer_widgets.Live()


def rows(html: str) -> dict[str, str]:
    return dict(re.findall(r"<tr><td>(.*?)</td><td><b>(.*?)</b></td></tr>", html))


def test_it_begins_with_the_base_case(live):
    shown, base = rows(live.numbers.value), runs.base(COHORTS[0]).increment
    assert shown["Added cost"] == format_million_nok(float(base.cost))
    assert shown["QALYs gained"] == numbers.number(float(base.effect), 2)
    printed = answers(COHORTS[0])
    for name, label in lab_words.OUTPUTS.items():
        if name in printed:
            assert shown[label] == printed[name].partition(" (says")[0], name
    assert lab_words.NOT_MOVED in live.numbers.value
    assert live.scenario().changed == {}


def test_no_unit_stands_twice(live):
    for label, text in rows(live.numbers.value).items():
        assert not ("NOK" in label and "NOK" in text), (label, text)
    live.show_draws()
    for label, text in rows(live.said.value).items():
        assert not ("NOK" in label and "NOK" in text), (label, text)


def test_every_input_has_a_control(live):
    assert set(live.inputs()) == set(model_inputs(COHORTS[0]))
    folded = [box for box in live.boxes() if hasattr(box, "titles")]
    assert sum(len(group.children) for group in folded[0].children) == len(live.others)
    assert live.values["price_per_pack_nok"].readout_format == ",.0f"
    for name, control in live.others.items():
        control.value = control.value * 1.02 or 0.01  # some are 0 in the base case
        assert name in live.scenario().changed
    assert "Changed from the base case" in live.numbers.value


def test_the_ratio_shows_only_where_it_counts(live):
    assert live.ratio.layout.display == "none"
    live.effect.value = "own"
    assert live.ratio.layout.display == "" and live.settings().survival_effect == 0.8
    live.effect.value = "none"
    assert live.ratio.layout.display == "none"


def test_what_may_not_be_is_said_and_nothing_else_shown(live):
    live.others["later_treatment_share"].value = 50
    assert "Write 0.75, not 75" in live.numbers.value and not rows(live.numbers.value)
    live.show_draws()
    assert "Write 0.75, not 75" in live.said.value and live.drawn is None
    live.write()
    assert "Write 0.75, not 75" in live.saved.value


@pytest.mark.parametrize("cohort", COHORTS)
def test_reset_brings_the_base_case_of_the_cohort_back(live, cohort):
    live.cohort.value = cohort
    before = live.numbers.value
    live.values["price_per_pack_nok"].value = 10_000
    live.effect.value, live.family.value, live.value.value = "own", "gamma", 275_000
    live.others["visit_nok"].value = 9_999
    assert live.numbers.value != before
    live.reset.click()
    assert live.numbers.value == before and live.cohort.value == cohort
    assert live.scenario().inputs() == pytest.approx(base_values(model_inputs(cohort)))


def test_the_other_cohort_has_its_own_values_and_labels(live):
    live.cohort.value = "pnet"
    given = model_inputs("pnet")
    for name, control in live.others.items():
        assert control.value == given[name].value and control.description.startswith(
            given[name].label
        )
    for name, slider in sliders("pnet").items():
        assert live.values[name].value == slider["base"]


def test_draws_are_told_in_numbers(live):
    live.count.value, live.values["price_per_pack_nok"].value = 500, 20_000
    live.value.value = 605_000
    live.button.click()
    said, told = rows(live.said.value), draws_summary(live.drawn, live.scenario(), 605_000)
    told = told.set_index("result")
    mean, low, high = told.loc["added_cost", ["mean", "low", "high"]].astype(float) / MILLION
    text = f"{numbers.number(mean, 2)} ({numbers.number(low, 2)} to {numbers.number(high, 2)})"
    text += "\u00a0million NOK"
    assert said["Added cost, mean (95\u00a0% of draws)"] == text
    evpi = said["Expected value of perfect information, per patient"]
    assert evpi == format_nok(told.loc["evpi_per_patient", "mean"])
    live.family.value = "gamma"
    assert live.drawn is None and live.said.value == "", "draws of other values are gone"


def test_pictures_have_the_threshold_and_their_axes(live):
    drawn = live.draws(500)
    spec = lab_answers.pictures(drawn, 605_000).to_dict()
    text = str(spec)
    for title in lab_words.AXES.values():
        assert title in text
    assert "'x': {'field': 'value'" in text and "Value of a QALY, million NOK" in text
    line = next(r for r in spec["datasets"].values() if len(r) == 2 and "gain" in r[0])
    assert [p["cost"] for p in line] == pytest.approx([0.605 * p["gain"] for p in line])
    curve = next(r for r in spec["datasets"].values() if "share" in r[0])
    assert curve[-1]["value"] == 6.0
    mark = next(r for r in spec["datasets"].values() if r == [{"value": 0.605}])
    assert mark


def test_what_is_saved_is_what_was_shown(live, tmp_path, monkeypatch):
    monkeypatch.setattr(explorer_widgets, "FOLDER", tmp_path / "scenarios")
    monkeypatch.setattr(
        own_scenario.OwnScenario.save, "__defaults__", (None, tmp_path / "scenarios")
    )
    live.values["price_per_pack_nok"].value = 30_000
    live.count.value, live.name.value = 500, "thirty"
    live.show_draws()
    live.save.click()
    assert "scenarios/thirty/" in live.saved.value and "draws.csv" in live.saved.value
    inputs = pd.read_csv(tmp_path / "scenarios" / "thirty" / "inputs.csv").set_index("input")
    assert inputs.loc["price_per_pack_nok", "chosen"] == 30_000
    saved = pd.read_csv(tmp_path / "scenarios" / "thirty" / "draws.csv")
    assert saved["added_cost_nok"].mean() == pytest.approx(float(live.drawn.increment.cost.mean()))

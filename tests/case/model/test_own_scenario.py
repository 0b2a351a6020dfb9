"""A scenario of one's own against the model's own functions, and its files against its frames."""

from __future__ import annotations

from dataclasses import replace
from importlib.util import find_spec

import numpy as np
import pandas as pd
import pytest

from assessment.case.model import runs
from assessment.case.model.analyses.own_scenario import (
    OwnScenario,
    draws_frame,
    draws_summary,
)
from assessment.case.model.analyses.probabilistic import probabilistic
from assessment.case.model.costs.cost_utility import run_model
from assessment.case.model.inputs.model_inputs import COHORTS, base_values, model_inputs
from assessment.case.model.inputs.settings import Settings
from assessment.economics.analysis.acceptability import acceptability

CHANGED = {"price_per_pack_nok": 40_000.0, "visit_nok": 4_000.0, "dosed_days_share": 0.85}


@pytest.fixture(scope="module")
def drawn():
    scenario = OwnScenario(changed=CHANGED)
    return scenario, scenario.draws(1_000)


@pytest.mark.parametrize("cohort", COHORTS)
def test_nothing_changed_is_the_base_case(cohort):
    frame = OwnScenario(Settings(cohort)).results_frame().set_index("result")["difference"]
    base = runs.base(cohort)
    assert frame["cost"] == pytest.approx(float(base.increment.cost), rel=1e-12)
    assert frame["qalys"] == pytest.approx(float(base.increment.effect), rel=1e-12)
    assert frame["absolute_shortfall"] == runs.severity(cohort).shortfall
    assert frame["value_of_a_qaly"] == runs.severity(cohort).reference_nok_per_qaly
    assert not OwnScenario(Settings(cohort)).inputs_frame()["changed"].any()


def test_changes_reach_the_model():
    settings = replace(Settings(), survival_effect=0.8, family="weibull")
    scenario = OwnScenario(settings, CHANGED)
    asked = run_model(base_values(model_inputs(COHORTS[0])) | CHANGED, settings)
    frame = scenario.results_frame(500_000).set_index("result")
    assert frame.loc["cost", "treated"] == float(asked.treated.cost)
    assert frame.loc["icer", "difference"] == float(asked.increment.icer)
    benefit = float(asked.increment.net_monetary_benefit(500_000))
    assert frame.loc["net_benefit", "difference"] == benefit
    price = frame.loc["price_of_a_pack_that_is_enough", "difference"]
    enough = OwnScenario(settings, CHANGED | {"price_per_pack_nok": float(price)})
    assert float(enough.results().increment.icer) == pytest.approx(500_000, rel=1e-9)
    shown = scenario.inputs_frame().set_index("input")
    assert shown.loc[shown["changed"], "chosen"].to_dict() == CHANGED
    chosen = scenario.settings_frame().set_index("setting")["chosen"]
    assert chosen["survival_effect"] == "0.8" and chosen["family"] == "weibull"


@pytest.mark.parametrize(
    "changed, said",
    [
        ({"visit": 1.0}, "unknown inputs: visit"),
        ({"dosed_days_share": 93.0}, "Write 0.75, not 75"),
        ({"visit_nok": float("nan")}, "finite"),
    ],
)
def test_what_cannot_be_is_refused_at_once(changed, said):
    with pytest.raises(ValueError, match=said):
        OwnScenario(changed=changed)


def test_draws_of_the_base_case_are_those_of_the_book():
    assert np.array_equal(OwnScenario().draws(600).costs, probabilistic(draws=600).costs)


def test_a_changed_input_is_the_mean_of_its_draws(drawn):
    scenario, draws = drawn
    base = probabilistic(draws=1_000)
    visits = draws.inputs["visit_nok"] / base.inputs["visit_nok"]
    assert visits == pytest.approx(
        4_000 / scenario.inputs_frame().set_index("input").base.visit_nok
    )
    shares = draws.inputs["dosed_days_share"]
    assert shares.max() < 1 and shares.mean() == pytest.approx(0.85, abs=0.01)
    packs, paid = draws.packs, draws.increment.cost
    other = OwnScenario(changed=CHANGED | {"price_per_pack_nok": 50_000.0}).draws(1_000)
    assert other.increment.cost - paid == pytest.approx(10_000 * packs, rel=1e-9)


def test_frames_hold_what_was_drawn(drawn):
    scenario, draws = drawn
    frame = draws_frame(draws)
    assert list(frame["draw"]) == list(range(1_000))
    assert np.array_equal(frame["cost_nok_treated"], draws.costs[0])
    assert np.array_equal(frame["qalys_gained"], draws.qalys[0] - draws.qalys[1])
    assert set(draws.inputs) <= set(frame.columns)
    said = draws_summary(draws, scenario, 700_000).set_index("result")
    sure = acceptability(draws.costs, draws.qalys, 700_000)
    assert said.loc["share_worth_it", "mean"] == sure.probability[0, 0]
    assert said.loc["evpi_per_patient", "mean"] == sure.evpi[0]
    ends = said.loc["qalys_gained", ["low", "high"]].astype(float)
    inside = frame["qalys_gained"].between(*ends)
    assert inside.mean() == pytest.approx(0.95, abs=0.002)


def test_files_hold_the_frames(drawn, tmp_path):
    scenario, draws = drawn
    files = scenario.save("low-price", draws, tmp_path)
    names = ["settings", "inputs", "results", "draws", "draws_summary"]
    assert [f.name for f in files[:5]] == [f"{name}.csv" for name in names]
    read = pd.read_csv(tmp_path / "low-price" / "draws.csv")
    pd.testing.assert_frame_equal(read, draws_frame(draws))
    if find_spec("openpyxl"):
        sheets = pd.read_excel(files[5], sheet_name=None)
        assert list(sheets) == names
        pd.testing.assert_frame_equal(sheets["inputs"], scenario.inputs_frame())
    assert len(OwnScenario().save("base", folder=tmp_path)) == len(files) - 2


@pytest.mark.parametrize("name", ["", "../up", "a/b", ".hidden"])
def test_a_name_that_is_no_folder_is_refused(name, tmp_path):
    with pytest.raises(ValueError, match="a name for a folder"):
        OwnScenario().save(name, folder=tmp_path)

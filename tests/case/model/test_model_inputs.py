"""Bad input and settings are named; what is not printed is not modelled."""

import numpy as np
import pytest

from assessment.case.model.costs import cost_items
from assessment.case.model.costs.cost_utility import run_model
from assessment.case.model.curves.thinned_draws import NoCurve
from assessment.case.model.inputs.model_inputs import base_values, model_inputs
from assessment.case.model.inputs.settings import Settings

FEW = 60  # draws of the curves where the number does not matter


def base(cohort="epnet"):
    return base_values(model_inputs(cohort))


@pytest.mark.parametrize(
    "name, value, told",
    [
        ("price_per_pack_nok", -1.0, "price_per_pack_nok is 0 or more"),
        ("utility_progression_free", 75.0, "at most 1"),
        ("dosed_days_share", 93.0, "at most 1"),
        ("visit_nok", np.nan, "visit_nok must be finite"),
        ("visit_interval_treated_weeks", 0.0, "is above 0"),
        ("units_per_pack", 0.0, "is above 0"),
        ("severe_events_control", -0.1, "0 or more"),
        ("toxicity_stop_share", 1.0, "below 1"),
    ],
)
def test_bad_input_is_named(name, value, told):
    with pytest.raises(ValueError, match=told):
        run_model(base() | {name: value}, Settings(curve_draws=FEW))


def test_missing_and_unknown_inputs_and_settings_are_named():
    x = base()
    with pytest.raises(ValueError, match="missing inputs: visit_nok"):
        run_model({k: v for k, v in x.items() if k != "visit_nok"}, Settings(curve_draws=FEW))
    with pytest.raises(ValueError, match="unknown inputs: pric"):
        run_model(x | {"pric": 1.0}, Settings(curve_draws=FEW))
    for wrong, told in (
        ({"cohort": "net"}, "cohort is one of"),
        ({"survival_effect": 0.0}, "above 0"),
        ({"survival_effect": "some"}, "or one of"),
        ({"horizon_years": 0}, "above 0"),
        ({"family": "cauchy"}, "family is one of"),
        ({"discounting": "flat"}, "stepped"),
    ):
        with pytest.raises(ValueError, match=told):
            Settings(**wrong)


def test_costs_against_a_drug_without_a_price_are_incomplete(monkeypatch):
    settings = Settings("pnet", comparator="sunitinib", curve_draws=FEW)
    assert not run_model(settings=settings).costs_incomplete
    monkeypatch.setattr(cost_items, "comparator_prices", dict)
    assert run_model(settings=settings).costs_incomplete


def test_what_is_not_printed_is_not_modelled():
    with pytest.raises(NoCurve, match="OS of epNET in the set 'fda'"):
        run_model(settings=Settings("epnet", "fda"))
    with pytest.raises(NoCurve, match="no trial connects cabozantinib to sunitinib"):
        run_model(settings=Settings("epnet", comparator="sunitinib"))
    assert "follow-up" in run_model(settings=Settings("pnet", "fda", curve_draws=FEW)).assumed

"""The model against an independent, plainly written program, to 1e-6."""

import numpy as np
import pytest

from assessment.case.model.costs.cost_utility import run_model
from assessment.case.model.inputs.model_inputs import base_values, model_inputs
from assessment.case.model.inputs.settings import Settings
from assessment.case.verification.independent_model import independent_results


@pytest.mark.slow
@pytest.mark.parametrize("cohort", ["epnet", "pnet"])
def test_the_base_case_by_an_independent_program(cohort):
    # inputs that are 0 in the base case are given something to do
    x = base_values(model_inputs(cohort)) | {
        "withdrawal_share": 0.1,
        "utility_loss_on_treatment": 0.03,
    }
    settings = Settings(cohort, curve_draws=20)
    theirs = independent_results(settings, x)
    for name, strategy in run_model(x, settings).strategies.items():
        got = [
            float(np.mean(v))
            for v in (strategy.cost, strategy.qalys, strategy.life_years, strategy.packs)
        ]
        assert got == pytest.approx(theirs[name].tolist(), rel=1e-6), name

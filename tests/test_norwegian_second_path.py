"""The Norwegian model against a second, plainly written path (see ``economics/second_path.py``), to
1e-6.
"""

import numpy as np
import pytest

from assessment.economics.inputs import base_values, model_inputs
from assessment.economics.norwegian import run
from assessment.economics.second_path import second_path
from assessment.economics.settings import Settings


@pytest.mark.parametrize("cohort", ["epnet", "pnet"])
def test_the_base_case_by_a_second_path(cohort):
    x, settings = base_values(model_inputs(cohort)), Settings(cohort, curve_draws=20)
    theirs = second_path(settings, x)
    for name, strategy in run(x, settings).strategies.items():
        got = [
            float(np.mean(v))
            for v in (strategy.cost, strategy.qalys, strategy.life_years, strategy.packs)
        ]
        assert got == pytest.approx(theirs[name].tolist(), rel=1e-6), name

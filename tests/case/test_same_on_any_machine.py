"""The same draws whatever instructions the processor has: last bits differ, and nothing hangs on them.

On a processor that is no x86 both runs are alike, and the test says nothing.
"""

import os
import subprocess
import sys

import pytest

DRAWN = """
import numpy as np
from assessment.case.trial.single_calibration import drawn_curves
from assessment.case.trial.trial_draws import CANDIDATES, SEED, SIZE
draws = drawn_curves("pfs", "pnet", "fda", SEED + 4, SIZE, CANDIDATES)[0]
curves = dict(draws.distributions("t"))
print({name: curve.draw_shape[0] for name, curve in curves.items()})
print(*np.concatenate([curve.survival(12.0) for curve in curves.values()]).round(9))
"""
# As on a processor of 2008: NumPy without the newer instructions, linear algebra with its own routines.
OLD = {"NPY_DISABLE_CPU_FEATURES": "X86_V3", "OPENBLAS_CORETYPE": "Nehalem"}


@pytest.mark.slow
def test_draws_do_not_depend_on_the_processor():
    # This seed has a candidate of q = 0.000001, at which the density once had three digits left; one
    # draw more of one family then moved a limit of a price by four per cent.
    new, old = (
        subprocess.run(
            [sys.executable, "-W", "ignore", "-c", DRAWN],
            env=os.environ | setting,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for setting in ({}, OLD)
    )
    assert new == old
    assert "generalised_gamma" in new

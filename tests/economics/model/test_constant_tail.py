"""A tail of constant hazard, against its closed form."""

import numpy as np
import pytest

from assessment.economics.model.constant_tail import ConstantTail
from assessment.survival.distributions.parametric import Weibull


def test_the_mean_is_that_of_the_two_parts():
    # ∫ S up to the time, and S there over the rate.
    curve, at, rate = Weibull(np.array([1.4, 0.8]), np.array([20.0, 30.0])), 24.0, 0.02
    tail = ConstantTail(curve, at, rate)
    t = np.linspace(0, 1_500, 300_001)
    early = np.linspace(0, at, 20_001)
    mean = np.trapezoid(curve.survival(early), early, axis=1) + curve.survival(at) / rate
    assert np.trapezoid(tail.survival(t), t, axis=1) == pytest.approx(mean, rel=1e-5)
    assert tail.hazard(np.array([10.0, 24.0, 300.0]))[:, 1:] == pytest.approx(np.full((2, 2), rate))
    assert tail.hazard(np.array([10.0]))[:, 0] == pytest.approx(
        curve.hazard(np.array([10.0]))[:, 0]
    )


def test_two_curves_of_one_tail_keep_their_distance():
    one, other = (
        ConstantTail(Weibull(np.array([1.0]), np.array([scale])), 12.0, 0.03)
        for scale in (20.0, 25)
    )
    t = np.array([12.0, 40.0, 100.0])
    assert other.survival(t) / one.survival(t) == pytest.approx(
        np.full((1, 3), np.exp(12 / 20 - 12 / 25))
    )

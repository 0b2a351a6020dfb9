"""Integrals of the positive part of a polynomial, through every change of sign."""

import math

import numpy as np
import pytest
from scipy.integrate import quad

from assessment.economics.time.quadrature import positive_part, rule


def test_positive_part_keeps_integrals_through_two_zeros():
    x, w, _ = rule(10)
    f = (x + 0.3) * (x - 0.5)

    def integral(g, a, b):
        return quad(g, a, b)[0]

    exact = sum(
        integral(lambda s: (s + 0.3) * (s - 0.5) * math.exp(s), a, b)
        for a, b in ((-1, -0.3), (0.5, 1))
    )
    assert positive_part(f[None])[0] @ (w * np.exp(x)) == pytest.approx(exact, abs=1e-9)


def test_positive_part_notices_every_change_of_sign():
    """Against the root of each rising polynomial; roots between the last node and the end of the
    panel, and outside it, among them.
    """
    x, w, to_coefficients = rule(7)
    values = np.linspace(-1.3, 1.3, 400)[:, None] + np.random.default_rng(8).uniform(
        0.5, 1, (400, 1)
    ) * (x + 0.2 * x**3)
    found = positive_part(values[:, None, :])[:, 0] @ w
    for row, area in zip(values, found):
        series = np.polynomial.Legendre(to_coefficients @ row)
        cuts = np.unique(
            np.clip([-1, *(r.real for r in series.roots() if abs(r.imag) < 1e-9), 1], -1, 1)
        )
        whole = series.integ()
        assert area == pytest.approx(
            sum(max(whole(b) - whole(a), 0) for a, b in zip(cuts, cuts[1:])), abs=1e-12
        )

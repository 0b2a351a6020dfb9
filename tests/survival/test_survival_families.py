"""Families: against scipy, lifelines' formulas, closed forms and quadrature."""

import numpy as np
import pytest
from scipy import integrate, special, stats

from assessment.survival import (
    Exponential,
    Gamma,
    GeneralisedGamma,
    Gompertz,
    LogLogistic,
    LogNormal,
    PiecewiseExponential,
    RoystonParmar,
    Weibull,
)
from assessment.survival.distributions.special_functions import log_incomplete_gamma

SCIPY = [
    (Exponential(0.1), stats.expon(scale=10)),
    (Weibull(1.4, 12.0), stats.weibull_min(1.4, scale=12)),
    (Gompertz(0.05, 0.04), stats.gompertz(0.04 / 0.05, scale=20)),
    (Gamma(1.7, 0.2), stats.gamma(1.7, scale=5)),
    (LogNormal(2.0, 0.9), stats.lognorm(0.9, scale=np.exp(2.0))),
    (LogLogistic(1.8, 9.0), stats.fisk(1.8, scale=9)),
    # flexsurv's gengamma with Q > 0 is scipy's gengamma(a = Q^-2, c = Q/sigma).
    (
        GeneralisedGamma(2.2, 0.8, 0.6),
        stats.gengamma(0.6**-2, 0.6 / 0.8, scale=np.exp(2.2) * 0.6 ** (2 * 0.8 / 0.6)),
    ),
]
CURVES = [c for c, _ in SCIPY] + [
    GeneralisedGamma(2.2, 0.8, -0.5),
    Gompertz(-0.02, 0.05),
    RoystonParmar([-4.0, 1.3, 0.05], np.log([0.5, 8.0, 40.0])),
    RoystonParmar([-4.0, 1.6, 0.05], np.log([0.5, 8.0, 40.0]), "odds"),
    RoystonParmar([-2.0, 0.9, 0.02], np.log([0.5, 8.0, 40.0]), "normal"),
    PiecewiseExponential([0.02, 0.1, 0.05], [6.0, 18.0]),
]
T = np.array([0.01, 0.7, 3.0, 12.0, 40.0])


@pytest.mark.parametrize("curve, reference", SCIPY, ids=lambda x: type(x).__name__)
def test_agrees_with_scipy(curve, reference):
    np.testing.assert_allclose(curve.survival(T), reference.sf(T), rtol=1e-12)
    np.testing.assert_allclose(curve.density(T), reference.pdf(T), rtol=1e-11)
    np.testing.assert_allclose(
        curve.quantile([0.1, 0.5, 0.99]), reference.ppf([0.1, 0.5, 0.99]), rtol=1e-10
    )
    np.testing.assert_allclose(curve.mean(), reference.mean(), rtol=1e-8)


@pytest.mark.parametrize("curve", CURVES, ids=lambda c: type(c).__name__)
def test_functions_fit_together(curve):
    assert curve.survival(0.0) == 1
    np.testing.assert_allclose(np.exp(-curve.cumulative_hazard(T)), curve.survival(T), rtol=1e-14)
    h = 1e-6 * T[1:]
    slope = (curve.cumulative_hazard(T[1:] + h) - curve.cumulative_hazard(T[1:] - h)) / (2 * h)
    np.testing.assert_allclose(curve.hazard(T[1:]), slope, rtol=2e-6)
    np.testing.assert_allclose(curve.density(T), curve.hazard(T) * curve.survival(T), rtol=1e-10)
    reachable = 1 - curve.survival(1e6) * 1.0001
    p = np.array([0.05, 0.5, 0.8]) * reachable
    np.testing.assert_allclose(curve.survival(curve.quantile(p)), 1 - p, rtol=1e-9)
    breaks = [6.0, 18.0] if isinstance(curve, PiecewiseExponential) else None
    area = integrate.quad(
        lambda t: float(curve.survival(t)), 0, 25, epsabs=1e-12, epsrel=1e-12, points=breaks
    )[0]
    np.testing.assert_allclose(curve.rmst(25.0), area, rtol=1e-9)
    np.testing.assert_allclose(curve.rmst([0.0, 25.0])[0], 0)


@pytest.mark.parametrize("curve", CURVES, ids=lambda c: type(c).__name__)
def test_tails_stay_finite(curve):
    far = np.array([1e3, 8e3])
    assert np.all(np.isfinite(curve.log_survival(far)) & np.isfinite(curve.log_hazard(far)))
    assert np.all(np.diff(curve.log_survival(np.geomspace(1e-8, 8e3, 400))) <= 1e-13)


def test_gamma_tail_against_closed_form():
    # Shape 2 (Erlang): S = (1 + x) exp(-x), far below the smallest double.
    x = np.array([800.0, 5000.0])
    np.testing.assert_allclose(Gamma(2.0, 1.0).log_survival(x), np.log1p(x) - x, rtol=1e-14)
    np.testing.assert_allclose(
        GeneralisedGamma(0.0, 1.0, 1e-3).log_survival(np.exp(45.0)),
        LogNormal(0.0, 1.0).log_survival(np.exp(45.0)),
        rtol=0.03,
    )


@pytest.mark.parametrize(
    ("q", "time", "log_density", "log_survival"),
    [  # the formula of the density in 60 digits, and its integral in 30 (mpmath 1.3)
        (1e-06, 0.5, -4.597612628055175, -0.0013849981872228110),
        (1e-06, 30, -5.426723004939600, -2.817607982282240),
        (-3e-05, 4, -2.432364464827874, -0.2845519469605757),
        (0.0001, 200, -12.82808460547911, -8.998111592865892),
        (-0.002, 4, -2.432468938211610, -0.2842119856106436),
        (0.27, 200, -15.72539176309117, -12.42796185847413),
        (-1.3, 4, -2.651465851870269, -0.1207215777755255),
    ],
)
def test_generalised_gamma_keeps_its_digits_near_the_lognormal(q, time, log_density, log_survival):
    curve = GeneralisedGamma(2.0, 0.9, q)
    np.testing.assert_allclose(curve.log_density(time), log_density, rtol=1e-14)
    np.testing.assert_allclose(curve.log_survival(time), log_survival, rtol=1e-9)


def test_upper_incomplete_gamma_near_0_has_its_digits():
    a, x = np.meshgrid(np.geomspace(1e-6, 1.1, 40), np.geomspace(1e-6, 1.1, 60))
    later = x >= a
    found = log_incomplete_gamma(a[later], x[later], True)
    np.testing.assert_allclose(np.exp(found), special.gammaincc(a[later], x[later]), rtol=1e-12)


def test_nested_families():
    w, e = Weibull(1.0, 10.0), Exponential(0.1)
    np.testing.assert_allclose(w.log_survival(T), e.log_survival(T), rtol=1e-13)
    np.testing.assert_allclose(Gamma(1.0, 0.1).hazard(T), 0.1, rtol=1e-10)
    np.testing.assert_allclose(Gompertz(0.0, 0.1).survival(T), e.survival(T), rtol=1e-13)
    np.testing.assert_allclose(
        GeneralisedGamma(np.log(10.0), 1 / 1.4, 1.0).survival(T),
        Weibull(1.4, 10.0).survival(T),
        rtol=1e-11,
    )
    np.testing.assert_allclose(
        GeneralisedGamma(2.0, 0.9, 1e-6).survival(T), LogNormal(2.0, 0.9).survival(T), rtol=1e-5
    )
    np.testing.assert_allclose(
        GeneralisedGamma(2.0, 0.9, 0.0).hazard(T), LogNormal(2.0, 0.9).hazard(T), rtol=1e-12
    )
    np.testing.assert_allclose(
        RoystonParmar([-1.4 * np.log(10), 1.4], [0.0, 3.0]).survival(T),
        Weibull(1.4, 10.0).survival(T),
        rtol=1e-12,
    )
    np.testing.assert_allclose(PiecewiseExponential([0.1], []).rmst(30.0), e.rmst(30.0), rtol=1e-13)


def test_means_that_diverge():
    assert np.isinf(LogLogistic(0.9, 5.0).mean()) and np.isinf(Gompertz(-0.1, 0.1).mean())
    assert Gompertz(-0.1, 0.05).quantile(0.9) == np.inf
    assert np.isinf(GeneralisedGamma(1.0, 2.0, -1.0).mean())


def test_draws_in_front_times_behind():
    curve = Weibull(np.array([1.0, 1.5, 2.0]), 10.0)
    assert curve.survival(T).shape == (3, 5)
    assert curve.rmst([[5.0, 10.0]]).shape == (3, 1, 2)
    assert curve.mean().shape == curve.median().shape == (3,)
    assert curve.survival(1.0).shape == (3,)
    np.testing.assert_allclose(curve.survival(T)[1], Weibull(1.5, 10.0).survival(T))
    np.testing.assert_allclose(curve.draw(2).mean(), Weibull(2.0, 10.0).mean())
    spline = RoystonParmar(
        np.array([[-4.0, 1.3, 0.05], [-3.0, 1.1, 0.0]]), np.log([0.5, 8.0, 40.0])
    )
    assert spline.survival(T).shape == (2, 5) and spline.quantile([0.1, 0.5]).shape == (2, 2)
    pieces = PiecewiseExponential(np.array([[0.1, 0.2], [0.3, 0.1]]), [5.0])
    assert pieces.hazard(T).shape == (2, 5) and pieces.quantile([0.5]).shape == (2, 1)
    np.testing.assert_allclose(pieces.quantile(0.5)[1], np.log(2) / 0.3)


def test_errors_say_what_to_do():
    with pytest.raises(ValueError, match="shape must be > 0.*Check the order"):
        Weibull(-1.0, 2.0)
    with pytest.raises(ValueError, match="not percentages"):
        Exponential(1.0).quantile(50)
    with pytest.raises(ValueError, match="as many coefficients as knots"):
        RoystonParmar([1.0], [0.0, 1.0])
    with pytest.raises(ValueError, match="one fewer than the rates"):
        PiecewiseExponential([0.1, 0.2], [])
    with pytest.raises(NotImplementedError, match="to_flexsurv"):
        Gompertz(0.1, 0.1).to_lifelines()


def test_parameter_maps():
    from lifelines import GeneralizedGammaFitter

    fitter = GeneralizedGammaFitter()
    curve = GeneralisedGamma(2.2, 0.8, -0.5)
    p = [float(curve.to_lifelines()[k]) for k in fitter._fitted_parameter_names]
    np.testing.assert_allclose(
        fitter._cumulative_hazard(p, T), curve.cumulative_hazard(T), rtol=1e-9, atol=1e-15
    )
    assert set(curve.to_flexsurv()) == {"mu", "sigma", "Q"}

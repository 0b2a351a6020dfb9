"""Fits: against lifelines where it has the family, else against an independent derivation."""

import warnings

import lifelines
import numpy as np
import pytest
from lifelines.datasets import load_gbsg2, load_lung, load_rossi, load_waltons
from scipy import optimize, special

from assessment.survival import (
    FitWarning,
    at_risk_table,
    choose,
    cox_hazard_ratio,
    fit,
    hazard_panels,
    kaplan_meier,
    logrank_z,
)

PAIRS = {
    "exponential": lifelines.ExponentialFitter,
    "weibull": lifelines.WeibullFitter,
    "lognormal": lifelines.LogNormalFitter,
    "loglogistic": lifelines.LogLogisticFitter,
    "generalised_gamma": lifelines.GeneralizedGammaFitter,
}


def data(name):
    frame, t, e = {
        "rossi": (load_rossi(), "week", "arrest"),
        "gbsg2": (load_gbsg2(), "time", "cens"),
        "lung": (load_lung(), "time", "status"),
        "waltons": (load_waltons(), "T", "E"),
    }[name]
    return frame[t].to_numpy(float), (frame[e] == frame[e].max()).to_numpy(int)


@pytest.mark.parametrize("name", ["rossi", "gbsg2"])
@pytest.mark.parametrize("family", PAIRS)
def test_log_likelihood_agrees_with_lifelines(name, family):
    t, e = data(name)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        reference = PAIRS[family]().fit(t, e)
    ours = fit(family, t, e)
    assert abs(ours.loglik - reference.log_likelihood_) < 1e-6
    assert ours.loglik > reference.log_likelihood_ - 1e-9
    np.testing.assert_allclose(ours.aic, reference.AIC_, atol=3e-6)


def test_covariance_agrees_with_lifelines():
    t, e = data("lung")
    ours, reference = fit("lognormal", t, e), lifelines.LogNormalFitter().fit(t, e)
    variance = reference.variance_matrix_.to_numpy()
    np.testing.assert_allclose(ours.covariance[0, 0], variance[0, 0], rtol=1e-3)
    np.testing.assert_allclose(
        ours.covariance[1, 1], variance[1, 1] / reference.sigma_**2, rtol=1e-3
    )


def test_gompertz_and_gamma_against_their_own_likelihood():
    t, e = data("waltons")

    def gompertz(p):
        b, a = np.exp(p[1]), p[0]
        return -(np.sum(e * (np.log(b) + a * t)) - np.sum(b / a * (np.exp(a * t) - 1)))

    def gamma(p):
        k, r = np.exp(p)
        density = k * np.log(r) + (k - 1) * np.log(t) - r * t - special.gammaln(k)
        return -np.sum(np.where(e == 1, density, np.log(special.gammaincc(k, r * t))))

    for family, function, start in [
        ("gompertz", gompertz, [0.05, -6]),
        ("gamma", gamma, [1.5, -2]),
    ]:
        best = optimize.minimize(
            function,
            start,
            method="Nelder-Mead",
            options={"xatol": 1e-10, "fatol": 1e-10, "maxiter": 4000},
        )
        np.testing.assert_allclose(fit(family, t, e).loglik, -best.fun, atol=1e-6)


def test_interval_censoring_agrees_with_lifelines():
    rng = np.random.default_rng(1)
    t = 12 * rng.weibull(1.5, 150)
    lower, upper = np.floor(t / 3) * 3, np.floor(t / 3) * 3 + 3
    late = lower > 20
    upper[late], lower[late] = np.inf, 20.0
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        reference = lifelines.WeibullFitter().fit_interval_censoring(
            np.maximum(lower, 1e-12), upper
        )
    ours = fit("weibull", intervals=(lower, upper))
    np.testing.assert_allclose(ours.loglik, reference.log_likelihood_, atol=1e-5)
    np.testing.assert_allclose(ours.distribution.shape, reference.rho_, rtol=1e-4)


def test_unit_of_time_only_moves_the_scale():
    t, e = data("lung")
    days, months = fit("generalised_gamma", t, e), fit("generalised_gamma", t / 30.4375, e)
    np.testing.assert_allclose(months.loglik - days.loglik, e.sum() * np.log(30.4375), rtol=1e-9)
    np.testing.assert_allclose(
        days.distribution.median() / 30.4375, months.distribution.median(), rtol=1e-6
    )
    np.testing.assert_allclose(days.covariance[1:, 1:], months.covariance[1:, 1:], rtol=1e-4)
    assert fit("gompertz", t, e).covariance[0, 0] < fit("gompertz", t / 30.4375, e).covariance[0, 0]


@pytest.mark.parametrize(
    "family", ["weibull", "gompertz", "generalised_gamma", "spline", "piecewise"]
)
def test_draws_centre_on_the_fit(family):
    t, e = data("rossi")
    fitted = fit(family, t, e, breaks=[20.0, 40.0])
    draws = fitted.draw(4000, np.random.default_rng(3))
    s = draws.survival(np.array([10.0, 40.0]))
    assert s.shape == (4000, 2)
    assert np.all(np.abs(s.mean(0) - fitted.distribution.survival(np.array([10.0, 40.0]))) < 0.01)
    # Greenwood's standard error of S(40), an independent gauge of the spread.
    km = kaplan_meier(t, e)
    at = np.searchsorted(km.times, 40.0, side="right") - 1
    assert 0.7 < s[:, 1].std() / (km.survival[at] * np.sqrt(km.log_variance[at])) < 1.15


def test_spline_without_inner_knots_is_weibull():
    t, e = data("gbsg2")
    np.testing.assert_allclose(
        fit("spline", t, e, knots=0).loglik, fit("weibull", t, e).loglik, atol=1e-7
    )
    np.testing.assert_allclose(
        fit("spline", t, e, knots=0, scale="odds").loglik,
        fit("loglogistic", t, e).loglik,
        atol=1e-7,
    )
    np.testing.assert_allclose(
        fit("spline", t, e, knots=0, scale="normal").loglik,
        fit("lognormal", t, e).loglik,
        atol=1e-7,
    )
    assert fit("spline", t, e, knots=2).loglik > fit("weibull", t, e).loglik


def test_warns_with_a_reason():
    with pytest.warns(FitWarning, match="Use a simpler family"):
        fitted = fit("weibull", [5.0, 5.0, 5.0, 5.0], [1, 1, 1, 1])
    assert fitted.warnings
    t = np.array([1.0, 2, 3, 4, 20, 30, 40, 50, 60])
    with pytest.warns(FitWarning, match="levels off"):
        assert "shape < 0" in fit("gompertz", t, [1, 1, 1, 1, 0, 0, 0, 0, 0]).warnings[0]
    with pytest.raises(ValueError, match="no events"):
        fit("weibull", [1.0, 2.0], [0, 0])
    with pytest.raises(ValueError, match="Use one of"):
        fit("weibul", [1.0, 2.0], [1, 0])
    with pytest.raises(ValueError, match="row 1"):
        fit("weibull", [1.0, -2.0], [1, 0])


def test_choice_table_ranks_by_aic():
    t, e = data("gbsg2")
    table = choose([fit(f, t, e) for f in ("exponential", "lognormal", "generalised_gamma")])
    assert [row["family"] for row in table] == ["generalised_gamma", "lognormal", "exponential"]
    np.testing.assert_allclose(sum(row["aic_weight"] for row in table), 1)


def test_kaplan_meier_cox_and_logrank_agree_with_lifelines():
    frame = load_gbsg2()
    t, e, z = (
        frame["time"].to_numpy(float),
        frame["cens"].to_numpy(),
        (frame["horTh"] == "yes").to_numpy(int),
    )
    km, reference = kaplan_meier(t, e), lifelines.KaplanMeierFitter().fit(t, e)
    grid = np.linspace(0, 2500, 40)
    np.testing.assert_allclose(km.at(grid), reference.predict(grid), rtol=1e-12)
    assert km.quantile(0.5) == reference.median_survival_time_
    low, high = km.interval()
    reference_ci = reference.confidence_interval_.loc[km.times].to_numpy()
    np.testing.assert_allclose(np.c_[low, high], reference_ci, atol=1e-6)
    np.testing.assert_allclose(
        km.rmst(1500.0), lifelines.utils.restricted_mean_survival_time(reference, 1500), rtol=1e-9
    )
    cox = lifelines.CoxPHFitter().fit(frame[["time", "cens"]].assign(z=z), "time", "cens")
    np.testing.assert_allclose(
        cox_hazard_ratio(t, e, z), (cox.params_["z"], cox.standard_errors_["z"]), rtol=1e-5
    )
    reference_test = lifelines.statistics.logrank_test(t[z == 1], t[z == 0], e[z == 1], e[z == 0])
    np.testing.assert_allclose(logrank_z(t, e, z) ** 2, reference_test.test_statistic, rtol=1e-9)
    assert list(at_risk_table(t, [0, 1000])) == [686, int((t >= 1000).sum())]


def test_hazard_panels_recover_a_constant_hazard():
    rng = np.random.default_rng(0)
    t = rng.exponential(10, 4000)
    panel = hazard_panels(t, np.ones(4000))
    assert np.mean((panel["hazard_low"] < 0.1) & (panel["hazard_high"] > 0.1)) >= 0.8
    slope = np.polyfit(panel["log_time"][200:], panel["log_cumulative_hazard"][200:], 1)[0]
    assert abs(slope - 1) < 0.05

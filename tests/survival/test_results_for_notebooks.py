"""What a user of the library meets in a notebook: tables, seeds, names of arms and families, warnings."""

from __future__ import annotations

import warnings

import numpy as np
import pytest
from lifelines import LogNormalFitter, WeibullFitter
from lifelines.datasets import load_waltons

from assessment.survival import (
    EvidenceWarning,
    calibrate,
    cox_hazard_ratio,
    fit,
    kaplan_meier,
    logrank_z,
    reconstruct_ipd,
)

WALTONS = load_waltons()
PRINTED = {
    "median_t": 13.8,
    "median_c": 4.4,
    "hr": 0.4,
    "hr_lo": 0.27,
    "hr_hi": 0.59,
    "n_t": 130,
    "n_c": 70,
}


@pytest.mark.parametrize(
    ("family", "peer", "names"),
    [
        ("weibull", WeibullFitter, {"shape": "rho_", "scale": "lambda_"}),
        ("lognormal", LogNormalFitter, {"meanlog": "mu_", "sdlog": "sigma_"}),
    ],
)
def test_standard_errors_on_the_natural_scale_are_those_of_lifelines(family, peer, names):
    """Lifelines maximises on the natural scale itself."""
    shown = fit(family, WALTONS["T"], WALTONS["E"]).to_frame().set_index("parameter")
    other = peer().fit(WALTONS["T"], WALTONS["E"]).summary
    for ours, theirs in names.items():
        assert shown.loc[ours, "estimate"] == pytest.approx(other.loc[theirs, "coef"], rel=1e-4)
        error = other.loc[theirs, "se(coef)"]
        assert shown.loc[ours, "standard_error"] == pytest.approx(error, rel=2e-3)


@pytest.mark.parametrize("family", ["spline", "piecewise"])
def test_flexible_curves_name_their_parameters(family):
    shown = fit(family, WALTONS["T"], WALTONS["E"], breaks=[40.0]).to_frame()
    assert list(shown["parameter"])[:2] in (["gamma0", "gamma1"], ["rate 1", "rate 2"])
    if family == "piecewise":
        # events over time at risk, and its standard error rate / sqrt(events): by hand
        early = WALTONS["T"] <= 40
        events, time = WALTONS["E"][early].sum(), WALTONS["T"].clip(upper=40).sum()
        assert shown["estimate"][0] == pytest.approx(events / time, rel=1e-6)
        assert shown["standard_error"][0] == pytest.approx(events**0.5 / time, rel=1e-4)


def test_a_notebook_shows_a_small_table():
    shown = kaplan_meier(WALTONS["T"], WALTONS["E"])._repr_html_()
    assert shown.startswith("<table") and shown.count("<tr") <= 23 and "survival" in shown


def test_rebuilt_patients_are_shown_one_a_row():
    """Four patients, all of whom have the event, one at each step."""
    corners = [
        [0, 1],
        [1, 1],
        [1, 0.75],
        [2, 0.75],
        [2, 0.5],
        [3, 0.5],
        [3, 0.25],
        [4, 0.25],
        [4, 0],
    ]
    rebuilt = reconstruct_ipd(corners, {0: 4})
    shown = rebuilt.to_frame()
    assert shown.to_dict("list") == {"time": [1.0, 2.0, 3.0, 4.0], "event": [1, 1, 1, 1]}
    assert rebuilt._repr_html_().count("<tr") == 5


def test_a_seed_is_as_good_as_its_generator():
    fitted = fit("weibull", WALTONS["T"], WALTONS["E"])
    by_seed, again = fitted.draw(5, 3), fitted.draw(5, np.random.default_rng(3))
    np.testing.assert_array_equal(by_seed.shape, again.shape)
    assert not np.array_equal(by_seed.shape, fitted.draw(5, 4).shape)
    with pytest.raises(ValueError, match="whole number as the seed"):
        fitted.draw(5, "3")


def test_arms_are_written_one_way_everywhere():
    marks = (WALTONS["group"] == "control").astype(int)
    words = marks.map({1: "treated", 0: "control"})
    for compare in (cox_hazard_ratio, logrank_z):
        by_mark = compare(WALTONS["T"], WALTONS["E"], marks)
        assert compare(WALTONS["T"], WALTONS["E"], words) == by_mark
        assert compare(WALTONS["T"], WALTONS["E"], words.str[0].to_numpy()) == by_mark
    with pytest.raises(ValueError, match="'treated' or 'control'"):
        logrank_z(WALTONS["T"], WALTONS["E"], WALTONS["group"])


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("gengamma", "generalised_gamma"),
        ("Weibull", "weibull"),
        ("llogis", "loglogistic"),
        ("exp", "exponential"),
    ],
)
def test_a_family_by_another_name_is_met_with_the_nearest(written, meant):
    with pytest.raises(ValueError, match=f"Did you mean '{meant}'"):
        fit(written, WALTONS["T"], WALTONS["E"])


def test_printed_numbers_that_contradict_each_other_are_warned_of():
    with pytest.warns(EvidenceWarning, match="control against treated") as told:
        calibrate(PRINTED | {"hr": 2.5, "hr_lo": 1.7, "hr_hi": 3.7}, 1, 20, 200)
    assert told[0].filename == __file__, "the warning names the caller's line"
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        calibrate(PRINTED, 1, 20, 200)

"""The check of calibration on data that were hidden from it."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from lifelines import CoxPHFitter, KaplanMeierFitter
from lifelines.datasets import load_lung

from assessment.pages.trial_evidence.curves import (
    curve_texts,
)
from assessment.survival.calibration.hidden_data_check import SETS, accuracy, as_printed, hidden


def test_what_is_printed_agrees_with_lifelines():
    f = load_lung()
    t, e, z = (
        f["time"].to_numpy(float),
        (
            (f["status"] == 1).to_numpy(bool)
            if f["status"].max() == 1
            else (f["status"] == 2).to_numpy(bool)
        ),
        (f["sex"] == 2).to_numpy(bool),
    )
    p = as_printed(t, e, z)
    assert p["median_t"] == KaplanMeierFitter().fit(t[z], e[z]).median_survival_time_ == 426
    cox = CoxPHFitter().fit(pd.DataFrame({"t": t, "e": e, "z": z}).astype(float), "t", "e")
    assert p["hr"] == round(float(np.exp(cox.params_["z"])), 2)
    assert hidden("lung").printed == p


def test_hidden_truth_is_the_area_under_lifelines_curve():
    h = hidden("leukaemia")
    from lifelines.utils import restricted_mean_survival_time

    km = KaplanMeierFitter().fit(h.durations[h.treated], h.observed[h.treated])
    assert h.truth["t"] == pytest.approx(restricted_mean_survival_time(km, t=h.horizon), rel=1e-9)


def test_calibration_beats_the_exponential_on_hidden_data():
    a = accuracy()
    assert (
        a["arms"] < 0.02 < a["exponential_arms"]
        and a["difference"] < 0.025 < a["exponential_difference"]
    )
    assert a["intervals"] == 3 * len(SETS) and a["covered"] >= 10
    assert not hidden("lung").draws.contradictions


def test_intervals_that_miss_the_truth_are_named():
    missed = curve_texts.check_texts()["curve_check_missed"]
    assert ("governments" in missed) == any(
        not hidden("regimes").covered(what) for what in ("t", "c", "difference")
    )
    assert missed.count("(") == accuracy()["intervals"] - accuracy()["covered"]

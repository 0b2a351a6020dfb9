"""Digitised points take the place of a calibrated curve when there are any."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from lifelines import CoxPHFitter, KaplanMeierFitter

from assessment.case.trial.digitised_files import digitised_arms, stem
from assessment.case.trial.trial import ARMS
from assessment.case.trial.trial_curves import curves
from assessment.case.trial.trial_summaries import ARM_CODE
from assessment.evidence import DATA, DataError
from assessment.pages.trial_evidence.curves import (
    curve_figures,
    curve_words,
)
from assessment.survival.reconstruction import FromDigitised


def made_up(seed=3):
    """Two made-up arms: patients, their Kaplan–Meier corners and numbers at risk."""
    rng, arms = np.random.default_rng(seed), {}
    for arm, scale, n in ((ARMS[0], 15.0, 134), (ARMS[1], 6.0, 69)):
        t, stop = scale * rng.weibull(1.3, n), rng.uniform(6, 30, n)
        d, e = np.minimum(t, stop), t <= stop
        km = KaplanMeierFitter().fit(d, e).survival_function_.iloc[:, 0]
        corners = [(0.0, 1.0)]
        for time, s in km.items():
            corners += (
                [(time, corners[-1][1]), (time, s)] if time > 0 and s < corners[-1][1] else []
            )
        corners.append((float(d.max()), corners[-1][1]))
        arms[arm] = (d, e, corners, [(m, int((d >= m).sum())) for m in range(0, 25, 6)])
    return arms


def put(folder, arms, only=ARMS):
    folder.mkdir(exist_ok=True)
    for arm in only:
        name = stem("publication", "pfs", "epnet", arm)
        (folder / f"{name}.csv").write_text(
            "time,survival\n" + "".join(f"{t:.6f},{s:.6f}\n" for t, s in arms[arm][2]),
            encoding="utf-8",
        )
        (folder / f"{name}_at_risk.csv").write_text(
            "time,n\n" + "".join(f"{t},{k}\n" for t, k in arms[arm][3]), encoding="utf-8"
        )


@pytest.fixture
def digitised(scratch):
    """A scratch copy of data/ with a made-up curve of the trial's size in data/km/."""
    arms = made_up()
    put(scratch.data / "km", arms)
    return scratch, arms


def test_digitised_points_take_over_without_a_change_of_code(digitised):
    scratch, arms = digitised
    c = curves("pfs", "epnet", size=200, data=scratch.data, references=scratch.references)
    assert c.route == "digitised" and isinstance(c.draws, FromDigitised)
    for arm in ARMS:
        d, e, _, table = arms[arm]
        rebuilt = c.draws.arms[ARM_CODE[arm]]
        assert (rebuilt.n, rebuilt.events) == (d.size, e.sum())
        np.testing.assert_array_equal(c.at_risk(arm)[:, 1], [k for _, k in table])
        truth = KaplanMeierFitter().fit(d, e).survival_function_at_times([6, 12, 18]).to_numpy()
        low, middle, high = c.band(np.array([6.0, 12.0, 18.0]), arm, "trial")
        np.testing.assert_allclose(middle, truth, atol=0.03)
        assert np.all((low < truth) & (truth < high))
        assert np.all(np.abs(c.band(np.array([6.0, 12.0]), arm)[1] - truth[:2]) < 0.08)
    # What is printed of CABINET is another trial than the made-up one, and that is said.
    assert any("rebuilt" in said for said in c.draws.contradictions)
    # The other curves stay calibrated.
    assert (
        curves("pfs", "pnet", size=100, data=scratch.data, references=scratch.references).route
        == "calibrated"
    )
    assert (
        curves(
            "pfs", "epnet", "fda", size=100, data=scratch.data, references=scratch.references
        ).route
        == "calibrated"
    )


def test_pictures_say_that_they_are_digitised(digitised, monkeypatch):
    scratch, _ = digitised
    real = curves
    monkeypatch.setattr(
        curve_words,
        "curves",
        lambda e, g, s="publication": real(
            e, g, s, size=200, data=scratch.data, references=scratch.references
        ),
    )
    figure = curve_figures.bands("pfs")
    spec = str(figure.draw(700).to_dict())
    assert curve_words.ROUTES["digitised"] in spec and "later: not published" in spec
    at_risk = figure.table[(figure.table["Cohort"] == "epNET") & (figure.table["Month"] == 6)][
        "At risk, printed"
    ]
    assert all(int(x) > 0 for x in at_risk)


def test_digitised_hazard_ratio_is_cox(digitised):
    scratch, arms = digitised
    c = curves("pfs", "epnet", size=200, data=scratch.data, references=scratch.references)
    frame = pd.concat(
        pd.DataFrame({"t": arms[a][0], "e": arms[a][1], "z": a == ARMS[0]}) for a in ARMS
    ).astype(float)
    assert c.draws.hazard_ratio()[0] == pytest.approx(
        CoxPHFitter().fit(frame, "t", "e").params_["z"], abs=0.03
    )


def test_nothing_is_digitised_today():
    assert digitised_arms("publication", "pfs", "epnet") is None
    assert not list((DATA / "km").glob("*.csv"))


@pytest.mark.parametrize(
    "name, message",
    [
        ("publication_pfs_epnet_cabozantinib", "publication_pfs_epnet_placebo.csv beside it"),
        ("publication_pfs_epnett_placebo", "publication_pfs_epnet_placebo"),
        ("fda_os_pnet_placebo_at_risk", "fda_os_pnet_placebo.csv beside it"),
    ],
)
def test_a_wrong_file_name_is_told(scratch, name, message):
    (scratch.data / "km" / f"{name}.csv").write_text("0,1\n", encoding="utf-8")
    with pytest.raises(DataError, match=message):
        digitised_arms("publication", "pfs", "epnet", scratch.data)

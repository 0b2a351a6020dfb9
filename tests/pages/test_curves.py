"""CABINET's curves: one set at a time, back to what was printed, replaced by digitised points when
there are any.
"""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from lifelines import CoxPHFitter, KaplanMeierFitter
from lifelines.datasets import load_lung

from assessment.case.trial import trial_curves
from assessment.case.trial.digitised_files import digitised_arms, stem
from assessment.case.trial.trial import ARMS, COHORTS, Trial, all_analysis_sets, load_trial
from assessment.case.trial.trial_curves import ARM_CODE, curves, printed, summaries
from assessment.evidence import DATA, REFERENCES, DataError, FactSet, MixedAnalysisSets
from assessment.pages.trial_evidence.curves import (
    curve_figures,
    curve_tables,
    curve_texts,
    curve_words,
    extrapolation,
    extrapolation_words,
    family_figures,
    restricted_mean_figures,
    rows_at_risk,
    small_multiples,
)
from assessment.presentation import numbers
from assessment.survival.calibration.hidden_data_check import SETS, accuracy, as_printed, hidden
from assessment.survival.reconstruction.digitised_curves import FromDigitised

PFS = [("pfs", cohort, s) for cohort in COHORTS for s in all_analysis_sets()]


def test_summaries_hold_what_the_facts_print():
    s = summaries(printed(load_trial("publication"), "pfs", "epnet"))
    assert (s.median_t, s.lo_t, s.hi_t, s.median_c, s.lo_c, s.hi_c) == (
        8.4,
        7.6,
        12.7,
        3.9,
        3.0,
        5.7,
    )
    assert (s.hr, s.hr_lo, s.hr_hi, s.n_t, s.n_c, s.events, s.followup_median) == (
        0.38,
        0.25,
        0.59,
        134,
        69,
        111,
        10.2,
    )
    fda = summaries(printed(load_trial("fda"), "os", "pnet"))
    assert (fda.events_t, fda.events_c, fda.events, fda.hr, fda.median_t) == (
        32,
        17,
        None,
        1.01,
        None,
    )


@pytest.mark.parametrize(
    "endpoint, group, analysis_set",
    [
        *PFS,
        ("os", "epnet", "publication"),
        ("pfs", "gi", "publication"),
        ("pfs", "grade3", "unstated"),
    ],
)
def test_every_fact_of_a_curve_belongs_to_its_set(endpoint, group, analysis_set):
    sets = {f.analysis_set for f in printed(load_trial(analysis_set), endpoint, group).values()} - {
        "not_applicable"
    }
    assert sets == {analysis_set}


def test_mixing_sets_is_refused():
    published, fda = load_trial("publication"), load_trial("fda")
    with pytest.raises(MixedAnalysisSets):
        Trial("publication", FactSet([*published.facts, *fda.facts]))
    # A single fact relabelled inside a view is caught when the curve's facts are gathered.
    view = load_trial("publication")
    moved = FactSet(
        replace(f, analysis_set="fda") if f.id == "cabinet.n.epnet.placebo" else f
        for f in view.facts
    )
    object.__setattr__(view, "facts", moved)
    with pytest.raises(MixedAnalysisSets, match="cabinet.n.epnet.placebo"):
        printed(view, "pfs", "epnet")


def test_no_time_printed_is_no_curve():
    with pytest.raises(ValueError, match="no time is known"):
        curves("os", "pnet", "fda")
    assert curve_words.found("os", "pnet", "fda") is None
    with pytest.raises(ValueError, match="no curve of 'os' in 'gi'"):
        curves("os", "gi")


@pytest.mark.parametrize("endpoint, group, analysis_set", PFS)
def test_calibrated_medians_are_the_printed_ones(endpoint, group, analysis_set):
    c = curves(endpoint, group, analysis_set)
    for arm, code in ARM_CODE.items():
        fact = c.facts[f"median_{code}"]
        median = curve_tables.calibrated_median(c, code)
        assert median == pytest.approx(fact.number, rel=0.06)
        if fact.low is not None:
            assert fact.low <= median <= fact.high
            # Where the interval of the median ends, the band of the trial's own curve holds the
            # level that its interval ends at, about.
            for at, side in ((fact.low, 1), (fact.high, -1)):
                low, _, high = c.band(float(at), arm, "trial")
                assert low <= 0.5 + side * 0.12 + 0.06 and high >= 0.5 + side * 0.12 - 0.06


@pytest.mark.parametrize(
    "group, analysis_set",
    [("epnet", "publication"), ("pnet", "publication"), ("epnet", "fda"), ("pnet", "fda")],
)
def test_the_hazard_ratio_comes_back_from_simulated_patients(group, analysis_set):
    """Patients simulated from the draws and followed as long as in the trial give the printed
    ratio, by lifelines' Cox model.
    """
    c, rng, found = curves("pfs", group, analysis_set), np.random.default_rng(5), []
    months = np.linspace(0, 60, 601)
    drawn = {arm: c.survival(months, arm, "trial") for arm in ARMS}
    follow = c.facts["followup_median"].number if "followup_median" in c.facts else 12.0
    for k in rng.integers(0, c.draws.size, 25):
        rows = []
        for arm in ARMS:
            u = rng.random(800)
            t = np.interp(-u, -drawn[arm][k], months, right=60.0)
            stop = follow * rng.uniform(0.4, 1.6, 800)
            rows.append(
                pd.DataFrame(
                    {
                        "t": np.maximum(np.minimum(t, stop), 0.01),
                        "e": t <= stop,
                        "z": arm == ARMS[0],
                    }
                )
            )
        found.append(CoxPHFitter().fit(pd.concat(rows).astype(float), "t", "e").params_["z"])
    fact = c.facts["hr"]
    assert abs(np.mean(found) - np.log(fact.number)) < 0.12
    assert np.log(fact.low) < np.mean(found) < np.log(fact.high)


def test_the_same_seed_gives_the_same_draws_and_another_seed_agrees():
    first = curves("pfs", "epnet").survival([6.0, 12.0], ARMS[0])
    afresh = trial_curves._curves.__wrapped__(
        "pfs",
        "epnet",
        "publication",
        trial_curves.SEED,
        trial_curves.SIZE,
        DATA,
        REFERENCES,
        trial_curves.CANDIDATES,
        True,
    )
    np.testing.assert_array_equal(first, afresh.survival([6.0, 12.0], ARMS[0]))
    other = curves("pfs", "epnet", seed=99).survival([6.0, 12.0], ARMS[0])
    np.testing.assert_allclose(first.mean(0), other.mean(0), atol=0.02)


def test_curves_fall_from_one_and_shares_are_shares():
    for endpoint in ("pfs", "os"):
        c = curves(endpoint, "pnet")
        for arm in ARMS:
            for of in ("trial", "population"):
                s = c.survival(np.linspace(0, 120, 61), arm, of)
                assert np.all(s[:, 0] == 1) and s.min() >= 0 and s.max() <= 1
                # Single draws of the trial's curve are interpolated and may rise by a hair; what is
                # drawn, their middle, falls.
                falling = s if of == "population" else np.median(s, axis=0)[None]
                assert np.all(np.diff(falling, axis=1) <= 1e-9)


def test_restricted_mean_difference_is_the_calibration_s_own():
    c = curves("pfs", "epnet")
    ours = c.rmst_difference(np.linspace(0, 24, 97))[:, -1]
    np.testing.assert_allclose(ours, c.draws.rmst_difference(24.0, "population"), atol=0.02)
    with pytest.raises(ValueError, match="rise from 0"):
        c.rmst_difference(np.array([1.0, 2.0]))


# Digitised points take over.


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
        curve_figures,
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


# The check on hidden data.


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
    missed = curve_texts.texts()["curve_check_missed"]
    assert ("governments" in missed) == any(
        not hidden("regimes").covered(what) for what in ("t", "c", "difference")
    )
    assert missed.count("(") == accuracy()["intervals"] - accuracy()["covered"]


# What the chapter shows.


def test_every_picture_says_where_its_curves_come_from():
    for figure in (
        curve_figures.bands("pfs"),
        curve_figures.bands("os"),
        small_multiples.sets("pfs"),
        small_multiples.subgroups(),
        extrapolation.fan(),
        restricted_mean_figures.restricted_means(),
        family_figures.hazards(),
    ):
        for width in (700, 340):
            assert "Calibrated to published summaries, not digitised" in str(
                figure.draw(width).to_dict()["title"]["text"]
            ), figure.name


def test_expected_numbers_are_the_share_of_those_randomised():
    c = curves("pfs", "epnet")
    rows = {(r["arm"], r["month"]): r for r in rows_at_risk.table_rows(c, [0, 12])}
    assert (
        rows[ARMS[0], 0]["at_risk"] == rows[ARMS[0], 0]["expected"] == "134"
        and rows[ARMS[1], 12]["at_risk"] == ""
    )
    assert int(rows[ARMS[0], 12]["expected"]) == round(
        134 * np.median(c.survival(12.0, ARMS[0], "trial"))
    )


def test_texts_and_tables_tell_the_same_numbers():
    texts, table = curve_texts.texts(), curve_tables.by_set().frame
    row = table[
        (table["Curve"] == "PFS at 12 months, epNET") & (table["Analysis set"] == "Publication")
    ].iloc[0]
    assert (
        texts["curve_pfs_at_12_months.epnet.treated"] == row["Cabozantinib"]
        and texts["curve_pfs_gain.epnet"] == row["Months gained in 24"]
    )
    middle = 100 * np.median(curves("pfs", "epnet").survival(12.0, ARMS[0]))
    assert texts["curve_pfs_at_12_months.epnet.treated"].startswith(numbers.number(middle))
    assert all(isinstance(v, str) for v in texts.values())


def test_family_weights_add_up_and_the_choice_table_holds_them():
    c = curves("os", "epnet")
    assert sum(c.draws.families.values()) == pytest.approx(1)
    frame = family_figures.model_choice("os").frame
    assert list(frame["Family"]) == list(extrapolation_words.FAMILY.values())
    assert sum(int(w.split("\u00a0")[0]) for w in frame["epNET: weight"]) == pytest.approx(
        100, abs=3
    )


def test_every_set_has_a_verdict():
    frame = curve_tables.contradictions().frame
    assert len(frame) == 13 and (frame["Verdict"] == curve_words.TOO_LITTLE).sum() == 1
    # A median is told as pulled where the table's own two numbers say so; at the limit their
    # rounding may decide either way.
    for _, row in frame.iterrows():
        off = [
            abs(float(made) / float(fact) - 1)
            for fact, made in re.findall(
                r"([\d.]+)[^;→\d]*→\s([\d.]+)", row["Medians, printed → calibrated"]
            )
        ]
        if off and max(off) > curve_tables.PULLED + 0.02:
            assert "pulled" in row["Verdict"], row
        if off and max(off) < curve_tables.PULLED - 0.02:
            assert "pulled" not in row["Verdict"], row


def test_a_median_at_odds_with_the_ratio_is_told_as_pulled(scratch):
    # Medians of 7.9 and 3 months with no difference in hazards, in 24 patients.
    scratch.set(
        "facts/cabinet.csv",
        "cabinet.grade3.pfs.hazard_ratio",
        value="1.00",
        low="0.60",
        high="1.67",
    )
    said = curve_tables.pulled_medians(
        curves(
            "pfs", "grade3", "unstated", size=400, data=scratch.data, references=scratch.references
        )
    )
    assert any("pulled" in sentence for sentence in said)


def test_a_planted_contradiction_is_told(scratch):
    scratch.set("facts/cabinet.csv", "cabinet.pfs.epnet.hazard_ratio", low="0.36", high="0.40")
    c = curves("pfs", "epnet", size=100, data=scratch.data, references=scratch.references)
    assert any("narrower than 111 events allow" in said for said in c.draws.contradictions)


# What the chapter says in words about the pictures.


def test_no_family_is_at_odds_with_a_set():
    assert not any("no pair of curves" in v for v in curve_tables.contradictions().frame["Verdict"])


def test_the_three_sets_give_nearly_the_same_curves():
    for cohort in COHORTS:
        for arm in ARMS:
            shares = [
                np.median(curves("pfs", cohort, s).survival(12.0, arm)) for s in all_analysis_sets()
            ]
            assert max(shares) - min(shares) < 0.1


def test_curves_of_progression_part_and_those_of_survival_do_not():
    for cohort in COHORTS:
        low = np.quantile(
            curves("pfs", cohort).rmst_difference(np.linspace(0, 36, 73)), 0.025, axis=0
        )
        assert np.all(low[4:] > 0)  # from the second month on
        low, high = np.quantile(
            curves("os", cohort).rmst_difference(np.linspace(0, 60, 61)), [0.025, 0.975], axis=0
        )
        assert np.all((low[1:] < 0) & (high[1:] > 0))
        gain = np.median(curves("pfs", cohort).rmst_difference(np.linspace(0, 36, 73)), axis=0)
        assert gain[48] - gain[0] > 2 * (gain[72] - gain[48])
        assert max(np.median(curves("pfs", cohort).survival(60.0, arm)) for arm in ARMS) < 0.05


def test_in_the_first_year_every_family_has_the_higher_hazard_on_placebo():
    months = np.arange(1.0, 13.0)
    for cohort in COHORTS:
        for family, arms in family_figures.family_draws(curves("pfs", cohort)).items():
            hazard = {arm: np.median(arms[arm].hazard(months), axis=0) for arm in ARMS}
            assert np.all(hazard["placebo"] > hazard["cabozantinib"]), (cohort, family)
            assert np.all(hazard["placebo"][:6] > 1.3 * hazard["cabozantinib"][:6]), (
                cohort,
                family,
            )

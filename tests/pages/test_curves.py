"""What the chapter shows of the trial's curves, and what it says in words about the pictures."""

from __future__ import annotations

import re

import numpy as np
import pytest

from assessment.case.trial.trial import ARMS, COHORTS, all_analysis_sets
from assessment.case.trial.trial_curves import curves
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


@pytest.mark.slow
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
    texts, table = curve_texts.endpoint_texts("pfs"), curve_tables.by_set().frame
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

"""Severity against printed tables, worked examples and closed forms."""

import math
from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment.case.model.analyses.comparator_severity import control_arm
from assessment.economics.model.absolute_shortfall import (
    absolute_shortfall,
    check_against_published,
    expected_outcomes,
    median_at_shortfall,
    severity_class,
    shortfall_by_age,
)
from assessment.economics.model.population_health import norm_at, remaining_qalys
from assessment.evidence import load_facts, load_population_table

LIFE, NORMS, SCHEDULE, CLASSES = (
    load_population_table(n)
    for n in ("life-table", "hrqol-norms", "discount-schedule", "severity-classes")
)

FACTS = load_facts()

BARE = {"age_adjusted": False, "population_mortality": False}

FULL_HEALTH = pd.DataFrame({"age_from": [0], "age_to": [130], "utility": [1.0]})


def test_remaining_qalys_agree_with_dmp():
    check = check_against_published()
    assert list(check["age"]) == list(range(40, 91))
    assert check["difference"].abs().max() < FACTS["economics.severity.check_tolerance"].number
    assert check["life_year_difference"].abs().max() < 0.2


@pytest.mark.parametrize(
    "age, qalys", [(60, 21.60), (62, 20.03), (64, 18.48), (66, 16.95), (70, 14.01), (80, 7.68)]
)
def test_sullivan_sum_by_an_independent_hand(age, qalys):
    assert remaining_qalys(age, LIFE, NORMS)[1] == pytest.approx(qalys, abs=0.006)


def test_sullivan_on_a_table_small_enough_for_paper():
    table = pd.DataFrame({"age": [90, 91], "death_probability": [0.5, 1.0]})
    assert remaining_qalys(90, table, FULL_HEALTH) == pytest.approx((0.75 + 0.25, 1.0))


def test_outside_the_tables_is_an_error():
    with pytest.raises(ValueError, match="0 to 106"):
        remaining_qalys(107, LIFE, NORMS)
    with pytest.raises(ValueError, match="cover ages 40"):
        norm_at(39, NORMS)


@pytest.mark.parametrize(
    "cohort, shape", [("epnet", 1.0), ("pnet", 1.0), ("epnet", 0.8), ("pnet", 1.5)]
)
def test_expectation_is_the_closed_form_of_weibull(cohort, shape):
    arm = replace(control_arm(cohort), shape=shape, **BARE)
    years = arm.median_survival_months / 12 / math.log(2) ** (1 / shape) * math.gamma(1 + 1 / shape)
    found = expected_outcomes(arm, 45, LIFE, NORMS)
    assert found.life_years == pytest.approx(years, rel=2e-4)
    assert found.qalys == pytest.approx(years * arm.utility, rel=2e-4)


def test_worked_example_epnet():
    """Median 19.7 months, exponential, utility 0.74: 2.37 life years, 1.75 QALYs; at 66 a shortfall
    of 15.25, class 4.
    """
    found = expected_outcomes(replace(control_arm("epnet"), utility=0.74, **BARE), 66, LIFE, NORMS)
    assert (round(found.life_years, 2), round(found.qalys, 2)) == (2.37, 1.75)
    assert (
        absolute_shortfall(17.0, round(found.qalys, 2)) == 15.25
        and severity_class(15.25, CLASSES) == 4
    )


@pytest.mark.parametrize(
    "remaining, shortfall, number", [(21.6, 18.65, 5), (20.0, 17.05, 5), (18.5, 15.55, 4)]
)
def test_worked_example_pnet(remaining, shortfall, number):
    found = expected_outcomes(replace(control_arm("pnet"), utility=0.79, **BARE), 62, LIFE, NORMS)
    assert (round(found.life_years, 2), round(found.qalys, 2)) == (3.74, 2.95)
    assert absolute_shortfall(remaining, round(found.qalys, 2)) == shortfall
    assert severity_class(shortfall, CLASSES) == number


def test_published_worked_example():
    shortfall = absolute_shortfall(
        FACTS["economics.severity_example.colon.expected_qalys"].number,
        FACTS["economics.severity_example.colon.comparator_qalys"].number,
    )
    assert shortfall == 4.91 and severity_class(shortfall, CLASSES) == 2


@pytest.mark.parametrize(
    "shortfall, number",
    [
        (0, 1),
        (3.99, 1),
        (4, 2),
        (11.99, 3),
        (12, 4),
        (15.99, 4),
        (16, 5),
        (19.99, 5),
        (20, 6),
        (40, 6),
    ],
)
def test_class_bounds(shortfall, number):
    assert severity_class(shortfall, CLASSES) == number


@pytest.mark.parametrize("wrong", [-0.01, float("nan")])
def test_no_class_for_a_wrong_shortfall(wrong):
    with pytest.raises(ValueError):
        severity_class(wrong, CLASSES)


def test_population_mortality_only_shortens_life():
    arm = replace(control_arm("pnet"), median_survival_months=240.0)
    free = expected_outcomes(replace(arm, population_mortality=False), 66, LIFE, NORMS).life_years
    bound = expected_outcomes(arm, 66, LIFE, NORMS).life_years
    assert bound < free and bound <= remaining_qalys(66, LIFE, NORMS)[0] + 0.05


def test_a_harmless_disease_gives_back_the_population():
    """Hazard of the disease next to nothing: what is left is the general population."""
    arm = replace(
        control_arm("pnet"), median_survival_months=1e9, utility=float(norm_at(66, NORMS)[0])
    )
    found = expected_outcomes(arm, 66, LIFE, NORMS)
    years, qalys = remaining_qalys(66, LIFE, NORMS)
    assert found.life_years == pytest.approx(years, abs=0.05) and found.qalys == pytest.approx(
        qalys, abs=0.05
    )


@given(st.floats(2, 200), st.floats(0.6, 2.5), st.integers(50, 80))
def test_shortfall_falls_as_survival_grows(median, shape, age):
    arm = replace(control_arm("epnet"), median_survival_months=median, shape=shape)
    longer = replace(arm, median_survival_months=median * 1.2)
    # equal once general mortality rules
    assert (
        expected_outcomes(longer, age, LIFE, NORMS).qalys
        >= expected_outcomes(arm, age, LIFE, NORMS).qalys
    )


def test_median_at_shortfall_returns_to_it():
    arm = control_arm("epnet")
    months = median_at_shortfall(12, 66, arm)
    assert shortfall_by_age(replace(arm, median_survival_months=months), [66])["shortfall"][
        0
    ] == pytest.approx(12, abs=0.01)
    assert median_at_shortfall(20, 66, arm) is None  # more than there is to lose


def test_a_set_without_a_median_is_said_so():
    with pytest.raises(LookupError, match="'fda' prints no median"):
        control_arm("pnet", "fda")


@pytest.mark.parametrize(
    "change", [{"median_survival_months": 0.0}, {"shape": -1.0}, {"utility": 1.2}]
)
def test_impossible_comparators_are_refused(change):
    with pytest.raises(ValueError):
        replace(control_arm("epnet"), **change)

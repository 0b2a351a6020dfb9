"""What the chapter says of severity: sentences and picture agree, and inputs are no firmer than
their facts.
"""

from dataclasses import replace

import numpy as np
import pytest

from assessment.case.model import runs
from assessment.case.model.analyses.comparator_severity import control_arm
from assessment.case.model.costs.cost_utility import run_model
from assessment.case.model.inputs.model_inputs import COHORTS
from assessment.case.model.inputs.settings import Settings
from assessment.economics.model.absolute_shortfall import (
    shortfall_by_age,
)
from assessment.pages.economics.inputs.input_register import inputs
from assessment.pages.economics.inputs.input_texts import texts as economics_texts
from assessment.pages.economics.severity import class_ranges, severity_cases, severity_texts


@pytest.mark.parametrize("cohort", COHORTS)
def test_the_base_case_is_the_models_own_arm_everywhere(cohort):
    severity, data = runs.severity(cohort), severity_cases.cases()
    at_age = data[(data["cohort"] == cohort) & (data["age"] == severity_cases.assumed_age(cohort))]
    base = at_age.set_index("case").loc["base"]
    assert (base["shortfall"], base["class"]) == (severity.shortfall, severity.severity_class)
    assert base["comparator_qalys"] == pytest.approx(severity.comparator_qalys)
    assert class_ranges.class_answer(cohort).startswith(f"{severity.severity_class}")


def test_between_the_ages_run_straight_lines_do():
    """At an age that is not run, a run of its own gives the same to a twentieth of a QALY."""
    settings = Settings("epnet", age_years=60.0)
    data = severity_cases.cases()
    row = data[(data["cohort"] == "epnet") & (data["age"] == 60) & (data["case"] == "base")].iloc[0]
    run = run_model(settings=settings).comparator.undiscounted_qalys
    assert row["comparator_qalys"] == pytest.approx(float(run), abs=0.05)


@pytest.mark.parametrize("cohort", COHORTS)
def test_the_range_of_classes_by_sorting_the_draws(cohort):
    """A class of the range is that of a draw with no more than one in forty beyond it; class borders
    as in the proposal: 4, 8, 12, 16 and 20 QALYs.
    """
    lost = np.sort(class_ranges.drawn_shortfalls(cohort))
    ends = [lost[int(share * (lost.size - 1))] for share in (0.025, 0.975)]
    by_hand = tuple(1 + sum(end >= border for border in (4, 8, 12, 16, 20)) for end in ends)
    assert class_ranges.class_limits(cohort) == by_hand
    shares = class_ranges.class_shares(cohort)
    assert sum(shares.values()) == pytest.approx(1)
    assert shares[4] == pytest.approx(np.mean((lost >= 11.995) & (lost < 15.995)), abs=1e-3)


def test_the_simple_check_in_the_sentences_is_that_of_the_table():
    said, data = severity_texts.texts(), severity_cases.cases()
    for cohort, age in (("epnet", 66), ("pnet", 62)):
        row = data[
            (data["cohort"] == cohort) & (data["age"] == age) & (data["case"] == "simple")
        ].iloc[0]
        assert said[f"econ_class.{cohort}"] == str(row["class"]) and float(
            said[f"econ_shortfall.{cohort}"]
        ) == pytest.approx(row["shortfall"], abs=0.051)
        for months in severity_texts.medians_in_class(cohort, int(row["class"])):
            if months is None:
                continue
            classes = {
                shortfall_by_age(replace(control_arm(cohort), median_survival_months=m), [age])[
                    "class"
                ][0]
                for m in (max(months - 1, 0.5), months + 1)
            }
            assert len(classes) == 2, f"the class does not change around {months} months"


def test_border_shift_by_counting():
    data = severity_cases.cases()
    farthest = 0
    for cohort in ("epnet", "pnet"):

        def of(case, cohort=cohort):
            return list(data[(data["cohort"] == cohort) & (data["case"] == case)]["class"])

        base = of("base")
        for case in set(data[data["cohort"] == cohort]["case"]) - {"active"}:
            farthest = max(
                [farthest]
                + [
                    abs(of(case).index(k) - base.index(k))
                    for k in set(base) & set(of(case))
                    if base.index(k) > 0
                ]
            )
    assert severity_cases.border_shift(data[data["case"] != "active"]) == farthest


def test_model_inputs_are_never_firmer_than_their_facts():
    frame = inputs()
    assert len(frame) == sum(
        int(v) for k, v in economics_texts().items() if k.startswith("econ_inputs_")
    )

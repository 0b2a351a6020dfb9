"""What the chapter says of severity: sentences and picture agree, and inputs are no firmer than
their facts.
"""

from dataclasses import replace

import pytest

from assessment.case.model.analyses.comparator_severity import control_arm
from assessment.economics.model.absolute_shortfall import (
    shortfall_by_age,
)
from assessment.pages.economics.inputs.input_register import inputs
from assessment.pages.economics.inputs.input_texts import texts as economics_texts
from assessment.pages.economics.severity import severity_cases, severity_texts


def test_sentences_and_picture_say_the_same():
    said, data = severity_texts.texts(), severity_cases.cases()
    for cohort, age in (("epnet", 66), ("pnet", 62)):
        row = data[
            (data["cohort"] == cohort) & (data["age"] == age) & (data["case"] == "base")
        ].iloc[0]
        assert said[f"econ_class.{cohort}"] == str(row["class"]) and float(
            said[f"econ_shortfall.{cohort}"]
        ) == pytest.approx(row["shortfall"], abs=0.051)
        for edge in ("longest", "shortest"):
            months = float(said[f"econ_{edge}.{cohort}"])
            classes = {
                shortfall_by_age(replace(control_arm(cohort), median_survival_months=m), [age])[
                    "class"
                ][0]
                for m in (max(months - 1, 0.5), months + 1)
            }
            assert len(classes) == 2 or months == 0, (
                f"the class does not change around {months} months"
            )


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

"""The validation page: what it says of the Norwegian model is what the battery found, and its
numbers agree with each other.
"""

import pytest

from assessment.economics.verification import run_verification
from assessment.economics.verification.example.example_model import Example
from assessment.pages.validation import model_checks, replicated_results


def test_the_norwegian_model_fails_no_test():
    table = model_checks._norwegian_battery()
    assert table[table["verdict"] == "failed"][
        ["id", "model", "compared", "value", "expected", "reason"]
    ].empty
    assert sorted(
        set(table.loc[table["verdict"] == "not applicable", "id"])
        - set(table.loc[table["verdict"] == "passed", "id"])
    ) == ["T02", "T44"]


def test_numbers_in_the_text_add_up():
    text = (
        replicated_results.target_texts()
        | model_checks.battery_texts()
        | model_checks.fault_texts()
    )

    def number(name):
        return int(text[name])

    assert number("val_targets") == number("val_reproduced")
    assert number("val_published") == number("val_published_near") + number(
        "val_published_off"
    ) + number("val_published_cannot")
    assert (
        number("val_tests")
        == number("val_passed") + number("val_failed") + number("val_not_applicable")
        == 48
    )
    assert (
        number("val_faults")
        == number("val_faults_black_box") + number("val_faults_second_only")
        == number("val_faults_caught")
    )
    assert number("val_ratios_wrong") == 1


def test_tables_say_what_is_missing():
    shown = replicated_results.replications().frame
    assert shown["How far it comes"].str.contains("cannot be replicated: ").sum() == 7
    assert (shown.loc[shown["How far it comes"].str.startswith("cannot"), "Ours"] == "–").all()
    own = model_checks.battery({"example": Example()}).frame
    assert len(own) == 48 and own["Result"].str.startswith("failed").sum() == 0


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_battery_does_not_hang_on_one_seed(seed):
    assert (
        run_verification({"example": Example()}, draws=60, seed=seed)["verdict"].ne("failed").all()
    )

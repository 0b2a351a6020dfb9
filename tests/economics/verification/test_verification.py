"""The black-box tests on an invented model: everything passes, every fault is caught, and what cannot
be tested says why.
"""

from dataclasses import replace

import numpy as np
import pytest

from assessment.economics.model.drug_cost import DAYS_PER_YEAR
from assessment.economics.time.discounting import constant_discounting
from assessment.economics.verification import (
    VERIFICATION_TESTS,
    run_verification,
    verification_summary,
)
from assessment.economics.verification.example.example_inputs import BASE, NEW, OLD
from assessment.economics.verification.example.example_model import Example
from assessment.economics.verification.faults.fault_table import seeded_fault_table
from assessment.economics.verification.weibull_model import (
    CommonInputs,
    WeibullStrategy,
    compare_weibull,
)


def test_there_are_all_tests_and_the_example_passes_them():
    assert sorted(VERIFICATION_TESTS) == [f"T{i:02d}" for i in range(1, 49)]
    table = run_verification(
        {"younger": replace(Example(), age_years=60), "older": replace(Example(), age_years=72)},
        draws=60,
    )
    found = verification_summary(table).set_index("id")
    assert table[table["verdict"] == "failed"].empty
    assert found[found["verdict"] == "not applicable"].index.tolist() == ["T02", "T06", "T44"]
    assert found.loc["T44", "reason"] == "the model moves no price from one year to another"
    assert set(table[table["id"] == "T08"]["model"]) == {"younger", "older"} and set(
        table[table["id"] == "T05"]["model"]
    ) == {"the package"}


def test_the_example_is_the_weibull_model_where_both_can_do_it():
    model = Example()
    rate = 0.04
    runs = model.run(
        model.inputs,
        replace(
            model.settings,
            age_adjusted=False,
            mortality_floor=False,
            discounting=constant_discounting(rate),
        ),
    )
    b = BASE

    def scale(c, treated):
        return b[f"{c}_scale_years"] * b[f"{c}_hazard_ratio"] ** (-treated / b[f"{c}_shape"])

    strategies = [
        WeibullStrategy(
            b["pfs_shape"],
            scale("pfs", t),
            b["os_shape"],
            scale("os", t),
            b["price_per_pack"] * DAYS_PER_YEAR / 30 * t,
            b["adverse_event_cost"] * e,
        )
        for t, e in ((1, b["adverse_events_new"]), (0, b["adverse_events_old"]))
    ]
    common = CommonInputs(
        b["utility_free"],
        b["utility_after"],
        b["visits_per_year"],
        b["progressed_per_year"] + b["visits_per_year"],
        b["at_death"],
    )
    result = compare_weibull(strategies, common, horizon_years=25.0, annual_discount_rate=rate)
    loss = b["adverse_event_loss"] * np.array([b["adverse_events_new"], b["adverse_events_old"]])
    for k, s in enumerate((NEW, OLD)):
        assert runs[s].outcomes.cost == pytest.approx(result.costs[k, 0], rel=1e-9)
        assert runs[s].outcomes.qalys == pytest.approx(result.qalys[k, 0] - loss[k], rel=1e-9)


@pytest.mark.slow
def test_every_fault_is_caught():
    # Left out: the slowest tests, which no fault needs.
    tests = [
        t
        for t in VERIFICATION_TESTS
        if t not in ("T01", "T05", "T15", "T29", "T36", "T37", "T39", "T43", "T46")
    ]
    table = seeded_fault_table(Example(), draws=40, tests=tests).set_index("fault")
    assert table["caught"].all(), table[~table["caught"]].index.tolist()
    caught = {name: row["black_box"].split(", ") for name, row in table.iterrows()}
    for fault, test in {
        "costs and QALYs are not discounted": "T20",
        "the arms are swapped in the increment": "T25",
        "PFS is not capped at OS": "T41",
        "drug and other costs on treatment count twice": "T14",
        "utilities do not fall with age": "T13",
        "draws do not use the seed": "T42",
        "cycles count from their start only (no half-cycle correction)": "T30",
        "hazard ratios are turned upside down": "T03",
        "the price is taken for each mg of the base strength": "T48",
    }.items():
        assert test in caught[fault], (fault, caught[fault])
    # After all faults the package is whole again.
    assert (
        run_verification({"example": Example()}, ["T13", "T20", "T33", "T47"])["verdict"]
        .eq("passed")
        .all()
    )


def test_a_model_that_is_broken_or_bare():
    class Bare(Example):
        roles = type(Example.roles)()
        distributions = None

    bare = verification_summary(run_verification({"bare": Bare()}, draws=20)).set_index("id")
    assert (
        bare.loc["T01", "verdict"] == "not applicable"
        and "price of its drug" in bare.loc["T01", "reason"]
    )
    assert (
        bare.loc["T08", "verdict"] == "passed" and "no distributions" in bare.loc["T16", "reason"]
    )

    class Broken(Example):
        def run(self, inputs, settings):
            raise ZeroDivisionError("no patients")

    broken = run_verification({"broken": Broken()}, ["T08"])
    assert broken["verdict"].tolist() == ["failed"] and broken["reason"].tolist() == [
        "ZeroDivisionError: no patients"
    ]
    with pytest.raises(ValueError, match="no test T99"):
        run_verification({"example": Example()}, ["T99"])
    with pytest.raises(ValueError, match="mend that first"):
        seeded_fault_table(Broken(), draws=20)

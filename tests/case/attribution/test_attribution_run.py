"""The split of a scripted change, with a small model in place of the book's: QALYs gained are the product
of two facts, cost is a third, and a fourth is read by nothing.
"""

from __future__ import annotations

from math import nan

import pytest

from assessment.case.attribution.attribution_run import CannotBeSplit, attribution
from assessment.case.attribution.base_answers import OUTCOMES, turned
from assessment.case.attribution.changed_rows import rows_of

FACTS = "facts/made_up.csv"
HEAD = "id,label,value,low,high,interval,unit,formula,status,checked,note\n"
VALUE = 100.0  # of a QALY


def files(**values):
    rows = [
        f"a.{name},label,{value},,,,nok,,verified,2026-01-01,\n" for name, value in values.items()
    ]
    return {FACTS: HEAD + "".join(rows)}


def small_model(after, fails=lambda values: False):
    def run(sets):
        said = []
        for altered in sets:
            values = {
                k: float(r["value"]) for k, r in rows_of((after | dict(altered))[FACTS]).items()
            }
            if fails(values):
                said.append({"fault": "it cannot be run"})
                continue
            gain, cost = values["a.years.n"] * values["a.utility.n"], values["a.cost.n"]
            answers = {
                "qalys_gained": gain,
                "cost_added": cost,
                "icer": cost / gain if gain > 0 else nan,
                "price": VALUE * gain - cost,
                "shortfall": 12.0,
                "severity_class": 4.0,
                "worth_it": float(VALUE * gain > cost),
                "price_is_enough": 1.0,
            }
            assert answers.keys() == OUTCOMES.keys()
            said.append({"answers": {"one": answers}, "facts": [*values]})
        return said

    return run


def renamed(**values):
    return files(**{f"{name}.n": value for name, value in values.items()})


BEFORE = renamed(years=1, utility=0.5, cost=60, other=1)
AFTER = renamed(years=2, utility=0.8, cost=60, other=9)


def test_two_facts_share_a_product_and_a_fact_that_nothing_reads_is_set_aside():
    """Years from 1 to 2, utility from 0.5 to 0.8: first 0.5 and 0.3, last 0.8 and 0.6; means by hand."""
    found = attribution(BEFORE, AFTER, small_model(AFTER))
    assert set(found.changes) == {"a.years.n", "a.utility.n"}
    assert [change.id for change in found.set_aside] == ["a.other.n"] and not found.needed
    parts = {name: part["one qalys_gained"] for name, part in found.split.parts.items()}
    assert parts == pytest.approx({"a.years.n": 0.65, "a.utility.n": 0.45})
    assert found.then["one"]["qalys_gained"] == 0.5 and found.now["one"]["qalys_gained"] == 1.6
    assert found.without["a.years.n"]["one"]["qalys_gained"] == pytest.approx(0.8)


def test_a_conclusion_that_turns_first_or_last_is_the_changes():
    found = attribution(BEFORE, AFTER, small_model(AFTER))
    assert turned(found.then, found.now) == [("one", "worth_it")]  # 50 against 60, then 160
    assert found.turned_by("a.years.n") == [("one", "worth_it")]  # 100 when made first
    assert found.turned_by("a.utility.n") == [("one", "worth_it")]  # 80 when made first


def test_what_todays_model_needs_is_counted_with_the_method():
    run = small_model(AFTER, fails=lambda values: values["a.utility.n"] < 0.8)
    found = attribution(BEFORE, AFTER, run)
    assert [(change.id, fault) for change, fault in found.needed] == [
        ("a.utility.n", "it cannot be run")
    ]
    assert set(found.changes) == {"a.years.n"}
    assert found.split.parts["a.years.n"]["one qalys_gained"] == pytest.approx(0.8)


def test_a_ratio_without_a_gain_is_left_out():
    before = renamed(years=-1, utility=0.5, cost=60, other=1)
    found = attribution(before, AFTER, small_model(AFTER))
    assert "icer" not in found.now["one"] and "cost_added" in found.now["one"]


def test_a_mixture_that_cannot_be_run_is_named():
    def mixed(values):
        return (values["a.years.n"], values["a.utility.n"]) == (1.0, 0.8)

    before = renamed(years=1, utility=0.5, cost=50, other=9)
    # undone one after the other, utility first, it runs
    order = {FACTS: HEAD + "".join(reversed(AFTER[FACTS].splitlines(keepends=True)[1:]))}
    with pytest.raises(CannotBeSplit, match="only these changes made: a.utility.n"):
        attribution(before, order, small_model(order, fails=mixed))


def test_many_changes_are_split_over_orders_that_are_drawn():
    names = [f"x{k}" for k in range(9)]
    old, new = (renamed(years=1, utility=0.5, cost=60, **dict.fromkeys(names, v)) for v in (1, 2))

    def run(sets):
        said = []
        for altered in sets:
            rows = rows_of((new | dict(altered))[FACTS])
            gain = 1.0
            for name in names:
                gain *= float(rows[f"a.{name}.n"]["value"])
            answers = dict.fromkeys(OUTCOMES, 1.0) | {"qalys_gained": gain}
            said.append({"answers": {"one": answers}, "facts": [*rows]})
        return said

    found = attribution(old, new, run)
    parts = [part["one qalys_gained"] for part in found.split.parts.values()]
    assert sum(parts) == pytest.approx(2**9 - 1)
    errors = [part["one qalys_gained"] for part in found.split.errors.values()]
    assert all(abs(part - (2**9 - 1) / 9) < 4 * error for part, error in zip(parts, errors))


def conclusion(**other):
    same = {"worth_it": 0.0, "price_is_enough": 1.0, "severity_class": 4.0, "price": 5.0}
    return {"one": same | other, "two": same}


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        ({}, []),
        ({"price": 900.0}, []),
        ({"worth_it": 1.0}, [("one", "worth_it")]),
        (
            {"price_is_enough": 0.0, "severity_class": 5.0},
            [("one", "severity_class"), ("one", "price_is_enough")],
        ),
        ({"severity_class": nan}, []),
    ],
)
def test_the_rule_knows_verdict_price_and_class_and_nothing_else(other, expected):
    whole = dict.fromkeys(OUTCOMES, 0.0)
    before, after = (
        {cohort: whole | answers for cohort, answers in state.items()}
        for state in (conclusion(), conclusion(**other))
    )
    assert turned(before, after) == expected
    assert turned({}, after) == [], "what is not known before has not turned"

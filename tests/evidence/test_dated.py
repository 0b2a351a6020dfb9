"""Values in force on a day, and the day on which a subject was last looked at."""

from __future__ import annotations

from datetime import date

import pytest

from assessment.evidence import load_facts, looked_until, scenario_values, value_in_force

COST = "opportunity_cost"


def test_the_stated_opportunity_cost_is_in_force():
    # Meld. St. 38 (2020-2021), chapter 11, and DMP's rapid review of 5 January 2026 print 275,000.
    for day in (date(2021, 6, 1), date(2026, 11, 28)):
        fact = value_in_force(COST, day)
        assert (fact.id, fact.value) == ("norway.reference.opportunity_cost.value", 275_000)


def test_half_of_it_is_a_scenario_and_our_assumption():
    (half,) = scenario_values(COST)
    now = value_in_force(COST, date(2026, 1, 6))
    assert half.value == now.value / 2 and half.status == "assumption"


def test_no_value_before_it_was_set():
    with pytest.raises(LookupError, match="0 values of 'opportunity_cost'"):
        value_in_force(COST, date(2015, 12, 31))


def test_a_new_value_takes_over_on_its_day(scratch):
    table = scratch.data / "dated_values.csv"
    rows = table.read_text(encoding="utf-8").splitlines()
    first = rows[1].replace("2016,,norway", "2016,2027-03-31,norway")
    second = (
        "opportunity_cost.next,opportunity_cost,in force,2027-04-01,,"
        "norway.reference.opportunity_cost.scenario_half,,,"
    )
    table.write_text("\n".join([rows[0], first, second]) + "\n", encoding="utf-8")
    before, after = (
        value_in_force(COST, date(2027, month, day), scratch.data)
        for month, day in ((3, 31), (4, 1))
    )
    assert (before.value, after.value) == (275_000, 137_500)


def test_looked_until_is_the_subject_s_own_day():
    facts = list(load_facts().unread())
    case = [fact.checked for fact in facts if fact.id.startswith("norway.case.")]
    assert looked_until("norway.case.") == max(case)
    with pytest.raises(LookupError, match=r"norway\.nothing\."):
        looked_until("norway.nothing.")


def test_a_later_row_about_something_else_moves_no_day(scratch):
    before = looked_until("norway.case.", data=scratch.data)
    scratch.set("facts/cabinet.csv", "cabinet.pfs.pnet.hazard_ratio", checked=str(date.today()))
    assert looked_until("norway.case.", data=scratch.data) == before

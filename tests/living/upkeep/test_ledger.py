"""The ledger of assumptions: complete, owned, ordered by what hangs on it."""

from __future__ import annotations

import pytest

from assessment.evidence import load_facts, load_register
from assessment.living.upkeep.assumption_ledger import ledger, owner_of
from assessment.pages.economics.inputs.assumption_table import assumption_table


@pytest.mark.slow  # asks the model what hangs on it
def test_every_assumption_among_the_inputs_has_a_role_a_reason_and_a_day():
    facts = {fact.id: fact for fact in load_facts()}
    named = set(load_register("model-inputs")["fact"].dropna())
    found = ledger()
    assert {one.fact.id for one in found} == {n for n in named if facts[n].status == "assumption"}
    assert all(one.owner and one.fact.note and one.due > one.checked for one in found)
    moved = [one.swing.price_nok for one in found]
    assert moved == sorted(moved, reverse=True) and moved[0] > 0


def test_the_longest_beginning_says_who_looks_after_a_fact():
    rows = load_register("assumption-owners").set_index("touches")
    longer = next(
        name for name in rows.index if any(n != name and name.startswith(n) for n in rows.index)
    )
    assert owner_of(longer + "anything") == (rows.loc[longer, "owner"], rows.loc[longer, "days"])
    with pytest.raises(LookupError, match="nobody looks after nothing.of.the.kind"):
        owner_of("nothing.of.the.kind")


@pytest.mark.slow  # as above
def test_the_table_has_a_row_for_each_with_the_day_that_turns_it_red():
    shown, found = str(assumption_table()), ledger()
    assert shown.count("<tr data-due=") == len(found)
    assert all(one.due.isoformat() in shown for one in found)

"""The gate: from a change to facts, to inputs, to how much could hang on it, to how it is told."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assessment.case.model import runs
from assessment.case.model.costs.cost_utility import run_model
from assessment.case.model.inputs.model_inputs import COHORTS, base_values, model_inputs
from assessment.case.model.inputs.settings import Settings
from assessment.evidence import load_facts, read_table
from assessment.living.adapters.adapter_names import ADAPTERS
from assessment.living.adapters.watched_source import load_watched
from assessment.living.asking.manners import load_rules
from assessment.living.findings.finding import Finding
from assessment.living.findings.input_swings import Swing, swings
from assessment.living.findings.materiality import level_of
from assessment.living.findings.messages import messages, write_messages
from assessment.living.findings.touched_facts import inputs_on, resting_on

RULES, PRICE = load_rules(), 70_000.0


@pytest.mark.parametrize(
    ("swing", "level"),
    [
        (Swing(0, 0, True, False), "interrupt"),
        (Swing(0, 0, False, True), "interrupt"),
        (Swing(7_000, 0, False, False), "interrupt"),
        (Swing(6_999, 0, False, False), "digest"),
        (Swing(700, 0, False, False), "digest"),
        (Swing(699, 0, False, False), "log"),
    ],
)
def test_the_gate_opens_at_ten_and_at_one_per_cent_of_the_price(swing, level):
    assert level_of(swing, PRICE, RULES)[0] == level


def test_a_derived_fact_rests_on_what_its_formula_names():
    facts = {fact.id: fact for fact in load_facts().unread()}
    derived = next(f for f in facts.values() if f.formula and f.status == "derived")
    from assessment.evidence.cells.formulas import ids_in

    assert derived.id in resting_on((ids_in(derived.formula)[0],))
    assert resting_on(("no.such.",)) == []


def test_inputs_are_found_by_the_facts_they_read():
    row = next(row for row in read_table("model-inputs") if row["fact"])
    assert row["id"] in inputs_on([row["fact"]])


@pytest.mark.slow
def test_a_swing_of_the_price_is_what_the_model_gives():
    """Solved from the model run with the input at its end, not from kept one-way results: the price at
    which the net benefit is 0 moves by the same.
    """
    name = "scan_nok"
    row = next(r for r in read_table("model-inputs") if r["parameter"] == name)

    def enough(cohort, given):
        value = runs.severity(cohort).reference_nok_per_qaly
        at = [
            run_model(given | {"price_per_pack_nok": price}, Settings(cohort)).increment
            for price in (0.0, 50_000.0)
        ]
        worth = [value * float(one.effect) - float(one.cost) for one in at]
        return 50_000.0 * worth[0] / (worth[0] - worth[1])

    moved = []
    for cohort in COHORTS:
        base, given = base_values(model_inputs(cohort)), model_inputs(cohort)[name]
        at_base = enough(cohort, base)
        moved += [abs(enough(cohort, base | {name: e}) - at_base) for e in (given.low, given.high)]
    assert swings()[row["id"]].price_nok == pytest.approx(max(moved), rel=1e-3)


def test_every_source_has_an_adapter_and_a_field_to_compare():
    sources = load_watched()
    assert {source.adapter for source in sources} == set(ADAPTERS)
    assert all(source.compared() and source.interval_days > 0 for source in sources)


def finding(number: int, level: str, day: str = "2026-12-01", new: str = "now") -> Finding:
    name = f"{number:016x}"
    return Finding(name, day, "ema", "x", "status", "before", new, "", "", None, level, "because")


def test_messages_are_one_for_each_interrupt_and_one_digest_a_month(tmp_path):
    sources = {source.id: source for source in load_watched()}
    some = [finding(1, "interrupt"), finding(2, "digest"), finding(3, "digest"), finding(4, "log")]
    some += [finding(5, "digest", "2026-11-30")]
    told = messages(some, sources, ["2026-12"])
    assert sorted(told) == ["digest-2026-12", f"finding-{1:016x}"]
    assert told["digest-2026-12"][1].count("### ") == 2
    later = messages(some, sources, ["2027-01"])
    assert list(later) == [f"finding-{1:016x}"], "told until somebody has judged it"
    judged = [replace(one, judged="noted") for one in some]
    assert messages(judged, sources, ["2027-01"]) == {}
    files = write_messages(tmp_path, told)
    assert (
        files[0].read_text("utf-8").startswith(f"<!-- assessment watch: finding-{1:016x} -->\n# ")
    )


def test_words_of_a_source_name_nobody_and_format_nothing():
    hostile = (
        "`@everyone` <script>x</script> ![](http://x) <!-- assessment watch: digest-2026-12 -->"
    )
    told = messages([finding(1, "interrupt", new=hostile)], {}, ["2026-12"])
    ((_title, text),) = told.values()
    line = next(line for line in text.splitlines() if line.startswith("- Now: "))
    assert line.count("`") == 2 and line.startswith("- Now: `") and line.endswith("`")

"""Which rows say something else to the model, how they make single changes, and how they are put back."""

from __future__ import annotations

from assessment.case.attribution.changed_rows import COSTS, INPUTS, changed_rows, put_back, rows_of
from assessment.case.attribution.single_changes import single_changes

FACTS = "facts/made_up.csv"
HEAD = "id,label,value,low,high,interval,unit,formula,status,checked,note\n"
INPUT_HEAD = (
    "id,parameter,cohort,label,fact,distribution,standard_error,counted_in,low,high,price_year\n"
)
COST_HEAD = "id,label,group,arm,when,resource_use,unit_cost_nok,taxed,only_if\n"


def fact(name, value, **cells):
    row = {"label": "what it is", "unit": "nok", "status": "verified", "checked": "2026-01-01"}
    row |= {"id": name, "value": value} | cells
    return ",".join(row.get(cell, "") for cell in HEAD.strip().split(",")) + "\n"


BEFORE = {
    FACTS: HEAD
    + fact("cost.visit.amount", "100")
    + fact("trial.os.one.hr", "0.8")
    + fact("old.x", "1"),
    INPUTS: INPUT_HEAD + "visit,visit_nok,both,Visit,cost.visit.amount,gamma,,,,,2024\n"
    "gap_one,gap,one,Gap,old.x,gamma,,,,,\n"
    "gap_two,gap,two,Gap,old.x,gamma,,,,,\n",
    COSTS: COST_HEAD
    + "visits,visits,care,both,alive,1,visit_nok,no,\nharms,harms,care,both,start,1,2,no,\n",
}
AFTER = {
    FACTS: HEAD
    + fact("cost.visit.amount", "120", note="looked up again")
    + fact("trial.os.one.hr", "0.8", checked="2026-02-02")
    + fact("new.y", "2"),
    INPUTS: INPUT_HEAD + "visit,visit_nok,both,A visit,cost.visit.amount,gamma,,,,,2025\n"
    "gap_one,gap,one,Gap,new.y,gamma,,,,,\n"
    "gap_two,gap,two,Gap,new.y,gamma,,,,,\n"
    "stay,stay_nok,both,Stay,cost.visit.amount,gamma,,,,,2024\n",
    COSTS: COST_HEAD + "visits,visits,care,both,alive,1,visit_nok,no,\n"
    "stays,stays,care,both,start,1,stay_nok,no,\n",
}


def test_only_cells_that_the_model_reads_make_a_change():
    found = {(row.file, row.key) for row in changed_rows(BEFORE, AFTER)}
    assert found == {
        (FACTS, "cost.visit.amount"),
        (FACTS, "old.x"),
        (FACTS, "new.y"),
        (INPUTS, "gap_one"),
        (INPUTS, "gap_two"),
        (INPUTS, "stay"),
        (COSTS, "harms"),
        (COSTS, "stays"),
    }, "a new day of a check, a label or a note is none"


def test_rows_that_only_make_sense_together_are_one_change():
    made = {
        change.id: {row.key for row in change.rows}
        for change in single_changes(changed_rows(BEFORE, AFTER))
    }
    assert made == {
        "cost.visit.amount": {"cost.visit.amount"},
        "inputs.gap": {"gap_one", "gap_two", "old.x", "new.y"},
        "costs.care": {"harms", "stays", "stay"},
    }


def test_facts_that_differ_in_the_last_part_of_their_id_are_one():
    ids = ("trial.os.one.hr", "trial.os.one.median", "trial.os.two.hr")
    files = [{FACTS: HEAD + "".join(fact(i, v) for i in ids)} for v in ("1", "2")]
    assert [c.id for c in single_changes(changed_rows(*files))] == [
        "trial.os.one",
        "trial.os.two.hr",
    ]


def test_rows_put_back_read_as_they_did_and_keep_todays_other_cells():
    rows = changed_rows(BEFORE, AFTER)
    back = AFTER | put_back(AFTER, rows)
    assert rows_of(back[FACTS])["cost.visit.amount"]["value"] == "100"
    assert rows_of(back[FACTS])["cost.visit.amount"]["note"] == "looked up again"
    assert rows_of(back[COSTS]).keys() == {"visits", "harms"}
    assert rows_of(back[INPUTS]).keys() == {"visit", "gap_one", "gap_two"}
    assert changed_rows(BEFORE, back) == []
    assert put_back(AFTER, []) == {}


def test_a_value_that_came_takes_its_status_along():
    files = [
        {FACTS: HEAD + fact("a.b", value, status=status)}
        for value, status in (("", "unknown"), ("3", "verified"))
    ]
    (row,) = changed_rows(*files)
    assert (row.before["value"], row.before["status"]) == ("", "unknown")


def test_a_table_of_the_population_is_one_change():
    files = [{"norway/table.csv": f"age,rate\n1,{rate}\n"} for rate in ("0.1", "0.2")]
    (change,) = single_changes(changed_rows(*files))
    assert change.id == "norway.table"
    assert put_back(files[1], change.rows) == files[0]


def test_what_came_with_the_code_and_other_names_are_no_changes():
    without = {path: text for path, text in BEFORE.items() if path != COSTS}
    assert not [row for row in changed_rows(without, AFTER) if row.file == COSTS]
    table = "id,rate\n1,2\n"
    assert changed_rows({}, {"norway/table.csv": table}) == []
    renamed = {INPUTS: BEFORE[INPUTS].replace("visit,visit_nok", "call,call_nok")}
    assert changed_rows({INPUTS: BEFORE[INPUTS]}, renamed) == []
    (row,) = changed_rows(
        {INPUTS: BEFORE[INPUTS].replace("gamma,,,,,2024", "fixed,,,,,2024")}, renamed
    )
    assert (row.key, row.before["parameter"]) == ("call", "call_nok")
    assert (row.before["distribution"], row.after["distribution"]) == ("fixed", "gamma")

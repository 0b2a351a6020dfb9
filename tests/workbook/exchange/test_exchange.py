"""A changed workbook read back: what differs, what is refused and how, and that the model runs with it."""

from __future__ import annotations

import pandas as pd
import pytest

from assessment.case.model.inputs.model_inputs import COHORTS, base_values, model_inputs
from assessment.workbook.content.workbook_inputs import input_rows
from assessment.workbook.exchange.changed_inputs import WorkbookFault, read_inputs
from assessment.workbook.exchange.exchange_command import main
from assessment.workbook.recalculation.cell_changes import with_cells
from assessment.workbook.sheets.input_sheet import FIRST_ROW, SCENARIO_ROW

pytestmark = pytest.mark.slow


def cell(name):
    place = next(k for k, row in enumerate(input_rows()) if row.name == name)
    return f"D{FIRST_ROW + 1 + place}"


def changed(workbook, tmp_path, **values):
    cells = {cell(name): value for name, value in values.items()}
    return with_cells(workbook, tmp_path / "changed.xlsx", "Inputs", cells)


def test_the_books_own_workbook_changes_nothing(workbook):
    values = read_inputs(workbook)
    assert not values.typed
    for cohort in COHORTS:
        assert values.of(cohort).inputs == base_values(model_inputs(cohort))


def test_every_fault_is_told_with_cell_value_allowed_and_next_step(workbook, tmp_path):
    first = f"utility_progression_free_{COHORTS[0]}"
    file = changed(workbook, tmp_path, visit_nok=-5, scan_nok="dear", **{first: 75}, vat_rate=0.1)
    with pytest.raises(WorkbookFault) as caught:
        read_inputs(file)
    lines = str(caught.value).splitlines()
    assert len(lines) == 4
    told = {line.split(" (")[0]: line for line in lines}
    assert (
        "found -5; allowed is: 0 or more. Type" in told[f"sheet Inputs, cell {cell('visit_nok')}"]
    )
    assert "found 'dear'" in told[f"sheet Inputs, cell {cell('scan_nok')}"]
    assert "allowed is: -1 to 1" in told[f"sheet Inputs, cell {cell(first)}"]
    assert "change the fact" in told[f"sheet Inputs, cell {cell('vat_rate')}"]


def test_an_unknown_scenario_and_another_file_are_refused(workbook, tmp_path):
    file = with_cells(workbook, tmp_path / "s.xlsx", "Inputs", {f"D{SCENARIO_ROW + 1}": "My own"})
    with pytest.raises(WorkbookFault, match="Choose one from the list"):
        read_inputs(file)
    (tmp_path / "text.xlsx").write_text("no workbook")
    with pytest.raises(WorkbookFault, match="Save it as .xlsx"):
        read_inputs(tmp_path / "text.xlsx")


def test_the_whole_model_runs_with_a_changed_price(workbook, tmp_path):
    """Cost is linear in the price: half of it takes off half of what the packs cost."""
    price = next(row.value for row in input_rows() if row.name == "price_per_pack_nok")
    file = changed(workbook, tmp_path, price_per_pack_nok=price / 2)
    assert main(["--inputs", str(file), "--draws", "200", "--to", str(tmp_path / "out")]) == 0
    frame = pd.read_csv(tmp_path / "out" / "results.csv").set_index(["cohort", "result"])
    for cohort in COHORTS:
        packs = frame.loc[(cohort, "packs_bought_placebo"), "book"]
        added = frame.loc[(cohort, "added_cost_placebo"), "difference"]
        assert added == pytest.approx(-packs * price / 2, rel=1e-9)
        gained = frame.loc[(cohort, "qalys_gained_placebo"), "difference"]
        assert gained == pytest.approx(0, abs=1e-12)
    drawn = pd.read_csv(tmp_path / "out" / "draws.csv")
    assert set(drawn["cohort"]) == set(COHORTS)


def test_the_command_ends_with_1_and_the_faults(workbook, tmp_path, capsys):
    file = changed(workbook, tmp_path, visit_nok=None)
    assert main(["--inputs", str(file)]) == 1
    assert "found None" in capsys.readouterr().err

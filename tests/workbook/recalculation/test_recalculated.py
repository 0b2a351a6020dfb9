"""The workbook recomputed by LibreOffice, a program that is not ours, against the Python model.

Tolerance 1e-6 relative, as the sheet of checks has it.
"""

from __future__ import annotations

import shutil

import numpy as np
import pytest
from openpyxl import load_workbook
from scipy.special import log_ndtr

from assessment.case.definition import load_case
from assessment.case.model.costs.cost_utility import run_model
from assessment.case.model.inputs.model_inputs import COHORTS
from assessment.case.model.inputs.settings import CONTROL, ROLES, TREATED, Settings
from assessment.evidence import load_population_table
from assessment.workbook.content.cell_values import CellValues
from assessment.workbook.content.workbook_inputs import input_rows
from assessment.workbook.content.workbook_scenarios import workbook_scenarios
from assessment.workbook.recalculation.cell_changes import with_formulas
from assessment.workbook.recalculation.libre_office import PROGRAMS, rows_by_sheet, sheet_rows
from assessment.workbook.recalculation.random_inputs import (
    CHECKS,
    CHECKS_NUMBER,
    cells_of,
    differences,
    expected,
    expected_by_scenario,
    random_values,
    shown,
    shown_when_typed,
)
from assessment.workbook.sheets.check_sheet import FIRST_ROW as CHECKS_ROW
from assessment.workbook.sheets.input_sheet import FIRST_ROW

LIMIT = 1e-6
FEW = (3, 21)  # seeds; benchmarks/workbook_recalculation.py draws fifty sets
FIRST = COHORTS[0]
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not any(shutil.which(name) for name in PROGRAMS),
        reason="LibreOffice is not installed, so no formula can be recomputed: apt-get install"
        " libreoffice-calc",
    ),
]


@pytest.fixture(scope="module")
def base(workbook, tmp_path_factory):
    (found,) = shown([workbook], tmp_path_factory.mktemp("base"))
    return found


def test_the_base_case_equals_python(base):
    apart = differences(base, expected(CellValues()))
    assert len(apart) > 90
    assert max(apart.values()) < LIMIT


def test_gains_equal_the_model_run_directly(base):
    """Not by the functions that the workbook's own checks use."""
    for cohort in COHORTS:
        gained = run_model(settings=Settings(cohort, grid="monthly")).increment
        assert base[f"added_cost_{CONTROL}_{cohort}"] == pytest.approx(
            float(gained.cost), rel=LIMIT
        )
        assert base[f"qalys_gained_{CONTROL}_{cohort}"] == pytest.approx(
            float(gained.effect), rel=LIMIT
        )


def test_numbers_stored_beside_formulas_are_those_computed(workbook, tmp_path):
    """Each of them, on every sheet that stores results, against what LibreOffice makes of the formula."""
    # read sheet by sheet: the traces are large
    values = load_workbook(workbook, data_only=True, read_only=True)
    formulas = load_workbook(workbook, read_only=True)
    sheets = ("Inputs", "Results", "Severity", "Budget")
    stored = dict.fromkeys(sheets, 0)
    for sheet, rows in rows_by_sheet(workbook, tmp_path, sheets).items():
        for line, numbers in zip(formulas[sheet].iter_rows(), values[sheet].iter_rows()):
            for cell, number in zip(line, numbers):
                if cell.data_type == "f" and number.value is not None:
                    computed = rows[cell.row - 1][cell.column - 1]
                    stored[sheet] += 1
                    if isinstance(number.value, str):
                        assert computed == number.value, (sheet, cell.coordinate)
                    else:
                        wanted = pytest.approx(number.value, rel=LIMIT, abs=1e-9)
                        assert float(computed) == wanted, (sheet, cell.coordinate)
    assert stored["Results"] > 200 and min(stored.values()) > 10


def test_no_check_is_right_in_a_program_that_trusts_stored_numbers(workbook, tmp_path):
    """LibreOffice as it is installed does; Checks must not compare Python's numbers with themselves."""
    rows = sheet_rows([workbook], tmp_path, CHECKS, CHECKS_NUMBER, recompute=False)[0]
    assert {row[5] for row in rows[CHECKS_ROW:] if row[1]} == {"not computed yet"}


@pytest.mark.long
def test_no_scenario_leaves_a_check_wrong(workbook, tmp_path):
    """Also where a scenario leaves a comparator without curves: then neither side has a number."""
    listed, by_scenario = workbook_scenarios(), expected_by_scenario()
    sets = [cells_of(CellValues(scenario=one)) for one in listed]
    for one, found in zip(listed, shown_when_typed(workbook, tmp_path, sets), strict=True):
        python = by_scenario[one.id]
        apart = differences(found, python)
        assert apart.keys() == python.keys() & found.keys(), one.id
        assert max(apart.values()) < LIMIT, one.id
        silent = {name for name in found.keys() - python.keys() if isinstance(found[name], float)}
        assert not silent, one.id


@pytest.mark.long
def test_random_inputs_and_scenarios_equal_python(workbook, tmp_path):
    sets = [random_values(seed) for seed in FEW]
    typed = [cells_of(values) for values in sets]
    for values, sheet in zip(sets, shown_when_typed(workbook, tmp_path, typed), strict=True):
        apart = differences(sheet, expected(values))
        assert apart and max(apart.values()) < LIMIT


FAULTS = {
    "half-cycle left out": (f"Trace {{cohort}} {TREATED}", "0.5,1)", "1,1)"),
    "discounting by the wrong rate": (
        f"Trace {{cohort}} {TREATED}",
        "discount_rate_1",
        "discount_rate_2",
    ),
    "utility after progression": (f"Trace {{cohort}} {CONTROL}", "-utility_loss", "+utility_loss"),
    "price of fewer packs": ("Results", "*price_per_pack_nok", "*price_per_pack_nok*0.99"),
    "uptake of the next year": ("Budget", "uptake_1", "uptake_2"),
}


@pytest.mark.long
def test_seeded_faults_are_caught(workbook, base, tmp_path):
    label = load_case().cohort_labels()[FIRST]
    files = [
        with_formulas(workbook, tmp_path / f"fault{k}.xlsx", sheet.format(cohort=label), old, new)
        for k, (sheet, old, new) in enumerate(FAULTS.values())
    ]
    python = expected(CellValues())
    for name, sheet in zip(FAULTS, shown(files, tmp_path), strict=True):
        assert max(differences(sheet, python).values()) > LIMIT, name


@pytest.mark.long
def test_a_value_that_is_not_allowed_gives_no_number(workbook, tmp_path):
    place = next(k for k, row in enumerate(input_rows()) if row.name == "visit_nok")
    sets = [{f"D{FIRST_ROW + 1 + place}": bad} for bad in (-1.0, "much", None)]
    for sheet in shown_when_typed(workbook, tmp_path, sets):
        assert sheet[f"cost_{TREATED}_{FIRST}"] == "#N/A"
        assert sheet[f"life_years_{TREATED}_{FIRST}"] != "#N/A"


@pytest.mark.long
def test_a_session_puts_back_what_it_typed(workbook, base, tmp_path):
    place = next(k for k, row in enumerate(input_rows()) if row.name == "visit_nok")
    other, as_it_was = shown_when_typed(
        workbook, tmp_path, [{f"D{FIRST_ROW + 1 + place}": 1.0}, {}]
    )
    assert other[f"cost_{TREATED}_{FIRST}"] != base[f"cost_{TREATED}_{FIRST}"]
    assert as_it_was.keys() == base.keys()
    for name, number in base.items():
        assert as_it_was[name] == pytest.approx(number, rel=1e-12), name


@pytest.mark.long
@pytest.mark.parametrize("family", ["weibull", "lognormal"])
def test_parametric_curves_equal_sums_written_here(workbook, tmp_path, family):
    """Undiscounted QALYs of the control arm, from the parameters in the cells by plain NumPy."""
    rows = {row.name: row for row in input_rows()}
    typed = {f"{endpoint}_curve_{FIRST}": family for endpoint in ("pfs", "os")}
    (sheet,) = shown_when_typed(workbook, tmp_path, [cells_of(CellValues(typed))])
    age = int(rows[f"age_{FIRST}"].value)
    dying = load_population_table("life-table")["death_probability"].to_numpy(float)[age:]
    months = np.arange(1, 12 * dying.size + 1)
    floor = np.repeat(-np.log1p(-np.minimum(dying, 1 - 1e-9)) / 12, 12)

    def survival(endpoint):
        names = {"weibull": ("scale", "shape"), "lognormal": ("mu", "sigma")}[family]
        first, second = (
            rows[f"{endpoint}_{family}_{name}_{ROLES[1]}_{FIRST}"].value for name in names
        )
        if family == "weibull":
            hazard = (months / first) ** second
        else:
            hazard = -log_ndtr((first - np.log(months)) / second)
        steps = np.maximum(np.diff(hazard, prepend=0.0), floor)
        return np.exp(-np.concatenate([[0.0], np.cumsum(steps)]))

    alive = survival("os")
    free = np.minimum(survival("pfs"), alive)
    norms = load_population_table("hrqol-norms")
    band = np.searchsorted(norms["age_from"], age + np.arange(alive.size) / 12, side="right") - 1
    norm = norms["utility"].to_numpy(float)[band]
    before = rows[f"utility_progression_free_{FIRST}"].value
    after = before - rows["utility_loss_progression"].value
    quality = (before * free + after * (alive - free)) * norm / norm[0]
    lost = (
        rows[f"severe_events_control_{FIRST}"].value
        * rows["severe_event_utility_loss"].value
        * rows["severe_event_weeks"].value
        * 7
        / 365.25
    )
    by_hand = float(np.trapezoid(quality, dx=1 / 12)) - lost
    assert sheet[f"undiscounted_qalys_{CONTROL}_{FIRST}"] == pytest.approx(by_hand, rel=LIMIT)

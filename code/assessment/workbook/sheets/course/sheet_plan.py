"""What all sheets share: the file, the names of strategies and sheets, and how formulas call an input."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from xlsxwriter.worksheet import Worksheet

from assessment.case.definition import load_case
from assessment.case.model.inputs.model_inputs import COHORTS
from assessment.case.model.inputs.settings import TREATED, role_of
from assessment.pages.economics.shared.arm_names import DRUG, comparator_label
from assessment.presentation.language import _
from assessment.workbook.content.curve_sets import curve_sets, strategies
from assessment.workbook.content.first_values import first_values
from assessment.workbook.content.input_row import InputRow
from assessment.workbook.content.workbook_inputs import input_rows, names_by_parameter
from assessment.workbook.content.workbook_scenarios import WorkbookScenario, workbook_scenarios
from assessment.workbook.engine.cell_formulas import cell_name
from assessment.workbook.engine.formula_columns import FormulaTable
from assessment.workbook.engine.workbook_file import WorkbookFile

MONTHS = 12


@dataclass(frozen=True)
class CheckedResult:
    """A number of the workbook that Python computes too: ``name`` of its cell, and Python's ``key``
    (cohort, or "" for all together, and output).
    """

    name: str
    label: str
    key: tuple[str, str]


@dataclass
class SheetPlan:
    """The workbook while its sheets are written. ``tables``: what one sheet offers to the others;
    ``known``: Python's number of each named cell that it has one of (see ``first_values``).
    """

    file: WorkbookFile
    inputs: tuple[InputRow, ...] = field(default_factory=input_rows)
    scenarios: tuple[WorkbookScenario, ...] = field(default_factory=workbook_scenarios)
    tables: dict[tuple[str, ...], FormulaTable] = field(default_factory=dict)
    sheets: dict[str, Worksheet] = field(default_factory=dict)
    checked: list[CheckedResult] = field(default_factory=list)
    known: dict[str, float] = field(default_factory=first_values)

    def __post_init__(self):
        self.labels = load_case().cohort_labels()
        self._names = {cohort: names_by_parameter(cohort) for cohort in COHORTS}
        # months to the end of the life table, of the youngest
        self.months = {
            cohort: max(one.months[TREATED][0].size for one in curve_sets(cohort)) - 1
            for cohort in COHORTS
        }

    def add(self, key: str, title: str, columns: tuple[float, ...] = ()) -> Worksheet:
        """A new sheet, known to the others by ``key``; ``columns``: widths of the first ones."""
        made = self.file.sheet(title)
        self.sheets[key] = made
        for place, width in enumerate(columns):
            made.set_column(place, place, width)
        return made

    def named_formula(
        self, key: str, name: str, row: int, column: int, formula: str, look: str
    ) -> None:
        """Writes a formula into a sheet, names its cell and stores Python's number where there is one."""
        self.file.formula(self.sheets[key], row, column, formula, look, self.known.get(name))
        self.file.define(name, self.sheets[key], row, column)

    def name_of(self, cohort: str, strategy: str = TREATED) -> Callable[[str], str]:
        """Input of the model → name of the cell that formulas of a cohort read."""

        def name(parameter: str) -> str:
            known = self._names[cohort]
            if parameter in known:
                return known[parameter]
            return known.get(f"{parameter}_{role_of(strategy)}", cell_name(parameter, cohort))

        return name


def output_name(output: str, strategy: str, cohort: str) -> str:
    """The name of a result's cell."""
    return cell_name(output, strategy, cohort)


def strategy_label(strategy: str) -> str:
    """A strategy in words."""
    return DRUG if strategy == TREATED else comparator_label(strategy)


def sheet_title(kind: str, cohort: str, labels: dict[str, str], strategy: str = "") -> str:
    """The name of a sheet of a cohort."""
    words = {
        "trace": _("Trace {cohort} {strategy}"),
        "curves": _("Curves {cohort}"),
        "model curves": _("Model curves {cohort}"),
        "stopping": _("Stopping {cohort}"),
    }
    return words[kind].format(
        cohort=labels[cohort], strategy=strategy_label(strategy) if strategy else ""
    )


__all__ = ["MONTHS", "CheckedResult", "SheetPlan", "output_name", "sheet_title", "strategies"]

"""The whole workbook: its sheets in their order."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from assessment.case.definition import load_case
from assessment.case.model.inputs.model_inputs import COHORTS
from assessment.evidence.provenance.result_cache import cached_result
from assessment.presentation.language import _
from assessment.workbook.content.curve_sets import strategies
from assessment.workbook.engine.workbook_file import WorkbookFile, stamped
from assessment.workbook.sheets.budget_sheet import write_budget
from assessment.workbook.sheets.check_sheet import write_checks
from assessment.workbook.sheets.course.curve_sheet import write_curves
from assessment.workbook.sheets.course.model_curve_sheet import write_model_curves
from assessment.workbook.sheets.course.population_sheet import write_population
from assessment.workbook.sheets.course.sheet_plan import SheetPlan
from assessment.workbook.sheets.course.stopping_sheet import write_stopping
from assessment.workbook.sheets.course.trace_sheet import write_trace
from assessment.workbook.sheets.draw_sheet import write_draws
from assessment.workbook.sheets.input_sheet import write_inputs
from assessment.workbook.sheets.readme_sheet import write_readme
from assessment.workbook.sheets.result_sheet import write_results
from assessment.workbook.sheets.scenario_sheet import write_scenarios
from assessment.workbook.sheets.severity_sheet import write_severity

VERSION_MARK = "@version@"  # where the version stands, put in when a file is made


def file_name() -> str:
    """The name of the file: brand and number of the assessment."""
    names = load_case().names()
    return f"CUA_{names['brand'] or names['drug']}_{names['assessment']}.xlsx"


@cached_result(maxsize=1, disk=True)
def workbook_bytes() -> bytes:
    """The workbook without its version, kept until something that it is made from changes."""
    names = load_case().names()
    title = _("Cost-utility model of {drug}, {assessment}").format(**names)
    plan = SheetPlan(WorkbookFile(title, "assessment"))
    fronts = {
        "readme": _("Read me"),
        "inputs": _("Inputs"),
        "scenarios": _("Scenarios"),
        "results": _("Results"),
        "severity": _("Severity"),
        "budget": _("Budget"),
        "psa": _("PSA"),
        "checks": _("Checks"),
    }
    for key, words in fronts.items():
        plan.add(key, words)
    write_population(plan)
    for cohort in COHORTS:
        write_model_curves(plan, cohort)
        write_curves(plan, cohort)
        write_stopping(plan, cohort)
        for strategy in strategies(cohort):
            write_trace(plan, cohort, strategy)
    write_results(plan)
    write_severity(plan)
    write_budget(plan)
    write_draws(plan)
    write_checks(plan)
    write_scenarios(plan)
    write_readme(plan, VERSION_MARK)
    write_inputs(plan)
    plan.sheets["readme"].activate()
    return plan.file.content()


def write_workbook(path: Path, version: str, day: date | None = None) -> Path:
    """Writes the workbook to ``path`` and returns it; the same model, data and version give the same
    bytes. ``version``: the commit that made it, ``day``: its date, None outside git.
    """
    told = f"{version} {day.isoformat()}" if day else version
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(stamped(workbook_bytes(), {VERSION_MARK: told}, day))
    return path

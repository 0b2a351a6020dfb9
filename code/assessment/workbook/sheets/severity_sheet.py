"""The sheet of severity: absolute shortfall from remaining QALYs and the comparator's, class, value."""

from __future__ import annotations

from assessment.case.model.inputs.model_inputs import COHORTS
from assessment.case.model.inputs.settings import CONTROL
from assessment.evidence import load_population_table
from assessment.presentation.language import _
from assessment.workbook.engine.cell_formulas import cell_name
from assessment.workbook.sheets.course.sheet_plan import CheckedResult, SheetPlan, output_name


def write_severity(plan: SheetPlan) -> None:
    """Writes the sheet; a column for each cohort."""
    file, sheet = plan.file, plan.sheets["severity"]
    sheet.set_column(0, 0, 64)
    sheet.set_column(1, len(COHORTS), 18)
    file.write(sheet, 0, 0, _("Severity: absolute shortfall"), "title")
    note = _(
        "Undiscounted QALYs; rounded to two decimals and never below 0, as the agency's tool does."
    )
    file.write(sheet, 1, 0, note, "quiet")
    file.head(sheet, 3, ["", *(plan.labels[cohort] for cohort in COHORTS)])
    lines = {
        "age_in_use": (_("Age at start, years"), "whole"),
        "remaining_published": (_("Remaining QALYs without the disease, published"), "number"),
        "remaining_reckoned": (
            _("The same from life table and norms (Sullivan's method), to compare"),
            "number",
        ),
        "comparator_qalys": (_("QALYs on the control arm, undiscounted"), "number"),
        "shortfall": (_("Absolute shortfall, QALYs"), "strong"),
        "severity_class": (_("Severity class"), "whole"),
        "class_value": (_("Value of a QALY proposed for the class, NOK"), "kroner"),
    }
    numbers = [int(n) for n in load_population_table("severity-classes")["class"]]
    for row, (output, (words, look)) in enumerate(lines.items(), 4):
        file.write(sheet, row, 0, words)
        for place, cohort in enumerate(COHORTS, 1):
            name = cell_name(output, cohort)
            formula = _formula(output, cohort, numbers)
            plan.named_formula("severity", name, row, place, formula, look)
            if output in ("shortfall", "severity_class"):
                plan.checked.append(
                    CheckedResult(name, f"{plan.labels[cohort]}: {words}", (cohort, output))
                )


def _formula(output: str, cohort: str, numbers: list[int]) -> str:
    def own(key: str) -> str:
        return cell_name(key, cohort)

    at = f"MATCH({own('age_in_use')},life_table_age,0)"
    alive = f"INDEX(population_alive,{at})"
    values = ",".join(cell_name("reference", f"class_{n}") for n in numbers)
    return {
        "age_in_use": own("age"),
        "remaining_published": (
            f"INDEX(remaining_qalys,MATCH({own('age_in_use')},remaining_age,0))"
        ),
        "remaining_reckoned": (
            f'SUMIF(life_table_age,">="&{own("age_in_use")},population_qalys)/{alive}'
        ),
        "comparator_qalys": output_name("undiscounted_qalys", CONTROL, cohort),
        "shortfall": f"MAX(0,ROUND({own('remaining_published')}-{own('comparator_qalys')},2))",
        "severity_class": f"LOOKUP({own('shortfall')},class_from,class_number)",
        "class_value": f"CHOOSE({own('severity_class')},{values})",
    }[output]

"""The sheet of the probabilistic analysis: the model's draws as values; means and acceptability by formula,
at the price in use.
"""

from __future__ import annotations

from assessment.case.model import runs
from assessment.case.model.costs.cost_row_checks import PRICE
from assessment.case.model.inputs.model_inputs import COHORTS, model_inputs
from assessment.presentation.language import _
from assessment.workbook.engine.cell_formulas import cell_name, number_text
from assessment.workbook.engine.formula_columns import Column, FormulaTable
from assessment.workbook.sheets.course.sheet_plan import SheetPlan

FIRST_ROW, STEPS, STEP_NOK = 8, 25, 100_000
MEANS_ROW = 4
PLACES = {"cost": 2, "qalys": 7, "packs": 7}  # decimals kept of each draw


def write_draws(plan: SheetPlan) -> None:
    """Writes the sheet: draws at the left, what they come to at the right, a cohort beside the other."""
    file, sheet = plan.file, plan.sheets["psa"]
    file.write(sheet, 0, 0, _("Probabilistic analysis against the control arm"), "title")
    note = _(
        "Draws of the base case, made by the model: they do not follow the other inputs. The price of a"
        " pack does: each draw's packs are paid for at the price in use."
    )
    file.write(sheet, 1, 0, note, "quiet")
    start = 0
    for cohort in COHORTS:
        draws = runs.draws(cohort)
        gained = draws.increment
        n = len(gained.cost)
        columns = [
            Column(
                "cost",
                _("Added cost, NOK, {cohort}").format(cohort=plan.labels[cohort]),
                values=gained.cost.round(PLACES["cost"]).tolist(),
                look="kroner",
                width=14,
            ),
            Column(
                "qalys",
                _("QALYs gained"),
                values=gained.effect.round(PLACES["qalys"]).tolist(),
                look="number",
            ),
            Column(
                "packs",
                _("Packs bought, net"),
                values=draws.packs.round(PLACES["packs"]).tolist(),
                look="number",
            ),
        ]
        table = FormulaTable(file, sheet, columns, FIRST_ROW, n, start).write()
        names = {c.key: cell_name("draws", c.key, cohort) for c in columns}
        for key, name in names.items():
            file.define(name, sheet, FIRST_ROW, table.place[key], table.last_row)
        dearer = f"({plan.name_of(cohort)(PRICE)}-{number_text(model_inputs(cohort)[PRICE].value)})"
        _means(plan, cohort, names, dearer, start)
        curve = [
            Column(
                "value",
                _("Value of a QALY, NOK"),
                values=[float(k * STEP_NOK) for k in range(STEPS)],
                look="kroner",
            ),
            Column(
                "worth_it",
                _("Share of draws in which the drug is worth it"),
                f"SUMPRODUCT(--({{value}}*{names['qalys']}-{names['cost']}"
                f"-{dearer}*{names['packs']}>0))/ROWS({names['cost']})",
                look="number",
            ),
        ]
        made = FormulaTable(file, sheet, curve, FIRST_ROW, STEPS, start + 4).write()
        chart = file.book.add_chart({"type": "scatter", "subtype": "straight"})
        chart.add_series(
            {
                "name": plan.labels[cohort],
                "categories": "=" + made.cells("value"),
                "values": "=" + made.cells("worth_it"),
            }
        )
        chart.set_title({"name": _("Acceptability, {cohort}").format(cohort=plan.labels[cohort])})
        chart.set_x_axis({"name": _("Value of a QALY, NOK"), "num_format": "#,##0"})
        chart.set_y_axis({"name": _("Share of draws"), "min": 0, "max": 1})
        chart.set_legend({"none": True})
        sheet.insert_chart(FIRST_ROW, start + 7, chart)
        start += 16
    sheet.freeze_panes(FIRST_ROW, 0)


def _means(plan: SheetPlan, cohort: str, names: dict[str, str], dearer: str, start: int) -> None:
    file, sheet = plan.file, plan.sheets["psa"]
    file.head(
        sheet,
        MEANS_ROW - 1,
        [
            _("Mean added cost, NOK"),
            _("Mean QALYs gained"),
            _("Mean packs"),
            "",
            _("Ratio of means, NOK per QALY"),
            _("Draws"),
        ],
        start,
    )
    formulas = [
        f"AVERAGE({names['cost']})+{dearer}*AVERAGE({names['packs']})",
        f"AVERAGE({names['qalys']})",
        f"AVERAGE({names['packs']})",
    ]
    for place, (key, formula) in enumerate(zip(("cost", "qalys", "packs"), formulas), start):
        file.formula(
            sheet, MEANS_ROW, place, formula, "strong_kroner" if key == "cost" else "strong"
        )
        file.define(cell_name("mean", key, cohort), sheet, MEANS_ROW, place)
    cost, qalys = cell_name("mean", "cost", cohort), cell_name("mean", "qalys", cohort)
    file.formula(
        sheet,
        MEANS_ROW,
        start + 4,
        f'IF({qalys}>0,{cost}/{qalys},"{_("no ratio")}")',
        "strong_kroner",
    )
    file.formula(sheet, MEANS_ROW, start + 5, f"ROWS({names['cost']})", "whole")

"""The sheet that finds the rate of stopping: the rate at which the share that stops before progression
is the share among the inputs, by Newton's method, one step a row.

Formula: share = ∫ k exp(−k t) S(t) dt, as in ``case.model.curves.time_on_treatment``; with the model's
curves at its nodes of continuous time, with parametric ones by the trapezoid rule over months.
"""

from __future__ import annotations

import numpy as np

from assessment.case.model.inputs.settings import CONTROL, TREATED
from assessment.presentation.language import _
from assessment.workbook.content.curve_parameters import ENDPOINTS, MODEL
from assessment.workbook.content.curve_sets import curve_sets, strategies
from assessment.workbook.engine.cell_formulas import cell_name, quoted
from assessment.workbook.engine.formula_columns import Column, FormulaTable
from assessment.workbook.sheets.course.model_curve_sheet import DIGITS, FIRST_ROW
from assessment.workbook.sheets.course.sheet_plan import (
    MONTHS,
    SheetPlan,
    sheet_title,
    strategy_label,
)

SHARE_ROW, COLUMN_ROW = FIRST_ROW - 3, FIRST_ROW - 2
STEPS = 15


def write_stopping(plan: SheetPlan, cohort: str) -> None:
    """Writes the sheet and names ``stopping_rate_<strategy>_<cohort>``."""
    file, sets = plan.file, curve_sets(cohort)
    sheet = plan.add(f"stopping {cohort}", sheet_title("stopping", cohort, plan.labels))
    file.write(sheet, 0, 0, _("Rate at which treatment stops before progression"), "title")
    note = _(
        "share = sum of rate × exp(−rate × years) × years without progression; Newton's method"
    )
    file.write(sheet, 1, 0, note, "quiet")
    file.write(sheet, SHARE_ROW - 1, 0, _("Share that stops before progression"), "text")
    name = plan.name_of(cohort)
    share = f"{name('toxicity_stop_share')}+{name('withdrawal_share')}"
    file.formula(sheet, SHARE_ROW - 1, 3, f"IF({share}>=1,NA(),{share})", "number")
    file.define(cell_name("stopping_share", cohort), sheet, SHARE_ROW - 1, 3)
    file.write(sheet, COLUMN_ROW - 1, 0, _("Column of the values in use"), "quiet")
    rows = max(plan.months[cohort] + 1, *(one.node_years.size for one in sets))
    drugs = [s for s in strategies(cohort) if s != CONTROL]
    blocks = _blocks(cohort, drugs)
    start = 4 + 2 * len(drugs) + 5 + 3 * len(drugs)
    values = {}
    for key, (numbers, columns) in blocks.items():
        file.head(sheet, FIRST_ROW - 1, [_("Column of {what}, by set").format(what=key)], start)
        for row, number in enumerate(numbers, FIRST_ROW):
            if number is None:
                file.formula(sheet, row, start, "NA()")
            else:
                file.write(sheet, row, start, number, "whole")
        file.define(
            cell_name("stopping", key, cohort), sheet, FIRST_ROW, start, FIRST_ROW + len(sets) - 1
        )
        made = [
            Column(f"{key}_{k}", f"{key} {k + 1}", values=c.tolist(), look="fine")
            for k, c in enumerate(columns)
        ]
        values[key] = FormulaTable(file, sheet, made, FIRST_ROW, rows, start + 1).write()
        start += len(made) + 2
    main = FormulaTable(file, sheet, _main(plan, cohort, drugs, values, rows), FIRST_ROW, rows)
    for key in blocks:
        column = f"INDEX({cell_name('stopping', key, cohort)},{cell_name('curve_set', cohort)})"
        file.formula(sheet, COLUMN_ROW - 1, main.place[key], column, "whole")
    main.write()
    _newton(plan, cohort, drugs, main)
    sheet.freeze_panes(FIRST_ROW, 0)


def _blocks(cohort: str, drugs: list[str]) -> dict[str, tuple[list[int | None], list[np.ndarray]]]:
    """{what: (number of its column for each set, the different columns)}."""
    sets = curve_sets(cohort)
    listed: dict[str, list[np.ndarray | None]] = {
        "years": [one.node_years for one in sets],
        "weight": [one.node_weights for one in sets],
        **{f"free_{s}": [one.at_nodes.get(s) for one in sets] for s in drugs},
    }
    made: dict[str, tuple[list[int | None], list[np.ndarray]]] = {}
    for key, arrays in listed.items():
        numbers: list[int | None] = []
        columns: list[np.ndarray] = []
        for array in arrays:
            if array is None:
                numbers.append(None)
                continue
            short = np.round(array, DIGITS)
            at = next((k for k, c in enumerate(columns) if np.array_equal(c, short)), len(columns))
            if at == len(columns):
                columns.append(short)
            numbers.append(at + 1)
        made[key] = numbers, columns
    return made


def _main(plan: SheetPlan, cohort: str, drugs: list[str], values: dict, rows: int) -> list[Column]:
    def in_use(key: str) -> str:
        block = values[key]
        first, last = block.columns[0].key, block.columns[-1].key
        cells = f"${block.letter(first)}\x00:${block.letter(last)}\x00"
        return f"INDEX({cells},1,{{#{COLUMN_ROW}}})"

    chosen = ",".join(f"{cell_name(e + '_curve', cohort)}={quoted(MODEL)}" for e in ENDPOINTS)
    curves, last = plan.tables["curves", cohort], cell_name("lifetime_months", cohort)
    month = f"IF({{month}}>{last},0,IF(OR({{month}}=0,{{month}}={last}),0.5,1)/{MONTHS})"
    free = f"MIN({curves.cell('pfs_' + TREATED)},{curves.cell('os_' + TREATED)})"
    columns = [
        Column("years", _("Years, nodes"), in_use("years"), look="fine"),
        Column("weight", _("Weight, years"), in_use("weight"), look="fine"),
        Column("month", _("Month"), values=[float(k) for k in range(rows)], look="whole"),
        Column(
            "months_area",
            _("Years without progression, parametric curves, {drug}").format(
                drug=strategy_label(TREATED)
            ),
            f"IF(AND({chosen}),0,{month}*{free})",
            look="fine",
        ),
    ]
    for s in drugs:
        area = f"{{weight}}*{{free_{s}}}"
        title = _("Years without progression at nodes, {drug}").format(drug=strategy_label(s))
        columns += [
            Column(
                f"free_{s}",
                _("Without progression, {drug}").format(drug=strategy_label(s)),
                in_use(f"free_{s}"),
                look="fine",
            ),
            Column(
                f"area_{s}",
                title,
                f"IF(AND({chosen}),{area},0)" if s == TREATED else area,
                look="fine",
            ),
        ]
    return columns


def _newton(plan: SheetPlan, cohort: str, drugs: list[str], main: FormulaTable) -> None:
    share = cell_name("stopping_share", cohort)

    def moment(s: str, rate: str, power: str) -> str:
        def summed(area: str, years: str) -> str:
            weighted = f"{area},{years}" if power else area
            return f"SUMPRODUCT({weighted},EXP(-{rate}*{years}))"

        nodes = summed(main.cells(f"area_{s}"), main.cells("years"))
        if s != TREATED:
            return nodes
        months = main.cells("month")
        area = main.cells("months_area")
        weighted = f"{area},{months}" if power else area
        scale = f"/{MONTHS}" if power else ""
        return f"{nodes}+SUMPRODUCT({weighted},EXP(-{rate}*{months}/{MONTHS})){scale}"

    columns = [Column("step", _("Step"), values=[float(k) for k in range(STEPS)], look="whole")]
    for s in drugs:
        who = strategy_label(s)
        step = (
            f"{{rate_{s}^}}-({{rate_{s}^}}*{{kept_{s}^}}-{share})"
            f"/({{kept_{s}^}}-{{rate_{s}^}}*{{slope_{s}^}})"
        )
        columns += [
            Column(
                f"rate_{s}",
                _("Rate a year, {drug}").format(drug=who),
                f"IF({{step}}=0,0,MAX({step},0))",
                look="fine",
            ),
            Column(
                f"kept_{s}",
                _("Years on treatment, {drug}").format(drug=who),
                moment(s, f"{{rate_{s}}}", ""),
                look="fine",
            ),
            Column(
                f"slope_{s}",
                _("Their mean time, weighted, {drug}").format(drug=who),
                moment(s, f"{{rate_{s}}}", "t"),
                look="fine",
            ),
        ]
    first = max(main.place.values()) + 2
    table = FormulaTable(plan.file, main.sheet, columns, FIRST_ROW, STEPS, first).write()
    for s in drugs:
        plan.tables["newton", cohort, s] = table
        name = cell_name("stopping_rate", s, cohort)
        plan.file.define(name, main.sheet, table.last_row, table.place[f"rate_{s}"])

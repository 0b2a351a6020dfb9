"""The sheet of a cohort's strategy: states, discounting, utilities and costs, one row a month."""

from __future__ import annotations

from assessment.case.model.costs.cost_rows import cost_label
from assessment.case.model.inputs.settings import CONTROL, TREATED
from assessment.evidence import load_population_table
from assessment.presentation.language import _
from assessment.workbook.engine.cell_formulas import cell_name
from assessment.workbook.engine.formula_columns import Column, FormulaTable
from assessment.workbook.sheets.course.cost_columns import (
    AMOUNT_ROW,
    QUANTITIES,
    TOTAL_ROW,
    YES,
    packs_column,
    rows_of,
    write_amounts,
)
from assessment.workbook.sheets.course.model_curve_sheet import FIRST_ROW
from assessment.workbook.sheets.course.sheet_plan import (
    MONTHS,
    SheetPlan,
    sheet_title,
    strategy_label,
)


def write_trace(plan: SheetPlan, cohort: str, strategy: str) -> None:
    """Writes the sheet; ``plan.tables["trace", cohort, strategy]`` is its table, totals above it."""
    file = plan.file
    sheet = plan.add(
        f"trace {cohort} {strategy}", sheet_title("trace", cohort, plan.labels, strategy)
    )
    title = _("{strategy}, {cohort}: per patient, month by month").format(
        strategy=strategy_label(strategy), cohort=plan.labels[cohort]
    )
    file.write(sheet, 0, 0, title, "title")
    note = _("Trapezoid rule over months; events discounted at the mean of both ends of the month.")
    file.write(sheet, 1, 0, note, "quiet")
    rows = plan.months[cohort] + 1
    items = rows_of(strategy)
    columns = [*_states(plan, cohort, strategy, rows), *_values(plan, cohort)]
    columns += [packs_column(plan, cohort, strategy, items)]
    columns += [
        Column(
            f"cost_{row.id}",
            cost_label(row.id, strategy_label(strategy)),
            f"{{#{AMOUNT_ROW}}}*{{{QUANTITIES[row.when]}}}",
            look="kroner",
        )
        for row in items
    ]
    table = FormulaTable(file, sheet, columns, FIRST_ROW, rows)
    write_amounts(plan, cohort, strategy, items, table)
    first_total = table.place["years_free"]
    file.write(sheet, TOTAL_ROW - 1, 0, _("Total"), "text")
    for column in columns:
        place = table.place[column.key]
        if place >= first_total:
            cells = f"{table.letter(column.key)}{FIRST_ROW + 1}:{table.letter(column.key)}{FIRST_ROW + rows}"
            look = "strong_kroner" if column.key.startswith("cost_") else "strong"
            file.formula(sheet, TOTAL_ROW - 1, place, f"SUM({cells})", look)
    plan.tables["trace", cohort, strategy] = table.write()
    if strategy == CONTROL:
        file.write(sheet, 2, 0, _("Packs after crossover, of all who progress or die"), "quiet")
        share, used = cell_name("crossover_share", cohort), plan.tables["trace", cohort, TREATED]
        file.formula(sheet, 2, 6, f"{share}*{used.cell('packs', f'${TOTAL_ROW}')}", "number")
        file.define(cell_name("crossover_packs", cohort), sheet, 2, 6)
    sheet.freeze_panes(FIRST_ROW, 2)


def _states(plan: SheetPlan, cohort: str, strategy: str, rows: int) -> list[Column]:
    curves, last = plan.tables["curves", cohort], cell_name("last_month", cohort)
    rate = cell_name("stopping_rate", strategy, cohort)
    on = f'IF(treatment_ends="progression",{{free}},{{free}}*EXP(-{rate}*{{years}}))'
    age = cell_name("age", cohort)
    return [
        Column(
            "cycle",
            _("Cycle (month)"),
            values=[float(k) for k in range(rows)],
            look="whole",
            width=8,
        ),
        Column("years", _("Years from start"), f"{{cycle}}/{MONTHS}", width=9),
        Column(
            "free",
            _("Progression-free"),
            f"MIN({curves.cell('pfs_' + strategy)},{curves.cell('os_' + strategy)})",
            look="fine",
        ),
        Column(
            "progressed", _("Progressed"), f"{curves.cell('os_' + strategy)}-{{free}}", look="fine"
        ),
        Column("dead", _("Dead"), f"1-{curves.cell('os_' + strategy)}", look="fine"),
        Column("on", _("On the drug"), "0*{free}" if strategy == CONTROL else on, look="fine"),
        Column(
            "weight",
            _("Weight, years"),
            f"IF({{cycle}}>{last},0,IF(OR({{cycle}}=0,{{cycle}}={last}),0.5,1)/{MONTHS})",
            look="fine",
        ),
        Column("discount", _("Discount factor"), _discount("{years}"), look="fine"),
        Column(
            "utility",
            _("Utility relative to that at the start"),
            f"IF(age_adjusted={YES},LOOKUP({age}+{{years}},norm_age,norm_utility)"
            f"/LOOKUP({age},norm_age,norm_utility),1)",
            look="fine",
        ),
    ]


def _discount(years: str) -> str:
    """The discount factor by the steps of the schedule: each rate for the years it names."""
    starts = [int(y) for y in load_population_table("discount-schedule")["year_from"]]
    parts = []
    for k, start in enumerate(starts, 1):
        end = f"MIN({years},INDEX(discount_from_year,{k + 1}))" if k < len(starts) else years
        span = f"MAX({end}-INDEX(discount_from_year,{k}),0)" if start else end
        parts.append(f"{span}*LN(1+discount_rate_{k})")
    return f"EXP(-({'+'.join(parts)}))"


def _values(plan: SheetPlan, cohort: str) -> list[Column]:
    name, last = plan.name_of(cohort), cell_name("last_month", cohort)
    before = name("utility_progression_free")
    after = f"({before}-{name('utility_loss_progression')})"
    factor = "({discount^}+{discount})/2"
    event = f"IF(OR({{cycle}}=0,{{cycle}}>{last}),0,({{%s^}}-{{%s}})*{factor})"
    gone = f"IF(OR({{cycle}}=0,{{cycle}}>{last}),0,({{dead}}-{{dead^}})*{factor})"
    return [
        Column(
            "years_free",
            _("Years progression-free, discounted"),
            "{free}*{weight}*{discount}",
            look="fine",
        ),
        Column(
            "years_progressed",
            _("Years progressed, discounted"),
            "{progressed}*{weight}*{discount}",
            look="fine",
        ),
        Column(
            "years_alive",
            _("Years alive, discounted"),
            "{years_free}+{years_progressed}",
            look="fine",
        ),
        Column(
            "years_treated",
            _("Years on the drug, discounted"),
            "{on}*{weight}*{discount}",
            look="fine",
        ),
        Column("starts", _("Starts"), "IF({cycle}=0,1,0)", look="whole"),
        Column(
            "leaves",
            _("Leave the progression-free state, discounted"),
            event % ("free", "free"),
            look="fine",
        ),
        Column("deaths", _("Deaths, discounted"), gone, look="fine"),
        Column(
            "qalys_free",
            _("QALYs progression-free, discounted"),
            f"{before}*{{years_free}}*{{utility}}",
            look="fine",
        ),
        Column(
            "qalys_progressed",
            _("QALYs progressed, discounted"),
            f"{after}*{{years_progressed}}*{{utility}}",
            look="fine",
        ),
        Column(
            "qalys_undiscounted",
            _("QALYs, undiscounted"),
            f"({before}*{{free}}+{after}*{{progressed}})*{{weight}}*{{utility}}",
            look="fine",
        ),
        Column(
            "treated_undiscounted",
            _("Years on the drug, undiscounted"),
            "{on}*{weight}",
            look="fine",
        ),
    ]

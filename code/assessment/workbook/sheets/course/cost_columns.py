"""The costs of a trace: which items a strategy has, their amounts, and packs of the drug."""

from __future__ import annotations

from collections.abc import Callable

from assessment.case.model.costs.cost_row_checks import CONSTANTS, PRICE
from assessment.case.model.costs.cost_rows import CostRow, cost_rows, names_by_role
from assessment.case.model.inputs.model_inputs import comparator_prices
from assessment.case.model.inputs.settings import CONTROL, TREATED, role_of
from assessment.presentation.language import _
from assessment.workbook.content.model_choices import YES_NO
from assessment.workbook.engine.cell_formulas import formula_of, quoted
from assessment.workbook.engine.formula_columns import Column, FormulaTable
from assessment.workbook.sheets.course.sheet_plan import SheetPlan

UNITS_ROW, UNIT_COST_ROW, TAX_ROW, AMOUNT_ROW, TOTAL_ROW = 4, 5, 6, 7, 9  # as readers count

YES = quoted(YES_NO[True])
# the quantity that a cost's amount multiplies, by when it falls
QUANTITIES = {
    "progression-free": "years_free",
    "progressed": "years_progressed",
    "alive": "years_alive",
    "on treatment": "years_treated",
    "start": "starts",
    "leaving progression-free": "leaves",
    "death": "deaths",
}


def rows_of(strategy: str) -> list[CostRow]:
    """The cost items that a strategy may have, formulas in names of inputs."""
    role = role_of(strategy)
    names: dict[str, str | float] = {**{n: n for n in CONSTANTS}, **names_by_role(role)}
    if strategy not in (TREATED, CONTROL):
        names[PRICE] = comparator_prices()[strategy]
    return [row.with_names(names) for row in cost_rows() if row.arm in ("both", role)]


def applies(row: CostRow) -> str:
    """1 where an item holds under the choices made, else 0, as a formula."""
    if row.only_if is None:
        return "1"
    setting, value = row.only_if
    word = YES_NO[value] if isinstance(value, bool) else str(value)
    return f"IF({setting}={quoted(word)},1,0)"


def named(plan: SheetPlan, cohort: str, strategy: str) -> Callable[[str], str]:
    """Name in a formula of data → name of a cell."""
    inputs = plan.name_of(cohort, strategy)
    return lambda name: name if name in CONSTANTS else inputs(name)


def packs_column(plan: SheetPlan, cohort: str, strategy: str, items: list[CostRow]) -> Column:
    """Packs of the drug under study in the month, discounted as their cost is."""
    name = named(plan, cohort, strategy)
    used = [
        f"({formula_of(row.resource_use, name)})*{applies(row)}*{{{QUANTITIES[row.when]}}}"
        for row in items
        if row.paid_by_pack and strategy in (TREATED, CONTROL)
    ]
    return Column(
        "packs", _("Packs of the drug, discounted"), "+".join(used) or "0*{free}", look="fine"
    )


def write_amounts(
    plan: SheetPlan, cohort: str, strategy: str, items: list[CostRow], table: FormulaTable
) -> None:
    """Writes what each cost item comes to, above its column."""
    file, name = plan.file, named(plan, cohort, strategy)
    heads = {
        UNITS_ROW: _("Units a year, or at the event"),
        UNIT_COST_ROW: _("Cost of a unit, NOK without tax"),
        TAX_ROW: _("Tax, and whether the item is counted"),
        AMOUNT_ROW: _("Amount, NOK"),
    }
    for row_number, words in heads.items():
        file.write(table.sheet, row_number - 1, table.place["packs"], words, "quiet")
    for row in items:
        letter, place = table.letter(f"cost_{row.id}"), table.place[f"cost_{row.id}"]
        tax = f"*(1+IF(vat={YES},vat_rate,0))" if row.taxed else ""
        lines = {
            UNITS_ROW: (formula_of(row.resource_use, name), "number"),
            UNIT_COST_ROW: (formula_of(row.unit_cost_nok, name), "kroner"),
            TAX_ROW: (f"{applies(row)}{tax}", "number"),
            AMOUNT_ROW: (
                f"{letter}{UNITS_ROW}*{letter}{UNIT_COST_ROW}*{letter}{TAX_ROW}",
                "kroner",
            ),
        }
        for row_number, (formula, look) in lines.items():
            file.formula(table.sheet, row_number - 1, place, formula, look)

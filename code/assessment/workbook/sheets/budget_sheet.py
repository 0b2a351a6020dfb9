"""The sheet of the budget: added expenditure of years 1 to 5, undiscounted, from monthly cycles.

Patients start evenly within a year; what those of one year cost in the calendar year j years later is
the second difference of the twice summed cost, as in ``economics.model.budget_impact``.
"""

from __future__ import annotations

from assessment.case.model.analyses.adoption_budget import YEARS
from assessment.case.model.inputs.model_inputs import COHORTS
from assessment.case.model.inputs.settings import CONTROL, TREATED
from assessment.presentation.language import _
from assessment.workbook.content.curve_sets import strategies
from assessment.workbook.engine.cell_formulas import cell_name, formula_of
from assessment.workbook.engine.formula_columns import Column, FormulaTable
from assessment.workbook.sheets.course.cost_columns import QUANTITIES, YES, applies, named, rows_of
from assessment.workbook.sheets.course.sheet_plan import (
    MONTHS,
    CheckedResult,
    SheetPlan,
    strategy_label,
)

AMOUNTS_AT, FIRST_ROW = 24, 36  # rows of the tables below the results, counted from 0
CROSSOVER = "crossover_paid"  # without adoption nobody can cross over to the drug


def write_budget(plan: SheetPlan) -> None:
    """Writes the sheet and names ``budget_year_1`` and so on."""
    file, sheet = plan.file, plan.sheets["budget"]
    sheet.set_column(0, 0, 50)
    file.write(sheet, 0, 0, _("Budget of adoption, NOK, undiscounted"), "title")
    note = _(
        "What the health service pays, with tax where budget_vat says so; without patients' time and"
        " travel, and without the drug after crossover, which needs adoption."
    )
    file.write(sheet, 1, 0, note, "quiet")
    file.head(sheet, 3, ["", *(_("Year {year}").format(year=y) for y in range(1, YEARS + 1))])
    file.write(sheet, 4, 0, _("Patients who start"))
    for year in range(1, YEARS + 1):
        known = plan.known.get(f"starters_{year}")
        file.formula(sheet, 4, year, f"patients*uptake_{year}", "number", known)
    pairs = [(cohort, strategy) for cohort in COHORTS for strategy in strategies(cohort)]
    by_pair = {pair: 10 + k for k, pair in enumerate(pairs)}
    lag_row = 9
    file.write(
        sheet,
        lag_row - 1,
        0,
        _("Cost per starter in the year of start and in later years"),
        "heading",
    )
    for row, cohort in enumerate(COHORTS, 5):
        file.write(
            sheet, row, 0, _("Added expenditure, {cohort}").format(cohort=plan.labels[cohort])
        )
        for year in range(1, YEARS + 1):
            known = plan.known.get(cell_name("budget_year", str(year), cohort))
            file.formula(sheet, row, year, _added(cohort, year, by_pair), "kroner", known)
    total = 5 + len(COHORTS)
    file.write(sheet, total, 0, _("Added expenditure"), "strong")
    for year in range(1, YEARS + 1):
        letter = "ABCDEFGHIJ"[year]
        name, added = cell_name("budget_year", str(year)), f"{letter}6:{letter}{5 + len(COHORTS)}"
        plan.named_formula("budget", name, total, year, f"SUM({added})", "strong_kroner")
        words = _("Added expenditure, year {year}").format(year=year)
        plan.checked.append(CheckedResult(name, words, ("", f"budget_{year}")))
    _amounts(plan, pairs)
    table = _months(plan, pairs)
    for (cohort, strategy), row in by_pair.items():
        words = f"{plan.labels[cohort]}, {strategy_label(strategy)}"
        file.write(sheet, row, 0, words)
        letter = table.letter(f"area_{strategy}_{cohort}")
        for lag in range(YEARS):
            cells = [f"{letter}{FIRST_ROW + 1 + MONTHS * max(lag + k, 0)}" for k in (1, 0, -1)]
            known = plan.known.get(cell_name("paid_in_year", str(lag), strategy, cohort))
            paid = f"{cells[0]}-2*{cells[1]}+{cells[2]}"
            file.formula(sheet, row, 1 + lag, paid, "kroner", known)
    sheet.freeze_panes(4, 1)


def _added(cohort: str, year: int, by_pair: dict[tuple[str, str], int]) -> str:
    """Patients of the cohort times what each year's starters add in this year."""
    share = (
        cell_name(f"share_{cohort}")
        if cohort != COHORTS[-1]
        else "(1-" + "-".join(cell_name(f"share_{c}") for c in COHORTS[:-1]) + ")"
    )
    others = strategies(cohort)[2:]
    displaced = {s: cell_name("displaced", s, cohort) for s in others}
    left = "(1-" + "-".join(displaced.values()) + ")" if displaced else "1"
    parts = []
    for started in range(1, year + 1):
        letter = "ABCDEFGHIJ"[year - started + 1]

        def cost(strategy: str, letter: str = letter) -> str:
            return f"{letter}{by_pair[cohort, strategy] + 1}"

        # a drug that displaces nobody need not have a curve in the scenario
        others_paid = [f"IF({n}=0,0,{n}*{cost(s)})" for s, n in displaced.items()]
        otherwise = [f"{left}*{cost(CONTROL)}", *others_paid]
        parts.append(f"uptake_{started}*({cost(TREATED)}-{'-'.join(otherwise)})")
    return f"patients*{share}*({'+'.join(parts)})"


def _amounts(plan: SheetPlan, pairs: list[tuple[str, str]]) -> None:
    """Amounts by when they fall, a row for each ``when`` and a column for each strategy."""
    file, sheet = plan.file, plan.sheets["budget"]
    heads = [_("Paid by the health service, NOK"), *_pair_words(plan, pairs)]
    file.head(sheet, AMOUNTS_AT, heads)
    for row, when in enumerate(QUANTITIES, AMOUNTS_AT + 1):
        file.write(sheet, row, 0, when)
        for place, (cohort, strategy) in enumerate(pairs, 1):
            name = named(plan, cohort, strategy)
            parts = []
            for item in rows_of(strategy):
                crossover = item.only_if is not None and item.only_if[0] == CROSSOVER
                if item.when == when and not item.borne_by_patients and not crossover:
                    tax = f"*(1+IF(budget_vat={YES},vat_rate,0))" if item.taxed else ""
                    use, unit = (
                        formula_of(t, name) for t in (item.resource_use, item.unit_cost_nok)
                    )
                    counted = "" if item.only_if is None else f"*{applies(item)}"
                    parts.append(f"({use})*({unit}){tax}{counted}")
            file.formula(sheet, row, place, "+".join(parts) or "0", "kroner")


def _months(plan: SheetPlan, pairs: list[tuple[str, str]]) -> FormulaTable:
    """Cost so far and its sum over time, month by month."""
    rows = YEARS * MONTHS + 1
    file, sheet = plan.file, plan.sheets["budget"]
    columns = [
        Column("month", _("Month"), values=[float(k) for k in range(rows)], look="whole", width=50)
    ]
    for place, (cohort, strategy) in enumerate(pairs, 1):
        columns += _pair_columns(plan, cohort, strategy, "ABCDEFGHIJKL"[place])
    table = FormulaTable(file, sheet, columns, FIRST_ROW, rows).write()
    for place in range(1, len(columns)):
        sheet.set_column(place, place, 16)
    return table


def _pair_columns(plan: SheetPlan, cohort: str, strategy: str, letter: str) -> list[Column]:
    trace = plan.tables["trace", cohort, strategy]
    amount = {when: f"{letter}${AMOUNTS_AT + 2 + k}" for k, when in enumerate(QUANTITIES)}
    pair = f"{strategy}_{cohort}"

    def cell(key: str, shift: int = 0) -> str:
        cells = trace.cells(key)
        return f"INDEX({cells},{{month}}+{1 + shift})"

    def area(key: str) -> str:
        return f"({cell(key)}+INDEX({trace.cells(key)},{{month}}))/{2 * MONTHS}"

    def gone(key: str) -> str:
        return f"(INDEX({trace.cells(key)},{{month}})-{cell(key)})"

    paid = "+".join(
        [
            f"{amount['progression-free']}*{area('free')}",
            f"{amount['progressed']}*{area('progressed')}",
            f"{amount['alive']}*({area('free')}+{area('progressed')})",
            f"{amount['on treatment']}*{area('on')}",
            f"{amount['leaving progression-free']}*{gone('free')}",
            f"{amount['death']}*({gone('free')}+{gone('progressed')})",
        ]
    )
    who = f"{plan.labels[cohort]}, {strategy_label(strategy)}"
    return [
        Column(
            f"paid_{pair}",
            _("Paid up to the month, NOK, {who}").format(who=who),
            f"IF({{month}}=0,{amount['start']},{{paid_{pair}^}}+{paid})",
            look="kroner",
        ),
        Column(
            f"area_{pair}",
            _("Its sum over time, NOK years, {who}").format(who=who),
            f"IF({{month}}=0,0,{{area_{pair}^}}+({{paid_{pair}^}}+{{paid_{pair}}})/{2 * MONTHS})",
            look="kroner",
        ),
    ]


def _pair_words(plan: SheetPlan, pairs: list[tuple[str, str]]) -> list[str]:
    return [f"{plan.labels[c]}, {strategy_label(s)}" for c, s in pairs]

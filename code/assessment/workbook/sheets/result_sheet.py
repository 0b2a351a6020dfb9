"""The sheet of results: per patient by strategy, then the drug against each comparator."""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet

from assessment.case.model.analyses.decision_facts import reference_facts
from assessment.case.model.costs.cost_row_checks import CONSTANTS, PRICE
from assessment.case.model.costs.cost_rows import cost_label, cost_rows
from assessment.case.model.inputs.model_inputs import COHORTS
from assessment.case.model.inputs.settings import TREATED
from assessment.pages.economics.shared.arm_names import DRUG
from assessment.presentation.language import _
from assessment.workbook.content.curve_sets import strategies
from assessment.workbook.engine.cell_formulas import cell_name
from assessment.workbook.sheets.course.cost_columns import TOTAL_ROW, YES
from assessment.workbook.sheets.course.sheet_plan import (
    CheckedResult,
    SheetPlan,
    output_name,
    strategy_label,
)

OUTPUT_WORDS = {
    "life_years": _("Life years, discounted"),
    "qalys": _("QALYs, discounted"),
    "cost": _("Cost, NOK, discounted"),
    "packs": _("Packs of the drug, discounted"),
    "years_on_treatment": _("Years on treatment, discounted"),
    "undiscounted_qalys": _("QALYs, undiscounted"),
}


def write_results(plan: SheetPlan) -> None:
    """Writes the sheet and names its numbers ``<output>_<strategy>_<cohort>``."""
    file, sheet = plan.file, plan.sheets["results"]
    sheet.set_column(0, 0, 96)
    sheet.set_column(1, 6, 18)
    file.write(sheet, 0, 0, _("Results per patient"), "title")
    file.formula(
        sheet,
        1,
        0,
        'IF(inputs_not_allowed>0,"{bad}","{good}"&scenario_chosen)'.format(
            bad=_(
                "An input is not allowed: see column Check on Inputs. Results that need it are #N/A."
            ),
            good=_("Scenario: "),
        ),
        "quiet",
        _("Scenario: ") + plan.scenarios[0].name,
    )
    sheet.conditional_format(
        1,
        0,
        1,
        0,
        {"type": "formula", "criteria": "=inputs_not_allowed>0", "format": file.formats["bad"]},
    )
    note = _("#N/A: not available under this scenario, or an input that is not allowed.")
    file.write(sheet, 2, 0, note, "quiet")
    row = 4
    for cohort in COHORTS:
        row = _by_strategy(plan, sheet, cohort, row)
        row = _against(plan, sheet, cohort, row) + 2
    sheet.freeze_panes(4, 1)


def _by_strategy(plan: SheetPlan, sheet: Worksheet, cohort: str, row: int) -> int:
    file, listed = plan.file, strategies(cohort)
    file.write(sheet, row, 0, plan.labels[cohort], "heading")
    file.head(sheet, row + 1, [_("Per patient"), *map(strategy_label, listed)])
    items = list(cost_rows())
    lines: list[tuple[str, str, str]] = [
        ("life_years", OUTPUT_WORDS["life_years"], "number"),
        ("qalys_in_states", _("QALYs in the states, discounted"), "number"),
        ("qalys_lost", _("QALYs lost to adverse events"), "number"),
        ("qalys", OUTPUT_WORDS["qalys"], "strong"),
        ("years_on_treatment", OUTPUT_WORDS["years_on_treatment"], "number"),
        ("packs", OUTPUT_WORDS["packs"], "number"),
        ("undiscounted_qalys", OUTPUT_WORDS["undiscounted_qalys"], "number"),
        *((f"cost_{r.id}", cost_label(r.id, DRUG), "kroner") for r in items),
        ("cost", OUTPUT_WORDS["cost"], "strong_kroner"),
    ]
    for at, (output, words, look) in enumerate(lines, row + 2):
        file.write(sheet, at, 0, words)
        for place, strategy in enumerate(listed, 1):
            formula = _formula(plan, cohort, strategy, output)
            if formula:
                name = output_name(output, strategy, cohort)
                plan.named_formula("results", name, at, place, formula, look)
                if output in OUTPUT_WORDS:
                    label = f"{plan.labels[cohort]}, {strategy_label(strategy)}: {words}"
                    plan.checked.append(
                        CheckedResult(name, label, (cohort, f"{output}_{strategy}"))
                    )
    return row + 2 + len(lines)


def _formula(plan: SheetPlan, cohort: str, strategy: str, output: str) -> str:
    table = plan.tables["trace", cohort, strategy]

    def total(key: str) -> str:
        return table.cell(key, f"${TOTAL_ROW}") if key in table.place else ""

    name = plan.name_of(cohort, strategy)
    events = f"{name('severe_events')}*{name('severe_event_utility_loss')}"
    lost = f"{events}*{name('severe_event_weeks')}/{next(n for n in CONSTANTS if 'weeks' in n)}"
    throughout = name("utility_loss_on_treatment")

    def own(key: str) -> str:
        return output_name(key, strategy, cohort)

    costs = [own(k) for k in table.place if k.startswith("cost_")]
    formulas = {
        "life_years": total("years_alive"),
        "qalys_in_states": f"{total('qalys_free')}+{total('qalys_progressed')}",
        "qalys_lost": f"{lost}+{throughout}*{own('years_on_treatment')}",
        "qalys": f"{own('qalys_in_states')}-{own('qalys_lost')}",
        "years_on_treatment": total("years_treated"),
        "packs": total("packs"),
        "undiscounted_qalys": (
            f"{total('qalys_undiscounted')}-{lost}-{throughout}*{total('treated_undiscounted')}"
        ),
        "cost": "+".join(costs),
    }
    return formulas[output] if output in formulas else total(output)


def _against(plan: SheetPlan, sheet: Worksheet, cohort: str, row: int) -> int:
    file, others = plan.file, strategies(cohort)[1:]
    heads = [_("{drug} against").format(drug=DRUG), *map(strategy_label, others)]
    file.head(sheet, row + 1, heads)
    lines = [
        ("added_cost", _("Added cost, NOK"), "strong_kroner"),
        ("qalys_gained", _("QALYs gained"), "strong"),
        ("life_years_gained", _("Life years gained"), "number"),
        ("icer", _("Incremental cost-effectiveness ratio, NOK per QALY"), "strong_kroner"),
        ("packs_bought", _("Packs bought, net, with tax where counted"), "number"),
        ("cost_without_price", _("Added cost at a price of 0, NOK"), "kroner"),
    ]
    for key, fact in reference_facts().items():
        lines += [
            (
                f"net_benefit_{key}",
                _("Net benefit, NOK, at {value}").format(value=fact.label),
                "kroner",
            ),
            (
                f"price_{key}",
                _("Price of a pack, NOK, that is enough at {value}; below 0 there is none").format(
                    value=fact.label
                ),
                "kroner",
            ),
        ]
    for at, (output, words, look) in enumerate(lines, row + 2):
        file.write(sheet, at, 0, words)
        for place, other in enumerate(others, 1):
            name = output_name(output, other, cohort)
            formula = _comparison(plan, cohort, other, output)
            plan.named_formula("results", name, at, place, formula, look)
            if output.startswith(("added_cost", "qalys_gained", "icer", "price_")):
                label = _("{cohort}, against {strategy}: {words}").format(
                    cohort=plan.labels[cohort], strategy=strategy_label(other), words=words
                )
                plan.checked.append(CheckedResult(name, label, (cohort, f"{output}_{other}")))
    return row + 2 + len(lines)


def _comparison(plan: SheetPlan, cohort: str, other: str, output: str) -> str:
    def less(key: str) -> str:
        return f"{output_name(key, TREATED, cohort)}-{output_name(key, other, cohort)}"

    def own(key: str) -> str:
        return output_name(key, other, cohort)

    cost, gain, packs = own("added_cost"), own("qalys_gained"), own("packs_bought")
    if output.startswith(("net_benefit_", "price_")):
        kind, _sep, key = output.partition("_class_")
        value = cell_name("reference", "class_" + key if key else "opportunity_cost")
        if kind.startswith("net"):
            return f"{value}*{gain}-{cost}"
        return f"({value}*{gain}-{own('cost_without_price')})/{packs}"
    return {
        "added_cost": less("cost"),
        "qalys_gained": less("qalys"),
        "life_years_gained": less("life_years"),
        "icer": (
            f'IF(AND({cost}<=0,{gain}>=0),"{_("dominates")}",'
            f'IF(AND({cost}>=0,{gain}<=0),"{_("is dominated")}",{cost}/{gain}))'
        ),
        "packs_bought": f"({less('packs')})*(1+IF(vat={YES},vat_rate,0))",
        "cost_without_price": f"{cost}-{packs}*{plan.name_of(cohort)(PRICE)}",
    }[output]

"""What severe side effects cost: each kind by how often it is, where it is treated and what that costs."""

from __future__ import annotations

import pandas as pd

from assessment.case.model.costs.cost_rows import CostRow, side_effect_rows
from assessment.case.model.inputs.model_inputs import COHORTS, base_values, model_inputs
from assessment.case.model.inputs.settings import ROLES
from assessment.case.trial.trial import COHORTS as NAMES
from assessment.evidence.cells.formulas import names_in
from assessment.evidence.provenance.traced_text import computed
from assessment.pages.economics.shared.arm_names import ARM_NAMES
from assessment.presentation import numbers
from assessment.presentation.glue_keys import of_cohort
from assessment.presentation.language import _
from assessment.presentation.money_format import format_nok
from assessment.presentation.show import Table

ADMITTED = "admitted_"  # what the names of inputs with shares admitted begin with


def side_effect_cost_table() -> Table:
    """Each kind of severe side effect: its share of all, the share admitted, cost of one, and cost
    per patient of each arm; the last row is the sum. Costs in NOK without tax, undiscounted.
    """
    rows = [_row(row) for row in side_effect_rows()]
    sums = [sum(column) for column in list(zip(*rows, strict=True))[4:]]
    shown = [
        (
            name,
            numbers.number(share),
            numbers.number(admitted),
            *map(numbers.number, map(round, costs)),
        )
        for name, share, admitted, *costs in rows
    ]
    shown.append((_("All"), "", "", "", *map(numbers.number, map(round, sums))))
    columns = [
        _("Severe adverse event"),
        _("Of all, %"),
        _("Admitted, %"),
        _("Cost of one, NOK"),
        *(
            _("{cohort}, {arm}, NOK a patient").format(cohort=NAMES[cohort], arm=arm)
            for cohort in COHORTS
            for arm in ARM_NAMES.values()
        ),
    ]
    return Table(pd.DataFrame(shown, columns=columns))


def _row(row: CostRow) -> tuple:
    """Label, share of all in per cent, share admitted in per cent, cost of one, cost per patient of
    each cohort and arm.
    """
    first = _values(COHORTS[0], ROLES[0])
    (admitted,) = (name for name in names_in(row.unit_cost_nok) if name.startswith(ADMITTED))
    share = row.units(first.__getitem__) / first["severe_events"]
    one = row.amount_nok(first.__getitem__) / row.units(first.__getitem__)
    costs = [
        row.amount_nok(_values(cohort, role).__getitem__) for cohort in COHORTS for role in ROLES
    ]
    return row.label, 100 * share, 100 * first[admitted], one, *costs


def _values(cohort: str, role: str) -> dict[str, float]:
    """Inputs at their base value, those that differ by arm without the ending that says which."""
    base = base_values(model_inputs(cohort))
    return base | {name.removesuffix(f"_{role}"): value for name, value in base.items()}


@computed
def texts() -> dict[str, str]:
    """Cost of severe side effects per patient on the drug, by cohort, by key."""
    glued: dict[str, str] = {}
    for cohort in COHORTS:
        values = _values(cohort, ROLES[0])
        cost = sum(row.amount_nok(values.__getitem__) for row in side_effect_rows())
        glued |= of_cohort(cohort, {"input_side_effect_cost": format_nok(cost)})
    return glued

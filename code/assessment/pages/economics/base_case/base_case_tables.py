"""Tables of the base case: each arm and the difference, and what follows from the difference."""

from __future__ import annotations

import numpy as np
import pandas as pd

from assessment.case.model import runs
from assessment.case.model.costs.cost_utility import Strategy
from assessment.case.model.inputs.model_inputs import COHORTS
from assessment.case.trial.trial import COHORTS as NAMES
from assessment.evidence import load_facts
from assessment.pages.economics.shared.arm_names import ARM_NAMES
from assessment.pages.economics.shared.result_wording import format_price_at
from assessment.presentation import numbers
from assessment.presentation.icer_format import format_icer, format_icer_per_qaly
from assessment.presentation.language import _
from assessment.presentation.money_format import (
    MILLION,
    format_million_nok,
    format_nok,
    format_share,
)
from assessment.presentation.show import Table


def results_table() -> Table:
    """Base case of every cohort: each arm and the difference."""
    rows = []
    for cohort in COHORTS:
        results = runs.base(cohort)
        treated, comparator = _totals(results.treated), _totals(results.comparator)
        for label in treated:
            values = (treated[label], comparator[label], treated[label] - comparator[label])
            rows.append((NAMES[cohort], label, *(numbers.number(v, 2) for v in values)))
    columns = [
        _("Cohort"),
        _("Per patient, discounted"),
        *ARM_NAMES.values(),
        _("Difference"),
    ]
    return Table(pd.DataFrame(rows, columns=columns))


def _totals(strategy: Strategy) -> dict[str, float]:
    """What a patient has and costs, by its label in the table."""
    return {
        _("Life years"): float(strategy.life_years),
        _("QALYs"): float(strategy.qalys),
        _("Cost, million NOK"): float(strategy.cost / MILLION),
    }


def decision_table() -> Table:
    """What follows from the difference, by cohort."""
    columns = {NAMES[cohort]: _decision(cohort) for cohort in COHORTS}
    frame = pd.DataFrame(columns).rename_axis(_("◆ At the assumed price"))
    return Table(frame.reset_index())


def _decision(cohort: str) -> dict[str, str]:
    stated = load_facts()["norway.reference.opportunity_cost.value"].number
    results, severity, draws = runs.base(cohort), runs.severity(cohort), runs.draws(cohort)
    own, error = severity.reference_nok_per_qaly, runs.gain_error(cohort)
    net_benefit = float(results.increment.net_monetary_benefit(own))
    worth_it = float(np.mean(draws.increment.net_monetary_benefit(own) > 0))
    return {
        _("Cost per QALY gained"): format_icer_per_qaly(results.increment, error),
        _("Cost per life year gained"): format_icer(results.increment_life_years, error),
        _("Absolute shortfall, QALYs"): numbers.number(severity.shortfall, 1),
        _("Severity class"): str(severity.severity_class),
        _("Reference value of that class (a proposal)"): format_nok(own),
        _("Net monetary benefit at it"): format_million_nok(net_benefit),
        _("Price at which the stated opportunity cost is met"): format_price_at(results, stated),
        _("Price at which the class's value is met"): format_price_at(results, own),
        _("Draws in which it is worth the assumed price at the class's value"): format_share(
            worth_it
        ),
        _("Years that capping progression at survival took away, mean"): numbers.number(
            runs.course(cohort).capped_years, 4
        ),
        _("Monte Carlo error of the life years gained"): numbers.number(error, 3),
    }

"""Tables of the base case: each arm and the difference, and what follows from the difference."""

from __future__ import annotations

import numpy as np
import pandas as pd

from assessment.case.model import runs
from assessment.case.model.costs.cost_utility import Strategy
from assessment.case.model.inputs.model_inputs import COHORTS
from assessment.case.trial.trial import COHORTS as NAMES
from assessment.pages.economics.severity.class_ranges import class_answer, shortfall_answer
from assessment.pages.economics.shared.arm_names import ARM_NAMES
from assessment.pages.economics.shared.model_answers import (
    benefit_answer,
    benefit_in_millions,
    class_value,
    cost_answer,
    cost_in_millions,
    gain_answer,
    noted_ratio,
    price_answer,
    share_worth_it,
    stated_value,
    with_interval,
)
from assessment.presentation import numbers
from assessment.presentation.icer_format import format_icer, format_icer_per_qaly
from assessment.presentation.language import _
from assessment.presentation.money_format import MILLION, format_nok, format_share
from assessment.presentation.show import Table

COHORT = _("Cohort")


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
        COHORT,
        _("Per patient, discounted"),
        *ARM_NAMES.values(),
        _("Difference"),
    ]
    return Table(pd.DataFrame(rows, columns=columns), group=COHORT)


def _totals(strategy: Strategy) -> dict[str, float]:
    """What a patient has and costs, by its label in the table."""
    return {
        _("Life years"): float(strategy.life_years),
        _("QALYs"): float(strategy.qalys),
        _("Cost, million NOK"): float(strategy.cost / MILLION),
    }


def base_case_table() -> Table:
    """The answer of the base case in short, by cohort, units in the first column."""
    columns = {NAMES[cohort]: _in_short(cohort) for cohort in COHORTS}
    frame = pd.DataFrame(columns).rename_axis(_("◆ At the assumed price, for each patient"))
    return Table(frame.reset_index())


def _in_short(cohort: str) -> dict[str, str]:
    stated, own = stated_value(), class_value(cohort)
    base, drawn = runs.base(cohort), runs.draws(cohort)
    years = float(base.increment_life_years.effect)
    return {
        _("Life years gained"): with_interval(years, drawn.life_years[0] - drawn.life_years[1], 2),
        _("QALYs gained"): gain_answer(cohort),
        _("Added cost, million NOK"): cost_in_millions(cohort),
        _("Cost per QALY gained"): format_icer(base.increment),
        _("Net benefit at the value of its class, million NOK"): benefit_in_millions(cohort, own),
        _("Net benefit at the opportunity cost, million NOK"): benefit_in_millions(cohort, stated),
        _("Draws in which it is worth the price at the value of its class"): format_share(
            share_worth_it(cohort, own)
        ),
        _("Draws in which it is worth the price at the opportunity cost"): format_share(
            share_worth_it(cohort, stated)
        ),
    }


def decision_table() -> Table:
    """What follows from the difference, by cohort, each answer with its interval."""
    columns = {NAMES[cohort]: _decision(cohort) for cohort in COHORTS}
    frame = pd.DataFrame(columns).rename_axis(_("◆ At the assumed price"))
    return Table(frame.reset_index())


def _decision(cohort: str) -> dict[str, str]:
    stated, own = stated_value(), class_value(cohort)
    results, draws = runs.base(cohort), runs.draws(cohort)
    stated_words = format_nok(stated)
    return {
        _("QALYs gained (95 % interval)"): gain_answer(cohort),
        _("Draws in which QALYs are lost"): format_share(
            float(np.mean(draws.increment.effect < 0))
        ),
        _("Added cost (95 % interval)"): cost_answer(cohort),
        _("Absolute shortfall, QALYs (95 % interval)"): shortfall_answer(cohort),
        _("Severity class (95 % interval)"): class_answer(cohort),
        _("Value of a QALY proposed for that class"): format_nok(own),
        _("Net benefit at the class's value"): benefit_answer(cohort, own),
        _("Draws in which it is worth the assumed price at the class's value"): format_share(
            share_worth_it(cohort, own)
        ),
        _("Price of a pack that is enough at the class's value"): price_answer(cohort, own),
        _("Net benefit at the opportunity cost, {value}").format(
            value=stated_words
        ): benefit_answer(cohort, stated),
        _("Draws in which it is worth the assumed price at the opportunity cost"): format_share(
            share_worth_it(cohort, stated)
        ),
        _("Price of a pack that is enough at the opportunity cost"): price_answer(cohort, stated),
        _("Cost per QALY gained"): noted_ratio(cohort, format_icer_per_qaly(results.increment)),
        _("Cost per life year gained"): noted_ratio(
            cohort, format_icer(results.increment_life_years)
        ),
    }

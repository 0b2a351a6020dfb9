"""Tables of the base case: each arm and the difference, and what follows from the difference."""

from __future__ import annotations

import pandas as pd

from assessment.case.model import runs
from assessment.case.model.inputs.model_inputs import COHORTS
from assessment.case.trial.trial import COHORTS as NAMES
from assessment.evidence import load_facts
from assessment.pages.economics.shared.result_wording import WORDS, price, ratio, told
from assessment.presentation import numbers
from assessment.presentation.money_format import MILLION, money, percent, rounded
from assessment.presentation.show import Table


def results_table() -> Table:
    """Base case of both cohorts: each arm and the difference."""
    rows = []
    for cohort in COHORTS:
        found = runs.base(cohort)
        for label, of, decimals in (
            ("Life years", lambda s: s.life_years, 2),
            ("QALYs", lambda s: s.qalys, 2),
            ("Cost, million NOK", lambda s: s.cost / MILLION, 2),
        ):
            one, other = float(of(found.treated)), float(of(found.comparator))
            rows.append(
                (
                    NAMES[cohort],
                    label,
                    *(numbers.number(v, decimals) for v in (one, other, one - other)),
                )
            )
    return Table(
        pd.DataFrame(
            rows,
            columns=[
                "Cohort",
                "Per patient, discounted",
                WORDS["arms"]["cabozantinib"],
                WORDS["arms"]["placebo"],
                "Difference",
            ],
        )
    )


def decision_table() -> Table:
    """What follows from the difference, by cohort."""
    facts, columns = load_facts(), {}
    stated = facts["norway.reference.opportunity_cost.value"].number
    for cohort in COHORTS:
        found, severe, draws = runs.base(cohort), runs.severity(cohort), runs.draws(cohort)
        own, error = severe.reference_nok_per_qaly, runs.gain_error(cohort)
        columns[NAMES[cohort]] = {
            "Cost per QALY gained": ratio(found, error),
            "Cost per life year gained": told(found.increment_life_years, error),
            "Absolute shortfall, QALYs": numbers.number(severe.shortfall, 1),
            "Severity class": str(severe.severity_class),
            "Reference value of that class (a proposal)": rounded(own),
            "Net monetary benefit at it": money(float(found.increment.net_monetary_benefit(own))),
            "Price at which the stated opportunity cost is met": price(found, stated),
            "Price at which the class's value is met": price(found, own),
            "Draws in which it is worth the assumed price at the class's value": percent(
                float((draws.increment.net_monetary_benefit(own) > 0).mean())
            ),
            "Draws in which progression had to be capped at survival": percent(draws.crossings),
            "Years the cap took away, mean": numbers.number(runs.course(cohort).capped_years, 3),
            "Monte Carlo error of the life years gained": numbers.number(error, 3),
        }
    frame = pd.DataFrame(columns)
    return Table(frame.rename_axis("◆ At the assumed price").reset_index())

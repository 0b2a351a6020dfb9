"""The budget with other patients, uptake, prices and treatments displaced."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from assessment.case.model import decision_runs
from assessment.case.model.analyses.budget_cases import BudgetCase, prices
from assessment.case.model.inputs.comparator_values import displaced_shares, other_prices
from assessment.case.model.inputs.model_inputs import COHORTS
from assessment.case.model.inputs.scenario_values import published_rows
from assessment.case.trial.trial import COHORTS as NAMES
from assessment.evidence import load_facts
from assessment.pages.economics.shared.arm_names import (
    CONTROL_NAME,
    comparator_label,
    sentence_start,
)
from assessment.pages.economics.shared.case_words import ORIGINATOR_PRICE, price_words
from assessment.presentation import numbers
from assessment.presentation.language import _
from assessment.presentation.money_format import MILLION
from assessment.presentation.show import Ref, Table, ref

SHOWN_YEARS = (1, 3, 5)
BASE = _("As in the figure: everybody would otherwise have {control}, uptake as assumed")
DISPLACED = _("Some would otherwise have another drug, {price}")
ENDS = {"low": _("fewest displaced"), "high": _("most displaced")}


def budget_case_table() -> Table:
    """Added expenditure if one thing differs from the figure."""
    cases = decision_runs.budgets()
    rows = [(text, *_years(cases[name])) for name, text in _case_names() if name in cases]
    return Table(pd.DataFrame(rows, columns=_columns(_("◆ What differs"))))


def budget_price_table() -> Table:
    """Added expenditure by price of a pack without tax."""
    cases = decision_runs.budgets()
    rows = [
        (numbers.number(price), *_years(cases[f"price_{k}"])) for k, price in enumerate(prices())
    ]
    return Table(pd.DataFrame(rows, columns=_columns(_("Price of a pack, NOK without tax"))))


def displaced_table() -> Table:
    """What the patients would otherwise be given: shares assumed."""
    facts = load_facts()
    rows: list[tuple[str, str, str | Ref]] = [
        (
            NAMES[cohort],
            sentence_start(comparator_label(row["comparator"])),
            ref(facts[row["fact"]]),
        )
        for cohort in COHORTS
        for row in published_rows("displaced share", cohort)  # not translated: a value of the file
    ]
    rows += [
        (
            NAMES[cohort],
            sentence_start(CONTROL_NAME),
            numbers.number(100 * (1 - sum(displaced_shares(cohort).values()))) + "\u00a0%",
        )
        for cohort in COHORTS
    ]
    columns = [_("Cohort"), _("Would otherwise have"), _("◆ Share of the patients")]
    frame = pd.DataFrame(rows, columns=columns).sort_values(columns[0], kind="stable")
    return Table(frame, group=columns[0])


def _case_names() -> Iterator[tuple[str, str]]:
    yield "base", BASE.format(control=CONTROL_NAME)
    yield "fewest_patients", _("Fewest patients of the agency's range")
    yield "most_patients", _("Most patients of the agency's range")
    yield "everyone", _("All eligible patients from the first year on")
    yield "untaxed", _("Without value added tax")
    yield "displaced", DISPLACED.format(price=ORIGINATOR_PRICE or _("the model's prices"))
    for price in other_prices(COHORTS[0]):
        text = DISPLACED.format(price=price_words(price.kind))
        yield f"displaced_{price.id}", text
        for end, words in ENDS.items():
            yield f"displaced_{price.id}_{end}", f"{text}, {words}"


def _columns(first: str) -> list[str]:
    years = [_("Year {number}, million NOK").format(number=year) for year in SHOWN_YEARS]
    return [first, *years, _("Five years, million NOK")]


def _years(case: BudgetCase) -> list[float]:
    return [*(case.net[year - 1] / MILLION for year in SHOWN_YEARS), case.net.sum() / MILLION]

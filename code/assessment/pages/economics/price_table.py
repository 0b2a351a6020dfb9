"""The price of a pack at which each value of a QALY that is stated or proposed would be met."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from assessment.case.model.inputs.model_inputs import COHORTS
from assessment.case.trial.trial import COHORTS as NAMES
from assessment.evidence import Fact, load_facts, load_population_table
from assessment.pages.economics.shared.model_answers import class_value, price_answer, stated_value
from assessment.presentation.language import _
from assessment.presentation.show import Ref, Table, ref

VALUE = _("Value of a QALY")
HALF = "norway.reference.opportunity_cost.scenario_half"


def price_table() -> Table:
    """Price of a pack at which each value of a QALY would be met, with its interval."""
    rows = []
    for label, value in _values_of_a_qaly():
        row: dict[str, str | Ref] = {VALUE: label, _("NOK per QALY"): ref(value, "bare")}
        row |= {NAMES[cohort]: price_answer(cohort, value.number) for cohort in COHORTS}
        rows.append(row)
    return Table(pd.DataFrame(rows))


def _values_of_a_qaly() -> Iterator[tuple[str, Fact]]:
    """Each value of a QALY with its name: those of the classes, and the stated one at other
    estimates of it where facts hold any.
    """
    facts = load_facts()
    for number in load_population_table("severity-classes")["class"]:
        fact = facts[f"norway.reference.class{number}.value"]
        stated = fact.number == stated_value()
        name = (
            _("Class {number}: the opportunity cost") if stated else _("Class {number}, proposed")
        )
        yield _with_base_case(name.format(number=number), fact.number), fact
    if HALF in facts:
        yield _("◆ Scenario: half the opportunity cost"), facts[HALF]


def _with_base_case(name: str, value: float) -> str:
    """The name of a value, and of which cohorts' base case it is."""
    whose = [NAMES[cohort] for cohort in COHORTS if class_value(cohort) == value]
    if not whose:
        return name
    return _("{name} (base case of {cohorts})").format(name=name, cohorts=_(" and ").join(whose))

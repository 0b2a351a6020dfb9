"""Derived facts: arithmetic over other facts of one analysis set, computed when facts are loaded."""

from __future__ import annotations

from dataclasses import replace

from assessment.evidence.cells.fact_values import range_of, within_unit
from assessment.evidence.cells.formulas import FormulaError, evaluate, ids_in
from assessment.evidence.facts import Fact, FactSet, one_analysis_set
from assessment.evidence.problems import MixedAnalysisSets, Problem


def derive_values(facts: dict[str, Fact], units: dict) -> list[Problem]:
    """Fills the values of derived facts in place; returns what stopped any of them."""
    problems: list[Problem] = []
    failed: set[str] = set()

    def value_of(fact_id: str, above: tuple[str, ...]) -> float:
        if fact_id not in facts:
            raise FormulaError(
                f"there is no fact '{fact_id}'. {FactSet(facts.values()).nearest(fact_id)}"
            )
        if fact_id in above:
            raise FormulaError("the formulas form a circle: " + " → ".join((*above, fact_id)))
        fact = facts[fact_id]
        if fact.formula and fact.value is None:
            derive(fact, above)
        value = facts[fact_id].value
        if not isinstance(value, float):
            raise FormulaError(f"'{fact_id}' has no number")
        return value

    def derive(fact: Fact, above: tuple[str, ...] = ()) -> None:
        if fact.id in failed:
            raise FormulaError(f"'{fact.id}' could not be computed")
        try:
            formula = fact.formula or ""
            number = evaluate(formula, lambda i: value_of(i, (*above, fact.id)))
            one_analysis_set([fact, *(facts[i] for i in ids_in(formula))])
        except (FormulaError, MixedAnalysisSets) as fault:
            failed.add(fact.id)
            problems.append(
                Problem(
                    fact.file,
                    fact.row,
                    "formula",
                    fact.formula,
                    f"arithmetic on existing facts of one analysis set: {fault}",
                    "correct the formula",
                )
            )
            return
        if units.get(fact.unit, {}).get("kind", "number") != "number":
            failed.add(fact.id)
            problems.append(
                Problem(
                    fact.file,
                    fact.row,
                    "unit",
                    fact.unit,
                    "a unit of numbers, for the value is computed by a formula",
                    "correct the unit, or type the value and empty the formula",
                )
            )
            return
        number = round(number, 10)  # 99 - 33.3 must not print as 65.70000000000000
        unit = units.get(fact.unit)
        if unit and not within_unit(number, unit):
            failed.add(fact.id)
            problems.append(
                Problem(
                    fact.file,
                    fact.row,
                    "formula",
                    f"{fact.formula} = {number:g}",
                    f"{range_of(unit)} for the unit {unit['unit']}",
                    "correct the formula or the unit",
                )
            )
            return
        facts[fact.id] = replace(fact, value=number)

    for fact_id in list(facts):
        if facts[fact_id].formula and facts[fact_id].value is None and fact_id not in failed:
            derive(facts[fact_id])
    return problems

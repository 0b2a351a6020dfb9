"""Answers of earlier versions in the words of this one, from the numbers that were accepted then."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from assessment.pages.economics.shared.model_answers import WITH_INTERVAL
from assessment.presentation import numbers
from assessment.presentation.money_format import format_million_nok, format_price

Number = Callable[[str], float]


def told_then(
    values: Mapping[tuple[str, str, str], str], result: str, cohort: str, analysis_set: str
) -> str | None:
    """A result of ``headline_file.BEFORE`` in words, of a version with these ``values``; None where
    that version lacks a number.
    """

    def number(name: str) -> float:
        found = values.get((name, cohort, analysis_set))
        if found is None:
            found = values.get((name, cohort, ""))
        return float(found or "")

    tell = TOLD.get(result)
    try:
        return None if tell is None else tell(number)
    except ValueError:  # a number that is not there, or a word in its place
        return None


def _gain(number: Number) -> str:
    value, low, high = (
        numbers.number(number(f"base_case.qalys_gained{end}"), 2) for end in ("", ".low", ".high")
    )
    return WITH_INTERVAL.format(value=value, low=low, high=high)


def _price(number: Number, severity_class: int, net_benefit: str) -> str:
    """The price at which the net benefit, a straight line in it, would have been nothing."""
    packs, drug = number("base_case.packs"), number("base_case.cost.treated.drug")
    price = (number(net_benefit) + drug) / packs
    low, high = (number(f"price.class_{severity_class}.{end}") for end in ("low", "high"))
    return format_price(price, low, high)


def _at_class_value(number: Number) -> str:
    return _price(number, int(number("severity.class")), "base_case.net_benefit.class_value")


def _at_opportunity_cost(number: Number) -> str:
    return _price(number, 1, "base_case.net_benefit.opportunity_cost")


TOLD: dict[str, Callable[[Number], str]] = {
    "base_case.qalys_gained_as_told": _gain,
    "base_case.cost_added_as_told": lambda number: format_million_nok(
        number("base_case.cost_added")
    ),
    "base_case.net_benefit_as_told": lambda number: format_million_nok(
        number("base_case.net_benefit.class_value")
    ),
    "price.class_value_as_told": _at_class_value,
    "price.opportunity_cost_as_told": _at_opportunity_cost,
}

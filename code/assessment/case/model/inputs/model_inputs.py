"""The inputs of the Norwegian model, read from data/model_inputs.csv and the facts it names: value,
distribution, bounds.

Shares printed in per cent become fractions; all other units stay as the fact states them. Base
case, one-way analysis, draws and information value all read the same rows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np

from assessment.case.definition import load_case
from assessment.economics.analysis import parameter_distributions
from assessment.economics.analysis.distribution_types import Fixed, InputDistribution
from assessment.evidence import DataError, Fact, Problem, load_facts, read_table
from assessment.evidence.provenance.result_cache import cached_result
from assessment.evidence.read_log import log_read

# Values by name of input: a float, or an array of draws.
Inputs: TypeAlias = Mapping[str, Any]
COHORTS = load_case().cohort_ids()
NUMERIC = ("beta", "gamma", "lognormal", "normal", "fixed", "decision")
COST_SPREAD = "economics.method.cost_standard_error.share"


@dataclass(frozen=True, eq=False)
class ModelInput:
    """One number of the model. ``value`` in the model's unit (fractions for shares), ``low`` and
    ``high`` the one-way bounds.

    ``distribution`` has ``draw(rng, n)`` and ``mean``; fixed values and prices do not vary between
    draws.
    """

    parameter: str
    label: str
    group: str
    kind: str
    fact: Fact
    value: float
    low: float
    high: float
    distribution: InputDistribution
    price_year: int | None
    consequence: str

    @property
    def status(self) -> str:
        """Status of the fact the input is taken from."""
        return self.fact.status


@cached_result(maxsize=8)
def model_inputs(cohort: str) -> Mapping[str, ModelInput]:
    """Inputs of one cohort by parameter, in the order of the file.

    Raises DataError naming file, row and field where a row cannot be turned into a number with a
    distribution.
    """
    if cohort not in COHORTS:
        raise ValueError(f"no cohort '{cohort}'. Choose one of: {', '.join(COHORTS)}.")
    inputs, problems = {}, []
    log_read(tables=("model-inputs",))
    for row in read_table("model-inputs"):
        if row["cohort"] not in ("both", *COHORTS):
            allowed = f"both, or a cohort of data/case.csv: {', '.join(COHORTS)}"
            problems.append(_problem(row, "cohort", allowed, "correct the cohort"))
        if row["distribution"] not in NUMERIC or row["cohort"] not in ("both", cohort):
            continue
        try:
            made = _input(row)
        except (ValueError, TypeError, LookupError) as fault:
            allowed = str(fault).strip("'\"")
            problems.append(
                _problem(row, "distribution", allowed, "correct the row, or the fact it names")
            )
            continue
        if made.parameter in inputs:
            allowed = f"one row per parameter and cohort; '{cohort}' has two"
            problems.append(
                _problem(row, "parameter", allowed, "rename one, or correct its cohort")
            )
        inputs[made.parameter] = made
    if problems:
        raise DataError(problems)
    return inputs


def _problem(row: dict, field: str, allowed: str, next_step: str) -> Problem:
    return Problem(row["_file"], row["_row"], field, row[field], allowed, next_step)


def input_fact(parameter: str, cohort: str = COHORTS[0]) -> Fact:
    """The fact that holds a parameter, as the file names it. LookupError where no row does."""
    log_read(tables=("model-inputs",))
    for row in read_table("model-inputs"):
        if row["parameter"] == parameter and row["cohort"] in ("both", cohort) and row["fact"]:
            return load_facts()[row["fact"]]
    raise LookupError(f"data/model_inputs.csv has no row of '{parameter}' that names a fact")


@cached_result(maxsize=1)
def comparator_prices() -> Mapping[str, str]:
    """{comparator: parameter with the price of a pack of it}, of those whose price is known."""
    log_read(tables=("model-inputs",))
    return {
        row["comparator"]: row["parameter"]
        for row in read_table("model-inputs")
        if row["comparator"] and row["parameter"] and row["distribution"] in NUMERIC
    }


def base_values(inputs: Mapping[str, ModelInput]) -> dict[str, float]:
    """Every parameter at its base value."""
    return {name: given.value for name, given in inputs.items()}


def bounds(inputs: Mapping[str, ModelInput]) -> dict[str, tuple[float, float]]:
    """One-way bounds of every parameter that has any."""
    return {
        name: (given.low, given.high) for name, given in inputs.items() if given.low < given.high
    }


def distributions(inputs: Mapping[str, ModelInput]) -> dict[str, InputDistribution]:
    """What ``running.draw_inputs`` draws from."""
    return {name: given.distribution for name, given in inputs.items()}


def fraction(fact: Fact, value: float | None = None) -> float:
    """A fact's number in the model's unit: per cent as a fraction."""
    value = fact.number if value is None else value
    return value / 100 if fact.unit == "percent" else value


def limits(fact: Fact) -> tuple[float, float]:
    """Both ends of a fact's interval. ValueError for a fact without."""
    if fact.low is None or fact.high is None:
        raise ValueError(f"the fact '{fact.id}' has no low and high. Add them in {fact.file}.")
    return fact.low, fact.high


def _input(row: dict) -> ModelInput:
    facts = load_facts()
    if not (row["parameter"] and row["fact"]):
        raise ValueError("a parameter and a fact for every row that the model reads")
    fact, kind = facts[row["fact"]], row["distribution"]
    value = fraction(fact)
    made = _distribution(row, fact, value, facts)
    low, high = (_bound(row[side], fact, getattr(fact, side), facts) for side in ("low", "high"))
    if kind not in ("fixed", "decision"):
        ends = made.interval95()
        low, high = (ends[0] if low is None else low), (ends[1] if high is None else high)
    low, high = (value if low is None else low), (value if high is None else high)
    if not low <= value <= high:
        raise ValueError(f"bounds that hold the value; {value:g} is outside {low:g} to {high:g}")
    return ModelInput(
        row["parameter"],
        row["label"],
        row["group"],
        kind,
        fact,
        value,
        low,
        high,
        made,
        row["price_year"],
        row["consequence"],
    )


def _bound(text: str | None, fact: Fact, printed: float | None, facts) -> float | None:
    if text:
        return fraction(facts[text]) if text in facts else float(text)
    return (
        fraction(fact, printed)
        if printed is not None and fact.interval in ("range", "ci95")
        else None
    )


def _distribution(row: dict, fact: Fact, value: float, facts):
    kind = row["distribution"]
    if kind in ("fixed", "decision"):
        return Fixed(value)
    if row["standard_error"]:
        return getattr(parameter_distributions, kind)(value, fraction(facts[row["standard_error"]]))
    if row["counted_in"]:
        return parameter_distributions.beta(
            value, float(np.sqrt(value * (1 - value) / facts[row["counted_in"]].number))
        )
    if fact.interval in ("range", "ci95"):
        low, high = fraction(fact, fact.low), fraction(fact, fact.high)
        return (
            parameter_distributions.lognormal(value, low, high)
            if kind == "lognormal"
            else parameter_distributions.from_interval(kind, value, low, high)
        )
    return getattr(parameter_distributions, kind)(value, value * fraction(facts[COST_SPREAD]))

"""The answers of the base case with their intervals, in words: what is gained, what it costs, the
net benefit, the price that would be enough. Every page and table that gives one takes it from here.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from assessment.case.model import runs
from assessment.case.model.analyses.probabilistic import price_distribution
from assessment.case.model.costs.cost_row_checks import PRICE
from assessment.case.model.inputs.model_inputs import COHORTS, input_fact
from assessment.case.trial.trial import COHORTS as NAMES
from assessment.evidence import Fact, load_facts
from assessment.presentation import numbers
from assessment.presentation.icer_format import noted_icer
from assessment.presentation.language import _
from assessment.presentation.money_format import MILLION, format_nok, format_price

INTERVAL = (0.025, 0.975)  # the middle 95 % of draws
WITH_INTERVAL = _("{value} ({low}\u00a0to\u00a0{high})")
MILLION_NOK = _("{amount}\u00a0million NOK")


def stated_value() -> float:
    """NOK per QALY as policy states it: the opportunity cost."""
    return load_facts()["norway.reference.opportunity_cost.value"].number


def class_value(cohort: str) -> float:
    """NOK per QALY proposed for the severity class of the cohort's base case."""
    return runs.severity(cohort).reference_nok_per_qaly


def named_value(cohort: str) -> str:
    """The value proposed for the cohort's severity class, with the class."""
    return _("{amount} a QALY, proposed for severity class {number}").format(
        amount=format_nok(class_value(cohort)), number=runs.severity(cohort).severity_class
    )


def price_abroad() -> Fact | None:
    """The list price of a pack abroad in NOK, where a fact beside the assumed price holds one."""
    facts = load_facts()
    abroad = f"{input_fact(PRICE).id.rpartition('.')[0]}.uk_in_nok"
    if abroad not in facts:
        return None
    return facts[abroad]


def limits(drawn: np.ndarray) -> tuple[float, float]:
    """The ends of the middle 95 % of draws, in their unit."""
    low, high = np.quantile(drawn, INTERVAL)
    return float(low), float(high)


def gain_limits(cohort: str) -> tuple[float, float]:
    """The middle 95 % of draws of the QALYs gained."""
    return limits(runs.draws(cohort).increment.effect)


def said_once(answer: Callable[[str], str]) -> str:
    """What holds for each cohort, with its name; once where it is the same in all."""
    said = {NAMES[cohort]: answer(cohort) for cohort in COHORTS}
    if len(set(said.values())) == 1:
        return next(iter(said.values()))
    named = [_("{answer} in {cohort}").format(answer=a, cohort=c) for c, a in said.items()]
    return _(" and ").join(named)


def with_interval(value: float, drawn: np.ndarray, decimals: int) -> str:
    """A value in expectation with the middle 95 % of its draws."""
    low, high = limits(drawn)
    return WITH_INTERVAL.format(
        value=numbers.number(value, decimals),
        low=numbers.number(low, decimals),
        high=numbers.number(high, decimals),
    )


def gain_answer(cohort: str) -> str:
    """QALYs gained with their interval."""
    gain = float(runs.base(cohort).increment.effect)
    return with_interval(gain, runs.draws(cohort).increment.effect, 2)


def cost_in_millions(cohort: str) -> str:
    """Added cost in million NOK with its interval, without the unit."""
    cost = float(runs.base(cohort).increment.cost)
    drawn = runs.draws(cohort).increment.cost
    return with_interval(cost / MILLION, drawn / MILLION, 2)


def cost_answer(cohort: str) -> str:
    """Added cost with its interval."""
    return MILLION_NOK.format(amount=cost_in_millions(cohort))


def benefit_in_millions(cohort: str, threshold_nok_per_qaly: float) -> str:
    """Net monetary benefit at a value of a QALY, million NOK, with its interval, without the unit."""
    benefit, drawn = (
        increment.net_monetary_benefit(threshold_nok_per_qaly) / MILLION
        for increment in (runs.base(cohort).increment, runs.draws(cohort).increment)
    )
    return with_interval(float(benefit), drawn, 2)


def benefit_answer(cohort: str, threshold_nok_per_qaly: float) -> str:
    """Net monetary benefit at a value of a QALY with its interval."""
    return MILLION_NOK.format(amount=benefit_in_millions(cohort, threshold_nok_per_qaly))


def share_worth_it(cohort: str, threshold_nok_per_qaly: float) -> float:
    """Share of draws in which the drug is worth the assumed price at a value of a QALY."""
    drawn = runs.draws(cohort).increment.net_monetary_benefit(threshold_nok_per_qaly)
    return float(np.mean(drawn > 0))


def price_limits(cohort: str, threshold_nok_per_qaly: float) -> tuple[float, float]:
    """The middle 95 % of draws of the price of a pack, NOK, at which a value of a QALY is met;
    below 0 where even a free drug costs too much.
    """
    return limits(price_distribution(runs.draws(cohort), threshold_nok_per_qaly))


def price_answer(cohort: str, threshold_nok_per_qaly: float) -> str:
    """The price of a pack at which a value of a QALY is met, with its interval."""
    price = float(runs.base(cohort).price_at(threshold_nok_per_qaly).price)
    return format_price(price, *price_limits(cohort, threshold_nok_per_qaly))


def noted_ratio(cohort: str, text: str) -> str:
    """A ratio of the base case in words, with the note where the gain's interval includes 0."""
    return noted_icer(text, *gain_limits(cohort))

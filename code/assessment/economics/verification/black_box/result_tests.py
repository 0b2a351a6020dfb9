"""T18–T25, T31, T32: totals at extreme settings, and with arms made equal or swapped."""

from __future__ import annotations

import numpy as np

from assessment.economics.time.discounting import constant_discounting
from assessment.economics.verification.black_box.common_steps import increment_between
from assessment.economics.verification.framework.findings import NotApplicable, close, holds
from assessment.economics.verification.framework.registry import PRACTICE, verification_test

NO_UTILITY, NO_COST = "no input is a utility", "no input is a price or unit cost"


def _utilities(case, value):
    return {
        **dict.fromkeys(case.role("utilities", NO_UTILITY), value),
        **dict.fromkeys(case.model.roles.disutilities, 0.0),
    }


@verification_test("T18", "At utilities of 1 without losses QALYs are life years", PRACTICE)
def utilities_of_one(case):
    """QALYs against life years when utilities are 1 at every age and nothing is lost."""
    runs = case.run(_utilities(case, 1.0), age_adjusted=False)
    return [
        close(
            f"{strategy}: QALYs", runs[strategy].outcomes.qalys, runs[strategy].outcomes.life_years
        )
        for strategy in case.strategies
    ]


@verification_test("T19", "At utilities of 0 there are no QALYs", PRACTICE)
def utilities_of_zero(case):
    """QALYs when every utility is 0 and nothing is lost."""
    runs = case.run(_utilities(case, 0.0))
    return [
        close(f"{strategy}: QALYs", runs[strategy].outcomes.qalys, 0.0)
        for strategy in case.strategies
    ]


@verification_test(
    "T20", "At a discount rate of 0 discounted and undiscounted life years agree", PRACTICE
)
def no_discounting(case):
    """Life years at a rate of 0, and that the base case loses some to discounting."""
    runs = case.run(discounting=constant_discounting(0.0))
    findings = [
        close(
            f"{strategy}: life years",
            runs[strategy].outcomes.life_years,
            case.base[strategy].outcomes.undiscounted_life_years,
        )
        for strategy in case.strategies
    ]
    if np.any(case.model.settings.discounting.force(np.array([0.0])) > 0):
        # Otherwise a model that never discounts would pass.
        findings += [
            holds(
                f"{strategy}: life years lost to discounting in the base case",
                float(
                    case.base[strategy].outcomes.undiscounted_life_years
                    - case.base[strategy].outcomes.life_years
                ),
                "above 0",
                case.base[strategy].outcomes.undiscounted_life_years
                - case.base[strategy].outcomes.life_years
                > 1e-9,
            )
            for strategy in case.strategies
        ]
    return findings


@verification_test("T21", "At a very high discount rate only the beginning counts", PRACTICE)
def high_discounting(case):
    """Life years at a rate of 10¹², against those of a cohort that never dies, 1 / ln(1 + rate)."""
    runs = case.run(discounting=constant_discounting(1e12))
    bound = 1 / np.log1p(1e12)
    return [
        holds(
            f"{strategy}: life years at a rate of 10¹²",
            runs[strategy].outcomes.life_years,
            f"at most {bound:.4f}",
            runs[strategy].outcomes.life_years <= bound * 1.001,
        )
        for strategy in case.strategies
    ]


@verification_test("T22", "At unit costs of 0 nothing costs anything", PRACTICE)
def no_costs(case):
    """Total cost when every price and unit cost is 0."""
    runs = case.run(dict.fromkeys(case.role("costs", NO_COST), 0.0))
    return [
        close(f"{strategy}: total cost", runs[strategy].outcomes.cost, 0.0)
        for strategy in case.strategies
    ]


@verification_test("T23", "A free drug costs exactly nothing, and the other costs stay", PRACTICE)
def free_drug(case):
    """Drug cost and all other costs at a price of 0."""
    findings = []
    for strategy, price in case.role(
        "price", "no strategy has an input with the price of its drug"
    ).items():
        item, free = case.model.roles.drug_item[strategy], case.run({price: 0.0})[strategy].outcomes
        findings.append(
            holds(
                f"{strategy}: drug cost at a price of 0",
                free.cost_by_item[item],
                "exactly 0",
                float(free.cost_by_item[item]) == 0,
            )
        )
        findings.append(
            close(
                f"{strategy}: other costs",
                free.cost,
                case.base[strategy].outcomes.cost - case.base[strategy].outcomes.cost_by_item[item],
            )
        )
    return findings


@verification_test("T24", "Arms that are the same in everything have the same results", PRACTICE)
def identical_arms(case):
    """Costs, QALYs and life years of each strategy with the comparator's inputs."""
    alike = case.need("alike", "the model cannot make one strategy the same as another")
    other, findings = case.strategies[-1], []
    for strategy in case.strategies[:-1]:
        runs = case.run_all(alike(case.model.inputs, strategy, other))
        findings += [
            close(
                f"{strategy} made the same as {other}: {what}",
                getattr(runs[strategy].outcomes, what),
                getattr(runs[other].outcomes, what),
            )
            for what in ("cost", "qalys", "life_years")
        ]
    return findings


@verification_test(
    "T25", "Swapping the arms changes the signs of the increments, not the ratio", PRACTICE
)
def swapped_arms(case):
    """Increments with the strategies in reverse order, and against differences of totals."""
    if len(case.strategies) < 2:
        raise NotApplicable("one strategy only")
    swapped = case.run(strategies=case.strategies[::-1])
    other, findings = case.strategies[-1], []
    for strategy in case.strategies[:-1]:
        there, back = (
            increment_between(case.base, strategy, other),
            increment_between(swapped, other, strategy),
        )
        findings.append(
            close(f"{strategy} and {other}: incremental cost, sign changed", back.cost, -there.cost)
        )
        findings.append(
            close(
                f"{strategy} and {other}: incremental QALYs, sign changed",
                back.effect,
                -there.effect,
            )
        )
        findings.append(
            close(
                f"{strategy} and {other}: increment and difference of the totals",
                there.cost,
                case.base[strategy].outcomes.cost - case.base[other].outcomes.cost,
            )
        )
    return findings


def _adverse_events(case, factor):
    rates = case.role("adverse_event_rates", "no input is a rate of adverse events")
    return rates, case.run(
        {
            n: np.asarray(case.model.inputs[n], float) * factor
            for names in rates.values()
            for n in names
        }
    )


@verification_test("T31", "Without adverse events they cost nothing and take no QALYs", PRACTICE)
def no_adverse_events(case):
    """Their cost, and the change in QALYs, at rates of 0."""
    rates, runs = _adverse_events(case, 0.0)
    findings = []
    for strategy in rates:
        after, before = runs[strategy].outcomes, case.base[strategy].outcomes
        findings.append(
            close(
                f"{strategy}: cost of adverse events",
                after.cost_by_item[case.model.roles.adverse_event_item[strategy]],
                0.0,
            )
        )
        findings.append(
            holds(
                f"{strategy}: QALYs gained by having none",
                after.qalys - before.qalys,
                "0 or more",
                after.qalys - before.qalys >= -1e-12,
            )
        )
    return findings


@verification_test("T32", "More adverse events cost more and take QALYs", PRACTICE)
def more_adverse_events(case):
    """Changes in cost and QALYs at one and a half times the rates."""
    rates, runs = _adverse_events(case, 1.5)
    findings = []
    for strategy in rates:
        cost, qalys = (
            float(getattr(runs[strategy].outcomes, w) - getattr(case.base[strategy].outcomes, w))
            for w in ("cost", "qalys")
        )
        loses = qalys < 0 if case.model.roles.disutilities else qalys <= 1e-12
        findings.append(
            holds(
                f"{strategy}: added cost at one and a half times the rates",
                cost,
                "above 0",
                cost > 0,
            )
        )
        findings.append(
            holds(
                f"{strategy}: change in QALYs",
                qalys,
                "below 0" if case.model.roles.disutilities else "0 (no loss is modelled)",
                loses,
            )
        )
    return findings

"""T01, T02, T14, T15, T48: what a price, a dose and a unit cost do to costs."""

from __future__ import annotations

import numpy as np

from assessment.economics.time.discounting import constant_discounting
from assessment.economics.verification.black_box.common_steps import NO_PRICE, scaled_input
from assessment.economics.verification.framework.findings import close, holds
from assessment.economics.verification.framework.registry import (
    DASBACH,
    PRACTICE,
    TECH_VER,
    verification_test,
)


@verification_test(
    "T01", "A higher price raises the drug cost in proportion, and no other cost", TECH_VER
)
def higher_price(case):
    """Drug cost and all other costs at 110 % of each price."""
    findings = []
    for strategy, price in case.role("price", NO_PRICE).items():
        item = case.model.roles.drug_item[strategy]
        before, after = (
            r[strategy].outcomes.cost_by_item
            for r in (case.base, case.run(scaled_input(case, price, 1.1)))
        )
        findings.append(
            close(f"{strategy}: drug cost at 110 % of the price", after[item], 1.1 * before[item])
        )

        def rest(costs, item=item):
            return sum(np.asarray(v, float) for name, v in costs.items() if name != item) + 0.0

        findings.append(close(f"{strategy}: all other costs", rest(after), rest(before)))
    return findings


@verification_test("T02", "Costs do not change with body weight when the dose does not", TECH_VER)
def body_weight(case):
    """Total cost at 150 % of the weight; not applicable where no input is a weight."""
    name = case.role(
        "body_weight", "tablets at a fixed dose: no input holds weight or body surface"
    )
    heavier = case.run(scaled_input(case, name, 1.5))
    return [
        close(
            f"{strategy}: total cost at 150 % of the weight",
            heavier[strategy].outcomes.cost,
            case.base[strategy].outcomes.cost,
        )
        for strategy in case.strategies
    ]


@verification_test(
    "T14",
    "The undiscounted drug cost is price × packs a year × years on treatment, reckoned by hand",
    DASBACH,
)
def drug_cost_by_hand(case):
    """Years on treatment by the trapezoidal rule on weeks, times packs and price."""
    packs, findings = (
        case.need("packs_per_year", "the model does not give packs a year on treatment")(
            case.model.inputs
        ),
        [],
    )
    none = constant_discounting(0.0)
    weekly, exact = case.run(discounting=none, grid="weekly"), case.run(discounting=none)
    for strategy, price in case.role("price", NO_PRICE).items():
        at = weekly[strategy].occupancy
        years = np.trapezoid(
            at.progression_free if at.on_treatment is None else at.on_treatment, at.grid.times_years
        )
        findings.append(
            close(
                f"{strategy}: undiscounted drug cost",
                exact[strategy].outcomes.cost_by_item[case.model.roles.drug_item[strategy]],
                float(case.model.inputs[price]) * packs[strategy] * years,
                rel=1e-3,
            )
        )
    return findings


@verification_test("T15", "Total cost is a straight line in every price and unit cost", DASBACH)
def linear_in_costs(case):
    """Total cost at nothing, once and twice each unit cost: the furthest from a straight line."""
    names, worst = case.role("costs", "no input is a price or unit cost"), ("", 0.0)
    for name in names:
        nothing, double = case.run({name: 0.0}), case.run(scaled_input(case, name, 2.0))
        for strategy in case.strategies:
            low, base, high = (
                float(r[strategy].outcomes.cost) for r in (nothing, case.base, double)
            )
            gap = abs((high - base) - (base - low)) / max(abs(base), 1.0)
            worst = max(worst, (f"{name}, {strategy}", gap), key=lambda w: w[1])
    return [
        holds(
            f"{len(names)} unit costs at 0, once and twice; furthest from a line:"
            f" {worst[0] or 'none'}",
            worst[1],
            "0",
            worst[1] < 1e-9,
        )
    ]


@verification_test(
    "T48",
    "Half the price is half the drug cost, and at a flat price the strength of the tablet changes"
    " nothing",
    PRACTICE,
)
def half_price_and_strength(case):
    """Drug cost at half of each price, and at two thirds of each strength."""
    findings = []
    for strategy, price in case.role("price", NO_PRICE).items():
        item, half = case.model.roles.drug_item[strategy], case.run(scaled_input(case, price, 0.5))
        findings.append(
            close(
                f"{strategy}: drug cost at half the price",
                half[strategy].outcomes.cost_by_item[item],
                0.5 * case.base[strategy].outcomes.cost_by_item[item],
            )
        )
    for strategy, strength in case.model.roles.strengths.items():
        item, lower = (
            case.model.roles.drug_item[strategy],
            case.run(scaled_input(case, strength, 2 / 3)),
        )
        findings.append(
            close(
                f"{strategy}: drug cost at two thirds of the strength",
                lower[strategy].outcomes.cost_by_item[item],
                case.base[strategy].outcomes.cost_by_item[item],
            )
        )
    return findings

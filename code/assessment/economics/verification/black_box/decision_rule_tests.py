"""T34–T36, T46, T47: from totals to a decision, severity classes, and an independent second program."""

from __future__ import annotations

import numpy as np

from assessment.economics.analysis import cost_effectiveness
from assessment.economics.model.absolute_shortfall import severity_class
from assessment.economics.verification.black_box.common_steps import (
    increment_between,
    strategy_pairs,
)
from assessment.economics.verification.framework.findings import close, holds, written
from assessment.economics.verification.framework.registry import PRACTICE, verification_test
from assessment.evidence import load_population_table

THRESHOLDS = np.array([0.0, 275_000.0, 605_000.0, 825_000.0])


@verification_test("T34", "The ratio from the totals is the ratio from the increments", PRACTICE)
def ratio_from_totals(case):
    """Each pair's ratio by hand from two totals, against that of the increment; none where the
    increment gives none.
    """
    findings = []
    for strategy, other in strategy_pairs(case):
        a, b, difference = (
            case.base[strategy].outcomes,
            case.base[other].outcomes,
            increment_between(case.base, strategy, other),
        )
        ratio = (
            (float(a.cost) - float(b.cost)) / (float(a.qalys) - float(b.qalys))
            if a.qalys != b.qalys
            else np.nan
        )
        if np.isnan(difference.icer):
            findings.append(
                holds(
                    f"{strategy} against {other}: {difference.quadrant}, no ratio is given",
                    "none",
                    "none",
                    not (ratio > 0 and a.cost > b.cost),
                )
            )
        else:
            findings.append(
                close(f"{strategy} against {other}: cost per QALY", difference.icer, ratio)
            )
    return findings


@verification_test(
    "T35",
    "At a threshold equal to the ratio the net benefit is 0, and the threshold price gives that"
    " threshold on a re-run",
    PRACTICE,
)
def threshold_and_price(case):
    """Net benefit at the ratio, and the ratio of a run at each threshold price."""
    findings = []
    for strategy, other in strategy_pairs(case):
        difference = increment_between(case.base, strategy, other)
        if not np.isnan(difference.icer):
            findings.append(
                close(
                    f"{strategy} against {other}: net benefit at the ratio",
                    difference.net_monetary_benefit(difference.icer),
                    0.0,
                    absolute=1e-3,
                )
            )
        price = case.model.roles.price.get(strategy)
        if price is None:
            continue
        base_price = float(case.model.inputs[price])

        def at(p, price=price, strategy=strategy, other=other):
            return increment_between(case.run({price: p}), strategy, other)

        free, packs = cost_effectiveness.zero_price_increment(
            lambda p, at=at: at(p).cost, at(0.0).effect, base_price
        )
        for threshold in THRESHOLDS[1:]:
            sought = cost_effectiveness.price_at_threshold(threshold, free, packs)
            if sought.met:
                findings.append(
                    close(
                        f"{strategy}: net benefit at {written(threshold)} per QALY and a price of"
                        f" {written(sought.price)}",
                        at(float(sought.price)).net_monetary_benefit(threshold),
                        0.0,
                        absolute=0.01,
                    )
                )
    return findings


@verification_test("T36", "Dominance and extended dominance as in a published frontier", PRACTICE)
def published_frontier(case):
    """Ratios and the dominated strategy of a printed frontier, from its printed costs and effects."""
    # Paltiel et al., HIV screening, as in the vignette of dampack; its strategies and ratios are
    # rows of data/targets.csv too.
    table = cost_effectiveness.frontier(
        ["none", "once", "5 years", "3 years", "1 year"],
        [26000, 27000, 28020, 28440, 29440],
        np.array([277.25, 277.57, 277.78, 277.83, 277.76]) / 12,
    )
    return [
        close(
            "cost per QALY along the frontier",
            table["icer"].iloc[1:4].to_numpy(),
            [37_500, 58_285.714285714, 100_800],
        ),
        holds(
            "dominated strategy",
            str(table["strategy"].iloc[-1]),
            "1 year",
            table["strategy"].iloc[-1] == "1 year",
        ),
    ]


@verification_test("T46", "Severity classes change exactly at their limits", PRACTICE)
def severity_limits(case):
    """The class just below each limit of absolute shortfall, and at it."""
    classes = load_population_table("severity-classes")
    findings = []
    for number, limit in zip(
        classes["class"].iloc[1:], classes["absolute_shortfall_from"].iloc[1:]
    ):
        seen = [severity_class(x, classes) for x in (limit - 0.01, limit)]
        findings.append(
            holds(
                f"class just below and at a shortfall of {limit:g}",
                f"{seen[0]}, {seen[1]}",
                f"{number - 1}, {number}",
                seen == [number - 1, number],
            )
        )
    return findings


@verification_test("T47", "A second, independently written program gives the same totals", PRACTICE)
def second_program(case):
    """Totals of the model's ``parallel`` program; not applicable where there is none."""
    parallel = case.need("parallel", "no second program is given")(
        case.model.inputs, case.model.settings
    )
    findings = []
    for strategy in case.strategies:
        cost, qalys = parallel[strategy]
        findings += [
            close(f"{strategy}: total cost", case.base[strategy].outcomes.cost, cost, rel=1e-6),
            close(f"{strategy}: QALYs", case.base[strategy].outcomes.qalys, qalys, rel=1e-6),
        ]
    return findings

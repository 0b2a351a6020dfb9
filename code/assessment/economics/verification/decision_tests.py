"""T34–T40, T42–T44, T46, T47: from totals to a decision, the draws, units, and an independent
second program.
"""

from __future__ import annotations

import numpy as np

from assessment.economics.analysis import cost_effectiveness
from assessment.economics.analysis.acceptability import acceptability
from assessment.economics.analysis.one_way import one_way
from assessment.economics.analysis.value_of_information import evppi
from assessment.economics.model.absolute_shortfall import severity_class
from assessment.economics.time.time_grid import MONTH_YEARS, WEEK_YEARS
from assessment.economics.verification.input_tests import stated_by_model
from assessment.economics.verification.protocol import (
    PRACTICE,
    NotApplicable,
    close,
    holds,
    test,
    written,
)
from assessment.economics.verification.result_tests import increment_between
from assessment.evidence import load_population_table

ENOUGH_FOR_REGRESSION = 100
THRESHOLDS = np.array([0.0, 275_000.0, 605_000.0, 825_000.0])


def strategy_pairs(case):
    if len(case.strategies) < 2:
        raise NotApplicable("one strategy only")
    return [(s, case.strategies[-1]) for s in case.strategies[:-1]]


@test("T34", "The ratio from the totals is the ratio from the increments", PRACTICE)
def ratio_from_totals(case):
    found = []
    for s, other in strategy_pairs(case):
        a, b, difference = (
            case.base[s].outcomes,
            case.base[other].outcomes,
            increment_between(case.base, s, other),
        )
        ratio = (
            (float(a.cost) - float(b.cost)) / (float(a.qalys) - float(b.qalys))
            if a.qalys != b.qalys
            else np.nan
        )
        if np.isnan(difference.icer):
            found.append(
                holds(
                    f"{s} against {other}: {difference.quadrant}, no ratio is given",
                    "none",
                    "none",
                    not (ratio > 0 and a.cost > b.cost),
                )
            )
        else:
            found.append(close(f"{s} against {other}: cost per QALY", difference.icer, ratio))
    return found


@test(
    "T35",
    "At a threshold equal to the ratio the net benefit is 0, and the threshold price gives that"
    " threshold on a re-run",
    PRACTICE,
)
def threshold_and_price(case):
    found = []
    for s, other in strategy_pairs(case):
        difference = increment_between(case.base, s, other)
        if not np.isnan(difference.icer):
            found.append(
                close(
                    f"{s} against {other}: net benefit at the ratio",
                    difference.net_monetary_benefit(difference.icer),
                    0.0,
                    absolute=1e-3,
                )
            )
        price = case.model.roles.price.get(s)
        if price is None:
            continue
        base_price = float(case.model.inputs[price])

        def at(p, price=price, s=s, other=other):
            return increment_between(case.run({price: p}), s, other)

        free, packs = cost_effectiveness.zero_price_increment(
            lambda p, at=at: at(p).cost, at(0.0).effect, base_price
        )
        for threshold in THRESHOLDS[1:]:
            sought = cost_effectiveness.price_at_threshold(threshold, free, packs)
            if sought.met:
                found.append(
                    close(
                        f"{s}: net benefit at {written(threshold)} per QALY and a price of"
                        f" {written(sought.price)}",
                        at(float(sought.price)).net_monetary_benefit(threshold),
                        0.0,
                        absolute=0.01,
                    )
                )
    return found


@test("T36", "Dominance and extended dominance as in a published frontier", PRACTICE)
def published_frontier(case):
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


def _net_benefit(case, first, other, threshold=275_000.0):
    def model(values):
        return np.asarray(
            increment_between(
                case.run_all({**case.model.inputs, **values}), first, other
            ).net_monetary_benefit(threshold)
        )

    return model


@test(
    "T37",
    "One-way limits hold the base result between them, in whatever order inputs are taken",
    PRACTICE,
)
def one_way_limits(case):
    own = case.need("distributions", "no distributions of inputs are given")
    bounds = {n: d.interval95() for n, d in own.items() if hasattr(d, "interval95")}
    base = {n: float(case.model.inputs[n]) for n in bounds}
    found = []
    for s, other in strategy_pairs(case):
        forward = one_way(_net_benefit(case, s, other), base, bounds)
        backward = one_way(
            _net_benefit(case, s, other),
            dict(reversed(base.items())),
            dict(reversed(bounds.items())),
        )
        centre, slack = forward.attrs["base"], 1e-6
        outside = forward[
            (forward[["at_low", "at_high"]].min(axis=1) > centre + slack)
            | (forward[["at_low", "at_high"]].max(axis=1) < centre - slack)
        ]["parameter"].tolist()
        found.append(
            holds(
                f"{s} against {other}: inputs of {len(bounds)} whose two results lie on one side of"
                " the base",
                ", ".join(outside) or "none",
                "none",
                not outside,
            )
        )
        found.append(
            close(
                f"{s} against {other}: results in reversed order",
                forward.set_index("parameter")["width"].sort_index(),
                backward.set_index("parameter")["width"].sort_index(),
            )
        )
    return found


@test("T38", "The mean of the draws is near the deterministic result", PRACTICE)
def mean_of_draws(case):
    _, runs = case.psa
    found = []
    for s in case.strategies:
        for what in ("qalys", "cost"):
            drawn, base = (
                np.asarray(getattr(runs[s].outcomes, what), float),
                float(getattr(case.base[s].outcomes, what)),
            )
            gap, error = (
                drawn.mean() / base - 1 if base else 0.0,
                drawn.std() / np.sqrt(case.draws) / max(abs(base), 1e-300),
            )
            found.append(
                holds(
                    f"{s}: mean {what} of {case.draws} draws less the base, relative",
                    gap,
                    f"within 0.05 + 4 × {error:.3f}",
                    abs(gap) <= 0.05 + 4 * error,
                )
            )
    return found


@test(
    "T39",
    "Acceptability adds up to 1, the cheapest wins at a threshold of 0, and no parameter is worth"
    " more than all",
    PRACTICE,
)
def acceptability_and_information(case):
    strategy_pairs(case)
    inputs, runs = case.psa
    costs, qalys = (
        np.stack(
            [
                np.broadcast_to(np.asarray(getattr(runs[s].outcomes, w), float), (case.draws,))
                for s in case.strategies
            ]
        )
        for w in ("cost", "qalys")
    )
    a = acceptability(costs, qalys, THRESHOLDS)
    cheapest = int(np.argmin(costs.mean(axis=1)))
    known = {n: v for n, v in inputs.items() if np.ndim(v) == 1 and np.ptp(v) > 0}
    # Regression on few draws has an error of its own, which is not the model's.
    known = known if case.draws >= ENOUGH_FOR_REGRESSION else {}
    worth = [evppi(costs, qalys, v, THRESHOLDS) for v in known.values()]
    largest = max(
        (float((w.value - 3 * w.standard_error - a.evpi).max()) for w in worth), default=-np.inf
    )
    return [
        close("sum over strategies at each threshold", a.probability.sum(axis=0), 1.0),
        holds(
            "strategy chosen at a threshold of 0",
            case.strategies[a.best[0]],
            case.strategies[cheapest],
            a.best[0] == cheapest,
        ),
        holds(
            "smallest value of perfect information", a.evpi.min(), "0 or more", a.evpi.min() >= 0
        ),
        holds(
            f"largest excess of one of {len(known)} parameters' value, less 3 standard errors, over"
            " that of all",
            max(largest, 0.0),
            "0",
            largest <= 1e-6 * max(a.evpi.max(), 1.0),
        ),
    ]


@test("T40", "Drawn utilities lie between 0 and 1, and progression rarely raises them", PRACTICE)
def drawn_utilities(case):
    drawn, _ = case.psa
    names = case.role("utilities", "no input is a utility")
    low, high = (
        min(float(np.min(drawn[n])) for n in names),
        max(float(np.max(drawn[n])) for n in names),
    )
    found = [
        holds(
            "range of drawn utilities", f"{low:.3f} to {high:.3f}", "0 to 1", 0 <= low and high <= 1
        )
    ]
    if case.model.roles.utility_order:
        before, after = case.model.roles.utility_order
        share = float(np.mean(np.asarray(drawn[after]) <= np.asarray(drawn[before])))
        found.append(
            holds(
                f"share of draws in which {after} is not above {before}",
                share,
                "at least 0.5",
                share >= 0.5,
            )
        )
    return found


@test("T42", "The same seed gives the same bits, another seed others", PRACTICE)
def seeds(case):
    first, runs = case.psa
    again = case.drawn(case.seed)
    same = all(np.array_equal(first[n], again[n]) for n in first)
    repeated = case.run_all(again)
    same &= all(
        np.array_equal(runs[s].outcomes.cost, repeated[s].outcomes.cost)
        and np.array_equal(runs[s].outcomes.qalys, repeated[s].outcomes.qalys)
        for s in case.strategies
    )
    other = case.drawn(case.seed + 1)
    return [
        holds(
            "draws and results with one seed, twice",
            "same bits" if same else "differ",
            "same bits",
            same,
        ),
        holds(
            "draws with another seed",
            "differ" if any(not np.array_equal(first[n], other[n]) for n in first) else "same",
            "differ",
            any(not np.array_equal(first[n], other[n]) for n in first),
        ),
    ]


@test("T43", "Years to months to weeks and back is the identity", PRACTICE)
def units(case):
    years = np.array([0.25, 1.0, 13.8 / 12, 30.0])
    return [
        close(
            "years → months → weeks → years",
            years / MONTH_YEARS * (MONTH_YEARS / WEEK_YEARS) * WEEK_YEARS,
            years,
        ),
        close("months and weeks in a year", [1 / MONTH_YEARS, 1 / WEEK_YEARS], [12, 52]),
    ]


@test("T44", "Moving a price to another year and back is the identity", PRACTICE)
def price_years(case):
    return stated_by_model(case, "T44", "the model moves no price from one year to another")


@test("T46", "Severity classes change exactly at their limits", PRACTICE)
def severity_limits(case):
    classes = load_population_table("severity-classes")
    found = []
    for number, limit in zip(
        classes["class"].iloc[1:], classes["absolute_shortfall_from"].iloc[1:]
    ):
        seen = [severity_class(x, classes) for x in (limit - 0.01, limit)]
        found.append(
            holds(
                f"class just below and at a shortfall of {limit:g}",
                f"{seen[0]}, {seen[1]}",
                f"{number - 1}, {number}",
                seen == [number - 1, number],
            )
        )
    return found


@test("T47", "A second, independently written program gives the same totals", PRACTICE)
def second_program(case):
    parallel = case.need("parallel", "no second program is given")(
        case.model.inputs, case.model.settings
    )
    found = []
    for s in case.strategies:
        cost, qalys = parallel[s]
        found += [
            close(f"{s}: total cost", case.base[s].outcomes.cost, cost, rel=1e-6),
            close(f"{s}: QALYs", case.base[s].outcomes.qalys, qalys, rel=1e-6),
        ]
    return found

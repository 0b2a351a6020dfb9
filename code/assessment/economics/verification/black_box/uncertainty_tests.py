"""T37–T39, T42: one-way limits, acceptability, value of information and seeds."""

from __future__ import annotations

import numpy as np

from assessment.economics.analysis.acceptability import acceptability
from assessment.economics.analysis.one_way import one_way
from assessment.economics.analysis.value_of_information import evppi
from assessment.economics.verification.black_box.common_steps import (
    increment_between,
    strategy_pairs,
)
from assessment.economics.verification.black_box.decision_rule_tests import THRESHOLDS
from assessment.economics.verification.framework.findings import close, holds
from assessment.economics.verification.framework.registry import PRACTICE, verification_test

ENOUGH_FOR_REGRESSION = 100


def _net_benefit(case, first, other, threshold=275_000.0):
    def model(values):
        return np.asarray(
            increment_between(
                case.run_all({**case.model.inputs, **values}), first, other
            ).net_monetary_benefit(threshold)
        )

    return model


@verification_test(
    "T37",
    "One-way limits hold the base result between them, in whatever order inputs are taken",
    PRACTICE,
)
def one_way_limits(case):
    """Net benefit at both ends of each input's 95 % interval, with inputs in two orders."""
    own = case.need("distributions", "no distributions of inputs are given")
    bounds = {n: d.interval95() for n, d in own.items() if hasattr(d, "interval95")}
    base = {n: float(case.model.inputs[n]) for n in bounds}
    findings = []
    for strategy, other in strategy_pairs(case):
        forward = one_way(_net_benefit(case, strategy, other), base, bounds)
        backward = one_way(
            _net_benefit(case, strategy, other),
            dict(reversed(base.items())),
            dict(reversed(bounds.items())),
        )
        centre, slack = forward.attrs["base"], 1e-6
        outside = forward[
            (forward[["at_low", "at_high"]].min(axis=1) > centre + slack)
            | (forward[["at_low", "at_high"]].max(axis=1) < centre - slack)
        ]["parameter"].tolist()
        findings.append(
            holds(
                f"{strategy} against {other}: inputs of {len(bounds)} whose two results lie on one side of"
                " the base",
                ", ".join(outside) or "none",
                "none",
                not outside,
            )
        )
        findings.append(
            close(
                f"{strategy} against {other}: results in reversed order",
                forward.set_index("parameter")["width"].sort_index(),
                backward.set_index("parameter")["width"].sort_index(),
                absolute=slack,
            )
        )
    return findings


@verification_test("T38", "The mean of the draws is near the deterministic result", PRACTICE)
def mean_of_draws(case):
    """Mean QALYs and cost of the draws, against the base case, within 5 % and four standard errors."""
    _, runs = case.psa
    findings = []
    for strategy in case.strategies:
        for what in ("qalys", "cost"):
            drawn, base = (
                np.asarray(getattr(runs[strategy].outcomes, what), float),
                float(getattr(case.base[strategy].outcomes, what)),
            )
            gap, error = (
                drawn.mean() / base - 1 if base else 0.0,
                drawn.std() / np.sqrt(case.draws) / max(abs(base), 1e-300),
            )
            findings.append(
                holds(
                    f"{strategy}: mean {what} of {case.draws} draws less the base, relative",
                    gap,
                    f"within 0.05 + 4 × {error:.3f}",
                    abs(gap) <= 0.05 + 4 * error,
                )
            )
    return findings


@verification_test(
    "T39",
    "Acceptability adds up to 1, the cheapest wins at a threshold of 0, and no parameter is worth"
    " more than all",
    PRACTICE,
)
def acceptability_and_information(case):
    """Acceptability at every threshold, the choice at a threshold of 0, and the value of each
    parameter against that of all.
    """
    strategy_pairs(case)
    inputs, runs = case.psa
    costs, qalys = (
        np.stack(
            [
                np.broadcast_to(
                    np.asarray(getattr(runs[strategy].outcomes, w), float), (case.draws,)
                )
                for strategy in case.strategies
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


@verification_test("T42", "The same seed gives the same bits, another seed others", PRACTICE)
def seeds(case):
    """Draws and results with one seed twice, bit for bit, and draws with the next seed."""
    first, runs = case.psa
    again = case.drawn(case.seed)
    same = all(np.array_equal(first[n], again[n]) for n in first)
    repeated = case.run_all(again)
    same &= all(
        np.array_equal(runs[strategy].outcomes.cost, repeated[strategy].outcomes.cost)
        and np.array_equal(runs[strategy].outcomes.qalys, repeated[strategy].outcomes.qalys)
        for strategy in case.strategies
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

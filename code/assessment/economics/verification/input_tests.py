"""T01–T07 and T14–T17, T48: what happens when an input changes, and whether drawn inputs are what
was specified.
"""

from __future__ import annotations

import numpy as np

from assessment.economics.time.discounting import constant_discounting
from assessment.economics.verification.protocol import (
    DASBACH,
    PRACTICE,
    TECH_VER,
    NotApplicable,
    close,
    holds,
    test,
    written,
)
from assessment.survival import Exponential, Gamma, GeneralisedGamma, Weibull

NO_PRICE = "no strategy has an input with the price of its drug"
SAMPLE = 20_000
STANDARD_ERRORS = 4.5  # with dozens of inputs, four would be passed by chance too often


def scaled_input(case, name, factor):
    return {name: np.asarray(case.model.inputs[name], float) * factor}


@test("T01", "A higher price raises the drug cost in proportion, and no other cost", TECH_VER)
def higher_price(case):
    found = []
    for strategy, price in case.role("price", NO_PRICE).items():
        item = case.model.roles.drug_item[strategy]
        before, after = (
            r[strategy].outcomes.cost_by_item
            for r in (case.base, case.run(scaled_input(case, price, 1.1)))
        )
        found.append(
            close(f"{strategy}: drug cost at 110 % of the price", after[item], 1.1 * before[item])
        )

        def rest(costs, item=item):
            return sum(np.asarray(v, float) for name, v in costs.items() if name != item) + 0.0

        found.append(close(f"{strategy}: all other costs", rest(after), rest(before)))
    return found


@test("T02", "Costs do not change with body weight when the dose does not", TECH_VER)
def body_weight(case):
    name = case.role(
        "body_weight", "tablets at a fixed dose: no input holds weight or body surface"
    )
    heavier = case.run(scaled_input(case, name, 1.5))
    return [
        close(
            f"{s}: total cost at 150 % of the weight",
            heavier[s].outcomes.cost,
            case.base[s].outcomes.cost,
        )
        for s in case.strategies
    ]


@test("T03", "A higher hazard ratio takes away time without progression or life", TECH_VER)
def higher_hazard_ratio(case):
    found = []
    for name, strategy in case.role("hazard_ratios", "no input is a hazard ratio").items():
        before, after = (
            case.base[strategy].outcomes,
            case.run(scaled_input(case, name, 1.1))[strategy].outcomes,
        )
        free, lived = (
            float(np.asarray(getattr(after, f) - getattr(before, f)))
            for f in ("life_years_progression_free", "life_years")
        )
        found.append(
            holds(
                f"{name} × 1.1, {strategy}: change in years without progression and in life years",
                f"{written(free)}, {written(lived)}",
                "one falls, none rises",
                min(free, lived) < 0 and max(free, lived) <= 1e-9,
            )
        )
    return found


@test(
    "T05",
    "Families nest: generalised gamma (Q = 1) is Weibull, Weibull and gamma of shape 1 are"
    " exponential",
    TECH_VER,
)
def nested_families(case):
    t = np.array([0.1, 0.5, 1.0, 3.0, 10.0])
    pairs = {
        "generalised gamma, Q = 1, against Weibull": (
            GeneralisedGamma(0.3, 0.7, 1.0),
            Weibull(1 / 0.7, np.exp(0.3)),
        ),
        "Weibull of shape 1 against exponential": (Weibull(1.0, 2.0), Exponential(0.5)),
        "gamma of shape 1 against exponential": (Gamma(1.0, 0.5), Exponential(0.5)),
    }
    return [
        close(f"survival, {name}", a.survival(t), b.survival(t)) for name, (a, b) in pairs.items()
    ]


@test("T06", "A hazard ratio is not put on a curve that was fitted apart from it", TECH_VER)
def hazard_ratio_and_curve(case):
    return stated_by_model(
        case, "T06", "cannot be told from outside, and the model says nothing about it"
    )


@test("T07", "Drawn hazard ratios are above 0 and centred on the value reported", TECH_VER)
def drawn_hazard_ratios(case):
    names = case.role("hazard_ratios", "no input is a hazard ratio")
    own = case.need("distributions", "no distributions of inputs are given")
    drawn, found = case.psa[0], []
    for name in names:
        found.append(
            holds(
                f"{name}: smallest of {case.draws} draws",
                drawn[name].min(),
                "above 0",
                drawn[name].min() > 0,
            )
        )
        if name in own and hasattr(own[name], "quantile"):
            found.append(
                close(
                    f"{name}: median of its distribution",
                    own[name].quantile(0.5),
                    case.model.inputs[name],
                    rel=1e-6,
                )
            )
    return found


@test(
    "T14",
    "The undiscounted drug cost is price × packs a year × years on treatment, reckoned by hand",
    DASBACH,
)
def drug_cost_by_hand(case):
    packs, found = (
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
        found.append(
            close(
                f"{strategy}: undiscounted drug cost",
                exact[strategy].outcomes.cost_by_item[case.model.roles.drug_item[strategy]],
                float(case.model.inputs[price]) * packs[strategy] * years,
                rel=1e-3,
            )
        )
    return found


@test("T15", "Total cost is a straight line in every price and unit cost", DASBACH)
def linear_in_costs(case):
    names, worst = case.role("costs", "no input is a price or unit cost"), ("", 0.0)
    for name in names:
        nothing, double = case.run({name: 0.0}), case.run(scaled_input(case, name, 2.0))
        for s in case.strategies:
            low, base, high = (float(r[s].outcomes.cost) for r in (nothing, case.base, double))
            gap = abs((high - base) - (base - low)) / max(abs(base), 1.0)
            worst = max(worst, (f"{name}, {s}", gap), key=lambda w: w[1])
    return [
        holds(
            f"{len(names)} unit costs at 0, once and twice; furthest from a line:"
            f" {worst[0] or 'none'}",
            worst[1],
            "0",
            worst[1] < 1e-9,
        )
    ]


@test(
    "T16",
    "Drawn inputs have the mean specified, and the base value is that mean (or, for a ratio, the"
    " median)",
    DASBACH,
)
def drawn_means(case):
    own, far, off = case.need("distributions", "no distributions of inputs are given"), [], []
    for name, d in own.items():
        sample = np.asarray(d.draw(np.random.default_rng(case.seed), SAMPLE), float)
        error = np.maximum(
            sample.std(axis=0) / np.sqrt(SAMPLE), 1e-12 + 1e-12 * np.abs(sample.mean(axis=0))
        )
        mean = getattr(d, "mean", getattr(d, "means", None))
        if np.any(np.abs(sample.mean(axis=0) - mean) > STANDARD_ERRORS * error):
            far.append(name)
        middles = [np.asarray(mean, float)] + (
            [np.asarray(d.quantile(0.5), float)] if hasattr(d, "quantile") else []
        )
        if not any(np.allclose(m, case.model.inputs[name], rtol=5e-3) for m in middles):
            off.append(name)
    return [
        holds(
            f"{len(own)} distributions, {SAMPLE} draws: inputs whose mean is beyond"
            f" {STANDARD_ERRORS} standard errors",
            ", ".join(far) or "none",
            "none",
            not far,
        ),
        holds(
            "inputs whose base value is neither mean nor median (0.5 %)",
            ", ".join(off) or "none",
            "none",
            not off,
        ),
    ]


@test("T17", "Drawn inputs have the distribution specified", DASBACH)
def drawn_distributions(case):
    own = {
        n: d
        for n, d in case.need("distributions", "no distributions of inputs are given").items()
        if hasattr(d, "interval95")
    }
    if not own:
        raise NotApplicable("no input has a distribution of its own")
    p, far = np.array([0.05, 0.25, 0.5, 0.75, 0.95]), []
    for name, d in own.items():
        sample = np.asarray(d.draw(np.random.default_rng(case.seed + 1), SAMPLE), float)
        share = (sample[:, None] <= d.quantile(p)).mean(axis=0)
        if np.any(np.abs(share - p) > STANDARD_ERRORS * np.sqrt(p * (1 - p) / SAMPLE)):
            far.append(name)
    return [
        holds(
            f"{len(own)} distributions at five quantiles",
            ", ".join(far) or "none off",
            "none off",
            not far,
        )
    ]


@test(
    "T48",
    "Half the price is half the drug cost, and at a flat price the strength of the tablet changes"
    " nothing",
    PRACTICE,
)
def half_price_and_strength(case):
    found = []
    for strategy, price in case.role("price", NO_PRICE).items():
        item, half = case.model.roles.drug_item[strategy], case.run(scaled_input(case, price, 0.5))
        found.append(
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
        found.append(
            close(
                f"{strategy}: drug cost at two thirds of the strength",
                lower[strategy].outcomes.cost_by_item[item],
                case.base[strategy].outcomes.cost_by_item[item],
            )
        )
    return found


def stated_by_model(case, identifier, reason):
    notes = getattr(case.model, "notes", {})
    if identifier not in notes:
        raise NotApplicable(reason)
    passed, words = notes[identifier]
    return [holds(words, "as stated" if passed else "not so", "as stated", passed)]

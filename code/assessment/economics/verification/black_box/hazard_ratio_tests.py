"""T03, T05, T06: hazard ratios, and curves that are special cases of others."""

from __future__ import annotations

import numpy as np

from assessment.economics.verification.black_box.common_steps import scaled_input, stated_by_model
from assessment.economics.verification.framework.findings import close, holds, written
from assessment.economics.verification.framework.registry import TECH_VER, verification_test
from assessment.survival import Exponential, Gamma, GeneralisedGamma, Weibull


@verification_test(
    "T03", "A higher hazard ratio takes away time without progression or life", TECH_VER
)
def higher_hazard_ratio(case):
    """Years without progression and life years at 110 % of each hazard ratio."""
    findings = []
    for name, strategy in case.role("hazard_ratios", "no input is a hazard ratio").items():
        before, after = (
            case.base[strategy].outcomes,
            case.run(scaled_input(case, name, 1.1))[strategy].outcomes,
        )
        free, lived = (
            float(np.asarray(getattr(after, f) - getattr(before, f)))
            for f in ("life_years_progression_free", "life_years")
        )
        findings.append(
            holds(
                f"{name} × 1.1, {strategy}: change in years without progression and in life years",
                f"{written(free)}, {written(lived)}",
                "one falls, none rises",
                min(free, lived) < 0 and max(free, lived) <= 1e-9,
            )
        )
    return findings


@verification_test(
    "T05",
    "Families nest: generalised gamma (Q = 1) is Weibull, Weibull and gamma of shape 1 are"
    " exponential",
    TECH_VER,
)
def nested_families(case):
    """Survival of pairs of families that are one curve at these parameters, at five times."""
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


@verification_test(
    "T06", "A hazard ratio is not put on a curve that was fitted apart from it", TECH_VER
)
def hazard_ratio_and_curve(case):
    """What the model states of itself: nothing outside shows how its curves were fitted."""
    return stated_by_model(
        case, "T06", "cannot be told from outside, and the model says nothing about it"
    )

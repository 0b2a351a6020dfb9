"""T07, T16, T17: whether drawn inputs are what was specified."""

from __future__ import annotations

import numpy as np

from assessment.economics.verification.framework.findings import NotApplicable, close, holds
from assessment.economics.verification.framework.registry import (
    DASBACH,
    PRACTICE,
    TECH_VER,
    verification_test,
)

SAMPLE = 20_000


STANDARD_ERRORS = 4.5  # with dozens of inputs, four would be passed by chance too often


@verification_test(
    "T07", "Drawn hazard ratios are above 0 and centred on the value reported", TECH_VER
)
def drawn_hazard_ratios(case):
    """Every drawn hazard ratio, and the medians of the distributions they are drawn from."""
    names = case.role("hazard_ratios", "no input is a hazard ratio")
    own = case.need("distributions", "no distributions of inputs are given")
    drawn, findings = case.psa[0], []
    for name in names:
        findings.append(
            holds(
                f"{name}: smallest of {case.draws} draws",
                drawn[name].min(),
                "above 0",
                drawn[name].min() > 0,
            )
        )
        if name in own and hasattr(own[name], "quantile"):
            findings.append(
                close(
                    f"{name}: median of its distribution",
                    own[name].quantile(0.5),
                    case.model.inputs[name],
                    rel=1e-6,
                )
            )
    return findings


@verification_test(
    "T16",
    "Drawn inputs have the mean specified, and the base value is that mean (or, for a ratio, the"
    " median)",
    DASBACH,
)
def drawn_means(case):
    """Means of many draws within their simulation error of the specified mean, which the base value
    must equal too.
    """
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


@verification_test("T17", "Drawn inputs have the distribution specified", DASBACH)
def drawn_distributions(case):
    """Shares of many draws below five quantiles, within their simulation error."""
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


@verification_test(
    "T40", "Drawn utilities lie between 0 and 1, and progression rarely raises them", PRACTICE
)
def drawn_utilities(case):
    """The range of drawn utilities, and the share of draws in which the order of states holds."""
    drawn, _ = case.psa
    names = case.role("utilities", "no input is a utility")
    low, high = (
        min(float(np.min(drawn[n])) for n in names),
        max(float(np.max(drawn[n])) for n in names),
    )
    findings = [
        holds(
            "range of drawn utilities", f"{low:.3f} to {high:.3f}", "0 to 1", 0 <= low and high <= 1
        )
    ]
    if case.model.roles.utility_order:
        before, after = case.model.roles.utility_order
        share = float(np.mean(np.asarray(drawn[after]) <= np.asarray(drawn[before])))
        findings.append(
            holds(
                f"share of draws in which {after} is not above {before}",
                share,
                "at least 0.5",
                share >= 0.5,
            )
        )
    return findings

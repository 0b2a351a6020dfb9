"""Words and shares of the crossover pictures."""

from __future__ import annotations

import numpy as np

from assessment.case.trial.crossover_dilution import Dilution
from assessment.case.trial.trial import COHORTS
from assessment.evidence import load_facts
from assessment.presentation import numbers

WORDS = {
    "sets": {"publication": "publication", "fda": "FDA"},
    "carry": "Share of the effect received after crossing, %",
    "carry_short": "Effect received, %",
    "delay": "Months to crossing",
    "undiluted": "Undiluted hazard ratio",
    "share": "Placebo patients crossing over, %",
    "model": "◆ Dilution model, not an adjustment",
    "truth": "True factor by which treatment prolongs life",
    "estimate": "Estimated factor",
    "methods": {"ignored": "crossover ignored", "adjusted": "RPSFTM"},
}


DELAYS = 5


CARRY = np.array([0, 0.25, 0.5, 0.75, 1.0])


def dilution_name(d: Dilution) -> str:
    return f"{COHORTS[d.cohort]}, {WORDS['sets'][d.analysis_set]}"


def delays() -> np.ndarray:
    """Months to crossing over for which dilution is shown."""
    shown = load_facts()["dilution.shown.delay"]
    return np.linspace(shown.low, shown.high, DELAYS)


def percent(share: float | None) -> str:
    return "no share" if share is None else f"{numbers.number(100 * share)}\u00a0%"

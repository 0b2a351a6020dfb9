"""Words and shares of the crossover pictures."""

from __future__ import annotations

import numpy as np

from assessment.case.trial.crossover_dilution import Dilution
from assessment.case.trial.trial import COHORTS
from assessment.evidence import load_facts
from assessment.presentation import numbers
from assessment.presentation.language import _

SETS = {"publication": _("publication"), "fda": _("FDA")}
UNDILUTED = _("Undiluted hazard ratio")
MONTHS_TO_CROSSING = _("Months to crossing")
DELAYS = 5  # months to crossing that are shown
CARRY = np.array([0, 0.25, 0.5, 0.75, 1.0])  # shares of the effect received after crossing


def dilution_name(d: Dilution) -> str:
    return f"{COHORTS[d.cohort]}, {SETS[d.analysis_set]}"


def delays() -> np.ndarray:
    """Months to crossing over for which dilution is shown."""
    shown = load_facts()["dilution.shown.delay"]
    if shown.low is None or shown.high is None:
        raise ValueError(f"{shown.id} needs low and high: the first and the last month shown")
    return np.linspace(shown.low, shown.high, DELAYS)


def percent(share: float | None) -> str:
    """A share, 0 to 1, as whole percent; says so where no share would do."""
    return _("no share") if share is None else f"{numbers.number(100 * share)}\u00a0%"

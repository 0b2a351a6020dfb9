"""How the patients of a year divide between the cohorts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from assessment.case.model.inputs.model_inputs import COHORTS
from assessment.evidence import Fact, load_facts


def cohort_shares(share_of: Callable[[Fact], Any]) -> dict[str, Any]:
    """Share of the patients by cohort: of each but the last the fact
    ``economics.adoption.<cohort>.share``, of the last what is left.

    ``share_of`` makes a fraction, or draws of one, of such a fact; no cohort gets more than is left.
    """
    facts, left = load_facts(), 1.0
    shares: dict[str, Any] = {}
    for cohort in COHORTS[:-1]:
        share = share_of(facts[f"economics.adoption.{cohort}.share"])
        shares[cohort] = np.minimum(share, left)
        left = left - shares[cohort]
    return shares | {COHORTS[-1]: left}

"""What crossover hides, in the chapter's sentences."""

from __future__ import annotations

import numpy as np

from assessment.case.trial.crossover_dilution import dilution, dilutions
from assessment.evidence import load_facts
from assessment.evidence.provenance.traced_text import computed
from assessment.pages.comparisons.crossover.crossover_words import CARRY, delays, percent
from assessment.pages.comparisons.crossover.simulated_trials import CROSSING, PATIENTS, covered
from assessment.presentation import numbers
from assessment.presentation.glue_keys import qualified


@computed
def dilution_texts(cohort: str, analysis_set: str) -> dict[str, str]:
    """What crossover hides in one cohort of one analysis set, as text.

    Raises LookupError where the set prints too little for the dilution model.
    """
    d = dilution(cohort, analysis_set)
    if d is None:
        raise LookupError(f"no dilution is known of '{cohort}' in the set '{analysis_set}'")
    target = load_facts()["dilution.shown.target"].number
    low, high = d.undiluted(observed=np.array([d.observed.low, d.observed.high]))
    of_this_set = {
        "cmp_undiluted": numbers.number(d.undiluted(), 2),
        "cmp_undiluted_range": _range(d.map(delays(), CARRY)),
        "cmp_undiluted_interval": numbers.interval(low, high, 2),
        "cmp_shown": numbers.number(d.shown(target), 2),
        "cmp_needed": percent(d.needed_share(target)),
        "cmp_needed_at_once": percent(d.needed_share(target, delay=0.0)),
    }
    return qualified(of_this_set, cohort, analysis_set)


@computed
def texts() -> dict[str, str]:
    """Dilution of every cohort and set, and what the simulated trials were."""
    said: dict[str, str] = {}
    for d in dilutions():
        said |= dilution_texts(d.cohort, d.analysis_set)
    return said | {
        "cmp_simulated_patients": numbers.number(PATIENTS),
        "cmp_simulated_share": percent(CROSSING),
        "cmp_simulated_covered": covered(),
    }


def _range(values: np.ndarray) -> str:
    return numbers.interval(float(np.nanmin(values)), float(np.nanmax(values)), 2)

"""How much is known of each outcome in each group of patients."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from assessment.evidence import Fact, load_facts, load_register
from assessment.pages.pico.pico_words import ENDPOINTS, GROUPS, LEVELS
from assessment.presentation.frame_rows import frame_rows


def level(facts: Iterable[Fact]) -> str:
    """How good the published evidence is, judged by what is printed: one of LEVELS."""
    facts = tuple(facts)
    if any(_compares(fact) for fact in facts):
        return LEVELS[0]
    if any(_counts_one_arm(fact) for fact in facts):
        return LEVELS[1]
    return LEVELS[2] if any(isinstance(fact.value, str) for fact in facts) else LEVELS[3]


def _compares(fact: Fact) -> bool:
    return fact.measure == "hazard_ratio" and fact.low is not None and fact.high is not None


def _counts_one_arm(fact: Fact) -> bool:
    return isinstance(fact.value, float) and fact.arm not in (None, "comparison")


def evidence_by_group() -> pd.DataFrame:
    """Outcome × group of patients: level of evidence, and the hazard ratio where there is one.
    Facts on all patients count for both cohorts.
    """
    trial = load_facts().select(subject="cabinet", analysis_set=("publication", "unstated"))
    rows = []
    for outcome in frame_rows(load_register("outcomes")):
        for population, short in GROUPS.items():
            populations = ("all", population) if population in ("epNET", "pNET") else (population,)
            facts = list(trial.select(endpoint=ENDPOINTS[outcome.id], population=populations))
            ratios = (
                fact for fact in facts if fact.measure == "hazard_ratio" and fact.low is not None
            )
            rows.append(
                {
                    "outcome": outcome.english,
                    "in_pico": outcome.in_pico,
                    "group": short,
                    "level": level(facts),
                    "ratio": next(ratios, None),
                }
            )
    return pd.DataFrame(rows)

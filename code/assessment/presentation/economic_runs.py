"""The runs of the Norwegian model that pages show, each done once and remembered with the facts it read."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import pandas as pd

from assessment.economics.budget_results import NorwegianBudget, norwegian_budget
from assessment.economics.information import InformationValue
from assessment.economics.kept import kept
from assessment.economics.norwegian import Results, run
from assessment.economics.probabilistic import SEED, Draws, information_table, probabilistic, study_values
from assessment.economics.scenarios import Outcome, run_scenario, scenarios
from assessment.economics.scenarios import tornado as one_way
from assessment.economics.settings import Settings
from assessment.economics.severity_results import Severity, severity_of
from assessment.economics.uncertainty import Acceptability, acceptability
from assessment.evidence import reading, remembered
from assessment.evidence.recording import note

HIGHEST_THRESHOLD_NOK, STEP_NOK = 6_000_000, 50_000
WORKERS = 2
RATIOS = tuple(round(0.4 + 0.1 * k, 1) for k in range(11))  # hazard ratios of death shown against the price


def _on_disk(name: str, make: Callable):
    """``kept`` with what was read, so that a result from disk names its facts like a fresh one."""
    def both():
        with reading() as reads:
            found = make()
        return found, reads.facts, reads.tables
    found, facts, tables = kept(name, both)
    note(facts, tables)
    return found


@remembered(maxsize=4)
def base(cohort: str) -> Results:
    """The base case in expected values."""
    return run(settings=Settings(cohort))


@remembered(maxsize=4)
def severity(cohort: str) -> Severity:
    """Severity of the base case."""
    return severity_of(base(cohort))


@remembered(maxsize=4)
def draws(cohort: str) -> Draws:
    """The probabilistic base case."""
    return probabilistic(Settings(cohort))


@remembered(maxsize=4)
def scenario_outcomes(cohort: str) -> tuple[Outcome, ...]:
    """Every scenario of a cohort, the base case first; kept on disk."""
    def make():
        base(cohort)  # reads the curves once, before the threads ask for them
        with ThreadPoolExecutor(WORKERS) as pool:
            return tuple(pool.map(lambda one: run_scenario(cohort, one), scenarios(cohort)))
    return _on_disk(f"scenarios-{cohort}", make)


@remembered(maxsize=4)
def by_hazard_ratio(cohort: str) -> tuple[tuple[float, float, float], ...]:
    """(QALYs gained, added cost without the drug in NOK, packs) for each of RATIOS, a hazard ratio of death for life; kept on disk."""
    def one(ratio: float) -> tuple[float, float, float]:
        found = run(settings=Settings(cohort, survival_effect=ratio))
        packs = float(found.packs_bought)
        return float(found.increment.effect), float(found.increment.cost) - packs * float(found.price_per_pack_nok), packs
    return _on_disk(f"hazard-ratios-{cohort}", lambda: tuple(one(ratio) for ratio in RATIOS))


@remembered(maxsize=4)
def tornado(cohort: str) -> pd.DataFrame:
    """One-way analysis of net monetary benefit at the cohort's own reference value, widest first; columns as ``scenarios.tornado``."""
    return one_way(Settings(cohort), severity(cohort).reference_nok_per_qaly)


@remembered(maxsize=1)
def budget() -> NorwegianBudget:
    """The budget of adoption, both cohorts together."""
    return norwegian_budget()


@remembered(maxsize=4)
def certainty(cohort: str) -> Acceptability:
    """Acceptability and value of perfect information from 0 to HIGHEST_THRESHOLD_NOK a QALY."""
    found = draws(cohort)
    return acceptability(found.costs, found.qalys, thresholds())


@dataclass(frozen=True, eq=False)
class Information:
    """Value of information per patient, NOK. ``reference`` and ``indifferent``: the cohort's own reference value, and the threshold at
    which the expected net benefit is 0, where knowledge is worth most; NaN where no threshold does it.

    ``inputs``: columns parameter, threshold, evppi, standard_error, at both; ``studies``: "trial" and "registry" at ``thresholds()``.
    """

    reference: float
    indifferent: float
    inputs: pd.DataFrame
    studies: dict[str, InformationValue]


@remembered(maxsize=4)
def information(cohort: str) -> Information:
    """What it would be worth to know inputs, or to run two studies."""
    found, reference = draws(cohort), severity(cohort).reference_nok_per_qaly
    mean = found.increment.mean
    indifferent = float(mean.icer)
    asked = [reference] if np.isnan(indifferent) else [reference, indifferent]
    return Information(reference, indifferent, information_table(found, asked), study_values(found, thresholds(), np.random.default_rng(SEED)))


def thresholds() -> np.ndarray:
    """NOK per QALY at which uncertainty is shown."""
    return np.arange(0, HIGHEST_THRESHOLD_NOK + 1, STEP_NOK, dtype=float)

"""The trial's curves, one analysis set at a time: rebuilt where a curve has been digitised,
calibrated to the printed summaries where not.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from assessment.case.trial.digitised_files import digitised_arms
from assessment.case.trial.trial import ARMS, BASE_SET, COHORTS, SUBGROUPS, Trial, load_trial
from assessment.evidence import DATA, REFERENCES, Fact, load_facts, one_analysis_set
from assessment.evidence.provenance.result_cache import cached_result
from assessment.survival.calibration.calibrate import calibrate
from assessment.survival.calibration.calibrated_curves import Calibrated
from assessment.survival.calibration.printed_summaries import Summaries
from assessment.survival.reconstruction import (
    FromDigitised,
    read_numbers_at_risk,
    read_points,
    reconstruct_ipd,
)

ARM_CODE = dict(zip(ARMS, "tc"))
SEED, SIZE, CANDIDATES = 48, 1200, 8000
# Every hazard ratio of the trial is stratified; by how much that may move it against an
# unstratified one, log scale (assumption).
STRATIFIED_SLACK = 0.06
# Deaths are known as they happen. Progression is seen at scans; how often they were is not among
# the book's facts, so it is weighed.
VISITS = {"pfs": None, "os": 0.0}


@dataclass(frozen=True, eq=False)
class Curves:
    """Both arms of one curve, as draws. Times in months.

    route: 'calibrated' or 'digitised'. draws: Calibrated or FromDigitised, arms "t" and "c".
    summaries: what was printed. facts: the facts behind it, {name in Summaries: Fact}.
    """

    endpoint: str
    group: str
    analysis_set: str
    route: str
    draws: Calibrated | FromDigitised
    summaries: Summaries
    facts: dict[str, Fact]
    _bands: dict[tuple, tuple[np.ndarray, ...]] = field(default_factory=dict, repr=False)

    def survival(self, months, arm: str, of: str = "population") -> np.ndarray:
        """Share without the event, (draws, *months.shape); arm by its id; of as
        in Calibrated.
        """
        return self.draws.survival(months, ARM_CODE[arm], of)

    def band(
        self, months, arm: str, of: str = "population", level: float = 0.95
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Pointwise (low, middle, high), kept: pages ask for the same ones several times."""
        asked = np.asarray(months, float)
        key = (asked.shape, asked.tobytes(), arm, of, level)
        if key not in self._bands:
            self._bands[key] = self.draws.band(asked, ARM_CODE[arm], of, level)
        low, middle, high = self._bands[key]
        return low.copy(), middle.copy(), high.copy()

    def rmst_difference(self, months: np.ndarray, of: str = "population") -> np.ndarray:
        """Months gained up to each horizon, treated minus control, (draws, months.size);
        trapezoids on ``months``, rising from 0.
        """
        months = np.asarray(months, float)
        if months.ndim != 1 or months[0] != 0 or np.any(np.diff(months) <= 0):
            raise ValueError("months must rise from 0")
        gap = self.survival(months, ARMS[0], of) - self.survival(months, ARMS[1], of)
        return np.concatenate(
            [
                np.zeros((len(gap), 1)),
                np.cumsum((gap[:, 1:] + gap[:, :-1]) / 2 * np.diff(months), axis=1),
            ],
            axis=1,
        )

    def at_risk(self, arm: str) -> np.ndarray | None:
        """Printed numbers at risk, (k, 2) months and patients, where the curve was digitised with
        them; None otherwise.
        """
        if not isinstance(self.draws, FromDigitised):
            return None
        return self.draws.arms[ARM_CODE[arm]].numbers_at_risk


def printed(view: Trial, endpoint: str, group: str) -> dict[str, Fact]:
    """The facts of one analysis set that bear on a curve, {name in Summaries: Fact}; those without
    a value are left out.

    group: a cohort, or (for 'pfs') a subgroup. Raises MixedAnalysisSets when the facts found belong
    to two sets.
    """
    if endpoint not in ("pfs", "os") or group not in (
        *COHORTS,
        *(SUBGROUPS if endpoint == "pfs" else ()),
    ):
        raise ValueError(
            f"no curve of '{endpoint}' in '{group}'. Endpoints: pfs, os; groups:"
            f" {', '.join(COHORTS)}, and for pfs {', '.join(SUBGROUPS)}."
        )
    if group in COHORTS:
        result, before, after = getattr(view, endpoint)(group), "", f".{group}"
        events = {"events": view.find(f"{endpoint}.{group}.events")}
        events |= {
            f"events_{code}": (
                view.deaths(group).of_arm(arm)
                if endpoint == "os"
                else view.find(f"pfs.{group}.{arm}.events")
            )
            for arm, code in ARM_CODE.items()
        }
        follow = view.find(f"followup.{group}.{endpoint}")
    else:
        result, before, after, events = view.subgroup_pfs(group), f"{group}.", "", {}
        follow = view.find(f"{group}.followup.pfs")
    found = {
        "median_t": result.treated,
        "median_c": result.control,
        "hr": result.hazard_ratio,
        "followup_median": follow,
        **events,
    }
    found |= {f"n_{code}": view.find(f"{before}n{after}.{arm}") for arm, code in ARM_CODE.items()}
    found = {
        name: fact
        for name, fact in found.items()
        if fact is not None and isinstance(fact.value, float)
    }
    one_analysis_set(found.values())
    return found


def summaries(facts: dict[str, Fact]) -> Summaries:
    """Summaries of the facts that ``printed`` found; intervals go in where they are 95 % confidence
    intervals.
    """
    values: dict[str, float | None] = {name: fact.number for name, fact in facts.items()}
    for name, (low, high) in {
        "median_t": ("lo_t", "hi_t"),
        "median_c": ("lo_c", "hi_c"),
        "hr": ("hr_lo", "hr_hi"),
    }.items():
        if name in facts and facts[name].interval == "ci95":
            values |= {low: facts[name].low, high: facts[name].high}
    if values.keys() >= {"events_t", "events_c"}:
        values.pop("events", None)
    return Summaries(**values)


def curves(
    endpoint: str,
    group: str,
    analysis_set: str = BASE_SET,
    seed: int = SEED,
    size: int = SIZE,
    data: Path = DATA,
    references: Path = REFERENCES,
    candidates: int = CANDIDATES,
    trial: bool = True,
) -> Curves:
    """The curves of 'pfs' or 'os' in a cohort or subgroup, in one analysis set.

    Digitised points in ``data/km/`` are used when both arms are there, else the printed summaries
    are calibrated. The same seed gives the same draws, kept for the next call; more ``candidates``
    make them more exact. trial: as in ``calibrate``. Raises ValueError when too little is printed
    for a curve.
    """
    usual = (seed, size, data, references, candidates, trial) == (
        SEED,
        SIZE,
        DATA,
        REFERENCES,
        CANDIDATES,
        True,
    )
    return (
        _usual_curves(endpoint, group, analysis_set)
        if usual
        else _curves(endpoint, group, analysis_set, seed, size, data, references, candidates, trial)
    )


@cached_result(maxsize=64, disk=True)
def _usual_curves(endpoint: str, group: str, analysis_set: str) -> Curves:
    return _curves(endpoint, group, analysis_set, SEED, SIZE, DATA, REFERENCES, CANDIDATES, True)


@cached_result(maxsize=64)
def _curves(
    endpoint, group, analysis_set, seed, size, data, references, candidates, trial
) -> Curves:
    facts = printed(load_trial(analysis_set, load_facts(data, references)), endpoint, group)
    told, rng = summaries(facts), np.random.default_rng(seed)
    files = digitised_arms(analysis_set, endpoint, group, data)
    if files is None:
        return Curves(
            endpoint,
            group,
            analysis_set,
            "calibrated",
            calibrate(
                told, rng, size, candidates, STRATIFIED_SLACK, trial=trial, visits=VISITS[endpoint]
            ),
            told,
            facts,
        )
    rebuilt = {
        code: _rebuild(files[arm], told.get("events", code), told.get("n", code))
        for arm, code in ARM_CODE.items()
    }
    return Curves(
        endpoint,
        group,
        analysis_set,
        "digitised",
        FromDigitised(told, rebuilt, rng, size),
        told,
        facts,
    )


def _rebuild(files, events, n):
    found = read_points(files.points)
    if len(found) != 1:
        raise ValueError(f"{files.points.name}: {len(found)} curves. Give one file per arm.")
    table = read_numbers_at_risk(files.at_risk) if files.at_risk else None
    return reconstruct_ipd(
        next(iter(found.values())), table, int(events) if events else None, n=int(n) if n else None
    )

"""CABINET's curves as the economic model uses them: many draws, thinned to a few that stand evenly for all, kept on disk.

A mean over a thousand random draws of a curve's tail is too coarse for a cost per QALY. So tens of thousands are calibrated, sorted by the
time gained, and every so manieth is taken: the few represent the distribution of the gain as evenly as a ruler.
"""

from __future__ import annotations

import hashlib
import os
import pickle
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from assessment.evidence import DATA, ROOT, load_facts, remembered
from assessment.evidence.digitised import digitised_arms
from assessment.evidence.trials import COHORTS, cabinet
from assessment.survival import calibrate
from assessment.survival import cabinet_curves as source

KEPT = ROOT / "_build" / ".curves"
REPLICATES, SIZE, CANDIDATES = 4, 4_000, 40_000
GAIN_MONTHS, GAIN_POINTS = 240.0, 60  # the horizon by which draws are sorted, and its trapezoid


class NoCurve(ValueError):
    """The printed results do not allow this curve; the text says what is missing."""


@dataclass(frozen=True, eq=False)
class Library:
    """Draws of both arms of one endpoint, family by family. Times in months.

    ``parts``: {arm "t" or "c": (distribution, …)}, the same draws in both arms; ``names``: family of each draw; ``gain_months``: restricted mean
    of the treated less the control, by which draws are sorted; ``replicate``: which calibration each came from; ``assumed``: as in CurveTable.
    """

    parts: dict[str, tuple]
    names: np.ndarray
    gain_months: np.ndarray
    replicate: np.ndarray
    assumed: tuple[str, ...]

    def rows(self, count: int, family: str | None = None) -> np.ndarray:
        """``count`` draws (of one family), evenly over the order of the gain; all of them if there are fewer."""
        rows = np.flatnonzero(self.names == family) if family else np.arange(self.names.size)
        rows = rows[np.argsort(self.gain_months[rows], kind="stable")]
        return rows if rows.size <= count else rows[((np.arange(count) + 0.5) * rows.size / count).astype(int)]

    @property
    def gain_standard_error(self) -> float:
        """Monte Carlo standard error of the mean gain, months, from the spread between replicates."""
        means = [self.gain_months[self.replicate == k].mean() for k in np.unique(self.replicate)]
        return float(np.std(means, ddof=1) / np.sqrt(len(means)))


@remembered(maxsize=16)
def library(endpoint: str, cohort: str, analysis_set: str) -> Library:
    """The library of 'pfs' or 'os'. NoCurve where the printed results do not allow it."""
    key = _key(endpoint, cohort, analysis_set)
    file = KEPT / f"{endpoint}-{cohort}-{analysis_set}-{key}.pickle"
    if file.exists():
        return pickle.loads(file.read_bytes())
    made = _made(endpoint, cohort, analysis_set)
    try:
        KEPT.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=KEPT, delete=False) as part:
            pickle.dump(made, part)
        os.replace(part.name, file)
    except OSError:  # a folder that cannot be written only costs the time to calibrate again
        pass
    return made


def _made(endpoint, cohort, analysis_set) -> Library:
    results = [_calibrated(endpoint, cohort, analysis_set, source.SEED + k) for k in range(REPLICATES)]
    draws = [found for found, _ in results]
    parts = {arm: tuple(curve for one in draws for _, curve in one.distributions(arm)) for arm in "tc"}
    names = np.concatenate([np.full(curve.draw_shape[0], name) for one in draws for name, curve in one.distributions("t")])
    gain = np.concatenate([one.rmst(GAIN_MONTHS, "t", points=GAIN_POINTS) - one.rmst(GAIN_MONTHS, "c", points=GAIN_POINTS) for one in draws])
    return Library(parts, names, gain, np.repeat(np.arange(len(draws)), [one.size for one in draws]), results[0][1])


def _calibrated(endpoint, cohort, analysis_set, seed):
    """(draws, assumptions). Follow-up is assumed where deaths are printed and no time is."""
    try:
        return source.curves(endpoint, cohort, analysis_set, seed=seed, size=SIZE, candidates=CANDIDATES).draws, ()
    except ValueError as missing:
        told, follow = _told(endpoint, cohort, analysis_set), load_facts().select(subject="dilution", measure="os_assumed", population=COHORTS[cohort])
        if endpoint != "os" or told.hr is None or told.total_events() is None or not len(follow):
            raise NoCurve(f"{endpoint.upper()} of {COHORTS[cohort]} in the set '{analysis_set}': {missing}") from None
        told = replace(told, followup_median=next(iter(follow)).number)
        return calibrate(told, np.random.default_rng(seed), SIZE, CANDIDATES, source.STRATIFIED_SLACK), ("follow-up",)


def _told(endpoint, cohort, analysis_set):
    return source.summaries(source.printed(cabinet(analysis_set), endpoint, cohort))


def _key(endpoint, cohort, analysis_set) -> str:
    """Hash of all that the draws depend on: the printed results, digitised points, the code that calibrates."""
    digest = hashlib.sha256(repr((_told(endpoint, cohort, analysis_set), [f.number for f in load_facts().select(subject="dilution", measure="os_assumed")],
                                  source.SEED, REPLICATES, SIZE, CANDIDATES, GAIN_MONTHS, np.__version__)).encode())
    files = sorted(Path(source.__file__).parent.glob("*.py")) + [Path(__file__)]
    if digitised_arms(analysis_set, endpoint, cohort, DATA) is not None:
        files += sorted((DATA / "km").glob("*.csv"))
    for path in files:
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]

"""Digitised Kaplan–Meier curves in ``data/km/``: which there are, by their file names.

``<analysis_set>_<endpoint>_<cohort>_<arm>.csv`` holds the points of a curve and ``…_at_risk.csv``
its numbers at risk. The files are what digitising programs write, so they have no row in
``data/datapackage.json``; ``data/km/README.md`` says more.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from assessment.case.trial.trial import ARMS, COHORTS, PREFIXES, SUBGROUPS
from assessment.evidence.paths import DATA
from assessment.evidence.problems import DataError, Problem

FOLDER = "km"
AT_RISK = "_at_risk"
ENDPOINTS = ("pfs", "os")


@dataclass(frozen=True)
class DigitisedArm:
    """Files of one arm's curve: its points, and its numbers at risk where there are any."""

    points: Path
    at_risk: Path | None


def stem(analysis_set: str, endpoint: str, group: str, arm: str) -> str:
    """File name without ending. ``group`` is the id of a cohort or of a subgroup."""
    return f"{analysis_set}_{endpoint}_{group}_{arm}"


def digitised_arms(
    analysis_set: str, endpoint: str, group: str, data: Path = DATA
) -> dict[str, DigitisedArm] | None:
    """{arm: DigitisedArm} when both arms of this curve are in ``data/km/``, None when neither is.

    Raises DataError when only one arm is there, numbers at risk have no points, or a file's name
    says no curve of the trial.
    """
    folder = data / FOLDER
    if not folder.is_dir():
        return None
    present = {path.stem: path for path in sorted(folder.glob("*.csv"))}
    known = {stem(*parts) for parts in product(PREFIXES, ENDPOINTS, (*COHORTS, *SUBGROUPS), ARMS)}
    problems = [
        _unknown(name, known) for name in present if name.removesuffix(AT_RISK) not in known
    ]
    problems += [
        _alone(f"{name}.csv", name.removesuffix(AT_RISK))
        for name in present
        if name.endswith(AT_RISK)
        and name.removesuffix(AT_RISK) in known
        and name.removesuffix(AT_RISK) not in present
    ]
    wanted = {arm: stem(analysis_set, endpoint, group, arm) for arm in ARMS}
    found = [arm for arm in ARMS if wanted[arm] in present]
    if len(found) == 1:
        problems.append(
            _alone(f"{wanted[found[0]]}.csv", next(wanted[arm] for arm in ARMS if arm not in found))
        )
    if problems:
        raise DataError(problems)
    return (
        {
            arm: DigitisedArm(present[name], present.get(name + AT_RISK))
            for arm, name in wanted.items()
        }
        if found
        else None
    )


def _unknown(name: str, known: set[str]) -> Problem:
    near = (
        ", ".join(difflib.get_close_matches(name.removesuffix(AT_RISK), known, n=3, cutoff=0.4))
        or "see data/km/README.md"
    )
    return Problem(
        f"data/{FOLDER}/{name}.csv",
        None,
        None,
        name,
        f"<analysis_set>_<endpoint>_<cohort>_<arm> (nearest: {near})",
        "rename the file",
    )


def _alone(file: str, missing: str) -> Problem:
    return Problem(
        f"data/{FOLDER}/{file}",
        None,
        None,
        None,
        f"{missing}.csv beside it",
        "add that file, or remove this one: a comparison needs both arms' points",
    )

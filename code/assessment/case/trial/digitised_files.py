"""Digitised Kaplan–Meier curves in ``data/km/``: which there are, by their file names.

``<analysis_set>_<endpoint>_<cohort>_<arm>.csv`` holds the points of a curve and ``…_at_risk.csv``
its numbers at risk. The files are what digitising programs write, so they have no row in
``data/datapackage.json``; ``data/km/README.md`` says more.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path

import numpy as np

from assessment.case.trial.trial import ARMS, COHORTS, PREFIXES, SUBGROUPS
from assessment.evidence.paths import DATA
from assessment.evidence.problems import DataError, Problem
from assessment.survival.reconstruction.points.digitised_points import as_pairs, clean_points
from assessment.survival.reconstruction.points.digitised_tables import (
    read_numbers_at_risk,
    read_points,
)
from assessment.survival.reconstruction.reconstruct import reconstruct_ipd

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
    present = _present(data)
    wanted = {arm: stem(analysis_set, endpoint, group, arm) for arm in ARMS}
    problems = _misnamed(present) + _without_other_arm(present, wanted)
    if problems:
        raise DataError(problems)
    if wanted[ARMS[0]] not in present:
        return None
    return {
        arm: DigitisedArm(present[name], present.get(name + AT_RISK))
        for arm, name in wanted.items()
    }


def check_digitised(data: Path = DATA) -> int:
    """The number of digitised curves, each read as the book will read it. Raises DataError with all
    the files at fault: misnamed, without the other arm, or unreadable as a curve.
    """
    present = _present(data)
    problems = _misnamed(present) + _not_csv(data)
    for parts in product(PREFIXES, ENDPOINTS, (*COHORTS, *SUBGROUPS)):
        problems += _without_other_arm(present, {arm: stem(*parts, arm) for arm in ARMS})
    for name, path in present.items():
        problems += _read(name, path, present.get(name + AT_RISK))
    if problems:
        raise DataError(problems)
    return sum(not name.endswith(AT_RISK) for name in present)


def _read(name: str, path: Path, at_risk: Path | None) -> list[Problem]:
    """What is at fault in one file, which is read as the book will read it: a curve together with its
    numbers at risk, if they can be read.
    """
    try:
        if name.endswith(AT_RISK):
            as_pairs(read_numbers_at_risk(path), "numbers at risk")
            return []
        curves = list(read_points(path).values())
        if len(curves) != 1:
            return [
                _unreadable(name, f"one curve; there are {len(curves)}", "give one file per arm")
            ]
        clean_points(curves[0])
        table = None if at_risk is None else _numbers_that_can_be_read(at_risk)
        if table is not None:
            reconstruct_ipd(curves[0], table)
    except DataError as fault:
        return [replace(problem, file=f"data/{FOLDER}/{name}.csv") for problem in fault.problems]
    except ValueError as fault:
        said = str(fault).rstrip(".")
        return [
            _unreadable(name, f"what data/{FOLDER}/README.md describes; {said}", "digitise it anew")
        ]
    return []


def _numbers_that_can_be_read(path: Path) -> np.ndarray | None:
    """Numbers at risk, or None: their own file's fault is told once, with that file."""
    try:
        return as_pairs(read_numbers_at_risk(path), "numbers at risk")
    except ValueError:
        return None


def _present(data: Path) -> dict[str, Path]:
    """The files there are, by name without ending."""
    return {path.stem: path for path in sorted((data / FOLDER).glob("*.csv"))}


def _not_csv(data: Path) -> list[Problem]:
    """Files that nobody would read: neither CSV nor the folder's description."""
    others = (p for p in sorted((data / FOLDER).glob("*")) if p.suffix not in (".csv", ".md"))
    return [
        Problem(
            f"data/{FOLDER}/{path.name}",
            None,
            None,
            path.suffix,
            "a name that ends in .csv",
            "save it as CSV, or rename it: tabs, blanks and semicolons between cells are read too",
        )
        for path in others
    ]


def _misnamed(present: dict[str, Path]) -> list[Problem]:
    """Names that say no curve of the trial, and numbers at risk without points."""
    known = {stem(*parts) for parts in product(PREFIXES, ENDPOINTS, (*COHORTS, *SUBGROUPS), ARMS)}
    problems = [
        _unknown(name, known) for name in present if name.removesuffix(AT_RISK) not in known
    ]
    return problems + [
        _alone(f"{name}.csv", name.removesuffix(AT_RISK))
        for name in present
        if name.endswith(AT_RISK)
        and name.removesuffix(AT_RISK) in known
        and name.removesuffix(AT_RISK) not in present
    ]


def _without_other_arm(present: dict[str, Path], wanted: dict[str, str]) -> list[Problem]:
    """A curve of one arm only; ``wanted``: the names of a curve's files by arm."""
    found = [name for name in wanted.values() if name in present]
    if len(found) != 1:
        return []
    return [_alone(f"{found[0]}.csv", next(name for name in wanted.values() if name not in found))]


def _unreadable(name: str, allowed: str, next_step: str) -> Problem:
    return Problem(f"data/{FOLDER}/{name}.csv", None, None, name, allowed, next_step)


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

"""Results that take long and that chapters share, made before the chapters run: side by side, and
told one by one.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import suppress
from inspect import getsourcefile, unwrap
from itertools import product
from pathlib import Path
from typing import Any

from assessment.case.model import decision_runs, runs
from assessment.case.model.analyses.explorer_integrals import all_integrals
from assessment.case.model.curves.thinned_draws import NoCurve, thinned_draws
from assessment.case.model.inputs.model_inputs import COHORTS
from assessment.case.model.inputs.unknown_inputs import unknown_inputs
from assessment.case.model.task_processes import run_chains
from assessment.case.trial.trial import DIVISIONS
from assessment.evidence.provenance.kept_inputs import code_key

ONE_THREAD = "OPENBLAS_NUM_THREADS"
# As NumPy, which is loaded, found it; afterwards it may be set for others.
_one_thread = os.environ.get(ONE_THREAD) == "1"
# of the base case and the scenarios
ENDPOINTS = ("pfs", "os")
# Every run starts from curves, so these come first.
CURVES: list[tuple[Any, ...]] = [
    (thinned_draws, *which) for which in product(ENDPOINTS, COHORTS, DIVISIONS)
]
RUNS: list[tuple[Any, ...]] = [
    *(
        (run, cohort)
        for cohort in COHORTS
        for run in (
            all_integrals,
            runs.scenario_outcomes,
            runs.draws,
            runs.course,
            runs.curves_of_base,
            runs.capped,
            runs.by_effect,
            runs.by_hazard_ratio,
            runs.tornado,
            decision_runs.comparisons,
            decision_runs.thresholds,
            decision_runs.by_subgroup,
            decision_runs.information,
        )
    ),
    (runs.budget,),
    (decision_runs.budgets,),
]


def make(more: Sequence[tuple[Any, ...]] = ()) -> Iterator[str]:
    """Makes what is not kept, as many at once as there are processors; yields the name of each when
    it is made. Nothing is made as long as an input of the model is unknown: its curves are cut off
    by the patients' age, and its runs need them all.

    ``more``: what else is to be made from these, (function whose results are kept, its texts); that
    of a cohort beside the cohort's runs, whose curves it shares, and the first of it before them, since
    those of other cohorts may wait for it; the rest in the end.
    """
    if unknown_inputs():
        return
    curves, left = ([t for t in stage if not _is_kept(t)] for stage in (CURVES, [*RUNS, *more]))
    if not curves and not left:
        return
    fork = _may_be_copied(more)
    # for processes that start afresh: one thread for linear algebra, as in the chapters
    os.environ.setdefault(ONE_THREAD, "1")
    at_once = min(4, os.cpu_count() or 1)
    yield from run_chains(_made, [curves[k::at_once] for k in range(at_once)], fork)
    # Runs of a cohort share curves.
    firsts = [next((task for task in more if cohort in task), None) for cohort in COHORTS]
    chains = [
        sorted((task for task in left if cohort in task), key=lambda task: task not in firsts)
        for cohort in COHORTS
    ]
    of_all = [task for task in left if not set(COHORTS) & set(task)]
    yield from run_chains(_made, [*chains, [t for t in of_all if t not in more]], fork)
    after = [task for task in of_all if task in more]
    yield from run_chains(_made, [after[k::at_once] for k in range(at_once)], fork)


def not_kept() -> set[Path]:
    """The files of the functions whose results are not kept; empty when everything is."""
    if unknown_inputs():
        return set()
    tasks = [task for task in (*CURVES, *RUNS) if not _is_kept(task)]
    return {Path(str(getsourcefile(unwrap(function)))) for function, *_which in tasks}


def _is_kept(task: tuple[Any, ...]) -> bool:
    function, *which = task
    return function.is_kept(*which)


def _may_be_copied(more: Sequence[tuple[Any, ...]]) -> bool:
    """Whether processes may be forked from this process, which spares each the imports, the data and
    the search for reachable code: where it computes on one thread, has read code and data as they
    are now, and has no other thread, which a fork would leave behind.
    """
    return (
        sys.platform == "linux"
        and _one_thread
        and threading.active_count() == 1
        and all(
            code_key(Path(str(getsourcefile(unwrap(task))))) for task, *_ in [*CURVES, *RUNS, *more]
        )
    )


def _made(task: tuple[Any, ...]) -> str:
    function, *which = task
    with suppress(NoCurve):  # the chapter says so
        function(*which)
    return " ".join((function.__name__.replace("_", " "), *which))

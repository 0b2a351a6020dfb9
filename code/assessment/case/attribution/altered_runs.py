"""``python -m assessment.case.attribution.altered_runs JOBS``: the base case on altered data.

Runs in a copy of the book of its own, whose data it overwrites. The package is loaded once; each set of
altered files is written, then read and run by a process forked from this one, which has read no facts or
tables yet. A line of JSON comes out for each: the answers by cohort and the facts that were read, or why
the model cannot be run.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Iterator, Mapping
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

from assessment.case.attribution.base_answers import all_answers
from assessment.evidence import DATA, DataError, load_facts
from assessment.evidence.cells.formulas import ids_in
from assessment.evidence.provenance import kept_inputs
from assessment.evidence.read_log import record_reads

ALONE = "ASSESSMENT_ALTERED_DATA"  # set by whoever made the copy: data of the book are never overwritten


def run_now() -> dict:
    """{"answers": {cohort: {outcome: number}}, "facts": ids read, those behind a formula among them}, or
    {"fault": why the model cannot be run on these data}.
    """
    try:
        with record_reads() as reads:
            answers = all_answers()
    except (DataError, LookupError, ValueError, TypeError, ZeroDivisionError) as fault:
        return {"fault": " ".join(f"{type(fault).__name__}: {fault}".split())}
    return {"answers": answers, "facts": _with_parents(reads.facts)}


def _with_parents(ids: tuple[str, ...]) -> list[str]:
    known = {fact.id: fact for fact in load_facts().unread()}
    found, waiting = dict.fromkeys(ids), list(ids)
    while waiting:
        fact = known.get(waiting.pop())
        more = (
            [name for name in ids_in(fact.formula) if name not in found]
            if fact and fact.formula
            else []
        )
        found |= dict.fromkeys(more)
        waiting += more
    return sorted(found)


def runs_of(jobs: list[Mapping[str, str]], data: Path = DATA) -> Iterator[dict]:
    """What ``run_now`` gives for each set of files, {path below data/: content}, all others as they are
    when this begins.
    """
    paths = {path for files in jobs for path in files}
    as_is = {p: (data / p).read_text("utf-8") if (data / p).exists() else "" for p in paths}
    for files in jobs:
        for path, text in (as_is | dict(files)).items():
            _written(data / path, text)
        yield _in_a_fork()
    for path, text in as_is.items():
        _written(data / path, text)


def _written(path: Path, text: str) -> None:
    """Writes a file; an empty text is no file."""
    if text:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    else:
        path.unlink(missing_ok=True)


def _in_a_fork() -> dict:
    context = get_context("fork")
    receiving, sending = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(sending,))
    process.start()
    sending.close()
    try:
        return receiving.recv()
    except EOFError:
        return {"fault": "the process ended without a word; was there enough memory?"}
    finally:
        process.join()


def _work(sending: Connection) -> None:
    kept_inputs.data_read_anew(time.time() + 1)
    sending.send(run_now())


def main() -> None:
    """Runs the sets of files of the JSON file that is named; refused in the book itself."""
    if not os.environ.get(ALONE):
        sys.exit("This overwrites data; it runs in a copy of the book only (make attribution).")
    for found in runs_of(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))):
        print(json.dumps(found), flush=True)


if __name__ == "__main__":
    main()

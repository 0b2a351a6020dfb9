"""Tasks in processes of their own, side by side: those of a chain one after the other, so that each
finds in memory what the ones before it have left there.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from typing import Any, cast

Task = tuple[Any, ...]  # a function and its arguments


def run_chains(
    do: Callable[[Task], str], chains: Sequence[Sequence[Task]], fork: bool
) -> Iterator[str]:
    """Runs ``do`` on each task, one process a chain; yields what it returns, as soon as it does.

    ``fork``: processes begin as copies of this one, which must have no other thread; else afresh.
    Raises what a task raised, and RuntimeError where a process ended without a word; then, or when
    no more is asked for, the others are ended.
    """
    context = get_context("fork" if fork else "spawn")
    processes, open_ends = {}, list[Connection]()
    try:
        for chain in filter(None, chains):
            receiving, sending = context.Pipe(duplex=False)
            process = context.Process(  # type: ignore[attr-defined]
                target=_work, args=(sending, do, chain), daemon=True
            )
            sys.stdout.flush()
            process.start()
            sending.close()
            processes[receiving] = process
            open_ends.append(receiving)
        while open_ends:
            for ready in cast(list[Connection], wait(open_ends)):
                try:
                    told = ready.recv()
                except EOFError:
                    told = RuntimeError("a process ended without a word; was there enough memory?")
                if told is None:
                    open_ends.remove(ready)
                elif isinstance(told, BaseException):
                    raise told
                else:
                    yield told
    finally:
        for receiving, process in processes.items():
            if receiving in open_ends:
                process.terminate()
            process.join()
            receiving.close()


def _work(sending: Connection, do: Callable[[Task], str], chain: Sequence[Task]) -> None:
    try:
        for task in chain:
            sending.send(do(task))
        sending.send(None)
    except Exception as fault:  # raised by the parent
        sending.send(fault)

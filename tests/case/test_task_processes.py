"""Tasks in processes of their own."""

import os

import pytest

from assessment.case.model.task_processes import run_chains

seen = []


def _do(task):
    name, *what = task
    if what:
        raise ValueError(name) if what == ["fails"] else SystemExit(3)
    seen.append(name)
    return f"{os.getpid()} {','.join(seen)}"


def test_each_chain_has_a_process_and_its_tasks_follow_one_another():
    told = [line.split() for line in run_chains(_do, [["a", "b"], [], ["c"]], fork=True)]
    processes = {names: process for process, names in told}
    assert set(processes) == {"a", "a,b", "c"} and not seen
    assert processes["a"] == processes["a,b"] != processes["c"]


def test_what_a_task_raises_is_raised_here_and_a_silent_end_is_told():
    with pytest.raises(ValueError, match="wrong"):
        list(run_chains(_do, [[("wrong", "fails")], [("b",)]], fork=True))
    with pytest.raises(RuntimeError, match="without a word"):
        list(run_chains(_do, [[("gone", "ends")]], fork=True))

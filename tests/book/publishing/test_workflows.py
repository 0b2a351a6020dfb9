"""The workflows by their own text: what they may do, what they run, and that all of it is here to run."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from assessment.evidence import ROOT

FOLDER = ROOT / ".github"
FILES = [
    *sorted((FOLDER / "workflows").glob("*.yml")),
    *sorted(FOLDER.glob("actions/*/action.yml")),
]
WORKFLOWS = {path.stem: path for path in FILES if path.name != "action.yml"}
PINNED = re.compile(r"^[\w./-]+@[0-9a-f]{40}$")
USES = re.compile(r"^\s*(?:- )?uses: (\S+)(.*)$", re.MULTILINE)
TARGET = re.compile(r"make ([a-z]+)((?: [A-Z]+=[\w^.-]+)*)")
# The rights to write that a workflow may give, and to which job.
WRITES = {
    ("publish", "publish"): {"pages", "id-token"},
    ("comment", "comment"): {"pull-requests"},
    ("weekly", "tell"): {"issues"},
    ("audit", "tell"): {"issues"},
    ("watch", "keep"): {"contents", "actions", "issues"},
    ("watch", "tell"): {"issues"},
    ("release", "release"): {"contents", "actions"},
}


def read(path: Path) -> dict:
    return yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)


def jobs() -> Iterator[tuple[str, str, dict]]:
    for name, path in WORKFLOWS.items():
        yield from ((name, job, what) for job, what in read(path)["jobs"].items())


def runs() -> list[tuple[str, str]]:
    """(workflow, command) of every step that runs one."""
    steps = [(name, step) for name, _, job in jobs() for step in job["steps"]]
    for path in FOLDER.glob("actions/*/action.yml"):
        steps += [(path.parent.name, step) for step in read(path)["runs"]["steps"]]
    return [(name, step["run"]) for name, step in steps if "run" in step]


def test_every_action_is_named_by_its_commit_with_its_version_beside():
    found = {(path.name, *use) for path in FILES for use in USES.findall(path.read_text("utf-8"))}
    loose = {
        (file, action)
        for file, action, rest in found
        if not action.startswith("$/")
        and not (PINNED.match(action) and re.fullmatch(r" # v\d+\.\d+\.\d+", rest))
    }
    assert found and not loose


def test_one_action_is_one_commit_everywhere():
    named: dict[str, set[str]] = {}
    for path in FILES:
        for action, _ in USES.findall(path.read_text(encoding="utf-8")):
            named.setdefault(action.split("@")[0], set()).add(action)
    assert not {name: which for name, which in named.items() if len(which) > 1}


def test_own_actions_are_here():
    own = [a for path in FILES for a, _ in USES.findall(path.read_text("utf-8")) if a[0] == "$"]
    assert own and all((ROOT / action.removeprefix("$/") / "action.yml").exists() for action in own)


def test_nothing_may_be_done_but_what_a_job_asks_for():
    given = {}
    for name, path in WORKFLOWS.items():
        assert read(path)["permissions"] == {}, f"{name}: permissions: {{}} at the top"
    for name, job, what in jobs():
        assert what["permissions"], f"{name}, {job}: says which rights it needs"
        if writes := {right for right, how in what["permissions"].items() if how != "read"}:
            given[name, job] = writes
    assert given == WRITES


def test_every_job_has_a_name_and_an_end():
    for name, job, what in jobs():
        assert what["name"] and 0 < int(what["timeout-minutes"]) <= 60, (name, job)


def test_every_checkout_forgets_its_token():
    for name, job, what in jobs():
        for step in what["steps"]:
            if step.get("uses", "").startswith("actions/checkout@"):
                assert step["with"]["persist-credentials"] == "false", (name, job)


def test_nothing_from_outside_is_written_into_a_command():
    """What others may choose (titles, branches, bodies) reaches a command as a variable, if at all."""
    assert not [(name, command) for name, command in runs() if "${{" in command]


def test_a_pull_request_meets_no_secret_and_no_right_to_write():
    for name, path in WORKFLOWS.items():
        text = path.read_text(encoding="utf-8")
        assert "pull_request_target" not in text, name
        if "pull_request" in read(path)["on"]:
            assert "secrets." not in text, name
            writing = [job for where, job in WRITES if where == name]
            for job in writing:
                assert "github.event_name == 'schedule'" in read(path)["jobs"][job]["if"]


def test_only_main_is_published():
    published = [
        (name, job)
        for name, job, what in jobs()
        if any("deploy-pages" in step.get("uses", "") for step in what["steps"])
    ]
    assert published == [("publish", "publish")]
    assert read(WORKFLOWS["publish"])["jobs"]["publish"]["if"] == "github.ref == 'refs/heads/main'"


def test_a_comment_runs_nothing_of_the_pull_request():
    steps = read(WORKFLOWS["comment"])["jobs"]["comment"]["steps"]
    assert [step.get("run", step.get("uses", "").split("@")[0]) for step in steps] == [
        "actions/checkout",
        "make comment",
    ]
    assert "ref" not in steps[0]["with"]


def test_a_release_takes_nothing_from_a_cache():
    text = WORKFLOWS["release"].read_text(encoding="utf-8")
    assert "actions/cache" not in text and "$/.github/actions" not in text


def test_stale_runs_are_stopped():
    for name, path in WORKFLOWS.items():
        assert {"group", "cancel-in-progress"} <= read(path)["concurrency"].keys(), name


@pytest.mark.parametrize("command", sorted({command for _, command in runs()}))
def test_what_a_workflow_runs_is_a_target_that_works_here(command):
    """Followed with make -n: the target is there, has a line of help, and what it calls exists."""
    found = TARGET.fullmatch(command)
    assert found, f"'{command}': every run is a make target, so that it can be run anywhere"
    makefiles = [ROOT / "Makefile", ROOT / "tools" / "publishing.mk"]
    text = "".join(path.read_text(encoding="utf-8") for path in makefiles)
    assert re.search(rf"^{found[1]}:.*  ## \S", text, re.MULTILINE)
    done = subprocess.run(
        ["make", "-n", "--no-print-directory", found[1], *found[2].split()],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
    for script in re.findall(r"tools/[\w-]+\.sh", done.stdout):
        assert (ROOT / script).stat().st_mode & 0o100, f"{script} can be run"
    for module in re.findall(r"-m (assessment[\w.]+)", done.stdout):
        place = ROOT.joinpath("code", *module.split("."))
        assert place.with_suffix(".py").exists() or (place / "__main__.py").exists(), module


def test_updates_wait_but_for_security():
    said = (FOLDER / "dependabot.yml").read_text(encoding="utf-8")
    updates = yaml.safe_load(said)["updates"]
    assert {one["package-ecosystem"] for one in updates} == {"github-actions", "uv"}
    assert all(one["cooldown"]["default-days"] >= 7 and one["groups"] for one in updates)
    assert "Security updates do not\n# wait" in said


def test_locks_say_how_they_are_written():
    """Dependabot reads it there; without --universal it would write locks for one system."""
    for lock in [ROOT / "requirements.txt", *(ROOT / "requirements").glob("*.txt")]:
        text = lock.read_text(encoding="utf-8")
        head = text.splitlines()[1]
        assert "--universal" in head and "--python-version 3.11" in head, lock.name
        assert re.search(r"^[a-z][\w.-]*==\S", text, re.MULTILINE)
        packages = re.split(r"\n(?=[a-z])", text)[1:]
        assert all("--hash=sha256:" in package for package in packages), lock.name

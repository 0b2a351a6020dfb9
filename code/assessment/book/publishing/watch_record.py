"""``python -m assessment.book.publishing.watch_record``: commits what a look at the sources wrote down, those
files and no other, and has the site published anew, since a commit made this way starts no workflow.

It is the commit that keeps the schedule alive and the banner true: without it the book says by itself that
its sources are overdue.
"""

from __future__ import annotations

import base64
import os
import re
from pathlib import Path

from assessment.book.publishing.github_api import GitHub, GitHubError, give_up

ROOT = Path(__file__).resolve().parents[4]
ALLOWED = re.compile(
    r"data/source_checks\.csv|data/watch/findings\.csv|data/watch/snapshots/[a-z0-9_]+\.json"
)
LARGEST = 5_000_000  # bytes of a file
HEADS = ("data/source_checks.csv", "data/watch/findings.csv")


def written(looked: Path, root: Path = ROOT) -> dict[str, bytes]:
    """{path: content} of the files of a look that differ from this checkout.

    Raises GitHubError for a file that the watch may not write, and for a table that has lost a row: the
    watch adds rows and changes none.
    """
    found = {}
    for file in sorted(path for path in looked.rglob("*") if path.is_file()):
        name = file.relative_to(looked).as_posix()
        content, here = file.read_bytes(), root / name
        before = here.read_bytes() if here.exists() else b""
        if not ALLOWED.fullmatch(name) or len(content) > LARGEST:
            raise GitHubError(f"{name}: the watch may not write this.")
        if name in HEADS and not content.startswith(before.rstrip(b"\n")):
            raise GitHubError(
                f"{name}: rows that were there have changed; look at the run's files."
            )
        if content != before:
            found[name] = content
    return found


def commit(github: GitHub, files: dict[str, bytes], branch: str, message: str) -> str:
    """One commit of the files on top of the branch; its name. A branch that moved meanwhile is refused
    by GitHub, and nothing is overwritten.
    """
    top = github.get(f"git/ref/heads/{branch}")["object"]["sha"]
    tree = github.get(f"git/commits/{top}")["tree"]["sha"]
    entries = []
    for path, content in files.items():
        coded = {"content": base64.b64encode(content).decode(), "encoding": "base64"}
        blob = github.send("POST", "git/blobs", coded)["sha"]
        entries.append({"path": path, "mode": "100644", "type": "blob", "sha": blob})
    made = github.send("POST", "git/trees", {"base_tree": tree, "tree": entries})["sha"]
    said = {"message": message, "tree": made, "parents": [top]}
    new = github.send("POST", "git/commits", said)["sha"]
    github.send("PATCH", f"git/refs/heads/{branch}", {"sha": new, "force": False})
    return new


def record(github: GitHub, looked: Path, root: Path = ROOT, branch: str = "main") -> str:
    """Commits and has the site published; what was done."""
    files = written(looked, root)
    if not files:
        raise GitHubError(
            "The look wrote nothing down: a look that finds nothing writes that down too."
        )
    new = commit(github, files, branch, "The sources were looked at")
    github.send("POST", "actions/workflows/publish.yml/dispatches", {"ref": branch})
    return f"{len(files)} files in commit {new[:9]}; the site is being published."


def main() -> None:
    try:
        looked = ROOT / "_build" / "watch" / "looked"
        branch = os.environ.get("GITHUB_REF_NAME") or "main"
        print(record(GitHub.from_environment(), looked, branch=branch))
    except GitHubError as fault:
        give_up(fault)


if __name__ == "__main__":
    main()

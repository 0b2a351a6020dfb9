"""``python -m assessment.book.publishing.pull_request_comment``: tells on a pull request what it does to
the book.

The report was written by a run of the pull request's own code, which had no rights. This runs the code
of the main branch, with the right to comment: it takes the report as text, never unpacks or runs
anything, and finds the pull request from the event alone, never from what the report says.
"""

from __future__ import annotations

import io
import json
import os
import re
import zipfile
from pathlib import Path

from assessment.book.publishing.github_api import GitHub, GitHubError, give_up

ARTIFACT, REPORT = "difference", "diff.md"
LARGEST_ARTIFACT = 20_000_000  # bytes, packed
LARGEST_REPORT = 1_000_000  # bytes
LONGEST_COMMENT = 63_000  # characters; GitHub allows 65,536
MARK = "<!-- assessment: what this change did -->"
AUTHOR = "github-actions[bot]"
SAID_FOR = "The report of the last commit of this pull request"
# Zero-width: an @ calls nobody, a # links no issue, a picture loads nothing, no comment hides text.
BROKEN = {
    r"@(?=\w)": "@\u200b",
    r"#(?=\d)": "#\u200b",
    r"!(?=\[)": "!\u200b",
    r"<(?=!--|img)": "&lt;",
}


def report_in(packed: bytes) -> str:
    """The report inside an artifact.

    Raises GitHubError where there is none, or it is too large or no text."""
    try:
        with zipfile.ZipFile(io.BytesIO(packed)) as archive:
            entries = [entry for entry in archive.infolist() if entry.filename == REPORT]
            if len(entries) != 1:
                raise GitHubError(f"The artifact holds {len(entries)} files {REPORT}, not one.")
            with archive.open(entries[0]) as file:
                content = file.read(LARGEST_REPORT + 1)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError) as fault:
        raise GitHubError(f"The artifact is no readable archive ({fault}).") from fault
    if len(content) > LARGEST_REPORT:
        raise GitHubError(f"{REPORT} is larger than {LARGEST_REPORT} bytes.")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as fault:
        raise GitHubError(f"{REPORT} is not UTF-8.") from fault


def harmless(report: str) -> str:
    """The report as it may stand in a comment: no control characters, no mention, no picture."""
    text = "".join(c for c in report.replace("\r\n", "\n") if c == "\n" or c.isprintable())
    for pattern, instead in BROKEN.items():
        text = re.sub(pattern, instead, text, flags=re.IGNORECASE)
    if len(text) <= LONGEST_COMMENT:
        return text
    cut = text[:LONGEST_COMMENT].rpartition("\n")[0]
    return f"{cut}\n\n</details>\n\nToo long for here: the rest stands in the run's artifact.\n"


def comment(report: str, commit: str, run: str) -> str:
    """The whole comment; ``run``: address of the run that wrote the report."""
    said = f"{SAID_FOR} ({commit[:9]}), written by its own code in [this run]({run})"
    return f"{MARK}\n{harmless(report).rstrip()}\n\n{said}; site and PDF are there to download.\n"


def pull_request_of(github: GitHub, run: dict) -> dict | None:
    """The open pull request whose newest commit the run built; None when there is none any more."""
    head = run["head_repository"]
    if not head or not re.fullmatch(r"[0-9a-f]{40}", run["head_sha"]):
        return None
    found = github.get_all("pulls?state=open")
    for request in found:
        of = request["head"]
        if (
            of["sha"] == run["head_sha"]
            and of["ref"] == run["head_branch"]
            and of["repo"]
            and of["repo"]["full_name"] == head["full_name"]
        ):
            return request
    return None


def post(github: GitHub, run: dict) -> str:
    """Writes the comment, or brings the one that is there up to date; what was done.

    ``run``: the workflow_run of the event. Raises GitHubError."""
    if (request := pull_request_of(github, run)) is None:
        return "No open pull request ends with the commit of this run: nothing to say."
    listed = github.get_all(f"actions/runs/{int(run['id'])}/artifacts", "artifacts")
    found = [one for one in listed if one["name"] == ARTIFACT and not one["expired"]]
    if not found:
        return f"The run left no artifact '{ARTIFACT}': nothing to say."
    if found[-1]["size_in_bytes"] > LARGEST_ARTIFACT:
        raise GitHubError(f"The artifact is larger than {LARGEST_ARTIFACT} bytes.")
    packed = github.download(f"actions/artifacts/{int(found[-1]['id'])}/zip", LARGEST_ARTIFACT)
    body = {"body": comment(report_in(packed), run["head_sha"], run["html_url"])}
    number = int(request["number"])
    for one in github.get_all(f"issues/{number}/comments"):
        if one["user"]["login"] == AUTHOR and one["body"].startswith(MARK):
            github.send("PATCH", f"issues/comments/{int(one['id'])}", body)
            return f"The comment on pull request {number} is up to date."
    github.send("POST", f"issues/{number}/comments", body)
    return f"A comment on pull request {number} was written."


def main() -> None:
    try:
        event = os.environ.get("GITHUB_EVENT_PATH", "")
        if not event:
            raise GitHubError("GITHUB_EVENT_PATH is not set: this is for a workflow on GitHub.")
        run = json.loads(Path(event).read_text(encoding="utf-8"))["workflow_run"]
        print(post(GitHub.from_environment(), run))
    except GitHubError as fault:
        give_up(fault)


if __name__ == "__main__":
    main()

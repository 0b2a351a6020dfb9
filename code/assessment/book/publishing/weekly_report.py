"""``python -m assessment.book.publishing.weekly_report``: one issue that says which jobs of a scheduled
run failed; opened, brought up to date, and closed when all pass.

NEEDS holds the results of the jobs (``toJSON(needs)``), TITLE the issue's title.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping

from assessment.book.publishing.github_api import GitHub, GitHubError, give_up

MARK = "<!-- assessment: scheduled look -->"
AUTHOR = "github-actions[bot]"


def text_of(results: Mapping[str, str], run: str) -> str:
    """What the issue says of the results by job, and where to read more."""
    lines = [f"- {job}: {result}" for job, result in sorted(results.items())]
    said = f"What the last scheduled look found ([run]({run}), whose log says why):"
    return "\n".join([MARK, said, "", *lines, ""])


def report(github: GitHub, title: str, results: Mapping[str, str], run: str) -> str:
    """Opens, updates or closes the issue; what was done."""
    failed = [job for job, result in results.items() if result == "failure"]
    body = text_of(results, run)
    mine = [
        issue
        for issue in github.get_all("issues?state=open")
        if issue["user"]["login"] == AUTHOR
        and issue["title"] == title
        and (issue["body"] or "").startswith(MARK)
    ]
    if mine:
        number = int(mine[0]["number"])
        state = {} if failed else {"state": "closed", "state_reason": "completed"}
        github.send("PATCH", f"issues/{number}", {"body": body, **state})
        return f"Issue {number} {'brought up to date' if failed else 'closed: all passed'}."
    if not failed:
        return "All passed: nothing to tell."
    made = github.send("POST", "issues", {"title": title, "body": body})
    return f"Issue {made['number']} opened."


def run_address() -> str:
    """Where this run can be read."""
    server, run = os.environ.get("GITHUB_SERVER_URL", ""), os.environ.get("GITHUB_RUN_ID", "")
    return f"{server}/{os.environ.get('GITHUB_REPOSITORY', '')}/actions/runs/{run}"


def main() -> None:
    try:
        given = json.loads(os.environ.get("NEEDS", "{}"))
        results = {job: said["result"] for job, said in given.items()}
        title = os.environ.get("TITLE", "Scheduled look")
        print(report(GitHub.from_environment(), title, results, run_address()))
    except GitHubError as fault:
        give_up(fault)


if __name__ == "__main__":
    main()

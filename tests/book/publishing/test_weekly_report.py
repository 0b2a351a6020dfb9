"""One issue for what a scheduled run found: opened, brought up to date, closed."""

from __future__ import annotations

import pytest

from assessment.book.publishing.github_api import GitHub, GitHubError
from assessment.book.publishing.weekly_report import AUTHOR, MARK, report

BELOW, RUN, TITLE = "/repos/owner/book/", "https://github.com/owner/book/actions/runs/1", "Weekly"
MINE = {"number": 4, "user": {"login": AUTHOR}, "title": TITLE, "body": MARK + "\nold"}


@pytest.mark.parametrize(
    ("there", "results", "written"),
    [
        ([], {"links": "success"}, []),
        ([], {"links": "failure", "core": "success"}, [("POST", "issues", None)]),
        ([MINE], {"links": "failure"}, [("PATCH", "issues/4", None)]),
        ([MINE], {"links": "success"}, [("PATCH", "issues/4", "closed")]),
        ([MINE | {"user": {"login": "reader"}}], {"links": "failure"}, [("POST", "issues", None)]),
    ],
    ids=["nothing", "opened", "brought up to date", "closed", "another's stays"],
)
def test_the_issue_follows_the_results(server, github, there, results, written):
    server.answers[BELOW + "issues"] = lambda: (
        there if server.asked[-1][0] == "GET" else {"number": 8}
    )
    server.answers[BELOW + "issues/4"] = {"number": 4}
    report(github, TITLE, results, RUN)
    assert [(m, p.removeprefix(BELOW), b.get("state")) for m, p, b in server.written()] == written
    assert all(RUN in body["body"] and "links: " in body["body"] for _, _, body in server.written())


def test_what_refuses_is_told_in_a_sentence(server, github):
    server.answers[BELOW + "issues"] = (403, {}, b"Resource not accessible")
    with pytest.raises(GitHubError, match="refused with 403"):
        report(github, TITLE, {"links": "failure"}, RUN)
    with pytest.raises(GitHubError, match="cannot be reached"):
        report(GitHub("http://127.0.0.1:9", "owner/book"), TITLE, {}, RUN)

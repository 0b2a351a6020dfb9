"""What the watch tells on GitHub, and what it may commit: against a stand-in for GitHub on this machine."""

from __future__ import annotations

import pytest

from assessment.book.publishing.github_api import GitHubError
from assessment.book.publishing.watch_issues import post, read_messages
from assessment.book.publishing.watch_record import record, written
from assessment.book.publishing.weekly_report import AUTHOR

BELOW = "/repos/owner/book/"
MARK = "<!-- assessment watch: finding-a1 -->"
CHECKS, FINDINGS = "data/source_checks.csv", "data/watch/findings.csv"


def issue(number: int, body: str, state: str = "open", who: str = AUTHOR) -> dict:
    return {"number": number, "body": body, "state": state, "user": {"login": who}, "title": "T"}


@pytest.mark.parametrize(
    ("there", "done"),
    [
        ([], [("POST", "issues")]),
        ([issue(4, f"{MARK}\nold text")], [("PATCH", "issues/4")]),
        ([issue(4, f"{MARK}\nnew text\n")], []),
        ([issue(4, f"{MARK}\nold text", "closed")], []),
        ([issue(4, f"{MARK}\nnew text\n", who="reader")], [("POST", "issues")]),
        ([issue(4, "<!-- assessment watch: finding-b2 -->\n")], [("POST", "issues")]),
    ],
    ids=["opened", "brought up to date", "stands", "closed by a person", "a reader's", "another"],
)
def test_a_finding_is_one_issue_and_never_two(server, github, there, done):
    server.answers[BELOW + "issues"] = lambda: (
        there if server.asked[-1][0] == "GET" else {"number": 8}
    )
    server.answers[BELOW + "issues/4"] = {"number": 4}
    post(github, {"finding-a1": ("Title", f"{MARK}\nnew text\n")})
    assert [(m, p.removeprefix(BELOW)) for m, p, _ in server.written()] == done


def test_a_digest_that_has_grown_is_opened_again(server, github):
    mark = "<!-- assessment watch: digest-2026-12 -->"
    server.answers[BELOW + "issues"] = [issue(4, f"{mark}\none\n", "closed")]
    server.answers[BELOW + "issues/4"] = {"number": 4}
    post(github, {"digest-2026-12": ("T", f"{mark}\none\n")})
    assert not server.written()
    post(github, {"digest-2026-12": ("T", f"{mark}\none\ntwo\n")})
    ((method, _path, body),) = server.written()
    assert method == "PATCH" and body["state"] == "open" and "two" in body["body"]


def test_messages_are_read_with_their_mark(tmp_path):
    (tmp_path / "finding-a1.md").write_text(f"{MARK}\n# A title\n\nWords.\n", encoding="utf-8")
    (tmp_path / "other.md").write_text("# no mark\n", encoding="utf-8")
    assert read_messages(tmp_path) == {"finding-a1": ("A title", f"{MARK}\nWords.\n")}


@pytest.fixture
def checkout(tmp_path):
    """(this checkout, what a look wrote): two tables, to one of which a row was added."""
    root, looked = tmp_path / "root", tmp_path / "looked"
    for place, extra in ((root, ""), (looked, "2026-12-01,ema,looked,Nothing new.\n")):
        (place / "data" / "watch").mkdir(parents=True)
        (place / CHECKS).write_text("date,scope\nday,all\n" + extra, encoding="utf-8")
        (place / FINDINGS).write_text("id\n", encoding="utf-8")
    return root, looked


def test_what_was_written_down_is_one_commit_and_the_site_is_published(server, github, checkout):
    root, looked = checkout
    sha = {"object": {"sha": "top"}}
    server.answers |= {
        BELOW + "git/ref/heads/main": sha,
        BELOW + "git/commits/top": {"tree": {"sha": "tree"}},
        BELOW + "git/blobs": {"sha": "blob"},
        BELOW + "git/trees": {"sha": "new-tree"},
        BELOW + "git/commits": {"sha": "new-commit"},
        BELOW + "git/refs/heads/main": {},
        BELOW + "actions/workflows/publish.yml/dispatches": {},
    }
    assert record(github, looked, root).startswith("1 files in commit new-commi")
    said = {path.removeprefix(BELOW): body for _m, path, body in server.written()}
    assert [entry["path"] for entry in said["git/trees"]["tree"]] == [CHECKS]
    assert said["git/trees"]["base_tree"] == "tree" and said["git/commits"]["parents"] == ["top"]
    assert said["git/refs/heads/main"] == {"sha": "new-commit", "force": False}
    assert said["actions/workflows/publish.yml/dispatches"] == {"ref": "main"}


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("data/facts/trial.csv", "id\n", "may not write this"),
        ("data/watch/rules.csv", "rule\n", "may not write this"),
        ("chapters/economics.md", "words", "may not write this"),
        (CHECKS, "date,scope\nanother day,all\n", "rows that were there have changed"),
        (FINDINGS, "", "rows that were there have changed"),
    ],
)
def test_nothing_else_can_be_committed(github, server, checkout, name, content, says):
    root, looked = checkout
    (looked / name).parent.mkdir(parents=True, exist_ok=True)
    (looked / name).write_text(content, encoding="utf-8")
    with pytest.raises(GitHubError, match=says):
        record(github, looked, root)
    assert not server.asked


def test_a_token_that_may_only_read_is_told(server, github, checkout):
    root, looked = checkout
    server.answers[BELOW + "git/ref/heads/main"] = {"object": {"sha": "top"}}
    server.answers[BELOW + "git/commits/top"] = {"tree": {"sha": "tree"}}
    server.answers[BELOW + "git/blobs"] = (403, {}, b"Resource not accessible by integration")
    with pytest.raises(GitHubError, match="refused with 403"):
        record(github, looked, root)


def test_a_look_that_wrote_nothing_is_no_look(github, checkout):
    root, _ = checkout
    assert not written(root, root)
    with pytest.raises(GitHubError, match="writes that down too"):
        record(github, root, root)

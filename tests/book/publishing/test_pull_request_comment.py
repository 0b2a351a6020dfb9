"""A comment on a pull request: found from the event, taken as text, written once."""

from __future__ import annotations

import io
import json
import zipfile

import pytest

from assessment.book.publishing import pull_request_comment as subject
from assessment.book.publishing.github_api import GitHub, GitHubError

SHA, BELOW = "a" * 40, "/repos/owner/book/"
RUN = {
    "id": 7,
    "head_sha": SHA,
    "head_branch": "fix",
    "head_repository": {"full_name": "someone/book"},
    "html_url": "https://github.com/owner/book/actions/runs/7",
}
REQUEST = {"number": 5, "head": {"sha": SHA, "ref": "fix", "repo": {"full_name": "someone/book"}}}


def packed(files: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return made.getvalue()


@pytest.fixture
def prepared(server, elsewhere, github):
    """One open pull request whose run left a report, which is kept on another host."""
    artifact = {"id": 9, "name": "difference", "expired": False, "size_in_bytes": 100}
    elsewhere.answers["/kept"] = (200, {}, packed({"diff.md": b"## What\n\n1 \xe2\x86\x92 2\n"}))
    server.answers |= {
        BELOW + "pulls": [REQUEST],
        BELOW + "actions/runs/7/artifacts": {"artifacts": [artifact]},
        BELOW + "actions/artifacts/9/zip": (302, {"Location": elsewhere.address + "/kept"}, b""),
        BELOW + "issues/5/comments": [],
        BELOW + "issues/comments/3": {},
    }
    return github


def test_the_report_becomes_one_comment(prepared, server, elsewhere):
    assert subject.post(prepared, RUN) == "A comment on pull request 5 was written."
    [(method, path, body)] = server.written()
    assert (method, path) == ("POST", BELOW + "issues/5/comments")
    assert body["body"].startswith(subject.MARK) and "1 → 2" in body["body"]
    assert all("token-of-this-run" in headers["Authorization"] for _, _, headers, _ in server.asked)
    assert "Authorization" not in elsewhere.asked[0][2], "the token stays with GitHub"


def test_the_comment_that_is_there_is_brought_up_to_date(prepared, server):
    mine = {"id": 3, "user": {"login": subject.AUTHOR}, "body": subject.MARK + " old"}
    others = {"id": 2, "user": {"login": "someone"}, "body": subject.MARK + " not the bot's"}
    server.answers[BELOW + "issues/5/comments"] = [others, mine]
    assert "up to date" in subject.post(prepared, RUN)
    assert [(m, path) for m, path, _ in server.written()] == [
        ("PATCH", BELOW + "issues/comments/3")
    ]


@pytest.mark.parametrize(
    "change",
    [
        {"head_sha": "b" * 40},
        {"head_sha": "main"},
        {"head_branch": "another"},
        {"head_repository": {"full_name": "someone/else"}},
        {"head_repository": None},
    ],
)
def test_a_run_of_another_commit_branch_or_fork_says_nothing(prepared, server, change):
    assert "nothing to say" in subject.post(prepared, RUN | change)
    assert not server.written()


def test_no_report_is_no_fault(prepared, server):
    server.answers[BELOW + "actions/runs/7/artifacts"] = {"artifacts": []}
    assert "left no artifact" in subject.post(prepared, RUN) and not server.written()


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"no archive", "no readable archive"),
        (packed({"other.md": b"x"}), "0 files diff.md"),
        (packed({"diff.md": b"\xff\xfe"}), "not UTF-8"),
        (packed({"diff.md": b"a" * (subject.LARGEST_REPORT + 1)}), "larger than"),
    ],
)
def test_what_is_no_report_is_refused(content, says):
    with pytest.raises(GitHubError, match=says):
        subject.report_in(content)


def test_an_artifact_may_not_be_large(prepared, server, monkeypatch):
    monkeypatch.setattr(subject, "LARGEST_ARTIFACT", 50)
    with pytest.raises(GitHubError, match="larger than 50"):
        subject.post(prepared, RUN)
    monkeypatch.setattr(subject, "LARGEST_ARTIFACT", 110)  # said to be small, and is not
    with pytest.raises(GitHubError, match="larger than 110"):
        subject.post(prepared, RUN)
    assert not server.written()


def test_a_report_calls_nobody_and_loads_nothing():
    text = subject.harmless(
        "@owner, see #12 ![x](https://e.org/p.png) <IMG src=x> <!-- hidden\x07\x1b"
    )
    assert "@owner" not in text and "#12" not in text and "![" not in text
    assert "<IMG" not in text and "<!--" not in text and "\x07" not in text
    assert subject.harmless("## Title\n\n| a | b |\n") == "## Title\n\n| a | b |\n"


def test_a_long_report_is_cut():
    text = subject.comment("line of the report\n" * 10_000, SHA, RUN["html_url"])
    assert len(text) < 65_536 and "Too long for here" in text


def test_it_reads_the_event(prepared, server, monkeypatch, tmp_path, capsys):
    event = tmp_path / "event.json"
    event.write_text(json.dumps({"workflow_run": RUN}))
    for name, value in {
        "GITHUB_EVENT_PATH": str(event),
        "GITHUB_API_URL": server.address,
        "GITHUB_REPOSITORY": "owner/book",
        "GITHUB_TOKEN": "t",
    }.items():
        monkeypatch.setenv(name, value)
    subject.main()
    assert "was written" in capsys.readouterr().out


def test_elsewhere_it_says_what_is_missing(monkeypatch):
    monkeypatch.delenv("GITHUB_EVENT_PATH", raising=False)
    with pytest.raises(SystemExit, match="GITHUB_EVENT_PATH is not set"):
        subject.main()
    with pytest.raises(GitHubError, match="GITHUB_REPOSITORY is not set"):
        GitHub.from_environment({})

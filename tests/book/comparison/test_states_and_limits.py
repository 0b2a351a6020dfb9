"""What is compared with what, what is told of a state that cannot be, and how long a comment may be."""

from __future__ import annotations

import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

from assessment.book.comparison import diff_command
from assessment.book.comparison.comparison_report import compare
from assessment.book.comparison.html_report import html_report
from assessment.book.comparison.markdown_report import LIMIT, markdown_report
from assessment.book.comparison.reading.book_states import (
    BookState,
    NoSuchState,
    at_commit,
    doubts,
    of_files,
)
from assessment.book.comparison.reading.computed_state import computed_at

# pytest's importlib mode puts no folder of tests on the path
sys.path.insert(0, str(Path(__file__).parent))
from changed_book import DAY, book, changed, compared, with_headline

VOID = {"meta", "link", "br"}


class _Nesting(HTMLParser):
    """Every element that is opened is closed, in order."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.asked: list[str] = []

    def handle_starttag(self, tag, attrs):
        self.asked += [v for k, v in attrs if k in ("src", "href") and v]
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def git(folder: Path, *words: str) -> str:
    who = ["-c", "user.name=n", "-c", "user.email=n@example.org", "-c", "commit.gpgsign=false"]
    command = ["git", "-C", str(folder), *who, *words]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with a small book: one page, one accepted text."""
    files = {
        "index.md": "# A book\n\nIt costs {glue:text}`price`.\n",
        "CITATION.cff": "version: 0.1.0\n",
        "tests/expected/texts/index.csv": "key,text\nprice,10 NOK\n",
        "tests/expected/headline.csv": "version,result,cohort,analysis_set,unit,value\n0.1.0,a,,,NOK,10\n",
    }
    for path, text in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-qm", "first")
    return tmp_path


def test_a_commit_is_read_as_its_files_are(repository):
    before, now = at_commit("HEAD", repository), of_files(repository)
    assert (before.shown, before.files) == (now.shown, now.files) and len(now.shown) == 2
    assert re.fullmatch(r"commit \w+ of \d{4}-\d\d-\d\d", before.name)


def test_what_a_guide_shows_as_it_is_typed_is_no_text_of_the_page():
    page = "It costs {glue:text}`price`; write ``{glue:text}`name` ``.\n"
    assert BookState("any", {}, {"index.md": page}).written("index") == {"price"}


def test_a_change_since_a_commit_is_told(repository):
    (repository / "index.md").write_text("# A book\n\nIt now costs {glue:text}`price`.\n")
    shown = of_files(repository).shown | {"texts/index.csv": "key,text\nprice,12 NOK\n"}
    report = compare(at_commit("HEAD", repository), of_files(repository, shown), DAY)
    (page,) = report.pages
    assert page.sentences == (("It costs 10 NOK.", "It now costs 12 NOK."),)
    assert page.texts == (("price", "10 NOK", "12 NOK"),) and not report.moves


@pytest.mark.parametrize("base", ["no-such-branch", "0123abc", "-h", "HEAD:index.md", "a b"])
def test_a_base_that_does_not_exist_gets_one_sentence(repository, base):
    with pytest.raises(NoSuchState) as fault:
        at_commit(base, repository)
    assert f"BASE: '{base}' names no commit here. Allowed:" in str(fault.value)
    assert "\n" not in str(fault.value)


def test_no_repository_gets_one_sentence(tmp_path, monkeypatch):
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    with pytest.raises(NoSuchState, match="is no git repository"):
        at_commit("HEAD", tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(NoSuchState, match="git is not installed"):
        at_commit("HEAD", tmp_path)


def test_a_commit_without_a_book_gets_one_sentence(repository):
    git(repository, "rm", "-q", "index.md")
    git(repository, "commit", "-qm", "second")
    with pytest.raises(NoSuchState, match="holds no book"):
        at_commit("HEAD", repository)
    assert at_commit("HEAD~1", repository).pages()


def test_the_command_ends_with_the_sentence(monkeypatch):
    monkeypatch.setattr("sys.argv", ["comparison", "--base", "no-such-branch", "--accepted"])
    with pytest.raises(SystemExit, match="names no commit here"):
        diff_command.main()


def test_the_command_writes_both_reports_and_says_where(tmp_path):
    report = compared(with_headline(("base_case.icer", "epnet", "1")))
    paths = diff_command.written(report, tmp_path / "diff")
    assert [path.name for path in paths] == ["index.html", "diff.md"]
    said = diff_command.told(report)
    assert f"1 of {report.results} headline results moved" in said
    assert report.results > 700 and "-> 1 NOK per QALY (" in said
    assert said.splitlines()[-1].startswith("2026-01-02,method,")


def test_results_that_are_not_of_the_code_are_doubted():
    assert doubts(book()) == []
    (nothing,) = doubts(BookState("x", {}, book().files))
    assert "x holds no accepted results" in nothing
    files = dict(book().files)
    files["CITATION.cff"] = "version: 9.9.9\n"
    files["index.md"] += "\nAnd {glue:text}`not_yet`.\n"
    told = doubts(BookState("x", book().shown, files))
    assert len(told) == 2
    assert "is version 9.9.9" in told[0] and "page index writes not_yet" in told[1]


def test_without_accepted_results_words_and_data_are_still_compared():
    before = BookState("an old commit", {}, book().files | {"index.md": "# Another\n\nWord.\n"})
    report = compare(before, book(), DAY)
    assert [page.name for page in report.pages] == ["index"]
    assert not report.moves and report.row["conclusion_changed"] == "not assessed"
    assert any("holds no accepted results" in notice for notice in report.notices)


def test_data_that_todays_rules_refuse_are_told_by_their_cells():
    files = dict(book().files)
    files["data/facts/cabinet.csv"] = files["data/facts/cabinet.csv"].replace(
        ",verified,", ",seen,"
    )
    report = compare(BookState("an old commit", book().shown, files), book(), DAY)
    assert any("cannot read the data of an old commit" in notice for notice in report.notices)
    assert {cell[0] for fact in report.facts for cell in fact.cells} == {"status"}
    assert not report.pages


def everything_moved() -> dict[str, str]:
    """Accepted files in which every number is another one."""
    return {
        path: text if path == "headline.csv" else re.sub(r"\d", "7", text)
        for path, text in book().shown.items()
    }


def test_a_comment_stays_short_and_says_what_it_leaves_out():
    text = book().shown["headline.csv"]
    moved = re.sub(r"(\d)\n", lambda m: f"{(int(m[1]) + 1) % 10}\n", text)
    files = {
        path: old.replace(" the ", " this ").replace(",verified,", ",secondary,")
        for path, old in book().files.items()
    }
    report = compare(book(), changed(everything_moved() | {"headline.csv": moved}, files), DAY)
    comment = markdown_report(report)
    assert 20_000 < len(comment) < LIMIT
    head, _details = comment.split("| Page |")
    assert head.count("\n| ") == 22  # the head, its line, twenty rows
    assert "the full report" in comment
    assert comment.count("<details>") == comment.count("</details>")


def test_the_page_is_whole_and_asks_for_nothing_elsewhere():
    text = html_report(compared(everything_moved()))
    page = _Nesting()
    page.feed(text)
    assert page.open == []
    assert all(a.startswith(("#", "../html/", "data:")) for a in page.asked)
    assert text.count("<style>") == 1 and not re.search(r"@import|url\(|fetch\(", text)


def test_what_a_change_brings_in_cannot_act_in_a_comment():
    words = "# T <b>@other\n\nAsk @someone ![x](https://example.org/x.png) <script>go</script> | `a` **b**.\n"
    report = compared(files={"chapters/new.md": words})
    page, comment = html_report(report), markdown_report(report)
    before, _fence, rest = comment.partition("```csv")
    comment = before + rest.partition("```")[2]  # in a block of code nothing acts
    assert "T &lt;b&gt;" in comment and not re.search(r"@other|@someone|!\[|(?<!\\)<b>", comment)
    assert "<script>go" not in comment + page and "<b>" not in page


def test_code_of_a_commit_that_cannot_be_run_gets_one_sentence(repository):
    with pytest.raises(NoSuchState, match="holds no package of its own") as fault:
        computed_at("HEAD", repository)
    assert "\n" not in str(fault.value)


def test_a_commit_is_computed_by_its_own_code(repository):
    package = repository / "code" / "assessment"
    files = {
        "__init__.py": "",
        "book/expected.py": "def snapshot():\n    return {'texts/index.csv': 'key,text\\nprice,11 NOK\\n'}\n",
        "case/model/precompute.py": "def make():\n    return []\n",
    }
    for path, text in files.items():
        (package / path).parent.mkdir(parents=True, exist_ok=True)
        (package / path).write_text(text, encoding="utf-8")
    git(repository, "add", "-A")
    git(repository, "commit", "-qm", "with code")
    state, other = computed_at("HEAD", repository)
    assert state.texts("index") == {"price": "11 NOK"} and doubts(state) == []
    assert other == ["headline.csv", "texts/index.csv"]

"""A book for another drug: what it holds, what it leaves behind, and what is refused."""

from datetime import date

import pytest

from assessment.book.new_book.answers import Answers, WrongAnswer
from assessment.book.new_book.new_book import book_files, new_book
from assessment.case.definition import load_case
from assessment.evidence import ROOT

DAY = date(2026, 1, 2)


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    folder = tmp_path_factory.mktemp("new") / "book"
    answers = Answers(
        "novatinib", folder, "nova", ("colon", "lung"), "placebo", "two carcinomas", today=DAY
    )
    return book_files(answers)


def test_nothing_of_this_case_is_left(files):
    """By the words that name this case, but those of the country and the control, which stay."""
    case = load_case()
    stays = {
        case.control.id,
        "Norway",
        "Norwegian",
        "Norwegians",
        "Norge",
        "norsk",
        "bokmål",
        "bokmaal",
    }
    stays |= {"Direktoratet for medisinske produkter", "DMP", "NoMA", "Nye metoder", "FDA"}
    stays |= {"egnethetsvurdering", "egnethetsnotat", "ID2025"}
    words = [word for word in case.words if word not in stays]
    tables = [
        name for name in files if name.parts[0] in ("data", "chapters") or name.suffix == ".md"
    ]
    found = {f"{name}: {word}" for name in tables for word in words if word in files[name].decode()}
    assert not found


def test_every_cohort_and_arm_has_its_rows(files):
    trial = files[next(name for name in files if name.name == "trial.csv")].decode()
    for cohort in ("colon", "lung"):
        for arm in ("novatinib", "placebo"):
            assert f"\nnova.pfs.{cohort}.{arm}.median," in trial
    assert "{{" not in trial and trial.count("unknown") == trial.count("\n") - 1


def test_the_seven_chapters_are_there(files):
    evidence = ("mechanism", "regulatory-status", "background", "pico", "trial-evidence")
    names = {name.as_posix() for name in files}
    assert {f"chapters/{name}.md" for name in (*evidence, "comparisons", "economics")} <= names


def test_the_code_that_begins_books_stays_here(files):
    assert not [name for name in files if "new_book" in name.parts]
    assert b"\nnew:" not in files[next(name for name in files if name.name == "Makefile")]


def test_one_book_is_told_apart_by_its_answers(files):
    assert (
        b"name: The assessment's contributors"
        in files[next(n for n in files if n.name == "CITATION.cff")]
    )
    config = files[next(name for name in files if name.name == "_config.yml")].decode()
    assert "title: Novatinib for two carcinomas" in config
    assert (ROOT / "_config.yml").read_text(encoding="utf-8").count("\n") == config.count("\n")


@pytest.mark.parametrize(
    ("answers", "says"),
    [
        (dict(drug="Nova Tinib"), "NAME: 'Nova Tinib'. Allowed: small letters"),
        (dict(drug="norway"), "NAME: 'norway' is taken"),
        (dict(drug="nova", trial="nova"), "must all differ"),
        (dict(drug="nova", cohorts=("a", "")), "COHORTS, number 2: ''"),
    ],
)
def test_a_wrong_answer_is_refused_and_nothing_is_written(tmp_path, answers, says):
    with pytest.raises(WrongAnswer, match=says):
        new_book(Answers(folder=tmp_path / "book", today=DAY, **answers))
    assert not list(tmp_path.iterdir())


def test_a_folder_with_files_is_left_alone(tmp_path):
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(WrongAnswer, match="is there already and holds files"):
        new_book(Answers("novatinib", tmp_path, today=DAY))
    assert [p.name for p in tmp_path.iterdir()] == ["mine.txt"]

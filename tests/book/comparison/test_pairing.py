"""Words and rows that belong together are told as one change."""

import pytest

from assessment.book.comparison.page_differences import page_differences
from assessment.book.comparison.reading.book_states import BookState
from assessment.book.comparison.reading.filled_prose import changed_sentences, sentences, title_of
from assessment.book.comparison.reading.table_rows import compared
from assessment.book.comparison.reading.word_diff import html, markdown


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("same", "same", "same"),
        ("at 4.1 million", "at 3.2 million", "at <del>4.1</del><ins>3.2</ins> million"),
        ("70\u202f000 NOK", "7000 NOK", "<del>70\u202f000</del><ins>7000</ins> NOK"),
        ("gain −0.65–1.1", "gain −0.6–1.1", "gain <del>−0.65</del><ins>−0.6</ins>–1.1"),
        ("on 2026-11-22", "on 2026-11-25", "on <del>2026-11-22</del><ins>2026-11-25</ins>"),
        ("", "a < b", "<ins>a &lt; b</ins>"),
        ("one two", "three four", "<del>one two</del><ins>three four</ins>"),
    ],
)
def test_words(before, after, told):
    assert html(before, after) == told


def test_markdown_keeps_marks_as_text():
    assert markdown("a_b", "a_c*") == "<del>a\\_b</del><ins>a\\_c\\*</ins>"


def cells(before: str, after: str, key=()) -> list:
    return [(c.before, c.after) for c in compared(before, after, key).rows]


def test_another_order_of_rows_is_no_change():
    assert not compared("a,b\nx,1\ny,2\n", "a,b\ny,2\nx,1\n")


def test_a_row_that_goes_leaves_the_others():
    before = "year,arm\n1,p\n2,p\n3,p\n"
    assert cells(before, "year,arm\n1,p\n3,p\n") == [(("2", "p"), None)]


def test_rows_are_paired_by_their_words_and_by_their_key():
    old, new = "a,b\nx,1\ny,2\n", "a,b\ny,3\nx,1\nz,4\n"
    assert cells(old, new) == [(("y", "2"), ("y", "3")), (None, ("z", "4"))]
    assert cells("id,t\n1,p\n2,q\n", "id,t\n2,q\n1,r\n", ["id"]) == [(("1", "p"), ("1", "r"))]


def test_a_range_that_moves_does_not_make_a_new_row():
    old = "who,what,range,low\nc,gain,△ 1 to 2 years,5\n"
    new = "who,what,range,low\nc,gain,△ 1 to 3 years,6\n"
    assert cells(old, new)[0][0] is not None and cells(old, new)[0][1] is not None


def test_a_new_column_is_told_and_cells_are_compared_by_column():
    found = compared("a,b\nx,1\n", "a,c,b\nx,9,1\n")
    assert (found.new_columns, found.gone_columns) == (("c",), ())
    assert [row.changed for row in found.rows] == [1]


def test_a_table_put_in_front_leaves_the_others():
    one, two = "a,b\nx,1\n", "c,d\ny,2\n"
    page = {"index.md": "# T\n", "_toc.yml": "root: index\n"}
    before = BookState("a", {"tables/index/01.csv": two}, page)
    after = BookState("b", {"tables/index/01.csv": one, "tables/index/02.csv": two}, page)
    (found,) = page_differences(before, after, (None, None))
    assert [(table.name, table.state) for table in found.tables] == [("table 1", "new")]


def test_sentences_are_those_of_a_reader():
    text = (
        "---\nkernel: x\n---\n# {nb}`Pris` · At what price?\n\n% a note\n(label)=\n"
        ":::{div} answer\nIt **is** {glue:text}`n`. See {doc}`chapters/x` {cite:p}`a2020`.\n:::\n"
        "```{code-cell} ipython3\n---\nmystnb:\n  figure:\n    caption: It rises by\n      {glue:text}`n`.\n"
        "---\nf()\n```\n"
    )
    assert sentences(text, {"n": "3 %"}, None) == [
        "Pris · At what price?",
        "It is 3 %.",
        "See x (a2020).",
        "It rises by 3 %.",
    ]
    assert title_of(text) == "At what price?"
    assert title_of("# In plain words · {nb}`kort fortalt`\n") == "In plain words"


def test_a_sentence_put_between_leaves_the_others():
    old = ["The first says one.", "The last says two."]
    new = ["The first says one.", "Quite another thing.", "The last says three."]
    assert changed_sentences(old, new) == [("", new[1]), (old[1], new[2])]

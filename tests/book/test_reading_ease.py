"""Reading ease as printed elsewhere and by hand, and of a page as it is measured."""

from __future__ import annotations

import pytest
from docutils import nodes
from docutils.utils import new_document
from sphinx import addnodes

from assessment.book.doctree.nodes import placeholder_node
from assessment.book.doctree.reading_ease import reading_ease, syllables
from assessment.book.sphinx import build_placeholders


# Flesch reading ease of two sentences as printed in the article "Flesch–Kincaid readability tests"
# of Wikipedia.
@pytest.mark.parametrize(
    ("text", "flesch"),
    [
        ("The cat sat on the mat.", 116),
        (
            (
                "This sentence, taken as a reading passage unto itself, is being used to prove a"
                " point."
            ),
            69,
        ),
    ],
)
def test_flesch_as_printed_elsewhere(text, flesch):
    assert reading_ease(text).flesch == pytest.approx(flesch, abs=0.5)


def test_lix_by_hand():
    """Eight words in two sentences, two of them longer than six letters: 8/2 + 100 × 2/8 = 29."""
    ease = reading_ease("Doctors treat the tumour. Patients live with it.")
    assert (ease.words, ease.sentences) == (8, 2) and ease.lix == pytest.approx(29)
    assert reading_ease("It was 8.4 months (7.6–12.7).").sentences == 1, (
        "a decimal point ends no sentence"
    )
    with pytest.raises(ValueError, match="no word"):
        reading_ease("…")


def test_a_page_is_measured_alone_when_print_puts_all_pages_into_one_tree():
    def page(said):
        found = new_document(said)
        found += nodes.section(
            "", nodes.paragraph("", said), placeholder_node("", what="reading-ease")
        )
        return found

    whole, short = page("A long page. " * 400), page("Two words.")
    within = addnodes.start_of_file()
    within.children = short.children  # as sphinx.util.nodes.inline_all_toctrees does
    whole[0] += within
    build_placeholders.measure(None, short, "short")
    whole[0].remove(whole[0][1])
    build_placeholders.measure(None, whole, "index")
    assert next(within.findall(placeholder_node))["ease"].words == 2


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("cabozantinib", 5),
        ("neuroendocrine", 5),
        ("disease", 2),
        ("medicine", 3),
        ("stopped", 1),
        ("people", 2),
        ("serious", 3),
        ("European", 4),
        ("62", 2),
    ],
)
def test_syllables(word, count):
    assert syllables(word) == count

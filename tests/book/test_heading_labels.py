"""A heading in the page's language; the official field's name is a label of its section."""

import pytest
from docutils import nodes
from docutils.frontend import get_default_settings
from docutils.parsers.rst import Parser
from docutils.utils import new_document

from assessment.book.doctree.nodes import language_node
from assessment.book.sphinx import heading_labels


def section(*parts: nodes.Node) -> nodes.section:
    document = new_document("page", get_default_settings(Parser))
    made = nodes.section("", nodes.title("", "", *parts), nodes.paragraph("", "words"))
    document += made
    heading_labels.FieldNames(document).apply()
    return made


def name(words: str) -> language_node:
    return language_node("", nodes.Text(words), lang="nb")


@pytest.mark.parametrize(
    "parts, heading, label",
    [
        ([name("Pris"), nodes.Text(" · At what price?")], "At what price?", "Pris"),
        ([name("Form"), nodes.Text(" · the note")], "The note", "Form"),
        ([nodes.Text("In plain words · "), name("kort fortalt")], "In plain words", "kort fortalt"),
        ([nodes.Text("What the "), name("note"), nodes.Text(" says")], "What the note says", None),
        ([name("Diskontering")], "Diskontering", None),
    ],
)
def test_the_name_leaves_the_heading(parts, heading, label):
    made = section(*parts)
    assert made.next_node(nodes.title).astext() == heading
    assert made.get(heading_labels.FIELD) == (label and ("nb", label))
    heading_labels.show_labels(None, made.document, "page")
    shown = [p.astext() for p in made.findall(nodes.paragraph) if "field-name" in p["classes"]]
    assert shown == ([label] if label else [])
    if label:
        assert made[0][0]["lang"] == "nb" and isinstance(made[1], nodes.title)

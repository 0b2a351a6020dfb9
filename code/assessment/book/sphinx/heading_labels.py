"""Headings in the page's language, with the name of the official note's field as a label above.

The source keeps both: ``## {nb}`Pris` · At what price?``. Contents, navigation, references and
bookmarks have the heading alone.
"""

from __future__ import annotations

from docutils import nodes
from sphinx.transforms import SphinxTransform

from assessment.book.doctree.nodes import language_node

DOT = "·"
FIELD = "field_name"  # attribute of a section: (language, words)


class FieldNames(SphinxTransform):
    """Takes the official name out of headings, before contents and references read them."""

    default_priority = 30  # after translations (20) and their marks (26)

    def apply(self, **kwargs) -> None:
        for title in self.document.findall(nodes.title):
            if isinstance(title.parent, nodes.section):
                _divide(title)


def _divide(title: nodes.title) -> None:
    """A name at the start or the end of a heading, divided from it by a dot, goes to its section."""
    if len(title) < 2:
        return
    for at, beside, strip in ((0, 1, str.lstrip), (-1, -2, str.rstrip)):
        name, words = title[at], title[beside]
        if not isinstance(name, language_node) or not isinstance(words, nodes.Text):
            continue
        bare = strip(words.astext())
        if not (bare.startswith(DOT) if at == 0 else bare.endswith(DOT)):
            continue
        rest = strip(strip(bare, DOT))
        title[beside] = nodes.Text(rest[:1].upper() + rest[1:] if at == 0 else rest)
        del title[at]
        title.parent[FIELD] = (name["lang"], name.astext())
        return


def show_labels(app, doctree: nodes.document, docname: str) -> None:
    """Puts the label of each section before its heading, where no contents are read any more."""
    for section in doctree.findall(nodes.section):
        if FIELD in section:
            lang, words = section[FIELD]
            label = nodes.paragraph("", "", language_node("", nodes.Text(words), lang=lang))
            label["classes"].append("field-name")
            section.insert(0, label)

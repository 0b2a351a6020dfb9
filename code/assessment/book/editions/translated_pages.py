"""What a translated page owes its readers: a sentence still in English says that it is English."""

from __future__ import annotations

from docutils import nodes
from sphinx.transforms import SphinxTransform
from sphinx.util.nodes import extract_messages

from assessment.presentation.language import ENGLISH


class MarkEnglish(SphinxTransform):
    """Marks paragraphs, headings and captions that no translation was found for as English.

    Screen readers and hyphenation then treat them as English; the class ``language-en`` becomes
    the attribute ``lang="en"`` in HTML.
    """

    default_priority = 26  # after Sphinx has put the translations in (20) and counted them (25)

    def apply(self, **kwargs) -> None:
        if self.config.language == ENGLISH:
            return
        for node, _message in extract_messages(self.document):
            words = isinstance(node, nodes.TextElement) and not isinstance(node, nodes.math_block)
            if words and not node.get("translated"):
                node["classes"].append(f"language-{ENGLISH}")

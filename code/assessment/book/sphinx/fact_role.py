"""The {fact} role: a number in prose is the name of a fact."""

from __future__ import annotations

from docutils import nodes
from sphinx.util import logging
from sphinx.util.docutils import SphinxRole
from sphinxcontrib.bibtex.roles import CiteRole

from assessment.book.doctree.nodes import fact_node, language_node
from assessment.case.definition import load_case
from assessment.evidence import UnknownFact, load_facts
from assessment.presentation import numbers

STYLES = ("full", "value", "bare", "interval")
logger = logging.getLogger(__name__)


class FactRole(SphinxRole):
    """``{fact}`id` `` shows value, unit and interval of a fact; ``{fact}`id|style` `` with style
    value, bare or interval less of it.

    On the site the number carries its source; in the PDF a citation follows it. An unknown id or
    style is a warning, which the strict build turns into a failure, and names the nearest ids.
    """

    def run(self):
        fact_id, _, style = (part.strip() for part in self.text.partition("|"))
        style = style or "full"
        try:
            fact = load_facts()[fact_id]
        except UnknownFact as fault:
            return self._fault(str(fault))
        if style not in STYLES:
            return self._fault(
                f"{{fact}}`{self.text}`: style '{style}' is not one of {', '.join(STYLES)}."
            )
        text = (
            numbers.fact_interval(fact) if style == "interval" else numbers.fact_text(fact, style)
        )
        node = fact_node("", nodes.Text(text), fact=fact.id)
        messages = []
        if fact.source:
            cites, messages = CiteRole()(
                "cite:p", f":cite:p:`{fact.source}`", fact.source, self.lineno, self.inliner
            )
            node += nodes.inline("", "\u00a0", *cites, classes=["fact-citation"])
        return [node], messages

    def _fault(self, message: str):
        logger.warning(message, location=self.get_location(), type="fact")
        return [nodes.problematic(self.rawtext, self.rawtext)], []


class OfficialLanguageRole(SphinxRole):
    """``{nb}`ord` `` marks words in the language of the official documents, so that screen readers
    and hyphenation treat them as such. The role is named as the language's code.
    """

    def run(self):
        return [language_node("", nodes.Text(self.text), lang=load_case().language.id)], []

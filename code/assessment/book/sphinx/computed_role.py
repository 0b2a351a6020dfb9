"""The {glue:text} role: a computed number in prose keeps what made it."""

from __future__ import annotations

from docutils import nodes
from myst_nb.core.variables import RetrievalError
from myst_nb.ext.glue.roles import PasteTextRole
from myst_nb.ext.glue.utils import retrieve_glue_data

from assessment.book.doctree.nodes import (
    computed_node,
)
from assessment.book.writers.computed_cards import SENTENCE
from assessment.presentation.show import COMPUTED_MIME


class ComputedRole(PasteTextRole):
    """``{glue:text}`name` `` as MyST-NB has it, with the origin that show.glue_all put beside the
    text.
    """

    def run(self):
        found, messages = super().run()
        try:
            origin = retrieve_glue_data(self.document, self.text.split(":")[0]).data.get(
                COMPUTED_MIME
            )
        except RetrievalError:  # the parent has told of it
            return found, messages
        if origin is None or len(found) != 1 or not isinstance(found[0], nodes.inline):
            return found, messages
        text = found[0].astext()
        rests = origin["facts"] or origin["tables"]
        if not text or not (rests or origin["function"] and len(text) <= SENTENCE):
            # words that rest on nothing answer nothing
            return [nodes.Text(text)] if text else [], messages
        return [computed_node("", nodes.Text(text), origin=origin, name=self.text)], messages

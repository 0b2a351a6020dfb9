"""The {glue:text} role: a computed number in prose keeps what made it."""

from __future__ import annotations

import json
from ast import literal_eval
from pathlib import Path

from docutils import nodes
from myst_nb.core.variables import RetrievalError
from myst_nb.ext.glue.roles import PasteTextRole
from myst_nb.ext.glue.utils import glue_warning, retrieve_glue_data

from assessment.book.doctree.nodes import computed_node
from assessment.book.writers.computed_cards import SENTENCE
from assessment.presentation.show import COMPUTED_MIME


class ComputedRole(PasteTextRole):
    """``{glue:text}`name` `` as MyST-NB has it, with the origin that show.glue_all put beside the
    text.
    """

    def run(self):
        # Sphinx parses a translated sentence when the chapter has been read; by then MyST-NB has
        # forgotten what the chapter glued.
        if "nb_renderer" not in self.document:
            return self._run_in_translation()
        found, messages = super().run()
        try:
            origin = retrieve_glue_data(self.document, self.text.split(":")[0]).data.get(
                COMPUTED_MIME
            )
        except RetrievalError:  # the parent has told of it
            return found, messages
        return _with_origin(found, messages, origin, self.text)

    def _run_in_translation(self):
        """The text from the file that MyST-NB keeps of what a chapter glued."""
        glued = _glued_texts(self.document.settings.env)
        if self.text not in glued:
            message = f"No key {self.text!r} found in glue data for this document."
            return [], [glue_warning(message, self.document, self.line)]
        data = glued[self.text]["data"]
        text = nodes.inline("", literal_eval(data["text/plain"]))
        return _with_origin([text], [], data.get(COMPUTED_MIME), self.text)


def _glued_texts(env) -> dict[str, dict]:
    """What the chapter being read glued, by name; read once per chapter."""
    kept = env.temp_data.get("assessment_glued")  # Sphinx empties temp_data with every document
    if kept is None:
        file = Path(env.mystnb_config.output_folder, f"{env.docname}.glue.json")
        kept = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
        env.temp_data["assessment_glued"] = kept
    return kept


def _with_origin(found: list, messages: list, origin: dict | None, name: str):
    """The glued text as a number that answers back, where it rests on something."""
    if origin is None or len(found) != 1 or not isinstance(found[0], nodes.inline):
        return found, messages
    text = found[0].astext()
    rests = origin["facts"] or origin["tables"]
    if not text or not (rests or origin["function"] and len(text) <= SENTENCE):
        # words that rest on nothing answer nothing
        return [nodes.Text(text)] if text else [], messages
    return [computed_node("", nodes.Text(text), origin=origin, name=name)], messages

"""How numbers by analysis set, and the control that chooses among the sets, are written into HTML."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from docutils import nodes

from assessment.book.doctree.nodes import set_number_node, set_switch_node
from assessment.book.writers.text_writer import fact
from assessment.book.writers.writing_state import is_pdf, page_of
from assessment.case.definition import load_case
from assessment.pages.trial_evidence.shared.trial_words import SETS
from assessment.presentation.language import _

READ_BY = {
    "independent": _("progression read by independent reviewers"),
    "investigator": _("progression read by the treating hospitals"),
}


def visit_set_number(self, node: set_number_node) -> None:
    """Opens the base set's number; the writer then goes on to the number itself."""
    if not is_pdf(self):
        self.body.append(f'<span class="{_look(node)}" data-set="{node["set"]}">')


def depart_set_number(self, node: set_number_node) -> None:
    """The other sets' numbers, hidden until a reader asks for them."""
    if is_pdf(self):
        return
    self.body.append("</span>")
    for one in node["others"]:
        text = fact(self, one["fact"], one["text"]) if one["fact"] else escape(one["text"])
        self.body.append(f'<span class="{_look(one)}" data-set="{one["set"]}" hidden>{text}</span>')


def _look(number: Mapping | set_number_node) -> str:
    return "by-set" if number["printed"] else "by-set not-printed"


def visit_set_switch(self, node: set_switch_node) -> None:
    """A row of choices, hidden without script, and a sentence that says which set is shown."""
    case = load_case()
    said = {one.id: _told(one) for one in case.divisions}
    base = escape(said[case.base_set.id])
    if is_pdf(self):
        self.body.append(f'<p class="set-shown">{base}</p>')
        raise nodes.SkipNode
    choices = "".join(
        f'<label for="set-{one.id}"><input type="radio" name="analysis-set" id="set-{one.id}"'
        f' value="{one.id}" data-told="{escape(said[one.id], quote=True)}"'
        f"{' checked' if one is case.base_set else ''}>{escape(SETS[one.id])}</label>"
        for one in case.divisions
    )
    missing = escape(_("It prints no number for {missing} of the {all} places."), quote=True)
    up = self.builder.get_relative_uri(page_of(self), "index").rpartition("index.html")[0]
    self.body.append(
        f'<div class="set-switch" data-missing="{missing}"><fieldset hidden>'
        f"<legend>{escape(_('Numbers on this page from'))}</legend>{choices}</fieldset>"
        f'<p class="set-shown" role="status">{base}</p>'
        f'<script defer src="{up}_static/book/set-switch.js"></script></div>'
    )
    raise nodes.SkipNode


def _told(one) -> str:
    """Which set is shown, and who read progression in it."""
    shown = _("Shown: {set}").format(set=one.label)
    read_by = READ_BY.get(one.assessor or "")
    return f"{shown}, {read_by}." if read_by else f"{shown}."

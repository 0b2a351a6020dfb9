"""Numbers that an analysis set of the trial prints: the reader chooses which set a page shows.

``{by-set}`pfs.<cohort>.hazard_ratio` `` is the number of the base set, with those of the other sets
behind it; ``{set-switch}`` is the control that chooses among them.
"""

from __future__ import annotations

from typing import TypeGuard

from docutils import nodes
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective, SphinxRole

from assessment.book.doctree.nodes import fact_node, set_number_node, set_switch_node
from assessment.case.trial.trial import BASE_SET, DIVISIONS, PREFIXES, load_trial
from assessment.evidence import Fact, load_facts
from assessment.presentation import numbers
from assessment.presentation.language import _

STYLES = ("full", "value", "bare")
NOT_PRINTED = _("not printed")
logger = logging.getLogger(__name__)


def shown(fact: Fact | None, style: str = "full") -> str:
    """A set's number as the page shows it; words where the set has none."""
    return numbers.fact_text(fact, style) if _is_printed(fact) else NOT_PRINTED


def _is_printed(fact: Fact | None) -> TypeGuard[Fact]:
    return fact is not None and fact.status != "unknown"


class SetNumberRole(SphinxRole):
    """``{by-set}`rest|style` ``: the fact ``<prefix of the set>.<rest>`` of every analysis set.

    Without script, in print and in the text of the page it is the base set's. A name that no set
    has is a warning, which the strict build turns into a failure.
    """

    def run(self):
        rest, _bar, style = (part.strip() for part in self.text.partition("|"))
        style = style or "full"
        found = {name: load_trial(name).find(rest) for name in DIVISIONS}
        if style not in STYLES:
            return self._fault(
                f"{{by-set}}`{self.text}`: style '{style}' is not one of {', '.join(STYLES)}."
            )
        if not any(found.values()):
            nearest = load_facts().nearest(f"{PREFIXES[BASE_SET]}.{rest}")
            return self._fault(f"{{by-set}}`{self.text}`: no analysis set has this fact. {nearest}")
        base = found.pop(BASE_SET)
        text = nodes.Text(shown(base, style))
        others = [
            {
                "set": name,
                "fact": fact.id if fact else "",
                "text": shown(fact, style),
                "printed": _is_printed(fact),
            }
            for name, fact in found.items()
        ]
        child = fact_node("", text, fact=base.id) if base else text
        printed = _is_printed(base)
        return [set_number_node("", "", child, set=BASE_SET, printed=printed, others=others)], []

    def _fault(self, message: str):
        logger.warning(message, location=self.get_location(), type="fact")
        return [nodes.problematic(self.rawtext, self.rawtext)], []


class SetSwitch(SphinxDirective):
    """The control that chooses the analysis set whose numbers the page shows."""

    def run(self):
        return [set_switch_node("")]

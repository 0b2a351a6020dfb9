"""The states of living patients, as figures of the base case show them."""

from __future__ import annotations

from assessment.presentation import colour_grammar
from assessment.presentation.language import _

STATES = ("progression_free", "progressed")
STATE_NAMES = {
    "progression_free": _("before progression"),
    "progressed": _("after progression"),
}
STATE_COLOURS = dict(zip(("progression_free", "progressed"), colour_grammar.ramp(2)))

"""The states of living patients, as figures of the base case show them."""

from __future__ import annotations

from assessment.presentation import theme
from assessment.presentation.language import _

STATES = ("progression_free", "progressed")
STATE_NAMES = {
    "progression_free": _("before progression"),
    "progressed": _("after progression"),
}
# dark enough for white labels, and no arm's colour
STATE_COLOURS = {"progression_free": theme.GREEN, "progressed": theme.PURPLE}

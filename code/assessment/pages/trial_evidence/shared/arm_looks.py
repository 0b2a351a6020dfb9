"""How the arms look in pictures, in words: the strokes and colours of ``data/case.csv``."""

from __future__ import annotations

from assessment.pages.trial_evidence.shared.trial_words import CASE
from assessment.presentation.language import _

COLOURS = {
    "blue": _("blue"),
    "orange": _("orange"),
    "green": _("green"),
    "purple": _("purple"),
    "sky": _("light blue"),
    "gold": _("gold"),
    "grey": _("grey"),
    "muted": _("dark grey"),
    "ink": _("black"),
}
MARKS = {"circle": "●", "square": "■", "diamond": "◆", "triangle-up": "▲", "triangle-down": "▼"}
COLOUR = {arm.id: COLOURS.get(arm.colour, arm.colour) for arm in CASE.arms}
MARK = {arm.id: MARKS.get(arm.shape, "●") for arm in CASE.arms}
# a line without gaps is solid
STROKE = {arm.id: _("dashed") if arm.dash[1] else _("solid") for arm in CASE.arms}

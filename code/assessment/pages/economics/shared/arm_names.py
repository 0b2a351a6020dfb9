"""The arms that figures of the chapter show, and their names."""

from __future__ import annotations

from assessment.presentation.language import _

ARMS = ("cabozantinib", "placebo")
ARM_NAMES = {"cabozantinib": _("Cabozantinib"), "placebo": _("Placebo")}

"""The names of the arms in figures and tables of the chapter."""

from __future__ import annotations

from assessment.presentation.language import _

ARM_NAMES = {"cabozantinib": _("Cabozantinib"), "placebo": _("Placebo")}

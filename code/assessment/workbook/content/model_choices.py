"""Settings of the model that the workbook offers as lists of words."""

from __future__ import annotations

from dataclasses import dataclass

from assessment.case.model.inputs.settings import BACKGROUND_THERAPY_UNTIL, TREATMENT_ENDS
from assessment.presentation.language import _

YES_NO = {True: "yes", False: "no"}


@dataclass(frozen=True)
class Choice:
    """A setting of ``Settings`` and the words for its values."""

    setting: str
    label: str
    options: tuple[str, ...]


CHOICES = (
    Choice("treatment_ends", _("Treatment ends at"), TREATMENT_ENDS),
    Choice(
        "background_therapy_until",
        _("Therapy beside the drug goes on until"),
        BACKGROUND_THERAPY_UNTIL,
    ),
    Choice("crossover_paid", _("Drug after crossover is charged"), tuple(YES_NO.values())),
    Choice("age_adjusted", _("Utilities fall with age"), tuple(YES_NO.values())),
    Choice("vat", _("Costs with value added tax on drugs"), tuple(YES_NO.values())),
)


def as_setting(choice: str, written: str) -> str | bool:
    """The value of a setting from the word in its cell."""
    options = next(c.options for c in CHOICES if c.setting == choice)
    if options == tuple(YES_NO.values()):
        return written == YES_NO[True]
    return written

"""Warnings for whoever calls a function from a notebook or a program of their own."""

from __future__ import annotations

import sys
import warnings
from collections.abc import Iterable

PACKAGE = __name__.split(".")[0]
WRAPPER = f"{PACKAGE}.evidence.arguments.checked_arguments"


class EvidenceWarning(UserWarning):
    """Printed numbers cannot all be right; the result rests on all of them."""


def told_to_user(sentences: Iterable[str]) -> None:
    """Warns with each sentence where the function that asks for it was called from outside of this
    package; code of the package reads them from the result and shows them in its own place.
    """
    frame, level = sys._getframe(2), 3
    while frame.f_back is not None and frame.f_globals.get("__name__") == WRAPPER:
        frame, level = frame.f_back, level + 1
    if str(frame.f_globals.get("__name__", "")).split(".")[0] != PACKAGE:
        for sentence in sentences:
            warnings.warn(sentence, EvidenceWarning, stacklevel=level)

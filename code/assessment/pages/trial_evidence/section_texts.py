"""The chapter's computed texts, section by section: a chapter glues those of the sections it has.

Each function needs facts of its own section alone and leaves out a text whose facts are missing.
"""

from __future__ import annotations

from assessment.pages.trial_evidence.curves import curve_texts
from assessment.pages.trial_evidence.effects import trial_texts
from assessment.pages.trial_evidence.shared import this_case


def record_texts() -> dict[str, str]:
    """How many facts on the trial the book has, and how many of them are not known."""
    return trial_texts.record_texts()


def size_texts() -> dict[str, str]:
    """Patients who are in another cohort in another analysis set."""
    return trial_texts.size_texts()


def progression_texts() -> dict[str, str]:
    """Of progression-free survival: ratio of medians, and gains and shares of the curves."""
    return trial_texts.median_ratio_texts() | curve_texts.endpoint_texts("pfs")


def survival_texts() -> dict[str, str]:
    """Of overall survival: deaths implied, and gains and shares of the curves."""
    return trial_texts.implied_death_texts() | curve_texts.endpoint_texts("os")


def curve_method_texts() -> dict[str, str]:
    """How the curves are made and how far they can be trusted."""
    return curve_texts.family_texts() | curve_texts.check_texts()


def harm_texts() -> dict[str, str]:
    """Severe adverse events by arm."""
    return trial_texts.severe_event_texts()


def own_texts() -> dict[str, str]:
    """What is told of this trial alone."""
    return this_case.own_texts()


def texts() -> dict[str, str]:
    """Every computed text of the page."""
    return {
        **record_texts(),
        **size_texts(),
        **progression_texts(),
        **survival_texts(),
        **curve_method_texts(),
        **harm_texts(),
        **own_texts(),
    }

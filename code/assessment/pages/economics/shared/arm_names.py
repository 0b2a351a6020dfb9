"""The names of the arms and of other treatments in figures and tables of the chapter."""

from __future__ import annotations

from assessment.case.trial.trial import CASE


def sentence_start(text: str) -> str:
    """The text with its first letter as at the start of a sentence."""
    return text[:1].upper() + text[1:]


ARM_NAMES = {arm.id: sentence_start(arm.label) for arm in CASE.arms}
# As in the middle of a sentence, by the name at its start.
NAMES_WITHIN = {ARM_NAMES[arm.id]: arm.label for arm in CASE.arms}
# The words that fill the places of a sentence.
DRUG, CONTROL_NAME = CASE.drug.label, CASE.control.label


def comparator_label(comparator: str) -> str:
    """The name of a treatment that the drug is compared with, by its id."""
    labels = {c.id: c.label for c in CASE.comparators} | {CASE.control.id: CASE.control.label}
    return labels.get(comparator, comparator)


def trial_label(trial: str) -> str:
    """The name of another trial, by its id."""
    return {t.id: t.label for t in CASE.other_trials}.get(trial, trial)

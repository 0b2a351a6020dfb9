"""Whom the drug is charged to in the control arm: survival that includes what crossover did, and the
cost of crossover, belong together.
"""

from __future__ import annotations

from assessment.case.model.inputs.settings import CONTROL, Settings
from assessment.case.trial.trial import has_number, load_trial


def crossover_share(settings: Settings) -> float:
    """Share of the control arm's patients, 0 to 1, who are charged the drug after progression: those
    who crossed over, where survival is as observed with them; 0 where it is adjusted, where the
    settings leave it out, or where no crossover is printed.
    """
    crossed = load_trial(settings.analysis_set).crossover(settings.cohort)
    if not _asked(settings) or not has_number(crossed):
        return 0.0
    return crossed.number / 100


def crossover_unknown(settings: Settings) -> bool:
    """Whether crossover should be charged and no share is printed for the analysis set."""
    crossed = load_trial(settings.analysis_set).crossover(settings.cohort)
    return _asked(settings) and not has_number(crossed)


def _asked(settings: Settings) -> bool:
    return (
        settings.crossover_paid
        and settings.comparator == CONTROL
        and settings.survival_effect != "without crossover"
    )

"""Deaths that stand behind a hazard ratio, read off the width of its interval."""

from __future__ import annotations

from assessment.case.trial.trial import BASE_SET, events_behind, load_trial
from assessment.evidence import Fact
from assessment.presentation import numbers


def allocation() -> float | None:
    """Patients in the treated arm for each in the control arm, from the trial's allocation ratio as
    printed, treated to control ("2:1"); None where it is not among the facts.

    Raises ValueError where the fact is no ratio.
    """
    printed = load_trial(BASE_SET).find("design.ratio")
    if printed is None or printed.value is None:
        return None
    treated, _colon, control = str(printed.value).partition(":")
    return float(treated) / float(control)


def implied_deaths(hazard_ratio: Fact | None) -> str | None:
    """As many deaths as the 95 % interval of a hazard ratio implies, as text; None without such an
    interval, or where it is not known how patients were allocated.
    """
    if hazard_ratio is None or hazard_ratio.interval != "ci95" or not hazard_ratio.low:
        return None
    patients = allocation()
    return None if patients is None else numbers.number(events_behind(hazard_ratio, patients))

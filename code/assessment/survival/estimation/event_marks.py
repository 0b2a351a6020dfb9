"""Times and event marks of patients, checked: what is no time or no mark must not become a number."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike


def event_marks(observed: ArrayLike) -> np.ndarray:
    """(n,) True where the event was observed, from marks 1 / 0 or True / False.

    Raises ValueError for any other mark, a missing one included.
    """
    marks = np.asarray(observed).ravel()
    if marks.dtype == bool:
        return marks
    try:
        numbers = marks.astype(float)
    except (TypeError, ValueError):
        raise ValueError(
            f"event marks are 1 for an event and 0 for censored; found {marks[0]!r}. Turn the words"
            " into marks, e.g. observed == 'yes'."
        ) from None
    wrong = (numbers != 0) & (numbers != 1)
    if wrong.any():
        row = int(np.argmax(wrong))
        raise ValueError(
            f"event marks are 1 for an event and 0 for censored; found {numbers[row]:g} in row {row}."
            " If another number marks events, as 2 does in R, give observed == 2; fill in missing"
            " marks."
        )
    return numbers == 1


def patient_times(durations: ArrayLike) -> np.ndarray:
    """(n,) follow-up times. Raises ValueError where there are none, or one is negative or not finite."""
    try:
        times = np.asarray(durations, float).ravel()
    except (TypeError, ValueError):
        raise ValueError(
            f"follow-up times are numbers; found {np.asarray(durations, object).ravel()[0]!r}. Turn dates"
            " and text into times since the start."
        ) from None
    if times.size == 0:
        raise ValueError("no patients: give at least one follow-up time.")
    wrong = ~(np.isfinite(times) & (times >= 0))
    if wrong.any():
        row = int(np.argmax(wrong))
        raise ValueError(
            f"follow-up times are finite and not negative; found {times[row]:g} in row {row}. Correct"
            " the time, or leave the patient out and say so."
        )
    return times


def fraction(level: float, name: str = "level") -> float:
    """A share above 0 and below 1. Raises ValueError for any other number, such as 95 for 95 %."""
    if not 0 < level < 1:
        raise ValueError(f"{name} {level:g}: give it as a fraction, 0.95 for 95 %.")
    return level


def same_length(**columns: np.ndarray) -> None:
    """Raises ValueError where the columns, given by their names, do not have one value per patient."""
    sizes = {name: column.size for name, column in columns.items()}
    if len(set(sizes.values())) > 1:
        told = ", ".join(f"{size} {name}" for name, size in sizes.items())
        raise ValueError(f"one value per patient is needed; found {told}.")


def two_arms(
    durations: ArrayLike, observed: ArrayLike, treated: ArrayLike
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Times, event marks and arms of a comparison as (n,) arrays of numbers, each checked.

    Raises ValueError as the functions above, and where there is only one arm.
    """
    time, event = patient_times(durations), event_marks(observed)
    try:
        arm = event_marks(treated)
    except ValueError:
        raise ValueError("treated: give 1 for the treated arm and 0 for the control arm.") from None
    same_length(durations=time, observed=event, treated=arm)
    if arm.all() or not arm.any():
        raise ValueError("treated: all patients are in one arm. A comparison needs both.")
    return time, event.astype(float), arm.astype(float)

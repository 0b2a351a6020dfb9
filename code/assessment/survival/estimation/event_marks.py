"""Times and event marks of patients, checked: what is no time or no mark must not become a number."""

from __future__ import annotations

from numbers import Real
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from assessment.evidence.arguments.number_arguments import ONE_LOOSE, as_numbers, shown

# How an arm may be written, everywhere: in words, in short, and as a mark in a column.
ARMS: dict[str | Real | float | None, str] = {
    "treated": "t",
    "control": "c",
    "t": "t",
    "c": "c",
    1.0: "t",
    0.0: "c",
}


def event_marks(observed: ArrayLike) -> np.ndarray:
    """(n,) True where the event was observed, from marks 1 / 0 or True / False.

    Raises ValueError for any other mark, a missing one included.
    """
    if isinstance(observed, np.ndarray) and observed.dtype == bool:
        return observed.ravel()
    marks = observed
    if isinstance(observed, (list, tuple, np.ndarray)) and all(
        isinstance(mark, str) and mark in "01" for mark in observed
    ):
        marks = [float(mark or "nan") for mark in observed]  # marks as text, read as they stand
    try:
        numbers = as_numbers("event marks", marks).ravel()
    except ValueError as fault:
        raise ValueError(
            f"event marks are 1 for an event and 0 for censored. {fault} Turn the words"
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
        times = as_numbers("follow-up times", durations).ravel()
    except ValueError as fault:
        raise ValueError(f"{fault} Turn dates and text into times since the start.") from None
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
    level = ONE_LOOSE(name, level)
    if not 0 < level < 1:
        raise ValueError(f"{name} {level:g}: give it as a fraction, 0.95 for 95 %.")
    return level


def same_length(**columns: np.ndarray) -> None:
    """Raises ValueError where the columns, given by their names, do not have one value per patient."""
    sizes = {name: column.size for name, column in columns.items()}
    if len(set(sizes.values())) > 1:
        told = ", ".join(f"{size} {name}" for name, size in sizes.items())
        raise ValueError(f"one value per patient is needed; found {told}.")


def arm_key(name: str, arm: Any) -> str:
    """ "t" for the treated arm, "c" for the control arm: from these, "treated" and "control", or 1 and 0.

    Raises ValueError for anything else.
    """
    written = arm if isinstance(arm, (str, Real)) else None
    if written not in ARMS:
        raise ValueError(
            f"{name}: found {shown(arm)}. An arm is 'treated' or 'control', in short 't' or 'c', in"
            " columns 1 or 0."
        )
    return ARMS[written]


def arm_marks(treated: ArrayLike) -> np.ndarray:
    """(n,) True for patients of the treated arm, each arm given as ``arm_key`` takes it.

    Raises ValueError for anything else.
    """
    found = np.asarray(treated, None if isinstance(treated, np.ndarray) else object).ravel()
    if found.dtype == bool:
        return found
    if found.dtype.kind in "iuf" and np.all((found == 0) | (found == 1)):
        return found == 1
    return np.array(
        [arm_key("treated: give 1 for the treated arm", arm) == "t" for arm in found], bool
    )


def two_arms(
    durations: ArrayLike, observed: ArrayLike, treated: ArrayLike
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Times, event marks and arms of a comparison as (n,) arrays of numbers, each checked.

    Raises ValueError as the functions above, and where there is only one arm.
    """
    time, event = patient_times(durations), event_marks(observed)
    arm = arm_marks(treated)
    same_length(durations=time, observed=event, treated=arm)
    if arm.all() or not arm.any():
        raise ValueError("treated: all patients are in one arm. A comparison needs both.")
    return time, event.astype(float), arm.astype(float)

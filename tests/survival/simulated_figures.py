"""Figures of simulated arms in every combination of censoring, length of axis and table, size and clicks,
each with its patients, to see whether a reconstruction keeps them all.
"""

from dataclasses import dataclass

import numpy as np

from assessment.survival import at_risk_table, kaplan_meier, reconstruct_ipd

SIZES, CLICKS = (10, 25, 60, 120, 300, 1000), (20, 60, 120, 500, 2000)
CENSORING = ("none", "even", "early", "administrative")
AXIS_ENDS = ("before", "at", "after", "with the last patient")
TABLES = ("as the axis", "longer", "shorter", "first number only", "starts late")
READ_AS = ("clicks", "clean points", "corners", "whole units", "rounded")


@dataclass(frozen=True, eq=False)
class Figure:
    """What is read off a figure, and what is behind it: n patients and `events` up to its end."""

    points: np.ndarray
    table: np.ndarray
    n: int
    events: int
    drawn_as: str


def simulated_figure(seed: int, sizes: tuple[int, ...] = SIZES) -> Figure:
    """A figure that is true to its patients, but for the errors of the clicks."""
    rng = np.random.default_rng([19, seed])
    n, clicks = int(rng.choice(sizes)), int(rng.choice(CLICKS))
    censoring, ends, table, read_as = (
        str(rng.choice(x)) for x in (CENSORING, AXIS_ENDS, TABLES, READ_AS)
    )
    time, event = _patients(rng, n, censoring)
    if read_as == "whole units":
        time = np.ceil(time)
    last, step = float(time.max()), max(float(np.round(time.max() / 6, 1)), 0.1)
    printed = step * np.arange(1 + int(rng.integers(1, 6)))
    axis = {
        "before": printed[-1] - 0.3 * step,
        "at": printed[-1],
        "after": printed[-1] + 0.4 * step,
        "with the last patient": last,
    }[ends]
    end = min(axis, last)
    printed = {
        "as the axis": printed,
        "longer": step * np.arange(printed.size + 2),
        "shorter": printed[: max(printed.size - 2, 1)],
        "first number only": printed[:1],
        "starts late": printed[1:],
    }[table]
    numbers = np.c_[printed, at_risk_table(time, printed)]
    points = _points(rng, kaplan_meier(time, event), end, clicks, read_as)
    drawn_as = f"{censoring}, axis {ends}, table {table}, {read_as}, n={n}, {clicks} clicks"
    return Figure(points, numbers, n, int(event[time <= end].sum()), drawn_as)


def lost_in(figure: Figure, seed: int) -> str | None:
    """What the patients rebuilt from a figure do not keep of it, in words; None where they keep all."""
    rng = np.random.default_rng(seed)
    total = figure.events if rng.random() < 0.5 else None
    try:
        made = reconstruct_ipd(figure.points, figure.table, total, n=figure.n)
    except Exception as fault:
        return f"{figure.drawn_as}: {type(fault).__name__}: {fault}"
    numbers = at_risk_table(made.durations, figure.table[:, 0])
    times_are_sound = np.all(np.isfinite(made.durations) & (made.durations >= 0))
    total_is_met = total is None or made.events == total or bool(made.conflicts)
    if made.n != figure.n or np.any(numbers != figure.table[:, 1]):
        return f"{figure.drawn_as}: {made.n} of {figure.n} patients, at risk {numbers}"
    return None if times_are_sound and total_is_met else f"{figure.drawn_as}: times or total"


def _patients(rng, n, censoring):
    """(time, event): a Weibull law of any shape, in months, seen as long as the censoring lets."""
    died = 10 * rng.weibull(rng.uniform(0.5, 2), n) + 0.05
    followed = {
        "none": np.full(n, np.inf),
        "even": rng.uniform(2, 30, n),
        "early": rng.exponential(6, n) + 0.05,
        "administrative": np.full(n, rng.uniform(8, 20)),
    }[censoring]
    time, event = np.minimum(died, followed), (died <= followed).astype(int)
    event[np.argmin(time)] = 1
    return time, event


def _points(rng, curve, end, clicks, read_as):
    if read_as == "corners":
        before = np.concatenate([[1.0], curve.survival[:-1]])
        steps = np.c_[np.repeat(curve.times, 2), np.c_[before, curve.survival].ravel()]
        steps = steps[steps[:, 0] <= end]
        return np.vstack([[[0.0, 1.0]] * 2, steps, [end, curve.at(end)]])
    grid = np.linspace(0, end, clicks)
    if read_as == "clean points":
        return np.c_[grid, curve.at(grid)]
    missed = np.sort(np.clip(grid + rng.normal(0, 0.003 * end, clicks), 0, end))
    missed[-1] = end
    seen = np.clip(curve.at(missed) + rng.normal(0, 0.003, clicks), 0, 1)
    return (
        np.c_[np.round(missed, 1), np.round(seen, 3)]
        if read_as == "rounded"
        else np.c_[missed, seen]
    )

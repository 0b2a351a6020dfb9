"""Curves of many draws as occupancy asks for them: some draws at a time, again and again at the
same times.

Results have shape (draws, times). Times are in the unit of the curves; limits hold for months.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import cast

import numpy as np

from assessment.evidence.arguments.number_arguments import TIMES, numbers
from assessment.evidence.arguments.object_arguments import CURVE
from assessment.survival.distributions.curve_protocol import Curve, CurveDraws
from assessment.survival.distributions.distribution import Distribution

LARGEST_CUMULATIVE = 700.0  # exp(-700) is still above 0
# Per month; a curve that dies this fast is empty within months. Integrated over a lifetime it stays
# below LARGEST_CUMULATIVE, so that a fading effect cannot bring anyone back to life.
LARGEST_HAZARD = 1.0
KEPT_TIMES, FEW_TIMES = 2_100, 50


@dataclass(frozen=True, eq=False)
class ProportionalHazards:
    """A curve with its hazard multiplied by a hazard ratio.

    ``curve``: the curve it stands on. ``ratio``: above 0, one number or one for each draw, (draws,).
    """

    curve: Curve
    ratio: float | np.ndarray

    def __post_init__(self):
        CURVE("curve", self.curve)
        numbers(above=0, dims=(0, 1))("ratio", self.ratio)

    def cumulative_hazard(self, t: np.ndarray) -> np.ndarray:
        """H(t) × ratio, (draws, times)."""
        return (
            self.curve.cumulative_hazard(np.atleast_1d(TIMES("t", t)))
            * np.asarray(self.ratio)[..., None]
        )

    def hazard(self, t: np.ndarray) -> np.ndarray:
        """h(t) × ratio, (draws, times)."""
        return self.curve.hazard(np.atleast_1d(TIMES("t", t))) * np.asarray(self.ratio)[..., None]

    def survival(self, t: np.ndarray) -> np.ndarray:
        """S(t) to the power of the ratio, (draws, times)."""
        return np.exp(-self.cumulative_hazard(t))

    def draws(self, rows: slice) -> ProportionalHazards:
        """The same for some of the draws of ``curve``; a ratio for each draw goes with its draw."""
        ratio = np.asarray(self.ratio)
        some_draws = cast(CurveDraws, self.curve).draws(rows)
        return ProportionalHazards(some_draws, ratio[rows] if ratio.ndim else self.ratio)


@dataclass(frozen=True, eq=False)
class SelectedDraws:
    """Chosen draws of a curve that is stored family by family.

    ``parts``: the chosen draws of each family. ``order``: (draws,) integers that bring the parts'
    draws, one part after the other, into the order chosen.

    Values at the times asked for are kept, up to about KEPT_TIMES of them: runs that change
    something else ask for the same times again. Fewer than FEW_TIMES new ones are not worth
    keeping.
    """

    parts: tuple[Distribution, ...]
    order: np.ndarray
    _kept: dict[str, list[tuple[np.ndarray, np.ndarray]]] = field(default_factory=dict)

    @classmethod
    def of(cls, parts: tuple[Distribution, ...], rows: np.ndarray) -> SelectedDraws:
        """The draws ``rows`` of all ``parts``, in that order.

        ``rows``: (draws,) integers that count through the draws of the parts, one after the other.
        """
        ends = np.cumsum([part.draw_shape[0] for part in parts])
        owner = np.searchsorted(ends, rows, side="right")
        by_part = np.argsort(owner, kind="stable")
        local = rows - (ends - [part.draw_shape[0] for part in parts])[owner]
        chosen = tuple(
            part.draw(local[owner == k]) for k, part in enumerate(parts) if np.any(owner == k)
        )
        return cls(chosen, np.argsort(by_part, kind="stable"))

    def survival(self, t: np.ndarray) -> np.ndarray:
        """S(t) at increasing times, (draws, times)."""
        return self.values_at("survival", t)

    def cumulative_hazard(self, t: np.ndarray) -> np.ndarray:
        """H(t) at increasing times, at most LARGEST_CUMULATIVE; (draws, times)."""
        return self.values_at("cumulative_hazard", t)

    def hazard(self, t: np.ndarray) -> np.ndarray:
        """h(t) at increasing times, at most LARGEST_HAZARD; (draws, times)."""
        return self.values_at("hazard", t)

    def draws(self, rows: slice) -> DrawSlice:
        """The same curve for some of its draws; what is kept is shared."""
        return DrawSlice(self, rows)

    def values_at(self, what: str, t: np.ndarray, rows: slice = slice(None)) -> np.ndarray:
        """(draws of ``rows``, times) at increasing times.

        ``what``: "survival", "cumulative_hazard" or "hazard".
        """
        t = np.asarray(t, float)
        sets = self._kept.setdefault(what, [])
        place, found, values = max(
            ((*_places(known, t), values) for known, values in sets),
            key=lambda candidate: candidate[1].sum(),
            default=(np.zeros(t.size, int), np.zeros(t.size, bool), np.empty((0, 0))),
        )
        if found.all():
            return (
                values[rows, place[0] : place[-1] + 1]
                if place[-1] - place[0] == t.size - 1
                else values[rows].take(place, axis=1)
            )
        new = t[~found]
        if new.size >= FEW_TIMES and new.size + sum(known.size for known, _ in sets) <= KEPT_TIMES:
            # one stretch that is looked up as it stands
            sets.append((t, self._computed(what, t)))
            return self.values_at(what, t, rows)
        owner = self if rows == slice(None) else SelectedDraws.of(self.parts, self.order[rows])
        fresh = owner._computed(what, new)
        if not found.any():
            return fresh
        out = np.empty((len(fresh), t.size))
        out[:, ~found], out[:, found] = fresh, values[rows].take(place[found], axis=1)
        return out

    def _computed(self, what: str, t: np.ndarray) -> np.ndarray:
        """Values of all draws from the families' formulas."""
        if what == "survival":
            return np.exp(-self.values_at("cumulative_hazard", t))
        if what == "cumulative_hazard":
            return np.concatenate(
                [np.minimum(part.cumulative_hazard(t), LARGEST_CUMULATIVE) for part in self.parts]
            )[self.order]
        return self._computed_hazard(t)

    def _computed_hazard(self, t: np.ndarray) -> np.ndarray:
        """Density over survival, which is at hand."""
        lasting = self.values_at("cumulative_hazard", t)
        log = np.concatenate([part.log_density(t) for part in self.parts])[self.order]
        log += lasting
        # Where the cumulative hazard is at its limit nobody is left.
        return np.where(
            lasting < LARGEST_CUMULATIVE,
            np.exp(np.minimum(log, np.log(LARGEST_HAZARD))),
            LARGEST_HAZARD,
        )


def _places(known: np.ndarray, t: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Where each of ``t`` stands in ``known``, and whether it does; both increase."""
    place = np.searchsorted(known, t)
    return place, known.take(place, mode="clip") == t


@dataclass(frozen=True, eq=False)
class DrawSlice:
    """``rows`` of the draws of a curve; what that keeps is not copied."""

    curve: SelectedDraws
    rows: slice

    def survival(self, t: np.ndarray) -> np.ndarray:
        """S(t) at increasing times, (draws of the slice, times)."""
        return self.curve.values_at("survival", t, self.rows)

    def cumulative_hazard(self, t: np.ndarray) -> np.ndarray:
        """H(t) at increasing times, (draws of the slice, times)."""
        return self.curve.values_at("cumulative_hazard", t, self.rows)

    def hazard(self, t: np.ndarray) -> np.ndarray:
        """h(t) at increasing times, (draws of the slice, times)."""
        return self.curve.values_at("hazard", t, self.rows)


@dataclass(frozen=True, eq=False)
class ExpectedCurve:
    """The expected curve over all draws of a curve: survival is the mean of the draws' survival."""

    curve: Curve

    def survival(self, t: np.ndarray) -> np.ndarray:
        """Mean of S(t) over the draws, (times,)."""
        return np.exp(-self.curve.cumulative_hazard(t)).mean(axis=0)

    def cumulative_hazard(self, t: np.ndarray) -> np.ndarray:
        """−ln of the mean of S(t), (times,)."""
        return -np.log(self.survival(t))

    def hazard(self, t: np.ndarray) -> np.ndarray:
        """Mean of the draws' hazards, each weighted by those still alive, (times,)."""
        alive = np.exp(-self.curve.cumulative_hazard(t))
        return (alive * self.curve.hazard(t)).mean(axis=0) / alive.mean(axis=0)

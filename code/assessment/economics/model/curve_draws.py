"""Curves of many draws as the tables ask for them: some draws at a time, again and again at the
same times. Times in months.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

LARGEST_CUMULATIVE = 700.0  # exp(-700) is still above 0
# Per month; a curve that dies this fast is empty within months. Integrated over a lifetime it stays
# below LARGEST_CUMULATIVE, so that a fading effect cannot bring anyone back to life.
LARGEST_HAZARD = 1.0
KEPT_TIMES, FEW_TIMES = 1_200, 50


@dataclass(frozen=True, eq=False)
class ProportionalHazards:
    """A curve with its hazard multiplied by ``ratio``, one number or one for each draw."""

    curve: object
    ratio: float | np.ndarray

    def cumulative_hazard(self, t):
        return self.curve.cumulative_hazard(t) * np.asarray(self.ratio)[..., None]

    def hazard(self, t):
        return self.curve.hazard(t) * np.asarray(self.ratio)[..., None]

    def survival(self, t):
        return np.exp(-self.cumulative_hazard(t))

    def draws(self, rows: slice) -> ProportionalHazards:
        return ProportionalHazards(
            self.curve.draws(rows), self.ratio[rows] if np.ndim(self.ratio) else self.ratio
        )


@dataclass(frozen=True, eq=False)
class SelectedDraws:
    """Chosen draws of a curve that is stored family by family; ``order`` brings the parts' draws
    into the order chosen.

    Values at the times asked for are kept, up to about KEPT_TIMES of them: runs that change
    something else ask for the same times again. Fewer than FEW_TIMES new ones are not worth
    keeping.
    """

    parts: tuple
    order: np.ndarray
    _kept: dict = field(default_factory=dict)

    @classmethod
    def of(cls, parts: tuple, rows: np.ndarray) -> SelectedDraws:
        """``rows`` count through the draws of all ``parts``."""
        ends = np.cumsum([part.draw_shape[0] for part in parts])
        owner = np.searchsorted(ends, rows, side="right")
        by_part = np.argsort(owner, kind="stable")
        local = rows - (ends - [part.draw_shape[0] for part in parts])[owner]
        chosen = tuple(
            part.draw(local[owner == k]) for k, part in enumerate(parts) if np.any(owner == k)
        )
        return cls(chosen, np.argsort(by_part, kind="stable"))

    def survival(self, t):
        return self._at("survival", np.asarray(t, float))

    def cumulative_hazard(self, t):
        return self._at("cumulative_hazard", np.asarray(t, float))

    def hazard(self, t):
        return self._at("hazard", np.asarray(t, float))

    def draws(self, rows: slice) -> DrawSlice:
        """The same curve for some of its draws."""
        return DrawSlice(self, rows)

    def _at(self, what, t, rows=slice(None)):
        """(draws, times) at increasing times, of ``rows`` only."""
        sets = self._kept.setdefault(what, [])
        place, found, values = max(
            ((*_places(known, t), values) for known, values in sets),
            key=lambda one: one[1].sum(),
            default=(None, np.zeros(t.size, bool), None),
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
            sets.append((t, getattr(self, f"_fresh_{what}")(t)))
            return self._at(what, t, rows)
        fresh = getattr(
            self if rows == slice(None) else SelectedDraws.of(self.parts, self.order[rows]),
            f"_fresh_{what}",
        )(new)
        if not found.any():
            return fresh
        out = np.empty((len(fresh), t.size))
        out[:, ~found], out[:, found] = fresh, values[rows].take(place[found], axis=1)
        return out

    def _fresh_survival(self, t):
        return np.exp(-self._at("cumulative_hazard", t))

    def _fresh_cumulative_hazard(self, t):
        return np.concatenate(
            [np.minimum(part.cumulative_hazard(t), LARGEST_CUMULATIVE) for part in self.parts]
        )[self.order]

    def _fresh_hazard(self, t):
        """Density over survival, which is at hand."""
        lasting = self._at("cumulative_hazard", t)
        log = np.concatenate([part.log_density(t) for part in self.parts])[self.order]
        log += lasting
        # Where the cumulative hazard is at its limit nobody is left.
        return np.where(
            lasting < LARGEST_CUMULATIVE,
            np.exp(np.minimum(log, np.log(LARGEST_HAZARD))),
            LARGEST_HAZARD,
        )


def _places(known: np.ndarray, t: np.ndarray):
    """Where each of ``t`` stands in ``known``, and whether it does; both increase."""
    place = np.searchsorted(known, t)
    return place, known.take(place, mode="clip") == t


@dataclass(frozen=True, eq=False)
class DrawSlice:
    """``rows`` of a curve; what that keeps is not copied."""

    curve: SelectedDraws
    rows: slice

    def survival(self, t):
        return self.curve._at("survival", np.asarray(t, float), self.rows)

    def cumulative_hazard(self, t):
        return self.curve._at("cumulative_hazard", np.asarray(t, float), self.rows)

    def hazard(self, t):
        return self.curve._at("hazard", np.asarray(t, float), self.rows)


@dataclass(frozen=True, eq=False)
class ExpectedCurve:
    """The expected curve over all draws."""

    curve: object

    def cumulative_hazard(self, t):
        return -np.log(np.exp(-self.curve.cumulative_hazard(t)).mean(axis=0))

    def hazard(self, t):
        alive = np.exp(-self.curve.cumulative_hazard(t))
        return (alive * self.curve.hazard(t)).mean(axis=0) / alive.mean(axis=0)

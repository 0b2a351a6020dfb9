"""The result of a calibration: draws of both arms' curves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from assessment.evidence.arguments.checked_arguments import taking
from assessment.evidence.arguments.number_arguments import SHARE, as_numbers, count, numbers
from assessment.evidence.arguments.object_arguments import choice
from assessment.evidence.arguments.result_tables import ShownAsTable
from assessment.survival.calibration.importance_sampling import resampled
from assessment.survival.calibration.pieces import merged_pieces, rows_of_piece, with_scatter
from assessment.survival.calibration.printed_summaries import Summaries
from assessment.survival.calibration.prior import followed
from assessment.survival.distributions.distribution import Distribution
from assessment.survival.estimation.event_marks import arm_key

# How likely a horizon asked for is where the trial's curves end, not before (assumption); the step
# over which that is seen, as a share of it.
AT_LAST, NEAR = 0.5, 0.02
# Weight of a draw at least, so that far beyond all follow-up no few speak for all.
LEAST_REACH = 0.01
# Which of the two curves of a draw is asked for.
CURVES = choice("population", "trial")
HORIZONS = numbers(0.0, example="Give finite times from 0, in the unit of the summaries.")


class CurvePair:
    """Questions to draws of both arms' curves: whoever has size, survival(t, arm, of) and
    _reaching(horizon) answers them.
    """

    size: int

    def survival(self, t: ArrayLike, arm: str, of: str = "population") -> np.ndarray:
        """S(t) of an arm: (size,) + t.shape."""
        raise NotImplementedError

    def _reaching(self, horizon: float) -> slice | np.ndarray:
        """Draws, as often as they count at a horizon: an index."""
        raise NotImplementedError

    @taking(horizon=HORIZONS, arm=arm_key, of=CURVES, points=count(2, 100_000))
    def rmst(
        self, horizon: ArrayLike, arm: str, of: str = "trial", points: int = 200
    ) -> np.ndarray:
        """Restricted mean to each horizon: (size,) + horizon.shape, trapezoid on `points` times.

        By default of the trial's own curve: the draws' 2.5 and 97.5 % quantiles aim to hold the
        trial's Kaplan–Meier restricted mean in 95 of 100 reports. As that is known only while both
        arms have patients at risk, draws count by their chance of having some at the horizon: each
        horizon has its own draws, the same in both arms. Use of="population" for a prediction.
        """
        return self._rmst(horizon, (arm,), of, points)[0]

    @taking(horizon=HORIZONS, of=CURVES, points=count(2, 100_000))
    def rmst_difference(
        self, horizon: ArrayLike, of: str = "trial", points: int = 200
    ) -> np.ndarray:
        """Treated minus control restricted mean, paired: (size,) + horizon.shape. By default of the
        trial's own curves, as rmst.
        """
        treated, control = self._rmst(horizon, "tc", of, points)
        return treated - control

    def _rmst(
        self, horizon: ArrayLike, arms: Sequence[str], of: str, points: int
    ) -> list[np.ndarray]:
        horizon = np.asarray(horizon, float)
        means: dict[str, list[np.ndarray]] = {arm: [] for arm in arms}
        for h in horizon.ravel():
            t = h * np.linspace(0, 1, points) ** 1.5
            draws = self._reaching(h) if of == "trial" else slice(None)
            for arm in arms:
                means[arm].append(np.trapezoid(self.survival(t, arm, of), t, axis=1)[draws])
        return [np.stack(means[arm], -1).reshape((self.size,) + horizon.shape) for arm in arms]

    @taking(t=numbers(0.0, infinite=True), arm=arm_key, level=SHARE)
    def band(
        self, t: ArrayLike, arm: str, of: str = "population", level: float = 0.95
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Pointwise (low, middle, high) of S(t), each t.shape: quantiles and median of the draws."""
        tail = (1 - level) / 2
        low, middle, high = np.quantile(self.survival(t, arm, of), [tail, 0.5, 1 - tail], axis=0)
        return low, middle, high


@dataclass(frozen=True, eq=False)
class Calibrated(CurvePair, ShownAsTable):
    """Draws of two curves that agree with the printed summaries – not digitised.

    summaries: what was printed. families: {family: share of the draws' weight}. effective:
    effective number of candidates behind the weights (below 100: use more candidates).
    contradictions: sentences. Two curves per draw and arm, for two questions. of="trial": the
    trial's own Kaplan–Meier curve, what digitising would have shown; its interval is the
    uncertainty of not having seen the curve. of="population": the smooth curve behind it, for
    prediction and extrapolation; its interval adds the scatter of patients and is wider. survival
    and band are of the population by default (a model needs it); rmst and rmst_difference of the
    trial, as a restricted mean within follow-up is a statement about the trial's curve and is the
    one that can be checked against it.
    """

    summaries: Summaries
    families: dict[str, float]
    effective: float
    contradictions: tuple[str, ...]
    size: int
    _pieces: tuple[dict[str, Any], ...]

    @classmethod
    def join(
        cls,
        summaries: Summaries,
        pieces: list[dict[str, Any]],
        families: dict[str, float],
        effective: float,
        contradictions: list[str],
    ) -> Calibrated:
        """The pieces, each of one family, as one set of draws."""
        size = sum(p["curves"]["t"].draw_shape[0] for p in pieces)
        return cls(summaries, families, effective, tuple(contradictions), size, tuple(pieces))

    @classmethod
    def together(cls, several: Sequence[Calibrated]) -> Calibrated:
        """All draws of calibrations to the same summaries, family by family; weights and sentences
        are those of the first.
        """
        pieces = [piece for one in several for piece in one._pieces]
        families = dict.fromkeys(piece["family"] for piece in pieces)
        merged = [
            merged_pieces([p for p in pieces if p["family"] == family]) for family in families
        ]
        first = several[0]
        effective = sum(one.effective for one in several)
        return cls.join(
            first.summaries, merged, first.families, effective, list(first.contradictions)
        )

    def to_frame(self) -> pd.DataFrame:
        """arm, median, low, high: median survival of the draws, with their 2.5 and 97.5 % points."""
        rows = []
        for arm in ("treated", "control"):
            medians = np.concatenate([curve.median() for _, curve in self.distributions(arm)])
            rows.append((arm, *np.quantile(medians, [0.5, 0.025, 0.975], method="inverted_cdf")))
        return pd.DataFrame(rows, columns=["arm", "median", "low", "high"])

    def chosen(self, rows: np.ndarray) -> Calibrated:
        """The draws ``rows``, as often as they are named, in rising order; a family's weight is its
        share of them.
        """
        rows, start, pieces = np.sort(rows), 0, []
        for piece in self._pieces:
            end = start + piece["curves"]["t"].draw_shape[0]
            own = rows[(rows >= start) & (rows < end)] - start
            pieces += [with_scatter(rows_of_piece(piece, own))] if own.size else []
            start = end
        shares = dict.fromkeys(self.families, 0.0)
        for piece in pieces:
            shares[piece["family"]] += piece["curves"]["t"].draw_shape[0] / rows.size
        return Calibrated.join(
            self.summaries, pieces, shares, self.effective, list(self.contradictions)
        )

    def survival(self, t: ArrayLike, arm: str, of: str = "population") -> np.ndarray:
        """S(t) of arm "t" (treated) or "c" (control): shape (size,) + t.shape. Draws are paired
        between arms.
        """
        t, of = as_numbers("t", t), CURVES("of", of)
        if not np.all(t >= 0):
            raise ValueError(f"t: times are 0 or more; found {np.min(t):g}.")
        arm = arm_key("arm", arm)
        out = [self._of_piece(p, t.ravel(), arm, of) for p in self._pieces]
        return np.concatenate(out).reshape((self.size,) + t.shape)

    def _of_piece(self, piece: dict[str, Any], t: np.ndarray, arm: str, of: str) -> np.ndarray:
        curve = piece["curves"][arm]
        if of == "population":
            return curve.survival(t)
        if "pending" in piece:  # asked for the first time
            piece.update(with_scatter(piece))
            del piece["pending"]
        if "scatter" not in piece:
            raise ValueError(
                "these curves were calibrated without the trial's own. Ask of='population', or"
                " calibrate with trial=True."
            )
        grid = piece["t"]
        h = np.maximum(curve.cumulative_hazard(grid) + piece["scatter"][arm], 0)
        # Between grid points: the smooth curve, moved by the scatter interpolated in time.
        moved = h - curve.cumulative_hazard(grid)
        place = np.clip(np.searchsorted(grid, t), 0, grid.size - 1)
        low = np.where(place > 0, grid[place - 1], 0.0)
        part = np.clip((t - low) / (grid[place] - low), 0, 1)
        left = np.where(place > 0, moved[:, np.maximum(place - 1, 0)], 0.0)
        return np.exp(
            -np.maximum(curve.cumulative_hazard(t) + left + part * (moved[:, place] - left), 0)
        )

    def _reaching(self, horizon: float) -> np.ndarray:
        """Draws, as often as a horizon asked for is likely under each: indices (size,), evenly
        along the arms' difference there.

        Both arms have patients at risk there, and it is as likely to be the last time of one of
        them as any time before (assumption). With E expected at risk, none are left with
        probability exp(-E); the density of the last time is that of E's fall.
        """
        ends = horizon * np.array([1 - NEAR, 1, 1 + NEAR])
        left = {a: self.survival(ends, a, "trial") for a in "tc"}
        some, last = {}, {}
        for a in "tc":
            e = left[a] * np.concatenate(
                [p["patients"][a][:, None] * followed(ends, p["follow_up"]) for p in self._pieces]
            )
            none = np.exp(-e)
            some[a], last[a] = 1 - none[:, 1], (none[:, 2] - none[:, 0]) / (2 * NEAR)
        likely = np.maximum(
            some["t"] * some["c"]
            + AT_LAST / (1 - AT_LAST) * (last["t"] * some["c"] + last["c"] * some["t"]),
            LEAST_REACH,
        )
        advantage = left["t"][:, 1] - left["c"][:, 1]
        return np.repeat(np.arange(self.size), resampled(likely, self.size, advantage, 0.5))

    @taking(arm=arm_key)
    def distributions(self, arm: str) -> list[tuple[str, Distribution]]:
        """[(family, distribution of that family's draws)], in the order of the draws."""
        return [(p["family"], p["curves"][arm]) for p in self._pieces]


def isotonic_rows(values: np.ndarray, variance: np.ndarray) -> np.ndarray:
    """Nearest rows that never fall, (n, k), by least squares with weights 1 / variance (n, k).

    Pool adjacent violators in its closed form, the largest of the smallest means around each point
    (Robertson, Wright & Dykstra 1988, 1.4). Weights keep a late, uncertain point from moving an
    early, certain one.
    """
    weight = 1 / (variance + 1e-9 + 1e-6 * variance.max(1, keepdims=True))
    sums = np.concatenate([np.zeros((len(values), 1)), np.cumsum(weight * values, 1)], 1)
    weights = np.concatenate([np.zeros((len(values), 1)), np.cumsum(weight, 1)], 1)
    best = np.full(values.shape, -np.inf)
    for a in range(values.shape[1]):
        means = (sums[:, a + 1 :] - sums[:, a, None]) / (weights[:, a + 1 :] - weights[:, a, None])
        best[:, a:] = np.maximum(best[:, a:], np.minimum.accumulate(means[:, ::-1], 1)[:, ::-1])
    return best

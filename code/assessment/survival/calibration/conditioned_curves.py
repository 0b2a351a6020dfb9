"""Curves of the chosen pairs: the smooth ones and, given the printed numbers, the trial's own."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from assessment.survival.calibration.calibrated_curves import isotonic_rows
from assessment.survival.calibration.pair_weights import LinearRows, WeighedPairs


@dataclass(frozen=True, eq=False)
class PendingScatter:
    """The scatter of the trial's own curves about the smooth ones, drawn and not yet computed: of most
    draws nobody asks for it.

    ``index``: (draws,) rows of ``linear`` and of ``smooth``, {arm: (rows, k)} cumulative hazards.
    ``noise``: (draws, 2k) standard normal, of the increments; ``slack_noise``: (draws, m), of the
    printed numbers.
    """

    linear: LinearRows
    smooth: dict[str, np.ndarray]
    index: np.ndarray
    noise: np.ndarray
    slack_noise: np.ndarray

    def rows(self, rows: np.ndarray) -> PendingScatter:
        """Some of the draws, as often as they are named."""
        return replace(
            self,
            index=self.index[rows],
            noise=self.noise[rows],
            slack_noise=self.slack_noise[rows],
        )

    def made(self) -> dict[str, np.ndarray]:
        """{arm: (draws, k)} of the cumulative hazard, given the printed numbers (Matheron's rule:
        Journel & Huijbregts 1978).
        """
        of, index = self.linear, self.index
        spread, effect = of["spread"][index], of["effect"][index]
        noise = self.noise * np.sqrt(spread)
        seen = np.einsum("nik,nk->ni", effect, noise) + self.slack_noise * of["slack"][index]
        apart = (of["residual"][index] - seen)[..., None]
        gain = np.linalg.solve(of["cov"][index], apart)[..., 0]
        noise += spread * np.einsum("nik,ni->nk", effect, gain)
        k = noise.shape[1] // 2
        scatter = {}
        for arm, own in (("t", slice(None, k)), ("c", slice(k, None))):
            smooth = self.smooth[arm][index]
            moved = smooth + np.cumsum(noise[:, own], 1)
            scatter[arm] = isotonic_rows(moved, np.cumsum(spread[:, own], 1)) - smooth
        return scatter


def conditioned_on_print(
    family: str, part: WeighedPairs, index: np.ndarray, rng: np.random.Generator
) -> dict[str, Any]:
    """Chosen pairs with the trial's own curves given the printed numbers.

    index: (draws,) pairs of the batch, as often as each was chosen. Returns a piece of a
    Calibrated: family, curves, t (k,), the pending scatter, patients and follow_up of each draw.
    """
    kept, place = np.unique(index, return_inverse=True)
    by_row = ("residual", "slack", "effect", "spread", "cov", "distance")
    linear: Any = {name: part[name][kept] for name in by_row}  # type: ignore[literal-required]
    pair = part["pair"]
    pending = PendingScatter(
        linear | {"names": part["names"]},
        {arm: cumulative[kept] for arm, cumulative in pair.cumulative.items()},
        place,
        rng.standard_normal((index.size, part["spread"].shape[1])),
        rng.standard_normal((index.size, part["slack"].shape[1])),
    )
    return chosen_pairs(family, part, index, rng) | {
        "t": pair.t,
        "pending": (pending,),
        "patients": {arm: n[index, 0] for arm, n in pair.patients.items()},
        "follow_up": {name: v[index] for name, v in pair.follow_up.items()},
    }


def chosen_pairs(
    family: str, part: WeighedPairs, index: np.ndarray, rng: np.random.Generator
) -> dict[str, Any]:
    """Chosen pairs without the trial's own curves: the smooth ones only."""
    curves = {arm: curve.draw(index) for arm, curve in part["pair"].curves.items()}
    return {"family": family, "curves": curves}

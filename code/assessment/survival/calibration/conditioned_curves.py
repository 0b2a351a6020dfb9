"""Curves of the chosen pairs: the smooth ones and, given the printed numbers, the trial's own."""

from __future__ import annotations

from typing import Any

import numpy as np

from assessment.survival.calibration.calibrated_curves import isotonic_rows
from assessment.survival.calibration.pair_weights import WeighedPairs


def conditioned_on_print(
    family: str, part: WeighedPairs, index: np.ndarray, rng: np.random.Generator
) -> dict[str, Any]:
    """Chosen pairs with the trial's own curves given the printed numbers (Matheron's rule: Journel
    & Huijbregts 1978).

    index: (draws,) pairs of the batch, as often as each was chosen. Returns a piece of a
    Calibrated: family, curves, t (k,), scatter {arm: (draws, k)} of the cumulative hazard, patients
    and follow_up of each draw.
    """
    spread, effect, slack = part["spread"][index], part["effect"][index], part["slack"][index]
    noise = rng.standard_normal(spread.shape) * np.sqrt(spread)
    seen = np.einsum("nik,nk->ni", effect, noise) + rng.standard_normal(slack.shape) * slack
    gain = np.linalg.solve(part["cov"][index], (part["residual"][index] - seen)[..., None])[..., 0]
    noise = noise + spread * np.einsum("nik,ni->nk", effect, gain)
    pair, piece = part["pair"], chosen_pairs(family, part, index, rng)
    t, k, scatter = pair.t, pair.t.size, {}
    for arm, own in (("t", slice(None, k)), ("c", slice(k, None))):
        smooth = pair.cumulative[arm][index]
        moved = smooth + np.cumsum(noise[:, own], 1)
        scatter[arm] = isotonic_rows(moved, np.cumsum(spread[:, own], 1)) - smooth
    return piece | {
        "t": t,
        "scatter": scatter,
        "patients": {arm: n[index, 0] for arm, n in pair.patients.items()},
        "follow_up": {name: v[index] for name, v in pair.follow_up.items()},
    }


def chosen_pairs(
    family: str, part: WeighedPairs, index: np.ndarray, rng: np.random.Generator
) -> dict[str, Any]:
    """Chosen pairs without the trial's own curves: the smooth ones only."""
    curves = {arm: curve.draw(index) for arm, curve in part["pair"].curves.items()}
    return {"family": family, "curves": curves}

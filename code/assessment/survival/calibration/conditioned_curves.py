"""Curves of the chosen pairs: the smooth ones and, given the printed numbers, the trial's own."""

import numpy as np

from assessment.survival.calibration.calibrated_curves import rising


def conditioned_on_print(family, part, index, rng):
    """Trial curves given the printed numbers, for chosen pairs (Matheron's rule)."""
    spread, effect, slack = part["spread"][index], part["effect"][index], part["slack"][index]
    noise = rng.standard_normal(spread.shape) * np.sqrt(spread)
    seen = np.einsum("nik,nk->ni", effect, noise) + rng.standard_normal(slack.shape) * slack
    gain = np.linalg.solve(part["cov"][index], (part["residual"][index] - seen)[..., None])[..., 0]
    noise = noise + spread * np.einsum("nik,ni->nk", effect, gain)
    pair, found, scatter = part["pair"], chosen_pairs(family, part, index, rng), {}
    t, k = pair.t, pair.t.size
    for a, own in (("t", slice(None, k)), ("c", slice(k, None))):
        smooth = np.minimum(found["curves"][a].cumulative_hazard(t), 300.0)
        scatter[a] = (
            rising(smooth + np.cumsum(noise[:, own], 1), np.cumsum(spread[:, own], 1)) - smooth
        )
    return found | {
        "t": t,
        "scatter": scatter,
        "patients": {a: n[index, 0] for a, n in pair.patients.items()},
        "follow_up": {name: v[index] for name, v in pair.follow_up.items()},
    }


def chosen_pairs(family, part, index, rng):
    """Chosen pairs without the trial's own curves."""
    return {"family": family, "curves": {a: c.draw(index) for a, c in part["pair"].curves.items()}}

"""How long patients take the drug: until progression, or until side effects or another reason stop it
at a constant rate.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

import numpy as np

from assessment.case.model.curves.strategy_occupancy import expected_occupancy
from assessment.case.model.inputs.model_inputs import Inputs
from assessment.case.model.inputs.settings import CONTROL, Settings
from assessment.economics.model.partitioned_survival import Occupancy
from assessment.economics.time.discounting import constant_discounting
from assessment.economics.time.time_grid import Grid


def with_treatment(
    strategy: str,
    occupancy: Occupancy,
    inputs: Inputs,
    settings: Settings,
    rows: np.ndarray | None = None,
) -> Occupancy:
    """Occupancy with time on the strategy's drug, for each of ``rows``; nobody is on the control's."""
    free = occupancy.progression_free if rows is None else occupancy.progression_free[rows]
    on = (
        np.zeros_like(free)
        if strategy == CONTROL
        else share_on_treatment(strategy, free, occupancy.grid, inputs, settings)
    )
    return replace(occupancy, on_treatment=on)


def share_on_treatment(
    strategy: str,
    progression_free: np.ndarray,
    grid: Grid,
    inputs: Inputs,
    settings: Settings,
) -> np.ndarray:
    """Share on the drug at the grid's times, shape draws + (times,). Treatment ends at progression,
    or for side effects or other reasons at a constant rate beside it (see ``stopping_rate``), the
    same for every draw of the curves.
    """
    if settings.treatment_ends == "progression":
        return progression_free
    # The rate is a property of the curves over a lifetime, whatever the horizon and cycles of this
    # run.
    lifetime = expected_occupancy(replace(settings, horizon_years=None, grid="continuous"))
    share = np.asarray(inputs["toxicity_stop_share"] + inputs["withdrawal_share"], float)
    expected = lifetime.occupancy[strategy].progression_free.mean(axis=0)
    rate = _kept_rate(share.tobytes(), share.shape, expected.tobytes(), lifetime.grid)
    return progression_free * np.exp(-rate[..., None] * grid.times_years)


@lru_cache(maxsize=32)
def _kept_rate(share: bytes, shape: tuple[int, ...], free: bytes, grid: Grid) -> np.ndarray:
    """``stopping_rate``, kept: most scenarios change neither the shares nor the curve."""
    return stopping_rate(np.frombuffer(share).reshape(shape), np.frombuffer(free), grid)


def stopping_rate(share: np.ndarray, progression_free: np.ndarray, grid: Grid) -> np.ndarray:
    """Rate a year of stopping with which ``share`` (0 to below 1, any shape) stop before progression
    or death.

    Solves share = ∫ k exp(−k t) S(t) dt for k, S the expected progression-free curve up to the
    grid's end. Newton from a table.
    """
    share = np.asarray(share, float)
    weights = grid.weights(constant_discounting(0.0)) * progression_free
    t = grid.times_years
    table = np.concatenate([[0.0], np.geomspace(1e-4, 1e3, 80)])
    rate = np.interp(share, table * (np.exp(-table[:, None] * t) @ weights), table)
    for _step in range(4):
        kept = np.exp(-rate[..., None] * t)
        rate = np.maximum(
            rate
            - (rate * (kept @ weights) - share) / (kept @ weights - rate * (kept @ (weights * t))),
            0.0,
        )
    return rate

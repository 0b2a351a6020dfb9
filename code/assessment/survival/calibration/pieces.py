"""Pieces of a calibration, each of one family: chosen, and put together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from assessment.survival.distributions.distribution import Distribution


def _by_draw(piece: dict[str, Any]) -> dict[str, dict[str, np.ndarray]]:
    """What a piece holds for each draw, but for its curves."""
    return {name: piece[name] for name in ("scatter", "patients", "follow_up") if name in piece}


def rows_of_piece(piece: dict[str, Any], rows: np.ndarray) -> dict[str, Any]:
    """Some draws of a piece, as often as they are named, in rising order."""
    if "pending" in piece:
        ends = np.cumsum([part.index.size for part in piece["pending"]])
        owner = np.searchsorted(ends, rows, side="right")
        starts = ends - [part.index.size for part in piece["pending"]]
        parts = enumerate(piece["pending"])
        piece = piece | {
            "pending": tuple(
                part.rows(rows[owner == k] - starts[k]) for k, part in parts if np.any(owner == k)
            )
        }
    picked = {
        name: {key: values[rows] for key, values in held.items()}
        for name, held in _by_draw(piece).items()
    }
    return piece | picked | {"curves": {a: c.draw(rows) for a, c in piece["curves"].items()}}


def merged_pieces(pieces: list[dict[str, Any]]) -> dict[str, Any]:
    """Pieces of one family as one; all stand on the same grid of times."""
    if not all("pending" in p for p in pieces):
        pieces = [with_scatter(p) for p in pieces]
    first = pieces[0]
    held: dict[str, Any] = {
        name: {key: np.concatenate([p[name][key] for p in pieces]) for key in values}
        for name, values in _by_draw(first).items()
    }
    curves = {arm: joined_draws([p["curves"][arm] for p in pieces]) for arm in first["curves"]}
    if "pending" in first:
        held["pending"] = sum((p["pending"] for p in pieces), ())
    return first | held | {"curves": curves}


def with_scatter(piece: dict[str, Any]) -> dict[str, Any]:
    """The piece with the scatter of the trial's own curves computed, where it has any."""
    if "pending" not in piece:
        return piece
    made = [part.made() for part in piece["pending"]]
    scatter = {arm: np.concatenate([one[arm] for one in made]) for arm in made[0]}
    return {k: v for k, v in piece.items() if k != "pending"} | {"scatter": scatter}


def joined_draws(curves: Sequence[Distribution]) -> Distribution:
    """The draws of distributions of one family as one distribution."""
    names = curves[0].parameter_names
    return type(curves[0])(*(np.concatenate([getattr(c, n) for c in curves]) for n in names))

"""Polynomial calculus on panels of Gauss–Legendre nodes: exact integrals of smooth curves, and of
curves with a kink.

A panel is a stretch of time in which a curve is smooth. Its values at the nodes of the panel hold
the curve to near machine precision, so a kink (one curve crossing another) can be found and
integrated without evaluating the curve again. Values have shape (..., panels, order).
"""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.polynomial import legendre

NOISE = 1e-13  # a difference this small is rounding, not a crossing


@cache
def rule(order: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Nodes and weights of Gauss–Legendre on [-1, 1], and the matrix from node values to Legendre
    coefficients.
    """
    x, w = legendre.leggauss(order)
    to_coefficients = (legendre.legvander(x, order - 1) * w[:, None]).T * (np.arange(order) + 0.5)[
        :, None
    ]
    return x, w, to_coefficients


@cache
def _from_moments(order: int) -> np.ndarray:
    """Matrix from the integrals of f times each Legendre polynomial to the node values of f's
    projection.
    """
    return (legendre.legvander(rule(order)[0], order - 1) * (np.arange(order) + 0.5)).T


@cache
def running_matrix(order: int) -> np.ndarray:
    """Matrix from node values to the integrals from the panel's start to each node and to its end;
    shape (order, order + 1).
    """
    x, _, to_coefficients = rule(order)
    ends = np.append(x, 1.0)
    columns = [legendre.legint(np.eye(order)[k], lbnd=-1) for k in range(order)]
    at_ends = np.stack([legendre.legval(ends, c) for c in columns])
    return to_coefficients.T @ at_ends


def running_integral(values: np.ndarray, widths: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Integrals from time 0 to each node (..., panels, order) and to the end of each panel (...,
    panels).

    ``values`` (..., panels, order) at the nodes, ``widths`` (panels,) in years.
    """
    order = values.shape[-1]
    matrix, half = running_matrix(order), widths / 2
    ends = np.cumsum(values @ matrix[:, -1] * half, axis=-1)
    within = values @ matrix[:, :-1]
    # spelt out: loops over a short axis are slow
    within *= np.repeat(half, order).reshape(-1, order)
    within[..., 1:, :] += np.repeat(ends[..., :-1], order, axis=-1).reshape(
        within[..., 1:, :].shape
    )
    return within, ends


def positive_part(values: np.ndarray) -> np.ndarray:
    """max(f, 0) for f given at the nodes, as node values whose integrals against smooth weights are
    exact. ``values``: (..., panels, order).

    Panels where f keeps its sign are left as they are or set to 0. Where it changes sign, the zeros
    of the interpolating polynomial are found and max(f, 0) is projected (least squares) on
    polynomials of the same degree: every weighted integral is kept, single node values ripple.
    """
    order = values.shape[-1]
    flat = values.reshape(-1, order)
    out = np.maximum(flat, 0.0)
    mixed, edges = mixed_panels(flat)
    if mixed.size:
        out[mixed] = _projected(flat[mixed], edges[mixed])
    return out.reshape(values.shape)


def mixed_panels(flat: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(which panels change sign, values at the two edges of every panel), of (panels, order) values."""
    order = flat.shape[1]
    edges = flat @ _edge_matrix(order)
    # Where the sign changes from value to value along the whole row, which is faster than a
    # reduction over a short axis.
    positive = flat > 0
    change = np.flatnonzero(positive.ravel()[1:] != positive.ravel()[:-1])
    at_edge = np.flatnonzero((edges > 0) != positive[:, :: max(order - 1, 1)]) // 2
    mixed = np.union1d(change[change % order != order - 1] // order, at_edge)
    return mixed[np.abs(flat[mixed]).max(axis=1, initial=0.0) > NOISE], edges


@cache
def _edge_matrix(order: int) -> np.ndarray:
    return (legendre.legvander(np.array([-1.0, 1.0]), order - 1) @ rule(order)[2]).T


def _projected(values: np.ndarray, edges: np.ndarray) -> np.ndarray:
    """Least-squares projection of max(f, 0), row by row; ``edges`` are f at the two ends of the
    panel.
    """
    order = values.shape[1]
    x, w, _ = rule(order)
    row, start, end, coefficients = positive_stretches(values, edges)
    half = (end - start) / 2
    at = (start + end)[:, None] / 2 + half[:, None] * x
    basis = legendre.legvander(at, order - 1)
    f = np.einsum("rik,rk->ri", basis, coefficients)
    moments = np.zeros_like(values)
    np.add.at(moments, row, np.einsum("ri,rik->rk", f * w * half[:, None], basis))
    return moments @ _from_moments(order)


def positive_stretches(
    values: np.ndarray, edges: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """(row, start, end, Legendre coefficients) of each stretch in which the polynomial of a row is above
    0, on [−1, 1]. ``values`` (rows, order) at the nodes, ``edges`` (rows, 2) at both ends.
    """
    order = values.shape[1]
    x, _, to_coefficients = rule(order)
    coefficients = values @ to_coefficients.T
    points = np.concatenate([[-1.0], x, [1.0]])
    extended = np.concatenate([edges[:, :1], values, edges[:, 1:]], axis=1)
    positive = extended > 0
    outside = np.zeros((len(values), 1), bool)
    padded = np.concatenate([outside, positive, outside], axis=1)
    # In row order the k-th rise and the k-th fall bound the k-th stretch where f > 0.
    row, rise = np.nonzero(~padded[:, :-1] & padded[:, 1:])
    _, fall = np.nonzero(padded[:, :-1] & ~padded[:, 1:])
    bound = np.concatenate([rise, fall])
    sought = (bound > 0) & (bound < order + 2)
    zeros = np.where(bound == 0, -1.0, 1.0)
    right = bound[sought]
    owner = np.concatenate([row, row])[sought]
    zeros[sought] = _zero(
        coefficients[owner],
        points[right - 1],
        points[right],
        extended[owner, right - 1],
        extended[owner, right],
    )
    return row, zeros[: row.size], zeros[row.size :], coefficients[row]


def _zero(coefficients, low, high, f_low, f_high) -> np.ndarray:
    """Zero of each polynomial between ``low`` and ``high``, where its values are ``f_low`` and
    ``f_high``, by secants.

    Five are enough: between two nodes the polynomial is nearly straight, and the integral up to the
    zero changes with the square of the zero's error.
    """
    c = np.ascontiguousarray(coefficients.T)
    before, f_before, x, f = low, f_low, high, f_high
    ahead = x
    for step in range(5):
        if step:
            before, f_before, x, f = x, f, ahead, legendre.legval(ahead, c, tensor=False)
        with np.errstate(all="ignore"):
            ahead = x - f * (x - before) / (f - f_before)
        ahead = np.where(np.isfinite(ahead), np.clip(ahead, low, high), x)
    return ahead

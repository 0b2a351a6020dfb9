"""Integrals from time 0 to any time inside a panel, and values there, from those at the panels'
Gauss–Legendre nodes.

Cycles read there what lies between their ends: a panel may hold many cycles.
"""

from __future__ import annotations

import numpy as np
from numpy.polynomial import legendre

from assessment.economics.time.quadrature import (
    mixed_panels,
    positive_part,
    positive_stretches,
    rule,
    running_integral,
)


def integral_to(
    values: np.ndarray, edges: np.ndarray, times: np.ndarray, positive: bool = False
) -> np.ndarray:
    """∫ f from the first edge to each of ``times``, draws + (times,); with ``positive`` ∫ max(f, 0).

    ``values``: of f at the nodes, draws + (panels, order). ``edges``: of the panels, years, (panels +
    1,). ``times``: increasing, within the edges. A panel's polynomial holds f; where f changes sign,
    the stretches between its zeros are integrated one by one.
    """
    panels, order = values.shape[-2:]
    flat = values.reshape(-1, panels, order)
    held = positive_part(flat) if positive else flat
    widths, (panel, x) = np.diff(edges), _places(edges, times)
    ends = running_integral(held, widths)[1]
    before = np.concatenate([np.zeros_like(ends[:, :1]), ends], axis=1)
    within = np.einsum("dtk,tk->dt", held[:, panel], _integrals_to(x, order))
    out = before[:, panel] + within * widths[panel] / 2
    if positive:
        _replace_mixed(out, flat, before, panel, x, widths)
    return out.reshape(*values.shape[:-2], times.size)


def values_at(values: np.ndarray, edges: np.ndarray, times: np.ndarray) -> np.ndarray:
    """f at each of ``times``, draws + (times,), by the polynomial of its panel; arguments as those of
    ``integral_to``.
    """
    panel, x = _places(edges, times)
    order = values.shape[-1]
    at_times = legendre.legvander(x, order - 1) @ rule(order)[2]
    return np.einsum("...tk,tk->...t", values[..., panel, :], at_times)


def _places(edges: np.ndarray, times: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The panel of each time, and where in it the time is, from −1 to 1."""
    panel = np.clip(np.searchsorted(edges, times, side="left") - 1, 0, edges.size - 2)
    return panel, 2 * (times - edges[panel]) / np.diff(edges)[panel] - 1


def _integrals_to(x: np.ndarray, order: int) -> np.ndarray:
    """Weights of the node values in the integral from −1 to each of ``x``, (x, order)."""
    powers = [legendre.legval(x, legendre.legint(row, lbnd=-1)) for row in np.eye(order)]
    return np.stack(powers, axis=1) @ rule(order)[2]


def _replace_mixed(out, values, before, panel, x, widths) -> None:
    """Sets the integrals in panels in which f changes sign, in place."""
    draws, panels, order = values.shape
    flat = values.reshape(-1, order)
    mixed, edges = mixed_panels(flat)
    row, start, end, coefficients = positive_stretches(flat[mixed], edges[mixed])
    draw, where = mixed[row] // panels, mixed[row] % panels
    primitive = legendre.legint(coefficients, axis=1)
    for k in np.unique(panel):
        times, here = np.flatnonzero(panel == k), np.flatnonzero(where == k)
        if not here.size:
            continue
        change = np.unique(draw[here])
        low, high = start[here, None], end[here, None]
        at = np.clip(x[times], low, high)
        gained = _each(at, primitive[here]) - _each(low, primitive[here])
        out[np.ix_(change, times)] = before[change, k][:, None]
        np.add.at(out, (draw[here, None], times[None, :]), gained * widths[k] / 2)


def _each(x: np.ndarray, coefficients: np.ndarray) -> np.ndarray:
    """Values at each row of ``x`` of that row's Legendre series."""
    return legendre.legval(x, coefficients.T[:, :, None], tensor=False)

"""Integrals from time 0 to any time inside a panel, and values there, from those at the panels'
Gauss–Legendre nodes.

Cycles read there what lies between their ends: a panel may hold many cycles.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.polynomial import legendre

from assessment.economics.time.quadrature import (
    mixed_panels,
    positive_stretches,
    rule,
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
    held = np.maximum(flat, 0.0) if positive else flat
    widths, (panel, x) = np.diff(edges), _places(edges, times)
    whole = held @ rule(order)[1] * (widths / 2)
    stretches = _Stretches.of(flat) if positive else None
    if stretches is not None:
        whole[stretches.draw, stretches.panel] = 0.0
        stretches.add(whole, slice(None), stretches.panel, 1.0, widths)
    before = np.pad(np.cumsum(whole, axis=1)[:, :-1], ((0, 0), (1, 0)))
    out = before[:, panel] + _within(held, panel, _integrals_to(x, order)) * (widths[panel] / 2)
    if stretches is not None:
        _replace_mixed(out, stretches, before, panel, x, widths)
    return out.reshape(*values.shape[:-2], times.size)


def values_at(values: np.ndarray, edges: np.ndarray, times: np.ndarray) -> np.ndarray:
    """f at each of ``times``, draws + (times,), by the polynomial of its panel; arguments as those of
    ``integral_to``.
    """
    panel, x = _places(edges, times)
    order = values.shape[-1]
    at_times = legendre.legvander(x, order - 1) @ rule(order)[2]
    return np.einsum("...tk,tk->...t", values[..., panel, :], at_times)


def _within(values: np.ndarray, panel: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Sums over the nodes of each time's panel, (draws, times); ``panel``, increasing, and ``weights``
    (times, order) of each time.
    """
    out = np.empty((len(values), panel.size))
    starts = np.flatnonzero(np.diff(panel, prepend=-1))
    # panel by panel: the values of all times' panels at once do not fit into the processor's cache
    for start, end in zip(starts, [*starts[1:], panel.size]):
        out[:, start:end] = values[:, panel[start]] @ weights[start:end].T
    return out


def _places(edges: np.ndarray, times: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The panel of each time, and where in it the time is, from −1 to 1."""
    panel = np.clip(np.searchsorted(edges, times, side="left") - 1, 0, edges.size - 2)
    return panel, 2 * (times - edges[panel]) / np.diff(edges)[panel] - 1


def _integrals_to(x: np.ndarray, order: int) -> np.ndarray:
    """Weights of the node values in the integral from −1 to each of ``x``, (x, order)."""
    powers = [legendre.legval(x, legendre.legint(row, lbnd=-1)) for row in np.eye(order)]
    return np.stack(powers, axis=1) @ rule(order)[2]


@dataclass(frozen=True, eq=False)
class _Stretches:
    """Where f is above 0 in panels in which it changes sign: ``start`` to ``end`` of each stretch, from
    −1 to 1 in its ``panel`` of its ``draw``; ``primitive``: Legendre coefficients of ∫ f there.
    """

    draw: np.ndarray
    panel: np.ndarray
    start: np.ndarray
    end: np.ndarray
    primitive: np.ndarray

    @classmethod
    def of(cls, values: np.ndarray) -> _Stretches:
        """Those of values (draws, panels, order) at the nodes."""
        panels, order = values.shape[-2:]
        rows = values.reshape(-1, order)
        mixed, edges = mixed_panels(rows)
        row, start, end, coefficients = positive_stretches(rows[mixed], edges[mixed])
        primitive = legendre.legint(coefficients, axis=1)
        return cls(mixed[row] // panels, mixed[row] % panels, start, end, primitive)

    def add(self, out: np.ndarray, which, column, to, widths: np.ndarray) -> None:
        """Adds to ``out`` (draws, columns), in each stretch's own draw, its integral up to ``to``."""
        start, primitive = self.start[which], self.primitive[which]
        upper = np.clip(to, start, self.end[which])
        gained = _each(upper, primitive) - _each(self.start, self.primitive)[which]
        np.add.at(out, (self.draw[which], column), gained * widths[self.panel[which]] / 2)


def _replace_mixed(out, stretches: _Stretches, before, panel, x, widths) -> None:
    """Sets the integrals in panels in which f changes sign, in place."""
    # ``times`` increase, so those of a panel follow one another; each stretch meets all of its own
    first, last = (np.searchsorted(panel, stretches.panel, side=side) for side in ("left", "right"))
    which = np.repeat(np.arange(first.size), last - first)
    begun = np.repeat(np.cumsum(last - first) - last, last - first)
    time = np.arange(which.size) - begun
    out[stretches.draw[which], time] = before[stretches.draw[which], stretches.panel[which]]
    stretches.add(out, which, time, x[time], widths)


def _each(x: np.ndarray, coefficients: np.ndarray) -> np.ndarray:
    """The value at each of ``x`` of its own row's Legendre series, (x,)."""
    return legendre.legval(x, np.ascontiguousarray(coefficients.T), tensor=False)

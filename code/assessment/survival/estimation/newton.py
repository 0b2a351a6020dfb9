"""Damped Newton maximisation with differences taken in one vectorised call."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

# (m, k) points -> (m,) values
Function = Callable[[np.ndarray], np.ndarray]
# theta (k,), value, Hessian or information (k, k), gradient (k,)
Maximum = tuple[np.ndarray, float, np.ndarray, np.ndarray]


def derivatives(
    function: Function, theta: np.ndarray, step: float = 2e-3
) -> tuple[float, np.ndarray, np.ndarray]:
    """Value, gradient and Hessian by fourth-order central differences.

    function: (m, k) points -> (m,) values in one call. theta: (k,).
    """
    k = theta.size
    h = step * np.maximum(1.0, np.abs(theta))
    eye = np.diag(h)
    pairs = [(i, j) for i in range(k) for j in range(i)]
    points = [theta] + [theta + m * eye[i] for i in range(k) for m in (-2, -1, 1, 2)]
    points += [theta + a * eye[i] + b * eye[j] for i, j in pairs for a, b in _CROSS]
    values = function(np.array(points))
    f0, single = values[0], values[1 : 1 + 4 * k].reshape(k, 4)
    gradient = (single @ [1, -8, 8, -1]) / (12 * h)
    hessian = np.diag((single @ [-1, 16, 16, -1] - 30 * f0) / (12 * h**2))
    cross = values[1 + 4 * k :].reshape(-1, 8)
    for (i, j), v in zip(pairs, cross):
        near, far = v[:4] @ [1, -1, -1, 1], v[4:] @ [1, -1, -1, 1]
        hessian[i, j] = hessian[j, i] = (
            (16 * near - far) / (48 * h[i] * h[j]) if np.isfinite(far) else near / (4 * h[i] * h[j])
        )
    return f0, gradient, hessian


_CROSS = [(1, 1), (1, -1), (-1, 1), (-1, -1), (2, 2), (2, -2), (-2, 2), (-2, -2)]


def _climb(function: Function, theta: np.ndarray, iterations: int) -> Maximum:
    damping = 0.0
    value, gradient, hessian = derivatives(function, theta)
    for _ in range(iterations):
        if not np.all(np.isfinite(hessian)) or not np.all(np.isfinite(gradient)):
            break
        values, vectors = np.linalg.eigh(-hessian)
        # Turn directions of wrong curvature round, and damp until the step climbs.
        curvature = np.maximum(np.abs(values), 1e-8 * np.max(np.abs(values)) + 1e-12) + damping
        step = vectors @ ((vectors.T @ gradient) / curvature)
        step *= min(1.0, 1.5 / np.max(np.abs(step), initial=1e-300))
        ladder = theta + step * np.array([1, 0.5, 0.25, 0.1, 0.02, 0.001])[:, None]
        tried = function(ladder)
        best = int(np.nanargmax(np.where(np.isfinite(tried), tried, -np.inf)))
        if not tried[best] > value:
            break
        gain, theta = tried[best] - value, ladder[best]
        value, gradient, hessian = derivatives(function, theta)
        if gain < 1e-12 * max(1.0, abs(value)) and np.max(np.abs(step)) < 1e-9:
            break
    return theta, value, hessian, gradient


def maximise(function: Function, starts: np.ndarray, iterations: int = 60) -> Maximum:
    """Best of several starts: (theta, value, information = -Hessian, gradient).

    Two of the starts that lead at the beginning are followed all the way, the others only when
    they end a few steps higher.
    """
    with np.errstate(all="ignore"):
        short = [_climb(function, start, 4) for start in starts]
        order = sorted(short, key=lambda r: -np.nan_to_num(r[1], nan=-np.inf))[:2]
        ends = [_climb(function, r[0], iterations) for r in order]
        best = max(ends, key=lambda r: np.nan_to_num(r[1], nan=-np.inf))
    theta, value, hessian, gradient = best
    return theta, value, -hessian, gradient

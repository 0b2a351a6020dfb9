"""Special functions that keep their accuracy far out in the tails."""

import numpy as np
from scipy import special

# 97.5 % quantile of the standard normal: half the width of a 95 % interval, in standard errors.
Z_975 = 1.959963984540054
_PANELS, _NODES = 40, 16
# Log of a probability below which the library's functions lose digits.
_UNDERFLOW = np.log(1e-250)
# Up to here the library's Q(a, x) takes fifty times as long as P(a, x); where P is no nearer to 1 than
# this, 1 - P has all but two digits.
_SLOW, _NEAR_1 = 1.1, 0.99


def log_incomplete_gamma(a, x, upper):
    """Natural log of a regularised incomplete gamma function: of the upper one Q(a, x) where
    ``upper``, of the lower one P(a, x) elsewhere.

    a, x, upper: arrays that broadcast, a > 0, x >= 0. Returns their broadcast shape.
    Where Q underflows: Legendre's continued fraction (Abramowitz & Stegun 6.5.31), for a > 1000
    the uniform expansion of Temme (DLMF 8.12.4, first correction). Where P underflows: the first
    terms of its series at 0 (DLMF 8.7.1).
    """
    a, x, upper = np.broadcast_arrays(np.asarray(a, float), np.asarray(x, float), upper)
    early, part = x < a, np.empty(x.shape)
    # Each function only where it is the smaller of the two. Not by their argument ``where``, with
    # which they write outside of their results (SciPy 1.17).
    part[early] = special.gammainc(a[early], x[early])
    part[~early] = _upper_gamma(a[~early], x[~early])
    with np.errstate(all="ignore"):
        out = np.where(early == upper, np.log1p(-part), np.log(part))
        small = out < _UNDERFLOW
        far = small & upper & ~early & np.isfinite(x)
        if far.any():
            out[far] = _log_upper_gamma_far(a[far], x[far])
        low = small & ~upper & early & (x > 0)
        if low.any():
            out[low] = _log_lower_gamma_near_0(a[low], x[low])
    out[upper & np.isposinf(x)] = -np.inf
    return out


def _upper_gamma(a, x):
    """Q(a, x) for 1-d a, x with x >= a."""
    upper = np.empty_like(x)
    slow = x <= _SLOW
    upper[~slow] = special.gammaincc(a[~slow], x[~slow])
    a, x = a[slow], x[slow]
    lower = special.gammainc(a, x)
    few = lower > _NEAR_1
    found = 1 - lower
    found[few] = special.gammaincc(a[few], x[few])
    upper[slow] = found
    return upper


def exp_minus_line(x):
    """exp(x) - 1 - x, without cancellation near 0."""
    x = np.asarray(x, float)
    near = np.abs(x) < 0.1
    y = np.where(near, x, 0.0)
    # Taylor's series: the first term left out is below 1e-17 of the sum.
    series = np.zeros_like(x)
    for k in range(12, 1, -1):
        series = (series + 1) * y / k
    return np.where(near, series * y, np.expm1(x) - x)


def log_stirling_share(a):
    """a log a - a - log gamma(a) - log(a) / 2 for a > 0: -log(2 pi) / 2 less Stirling's remainder
    (Abramowitz & Stegun 6.1.41), which is small for large a.
    """
    a = np.asarray(a, float)
    large = a > 15
    b = np.where(large, a, 1.0)
    c = b**-2
    remainder = (1 / 12 - c * (1 / 360 - c * (1 / 1260 - c * (1 / 1680 - c / 1188)))) / b
    small = a * np.log(a) - a - special.gammaln(a) - np.log(a) / 2
    return np.where(large, -np.log(2 * np.pi) / 2 - remainder, small)


def _log_lower_gamma_near_0(a, x):
    term, total = np.ones_like(x), np.ones_like(x)
    for k in range(1, 200):
        term = term * x / (a + k)
        total = total + term
        if np.all(term < 1e-17 * total):
            break
    return a * np.log(x) - x - special.gammaln(a + 1) + np.log(total)


def _log_upper_gamma_far(a, x):
    big = a > 1000
    out = np.empty_like(x)
    if big.any():
        b, y = a[big], x[big]
        ratio = y / b
        eta = np.sqrt(2 * (ratio - 1 - np.log(ratio)))
        correction = 1 / (ratio - 1) - 1 / eta
        gauss = -b * eta**2 / 2 - 0.5 * np.log(2 * np.pi * b)
        main = special.log_ndtr(-eta * np.sqrt(b))
        out[big] = main + np.log1p(correction * np.exp(gauss - main))
    if (~big).any():
        b, y = a[~big], x[~big]
        tiny = 1e-300
        m = y + 1 - b
        c, d = np.full_like(y, 1 / tiny), 1 / m
        h = d.copy()
        for i in range(1, 400):
            step = -i * (i - b)
            m = m + 2
            d = 1 / (step * d + m)
            c = m + step / c
            h = h * c * d
            if np.all(np.abs(c * d - 1) < 1e-15):
                break
        out[~big] = -y + b * np.log(y) - special.gammaln(b) + np.log(h)
    return out


def log_minus_expm1(x):
    """log(1 - exp(-x)) for x >= 0, without cancellation at either end (Mächler 2012)."""
    x = np.asarray(x, float)
    with np.errstate(all="ignore"):
        return np.where(x < np.log(2), np.log(-np.expm1(-x)), np.log1p(-np.exp(-x)))


def integrate_from_zero(function, upper):
    """Integral of function(t) from 0 to `upper`, for functions smooth in log t.

    function: takes an array of times shaped (n,) and returns (draws..., n). upper: one time > 0.
    Gauss–Legendre with 16 nodes on each of 40 panels that halve towards 0; the part below
    upper * 2**-40 is taken as function(0+) times its width.
    """
    nodes, weights = np.polynomial.legendre.leggauss(_NODES)
    edges = upper * 2.0 ** np.arange(-_PANELS, 1)
    width = np.diff(edges)
    t = edges[:-1, None] + width[:, None] * (nodes + 1) / 2
    w = width[:, None] * weights / 2
    values = function(t.ravel())
    return values @ w.ravel() + edges[0] * values[..., 0]

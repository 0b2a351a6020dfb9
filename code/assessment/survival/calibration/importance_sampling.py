"""Where to look for what agrees with the data: importance sampling that learns, in coordinates that
are standard normal before the data.

Points are Sobol's, scrambled (Owen 1997): spread more evenly than random ones, and random enough
for errors to be seen by repeating. The first batch is drawn from that prior, later ones from a
Student t fitted to all before (population Monte Carlo, Cappé et al. 2004). A point counts by the
prior over the mixture of all batches' densities (the balance heuristic of Veach & Guibas 1995), so
nothing that the first batch could reach is ever forgotten.
"""

from __future__ import annotations

import numpy as np
import scipy
from scipy import special
from scipy.special import gammaln, logsumexp

# Degrees of freedom: tails wider than the target's keep weights even.
FREEDOM = 5
# Smallest batch, as a power of two.
LEAST = 6
# Points in effect that a fit needs; below, weights are flattened until as many count.
ENOUGH_TO_FIT = 60


class ImportanceSampler:
    """Batches of points in ``dimensions`` coordinates, and the weights that make them a sample of
    the target.
    """

    def __init__(self, dimensions: int):
        self._centre, self._factor = np.zeros(dimensions), np.eye(dimensions)
        self._drawn: list[tuple[int, np.ndarray, np.ndarray]] = []

    def draw(self, size: float, rng: np.random.Generator) -> np.ndarray:
        """The next batch, (a power of two near size, dimensions)."""
        d = self._centre.size
        even = (
            scipy.stats.qmc.Sobol(d + 1, rng=rng)
            .random_base2(max(round(np.log2(size)), LEAST))
            .clip(1e-12, 1 - 1e-12)
        )
        points = special.ndtri(even[:, :d])
        if self._drawn:  # a Student t is a normal over the root of a chi-squared
            points /= np.sqrt(special.chdtri(FREEDOM, even[:, d:]) / FREEDOM)
        self._drawn.append((len(points), self._centre, self._factor))
        return self._centre + points @ self._factor.T

    def log_weight(self, points: np.ndarray) -> np.ndarray:
        """Log of prior density over the density the batches drawn so far were drawn from: (n,) for
        points (n, dimensions).
        """
        sizes = np.array([size for size, *_ in self._drawn])
        _size, centre, factor = self._drawn[0]
        prior = _log_density(points, centre, factor)
        densities = [
            prior,
            *(
                _log_density(points, centre, factor, FREEDOM)
                for _, centre, factor in self._drawn[1:]
            ),
        ]
        return prior - logsumexp(densities, axis=0, b=(sizes / sizes.sum())[:, None])

    def learn(self, points: np.ndarray, log_weight: np.ndarray) -> None:
        """Fits where the next batch is drawn to points (n, dimensions) with log weights (n,)."""
        weight = _flattened(log_weight)
        centre, effective = weight @ points, 1 / np.sum(weight**2)
        away = points - centre
        # With few points in effect the prior's own variance keeps the fit from collapsing.
        trust = effective / (effective + points.shape[1])
        variance = trust * (away * weight[:, None]).T @ away + (1 - trust) * np.eye(points.shape[1])
        self._centre, self._factor = centre, np.linalg.cholesky(variance)


def _log_density(
    points: np.ndarray, centre: np.ndarray, factor: np.ndarray, freedom: float = np.inf
) -> np.ndarray:
    """Log density of a normal, or of a Student t with scale matrix factor @ factor.T (Kotz &
    Nadarajah 2004, 1.1), less what all have in common.
    """
    d, distance = centre.size, np.sum(np.linalg.solve(factor, (points - centre).T) ** 2, axis=0)
    if np.isinf(freedom):
        tail = -distance / 2
    else:
        tail = (
            gammaln((freedom + d) / 2)
            - gammaln(freedom / 2)
            - d / 2 * np.log(freedom / 2)
            - (freedom + d) / 2 * np.log1p(distance / freedom)
        )
    return tail - np.log(np.diagonal(factor)).sum()


def _flattened(log_weight: np.ndarray) -> np.ndarray:
    """Weights that sum to 1, raised to the highest power up to 1 at which ENOUGH_TO_FIT count in
    effect.
    """

    def at(power: float) -> np.ndarray:
        weight = np.exp(power * (log_weight - log_weight.max()))
        return weight / weight.sum()

    low, high, weight = 0.0, 1.0, at(1.0)
    if 1 / np.sum(weight**2) >= min(ENOUGH_TO_FIT, log_weight.size / 4):
        return weight
    for _ in range(20):
        power = (low + high) / 2
        weight = at(power)
        low, high = (power, high) if 1 / np.sum(weight**2) >= ENOUGH_TO_FIT else (low, power)
    return at(low)


def resampled(weight: np.ndarray, size: int, order: np.ndarray, offset: float) -> np.ndarray:
    """How often each draw is taken, ``size`` in all: systematic resampling (Kitagawa 1996) along
    ``order``, which adds the least noise.

    offset: from 0 to 1, where the first of the even steps lies; random for an unbiased result.
    """
    place, taken = np.argsort(order, kind="stable"), np.empty(weight.size, int)
    ends = np.cumsum(weight[place])
    taken[place] = np.diff(
        np.floor(ends / ends[-1] * size + offset).clip(max=size).astype(int), prepend=0
    )
    return taken

"""Candidate pairs of curves: families, shapes and how the arms differ, before the data speak.

Every number here is an assumption, stated so that it can be argued with:

- Families: Weibull, gamma, lognormal, log-logistic, Gompertz, generalised gamma – those NICE DSU
  TSD 14 asks to consider. Prior weights follow how often each was nearest (mean Akaike weight)
  among maximum-likelihood fits to 104 arms of oncology data sets in lifelines and SurvSet:
  generalised gamma 0.36, lognormal 0.21, the others about 0.1 each.
- Shape of the control curve, log scale: centred on a hazard that rises slightly (Weibull 1.24,
  gamma 1.55, log-logistic 1.6, sdlog 1.07), standard deviation 0.3. Source: maximum-likelihood fits
  to the trial-like sets that ship with lifelines (breast cancer recurrence and death, lung,
  leukaemia, larynx: Weibull 0.9–1.6, middle 1.4; log-logistic 1.2–2.0, middle 1.7; sdlog 0.9–1.5,
  middle 1.1); of centres there and an eighth lower, those lower give the hidden restricted means of
  oncology sets in lifelines and SurvSet the higher density. The generalised gamma's q is centred on
  -1 with standard deviation 1: a late start, a peak of the hazard, and a long tail. In the 104 fits
  q was 0.6 to -1.2 in the middle half. Spread and centre of q are those, of 0.25 to 0.45 and -0.3
  to -1.3, under which the hidden restricted means of the lifelines sets and every other SurvSet set
  had the highest joint density; the sets in between were kept for checking. Where no median is
  printed only the start of the curves is seen, and shapes are 0.25 higher on the log scale: the
  same sets cut at their 20th or 30th percentile give Weibull shapes of 1.1–3.0, middle 1.7.
- Arms share a family. Half of the pairs have (nearly) one shape – proportional hazards under
  Weibull and Gompertz, acceleration under the others – and half differ in log shape by a normal of
  standard deviation 0.2, so hazards may converge, diverge or cross. Of deviations from 0.1 to 0.3,
  those of 0.15 and 0.2 make the Weibull shapes of 42 pairs of oncology arms (lifelines, SurvSet)
  most likely.
- Visits: module `visit_schedule`.
- Follow-up: half of the patients could have been followed beyond F, the printed median. Before it
  the share followed falls evenly from 1 at F(1 - w), w between 0.2 and 1; after it as (1 - (t / F -
  1) / v) ** (1 + b v), with v, the longest follow-up over F less 1, lognormal about 1 with standard
  deviation 0.8 (at most 6), and b between 0 and 1.6: one cut-off after even entry (v = w, b = 0) up
  to a few patients followed far longer. Source: reverse Kaplan–Meier curves of the same oncology
  sets. Both arms share it, so what is wrong about it moves both arms one way.
"""

import numpy as np
from scipy import special

from assessment.survival.distributions.distribution import Distribution
from assessment.survival.distributions.generalised_gamma import GeneralisedGamma
from assessment.survival.distributions.parametric import (
    Gamma,
    Gompertz,
    LogLogistic,
    LogNormal,
    Weibull,
)

FAMILY_WEIGHT = {
    "weibull": 0.11,
    "gamma": 0.11,
    "lognormal": 0.2,
    "loglogistic": 0.11,
    "gompertz": 0.11,
    "generalised_gamma": 0.36,
}
SHAPE_CENTRE = {
    "weibull": np.log(1.24),
    "gamma": np.log(1.55),
    "lognormal": np.log(1.07),
    "loglogistic": np.log(1.6),
    "gompertz": 0.28,
    "generalised_gamma": np.log(0.9),
}
SHAPE_SD = {
    "weibull": 0.3,
    "gamma": 0.3,
    "lognormal": 0.3,
    "loglogistic": 0.3,
    "gompertz": 0.85,
    "generalised_gamma": 0.3,
}
ARM_SHAPE_SD, SAME_SHAPE_SD = 0.2, 0.02
# Quantiles of the difference of the arms' shapes, an even mixture of two normals, by those of a
# standard normal.
_STEPS = 8 * ARM_SHAPE_SD * np.linspace(-1, 1, 801) ** 5
_STEP_TABLE = (
    special.ndtri((special.ndtr(_STEPS / SAME_SHAPE_SD) + special.ndtr(_STEPS / ARM_SHAPE_SD)) / 2),
    _STEPS,
)
Q_CENTRE, Q_SD = -1.0, 1.0
EARLY_SHIFT = 0.25
LONGEST_SD = 0.8


def family_curve(
    family: str, median: np.ndarray, shape: np.ndarray, q: np.ndarray | None = None
) -> Distribution:
    """Distribution of a family with a given median and shape (log scale; Gompertz: shape x median)."""
    if family == "weibull":
        k = np.exp(shape)
        return Weibull(k, median / np.log(2) ** (1 / k))
    if family == "gamma":
        k = np.exp(shape)
        return Gamma(k, special.gammaincinv(k, 0.5) / median)
    if family == "lognormal":
        return LogNormal(np.log(median), np.exp(shape))
    if family == "loglogistic":
        return LogLogistic(np.exp(shape), median)
    if family == "gompertz":
        return Gompertz(shape / median, np.log(2) / (median * special.exprel(shape)))
    if q is None:
        raise ValueError(f"{family}: give q, the third parameter of the generalised gamma.")
    unit = GeneralisedGamma(0 * q, np.exp(shape), q)
    return GeneralisedGamma(np.log(median) - np.log(unit.median()), np.exp(shape), q)


def shapes_at(
    family: str,
    coordinates: np.ndarray,
    early: bool,
    steeper: float | np.ndarray = 0.0,
) -> tuple[np.ndarray, np.ndarray, np.ndarray | None]:
    """(control shape, treated shape, q): each (size,). coordinates: standard normal (size, 3).

    early: no median is printed, only the start of the curves is seen. steeper: rise of the log
    shapes, (size,), as from a late start.
    """
    shift = (EARLY_SHIFT * bool(early) + steeper) * (
        -1 if family in ("lognormal", "generalised_gamma") else 1
    )
    control = SHAPE_CENTRE[family] + shift + SHAPE_SD[family] * coordinates[:, 0]
    step = np.interp(coordinates[:, 1], *_STEP_TABLE) * (2.0 if family == "gompertz" else 1.0)
    return (
        control,
        control + step,
        Q_CENTRE + Q_SD * coordinates[:, 2] if family == "generalised_gamma" else None,
    )


def follow_up_at(follow: np.ndarray, coordinates: np.ndarray) -> dict[str, np.ndarray]:
    """Potential follow-up around its medians `follow` (size,), at standard normal
    coordinates (size, 3): a dict for `followed`.
    """
    after = np.minimum(np.exp(LONGEST_SD * coordinates[:, 1]), 6.0)
    return {
        "median": follow,
        "before": 0.2 + 0.8 * special.ndtr(coordinates[:, 0]),
        "after": after,
        "power": 1 + 1.6 * after * special.ndtr(coordinates[:, 2]),
    }


def followed(t: np.ndarray, f: dict[str, np.ndarray]) -> np.ndarray:
    """Share of patients who could be followed beyond t (k,): (size, k). f: from `follow_up_at`."""
    u = t / f["median"][:, None] - 1
    early = np.clip(-u / f["before"][:, None], 0, 1)
    late = np.clip(1 - u / f["after"][:, None], 0, 1) ** f["power"][:, None]
    return np.where(u < 0, (1 + early) / 2, late / 2)


def nearly_all_gone(f: dict[str, np.ndarray], share: float = 0.02) -> np.ndarray:
    """Time beyond which only this share could be followed: (size,)."""
    return f["median"] * (1 + f["after"] * (1 - (2 * share) ** (1 / f["power"])))

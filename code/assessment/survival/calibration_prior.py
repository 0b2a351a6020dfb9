"""Candidate pairs of curves: families, shapes and how the arms differ, before the data speak.

Every number here is an assumption, stated so that it can be argued with:

- Families: Weibull, gamma, lognormal, log-logistic, Gompertz, generalised gamma – those NICE DSU
  TSD 14 asks to consider. Prior weights follow how often each was nearest (mean Akaike weight) among
  maximum-likelihood fits to 104 arms of oncology data sets in lifelines and SurvSet: generalised gamma 0.36, lognormal
  0.21, the others about 0.1 each.
- Shape of the control curve, log scale: centred on a hazard that rises slightly (Weibull 1.4, gamma
  1.75, log-logistic 1.8, sdlog 0.95), standard deviation 0.25. Source: maximum-likelihood fits to the
  trial-like sets that ship with lifelines (breast cancer recurrence and death, lung, leukaemia,
  larynx: Weibull 0.9–1.6, middle 1.4; log-logistic 1.2–2.0, middle 1.7; sdlog 0.9–1.5, middle 1.1).
  The generalised gamma's q is centred on -0.7 with standard deviation 1: a late start, a peak of
  the hazard, and a long tail. In the 104 fits q was 0.6 to -1.2 in the middle half. Where no median
  is printed only the start of the curves is seen, and shapes are 0.25 higher on the log scale: the
  same sets cut at their 20th or 30th percentile give Weibull shapes of 1.1–3.0, middle 1.7.
- Arms share a family. Half of the pairs have (nearly) one shape – proportional hazards under
  Weibull and Gompertz, acceleration under the others – and half differ in log shape by a normal of
  standard deviation 0.25, so hazards may converge, diverge or cross.
- Follow-up: potential follow-up times spread evenly over F(1 - w) to F(1 + w), F the printed
  median, w between 0.25 and 1: entry spread over time and one cut-off.
"""

import numpy as np
from scipy import special

from .families import Gamma, GeneralisedGamma, Gompertz, LogLogistic, LogNormal, Weibull

FAMILIES = ("weibull", "gamma", "lognormal", "loglogistic", "gompertz", "generalised_gamma")
FAMILY_WEIGHT = {"weibull": 0.125, "gamma": 0.125, "lognormal": 0.2, "loglogistic": 0.125, "gompertz": 0.125, "generalised_gamma": 0.3}
SHAPE_CENTRE = {"weibull": np.log(1.4), "gamma": np.log(1.75), "lognormal": np.log(0.95), "loglogistic": np.log(1.8),
                "gompertz": 0.4, "generalised_gamma": np.log(0.8)}
SHAPE_SD = {"weibull": 0.25, "gamma": 0.25, "lognormal": 0.25, "loglogistic": 0.25, "gompertz": 0.7, "generalised_gamma": 0.25}
ARM_SHAPE_SD = 0.25
Q_CENTRE, Q_SD = -0.7, 1.0
EARLY_SHIFT = 0.25


def curve(family, median, shape, q=None):
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
    unit = GeneralisedGamma(0 * q, np.exp(shape), q)
    return GeneralisedGamma(np.log(median) - np.log(unit.median()), np.exp(shape), q)


def draw_shapes(family, size, rng, early):
    """(control shape, treated shape, q): each (size,). early: no median is printed, only the start of the curves is seen."""
    shift = EARLY_SHIFT * bool(early) * (-1 if family in ("lognormal", "generalised_gamma") else 1)
    control = SHAPE_CENTRE[family] + shift + SHAPE_SD[family] * rng.standard_normal(size)
    same = rng.random(size) < 0.5
    step = np.where(same, 0.02, ARM_SHAPE_SD) * (2.0 if family == "gompertz" else 1.0)
    q = rng.normal(Q_CENTRE, Q_SD, size) if family == "generalised_gamma" else None
    return control, control + step * rng.standard_normal(size), q

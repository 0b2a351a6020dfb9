"""The parametric families by name: those NICE DSU TSD 14 asks to consider."""

from assessment.survival.distributions.distribution import Distribution
from assessment.survival.distributions.generalised_gamma import GeneralisedGamma
from assessment.survival.distributions.parametric import (
    Exponential,
    Gamma,
    Gompertz,
    LogLogistic,
    LogNormal,
    Weibull,
)

FAMILIES: dict[str, type[Distribution]] = {
    "exponential": Exponential,
    "weibull": Weibull,
    "gamma": Gamma,
    "lognormal": LogNormal,
    "loglogistic": LogLogistic,
    "gompertz": Gompertz,
    "generalised_gamma": GeneralisedGamma,
}
# The families that a calibration and a model average over: an exponential is a Weibull of shape 1.
CANDIDATE_FAMILIES = tuple(name for name in FAMILIES if name != "exponential")

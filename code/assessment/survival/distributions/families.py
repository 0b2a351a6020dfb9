"""The parametric families by name."""

from assessment.survival.distributions.parametric import (
    Exponential,
    Gamma,
    GeneralisedGamma,
    Gompertz,
    LogLogistic,
    LogNormal,
    Weibull,
)

FAMILIES = {
    "exponential": Exponential,
    "weibull": Weibull,
    "gompertz": Gompertz,
    "gamma": Gamma,
    "lognormal": LogNormal,
    "loglogistic": LogLogistic,
    "generalised_gamma": GeneralisedGamma,
}

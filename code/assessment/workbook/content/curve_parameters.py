"""Parametric curves that may stand in place of the model's: their parameters, drawn through two points
of the model's expected curve, and their cumulative hazards as formulas.

Forms as in the survival room: exponential H = t / mean; Weibull H = (t / scale)^shape; lognormal
S = 1 − Φ((ln t − mu) / sigma); log-logistic S = 1 / (1 + (t / scale)^shape). Times in months.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtri

from assessment.case.definition import load_case
from assessment.case.model.inputs.settings import CONTROL, ROLES, TREATED
from assessment.evidence.provenance.result_cache import cached_result
from assessment.presentation.language import _
from assessment.workbook.content.curve_sets import curve_sets

MODEL = "model"
ENDPOINTS = ("pfs", "os")
ARMS = dict(zip((TREATED, CONTROL), ROLES))  # arm: role
EARLY, LATE, HALF = 0.75, 0.25, 0.5  # shares at which a curve meets the model's
PARAMETERS = {
    "exponential": ("mean",),
    "weibull": ("scale", "shape"),
    "lognormal": ("mu", "sigma"),
    "loglogistic": ("scale", "shape"),
}
FAMILIES = (MODEL, *PARAMETERS)
UNITS = {"mean": "months", "scale": "months", "shape": "", "mu": "log months", "sigma": ""}


@dataclass(frozen=True)
class CurveParameter:
    """A parameter of a curve, or with ``options`` the choice of one."""

    parameter: str
    label: str
    value: float | str
    unit: str = ""
    least: float = 0.0
    above_zero: bool = True
    options: tuple[str, ...] = ()


def parameter_name(endpoint: str, family: str, parameter: str, role: str) -> str:
    """Its name among the inputs of a cohort."""
    return f"{endpoint}_{family}_{parameter}_{role}"


@cached_result(maxsize=4)
def curve_parameters(cohort: str) -> tuple[CurveParameter, ...]:
    """The choice of a family for each endpoint, and every parameter of every family."""
    case, months = load_case(), curve_sets(cohort)[0].months
    place, arms = case.cohort_labels()[cohort], {arm.id: arm.label for arm in case.arms}
    found = [
        CurveParameter(
            f"{endpoint}_curve",
            _("Curve of {endpoint}, {cohort}").format(endpoint=endpoint.upper(), cohort=place),
            MODEL,
            options=FAMILIES,
        )
        for endpoint in ENDPOINTS
    ]
    for k, endpoint in enumerate(ENDPOINTS):
        for arm, role in ARMS.items():
            for family, values in _through(months[arm][k]).items():
                for name, value in zip(PARAMETERS[family], values):
                    label = _("{endpoint}, {arm}, {cohort}: {family}, {parameter}").format(
                        endpoint=endpoint.upper(),
                        arm=arms[arm],
                        cohort=place,
                        family=family,
                        parameter=name,
                    )
                    free = name == "mu"
                    found.append(
                        CurveParameter(
                            parameter_name(endpoint, family, name, role),
                            label,
                            value,
                            UNITS[name],
                            -10.0 if free else 0.0,
                            not free,
                        )
                    )
    return tuple(found)


def _through(survival: np.ndarray) -> dict[str, tuple[float, ...]]:
    """Parameters of each family, by hand: one point for one parameter, two for two."""
    early, middle, late = (_month_of(survival, share) for share in (EARLY, HALF, LATE))
    span = math.log(late / early)
    shape = math.log(math.log(LATE) / math.log(EARLY)) / span
    sigma = span / float(ndtri(1 - LATE) - ndtri(1 - EARLY))
    odds = math.log(((1 - LATE) / LATE) / ((1 - EARLY) / EARLY)) / span
    return {
        "exponential": (middle / math.log(2),),
        "weibull": (early / (-math.log(EARLY)) ** (1 / shape), shape),
        "lognormal": (math.log(early) - sigma * float(ndtri(1 - EARLY)), sigma),
        "loglogistic": (early / ((1 - EARLY) / EARLY) ** (1 / odds), odds),
    }


def _month_of(survival: np.ndarray, share: float) -> float:
    """When a falling curve is at a share, by a straight line between months."""
    return float(np.interp(-share, -survival, np.arange(survival.size)))


def hazard_formula(family: str, months: str, name_of) -> str:
    """The cumulative hazard at ``months`` (a cell, above 0); ``name_of(parameter)``: its cell."""
    if family == "exponential":
        return f"{months}/{name_of('mean')}"
    if family == "lognormal":
        return f"-LN(NORMSDIST(({name_of('mu')}-LN({months}))/{name_of('sigma')}))"
    power = f"({months}/{name_of('scale')})^{name_of('shape')}"
    return power if family == "weibull" else f"LN(1+{power})"


def hazard(family: str, months: np.ndarray, values: dict[str, float]) -> np.ndarray:
    """The cumulative hazard at ``months`` above 0, by parameter name."""
    from scipy.special import log_ndtr

    if family == "exponential":
        return months / values["mean"]
    if family == "lognormal":
        return -log_ndtr((values["mu"] - np.log(months)) / values["sigma"])
    power = (months / values["scale"]) ** values["shape"]
    return power if family == "weibull" else np.log1p(power)

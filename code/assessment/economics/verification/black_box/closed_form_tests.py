"""T33: the engine against integrals that have a closed form."""

from __future__ import annotations

import math

from assessment.economics.model.partitioned_survival import partitioned_survival
from assessment.economics.time.discounting import constant_discounting
from assessment.economics.time.time_grid import continuous_grid
from assessment.economics.verification.framework.findings import close
from assessment.economics.verification.framework.registry import PRACTICE, verification_test
from assessment.survival import Exponential, Weibull

LONG = 400.0


def life_years(curve, annual_rate: float, horizon_years: float = LONG) -> float:
    """Discounted area under a survival curve, by the model's own quadrature."""
    grid = continuous_grid(horizon_years, panels=40)
    return float(
        partitioned_survival(curve, curve, grid).alive
        @ grid.weights(constant_discounting(annual_rate))
    )


@verification_test(
    "T33",
    "Closed forms: exponential 1/λ, discounted 1/(λ + ln(1 + r)), Weibull scale × Γ(1 + 1/shape)",
    PRACTICE,
)
def closed_forms(case):
    """Mean times of three curves by the model's quadrature, against their closed forms."""
    return [
        close("life years, exponential with rate 0.25", life_years(Exponential(0.25), 0.0), 4.0),
        close("the same at 4 %", life_years(Exponential(0.25), 0.04), 1 / (0.25 + math.log(1.04))),
        close(
            "life years, Weibull of shape 1.5 and scale 3",
            life_years(Weibull(1.5, 3.0), 0.0),
            3 * math.gamma(1 + 1 / 1.5),
        ),
    ]

"""The public functions of all rooms with their arguments, and what they may return beside numbers."""

from __future__ import annotations

from functools import cache

from described_doors import public_functions
from economics_arguments import economics_doors
from evidence_arguments import evidence_doors
from survival_arguments import survival_doors

from assessment import economics, evidence, survival

ROOMS = {"survival": survival_doors, "economics": economics_doors, "evidence": evidence_doors}

# Results that only other functions make, and functions without an argument that could be odd.
MADE = {
    "Acceptability", "BeforeProgression", "Budget", "Calibrated", "Claim", "Conflict", "ExpectedOutcomes",
    "Fact", "Fit", "Grid", "InformationValue", "KaplanMeier", "Network", "Occupancy", "Outcomes",
    "PriceThreshold", "Problem", "RPSFTM", "Reconstruction", "RiskDifference", "Source",
}  # fmt: skip

# What docstrings say may stand in a result: nan where there is no value, inf where it is not reached.
ALLOWED = {
    "Discounting": "nan",  # the last band has no end
    "Distribution1D.quantile": "inf",  # the ends of a normal
    "KaplanMeier.interval": "nan",  # no upper limit when all have had the event
    "KaplanMeier.median_interval": "inf",
    "KaplanMeier.quantile": "inf",
    "Waning": "inf",  # an effect that never wanes altogether
    "TrialContrast": "nan inf",  # refused with the name of the trial by network_meta_analysis
    "Summaries": "inf",  # a median that is not reached
    "Summaries.get": "inf",
    "calibrate": "inf",
    "choose": "inf",  # an infinite mean
    "convergence": "nan",  # an ICER where one strategy dominates
    "cox_hazard_ratio": "inf",
    "dilution_map": "nan",  # no hazard ratio from 0.01 to 100 explains what was seen
    "fit": "nan inf",  # a covariance that the data do not identify
    "frontier": "nan",  # the first strategy has none before it
    "hazard_panels": "inf",
    "kaplan_meier": "inf",  # the variance of log 0
    "risk_difference": "inf",  # the number needed when there is no difference
    "rpsftm": "nan",  # a limit outside the range searched
    "treatment_policy_hazard_ratio": "nan inf",
    "undiluted_hazard_ratio": "nan",
} | {
    f"{family}.{asked}": "inf"  # logarithms of 0, times that are never reached, a hazard at time 0
    for family in ("RoystonParmar", "PiecewiseExponential", *(f.__name__ for f in survival.FAMILIES.values()))
    for asked in (
        "quantile", "hazard", "density", "cumulative_hazard", "log_survival", "log_hazard", "log_density",
    )
}  # fmt: skip


@cache
def doors_of(room: str) -> dict:
    """{name: (function, arguments with which it works)} of one room."""
    module = {"survival": survival, "economics": economics, "evidence": evidence}[room]
    return public_functions(module, ROOMS[room]())

"""What the curves say: families, fits, reconstruction, calibration to printed summaries,
comparison.

Pure numerics: no files are read but those handed in, and randomness is an argument.
"""

from assessment.evidence.arguments.told_to_users import EvidenceWarning
from assessment.survival.calibration.calibrate import calibrate
from assessment.survival.calibration.calibrated_curves import Calibrated
from assessment.survival.calibration.printed_summaries import Summaries
from assessment.survival.comparison.crossover import (
    RPSFTM,
    counterfactual,
    rpsftm,
    treatment_policy_hazard_ratio,
)
from assessment.survival.comparison.dilution import (
    diluted_hazard_ratio,
    dilution_map,
    undiluted_hazard_ratio,
)
from assessment.survival.comparison.effect_measures import (
    Ratio,
    RiskDifference,
    bucher,
    risk_difference,
    wilson,
)
from assessment.survival.comparison.network_meta_analysis import (
    Network,
    TrialContrast,
    network_meta_analysis,
)
from assessment.survival.distributions.families import FAMILIES
from assessment.survival.distributions.flexible import PiecewiseExponential, RoystonParmar
from assessment.survival.distributions.generalised_gamma import GeneralisedGamma
from assessment.survival.distributions.parametric import (
    Exponential,
    Gamma,
    Gompertz,
    LogLogistic,
    LogNormal,
    Weibull,
)
from assessment.survival.estimation.maximum_likelihood import Fit, FitWarning, fit
from assessment.survival.estimation.model_choice import choose
from assessment.survival.estimation.nonparametric import (
    KaplanMeier,
    at_risk_table,
    cox_hazard_ratio,
    hazard_panels,
    kaplan_meier,
    logrank_z,
)
from assessment.survival.reconstruction import (
    Reconstruction,
    fit_report,
    hazard_ratio_report,
    read_numbers_at_risk,
    read_points,
    reconstruct_ipd,
)

__all__ = [
    "Calibrated",
    "TrialContrast",
    "EvidenceWarning",
    "Exponential",
    "FAMILIES",
    "Fit",
    "FitWarning",
    "Gamma",
    "GeneralisedGamma",
    "Gompertz",
    "KaplanMeier",
    "LogLogistic",
    "LogNormal",
    "Network",
    "PiecewiseExponential",
    "RPSFTM",
    "Ratio",
    "Reconstruction",
    "RiskDifference",
    "RoystonParmar",
    "Summaries",
    "Weibull",
    "at_risk_table",
    "bucher",
    "calibrate",
    "choose",
    "counterfactual",
    "cox_hazard_ratio",
    "diluted_hazard_ratio",
    "dilution_map",
    "fit",
    "fit_report",
    "hazard_panels",
    "hazard_ratio_report",
    "kaplan_meier",
    "logrank_z",
    "network_meta_analysis",
    "read_numbers_at_risk",
    "read_points",
    "reconstruct_ipd",
    "risk_difference",
    "rpsftm",
    "treatment_policy_hazard_ratio",
    "undiluted_hazard_ratio",
    "wilson",
]

"""What the curves say: families, fits, reconstruction, calibration to printed summaries,
comparison.

Pure numerics: no files are read but those handed in, and randomness is an argument.
"""

from .calibrated import Calibrated
from .calibration import calibrate
from .comparison import Ratio, RiskDifference, bucher, risk_difference, wilson
from .crossover import (
    RPSFTM,
    counterfactual,
    diluted_hazard_ratio,
    dilution_map,
    rpsftm,
    treatment_policy_hazard_ratio,
    undiluted_hazard_ratio,
)
from .digitised import read_numbers_at_risk, read_points
from .families import (
    Exponential,
    Gamma,
    GeneralisedGamma,
    Gompertz,
    LogLogistic,
    LogNormal,
    Weibull,
)
from .fitting import FAMILIES, Fit, FitWarning, choose, fit
from .flexible import PiecewiseExponential, RoystonParmar
from .network import Comparison, Network, network_meta_analysis
from .nonparametric import (
    KaplanMeier,
    at_risk_table,
    cox_hazard_ratio,
    hazard_panels,
    kaplan_meier,
    logrank_z,
)
from .rebuilt import fit_report, hazard_ratio_report
from .reconstruction import Reconstruction, reconstruct_ipd
from .summaries import Summaries

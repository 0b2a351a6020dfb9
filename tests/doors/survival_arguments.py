"""Arguments with which each public function of survival works: what the fuzz then spoils."""

from __future__ import annotations

import numpy as np
from door_objects import ARM, CASES, OBSERVED, RISK, SUMMARIES, T, contrasts, made, points

from assessment import survival as s


def survival_doors() -> dict:
    patients = {"durations": T, "observed": OBSERVED}
    switching = {"time": T, "event": OBSERVED, "arm": ARM, "share_treated": np.where(ARM, 1.0, 0.3)}
    dilution = {"share_crossing": 0.4, "control_rate": 0.1, "horizon": 24.0, "hazard_shape": 1.1}
    diluted = dilution | {"delay": 4.0, "carry_over": 0.8}
    of_curve = {"t": np.array([0.5, 3.0])}
    doors = {
        "Exponential": {"rate": 0.1},
        "Gamma": {"shape": 1.2, "rate": 0.1},
        "GeneralisedGamma": {"mu": 2.0, "sigma": 0.8, "q": 0.5},
        "Gompertz": {"shape": 0.01, "rate": 0.1},
        "LogLogistic": {"shape": 1.5, "scale": 10.0},
        "LogNormal": {"meanlog": 2.0, "sdlog": 0.8},
        "PiecewiseExponential": {"rates": [0.1, 0.2], "breaks": [5.0]},
        "RoystonParmar": {"coefficients": [-3.0, 1.2], "knots": [0.0, 3.0], "scale": "hazard"},
        "Weibull": {"shape": 1.2, "scale": 14.0},
        "Ratio": {"estimate": 0.5, "low": 0.3, "high": 0.8},
        "Ratio.from_log": {"log": -0.5, "se": 0.2},
        "Summaries": SUMMARIES | {"events_t": None, "events_c": None, "followup_median": 20.0},
        "TrialContrast": {"trial": "one", "treatment": "a", "comparator": "p", "log_ratio": -0.5,
                          "se": 0.2},
        "at_risk_table": {"durations": T, "times": [0.0, 6.0]},
        "bucher": {"a_vs_common": (0.5, 0.35, 0.7143), "b_vs_common": (0.8, 0.64, 1.0)},
        "calibrate": {"summaries": dict(SUMMARIES), "rng": np.random.default_rng(1), "size": 20,
                      "candidates": 100, "log_hr_slack": 0.003, "median_interval": None, "trial": True,
                      "visits": None},
        "choose": {"fits": [made("fit")]},
        "counterfactual": {"time": T, "event": OBSERVED, "share_treated": np.full(60, 0.4), "psi": -0.3,
                           "censoring": np.full(60, 40.0)},
        "cox_hazard_ratio": patients | {"treated": ARM},
        "diluted_hazard_ratio": diluted | {"true_hr": 0.5},
        "undiluted_hazard_ratio": diluted | {"observed_hr": 0.7},
        "dilution_map": dilution | {"observed_hr": 0.7, "delays": [2.0, 4.0], "carry_overs": [0.5, 1.0]},
        "fit": patients | {"family": "weibull", "knots": 1, "scale": "hazard", "breaks": [5.0, 10.0],
                           "intervals": None},
        "fit_report": {"arm": made("arm"), "published_median": 8.0},
        "hazard_panels": patients | {"pieces": 5},
        "hazard_ratio_report": {"treated": made("arm"), "control": made("arm"),
                                "rng": np.random.default_rng(1), "published": 0.9, "draws": 2,
                                "point_sd": 0.002},
        "kaplan_meier": patients,
        "logrank_z": patients | {"treated": ARM},
        "network_meta_analysis": {"comparisons": contrasts(), "reference": "p", "random": True},
        "read_numbers_at_risk": {"path": CASES / "02-digitiser-shapes" / "nrisk_brackets.csv"},
        "read_points": {"path": CASES / "03-figure-ends-at-last-printed-time" / "curve.csv"},
        "reconstruct_ipd": {"points": points(), "numbers_at_risk": RISK, "total_events": 70, "n": 120,
                            "unit": "proportion"},
        "risk_difference": {"events_t": 10, "n_t": 100, "events_c": 5, "n_c": 90, "level": 0.95},
        "rpsftm": switching | {"censoring": np.full(60, 40.0), "low": -2.0, "high": 2.0, "grid": 21},
        "treatment_policy_hazard_ratio": {"time": T, "event": OBSERVED, "arm": ARM},
        "wilson": {"events": 10, "n": 100, "level": 0.95},
    }  # fmt: skip
    for family in s.FAMILIES.values():
        curve = family(**doors[family.__name__])
        doors |= _asked(family.__name__, curve, of_curve)
    spline = s.RoystonParmar(**doors["RoystonParmar"])
    pieces = s.PiecewiseExponential(**doors["PiecewiseExponential"])
    doors |= _asked("RoystonParmar", spline, of_curve) | _asked(
        "PiecewiseExponential", pieces, of_curve
    )
    km, band = made("km"), {"t": [1.0, 5.0], "arm": "t", "of": "population"}
    mean = {"horizon": 10.0, "arm": "t", "of": "trial", "points": 50}
    return doors | {
        "KaplanMeier.at": (km, {"t": [1.0, 5.0]}),
        "KaplanMeier.interval": (km, {"level": 0.95}),
        "KaplanMeier.quantile": (km, {"p": 0.5}),
        "KaplanMeier.median_interval": (km, {"level": 0.95}),
        "KaplanMeier.rmst": (km, {"horizon": 12.0}),
        "Fit.draw": (made("fit"), {"size": 5, "rng": np.random.default_rng(1)}),
        "Network.ratio": (made("network"), {"treatment": "a", "against": "b"}),
        "Network.p_scores": (made("network"), {"lower_is_better": True}),
        "Calibrated.survival": (made("calibrated"), band),
        "Calibrated.band": (made("calibrated"), band | {"level": 0.95}),
        "Calibrated.rmst": (made("calibrated"), mean),
        "Calibrated.rmst_difference": (made("calibrated"), {"horizon": 10.0, "of": "trial", "points": 50}),
        "Calibrated.distributions": (made("calibrated"), {"arm": "t"}),
        "Summaries.get": (s.Summaries(**SUMMARIES), {"name": "median", "arm": "t"}),
    }  # fmt: skip


def _asked(name: str, curve, of_time: dict) -> dict:
    """What any curve can be asked."""
    asked = ("survival", "hazard", "cumulative_hazard", "log_survival", "log_hazard", "density")
    return {f"{name}.{one}": (curve, of_time) for one in (*asked, "log_density")} | {
        f"{name}.quantile": (curve, {"p": [0.25, 0.5]}),
        f"{name}.rmst": (curve, {"horizon": [5.0, 10.0]}),
    }

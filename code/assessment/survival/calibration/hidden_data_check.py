"""Calibration against real curves that were hidden from it: public two-arm data sets, of which only
what a paper prints is given.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from assessment.evidence.provenance.result_cache import cached_result
from assessment.survival.calibration.calibrate import calibrate
from assessment.survival.calibration.calibrated_curves import Calibrated
from assessment.survival.distributions.parametric import Exponential
from assessment.survival.distributions.special_functions import Z_975
from assessment.survival.estimation.nonparametric import cox_hazard_ratio, kaplan_meier

# Data sets of lifelines: name -> (loader, time, event, treated). The shapes expected beforehand
# were chosen with those in SEEN in view.
SETS = {
    "lung": (
        "load_lung",
        "time",
        lambda f: f["status"] == f["status"].max(),
        lambda f: f["sex"] == 2,
    ),
    "breast": ("load_gbsg2", "time", lambda f: f["cens"] == 1, lambda f: f["horTh"] == "yes"),
    "leukaemia": ("load_leukemia", "t", lambda f: f["status"] == 1, lambda f: f["Rx"] == 0),
    "regimes": (
        "load_dd",
        "duration",
        lambda f: f["observed"] == 1,
        lambda f: f["democracy"] == "Democracy",
    ),
}
SEEN = ("lung", "breast", "leukaemia")
SEED, SIZE = 7, 800


@dataclass(frozen=True, eq=False)
class Hidden:
    """One data set hidden from its calibration. Times in the data's own unit.

    durations, observed, treated: (n,). printed: what was handed over. draws: the Calibrated.
    horizon: where both arms are still followed. truth: {"t", "c", "difference": restricted mean};
    estimate, low, high: the same from the draws; exponential: from exponential curves through the
    printed medians (nan where a median is not reached).
    """

    name: str
    durations: np.ndarray
    observed: np.ndarray
    treated: np.ndarray
    printed: dict[str, float]
    draws: Calibrated
    horizon: float
    truth: dict[str, float]
    estimate: dict[str, float]
    low: dict[str, float]
    high: dict[str, float]
    exponential: dict[str, float]

    def error(self, what: str) -> float:
        """|estimate - truth| / horizon of "t", "c" or "difference"."""
        return abs(self.estimate[what] - self.truth[what]) / self.horizon

    def covered(self, what: str) -> bool:
        """Whether the 95 % interval holds the truth."""
        return bool(self.low[what] <= self.truth[what] <= self.high[what])


def as_printed(
    durations: np.ndarray, observed: np.ndarray, treated: np.ndarray
) -> dict[str, float]:
    """What a paper prints of two arms: medians with limits and times to three figures, hazard ratio
    to two decimals, sizes, events, follow-up.
    """
    printed: dict[str, float] = {}
    for arm, mask in (("t", treated), ("c", ~treated)):
        km = kaplan_meier(durations[mask], observed[mask])
        low, high = km.median_interval()
        printed |= {
            f"median_{arm}": _figures(km.quantile()),
            f"lo_{arm}": _figures(low),
            f"hi_{arm}": _figures(high),
            f"n_{arm}": int(mask.sum()),
            f"events_{arm}": int(observed[mask].sum()),
        }
    log_hr, se = cox_hazard_ratio(durations, observed, treated)
    printed |= {
        name: round(float(np.exp(log_hr + z * se)), 2)
        for name, z in (("hr", 0), ("hr_lo", -Z_975), ("hr_hi", Z_975))
    }
    return printed | {"followup_median": _figures(kaplan_meier(durations, ~observed).quantile())}


def _figures(time: float) -> float:
    return float(f"{time:.3g}") if np.isfinite(time) else time


@cached_result(maxsize=8, disk=True)
def hidden(name: str) -> Hidden:
    """Hide one of SETS, calibrate to what would be printed, and compare restricted means up to the
    horizon.
    """
    import lifelines.datasets

    loader, time, event, arm = SETS[name]
    frame = getattr(lifelines.datasets, loader)()
    durations, observed, treated = (
        frame[time].to_numpy(float),
        event(frame).to_numpy(bool),
        arm(frame).to_numpy(bool),
    )
    printed = as_printed(durations, observed, treated)
    curves = {
        "t": kaplan_meier(durations[treated], observed[treated]),
        "c": kaplan_meier(durations[~treated], observed[~treated]),
    }
    horizon = min(km.last for km in curves.values())
    draws = calibrate(printed, np.random.default_rng(SEED), SIZE, candidates=6000)
    drawn = {a: draws.rmst(horizon, a, "trial") for a in "tc"}
    truth = {a: float(curves[a].rmst(horizon)) for a in "tc"}
    simple = {
        a: (
            float(Exponential(np.log(2) / m).rmst(horizon))
            if np.isfinite(m := printed[f"median_{a}"])
            else np.nan
        )
        for a in "tc"
    }
    drawn["difference"] = drawn["t"] - drawn["c"]
    for values in (truth, simple):
        values["difference"] = values["t"] - values["c"]
    low, high = ({k: float(np.quantile(v, q)) for k, v in drawn.items()} for q in (0.025, 0.975))
    return Hidden(
        name,
        durations,
        observed,
        treated,
        printed,
        draws,
        horizon,
        truth,
        {k: float(v.mean()) for k, v in drawn.items()},
        low,
        high,
        simple,
    )


def accuracy() -> dict[str, float]:
    """Over all SETS: mean error of the arms' restricted means and of their difference (share of the
    horizon), the same of exponential curves through the medians, how many of the 95 % intervals
    hold the truth, and of how many."""
    checks = [hidden(name) for name in SETS]

    def mean(values):
        return float(np.nanmean(values))

    arms, everything = (
        [(h, a) for h in checks for a in "tc"],
        [(h, w) for h in checks for w in ("t", "c", "difference")],
    )
    return {
        "arms": mean([h.error(a) for h, a in arms]),
        "difference": mean([h.error("difference") for h in checks]),
        "exponential_arms": mean([abs(h.exponential[a] - h.truth[a]) / h.horizon for h, a in arms]),
        "exponential_difference": mean(
            [abs(h.exponential["difference"] - h.truth["difference"]) / h.horizon for h in checks]
        ),
        "covered": sum(h.covered(w) for h, w in everything),
        "intervals": len(everything),
    }

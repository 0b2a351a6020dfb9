"""Published evaluations tried again with what they print: curves from their summaries, their horizon
and discount rate.

Each function gives a mapping from ids of ``data/targets.csv`` to our values.
"""

from __future__ import annotations

import math

import numpy as np

from assessment.case.trial.trial_summaries import STRATIFIED_SLACK
from assessment.case.verification.textbook_targets import SEED
from assessment.economics.time.discounting import constant_discounting
from assessment.economics.time.time_units import MONTHS_PER_YEAR
from assessment.economics.verification.black_box.closed_form_tests import life_years
from assessment.evidence import load_facts
from assessment.survival import Exponential
from assessment.survival.calibration.calibrate import calibrate


def _exponential_years(rate: float, horizon_years: float, annual_discount: float) -> float:
    return life_years(Exponential(rate), annual_discount, horizon_years)


def _calibrated_gains(
    prefix: dict[str, str], horizon_years: float, annual_discount: float, visits: float | None = 0.0
) -> np.ndarray:
    """Discounted life years gained, by draw, from curves calibrated to printed facts; ``prefix``:
    name in Summaries → fact id; visits: as in ``calibrate``.
    """
    facts = load_facts()
    printed: dict[str, float | None] = {}
    for name, fact_id in prefix.items():
        fact = facts[fact_id]
        arm = name.rpartition("_")[2]
        printed[name] = fact.number
        if fact.low is not None:
            printed |= (
                {"hr_lo": fact.low, "hr_hi": fact.high}
                if name == "hr"
                else {f"lo_{arm}": fact.low, f"hi_{arm}": fact.high}
            )
    curves = calibrate(
        printed,
        np.random.default_rng(SEED),
        size=1500,
        candidates=9000,
        log_hr_slack=STRATIFIED_SLACK,
        visits=visits,
    )
    months = np.linspace(0, horizon_years * MONTHS_PER_YEAR, 601)
    factor = constant_discounting(annual_discount).factor(months / MONTHS_PER_YEAR)
    years = {
        arm: np.trapezoid(curves.survival(months, arm) * factor, months, axis=1) / MONTHS_PER_YEAR
        for arm in "tc"
    }
    return years["t"] - years["c"]


def chua():
    """RADIANT-4 at 10 years and 5 %: the PFS gain from calibrated curves; OS gains from printed
    2-year survival and hazard ratio.
    """
    facts = load_facts()
    horizon, rate = (
        facts["chua2018.method.horizon.duration"].number,
        facts["chua2018.method.discount.rate"].number / 100,
    )
    alive = {
        arm: facts[f"radiant4.os.epnet.{arm}.rate_24_months"].number / 100
        for arm in ("everolimus", "placebo")
    }
    hazard = {arm: -math.log(s) / 2 for arm, s in alive.items()}
    treated = hazard["placebo"] * (
        1 - facts["radiant4.os.epnet.second_interim.risk_reduction"].number / 100
    )

    def years(h):
        return _exponential_years(h, horizon, rate)

    names = {
        "median_t": "pfs.epnet.everolimus.median",
        "median_c": "pfs.epnet.placebo.median",
        "hr": "pfs.epnet.hazard_ratio",
        "n_t": "n.epnet.everolimus",
        "n_c": "n.epnet.placebo",
    }
    return {
        "chua.years.carried": float(
            _calibrated_gains(
                {k: f"radiant4.{v}" for k, v in names.items()}, horizon, rate, visits=None
            ).mean()
        ),
        "chua.years.ratio": years(treated) - years(hazard["placebo"]),
        "chua.years.rates": years(hazard["everolimus"]) - years(hazard["placebo"]),
    }


def smith_palmer():
    """NETTER-1 with Smith-Palmer 2021's horizon and rate: mean gain in survival from calibrated
    curves, times the utility after progression.
    """
    facts = load_facts()
    names = {
        "median_t": "os.midgut.lutetium.median",
        "median_c": "os.midgut.octreotide.median",
        "hr": "os.midgut.hazard_ratio",
        "n_t": "os.midgut.lutetium.n",
        "n_c": "os.midgut.octreotide.n",
    }
    gains = _calibrated_gains(
        {k: f"netter1.{v}" for k, v in names.items()},
        facts["smithpalmer2021.method.horizon.duration"].number,
        facts["smithpalmer2021.method.discount.rate"].number / 100,
    )
    return {
        "smithpalmer.qalys": (
            float(gains.mean()) * facts["economics.utility.palmer.midgut_progressed"].number
        )
    }


def celestial():
    """CELESTIAL at 10 years and 3 %: median gain in life years from calibrated curves, for the two
    papers that print one.
    """
    names = {
        "median_t": "os.cabozantinib.median",
        "median_c": "os.placebo.median",
        "hr": "os.hazard_ratio",
        "n_t": "n.cabozantinib",
        "n_c": "n.placebo",
    }
    gain = float(
        np.median(_calibrated_gains({k: f"celestial.{v}" for k, v in names.items()}, 10.0, 0.03))
    )
    return {"sieg.years": gain, "shlomai.years": gain}

"""Our value for each row of ``data/targets.csv``: computed here, never typed, so that tests and the
validation page read one table.

Each function named in the column ``computed_by`` returns a mapping from the ids of its rows to our
values.
"""

from __future__ import annotations

import math
import sys
from functools import lru_cache

import numpy as np
import pandas as pd
import scipy
from scipy import special

from assessment.case.trial.trial_curves import STRATIFIED_SLACK
from assessment.economics.analysis.acceptability import acceptability
from assessment.economics.analysis.cost_effectiveness import frontier
from assessment.economics.analysis.value_of_information import evppi
from assessment.economics.model.absolute_shortfall import (
    MONTHS_PER_YEAR,
    absolute_shortfall,
    check_against_published,
    severity_class,
)
from assessment.economics.model.drug_cost import pharmacy_price
from assessment.economics.time.discounting import Discounting, constant_discounting
from assessment.economics.verification import textbook_models
from assessment.economics.verification.closed_forms import life_years
from assessment.evidence import load_facts, load_population_table, load_register
from assessment.survival import Exponential, Weibull
from assessment.survival.calibration.calibrate import calibrate

REPRODUCED, OFF, CANNOT = "reproduced", "not reproduced", "cannot be replicated"
SEED = 2018
DRAWS_LOG2 = 15


def hiv():
    alone, together = textbook_models.hiv(1.0, 0), textbook_models.hiv(0.509, 2)
    return {
        "hiv.cost.alone": alone[0],
        "hiv.years.alone": alone[1],
        "hiv.cost.together": together[0],
        "hiv.years.together": together[1],
        "hiv.ratio": textbook_models.ratio(together, alone),
    }


def hip():
    standard, new = textbook_models.hip_replacement(False), textbook_models.hip_replacement(True)
    return {
        "hip.cost.standard": standard[0],
        "hip.qalys.standard": standard[1],
        "hip.cost.new": new[0],
        "hip.qalys.new": new[1],
        "hip.ratio": textbook_models.ratio(new, standard),
    }


def sick_sicker():
    found = {
        name: textbook_models.sick_sicker(a, b)
        for name, a, b in (
            ("soc", False, False),
            ("a", True, False),
            ("b", False, True),
            ("ab", True, True),
        )
    }
    table = frontier(
        list(found), [c for c, _ in found.values()], [q for _, q in found.values()]
    ).set_index("strategy")
    return {
        f"sick.{what}.{n}": value[k]
        for n, value in found.items()
        for k, what in enumerate(("cost", "qalys"))
    } | {
        "sick.ratio.b": table.loc["b", "icer"],
        "sick.ratio.ab": table.loc["ab", "icer"],
        "sick.dominated": float((table["status"] == "dominated").sum()),
    }


def screening():
    table = textbook_models.screening()
    ratios = table.set_index("strategy")["icer"]
    return {
        "screening.once": ratios["once"],
        "screening.five": ratios["every 5 years"],
        "screening.three": ratios["every 3 years"],
        "screening.dominated": float((table["status"] == "dominated").sum()),
    }


def information():
    """Net benefit p1 − p2 against 0, p1 normal (1, 1), p2 normal (0, 2): effects p1, costs p2, a
    threshold of 1.
    """
    uniform = scipy.stats.qmc.Sobol(2, seed=SEED).random_base2(DRAWS_LOG2)
    first, second = special.ndtri(uniform).T * [[1], [2]] + [[1], [0]]
    costs, effects = np.stack([0 * second, second]), np.stack([0 * first, first])
    return {
        "information.all": float(acceptability(costs, effects, 1.0).evpi[0]),
        "information.first": float(evppi(costs, effects, first, 1.0).value[0]),
        "information.second": float(evppi(costs, effects, second, 1.0).value[0]),
    }


def closed_forms():
    return {
        "closed.exponential": life_years(Exponential(0.25), 0.0),
        "closed.discounted": life_years(Exponential(0.25), 0.04),
        "closed.weibull": life_years(Weibull(2.0, 1.0), 0.0, 60.0),
        "closed.weibull.long": life_years(Weibull(0.5, 1.0), 0.0, 1500.0),
    }


def discount_factors():
    factor = Discounting(load_population_table("discount-schedule")).factor
    return {f"discount.year{y}": float(factor(y)) for y in (1, 10, 20, 40, 41, 75, 76)}


def remaining_qalys():
    frame = check_against_published()
    years = frame.loc[frame["age"].between(40, 70), "life_year_difference"]
    return {
        "severity.remaining_qalys": float(frame["difference"].abs().max()),
        "severity.remaining_years": float(years.abs().max()),
    }


def severity_example():
    facts = load_facts()
    shortfall = absolute_shortfall(
        facts["economics.severity_example.colon.expected_qalys"].number,
        facts["economics.severity_example.colon.comparator_qalys"].number,
    )
    return {
        "severity.shortfall": shortfall,
        "severity.class": float(
            severity_class(shortfall, load_population_table("severity-classes"))
        ),
    }


def pharmacy():
    return {
        "pharmacy.without_vat": float(pharmacy_price(50_000)),
        "pharmacy.with_vat": float(pharmacy_price(50_000, vat=True)),
    }


def _exponential_years(rate: float, horizon_years: float, annual_discount: float) -> float:
    return life_years(Exponential(rate), annual_discount, horizon_years)


def _calibrated_gains(
    prefix: dict[str, str], horizon_years: float, annual_discount: float, visits: float | None = 0.0
) -> np.ndarray:
    """Discounted life years gained, by draw, from curves calibrated to printed facts; ``prefix``:
    name in Summaries → fact id; visits: as in ``calibrate``.
    """
    facts, printed = load_facts(), {}
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


@lru_cache(maxsize=1)
def compare_targets() -> pd.DataFrame:
    """``data/targets.csv`` with printed (number), ours, difference, relative and verdict:
    REPRODUCED, OFF or CANNOT.
    """
    frame, facts, module = load_register("targets"), load_facts(), sys.modules[__name__]
    ours = {}
    for name in sorted(set(frame["computed_by"].dropna())):
        function = getattr(module, name, None)
        if function is None:
            raise ValueError(
                f"data/targets.csv, computed_by: there is no function '{name}' in"
                " assessment.case.verification.targets"
            )
        ours |= function()
    lost = sorted(set(ours) - set(frame["id"]))
    if lost:
        raise ValueError(
            f"computed, but no row of data/targets.csv: {', '.join(lost)}. Add the rows, or remove"
            " the computation."
        )
    rows = []
    for r in frame.itertuples():
        if bool(r.fact) == bool(r.printed) or bool(r.computed_by) == bool(r.missing):
            raise ValueError(
                f"data/targets.csv, '{r.id}': give fact or printed, and computed_by or missing, one"
                " of each two"
            )
        printed = facts[r.fact].number if r.fact else float(r.printed)
        value = float(ours[r.id]) if r.computed_by else np.nan
        difference = value - printed
        allowed = (
            float(r.tolerance) * (abs(printed) if r.tolerance_kind == "relative" else 1.0)
            if r.computed_by
            else np.nan
        )
        verdict = CANNOT if r.missing else REPRODUCED if abs(difference) <= allowed else OFF
        rows.append(
            (printed, value, difference, difference / printed if printed else np.nan, verdict)
        )
    return frame.assign(
        **dict(zip(("printed_value", "ours", "difference", "relative", "verdict"), zip(*rows)))
    )


def audit_ratios() -> pd.DataFrame:
    """``data/published_ratios.csv`` with lowest and highest ratio that the printed, rounded
    increments allow, their quotient, and verdict.

    Every printed number stands for all that round to it: cost ± half a unit of its last digit, gain
    likewise. verdict: "agrees", "rounding of the gain does not explain it, within 2 %" or "does not
    agree".
    """
    frame = load_register("published-ratios")

    def half(text):
        return 0.5 * 10.0 ** -len(text.partition(".")[2])

    rows = []
    for r in frame.itertuples():
        cost, gain, ratio = float(r.cost_difference), float(r.gain), float(r.ratio)
        # A difference of two printed totals carries the rounding of both.
        low, high = (
            (cost - 2 * half(r.cost_difference)) / (gain + half(r.gain)),
            (cost + 2 * half(r.cost_difference)) / (gain - half(r.gain)),
        )
        agrees = low - half(r.ratio) <= ratio <= high + half(r.ratio)
        off = ratio / (cost / gain) - 1
        rows.append(
            (
                low,
                high,
                cost / gain,
                off,
                (
                    "agrees"
                    if agrees
                    else (
                        "rounding does not explain it, within 2 %"
                        if abs(off) <= 0.02
                        else "does not agree"
                    )
                ),
            )
        )
    return frame.assign(
        **dict(zip(("lowest", "highest", "quotient", "relative", "verdict"), zip(*rows)))
    )

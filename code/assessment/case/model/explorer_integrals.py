"""Everything the live explorer needs: for each choice of curves a few integrals, from which all
results follow by plain arithmetic.

The model is linear in occupancy, so with the curves, the discounting and the age chosen, life
years, QALYs, costs and budget are sums of these integrals times prices, utilities and unit costs.
The website's script does the sums of ``closed_form`` in the reader's browser.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from assessment.case.model.adoption_budget import YEARS
from assessment.case.model.cost_utility import WEEKS_PER_YEAR, utilities, with_treatment
from assessment.case.model.model_inputs import COHORTS, base_values, fraction, model_inputs
from assessment.case.model.occupancy import TREATED, NoCurve, expected_table
from assessment.case.model.settings import FAMILIES, SURVIVAL_EFFECTS, Settings
from assessment.case.trial.trial import ARMS
from assessment.economics.model.budget_impact import item_cost_by_lag
from assessment.economics.model.outcomes import CostItem
from assessment.economics.model.partitioned_survival import Occupancy
from assessment.economics.time.discounting import constant_discounting
from assessment.evidence import load_facts
from assessment.evidence.provenance.result_cache import cached_result

RATIOS = tuple(round(0.40 + 0.02 * k, 2) for k in range(51))
# Order of the numbers of one arm; the lags are five numbers each.
NUMBERS = (
    "free",
    "progressed",
    "free_weighted",
    "progressed_weighted",
    "leaving",
    "deaths",
    "treated",
    "free_undiscounted",
    "progressed_undiscounted",
)
LAGS = ("start", "free", "alive", "leaving", "deaths", "treated")
UNIT_ITEMS = [
    CostItem("start", "start", 1.0),
    CostItem("free", "progression-free", 1.0),
    CostItem("alive", "alive", 1.0),
    CostItem("leaving", "leaving progression-free", 1.0),
    CostItem("deaths", "death", 1.0),
    CostItem("treated", "on treatment", 1.0),
]
DIGITS = 8


def choices() -> dict[str, dict]:
    """Settings to change by the name of the choice: named effects for all families and each, and
    hazard ratios for all families together.
    """
    # All effects of a family follow each other: the curves last evaluated are kept.
    named = {
        f"{effect}|{family or 'all'}": {"survival_effect": effect, "family": family}
        for family in (None, *FAMILIES)
        for effect in SURVIVAL_EFFECTS
    }
    return named | {f"{ratio:.2f}|all": {"survival_effect": ratio} for ratio in RATIOS}


def integrals(settings: Settings) -> dict[str, dict[str, list]]:
    """Arm → {name in NUMBERS: years or events, discounted unless it says otherwise; "lags": {name
    in LAGS: per starter by calendar year}}.
    """
    table, rates, none = expected_table(settings), settings.rates(), constant_discounting(0.0)
    x, out = base_values(model_inputs(settings.cohort)), {}
    fall = utilities(x, settings).rate_at
    weights = {
        "": table.grid.weights(rates),
        "_weighted": table.grid.weights(rates, fall),
        "_undiscounted": table.grid.weights(none, fall),
    }
    constant, ends = table.grid.death_weights(rates)
    for arm in ARMS:
        whole = table.occupancy[arm]
        at = with_treatment(
            arm,
            Occupancy(
                table.grid,
                whole.progression_free.mean(axis=0),
                whole.alive.mean(axis=0),
                whole.crossed,
            ),
            {k: np.asarray(v) for k, v in x.items()},
            settings,
        )
        found = {f"free{suffix}": at.progression_free @ w for suffix, w in weights.items()} | {
            f"progressed{suffix}": (at.alive - at.progression_free) @ w
            for suffix, w in weights.items()
        }
        found |= {
            "leaving": constant + at.progression_free @ ends,
            "deaths": constant + at.alive @ ends,
            "treated": at.on_treatment @ weights[""],
        }
        lags = {
            name: by_lag[..., :YEARS] for name, by_lag in item_cost_by_lag(at, UNIT_ITEMS).items()
        }
        out[arm] = {name: _short(found[name]) for name in NUMBERS} | {
            "lags": {name: [_short(v) for v in np.ravel(lags[name])] for name in LAGS}
        }
    return out


def _short(value) -> float:
    return float(f"{float(value):.{DIGITS}g}")


@cached_result(maxsize=1, disk=True)
def all_integrals() -> dict[str, dict[str, dict]]:
    """Cohort → choice → ``integrals``; choices that the printed results do not allow are left out.
    Kept on disk.
    """
    made: dict[str, dict] = {}
    for cohort in COHORTS:
        for name, changed in choices().items():
            try:
                made.setdefault(cohort, {})[name] = integrals(replace(Settings(cohort), **changed))
            except NoCurve:
                continue
    return made


def budget_inputs(cohort: str) -> dict:
    """Expected patients of a cohort a year, uptake by year, and the tax on drugs: means of what
    ``norwegian_budget`` draws.
    """
    facts = load_facts()
    eligible, outside = (
        facts["norway.patients.eligible.n"],
        fraction(facts["economics.adoption.epnet.share"]),
    )
    return {
        "patients": (
            (eligible.low + eligible.high) / 2 * (outside if cohort == "epnet" else 1 - outside)
        ),
        "uptake": [
            fraction(facts[f"economics.adoption.uptake.y{year}"]) for year in range(1, YEARS + 1)
        ],
        "tax": fraction(facts["economics.markup.vat.percent"]),
    }


def closed_form(
    found: Mapping[str, Mapping], x: Mapping[str, float], adoption: Mapping, threshold: float
) -> dict[str, float | list]:
    """The results that the explorer shows, from integrals and inputs; the script explorer.js does
    the same arithmetic.
    """
    per_year = {
        name: WEEKS_PER_YEAR / x[f"{name}_weeks"]
        for name in ("visit_interval_treated", "visit_interval_control", "ct_interval")
    }
    visit = x["visit_nok"] + x["blood_sample_nok"]
    borne = (
        x["hours_per_visit"] * x["patient_hour_nok"] + x["km_per_visit"] * x["travel_nok_per_km"]
    )
    more = max(per_year["visit_interval_treated"] - per_year["visit_interval_control"], 0.0)
    packs_per_year = WEEKS_PER_YEAR * 7 * x["dosed_days_share"] / x["tablets_per_pack"]
    analogue = x["ssa_share"] * x["ssa_injection_nok"] * WEEKS_PER_YEAR * 7 / x["ssa_interval_days"]
    later = (
        x["later_treatment_share"] * x["later_treatment_packs"] * x["everolimus_price_per_pack_nok"]
    )
    arms, lags = {}, {}
    for arm in ARMS:
        n, treated = found[arm], arm == TREATED
        severe = x["severe_events_cabozantinib" if treated else "severe_events_placebo"]
        packs = n["treated"] * packs_per_year + x["unused_packs"] if treated else 0.0
        alive, after = (
            n["free"] + n["progressed"],
            x["utility_progression_free"] - x["utility_loss_progression"],
        )
        lost = severe * x["severe_event_utility_loss"] * x["severe_event_weeks"] / WEEKS_PER_YEAR
        items = {
            "drug": packs * x["price_per_pack_nok"],
            "analogue": alive * analogue,
            "care": (
                (alive * per_year["visit_interval_control"] + n["treated"] * more) * visit
                + n["free"] * x["ct_nok"] * per_year["ct_interval"]
                + severe * x["adverse_event_nok"]
            ),
            "later": n["leaving"] * later,
            "end": n["deaths"] * x["end_of_life_nok"],
            "patient": (alive * per_year["visit_interval_control"] + n["treated"] * more) * borne,
        }
        arms[arm] = {
            "life_years": alive,
            "qalys": (
                x["utility_progression_free"] * n["free_weighted"]
                + after * n["progressed_weighted"]
                - lost
            ),
            "packs": packs,
            "items": items,
            "cost": sum(items.values()),
            "undiscounted_qalys": (
                x["utility_progression_free"] * n["free_undiscounted"]
                + after * n["progressed_undiscounted"]
                - lost
            ),
        }
        y, taxed = n["lags"], 1 + adoption["tax"]
        lags[arm] = [
            y["alive"][k] * (analogue * taxed + per_year["visit_interval_control"] * visit)
            + y["free"][k] * x["ct_nok"] * per_year["ct_interval"]
            + y["start"][k] * severe * x["adverse_event_nok"]
            + y["leaving"][k] * later * taxed
            + y["deaths"][k] * x["end_of_life_nok"]
            + (
                (y["treated"][k] * packs_per_year + y["start"][k] * x["unused_packs"])
                * x["price_per_pack_nok"]
                * taxed
                + y["treated"][k] * more * visit
                if treated
                else 0.0
            )
            for k in range(YEARS)
        ]
    one, other = (arms[arm] for arm in ARMS)
    gain, cost = one["qalys"] - other["qalys"], one["cost"] - other["cost"]
    started = [adoption["patients"] * share for share in adoption["uptake"]]
    budget = [
        sum(
            started[y] * (lags[TREATED][year - y] - lags["placebo"][year - y])
            for y in range(year + 1)
        )
        for year in range(YEARS)
    ]
    return {
        "qalys": gain,
        "life_years": one["life_years"] - other["life_years"],
        "cost": cost,
        "icer": cost / gain,
        "benefit": threshold * gain - cost,
        "price": (
            (threshold * gain - (cost - one["packs"] * x["price_per_pack_nok"])) / one["packs"]
        ),
        "comparator_qalys": other["undiscounted_qalys"],
        "budget": budget,
        "items": {arm: arms[arm]["items"] for arm in ARMS},
    }

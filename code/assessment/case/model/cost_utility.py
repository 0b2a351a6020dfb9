"""The Norwegian cost-utility model: cabozantinib against a comparator in one cohort, from inputs
and curves to QALYs and kroner.

Three states by partitioned survival from randomisation, over a lifetime; costs and QALYs discounted
alike; extended health service perspective. Every input a float or an array of draws. What is
assumed stands in data/model_inputs.csv and in ``Settings``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from assessment.case.model.model_inputs import base_values, model_inputs
from assessment.case.model.occupancy import TREATED, CurveTable, curve_table, expected_table
from assessment.case.model.settings import Settings
from assessment.case.trial.trial import load_trial
from assessment.economics.analysis.cost_effectiveness import (
    Increment,
    PriceThreshold,
    price_at_threshold,
)
from assessment.economics.model.absolute_shortfall import norm_at
from assessment.economics.model.drug_cost import DAYS_PER_YEAR, PackDosing
from assessment.economics.model.outcomes import CostItem, Outcomes, Utilities, evaluate
from assessment.economics.model.partitioned_survival import Occupancy
from assessment.economics.time.discounting import constant_discounting
from assessment.economics.time.time_grid import Grid
from assessment.evidence import load_facts, load_population_table
from assessment.evidence.provenance.result_cache import cached_result

DAYS_PER_WEEK = 7
WEEKS_PER_YEAR = DAYS_PER_YEAR / DAYS_PER_WEEK


@dataclass(frozen=True, eq=False)
class Strategy:
    """Results of one strategy, each an array over draws. ``packs``: discounted packs of
    cabozantinib per patient.

    ``outcomes`` holds life years, QALYs by state and cost by item; ``on_treatment`` is the share on
    the drug at the grid's times; ``qalys_lost_to_side_effects`` comes off the QALYs.
    """

    name: str
    outcomes: Outcomes
    qalys_lost_to_side_effects: np.ndarray
    packs: np.ndarray
    years_on_treatment: np.ndarray
    on_treatment: np.ndarray
    undiscounted_qalys: np.ndarray

    @property
    def qalys(self) -> np.ndarray:
        return self.outcomes.qalys - self.qalys_lost_to_side_effects

    @property
    def life_years(self) -> np.ndarray:
        return self.outcomes.life_years

    @property
    def cost(self) -> np.ndarray:
        return self.outcomes.cost


@dataclass(frozen=True, eq=False)
class Results:
    """Both strategies of a run, the treated first. ``unpriced``: a drug of the comparator has no
    Norwegian price, so costs leave it out.
    """

    settings: Settings
    strategies: dict[str, Strategy]
    price_per_pack_nok: np.ndarray
    unpriced: bool
    assumed: tuple[str, ...]

    @property
    def treated(self) -> Strategy:
        return self.strategies[TREATED]

    @property
    def comparator(self) -> Strategy:
        return self.strategies[self.settings.comparator]

    @property
    def increment(self) -> Increment:
        """Cost and QALYs, cabozantinib less comparator."""
        return Increment(
            self.treated.cost - self.comparator.cost, self.treated.qalys - self.comparator.qalys
        )

    @property
    def increment_life_years(self) -> Increment:
        """Cost and life years, cabozantinib less comparator."""
        return Increment(
            self.treated.cost - self.comparator.cost,
            self.treated.life_years - self.comparator.life_years,
        )

    def price_at(self, threshold_nok_per_qaly) -> PriceThreshold:
        """Price per pack at which the ICER equals the threshold, exact: cost is linear in the
        price. Expected values, unless of draws.
        """
        increment, packs = self.increment, self.packs_bought
        at_zero = Increment(increment.cost - packs * self.price_per_pack_nok, increment.effect)
        return price_at_threshold(threshold_nok_per_qaly, at_zero, packs)

    @property
    def packs_bought(self) -> np.ndarray:
        """Discounted packs of cabozantinib, treated less comparator, times one plus the tax of the
        run.
        """
        return (self.treated.packs - self.comparator.packs) * (1 + _tax(self.settings))


def run(
    inputs: Mapping[str, np.ndarray] | None = None,
    settings: Settings = Settings(),
    rows: np.ndarray | None = None,
    table: CurveTable | None = None,
) -> Results:
    """The model for given inputs (name → float or array of draws; None: the base values).

    ``rows``: which draw of the curves goes with each draw of the inputs; None: the expectation over
    all draws of the curves, exact since everything but the cap on PFS is linear in occupancy, and
    the cap is taken draw by draw. ``table``: other curves than those of the settings. ValueError
    for missing or impossible inputs, NoCurve where the printed results do not allow the run.
    """
    inputs = checked(
        base_values(model_inputs(settings.cohort)) if inputs is None else inputs, settings
    )
    table = (expected_table if rows is None else curve_table)(settings) if table is None else table
    strategies = {name: _strategy(name, table, inputs, settings, rows) for name in table.occupancy}
    return Results(
        settings,
        strategies,
        np.asarray(inputs["price_per_pack_nok"], float),
        settings.comparator == "sunitinib",
        table.assumed,
    )


def _strategy(
    name: str, table: CurveTable, x: Mapping[str, np.ndarray], settings: Settings, rows
) -> Strategy:
    rates, grid, whole = settings.rates(), table.grid, table.occupancy[name]
    if rows is None:
        whole = Occupancy(
            grid, whole.progression_free.mean(axis=0), whole.alive.mean(axis=0), whole.crossed
        )
    occupancy = with_treatment(name, whole, x, settings, rows)
    found = evaluate(
        occupancy, utilities(x, settings), cost_items(name, x, settings), rates, rows=rows
    )
    years = occupancy.on_treatment @ grid.weights(rates)
    packs = (
        years * _dosing(x).packs_per_year + x["unused_packs"]
        if name == TREATED
        else np.zeros_like(years)
    )
    lost = (
        _severe(name, x) * x["severe_event_utility_loss"] * x["severe_event_weeks"] / WEEKS_PER_YEAR
    )
    undiscounted = (
        evaluate(occupancy, utilities(x, settings), [], constant_discounting(0.0), rows=rows).qalys
        - lost
    )
    if name == "placebo" and settings.crossover_paid:
        packs = _crossed(x, occupancy, table, settings, rows)
        found.cost_by_item["cabozantinib after crossover"] = (
            packs * x["price_per_pack_nok"] * (1 + _tax(settings))
        )
    return Strategy(name, found, lost, packs, years, occupancy.on_treatment, undiscounted)


def cost_items(name: str, x: Mapping[str, np.ndarray], settings: Settings) -> list[CostItem]:
    """What one strategy costs, and when: the same items for cost per QALY and for the budget."""
    control_visits = WEEKS_PER_YEAR / x["visit_interval_control_weeks"]
    per_visit = x["visit_nok"] + x["blood_sample_nok"]
    borne = (
        x["hours_per_visit"] * x["patient_hour_nok"] + x["km_per_visit"] * x["travel_nok_per_km"]
    )
    tax = 1 + _tax(settings)
    items = [
        CostItem("outpatient visits", "alive", control_visits * per_visit),
        CostItem("patients' time and travel", "alive", control_visits * borne),
        CostItem(
            "CT scans", "progression-free", x["ct_nok"] * WEEKS_PER_YEAR / x["ct_interval_weeks"]
        ),
        CostItem(
            "somatostatin analogue",
            "alive" if settings.analogue_until == "death" else "progression-free",
            x["ssa_share"] * x["ssa_injection_nok"] * DAYS_PER_YEAR / x["ssa_interval_days"] * tax,
        ),
        CostItem("side effects", "start", _severe(name, x) * x["adverse_event_nok"]),
        CostItem(
            "later treatment",
            "leaving progression-free",
            x["later_treatment_share"]
            * x["later_treatment_packs"]
            * x["everolimus_price_per_pack_nok"]
            * tax,
        ),
        CostItem("end of life", "death", x["end_of_life_nok"]),
    ]
    if name == "placebo":
        return items
    # visits on treatment take the place of the others
    more = np.maximum(WEEKS_PER_YEAR / x["visit_interval_treated_weeks"] - control_visits, 0)
    price = _price(name, x) * tax
    return items + [
        CostItem("visits for treatment", "on treatment", more * per_visit),
        CostItem("time and travel for treatment", "on treatment", more * borne),
        CostItem(name, "on treatment", _dosing(x).packs_per_year * price),
        CostItem(f"{name}, packs not finished", "start", x["unused_packs"] * price),
    ]


def with_treatment(
    name: str, occupancy: Occupancy, x: Mapping[str, np.ndarray], settings: Settings, rows=None
) -> Occupancy:
    """Occupancy with time on the strategy's drug, for each of ``rows``; nobody is on placebo's."""
    free = occupancy.progression_free if rows is None else occupancy.progression_free[rows]
    return replace(
        occupancy,
        on_treatment=(
            np.zeros_like(free)
            if name == "placebo"
            else _on_treatment(name, free, occupancy.grid, x, settings)
        ),
    )


def _dosing(x) -> PackDosing:
    return PackDosing(x["tablets_per_pack"], 1.0, x["dosed_days_share"])


def _severe(name: str, x):
    """Patients with severe side effects, as a share; those on another drug are taken to have
    cabozantinib's.
    """
    return x["severe_events_placebo" if name == "placebo" else "severe_events_cabozantinib"]


def _on_treatment(name: str, progression_free, grid: Grid, x, settings: Settings) -> np.ndarray:
    """Treatment ends at progression, or for side effects at a constant rate beside it (see
    ``toxicity_rate``), the same for every draw of the curves.
    """
    if settings.treatment_ends == "progression":
        return progression_free
    # The rate is a property of the curves over a lifetime, whatever the horizon and cycles of this
    # run.
    lifetime = expected_table(replace(settings, horizon_years=None, grid="continuous"))
    rate = toxicity_rate(
        x["toxicity_stop_share"],
        lifetime.occupancy[name].progression_free.mean(axis=0),
        lifetime.grid,
    )
    return progression_free * np.exp(-rate[..., None] * grid.times_years)


def toxicity_rate(share, progression_free: np.ndarray, grid: Grid) -> np.ndarray:
    """Rate a year of stopping for side effects with which ``share`` (0 to below 1, any shape) stop
    before progression or death.

    Solves share = ∫ k exp(−k t) S(t) dt for k, S the expected progression-free curve up to the
    grid's end. Newton from a table.
    """
    share, weights, t = (
        np.asarray(share, float),
        grid.weights(constant_discounting(0.0)) * progression_free,
        grid.times_years,
    )
    table = np.concatenate([[0.0], np.geomspace(1e-4, 1e3, 80)])
    rate = np.interp(share, table * (np.exp(-table[:, None] * t) @ weights), table)
    for _ in range(4):
        kept = np.exp(-rate[..., None] * t)
        rate = np.maximum(
            rate
            - (rate * (kept @ weights) - share) / (kept @ weights - rate * (kept @ (weights * t))),
            0.0,
        )
    return rate


def _crossed(x, occupancy, table, settings, rows) -> np.ndarray:
    """Discounted packs of cabozantinib per placebo patient: those who cross start at progression
    and use what the treated arm uses.
    """
    grid, rates = table.grid, settings.rates()
    crossed = load_trial(settings.analysis_set).crossover(settings.cohort)
    if crossed is None:
        raise ValueError(f"no crossover is printed for the set '{settings.analysis_set}'")
    share = crossed.number / 100
    treated = table.occupancy[TREATED]
    expected = _on_treatment(
        TREATED, treated.progression_free.mean(axis=0), grid, x, settings
    ) @ grid.weights(rates)
    constant, weights = grid.death_weights(rates)  # discounted events of leaving a state
    leaving = constant + occupancy.progression_free @ weights
    leaving = leaving if rows is None else leaving[rows]
    used = expected * _dosing(x).packs_per_year + x["unused_packs"]
    return share * leaving * used


def utilities(x, settings: Settings) -> Utilities:
    """Utilities of the states, falling with age where the settings say so."""
    age, norms = settings.start_age_years, _norms()
    falling = (
        (lambda years: norm_at(age + years, norms) / norm_at(age, norms))
        if settings.age_adjusted
        else None
    )
    return Utilities(
        x["utility_progression_free"],
        x["utility_progression_free"] - x["utility_loss_progression"],
        falling,
    )


@cached_result(maxsize=1)
def _norms():
    return load_population_table("hrqol-norms")


def _price(name: str, x):
    """NOK per pack without tax; 0 for placebo, and for sunitinib, whose Norwegian price is unknown."""
    return {
        "cabozantinib": x["price_per_pack_nok"],
        "everolimus": x["everolimus_price_per_pack_nok"],
    }.get(name, 0.0)


def _tax(settings: Settings) -> float:
    return load_facts()["economics.markup.vat.percent"].number / 100 if settings.vat else 0.0


SHARES = (
    "toxicity_stop_share",
    "dosed_days_share",
    "later_treatment_share",
    "ssa_share",
    "severe_events_cabozantinib",
    "severe_events_placebo",
)


def checked(inputs: Mapping[str, np.ndarray], settings: Settings) -> dict[str, np.ndarray]:
    """Inputs as arrays. ValueError names the input, what was found and what is allowed; nothing
    passes silently.
    """
    wanted = model_inputs(settings.cohort)
    if missing := [name for name in wanted if name not in inputs]:
        raise ValueError(
            f"missing inputs: {', '.join(missing)}. Start from"
            f" base_values(model_inputs('{settings.cohort}'))."
        )
    if unknown := [name for name in inputs if name not in wanted]:
        raise ValueError(
            f"unknown inputs: {', '.join(unknown)}. The model has: {', '.join(wanted)}."
        )
    x = {name: np.asarray(value, float) for name, value in inputs.items()}
    for name, value in x.items():
        if not np.all(np.isfinite(value)):
            raise ValueError(
                f"{name} must be finite; found NaN or infinity. Look at where the number comes"
                " from."
            )
        allowed = _allowed(name)
        if not np.all((value >= allowed[0]) & (value <= allowed[1])) or (
            allowed[2] and np.any(value <= 0)
        ):
            least = "above 0" if allowed[2] else f"{allowed[0]:g} or more"
            most = f" and at most {allowed[1]:g}" if np.isfinite(allowed[1]) else ""
            raise ValueError(
                f"{name} is {least}{most};"
                f" found {value.min():g} to {value.max():g}. Write 0.75, not 75."
            )
    if np.any(x["toxicity_stop_share"] >= 1):
        raise ValueError(
            "toxicity_stop_share is below 1: somebody must be treated until progression"
        )
    return x


def _allowed(name: str) -> tuple[float, float, bool]:
    """(least, most, whether 0 is excluded) of an input."""
    if name in SHARES:
        return 0.0, 1.0, False
    if name == "utility_progression_free":
        return -1.0, 1.0, False
    if name in ("utility_loss_progression", "severe_event_utility_loss"):
        return 0.0, 2.0, False
    return (
        0.0,
        np.inf,
        name.endswith(("_interval_weeks", "_interval_days", "_treated_weeks", "_control_weeks"))
        or name == "tablets_per_pack",
    )

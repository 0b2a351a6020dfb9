"""Scenarios: the base case with one structural choice changed at a time, and what each does to the
conclusion.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

import numpy as np
import pandas as pd

from assessment.case.model.analyses.comparator_severity import Severity, severity_of
from assessment.case.model.analyses.probabilistic import CURVES, curve_gains
from assessment.case.model.costs.cost_row_checks import PRICE
from assessment.case.model.costs.cost_rows import cost_rows
from assessment.case.model.costs.cost_utility import Results, run_model
from assessment.case.model.curves.strategy_occupancy import strategy_occupancy
from assessment.case.model.curves.thinned_draws import NoCurve
from assessment.case.model.inputs.model_inputs import (
    base_values,
    bounds,
    input_fact,
    limits,
    model_inputs,
)
from assessment.case.model.inputs.scenario_values import published_scenarios
from assessment.case.model.inputs.settings import FAMILIES, TREATED, Settings
from assessment.case.model.scenarios.comparator_scenarios import comparator_rows
from assessment.case.model.scenarios.input_scenarios import input_scenarios
from assessment.case.model.scenarios.scenario_prices import drawn_price_limits
from assessment.case.model.scenarios.scenario_types import Scenario
from assessment.case.model.scenarios.survival_scenarios import survival_scenarios
from assessment.case.trial.trial import BASE_SET, DIVISIONS
from assessment.economics.analysis.one_way import one_way
from assessment.evidence import load_facts
from assessment.evidence.provenance.result_cache import cached_result

UNTIL = "background_therapy_until"  # the setting by which the therapy beside the drug ends earlier
# curves at these quantiles of the gain stand for low and high in the one-way analysis
EXTREME = 0.025
NEIGHBOURS = 0.01


@cached_result(maxsize=4)
def scenarios(cohort: str) -> tuple[Scenario, ...]:
    """Every scenario of a cohort, the base case first. Published utilities and prices come from
    facts; sets and comparators are those of the case.
    """
    cheap, dear = limits(input_fact(PRICE, cohort))
    youngest, oldest = limits(load_facts()["economics.severity.ages_shown"])
    return (
        Scenario("base", "base"),
        Scenario("os_adjusted", "crossover", {"survival_effect": "without crossover"}),
        Scenario("crossover_unpaid", "crossover", {"crossover_paid": False}),
        *(
            Scenario(f"set_{short}", "analysis set", {"analysis_set": name})
            for name, short in alternative_sets().items()
        ),
        *survival_scenarios(cohort),
        Scenario("os_none", "effect on survival", {"survival_effect": "none"}),
        Scenario("os_kept", "effect on survival", {"survival_effect": "progression gain kept"}),
        Scenario("os_waning", "effect on survival", {"waning": True}),
        *(Scenario(f"family_{name}", "survival family", {"family": name}) for name in FAMILIES),
        Scenario("floor_off", "survival family", {"mortality_floor": False}),
        *(
            Scenario(published.id, "utilities", inputs=published.values(), study=published.study)
            for published in published_scenarios(cohort)
        ),
        Scenario("utility_unadjusted", "utilities", {"age_adjusted": False}),
        *input_scenarios(cohort, "utilities"),
        *(Scenario(*row) for row in comparator_rows(cohort)),
        Scenario("treated_to_progression", "cost", {"treatment_ends": "progression"}),
        *(
            [Scenario("analogue_to_progression", "cost", {UNTIL: "progression"})]
            if any(row.only_if and row.only_if[0] == UNTIL for row in cost_rows())
            else []
        ),
        *input_scenarios(cohort, "cost"),
        Scenario("price_low", "cost", inputs={PRICE: cheap}),
        Scenario("price_high", "cost", inputs={PRICE: dear}),
        Scenario("price_zero", "cost", inputs={PRICE: 0.0}),
        Scenario("horizon_5", "method", {"horizon_years": 5.0}),
        Scenario("horizon_10", "method", {"horizon_years": 10.0}),
        Scenario("horizon_20", "method", {"horizon_years": 20.0}),
        Scenario("undiscounted", "method", {"discounting": 0.0}),
        Scenario("monthly_cycles", "method", {"grid": "monthly"}),
        Scenario("younger", "severity", {"age_years": youngest}),
        Scenario("older", "severity", {"age_years": oldest}),
    )


def alternative_sets() -> dict[str, str]:
    """{alternative division of the trial's patients: its name in ids of scenarios}. The year of an
    analysis is not part of the name, unless it tells two of them apart.
    """
    without_year = {name: re.sub(r"_\d+$", "", name) for name in DIVISIONS if name != BASE_SET}
    counts = Counter(without_year.values())
    return {name: short if counts[short] == 1 else name for name, short in without_year.items()}


@dataclass(frozen=True, eq=False)
class Outcome:
    """A scenario's run and severity; None with ``reason`` where the printed results do not allow
    it. ``price_limits``: the middle 95 % of draws of the price of a pack, NOK, that is enough at the
    value proposed for its own severity class; None where costs are incomplete.
    """

    scenario: Scenario
    results: Results | None
    severity: Severity | None
    reason: str = ""
    price_limits: tuple[float, float] | None = None

    @property
    def cost_effective(self) -> bool | None:
        """At the price of the run and the reference value proposed for its own severity class; None
        where it cannot be said.
        """
        if self.results is None or self.severity is None or self.results.costs_incomplete:
            return None
        return bool(
            self.results.increment.net_monetary_benefit(self.severity.reference_nok_per_qaly) > 0
        )


def run_scenario(cohort: str, scenario: Scenario) -> Outcome:
    """Runs one scenario in expected values."""
    try:
        results = run_model(
            base_values(model_inputs(cohort)) | dict(scenario.inputs), scenario.settings_for(cohort)
        )
    except NoCurve as missing:
        return Outcome(scenario, None, None, str(missing))
    severity = severity_of(results)
    price_limits = drawn_price_limits(results, scenario.inputs, severity.reference_nok_per_qaly)
    return Outcome(scenario, results, severity, price_limits=price_limits)


def run_scenarios(cohort: str) -> tuple[Outcome, ...]:
    """Every scenario of a cohort."""
    return tuple(run_scenario(cohort, scenario) for scenario in scenarios(cohort))


def tornado(settings: Settings, threshold_nok_per_qaly: float) -> pd.DataFrame:
    """One-way analysis of net monetary benefit per patient, NOK, widest first; columns as
    ``sensitivity.one_way``.

    Besides the inputs, the two curves: their effect at the ends of its 95 % range, all else at base
    (low_value, high_value: years gained).
    """
    given = model_inputs(settings.cohort)

    def benefit(results):
        return results.increment.net_monetary_benefit(threshold_nok_per_qaly)

    frame = one_way(
        lambda values: np.broadcast_to(benefit(run_model(values, settings)), values[PRICE].shape),
        base_values(given),
        bounds(given),
    )
    base, rows = frame.attrs["base"], []
    size = strategy_occupancy(settings).size
    for name, gains in curve_gains(settings).items():
        order, band = np.argsort(gains, kind="stable"), max(1, int(NEIGHBOURS * size))
        ends = []
        for share in (EXTREME, 1 - EXTREME):
            middle = int(share * (size - 1))
            near = order[max(0, middle - band) : middle + band + 1]
            values = {key: np.full(near.size, value) for key, value in base_values(given).items()}
            ends.append(
                (
                    float(gains[near].mean()),
                    float(np.mean(benefit(run_model(values, settings, near)))),
                )
            )
        (low, at_low), (high, at_high) = ends
        rows.append((name, low, high, at_low, at_high, abs(at_high - at_low)))
    out = pd.concat(
        [frame, pd.DataFrame(rows, columns=frame.columns)], ignore_index=True
    ).sort_values("width", ascending=False, kind="stable", ignore_index=True)
    out.attrs["base"] = base
    return out


__all__ = [
    "CURVES",
    "Outcome",
    "Scenario",
    "TREATED",
    "alternative_sets",
    "run_scenario",
    "run_scenarios",
    "scenarios",
    "tornado",
]

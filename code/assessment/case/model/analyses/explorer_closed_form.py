"""The results of the live explorer by plain arithmetic on the integrals of one choice: in Python, and
as formulas for the website's script, which does the same sums in the reader's browser.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from assessment.case.model.analyses.adoption_budget import YEARS
from assessment.case.model.analyses.explorer_integrals import ARMS
from assessment.case.model.costs.cost_row_checks import PRICE
from assessment.case.model.costs.cost_rows import cost_by_group, rows_of_role
from assessment.case.model.costs.health_values import qalys_lost
from assessment.case.model.inputs.settings import ROLES, Settings

# as ``adoption_budget``: without adoption nobody can cross over to the drug
BUDGET = Settings(crossover_paid=False)


def closed_form(
    integrals: Mapping[str, Mapping],
    inputs: Mapping[str, float],
    adoption: Mapping,
    threshold: float,
) -> dict[str, Any]:
    """The results that the explorer shows, from integrals and inputs; the script explorer.js does
    the same arithmetic.

    ``integrals``: one choice of ``all_integrals``; ``adoption``: as ``budget_inputs``; ``threshold`` in
    NOK per QALY. Costs and price in NOK, QALYs and life years per patient, budget by year in NOK.
    """
    treated = _arm_results("treated", integrals[ARMS[0]], inputs)
    # Those who cross over use what the treated use.
    packs = integrals[ARMS[1]]["crossed"] * treated["packs"]
    control = _arm_results("control", integrals[ARMS[1]], {**inputs, "crossover_packs": packs})
    arms = dict(zip(ROLES, (treated, control)))
    bought = treated["packs"] - control["packs"]
    lags = {
        role: _cost_by_lag(role, integrals[arm]["lags"], inputs, adoption["tax"])
        for role, arm in zip(ROLES, ARMS)
    }
    gain, cost = treated["qalys"] - control["qalys"], treated["cost"] - control["cost"]
    started = [adoption["patients"] * share for share in adoption["uptake"]]
    budget = [
        sum(
            started[y] * (lags["treated"][year - y] - lags["control"][year - y])
            for y in range(year + 1)
        )
        for year in range(YEARS)
    ]
    return {
        "qalys": gain,
        "life_years": treated["life_years"] - control["life_years"],
        "cost": cost,
        "icer": cost / gain,
        "benefit": threshold * gain - cost,
        "price": (threshold * gain - (cost - bought * inputs[PRICE])) / bought,
        "comparator_qalys": control["undiscounted_qalys"],
        "budget": budget,
        "items": {role: arms[role]["groups"] for role in ROLES},
    }


def _arm_results(
    role: str, numbers: Mapping[str, float], inputs: Mapping[str, float]
) -> dict[str, Any]:
    """Discounted results of one arm per patient; ``groups``: cost by group, NOK."""
    by_when = _by_when({**numbers, "start": 1.0, "alive": numbers["free"] + numbers["progressed"]})
    rows = rows_of_role(role, Settings())
    costs = {row.id: row.amount_nok(inputs.__getitem__) * by_when[row.when] for row in rows}
    packs = sum(
        row.units(inputs.__getitem__) * by_when[row.when] for row in rows if row.paid_by_pack
    )
    before = inputs["utility_progression_free"]
    after = before - inputs["utility_loss_progression"]
    lost = qalys_lost(role, inputs, numbers["treated"])
    groups = cost_by_group(costs)
    return {
        "life_years": by_when["alive"],
        "qalys": before * numbers["free_weighted"] + after * numbers["progressed_weighted"] - lost,
        "undiscounted_qalys": (
            before * numbers["free_undiscounted"]
            + after * numbers["progressed_undiscounted"]
            - lost
        ),
        "packs": packs,
        "groups": groups,
        "cost": sum(groups.values()),
    }


def _cost_by_lag(
    role: str, lags: Mapping[str, list[float]], inputs: Mapping[str, float], tax: float
) -> list[float]:
    """What the health service pays per starter in the year of start and in each later one, NOK with
    tax, undiscounted.
    """
    paid = {
        row: row.amount_nok(inputs.__getitem__) * (1 + tax if row.taxed else 1.0)
        for row in rows_of_role(role, BUDGET)
        if not row.borne_by_patients
    }
    years = [_by_when({name: by_lag[k] for name, by_lag in lags.items()}) for k in range(YEARS)]
    return [sum(amount * year[row.when] for row, amount in paid.items()) for year in years]


def _by_when(numbers: Mapping[str, float]) -> dict[str, float]:
    """Years in each state and events, by the words that say when a cost falls."""
    return {
        "start": numbers["start"],
        "alive": numbers["alive"],
        "progression-free": numbers["free"],
        "progressed": numbers["alive"] - numbers["free"],
        "on treatment": numbers["treated"],
        "leaving progression-free": numbers["leaving"],
        "death": numbers["deaths"],
    }


def cost_formulas() -> dict[str, list[dict[str, Any]]]:
    """Role → the cost items of the explorer, for the reader's browser: formulas as trees of
    [operation, part, …] in names of inputs and numbers.
    """
    return {
        role: [
            {
                "group": row.group,
                "when": row.when,
                "use": row.resource_use,
                "unit": row.unit_cost_nok,
                "taxed": row.taxed,
                "budget": not row.borne_by_patients and row in rows_of_role(role, BUDGET),
                "pack": row.paid_by_pack,
            }
            for row in rows_of_role(role, Settings())
        ]
        for role in ROLES
    }

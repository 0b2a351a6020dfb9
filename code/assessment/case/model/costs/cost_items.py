"""What one strategy costs, and when: the rows of data/cost_items.csv with the values of the inputs."""

from __future__ import annotations

import numpy as np

from assessment.case.model.costs.cost_row_checks import PRICE
from assessment.case.model.costs.cost_rows import CostRow, cost_rows, rows_of_role
from assessment.case.model.inputs.model_inputs import Inputs, comparator_prices
from assessment.case.model.inputs.settings import CONTROL, TREATED, Settings, role_of
from assessment.economics.model.outcomes import CostItem
from assessment.evidence import load_facts

PACKS = "packs of "  # before the name of a cost item: the packs that it pays for


def costs_incomplete(settings: Settings) -> bool:
    """Whether the comparator is a drug without a known price, so that costs leave it out."""
    return settings.comparator != CONTROL and settings.comparator not in comparator_prices()


def cost_items(strategy: str, inputs: Inputs, settings: Settings) -> list[CostItem]:
    """Cost items of a strategy, with tax where the settings say so: the same for cost per QALY and
    for the budget. ``inputs`` by name, floats or arrays of draws.

    ``inputs`` hold "crossover_packs" too where crossover is paid for.
    """
    tax = tax_share(settings)
    return [
        CostItem(
            row.id,
            row.when,
            row.amount_nok(inputs.__getitem__) * (1 + tax if row.taxed else 1.0),
        )
        for row in _rows(strategy, settings)
    ]


def pack_items(strategy: str, inputs: Inputs, settings: Settings) -> list[CostItem]:
    """Packs of the treatment under study as if each cost 1, by item, so that they are discounted as
    their cost is. None for strategies with a drug of another price.
    """
    if strategy not in (TREATED, CONTROL):
        return []
    return [
        CostItem(PACKS + row.id, row.when, row.units(inputs.__getitem__))
        for row in _rows(strategy, settings)
        if row.paid_by_pack
    ]


def packs_per_patient(
    inputs: Inputs, settings: Settings, years_on_treatment: np.ndarray
) -> np.ndarray:
    """Packs of the treatment that a patient uses who is on it for so many years."""
    packs = [
        years_on_treatment * row.units(inputs.__getitem__)
        if row.when == "on treatment"
        else row.units(inputs.__getitem__)
        for row in _rows(TREATED, settings)
        if row.paid_by_pack
    ]
    return sum(packs, np.zeros_like(years_on_treatment))


def tax_share(settings: Settings) -> float:
    """Value added tax as a share of the price, 0 in runs without it."""
    return load_facts()["economics.markup.vat.percent"].number / 100 if settings.vat else 0.0


def pack_tax_share(settings: Settings) -> float:
    """Tax on packs of the treatment; they are taxed alike, or not at all."""
    taxed = any(row.taxed for row in cost_rows() if row.paid_by_pack)
    return tax_share(settings) if taxed else 0.0


def _rows(strategy: str, settings: Settings) -> tuple[CostRow, ...]:
    """The rows of a strategy; another drug is bought at its own price, or costs nothing where none
    is known.
    """
    rows = rows_of_role(role_of(strategy), settings)
    if strategy in (TREATED, CONTROL):
        return rows
    price = comparator_prices().get(strategy, 0.0)
    return tuple(row.with_names({PRICE: price}) for row in rows)

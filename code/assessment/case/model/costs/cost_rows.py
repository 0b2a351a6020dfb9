"""The cost items of the model, read from data/cost_items.csv: who uses how much of what and when,
and what a unit costs.

The model, the closed form of the explorer and the reader's browser all read these rows, so that a
row added there is in every one of them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from assessment.case.model.costs.cost_row_checks import (
    CONSTANTS,
    PRICE,
    checked_rows,
    names_that_differ,
)
from assessment.case.model.inputs.settings import Settings
from assessment.evidence import descriptor
from assessment.evidence.cells.formulas import Tree, names_in, value, with_names
from assessment.evidence.provenance.result_cache import cached_result
from assessment.evidence.read_log import log_read

SEVERE_EVENTS = "severe_events"  # the input that says how many have a severe side effect


@dataclass(frozen=True)
class CostRow:
    """One cost item. ``resource_use``: units per patient and year in a state or at an event
    (``when``, as in ``CostItem``); ``unit_cost_nok``: cost of a unit without tax, NOK.

    ``arm``: a role of ROLES, or "both"; ``only_if``: (setting, value) under which the row holds.
    ``paid_by_pack``: its unit is a pack at the price that the model solves for.
    """

    id: str
    label: str
    group: str
    arm: str
    when: str
    resource_use: Tree
    unit_cost_nok: Tree
    taxed: bool
    borne_by_patients: bool
    only_if: tuple[str, object] | None
    paid_by_pack: bool

    def holds(self, role: str, settings: Settings) -> bool:
        """Whether the item belongs to an arm with this role in a run with these settings."""
        if self.arm not in ("both", role):
            return False
        return self.only_if is None or getattr(settings, self.only_if[0]) == self.only_if[1]

    def with_names(self, given: Mapping[str, str | float]) -> CostRow:
        """The row with names in its formulas replaced by other names or by numbers."""
        return replace(
            self,
            resource_use=with_names(self.resource_use, given),
            unit_cost_nok=with_names(self.unit_cost_nok, given),
        )

    def units(self, value_of: Callable[[str], Any]) -> Any:
        """Units used, a year or at the event; ``value_of``: value of an input by name."""
        return self._number(self.resource_use, value_of, "resource_use")

    def amount_nok(self, value_of: Callable[[str], Any]) -> Any:
        """Cost without tax, NOK, a year or at the event."""
        return self.units(value_of) * self._number(self.unit_cost_nok, value_of, "unit_cost_nok")

    def _number(self, tree: Tree, value_of: Callable[[str], Any], field: str) -> Any:
        try:
            with np.errstate(all="ignore"):
                number = value(tree, value_of)
        except ZeroDivisionError:
            number = np.nan
        if not np.all(np.isfinite(number)):
            raise ValueError(
                f"data/cost_items.csv, '{self.id}', field '{field}': no finite value with these"
                " inputs. Look for an input of 0 that the formula divides by."
            )
        return number


@cached_result(maxsize=1)
def cost_rows() -> tuple[CostRow, ...]:
    """Every cost item, in the order of the file.

    Raises DataError naming row, field and next step for a name that is no input of the model, an
    unknown setting, or a formula that cannot be read.
    """
    log_read(tables=("cost-items",))
    return tuple(
        CostRow(
            id=row["id"],
            label=row["label"],
            group=row["group"],
            arm=row["arm"],
            when=row["when"],
            resource_use=row["resource_use"],
            unit_cost_nok=row["unit_cost_nok"],
            taxed=row["taxed"] == "yes",
            borne_by_patients=row["borne_by"] == "patient",
            only_if=row["only_if"],
            paid_by_pack=row["unit_cost_nok"] == PRICE,
        )
        for row in checked_rows()
    )


def rows_of_role(role: str, settings: Settings) -> tuple[CostRow, ...]:
    """The items of an arm under these settings, their formulas in the names of inputs alone."""
    names: dict[str, str | float] = {**CONSTANTS, **names_by_role(role)}
    return tuple(row.with_names(names) for row in cost_rows() if row.holds(role, settings))


def side_effect_rows() -> tuple[CostRow, ...]:
    """The items that pay for severe side effects: those whose use depends on how many have one."""
    return tuple(row for row in cost_rows() if SEVERE_EVENTS in names_in(row.resource_use))


def names_by_role(role: str) -> dict[str, str]:
    """Input name without its ending → the name of this role's input, where the arms differ."""
    return {name: f"{name}_{role}" for name in names_that_differ()}


def cost_groups() -> tuple[str, ...]:
    """Kinds of cost, in the order in which charts show them: as data/datapackage.json lists them."""
    (table,) = (r for r in descriptor()["resources"] if r["name"] == "cost-items")
    (field,) = (f for f in table["schema"]["fields"] if f["name"] == "group")
    return tuple(field["constraints"]["enum"])


def cost_by_group(cost_by_item: Mapping[str, Any]) -> dict[str, Any]:
    """Cost by item summed to cost by group, in the order of ``cost_groups``: every item is in
    exactly one group. KeyError for an item that is no row of data/cost_items.csv.
    """
    group_of = {row.id: row.group for row in cost_rows()}
    totals: dict[str, Any] = dict.fromkeys(cost_groups(), 0.0)
    for item, cost in cost_by_item.items():
        totals[group_of[item]] = totals[group_of[item]] + cost
    return totals


def cost_label(item: str, drug: str) -> str:
    """The item in a reader's words; ``drug``: the drug of the arm."""
    (row,) = (row for row in cost_rows() if row.id == item)
    return row.label.format(drug=drug)

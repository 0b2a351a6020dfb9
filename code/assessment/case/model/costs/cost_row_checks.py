"""data/cost_items.csv, read strictly: every name in a formula is an input of the model, every
setting exists, and the price of a pack stands where the price sought can be solved for.
"""

from __future__ import annotations

import difflib
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

from assessment.case.model.inputs.model_inputs import COHORTS, model_inputs
from assessment.case.model.inputs.settings import ROLES, Settings
from assessment.economics.time.time_units import DAYS_PER_YEAR, WEEKS_PER_YEAR
from assessment.evidence import DATA, DataError, Problem, read_table
from assessment.evidence.cells.formulas import FormulaError, Tree, names_in, parse

PRICE = "price_per_pack_nok"  # what the model solves for: cost is linear in it
CONSTANTS: dict[str, float] = {"days_per_year": DAYS_PER_YEAR, "weeks_per_year": WEEKS_PER_YEAR}
# Worked out by the model from the treated arm: packs that a patient of the control arm uses after
# crossing over, as a mean over all who leave the progression-free state.
WORKED_OUT = ("crossover_packs",)
FORMULAS = ("resource_use", "unit_cost_nok")
PACKS_FALL = ("on treatment", "start")
SWITCH = {"yes": True, "no": False}


def checked_rows(data: Path = DATA) -> list[dict[str, Any]]:
    """The rows with their formulas as trees and ``only_if`` as (setting, value) or None.

    Raises DataError listing every fault found.
    """
    rows = read_table("cost-items", data)
    problems: list[Problem] = []
    for row in rows:
        complain = _complaints(row, problems)
        for field in FORMULAS:
            row[field] = _formula(row[field], field, complain)
        row["only_if"] = _condition(row["only_if"], complain)
        _check_label(row["label"], complain)
        _check_price(row, complain)
    _check_tax(rows, problems)
    if problems:
        raise DataError(problems)
    return rows


def names_that_differ() -> list[str]:
    """Names of inputs that come once for each role, without the ending that says which."""
    known = _inputs()
    stems = [name.removesuffix(f"_{ROLES[0]}") for name in known if name.endswith(f"_{ROLES[0]}")]
    return [stem for stem in stems if all(f"{stem}_{role}" in known for role in ROLES)]


def _inputs() -> list[str]:
    """Inputs that every cohort has."""
    first, *others = (model_inputs(cohort) for cohort in COHORTS)
    return [name for name in first if all(name in other for other in others)]


def _complaints(row: dict, problems: list[Problem]):
    def complain(field: str, found: object, allowed: str, next_step: str) -> None:
        problems.append(Problem(row["_file"], row["_row"], field, found, allowed, next_step))

    return complain


def _formula(text: str, field: str, complain) -> Tree:
    try:
        tree = parse(text)
    except FormulaError as fault:
        complain(field, text, f"arithmetic on inputs of the model: {fault}", "correct the formula")
        return 0.0
    known = [*_inputs(), *names_that_differ(), *CONSTANTS, *WORKED_OUT]
    for name in names_in(tree):
        if name not in known:
            near = ", ".join(difflib.get_close_matches(name, known, n=3, cutoff=0.4))
            complain(
                field,
                text,
                f"inputs of the model that every cohort has, numbers, {' and '.join(CONSTANTS)};"
                f" there is no input '{name}' (nearest: {near or 'none is close'})",
                "correct the name, or add the input to data/model_inputs.csv",
            )
    return tree


def _condition(text: str | None, complain) -> tuple[str, object] | None:
    """ "setting = value" as (setting, value)."""
    if text is None:
        return None
    name, _, written = text.partition(" = ")
    defaults = {field.name: field.default for field in fields(Settings)}
    usable = [n for n, default in defaults.items() if isinstance(default, (str, bool))]
    if name not in usable:
        near = ", ".join(difflib.get_close_matches(name, usable, n=3, cutoff=0.4))
        complain(
            "only_if",
            text,
            f"a setting of the model, one of {', '.join(usable)} (nearest: {near or 'none'})",
            "correct the name of the setting",
        )
        return None
    if isinstance(defaults[name], bool):
        if written not in SWITCH:
            complain("only_if", text, "yes or no for a switch", "correct the value")
        return name, SWITCH.get(written, False)
    try:
        replace(Settings(), **{name: written})  # type: ignore[arg-type]
    except ValueError as fault:
        complain("only_if", text, str(fault), "correct the value")
    return name, written


def _check_label(label: str, complain) -> None:
    try:
        label.format(drug="")
    except (LookupError, ValueError):
        complain("label", label, "words, and no place but {drug}", "correct the label")


def _check_price(row: dict, complain) -> None:
    """The price stands alone, and where the packs of a patient who crosses over can be counted."""
    for field in FORMULAS:
        if PRICE in names_in(row[field]) and (field, row[field]) != ("unit_cost_nok", PRICE):
            complain(
                field,
                PRICE,
                f"{PRICE} alone as unit_cost_nok, so that the price sought can be solved for",
                "put the packs into resource_use and everything else into a row of its own",
            )
    if row["unit_cost_nok"] == PRICE and row["arm"] != "control" and row["when"] not in PACKS_FALL:
        complain(
            "when",
            row["when"],
            f"{' or '.join(PACKS_FALL)} for packs of the drug, so that they can be counted after"
            " crossover too",
            "choose one of these",
        )


def _check_tax(rows: list[dict], problems: list[Problem]) -> None:
    """All packs at the price sought are taxed alike."""
    packs = [row for row in rows if row["unit_cost_nok"] == PRICE]
    for row in packs[1:]:
        if row["taxed"] != packs[0]["taxed"]:
            _complaints(row, problems)(
                "taxed",
                row["taxed"],
                f"the same for every row whose unit cost is {PRICE}; row {packs[0]['_row']} says"
                f" {packs[0]['taxed']}",
                "make them agree",
            )

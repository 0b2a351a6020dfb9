"""Kinds of cost as charts show them: words and shades of the groups of data/cost_items.csv."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from assessment.case.model.costs.cost_rows import cost_by_group, cost_groups
from assessment.evidence import DataError, Problem
from assessment.pages.economics.shared.arm_names import DRUG
from assessment.pages.economics.shared.case_words import BACKGROUND_THERAPY
from assessment.presentation import colour_grammar, theme
from assessment.presentation.language import _

GROUPS = {
    "drug": DRUG,
    "background_therapy": BACKGROUND_THERAPY,
    "care": _("visits, scans, adverse events"),
    "later_treatment": _("treatment after progression"),
    "end_of_life": _("end of life"),
    "patient": _("patients' time and travel"),
}


def group_words() -> dict[str, str]:
    """Words of every group, in the order of the bars. DataError for a group that charts do not know."""
    unknown = [name for name in cost_groups() if name not in GROUPS]
    if unknown:
        raise DataError(
            Problem(
                "data/datapackage.json",
                None,
                "cost-items, group",  # not translated: for whoever keeps the data
                ", ".join(unknown),
                f"groups that charts have words for: {', '.join(GROUPS)}",
                "give the group words in pages/economics/shared/cost_groups.py",
            )
        )
    return {name: GROUPS[name] for name in cost_groups()}


def group_colours() -> list[str]:
    """Shades of the bars, in the order of the groups, from dark to light."""
    return colour_grammar.ramp(len(group_words()))


def group_shades() -> dict[str, str]:
    """The name in the palette of each group's shade, by which style sheets know it."""
    names = {colour: name for name, colour in theme.PALETTE.items()}
    return {group: names[shade] for group, shade in zip(group_words(), group_colours())}


def grouped(cost_by_item: Mapping[str, Any]) -> dict[str, float]:
    """Cost by group, NOK, every item of an arm in exactly one; in the order of the bars."""
    totals = cost_by_group(cost_by_item)
    return {name: float(totals[name]) for name in group_words()}

"""Against which other drugs the model is run: those that some trial connects, at each price that is
known, survival taken as equal; and the range of an indirect hazard ratio of death, end by end.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

from assessment.case.model.inputs.comparator_values import OtherPrice, other_prices
from assessment.case.model.inputs.settings import COMPARATORS
from assessment.case.trial.indirect_comparisons import contrasts, survival_contrasts
from assessment.case.trial.trial import BASE_SET
from assessment.survival.comparison.effect_measures import Ratio

# id, group, settings, inputs, and whose price it is: the fields of a scenario, in their order
Row: TypeAlias = tuple[str, str, Mapping[str, Any], Mapping[str, float], str]
DEATH_RATIO = "_death_"  # in the id of a scenario with an indirect hazard ratio of death
ENDS = ("low", "estimate", "high")


def connected_comparators(cohort: str) -> tuple[str, ...]:
    """The comparators that the model can run and to which some trial connects the cohort, but for
    the control arm.
    """
    connected = {contrast.against for contrast in contrasts(cohort)}
    return tuple(name for name in COMPARATORS if name in connected)


def priced_comparators(cohort: str) -> tuple[tuple[str, OtherPrice | None], ...]:
    """(comparator, None for the price among the model's inputs, or another price of it)."""
    return tuple(
        (name, price)
        for name in connected_comparators(cohort)
        for price in (None, *(p for p in other_prices(cohort) if p.comparator == name))
    )


def death_ratio(cohort: str, comparator: str) -> Ratio | None:
    """The indirect hazard ratio of death, the drug under study against the comparator; None where
    the trials print none.
    """
    found = (contrast for contrast, *_crossed in survival_contrasts(cohort))
    return next(
        (
            contrast.ratio
            for contrast in found
            if (contrast.against, contrast.analysis_set) == (comparator, BASE_SET)
        ),
        None,
    )


def comparator_rows(cohort: str) -> tuple[Row, ...]:
    """A row for each comparator and price, and for each end of an indirect hazard ratio of death."""
    rows: list[Row] = []
    for name, price in priced_comparators(cohort):
        settings = {"comparator": name}
        if price is not None:
            stem = f"comparator_{name}_{price.id}"
            rows.append((stem, "comparator", settings, price.values, price.kind))
            continue
        rows.append((f"comparator_{name}", "comparator", settings, {}, ""))
        if ratio := death_ratio(cohort, name):
            rows += [
                (
                    f"comparator_{name}{DEATH_RATIO}{end}",
                    "comparator",
                    {**settings, "comparator_death_ratio": getattr(ratio, end)},
                    {},
                    "",
                )
                for end in ENDS
            ]
    return tuple(rows)

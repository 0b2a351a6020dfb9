"""Comparisons by place in the sequence, in words."""

from __future__ import annotations

from assessment.case.model import decision_runs
from assessment.case.model.decision_runs import Comparison
from assessment.case.model.inputs.model_inputs import COHORTS
from assessment.case.model.inputs.settings import CONTROL
from assessment.case.model.scenarios.comparator_scenarios import connected_comparators, death_ratio
from assessment.evidence.provenance.traced_text import computed
from assessment.pages.economics.comparators.estimate_words import (
    format_gain,
    format_price,
    quadrant_words,
)
from assessment.pages.economics.comparators.place_tables import AT_PRICE
from assessment.pages.economics.shared.arm_names import comparator_label
from assessment.pages.economics.shared.case_words import price_words
from assessment.presentation import numbers
from assessment.presentation.glue_keys import of_cohort
from assessment.presentation.language import _

JOINED = "; "


@computed
def texts() -> dict[str, str]:
    """What is found against other drugs, by key."""
    glued: dict[str, str] = {}
    for cohort in COHORTS:
        others = [c for c in decision_runs.comparisons(cohort) if c.comparator != CONTROL]
        thresholds = decision_runs.thresholds(cohort)
        most = max((t.most_qalys for t in thresholds), default=0.0)
        glued |= of_cohort(
            cohort,
            {
                "place_prices": JOINED.join(_price(one) for one in others) or _("nothing"),
                "place_gains": JOINED.join(_gain(one) for one in others) or _("nothing"),
                "place_death_ratios": JOINED.join(_death_ratios(cohort)) or _("none is printed"),
                "threshold_most": numbers.number(most, 3),
            },
        )
    return glued


def _name(comparison: Comparison) -> str:
    name = comparator_label(comparison.comparator)
    if not comparison.price_kind:
        return name
    return AT_PRICE.format(comparator=name, price=price_words(comparison.price_kind))


def _price(comparison: Comparison) -> str:
    result = comparison.result
    value, low, high = (format_price(part) for part in result.price[result.values[1]])
    return _("{comparator}: {value} ({low} to {high})").format(
        comparator=_name(comparison), value=value, low=low, high=high
    )


def _gain(comparison: Comparison) -> str:
    return _("{comparator}: {gain}, {words}").format(
        comparator=_name(comparison),
        gain=format_gain(comparison.result.qalys),
        words=quadrant_words(comparison.result),
    )


def _death_ratios(cohort: str) -> list[str]:
    found = {name: death_ratio(cohort, name) for name in connected_comparators(cohort)}
    return [
        _("{comparator} {ratio} ({range})").format(
            comparator=comparator_label(name),
            ratio=numbers.number(ratio.estimate, 2),
            range=numbers.interval(ratio.low, ratio.high, 2),
        )
        for name, ratio in found.items()
        if ratio is not None
    ]

"""Comparisons with other treatments, in words."""

from __future__ import annotations

from assessment.case.model import decision_runs
from assessment.case.model.inputs.model_inputs import COHORTS, comparator_prices, model_inputs
from assessment.case.model.scenarios.comparator_scenarios import (
    connected_comparators,
    death_ratio,
    priced_comparators,
)
from assessment.evidence.provenance.traced_text import computed
from assessment.pages.economics.comparators.place_tables import AT_PRICE, largest_error
from assessment.pages.economics.shared.arm_names import comparator_label
from assessment.pages.economics.shared.case_words import price_words
from assessment.presentation import numbers
from assessment.presentation.glue_keys import of_cohort
from assessment.presentation.language import _
from assessment.presentation.money_format import format_nok

JOINED = "; "


@computed
def texts() -> dict[str, str]:
    """What is found against other drugs, by key."""
    glued: dict[str, str] = {"place_error": largest_error()}
    for cohort in COHORTS:
        thresholds = decision_runs.thresholds(cohort)
        most = max((t.most_qalys for t in thresholds), default=0.0)
        glued |= of_cohort(
            cohort,
            {
                "place_pack_prices": JOINED.join(_pack_prices(cohort)) or _("unknown"),
                "place_death_ratios": JOINED.join(_death_ratios(cohort)) or _("none is printed"),
                "threshold_most": numbers.number(most, 3),
            },
        )
    return glued


def _named(comparator: str, price_kind: str) -> str:
    """A treatment, and at which price of it."""
    name = comparator_label(comparator)
    if not price_kind:
        return name
    return AT_PRICE.format(comparator=name, price=price_words(price_kind))


def _pack_prices(cohort: str) -> list[str]:
    """What the other drugs are taken to cost, a pack of the size of the drug's own."""
    inputs, parameters, told = model_inputs(cohort), comparator_prices(), []
    for name, price in priced_comparators(cohort):
        if name not in parameters:
            continue
        nok = inputs[parameters[name]].value
        if price is not None:
            nok = price.values.get(parameters[name], nok)
        kind = "" if price is None else price.kind
        told.append(
            _("{comparator} {price}").format(comparator=_named(name, kind), price=format_nok(nok))
        )
    return told


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

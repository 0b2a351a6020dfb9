"""Headline results of the base case: what is gained, what it costs, and the price that meets a
threshold.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from assessment.case.model import runs
from assessment.case.model.costs.cost_utility import Results
from assessment.case.model.inputs.model_inputs import COHORTS
from assessment.evidence import load_facts, load_population_table
from assessment.pages.economics.base_case import simple_reckonings
from assessment.pages.economics.shared.cost_groups import grouped
from assessment.pages.economics.shared.model_answers import (
    benefit_answer,
    class_value,
    cost_answer,
    gain_answer,
    gain_limits,
    limits,
    noted_ratio,
    price_answer,
    price_limits,
    share_worth_it,
    stated_value,
)
from assessment.pages.headline.result_rows import (
    BASE_SET,
    NOK_PER_PACK,
    NOK_PER_QALY,
    NOK_PER_YEAR,
    Result,
    Row,
    rows_of,
)
from assessment.presentation.icer_format import format_icer_per_qaly

IN_WORDS = "words"  # not translated: a unit of the file


def base_case() -> Iterator[Result]:
    """The base case of each cohort."""
    for cohort in COHORTS:
        yield from rows_of("base_case.", cohort, BASE_SET, _outcomes_and_costs(cohort))
        yield from rows_of("base_case.", cohort, BASE_SET, _thresholds_and_doubt(cohort))
        yield from rows_of("base_case.", cohort, BASE_SET, _simple_reckonings(cohort))
        yield from rows_of("base_case.cost.", cohort, BASE_SET, _cost_groups(cohort))
        yield from rows_of("base_case.", cohort, BASE_SET, _as_told(cohort))


def _as_told(cohort: str) -> list[Row]:
    """The answers in the words of the pages, with their intervals."""
    own = class_value(cohort)
    ratio = format_icer_per_qaly(runs.base(cohort).increment)
    told = [
        ("qalys_gained_as_told", gain_answer(cohort)),
        ("cost_added_as_told", cost_answer(cohort)),
        ("net_benefit_as_told", benefit_answer(cohort, own)),
        ("icer_as_told", noted_ratio(cohort, ratio)),
    ]
    # where a line may break is the pages' affair, not part of a result
    return [(name, IN_WORDS, text.replace("\u00a0to\u00a0", " to ")) for name, text in told]


def _outcomes_and_costs(cohort: str) -> list[Row]:
    results = runs.base(cohort)
    treated, comparator, increment = results.treated, results.comparator, results.increment
    progression_free = (
        treated.outcomes.life_years_progression_free
        - comparator.outcomes.life_years_progression_free
    )
    drug = results.packs_bought * results.price_per_pack_nok
    low, high = gain_limits(cohort)
    return [
        ("life_years.treated", "years", treated.life_years),
        ("life_years.comparator", "years", comparator.life_years),
        ("life_years_gained", "years", results.increment_life_years.effect),
        ("progression_free_years_gained", "years", progression_free),
        ("qalys.treated", "QALYs", treated.qalys),
        ("qalys.comparator", "QALYs", comparator.qalys),
        ("qalys_gained", "QALYs", increment.effect),
        ("qalys_gained.low", "QALYs", low),
        ("qalys_gained.high", "QALYs", high),
        ("cost.treated", "NOK", treated.cost),
        ("cost.comparator", "NOK", comparator.cost),
        ("cost_added", "NOK", increment.cost),
        ("cost_added_without_drug", "NOK", increment.cost - drug),
        ("drug_share", "share", drug / increment.cost),
        ("packs", "packs", results.packs_bought),
        ("years_on_treatment", "years", treated.years_on_treatment),
        ("icer", NOK_PER_QALY, increment.icer),
        ("icer.life_year", NOK_PER_YEAR, results.increment_life_years.icer),
    ]


def _thresholds_and_doubt(cohort: str) -> list[Row]:
    increment, draws = runs.base(cohort).increment, runs.draws(cohort)
    own, stated = class_value(cohort), stated_value()
    low, high = limits(draws.increment.net_monetary_benefit(own))
    return [
        ("net_benefit.class_value", "NOK", increment.net_monetary_benefit(own)),
        ("net_benefit.class_value.low", "NOK", low),
        ("net_benefit.class_value.high", "NOK", high),
        ("net_benefit.opportunity_cost", "NOK", increment.net_monetary_benefit(stated)),
        ("probability_worth_it", "share", share_worth_it(cohort, own)),
        ("probability_worth_it.opportunity_cost", "share", share_worth_it(cohort, stated)),
        ("probability_of_loss", "share", np.mean(draws.increment.effect < 0)),
        ("draws_capped", "share", draws.crossings),
        ("capped_years", "years", runs.course(cohort).capped_years),
        ("gain_standard_error", "years", runs.gain_error(cohort)),
    ]


def _simple_reckonings(cohort: str) -> list[Row]:
    """What the gain would be on other readings of it, and the two reckonings without a model."""
    by_effect = runs.by_effect(cohort)
    progression_kept = by_effect["progression gain kept"]  # not translated: a name of the runs
    rows: list[Row] = [
        ("qalys_gained.no_survival_gain", "QALYs", by_effect["none"].effect),
        ("icer.progression_gain_kept", NOK_PER_QALY, progression_kept.icer),
    ]
    if not simple_reckonings.has_published_gap(cohort):
        return rows
    envelope = simple_reckonings.envelope(cohort)
    return [
        *rows,
        ("icer.envelope_low", NOK_PER_QALY, envelope["cheap"]),
        ("icer.envelope_high", NOK_PER_QALY, envelope["dear"]),
    ]


def _cost_groups(cohort: str) -> list[Row]:
    results = runs.base(cohort)
    strategies = {"treated": results.treated, "comparator": results.comparator}
    return [
        (f"{role}.{group}", "NOK", cost)
        for role, strategy in strategies.items()
        for group, cost in grouped(strategy.outcomes.cost_by_item).items()
    ]


def price_or_none(results: Results, threshold_nok_per_qaly: float) -> float | str:
    """The price a pack that meets a threshold, or 'none'."""
    threshold = results.price_at(threshold_nok_per_qaly)
    return float(threshold.price) if bool(threshold.met) else "none"


def prices() -> Iterator[Result]:
    """The price a pack that meets each threshold, with its interval for those of severity classes."""
    facts = load_facts()
    for cohort in COHORTS:
        results = runs.base(cohort)
        stated, own = stated_value(), class_value(cohort)
        rows: list[Row] = [
            ("opportunity_cost", NOK_PER_PACK, price_or_none(results, stated)),
            ("class_value", NOK_PER_PACK, price_or_none(results, own)),
            ("opportunity_cost_as_told", IN_WORDS, price_answer(cohort, stated)),
            ("class_value_as_told", IN_WORDS, price_answer(cohort, own)),
        ]
        for number in load_population_table("severity-classes")["class"]:
            value = facts[f"norway.reference.class{number}.value"].number
            low, high = price_limits(cohort, value)
            rows += [
                (f"class_{number}", NOK_PER_PACK, price_or_none(results, value)),
                (f"class_{number}.low", NOK_PER_PACK, low),
                (f"class_{number}.high", NOK_PER_PACK, high),
            ]
        yield from rows_of("price.", cohort, BASE_SET, rows)

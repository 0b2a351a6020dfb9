"""Headline results of the economic model."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from assessment.case.model import runs
from assessment.case.model.analyses.adoption_budget import YEARS
from assessment.case.model.analyses.probabilistic import price_distribution
from assessment.case.model.inputs.model_inputs import COHORTS
from assessment.economics.analysis.acceptability import acceptability
from assessment.evidence import load_facts, load_population_table
from assessment.pages.economics.base_case import simple_reckonings
from assessment.pages.economics.severity import severity_cases
from assessment.pages.economics.shared.cost_groups import grouped
from assessment.pages.headline.result_rows import BASE_SET, NO_SET, Result
from assessment.presentation.icer_format import format_icer_per_qaly


def _price(found) -> float | str:
    """The price that meets a threshold, or 'none'."""
    return float(found.price) if bool(found.met) else "none"


def base_case() -> Iterator[Result]:
    stated = load_facts()["norway.reference.opportunity_cost.value"].number
    for cohort in COHORTS:
        found, draws, course = runs.base(cohort), runs.draws(cohort), runs.course(cohort)
        own, gained = runs.severity(cohort).reference_nok_per_qaly, found.increment
        treated, other = found.treated, found.comparator
        free = (
            treated.outcomes.life_years_progression_free
            - other.outcomes.life_years_progression_free
        )
        drug = found.packs_bought * found.price_per_pack_nok
        low, high = np.quantile(draws.increment.effect, [0.025, 0.975])
        plain = simple_reckonings.envelope(cohort)
        kept = runs.by_effect(cohort)
        for name, unit, value in (
            ("life_years.treated", "years", treated.life_years),
            ("life_years.comparator", "years", other.life_years),
            ("life_years_gained", "years", found.increment_life_years.effect),
            ("progression_free_years_gained", "years", free),
            ("qalys.treated", "QALYs", treated.qalys),
            ("qalys.comparator", "QALYs", other.qalys),
            ("qalys_gained", "QALYs", gained.effect),
            ("qalys_gained.low", "QALYs", low),
            ("qalys_gained.high", "QALYs", high),
            ("cost.treated", "NOK", treated.cost),
            ("cost.comparator", "NOK", other.cost),
            ("cost_added", "NOK", gained.cost),
            ("cost_added_without_drug", "NOK", gained.cost - drug),
            ("drug_share", "share", drug / gained.cost),
            ("packs", "packs", found.packs_bought),
            ("years_on_treatment", "years", treated.years_on_treatment),
            ("icer", "NOK per QALY", gained.icer),
            ("icer.life_year", "NOK per year", found.increment_life_years.icer),
            ("net_benefit.class_value", "NOK", gained.net_monetary_benefit(own)),
            ("net_benefit.opportunity_cost", "NOK", gained.net_monetary_benefit(stated)),
            (
                "probability_worth_it",
                "share",
                np.mean(draws.increment.net_monetary_benefit(own) > 0),
            ),
            (
                "probability_worth_it.opportunity_cost",
                "share",
                np.mean(draws.increment.net_monetary_benefit(stated) > 0),
            ),
            ("probability_of_loss", "share", np.mean(draws.increment.effect < 0)),
            ("draws_capped", "share", draws.crossings),
            ("capped_years", "years", course.capped_years),
            ("gain_standard_error", "years", runs.gain_error(cohort)),
            ("qalys_gained.no_survival_gain", "QALYs", kept["none"].effect),
            ("icer.progression_gain_kept", "NOK per QALY", kept["progression gain kept"].icer),
            ("icer.envelope_low", "NOK per QALY", plain["cheap"]),
            ("icer.envelope_high", "NOK per QALY", plain["dear"]),
        ):
            yield Result(f"base_case.{name}", cohort, BASE_SET, unit, float(value))
        for role, strategy in (("treated", treated), ("comparator", other)):
            for group, cost in grouped(strategy.outcomes.cost_by_item).items():
                yield Result(f"base_case.cost.{role}.{group}", cohort, BASE_SET, "NOK", cost)
        yield Result(
            "base_case.icer_as_told",
            cohort,
            BASE_SET,
            "words",
            format_icer_per_qaly(found.increment, runs.gain_error(cohort)),
        )


def prices() -> Iterator[Result]:
    facts = load_facts()
    for cohort in COHORTS:
        found, own = runs.base(cohort), runs.severity(cohort).reference_nok_per_qaly
        stated = facts["norway.reference.opportunity_cost.value"].number
        yield Result(
            "price.opportunity_cost",
            cohort,
            BASE_SET,
            "NOK per pack",
            _price(found.price_at(stated)),
        )
        yield Result(
            "price.class_value", cohort, BASE_SET, "NOK per pack", _price(found.price_at(own))
        )
        for number in load_population_table("severity-classes")["class"]:
            value = facts[f"norway.reference.class{number}.value"].number
            low, high = np.quantile(price_distribution(runs.draws(cohort), value), [0.025, 0.975])
            yield Result(
                f"price.class_{number}",
                cohort,
                BASE_SET,
                "NOK per pack",
                _price(found.price_at(value)),
            )
            yield Result(f"price.class_{number}.low", cohort, BASE_SET, "NOK per pack", float(low))
            yield Result(
                f"price.class_{number}.high", cohort, BASE_SET, "NOK per pack", float(high)
            )


def severity() -> Iterator[Result]:
    for cohort in COHORTS:
        found = runs.severity(cohort)
        yield Result("severity.remaining_qalys", cohort, BASE_SET, "QALYs", found.remaining_qalys)
        yield Result("severity.comparator_qalys", cohort, BASE_SET, "QALYs", found.comparator_qalys)
        yield Result("severity.shortfall", cohort, BASE_SET, "QALYs", found.shortfall)
        yield Result("severity.class", cohort, BASE_SET, "class", str(found.severity_class))
        yield Result(
            "severity.reference_value",
            cohort,
            BASE_SET,
            "NOK per QALY",
            found.reference_nok_per_qaly,
        )
        cases = severity_cases.cases()
        at_age = cases[
            (cases["cohort"] == cohort) & (cases["age"] == severity_cases.assumed_age(cohort))
        ].set_index("case")
        for case, row in at_age.iterrows():
            yield Result(
                f"severity.case.{case}.shortfall", cohort, NO_SET, "QALYs", float(row["shortfall"])
            )
            yield Result(
                f"severity.case.{case}.class", cohort, NO_SET, "class", str(int(row["class"]))
            )


def scenarios() -> Iterator[Result]:
    for cohort in COHORTS:
        for outcome in runs.scenario_outcomes(cohort):
            name, division = (
                f"scenario.{outcome.scenario.id}",
                outcome.scenario.settings_for(cohort).analysis_set,
            )
            if outcome.results is None:
                yield Result(f"{name}.qalys_gained", cohort, division, "QALYs", "cannot be run")
                continue
            found, severe = outcome.results, outcome.severity
            yield Result(
                f"{name}.life_years_gained",
                cohort,
                division,
                "years",
                float(found.increment_life_years.effect),
            )
            yield Result(
                f"{name}.qalys_gained", cohort, division, "QALYs", float(found.increment.effect)
            )
            yield Result(f"{name}.class", cohort, division, "class", str(severe.severity_class))
            if found.costs_incomplete:
                continue
            yield Result(f"{name}.cost_added", cohort, division, "NOK", float(found.increment.cost))
            yield Result(
                f"{name}.icer", cohort, division, "NOK per QALY", float(found.increment.icer)
            )
            yield Result(
                f"{name}.price",
                cohort,
                division,
                "NOK per pack",
                _price(found.price_at(severe.reference_nok_per_qaly)),
            )
            yield Result(
                f"{name}.worth_it",
                cohort,
                division,
                "verdict",
                "yes" if outcome.cost_effective else "no",
            )


def information() -> Iterator[Result]:
    for cohort in COHORTS:
        info, draws = runs.information(cohort), runs.draws(cohort)
        yield Result(
            "information.threshold_where_decision_turns",
            cohort,
            BASE_SET,
            "NOK per QALY",
            info.indifferent,
        )
        for name, at in (
            ("class_value", info.reference),
            ("where_decision_turns", info.indifferent),
        ):
            if np.isfinite(at):
                evpi = float(acceptability(draws.costs, draws.qalys, [at]).evpi[0])
                yield Result(f"information.evpi.{name}", cohort, BASE_SET, "NOK per patient", evpi)


def budget() -> Iterator[Result]:
    found = runs.budget()
    low, high = np.quantile(found.net, [0.025, 0.975], axis=0)
    for year in range(YEARS):
        yield Result(f"budget.year_{year + 1}", "", NO_SET, "NOK", float(found.expected[year]))
        yield Result(f"budget.year_{year + 1}.low", "", NO_SET, "NOK", float(low[year]))
        yield Result(f"budget.year_{year + 1}.high", "", NO_SET, "NOK", float(high[year]))
        yield Result(
            f"budget.year_{year + 1}.patients",
            "",
            NO_SET,
            "patients",
            float(found.started.mean(axis=0)[year]),
        )
        for cohort in COHORTS:
            yield Result(
                f"budget.year_{year + 1}",
                cohort,
                NO_SET,
                "NOK",
                float(found.by_cohort[cohort].mean(axis=0)[year]),
            )

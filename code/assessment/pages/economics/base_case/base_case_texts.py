"""The economic answer in words."""

from __future__ import annotations

import numpy as np

from assessment.case.model import runs
from assessment.case.model.costs.cost_row_checks import PRICE
from assessment.case.model.inputs.model_inputs import COHORTS, input_fact
from assessment.evidence import load_facts
from assessment.evidence.provenance.traced_text import computed
from assessment.pages.economics.base_case.simple_reckonings import envelope
from assessment.pages.economics.shared.result_wording import format_price_at
from assessment.presentation import numbers
from assessment.presentation.glue_keys import of_cohort
from assessment.presentation.icer_format import (
    LARGEST_ERROR_SHARE,
    format_icer,
    format_icer_per_qaly,
)
from assessment.presentation.language import _
from assessment.presentation.money_format import (
    format_million_nok,
    format_nok,
    format_per_qaly,
    format_share,
)


@computed
def texts() -> dict[str, str]:
    """Computed numbers of the base case for the chapter's sentences, by key."""
    facts = load_facts()
    glued = {
        "base_draws": numbers.number(runs.draws(COHORTS[0]).rows.size),
        "base_price": format_nok(input_fact(PRICE).number),
        "base_stated": format_nok(facts["norway.reference.opportunity_cost.value"].number),
        "base_sure_to": format_share(LARGEST_ERROR_SHARE),
    }
    for cohort in COHORTS:
        glued |= of_cohort(cohort, _gains(cohort))
        glued |= of_cohort(cohort, _prices(cohort))
        glued |= of_cohort(cohort, _draws(cohort))
        glued |= of_cohort(cohort, _severity(cohort))
    return glued


def _gains(cohort: str) -> dict[str, str]:
    """What is gained and what it costs."""
    results, error, effects = runs.base(cohort), runs.gain_error(cohort), runs.by_effect(cohort)
    treated, comparator = results.treated.outcomes, results.comparator.outcomes
    free_years = float(treated.life_years_progression_free - comparator.life_years_progression_free)
    reckoned = envelope(cohort)
    return {
        "base_qalys": numbers.number(float(results.increment.effect), 2),
        "base_life_years": numbers.number(float(results.increment_life_years.effect), 2),
        "base_cost": format_million_nok(float(results.increment.cost)),
        "base_icer": format_icer_per_qaly(results.increment, error),
        "base_icer_life_year": format_icer(results.increment_life_years, error),
        "base_free_years": numbers.number(free_years, 2),
        "base_years_on": numbers.number(float(results.treated.years_on_treatment), 2),
        "base_qalys_none": numbers.number(float(effects["none"].effect), 3),
        "base_icer_kept": format_per_qaly(float(effects["progression gain kept"].icer)),
        "base_cheap": format_million_nok(reckoned["cheap"], 1),
        "base_dear": format_million_nok(reckoned["dear"], 1),
    }


def _prices(cohort: str) -> dict[str, str]:
    """What the drug is of the added cost, and at which price it would be worth it."""
    results, own = runs.base(cohort), runs.severity(cohort).reference_nok_per_qaly
    stated = load_facts()["norway.reference.opportunity_cost.value"].number
    drug = results.packs_bought * results.price_per_pack_nok
    at_price = _("at {price}")
    return {
        "base_reference": format_nok(own),
        "base_price_stated": at_price.format(price=format_price_at(results, stated)),
        "base_price_own": at_price.format(price=format_price_at(results, own)),
        "base_drug_share": format_share(float(drug / results.increment.cost)),
        "base_without_drug": format_nok(float(results.increment.cost - drug)),
        "base_packs": numbers.number(float(results.packs_bought), 1),
    }


def _draws(cohort: str) -> dict[str, str]:
    """How sure the gain is."""
    draws, own = runs.draws(cohort), runs.severity(cohort).reference_nok_per_qaly
    low, high = np.quantile(draws.increment.effect, [0.025, 0.975])
    loses = np.mean(draws.increment.effect < 0)
    worth_it = np.mean(draws.increment.net_monetary_benefit(own) > 0)
    return {
        "base_qalys_range": numbers.interval(low, high, 2),
        "base_loses": format_share(float(loses)),
        "base_likely": format_share(float(worth_it)),
    }


def _severity(cohort: str) -> dict[str, str]:
    severity = runs.severity(cohort)
    return {
        "base_shortfall": numbers.number(severity.shortfall, 1),
        "base_class": str(severity.severity_class),
        "base_comparator_qalys": numbers.number(severity.comparator_qalys, 1),
        "base_remaining": numbers.number(severity.remaining_qalys, 1),
    }

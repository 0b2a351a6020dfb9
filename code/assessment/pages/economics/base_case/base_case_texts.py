"""The economic answer in words."""

from __future__ import annotations

import numpy as np

from assessment.case.model import runs
from assessment.case.model.inputs.model_inputs import COHORTS
from assessment.evidence import load_facts
from assessment.evidence.provenance.traced_text import computed
from assessment.pages.economics.base_case.simple_reckonings import envelope
from assessment.pages.economics.shared.result_wording import SURE_TO, price, ratio, told
from assessment.presentation import numbers
from assessment.presentation.money_format import money, percent, quotient, rounded


@computed
def texts() -> dict[str, str]:
    """Computed numbers for the chapter's sentences."""
    facts, out = load_facts(), {}
    stated = facts["norway.reference.opportunity_cost.value"].number
    for cohort in COHORTS:
        found, severe, draws = runs.base(cohort), runs.severity(cohort), runs.draws(cohort)
        own, inc = severe.reference_nok_per_qaly, found.increment
        effects, error = runs.by_effect(cohort), runs.gain_error(cohort)
        low, high = np.quantile(draws.increment.effect, [0.025, 0.975])
        env = envelope(cohort)
        free = float(
            found.treated.outcomes.life_years_progression_free
            - found.comparator.outcomes.life_years_progression_free
        )
        out |= {
            f"base_{cohort}_{name}": text
            for name, text in {
                "qalys": numbers.number(float(inc.effect), 2),
                "life_years": numbers.number(float(found.increment_life_years.effect), 2),
                "cost": money(float(inc.cost)),
                "icer": ratio(found, error),
                "icer_life_year": told(found.increment_life_years, error),
                "free_years": numbers.number(free, 2),
                "qalys_range": numbers.interval(low, high, 2),
                "loses": percent(float((draws.increment.effect < 0).mean())),
                "likely": percent(float((draws.increment.net_monetary_benefit(own) > 0).mean())),
                "shortfall": numbers.number(severe.shortfall, 1),
                "class": str(severe.severity_class),
                "reference": rounded(own),
                "price_stated": "at " + price(found, stated),
                "price_own": "at " + price(found, own),
                "drug_share": percent(
                    float(found.packs_bought * found.price_per_pack_nok / inc.cost)
                ),
                "without_drug": rounded(
                    float(inc.cost - found.packs_bought * found.price_per_pack_nok)
                ),
                "years_on": numbers.number(float(found.treated.years_on_treatment), 2),
                "packs": numbers.number(float(found.packs_bought), 1),
                "qalys_none": numbers.number(float(effects["none"].effect), 3),
                "icer_kept": quotient(float(effects["progression gain kept"].icer)),
                "cheap": money(env["cheap"], 1),
                "dear": money(env["dear"], 1),
                "comparator_qalys": numbers.number(severe.comparator_qalys, 1),
                "remaining": numbers.number(severe.remaining_qalys, 1),
                "crossed": percent(draws.crossings),
            }.items()
        }
    return out | {
        "base_draws": numbers.number(runs.draws("epnet").rows.size),
        "base_price": rounded(facts["economics.price.cabometyx.assumed"].number),
        "base_stated": rounded(stated),
        "base_sure_to": percent(SURE_TO),
    }

"""The economic answer in words."""

from __future__ import annotations

import numpy as np

from assessment.case.model import runs
from assessment.case.model.costs.cost_row_checks import PRICE
from assessment.case.model.inputs.model_inputs import COHORTS, input_fact
from assessment.case.trial.trial import COHORTS as NAMES
from assessment.evidence import load_facts
from assessment.evidence.provenance.traced_text import computed
from assessment.pages.economics.base_case.simple_reckonings import envelope
from assessment.pages.economics.severity.class_ranges import class_answer, shortfall_answer
from assessment.pages.economics.shared.arm_names import DRUG
from assessment.pages.economics.shared.model_answers import (
    benefit_answer,
    class_value,
    cost_answer,
    cost_in_millions,
    gain_answer,
    gain_limits,
    named_value,
    price_abroad,
    price_answer,
    said_once,
    share_worth_it,
    stated_value,
)
from assessment.presentation import numbers
from assessment.presentation.glue_keys import of_cohort
from assessment.presentation.icer_format import format_icer_per_qaly, includes_zero
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
    glued = {
        "base_draws": numbers.number(runs.draws(COHORTS[0]).rows.size),
        "base_price": format_nok(input_fact(PRICE).number),
        "base_stated": format_nok(stated_value()),
        "base_values_named": said_once(named_value),
        "base_kept": said_once(_ratio_if_kept),
        "base_zero": _whether_zero(),
        "base_verdict": _verdict(),
        "price_norway": _price_here(),
    }
    abroad = price_abroad()
    if abroad is not None:
        glued["base_price_abroad"] = format_nok(abroad.number)
    for cohort in COHORTS:
        glued |= of_cohort(cohort, _gains(cohort))
        glued |= of_cohort(cohort, _prices(cohort))
        glued |= of_cohort(cohort, _draws(cohort))
        glued |= of_cohort(cohort, _severity(cohort))
    return glued


def _gains(cohort: str) -> dict[str, str]:
    """What is gained and what it costs."""
    results, effects = runs.base(cohort), runs.by_effect(cohort)
    treated, comparator = results.treated.outcomes, results.comparator.outcomes
    free_years = float(treated.life_years_progression_free - comparator.life_years_progression_free)
    reckoned = envelope(cohort)
    return {
        "base_gain": gain_answer(cohort),
        "base_added": cost_answer(cohort),
        "base_added_millions": cost_in_millions(cohort),
        "base_qalys": numbers.number(float(results.increment.effect), 2),
        "base_life_years": numbers.number(float(results.increment_life_years.effect), 2),
        "base_cost": format_million_nok(float(results.increment.cost)),
        "base_icer": format_icer_per_qaly(results.increment),
        "base_free_years": numbers.number(free_years, 2),
        "base_years_on": numbers.number(float(results.treated.years_on_treatment), 2),
        "base_qalys_none": numbers.number(float(effects["none"].effect), 3),
        "base_qalys_kept": numbers.number(float(effects["progression gain kept"].effect), 2),
        "base_icer_kept": _ratio_if_kept(cohort),
        "base_cheap": format_million_nok(reckoned["cheap"], 1),
        "base_dear": format_million_nok(reckoned["dear"], 1),
    }


def _ratio_if_kept(cohort: str) -> str:
    """Cost of a QALY if the whole gain in time without progression became life."""
    return format_per_qaly(float(runs.by_effect(cohort)["progression gain kept"].icer))


def _whether_zero() -> str:
    """Whether a loss of QALYs is within the interval of the gain, in a sentence."""
    open_in = [NAMES[cohort] for cohort in COHORTS if includes_zero(*gain_limits(cohort))]
    if not open_in:
        return _("No interval of the gain includes zero.")
    if len(open_in) == len(COHORTS) > 1:
        return _(
            "A loss of health is not excluded in either cohort: both intervals of the gain include"
            " zero."
        )
    return _(
        "A loss of health is not excluded in {cohorts}: the interval of the gain includes zero."
    ).format(cohorts=", ".join(open_in))


def _verdict() -> str:
    """Whether the drug is worth the assumed price at the value of each cohort's class, in a sentence."""
    worth = [
        NAMES[cohort]
        for cohort in COHORTS
        if float(runs.base(cohort).increment.net_monetary_benefit(class_value(cohort))) > 0
    ]
    if not worth:
        text = _(
            "At the assumed price of {price} a pack, {drug} costs more than the health it is"
            " expected to bring is worth."
        )
    elif len(worth) == len(COHORTS):
        text = _(
            "At the assumed price of {price} a pack, the health that {drug} is expected to bring is"
            " worth its cost."
        )
    else:
        text = _(
            "At the assumed price of {price} a pack, the health that {drug} is expected to bring is"
            " worth its cost in {cohorts} only."
        )
    price = format_nok(input_fact(PRICE).number)
    return text.format(price=price, drug=DRUG, cohorts=", ".join(worth))


def _price_here() -> str:
    """The price of a pack in the country of the decision, or that none was found, in a sentence."""
    facts, here = load_facts(), f"{input_fact(PRICE).id.rpartition('.')[0]}.norway"
    if here not in facts or facts[here].status == "unknown":
        return _("No Norwegian price was found.")
    return _("The Norwegian price is {price}.").format(price=numbers.fact_text(facts[here]))


def _prices(cohort: str) -> dict[str, str]:
    """What the drug is of the added cost, and at which price it would be worth it."""
    results, own, stated = runs.base(cohort), class_value(cohort), stated_value()
    drug = results.packs_bought * results.price_per_pack_nok
    return {
        "base_reference": format_nok(own),
        "base_named_value": named_value(cohort),
        "base_price_stated": price_answer(cohort, stated),
        "base_price_own": price_answer(cohort, own),
        "base_drug_share": format_share(float(drug / results.increment.cost)),
        "base_without_drug": format_nok(float(results.increment.cost - drug)),
        "base_packs": numbers.number(float(results.packs_bought), 1),
    }


def _draws(cohort: str) -> dict[str, str]:
    """How sure the gain is, and whether it is worth the cost."""
    draws, own, stated = runs.draws(cohort), class_value(cohort), stated_value()
    loses = np.mean(draws.increment.effect < 0)
    return {
        "base_loses": format_share(float(loses)),
        "base_benefit": benefit_answer(cohort, own),
        "base_benefit_stated": benefit_answer(cohort, stated),
        "base_likely": format_share(share_worth_it(cohort, own)),
        "base_likely_stated": format_share(share_worth_it(cohort, stated)),
        "base_curve_error": numbers.number(runs.gain_error(cohort), 3),
    }


def _severity(cohort: str) -> dict[str, str]:
    severity = runs.severity(cohort)
    return {
        "base_shortfall": shortfall_answer(cohort),
        "base_class": class_answer(cohort),
        "base_comparator_qalys": numbers.number(severity.comparator_qalys, 1),
        "base_remaining": numbers.number(severity.remaining_qalys, 1),
    }

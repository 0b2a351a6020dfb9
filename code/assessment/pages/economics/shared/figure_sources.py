"""Documents that figures of the chapter name as their sources, as the case and its facts have them."""

from __future__ import annotations

from assessment.case.model.inputs.model_inputs import COHORTS, input_fact, model_inputs
from assessment.case.model.inputs.scenario_values import UTILITY_PRINTED, published_utility
from assessment.case.trial.trial import CASE
from assessment.evidence import Fact

TRIAL = () if CASE.base_set.source is None else (CASE.base_set.source,)


def utility_sources() -> tuple[str, ...]:
    """Where the utilities of the cohorts were printed."""
    return _of(published_utility(UTILITY_PRINTED, cohort) for cohort in COHORTS)


def background_price_sources() -> tuple[str, ...]:
    """Where the price of the therapy beside the drug was printed; nothing where there is none."""
    price = "background_therapy_injection_nok"
    return _of([input_fact(price)]) if price in model_inputs(COHORTS[0]) else ()


def _of(facts) -> tuple[str, ...]:
    sources = (fact.source for fact in facts if isinstance(fact, Fact))
    return tuple(dict.fromkeys(source for source in sources if source))

"""Documents that figures of the chapter name as their sources, as the case and its facts have them."""

from __future__ import annotations

from collections.abc import Iterator

from assessment.case.model.inputs.model_inputs import COHORTS, input_fact, model_inputs
from assessment.case.trial.trial import CASE
from assessment.evidence import Fact, load_facts
from assessment.evidence.cells.formulas import ids_in

TRIAL = () if CASE.base_set.source is None else (CASE.base_set.source,)
UTILITIES = ("utility_progression_free", "utility_loss_progression")


def utility_sources() -> tuple[str, ...]:
    """Where the utilities of the cohorts, and what they are derived from, were printed."""
    return _of(input_fact(name, cohort) for cohort in COHORTS for name in UTILITIES)


def background_price_sources() -> tuple[str, ...]:
    """Where the price of the therapy beside the drug was printed; nothing where there is none."""
    price = "background_therapy_injection_nok"
    return _of([input_fact(price)]) if price in model_inputs(COHORTS[0]) else ()


def _of(facts) -> tuple[str, ...]:
    sources = (fact.source for given in facts for fact in _behind(given))
    return tuple(dict.fromkeys(source for source in sources if source))


def _behind(fact: Fact) -> Iterator[Fact]:
    """The fact, or the facts that a derived one is computed from."""
    if not fact.formula:
        yield fact
    for name in ids_in(fact.formula or "0"):
        yield from _behind(load_facts()[name])

"""Which inputs of the model are not known yet, so that pages can wait for them."""

from __future__ import annotations

from assessment.evidence import load_facts, load_register

NOT_IN_THE_MODEL = "none"


def input_facts() -> tuple[str, ...]:
    """Ids of the facts that the model reads, in the order of data/model_inputs.csv."""
    rows = load_register("model-inputs")
    read = rows[rows["distribution"] != NOT_IN_THE_MODEL]
    return tuple(dict.fromkeys(fact for fact in read["fact"] if fact))


def unknown_inputs() -> tuple[str, ...]:
    """Those of them whose status is 'unknown'; nothing when the model can be run."""
    facts = load_facts()
    return tuple(name for name in input_facts() if facts[name].status == "unknown")

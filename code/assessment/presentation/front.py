"""What the front page says in its first screen: the case, the cost, how sure, what is unknown; each a sentence or two."""

from __future__ import annotations

from assessment.evidence import load_facts, load_register

from . import numbers, regulatory, severity, show
from .computed import computed

# In the certainty register: what the front page calls each outcome, in this order.
OUTCOMES = {"Progression-free survival": "holding the disease back", "Severe adverse events": "severe side effects", "Overall survival": "length of life"}
NO_MODEL = "Cost per QALY and the price at which it would be acceptable: the model is not in this edition."


@computed
def cost_answer() -> dict[str, str]:
    """What the drug costs and at which price it would be worth it: the slot the economic model fills.

    Returns two texts for the card of the front page, each a full sentence of at most some 120 letters:
    ``front_cost``: cost per QALY gained in both cohorts at the price assumed, with interval, and that the price is an assumption;
    ``front_price``: the price of a pack at which the cost meets the reference values, as computed, never "the threshold".
    Numbers go through presentation.numbers and come from assessment.economics; "" leaves a sentence out.
    Until a model's results are published here, the card says that there is none.
    """
    return {"front_cost": NO_MODEL, "front_price": ""}


@computed
def case_answer() -> dict[str, str]:
    """Where the case stands in Nye metoder: steps done, the next step and who acts."""
    done = [step for step in regulatory.STEPS if step[3] == "done"]
    name, who = regulatory.STEPS[len(done)][:2]
    norwegian, _, english = name.partition(": ")
    return {"front_step": str(len(done)), "front_steps": str(len(regulatory.STEPS)), "front_next": english, "front_next_nb": norwegian, "front_next_who": who}


@computed
def certainty_answer() -> dict[str, str]:
    """How sure the evidence is, by outcome: the overall judgement of both cohorts against placebo, and of everything against active treatment."""
    frame = load_register("certainty")
    placebo = frame["comparison"] == "cabozantinib against placebo"
    said = [f"{shown}: {_levels(frame[placebo & (frame['outcome'] == outcome)]['overall'])}" for outcome, shown in OUTCOMES.items()]
    return {"front_certainty": "; ".join(said), "front_certainty_active": _levels(frame[~placebo]["overall"])}


def _levels(found) -> str:
    return " to ".join(dict.fromkeys(found))


@computed
def counts() -> dict[str, str]:
    """Facts in the book, those that were looked for and not found, and the trial's patients."""
    facts = load_facts()
    unknown = len(facts.select(status="unknown"))
    patients = facts["cabinet.n.epnet"].number + facts["cabinet.n.pnet"].number
    return {"front_facts": numbers.number(len(facts)), "front_unknown": numbers.number(unknown), "front_patients": numbers.number(patients)}


def glue_answers() -> None:
    """Glues the front page's computed texts; severity as the economics chapter computes it."""
    show.glue_all(severity.texts() | cost_answer() | case_answer() | certainty_answer() | counts())

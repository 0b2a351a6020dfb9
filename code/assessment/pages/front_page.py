"""What the front page says in its first screen: the case, the cost, how sure, what is unknown; each
a sentence or two.
"""

from __future__ import annotations

from assessment.evidence import load_facts, load_register
from assessment.evidence.provenance.traced_text import computed
from assessment.pages.economics.base_case import base_case_texts
from assessment.pages.regulatory_status import norwegian_process
from assessment.presentation import numbers

# In the certainty register: what the front page calls each outcome, in this order.
OUTCOMES = {
    "Progression-free survival": "holding the disease back",
    "Severe adverse events": "severe side effects",
    "Overall survival": "length of life",
}


@computed
def cost_answer() -> dict[str, str]:
    """What the drug costs and at which price it would be worth it: two texts for the card of the
    front page, a sentence or two each.

    ``front_cost``: cost per QALY gained in both cohorts at the assumed price. ``front_price``: the
    price of a pack at which the cost meets the stated opportunity cost and the value proposed for
    the cohort's own severity class.
    """
    said = base_case_texts.texts()
    icers = [said[f"base_icer.{cohort}"] for cohort in ("epnet", "pnet")]
    cost = (
        f"At an assumed {said['base_price']} a pack (◆): {_without_shared_unit(*icers)} outside the"
        f" pancreas, {icers[1]} in it."
    )
    own = [said[f"base_price_own.{cohort}"] for cohort in ("epnet", "pnet")]
    stated = [said[f"base_price_stated.{cohort}"] for cohort in ("epnet", "pnet")]
    price = (
        f"The value proposed for this severity is met {own[0]} a pack outside, {own[1]} in it; the"
        f" stated opportunity cost {_either(*stated)}."
    )
    return {"front_cost": cost, "front_price": price}


def _without_shared_unit(one: str, other: str) -> str:
    """``one`` without the words both end with: a unit is said once, after the second."""
    words = one.split(" ")
    while words and other.split(" ")[-1] == words[-1]:
        words.pop()
        other = other.rpartition(" ")[0]
    return " ".join(words) or one


def _either(one: str, other: str) -> str:
    return f"{one} in either" if one == other else f"{one} and {other}"


@computed
def case_answer() -> dict[str, str]:
    """Where the case stands in Nye metoder: steps done, the next step and who acts."""
    steps = norwegian_process.process_steps()
    done = int((steps["state"] == "done").sum())
    following = steps.iloc[done]
    return {
        "front_step": str(done),
        "front_steps": str(len(steps)),
        "front_next": following["english"],
        "front_next_nb": following["original"],
        "front_next_who": following["who"],
    }


@computed
def certainty_answer() -> dict[str, str]:
    """How sure the evidence is, by outcome: the overall judgement of both cohorts against placebo,
    and of everything against active treatment.
    """
    frame = load_register("certainty")
    placebo = frame["comparison"] == "cabozantinib against placebo"
    said = [
        f"{shown}: {_levels(frame[placebo & (frame['outcome'] == outcome)]['overall'])}"
        for outcome, shown in OUTCOMES.items()
    ]
    return {
        "front_certainty": "; ".join(said),
        "front_certainty_active": _levels(frame[~placebo]["overall"]),
    }


def _levels(found) -> str:
    return " to ".join(dict.fromkeys(found))


@computed
def counts() -> dict[str, str]:
    """Facts in the book, those that were looked for and not found, and the trial's patients."""
    facts = load_facts()
    unknown = len(facts.select(status="unknown"))
    patients = facts["cabinet.n.epnet"].number + facts["cabinet.n.pnet"].number
    return {
        "front_facts": numbers.number(len(facts)),
        "front_unknown": numbers.number(unknown),
        "front_patients": numbers.number(patients),
    }


def texts() -> dict[str, str]:
    """The front page's computed texts; economics and severity as the economics chapter has them."""
    parts = (base_case_texts.texts(), cost_answer(), case_answer(), certainty_answer(), counts())
    return {key: text for part in parts for key, text in part.items()}

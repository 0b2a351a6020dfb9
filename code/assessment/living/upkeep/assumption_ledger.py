"""Each assumption of the model: who looks after it, why it is made, when it was looked at and when it must be
again, and how much hangs on it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from assessment.evidence import Fact, load_facts, load_register
from assessment.living.findings.input_swings import Swing, swings, widest


@dataclass(frozen=True)
class Assumption:
    """``fact`` with the reason in its note, the ``owner``'s role, ``due``, and the widest ``swing`` of the
    inputs that are this fact.
    """

    fact: Fact
    owner: str
    due: date
    swing: Swing

    @property
    def checked(self) -> date:
        """When it was last looked at."""
        return self.fact.checked


def owner_of(fact: str) -> tuple[str, int]:
    """(role, days between two looks) of the longest beginning of the id. LookupError where nobody looks
    after it.
    """
    rows = load_register("assumption-owners").to_dict("records")
    mine = [row for row in rows if row["touches"] == fact or _begins(fact, row["touches"])]
    if not mine:
        raise LookupError(
            f"nobody looks after {fact}: add its beginning to data/assumption_owners.csv"
        )
    best = max(mine, key=lambda row: len(row["touches"]))
    return best["owner"], int(best["days"])


def _begins(fact: str, beginning: str) -> bool:
    return beginning.endswith(".") and fact.startswith(beginning)


def ledger() -> list[Assumption]:
    """Every assumption that an input of the model is, by how much hangs on it."""
    facts, inputs = load_facts(), load_register("model-inputs")
    found = []
    for name in dict.fromkeys(inputs["fact"].dropna()):
        fact = facts[name]
        if fact.status == "assumption":
            owner, days = owner_of(name)
            own = [swings()[row] for row in inputs.loc[inputs["fact"] == name, "id"]]
            due = fact.checked + timedelta(days=days)
            found.append(Assumption(fact, owner, due, widest(own)))
    return sorted(found, key=lambda one: (-one.swing.price_nok, one.fact.id))

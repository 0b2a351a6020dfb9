"""The range of a fact, where a figure cannot do without one."""

from __future__ import annotations

from assessment.evidence import Fact


def range_of(fact: Fact) -> tuple[float, float]:
    """Low and high end of a fact. Raises ValueError, which names the fact, when it has none."""
    if fact.low is None or fact.high is None:
        raise ValueError(
            f"'{fact.id}' needs a low and a high end here; give it both in data/facts."
        )
    return fact.low, fact.high

"""How politely sources are asked, from ``data/watch/rules.csv``."""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path

from assessment.evidence import DATA, read_table

AGENT = "living-assessment-watch (asks a few times a month whether sources of a public report have changed)"


@dataclass(frozen=True)
class Manners:
    """``spacing_seconds``: least time between two questions to one host. ``timeout_seconds``: silence
    after which a question is given up. ``longest_seconds``: for one whole answer. ``tries``: how often
    a question is asked at most. ``pause_seconds``: before the second try, doubled before each further
    one. ``longest_pause_seconds``: no longer, whatever a server asks. ``largest_bytes``: of an answer;
    ``largest_unpacked_bytes``: of what an archive holds. ``redirects``: most in a row.
    ``clock_seconds``: most that a server's clock may differ from ours.
    """

    spacing_seconds: float
    timeout_seconds: float
    longest_seconds: float
    tries: float
    pause_seconds: float
    longest_pause_seconds: float
    largest_bytes: float
    largest_unpacked_bytes: float
    redirects: float
    clock_seconds: float
    agent: str = AGENT


def load_rules(data: Path = DATA) -> dict[str, float]:
    """Every rule of the watch by name: numbers with the unit that the name ends in. DataError where
    the table is wrong.
    """
    return {row["rule"]: float(row["value"]) for row in read_table("watch-rules", data)}


def load_manners(contact: str = "", data: Path = DATA) -> Manners:
    """The manners of this book; ``contact``: an address at which the asker is reached."""
    rules = load_rules(data)
    named = {f.name: rules[f.name] for f in fields(Manners) if f.name != "agent"}
    return Manners(**named, agent=f"{AGENT}; contact: {contact}" if contact else AGENT)

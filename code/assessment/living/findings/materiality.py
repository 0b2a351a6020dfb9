"""The gate: how a finding is told. It proposes; a person decides."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from assessment.evidence import REFERENCES
from assessment.living.adapters.watched_source import LEVELS, WatchedSource
from assessment.living.findings.finding import Finding, finding_id, rule_for
from assessment.living.findings.input_swings import Swing, assumed_price, swings, widest
from assessment.living.findings.touched_facts import inputs_on, named_facts, resting_on
from assessment.living.snapshots.snapshot_changes import Change


def level_of(swing: Swing, price: float, rules: Mapping[str, float]) -> tuple[str, str]:
    """(level, why) by what could hang on a finding. Interrupt: the conclusion or the class could turn, or
    the price that is enough could move by ``interrupt_price_percent`` of the assumed price. Digest: by
    ``digest_price_percent``. Log: less.
    """
    percent = 100 * swing.price_nok / price
    if swing.verdict:
        return "interrupt", "the conclusion at the assumed price could turn"
    if swing.severity:
        return "interrupt", "the severity class could be another"
    moved = f"the price that is enough could move by {percent:.0f} % of the assumed price"
    if percent >= rules["interrupt_price_percent"]:
        return "interrupt", moved
    if percent >= rules["digest_price_percent"]:
        return "digest", moved
    return "log", "no input of the model could move the price that is enough by as much as is told"


def _said(text: str) -> str:
    """In quotation marks, so that a day or number of a source is not taken for one of our own tables."""
    return f"“{text}”" if text else ""


def weigh(
    source: WatchedSource,
    change: Change,
    since: str,
    day: str,
    rules: Mapping[str, float],
    references: Path = REFERENCES,
) -> Finding:
    """The finding of a change: its facts, the inputs on them, the widest swing of these, and the higher
    of the level that follows from it and the least that data/watch/fields.csv asks for.
    """
    field = rule_for(source, change)
    named = named_facts(source, field, change, references)
    inputs = inputs_on(resting_on(named)) if named else []
    swing = widest([swings()[name] for name in inputs])
    level, why = level_of(swing, assumed_price(), rules) if inputs else ("log", field.because)
    if LEVELS.index(field.at_least) > LEVELS.index(level):
        level, why = field.at_least, field.because
    return Finding(
        finding_id(source, change, since),
        day,
        source.id,
        change.item,
        change.field,
        _said(change.old),
        _said(change.new),
        " ".join(named),
        " ".join(inputs),
        round(swing.price_nok) if inputs else None,
        level,
        why,
    )

"""The parts of every change in all outcomes, as a table, and the changes without a part of their own."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

import pandas as pd

from assessment.pages.attribution.attributed import (
    IDLE,
    NEEDED,
    WHOLE,
    AttributedChange,
    Comparison,
    Part,
    latest,
)
from assessment.pages.attribution.attribution_words import named, summary
from assessment.pages.registers.register_words import Html
from assessment.presentation import numbers
from assessment.presentation.language import _
from assessment.presentation.show import Table

THOUSAND = 1_000
W = {
    "change": _("Change"),
    "cohort": _("Cohort"),
    "gain": _("QALYs gained"),
    "cost": _("Added cost, thousand NOK"),
    "icer": _("Cost per QALY, thousand NOK"),
    "price": _("Price that is enough, NOK a pack"),
    "class": _("Severity class"),
    "conclusion": _("Conclusion changed"),
    "signed": _("+{amount}"),
    "within": _("{part} ± {error}"),
    "stays": _("{number}, same"),
    "moves": _("{before} to {after}"),
    "ratio": _("no ratio"),
    "unknown": _("not known"),
    "yes": _("yes"),
    "no": _("no"),
    IDLE: _("Also changed, without effect on the base case, made first or last: {names}."),
    NEEDED: _(
        "Counted with code and method, since today's model cannot be run without it: {names}."
    ),
}
# column: outcome, size of one unit, decimals
PRICE = {"price": ("price", 1, 0)}
OTHERS = {
    "gain": ("qalys_gained", 1, 3),
    "cost": ("cost_added", THOUSAND, 1),
    "icer": ("icer", THOUSAND, 0),
}


def _part(part: Part | None, unit: float, decimals: int, absent: str) -> str:
    if part is None:
        return absent
    if part.share is None:
        return W["unknown"]
    shown = numbers.number(part.share / unit, decimals)
    said = W["signed"].format(amount=shown) if round(part.share / unit, decimals) > 0 else shown
    if not part.error:
        return said
    return W["within"].format(part=said, error=numbers.number(part.error / unit, decimals))


def _class(part: Part | None) -> str:
    if part is None or part.before is None:
        return W["unknown"]
    before, after = (numbers.number(value) for value in (part.before, part.after))
    if before == after:
        return W["stays"].format(number=after)
    return W["moves"].format(before=before, after=after)


def _rows(change: AttributedChange) -> list[dict[str, str]]:
    def parts(columns: Mapping[str, tuple[str, int, int]], cohort: str) -> dict[str, str]:
        return {
            W[column]: _part(
                change.parts.get((cohort, outcome)),
                unit,
                decimals,
                W["ratio"] if outcome == "icer" else W["unknown"],
            )
            for column, (outcome, unit, decimals) in columns.items()
        }

    # what decides stands first, where a narrow screen shows it
    return [
        {
            W["change"]: change.what,
            W["cohort"]: named(cohort),
            **parts(PRICE, cohort),
            W["conclusion"]: W["yes"] if cohort in dict(change.turned) else W["no"],
            W["class"]: _class(change.parts.get((cohort, "severity_class"))),
            **parts(OTHERS, cohort),
        }
        for cohort in dict.fromkeys(cohort for cohort, _outcome in change.parts)
    ]


def attribution_table() -> Table:
    """A row for each change and cohort, all changes together first. LookupError where there is no
    comparison yet (its section waits until there is one).
    """
    found = latest()
    if found is None:
        raise LookupError("data/attributed_changes.csv is empty. Run make attribution.")
    whole = found.one(WHOLE)
    shown = [*([whole] if whole else []), *found.split()]
    return Table(pd.DataFrame([row for change in shown for row in _rows(change)]))


def changes_told() -> Html:
    """Each change of the data in words, then those without a part of their own."""
    found = latest()
    if found is None:
        return Html("")
    told = "".join(f"<li>{escape(summary(change))}</li>" for change in found.of_data())
    rest = "".join(f"<p>{escape(text)}</p>" for text in _without_part(found))
    return Html((f"<ul>{told}</ul>" if told else "") + rest)


def _without_part(found: Comparison) -> list[str]:
    sentences = []
    for kind in (IDLE, NEEDED):
        names = [change.what for change in found.changes if change.counted == kind]
        if names:
            sentences.append(W[kind].format(names="; ".join(names)))
    return sentences

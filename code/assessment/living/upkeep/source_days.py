"""When each watched source was last reached, and from which day on it is overdue."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from assessment.evidence import load_register
from assessment.evidence.provenance.result_cache import cached_result

ALL, LOOKED = "all sources", "looked"
DOCUMENTS, ROW = "{documents}", "{row}"


@dataclass(frozen=True)
class SourceDay:
    """``checked``: the last day on which the source was reached, by the watch or by a person who went
    through all sources. ``by_watch``: whether the watch has ever reached it. ``tried``: the last day on
    which it was asked, reached or not. ``due``: when it must be reached again. ``touches``: facts that it
    may change, as ids or their beginnings.
    """

    id: str
    label: str
    address: str
    checked: date
    by_watch: bool
    tried: date
    due: date
    touches: tuple[str, ...]

    def may_change(self, facts: Collection[str]) -> bool:
        """Whether one of ``facts`` is among those that it touches; notices about documents touch all."""
        return any(
            name == DOCUMENTS or (f.startswith(name) if name.endswith(".") else f == name)
            for name in self.touches
            for f in facts
        )


def by_hand() -> date:
    """The last day on which a person went through all sources."""
    checks = load_register("source-checks")
    return date.fromisoformat(max(checks.loc[checks["scope"] == ALL, "date"]))


@cached_result(maxsize=1)
def source_days() -> tuple[SourceDay, ...]:
    """Every watched source, in the order of data/watch/sources.csv. A source that was asked and did not
    answer keeps the day on which it last did.
    """
    checks, whole = load_register("source-checks"), by_hand()
    fields = load_register("watch-fields")
    found = []
    for row in load_register("watch-sources").to_dict("records"):
        own = checks[checks["scope"] == row["id"]]
        tried = [date.fromisoformat(day) for day in own["date"]]
        reached = [date.fromisoformat(day) for day in own.loc[own["outcome"] == LOOKED, "date"]]
        checked = max([whole, *reached])
        touches = fields.loc[fields["watched"] == row["id"], "touches"].dropna()
        found.append(
            SourceDay(
                row["id"],
                row["label"],
                row["address"],
                checked,
                bool(reached),
                max([whole, *tried]),
                checked + timedelta(days=int(row["interval_days"])),
                tuple(dict.fromkeys(_filled(" ".join(touches).split(), row["ask"] or ""))),
            )
        )
    return tuple(found)


def _filled(names: list[str], ask: str) -> list[str]:
    """``{row}`` in a name becomes the id of each row of the table that is asked for."""
    table = ask.removeprefix("table:").partition(".")[0]
    rows = list(load_register(table)["id"]) if ask.startswith("table:") else []
    spread = [[name.replace(ROW, row) for row in rows] if ROW in name else [name] for name in names]
    return [name for some in spread for name in some]

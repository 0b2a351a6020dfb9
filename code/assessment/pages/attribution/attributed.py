"""The latest comparison of ``data/attributed_changes.csv`` and ``data/attribution.csv``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from assessment.evidence import load_register
from assessment.presentation.frame_rows import frame_rows

WHOLE, METHOD = "whole", "method"
SPLIT = "split"
IDLE = "moves nothing"  # not translated: a value of the data
NEEDED = "with the method"  # not translated: a value of the data


@dataclass(frozen=True)
class Part:
    """One result of one cohort: without the change, with it, and the change's part of the move; None
    where it is not known. ``error``: the part's standard error.
    """

    before: float | None
    after: float
    share: float | None
    error: float


@dataclass(frozen=True)
class AttributedChange:
    """A row of the first table with its parts by cohort and outcome."""

    id: str
    counted: str
    what: str
    before: str
    after: str
    why: str
    told_in: int | None
    conclusion_changed: bool
    turned: tuple[tuple[str, str], ...]
    parts: Mapping[tuple[str, str], Part]

    @property
    def of_data(self) -> bool:
        """Whether it is a change of the data with a part of its own."""
        return self.counted == SPLIT and self.id != METHOD


@dataclass(frozen=True)
class Comparison:
    """The changes of ``version`` since ``since``, a tag or commit of ``since_day``; computed on ``day``."""

    version: str
    since: str
    since_day: str
    day: str
    changes: tuple[AttributedChange, ...]

    def one(self, name: str) -> AttributedChange | None:
        """A change by its name; None where there is none."""
        return next((change for change in self.changes if change.id == name), None)

    def split(self) -> tuple[AttributedChange, ...]:
        """What has a part of its own; what moved the price that is enough most comes first."""
        return self._by_size(change for change in self.changes if change.counted == SPLIT)

    def of_data(self) -> tuple[AttributedChange, ...]:
        """The changes of the data that move a result, in the same order."""
        return self._by_size(change for change in self.changes if change.of_data)

    @staticmethod
    def _by_size(changes: Iterable[AttributedChange]) -> tuple[AttributedChange, ...]:
        return tuple(sorted(changes, key=_size, reverse=True))


def _size(change: AttributedChange) -> float:
    return max(
        (abs(p.share or 0) for (_c, o), p in change.parts.items() if o == "price"), default=0
    )


def latest() -> Comparison | None:
    """The last comparison in the tables; None where there is none yet."""
    rows = list(frame_rows(load_register("attributed-changes")))
    if not rows:
        return None
    last = rows[-1]
    parts: dict[str, dict[tuple[str, str], Part]] = {}
    for part in frame_rows(load_register("attribution")):
        if part.version == last.version:
            found = Part(part.before, part.after, part.share, part.standard_error)
            parts.setdefault(part.change, {})[part.cohort, part.outcome] = found
    changes = tuple(_change(r, parts.get(r.change, {})) for r in rows if r.version == last.version)
    return Comparison(last.version, last.since, last.since_day, last.day, changes)


def _change(row, parts: Mapping[tuple[str, str], Part]) -> AttributedChange:
    turned = [tuple(one.split(" ", 1)) for one in (row.turned or "").split("; ") if one]
    return AttributedChange(
        row.change,
        row.counted,
        row.what,
        row.before or "",
        row.after or "",
        row.why or "",
        row.told_in,
        row.conclusion_changed == "yes",
        tuple((cohort, outcome) for cohort, outcome in turned),
        parts,
    )

"""The whole move of the base case between two states of the data, split over single changes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import isfinite

from assessment.case.attribution.base_answers import OUTCOMES, Answers, turned
from assessment.case.attribution.changed_rows import Files, changed_rows, put_back
from assessment.case.attribution.single_changes import SingleChange, names_in, single_changes
from assessment.economics.analysis.order_free_split import (
    LARGEST_EXACT,
    Made,
    Split,
    exact_split,
    sampled_orders,
    sampled_split,
    sets_on_the_way,
    subsets,
)

ORDERS, SEED = 60, 7  # where the changes are too many to count every order
Run = Callable[
    [Sequence[Mapping[str, str]]], list[dict]
]  # sets of altered files, in altered_runs' words


class CannotBeSplit(ValueError):
    """The model cannot be run on some mixture of the two states; the text says on which and why."""


@dataclass(frozen=True)
class Attribution:
    """``then``: today's model on the data as they were, as far as it can be run on them; ``now``: on
    today's data. ``split``: by change and "cohort outcome". ``without``: answers with all changes made
    but this one; ``alone``: with this one only. ``set_aside``: changes that move nothing, made first or
    last. ``needed``: changes that today's model cannot be run without, with what it says; they belong to
    code and method.
    """

    changes: Mapping[str, SingleChange]
    then: Answers
    now: Answers
    split: Split
    without: Mapping[str, Answers]
    alone: Mapping[str, Answers]
    set_aside: tuple[SingleChange, ...]
    needed: tuple[tuple[SingleChange, str], ...]

    def turned_by(self, change: str) -> list[tuple[str, str]]:
        """What of the conclusion a change turns, made first of all or last of all."""
        both = turned(self.then, self.alone[change]) + turned(self.without[change], self.now)
        return list(dict.fromkeys(both))


def attribution(before: Files, after: Files, run: Run) -> Attribution:
    """Runs today's model on mixtures of the data ``before`` and ``after`` and splits the whole move.

    CannotBeSplit where a mixture cannot be run although its parts can.
    """
    asked = _Question(before, after, run)
    changes, needed = asked.undoable()
    changes, aside = asked.without_idle(changes)
    names = list(changes)
    if len(names) <= LARGEST_EXACT:
        values = asked.values(changes, subsets(names))
        split = exact_split(names, values)
    else:
        orders = sampled_orders(names, ORDERS, SEED)
        ends = [frozenset({name}) for name in names] + [frozenset(names) - {name} for name in names]
        sets = dict.fromkeys([*sets_on_the_way(orders), *ends])
        values = asked.values(changes, tuple(sets))
        split = sampled_split(orders, values)
    whole = frozenset(names)
    return Attribution(
        changes,
        _by_cohort(values[frozenset()]),
        _by_cohort(values[whole]),
        split,
        {name: _by_cohort(values[whole - {name}]) for name in names},
        {name: _by_cohort(values[frozenset({name})]) for name in names},
        tuple(aside),
        tuple(needed),
    )


class _Question:
    """Today's files, with the facts that were there then and that older rows name kept throughout: a fact
    that no row names moves nothing.
    """

    def __init__(self, before: Files, after: Files, run: Run) -> None:
        rows = changed_rows(before, after)
        gone = {row.key: row for row in rows if row.is_fact and row.after is None}
        rest = [row for row in rows if row.key not in gone or not row.is_fact]
        named = {name for row in [*rest, *gone.values()] for name in names_in(row)}
        self.kept = put_back(after, [row for key, row in gone.items() if key in named])
        self.after, self.run = {**after, **self.kept}, run
        self.new = [row for row in rest if row.is_fact and row.before is None]
        self.rows = [row for row in rest if row not in self.new]
        self.rows += [row for key, row in gone.items() if key not in named]

    def asked(self, undone: Iterable[Iterable[SingleChange]]) -> list[dict]:
        """What the model says with the changes of each entry undone."""
        sets = [[row for change in some for row in change.rows] for some in undone]
        return self.run([self.kept | put_back(self.after, rows) for rows in sets])

    def undoable(self) -> tuple[dict[str, SingleChange], list[tuple[SingleChange, str]]]:
        """Changes that can be undone together, by id, and those that cannot, with the fault. New facts
        come in where the model reads them although no changed row names them.
        """
        undone, needed = self._tried(single_changes(self.rows), [])
        (found,) = self.asked([undone])
        if "fault" in found:
            raise CannotBeSplit(f"the base case cannot be run on today's data ({found['fault']})")
        read = set(found["facts"])
        new = [row for row in self.new if row.key in read]
        # one that a changed row names came with it
        grouped = single_changes([*self.rows, *new]) if new else []
        own = [one for one in grouped if all(row in new for row in one.rows)]
        undone, faults = self._tried(own, undone)
        return {one.id: one for one in undone}, needed + faults

    def _tried(self, changes: Sequence[SingleChange], undone: list[SingleChange]):
        undone, needed = list(undone), []
        for change in changes:
            (found,) = self.asked([[*undone, change]])
            if "fault" in found:
                needed.append((change, found["fault"]))
            else:
                undone.append(change)
        return undone, needed

    def without_idle(self, changes: dict[str, SingleChange]):
        """The changes less those that move nothing, made first or last, and those."""
        names = list(changes)
        ends = [frozenset({n}) for n in names] + [frozenset(names) - {n} for n in names]
        values = self.values(changes, (frozenset(), frozenset(names), *ends))
        none, whole = values[frozenset()], values[frozenset(names)]
        idle = [
            name
            for name in names
            if values[frozenset({name})] == none and values[frozenset(names) - {name}] == whole
        ]
        if idle and self.values(changes, (frozenset(idle),))[frozenset(idle)] != none:
            idle = []  # they do move something together
        return {n: c for n, c in changes.items() if n not in idle}, [changes[n] for n in idle]

    def values(
        self, changes: Mapping[str, SingleChange], sets: Sequence[Made]
    ) -> dict[Made, dict[str, float]]:
        """{changes made: {"cohort outcome": its value}}; an outcome that has no value in some set is left
        out of all.
        """
        undone = [[change for name, change in changes.items() if name not in made] for made in sets]
        found = {}
        for made, said in zip(sets, self.asked(undone)):
            if "fault" in said:
                raise CannotBeSplit(
                    f"today's model cannot be run with only these changes made: {', '.join(sorted(made))}"
                    f" ({said['fault']})"
                )
            found[made] = {
                f"{cohort} {name}": value
                for cohort, answers in said["answers"].items()
                for name, value in answers.items()
            }
        finite = [
            n for n in next(iter(found.values())) if all(isfinite(v[n]) for v in found.values())
        ]
        return {made: {name: values[name] for name in finite} for made, values in found.items()}


def _by_cohort(values: Mapping[str, float]) -> dict[str, dict[str, float]]:
    found: dict[str, dict[str, float]] = {}
    for name, value in values.items():
        cohort, outcome = name.split(" ")
        found.setdefault(cohort, {})[outcome] = value
    return {c: {o: of[o] for o in OUTCOMES if o in of} for c, of in found.items()}

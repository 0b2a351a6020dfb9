"""What is wrong with the data, said so that the next person can mend it."""

from __future__ import annotations

from dataclasses import dataclass

LONGEST_VALUE = 240


@dataclass(frozen=True)
class Problem:
    """One fault: where it is (file, row, field), what stands there, what is allowed, and what to do
    next.

    ``row`` counts as a spreadsheet does: the header is row 1. None means the whole file.
    """

    file: str
    row: int | None
    field: str | None
    value: object
    allowed: str
    next_step: str

    def __str__(self) -> str:
        place = self.file
        if self.row is not None:
            place += f", row {self.row}"
        if self.field is not None:
            place += f", field '{self.field}'"
        shown = repr(self.value) if self.value not in (None, "") else "nothing"
        if len(shown) > LONGEST_VALUE:
            shown = shown[: LONGEST_VALUE - 3] + "..."
        # some are quoted from elsewhere, with a full stop of their own
        allowed, next_step = self.allowed.removesuffix("."), self.next_step.removesuffix(".")
        return f"{place}: found {shown}. Allowed: {allowed}. Next step: {next_step}."


class DataError(ValueError):
    """Raised when anything in ``data/`` or ``references/`` is wrong; carries every problem found,
    not just the first.
    """

    def __init__(self, problems: list[Problem] | Problem):
        self.problems = [problems] if isinstance(problems, Problem) else list(problems)
        shown = "\n".join(f"  {p}" for p in self.problems[:20])
        more = len(self.problems) - 20
        if more > 0:
            shown += f"\n  ... and {more} more."
        count = len(self.problems)
        super().__init__(
            f"{count} problem{'s' * (count != 1)} in the data. Nothing was used.\n{shown}"
        )

    def __reduce__(self):
        """A worker process sends the problems; made again from the message, they would be its letters."""
        return DataError, (self.problems,)


class MixedAnalysisSets(ValueError):
    """Raised when values of two divisions of the same trial population are about to be combined."""


class UnknownFact(KeyError):
    """Raised when prose or code asks for a fact that does not exist; suggests the nearest ids."""

    def __str__(self) -> str:
        return str(self.args[0])

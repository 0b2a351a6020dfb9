"""Computed text that answers back: which function made it, and which facts and tables that function
read.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from assessment.evidence import record_reads


class Computed(str):
    """Text with its origin: ``function`` (module and name), ``facts`` (ids) and ``tables`` (names)
    read on the way.

    It is a plain str everywhere else: joining or formatting it gives str, without an origin.
    """

    function: str
    facts: tuple[str, ...]
    tables: tuple[str, ...]

    def __new__(
        cls, text: str, function: str, facts: tuple[str, ...] = (), tables: tuple[str, ...] = ()
    ):
        """The text, with the function that made it and the facts and tables read on the way."""
        made = super().__new__(cls, text)
        made.function, made.facts, made.tables = function, facts, tables
        return made

    def origin(self) -> dict:
        """The origin as a notebook output carries it."""
        return {"function": self.function, "facts": list(self.facts), "tables": list(self.tables)}


def computed(function: Callable) -> Callable:
    """Decorator for functions that return text, or a dict of texts: each text becomes Computed.

    Texts that a decorated function received from another one keep the nearer origin, so a function
    that makes many numbers becomes more exact by being divided into smaller decorated ones. Raises
    TypeError for anything but text.
    """
    name = f"{function.__module__}.{function.__qualname__}"

    def label(text, reads) -> Computed:
        if isinstance(text, Computed):
            return text
        if not isinstance(text, str):
            raise TypeError(
                f"{name} returned {type(text).__name__} where text belongs; format it with"
                " assessment.presentation.numbers"
            )
        return Computed(text, name, reads.facts, reads.tables)

    @wraps(function)
    def call(*arguments, **named):
        with record_reads() as reads:
            result = function(*arguments, **named)
        if isinstance(result, dict):
            return {key: label(text, reads) for key, text in result.items()}
        return label(result, reads)

    return call

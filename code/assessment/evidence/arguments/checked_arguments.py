"""A function whose arguments are read by their readers before it runs."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from assessment.evidence.arguments.number_arguments import Reader

Given = ParamSpec("Given")
Result = TypeVar("Result")


def taking(**readers: Reader) -> Callable[[Callable[Given, Result]], Callable[Given, Result]]:
    """A decorator: the arguments named are handed on as their readers return them.

    Defaults are not read. A name that the function does not have is a TypeError where it is written.
    """

    def wrap(function: Callable[Given, Result]) -> Callable[Given, Result]:
        names = list(inspect.signature(function).parameters)
        if unknown := set(readers) - set(names):
            raise TypeError(f"{function.__name__} has no argument {', '.join(sorted(unknown))}")
        by_place = [readers.get(name) for name in names]

        @functools.wraps(function)
        def checked(*args: Given.args, **kwargs: Given.kwargs) -> Result:
            read = [
                reader(name, value) if reader else value
                for name, reader, value in zip(names, by_place, args)
            ]
            named = {
                name: readers[name](name, value) if name in readers else value
                for name, value in kwargs.items()
            }
            return function(*read, *args[len(read) :], **named)  # type: ignore[arg-type]

        return checked

    return wrap

"""The doors of a room, from the arguments that are described for each."""

from __future__ import annotations

import inspect


def public_functions(room, described: dict) -> dict:
    """{name: (function, arguments with which it works)} of a room, of ``described`` as it stands there:
    arguments, (instance, arguments) for a method, or (a function that uses the door, arguments).
    """
    doors = {}
    for name, given in described.items():
        if isinstance(given, tuple) and "." not in name:
            doors[name] = given
        elif isinstance(given, tuple):
            instance, arguments = given
            doors[name] = (getattr(instance, name.split(".")[1]), arguments)
        else:
            function = room
            for part in name.split("."):
                function = getattr(function, part)
            doors[name] = (by_name(function), given)
    return doors


def by_name(function):
    """``function`` with every argument by its name, also those that it takes as ``*names``: a list hands on
    its members, anything else is the only one.
    """
    parameters = inspect.signature(function).parameters.values()
    several = [p.name for p in parameters if p.kind is p.VAR_POSITIONAL and p.name != "args"]
    if not several:
        return function

    def called(**given):
        some = given.pop(several[0])
        return function(*(some if isinstance(some, (list, tuple)) else [some]), **given)

    return called


def undescribed(room, described: dict, results: set[str]) -> list[str]:
    """Public functions and classes of a room that have no arguments described and are no ``results``, and
    arguments that are not given.
    """
    missing = []
    for name in room.__all__:
        thing = getattr(room, name)
        error = inspect.isclass(thing) and issubclass(thing, Exception)
        if not callable(thing) or error or name in results:
            continue
        if name not in described:
            missing.append(name)
            continue
        optional = {"kwargs", "args", "data", "references"}
        given = described[name][1] if isinstance(described[name], tuple) else described[name]
        wanted = set(inspect.signature(thing).parameters) - optional - set(given)
        missing += [f"{name}({argument})" for argument in sorted(wanted)]
    return missing

"""One-way and two-way sensitivity analysis with a single call of the model.

A model is a function from a mapping name → array of values to an array of results: what it does
with draws, it does with bounds.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
import pandas as pd

from assessment.evidence.arguments.checked_arguments import taking
from assessment.evidence.arguments.number_arguments import ANY, as_numbers, number, numbers
from assessment.evidence.arguments.object_arguments import function, named


@taking(model=function, base=named(number()), bounds=named(ANY))
def one_way(
    model: Callable, base: Mapping[str, float], bounds: Mapping[str, tuple[float, float]]
) -> pd.DataFrame:
    """Result with each parameter at its low and high value, the others at base: the numbers of a
    tornado, widest bar first.

    ``model``: mapping name → (n,) values to (n,) results. ``base``: name → base value. ``bounds``:
    name → (low, high), on either side of the base value. ValueError for bounds of an unknown
    parameter or that leave out the base value, and for results of another shape.

    Columns: parameter, low_value, high_value, at_low, at_high, width; the base result is in
    ``.attrs["base"]``.
    """
    for name, pair in bounds.items():
        if np.shape(pair) != (2,):
            raise ValueError(f"bounds of {name}: give (low, high); found shape {np.shape(pair)}")
    unknown = [name for name in bounds if name not in base]
    if unknown:
        raise ValueError(
            f"bounds for parameters that the base case does not have: {', '.join(unknown)}. It has:"
            f" {', '.join(base)}"
        )
    outside = [name for name, (low, high) in bounds.items() if not low <= base[name] <= high]
    if outside:
        raise ValueError(
            f"the base value lies outside its bounds (or a bound is NaN): {', '.join(outside)}."
            " Correct the interval or the value."
        )
    names = list(bounds)
    values = {name: np.full(1 + 2 * len(names), float(v)) for name, v in base.items()}
    for i, name in enumerate(names):
        values[name][1 + 2 * i], values[name][2 + 2 * i] = bounds[name]
    result = _call(model, values)
    frame = pd.DataFrame(
        [
            (n, *map(float, bounds[n]), result[1 + 2 * i], result[2 + 2 * i])
            for i, n in enumerate(names)
        ],
        columns=["parameter", "low_value", "high_value", "at_low", "at_high"],
    )
    frame["width"] = (frame["at_high"] - frame["at_low"]).abs()
    frame = frame.sort_values("width", ascending=False, kind="stable", ignore_index=True)
    frame.attrs["base"] = float(result[0])
    return frame


@taking(model=function, base=named(number()))
def two_way(
    model: Callable,
    base: Mapping[str, float],
    first: tuple[str, np.ndarray],
    second: tuple[str, np.ndarray],
) -> pd.DataFrame:
    """Result on the grid of two parameters: index the first's values, columns the second's.

    ``model``, ``base``: as in ``one_way``. ``first``, ``second``: (name, values). ValueError for a
    parameter that the base case does not have.
    """
    for pair in (first, second):
        if not (isinstance(pair, tuple) and len(pair) == 2 and isinstance(pair[0], str)):
            raise ValueError(f"a parameter is given as (name, values); found {pair!r:.60}")
        numbers(dims=(1,))("values of a parameter", pair[1])
    for name, _ in (first, second):
        if name not in base:
            raise ValueError(
                f"'{name}' is not a parameter of the base case, which has: {', '.join(base)}"
            )
    a, b = np.meshgrid(first[1], second[1], indexing="ij")
    values = {name: np.full(a.size, float(v)) for name, v in base.items()}
    values[first[0]], values[second[0]] = a.ravel(), b.ravel()
    return pd.DataFrame(
        _call(model, values).reshape(a.shape),
        index=pd.Index(first[1], name=first[0]),
        columns=pd.Index(second[1], name=second[0]),
    )


def _call(model: Callable, values: Mapping[str, np.ndarray]) -> np.ndarray:
    size = next(iter(values.values())).size
    result = as_numbers("results of the model", model(values))
    if result.shape != (size,):
        raise ValueError(
            f"the model must return one result for each of {size} sets of values; it returned shape"
            f" {result.shape}"
        )
    if not np.all(np.isfinite(result)):
        raise ValueError("the model returned NaN or infinity. Look at its results at these values.")
    return result

"""Running a model over many draws in fixed chunks, on whatever workers there are, always with the
same result.

The draws of a chunk depend on the seed and the number of the chunk alone (NumPy's
``SeedSequence.spawn``), never on who runs it, so one process, threads, processes and a cluster draw
the same numbers. Results are the same to the last bit where every worker's linear algebra uses the
same number of threads (OPENBLAS_NUM_THREADS): sums are then taken in the same order. With another
number of threads the last bit may differ.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ProcessPoolExecutor
from functools import partial

import numpy as np

from assessment.economics.analysis.distribution_types import InputDistribution
from assessment.evidence.arguments.checked_arguments import taking
from assessment.evidence.arguments.number_arguments import count
from assessment.evidence.arguments.object_arguments import function, generator, optional

CHUNK_DRAWS = 2_500


@taking(rng=generator, n=count())
def draw_inputs(
    inputs: Mapping[str, InputDistribution], rng: np.random.Generator, n: int
) -> dict[str, np.ndarray]:
    """``n`` draws of every input, in the order of the mapping; ValueError for plain numbers."""
    if not isinstance(inputs, Mapping):
        raise ValueError(f"inputs are a mapping from names to distributions; found {inputs!r:.60}")
    missing = [name for name, d in inputs.items() if not hasattr(d, "draw")]
    if missing:
        raise ValueError(
            f"inputs without a distribution: {', '.join(missing)}. Wrap plain numbers in Fixed()."
        )
    return {name: d.draw(rng, n) for name, d in inputs.items()}


def chunks(draws: int, chunk_draws: int = CHUNK_DRAWS) -> list[tuple[int, int]]:
    """(number of the chunk, draws in it); the last may be smaller. ValueError for counts below 1."""
    if not (draws > 0 and chunk_draws > 0):
        raise ValueError(
            f"draws and chunk_draws are whole numbers above 0; found {draws} and {chunk_draws}"
        )
    return [
        (k, min(chunk_draws, draws - start)) for k, start in enumerate(range(0, draws, chunk_draws))
    ]


@taking(
    model=function, draws=count(), seed=count(0), chunk_draws=count(), progress=optional(function)
)
def run_draws(
    model: Callable,
    draws: int,
    seed: int,
    workers: int | Callable = 1,
    chunk_draws: int = CHUNK_DRAWS,
    progress: Callable[[int, int], None] | None = None,
) -> dict[str, np.ndarray]:
    """Results of ``model(rng, n)`` for ``draws`` draws, joined along the last axis.

    ``model`` draws its own inputs from ``rng`` and returns a mapping name → array whose last axis
    has length n; for processes it must be importable (a function of a module, or a ``partial`` of
    one). ``workers``: 1 runs here, n > 1 starts n processes, −1 one for each processor, and any
    function that is used as ``map`` is (of an executor, a pool, a cluster's client whose results
    are gathered, or a wrapper). ``progress(done, all)`` is called after each chunk. Draws change
    with ``seed`` and ``chunk_draws`` alone: more draws leave those of full chunks as they were.
    ValueError for workers that are neither, and for results without the draws as last axis.
    """
    jobs = chunks(draws, chunk_draws)
    task = partial(_chunk, model, seed)
    if callable(workers):
        return _gather(workers(task, jobs), jobs, draws, progress)
    if not (isinstance(workers, (int, np.integer)) and (workers > 0 or workers == -1)):
        raise ValueError(
            "workers is a number of processes (−1 for all processors) or a map-like function;"
            f" found {workers!r}"
        )
    count = min((os.cpu_count() or 1) if workers == -1 else workers, len(jobs))
    if count == 1:
        return _gather(map(task, jobs), jobs, draws, progress)
    with ProcessPoolExecutor(count) as pool:
        return _gather(pool.map(task, jobs), jobs, draws, progress)


def _chunk(model: Callable, seed: int, job: tuple[int, int]) -> dict[str, np.ndarray]:
    number, size = job
    # The stream that spawn() would give chunk `number`, whatever the number of chunks.
    stream = np.random.SeedSequence(seed, spawn_key=(number,))
    return {
        name: np.asarray(value)
        for name, value in model(np.random.default_rng(stream), size).items()
    }


def _gather(
    results: Iterable[Mapping[str, np.ndarray]],
    jobs: list[tuple[int, int]],
    draws: int,
    progress: Callable[[int, int], None] | None,
) -> dict[str, np.ndarray]:
    joined: dict[str, np.ndarray] = {}
    start = 0
    for done, ((_, size), result) in enumerate(zip(jobs, results, strict=True), 1):
        for name, value in result.items():
            if value.shape[-1:] != (size,):
                raise ValueError(
                    f"the model's '{name}' has shape {value.shape}; its last axis must be the"
                    f" {size} draws it was asked for"
                )
            # Filled in place, so that memory holds the results once.
            joined.setdefault(name, np.empty((*value.shape[:-1], draws), value.dtype))[
                ..., start : start + size
            ] = value
        start += size
        if progress is not None:
            progress(done, len(jobs))
    return joined

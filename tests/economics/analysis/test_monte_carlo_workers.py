"""The same bits whatever runs the draws: one process, threads, processes, joblib, and a real
cluster of worker processes.
"""

import multiprocessing
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from functools import partial

import numpy as np
import pytest

from assessment.economics.analysis.monte_carlo import draw_inputs, run_draws
from assessment.economics.verification.example.example_inputs import NEW, OLD
from assessment.economics.verification.example.example_model import Example

DRAWS, CHUNK = 600, 100


def example_draws(rng, n, threshold):
    """The invented model with its distributions, as a function that other processes can import."""
    model = Example()
    inputs = {**model.inputs, **draw_inputs(model.distributions, rng, n)}
    runs = model.run(inputs, model.settings)
    costs, qalys = (
        np.stack([getattr(runs[s].outcomes, w) for s in (NEW, OLD)]) for w in ("cost", "qalys")
    )
    return {
        "costs": costs,
        "qalys": qalys,
        "net_benefit": threshold * (qalys[0] - qalys[1]) - (costs[0] - costs[1]),
    }


MODEL = partial(example_draws, threshold=275_000.0)


@pytest.fixture(scope="module")
def alone():
    return run_draws(MODEL, DRAWS, seed=5, chunk_draws=CHUNK)


def same(found, wanted):
    assert found.keys() == wanted.keys()
    for name in wanted:
        assert found[name].tobytes() == wanted[name].tobytes(), name


def test_threads_and_processes(alone):
    with ThreadPoolExecutor(3) as pool:
        same(run_draws(MODEL, DRAWS, 5, workers=pool.map, chunk_draws=CHUNK), alone)
    with ProcessPoolExecutor(2) as pool:
        same(run_draws(MODEL, DRAWS, 5, workers=pool.map, chunk_draws=CHUNK), alone)


def test_joblib(alone):
    from joblib import Parallel, delayed

    def workers(task, jobs):
        return Parallel(n_jobs=2, backend="multiprocessing")(delayed(task)(job) for job in jobs)

    same(run_draws(MODEL, DRAWS, 5, workers=workers, chunk_draws=CHUNK), alone)


@pytest.mark.slow
def test_a_cluster_of_worker_processes(alone):
    import dask
    from distributed import Client, LocalCluster

    done = []
    # Workers fork from one process that has imported everything, instead of importing it three
    # times.
    multiprocessing.set_forkserver_preload(["distributed", __name__])
    with (
        dask.config.set({"distributed.worker.multiprocessing-method": "forkserver"}),
        LocalCluster(
            n_workers=3, threads_per_worker=1, processes=True, dashboard_address=None
        ) as cluster,
        Client(cluster) as client,
    ):

        def workers(task, jobs):
            return client.gather(client.map(task, jobs, pure=False))

        found = run_draws(
            MODEL,
            DRAWS,
            5,
            workers=workers,
            chunk_draws=CHUNK,
            progress=lambda k, n: done.append((k, n)),
        )
        processes = set(client.run(lambda: __import__("os").getpid()).values())
        assert len(processes) == 3
    same(found, alone)
    assert done[-1] == (DRAWS // CHUNK, DRAWS // CHUNK)

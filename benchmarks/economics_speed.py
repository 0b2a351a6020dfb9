"""Speed and memory of the economics core, as ratios measured in the same run.

Run: python benchmarks/economics_speed.py [draws]. The model is ``weibull_comparison``: two
strategies, Weibull PFS and OS, 16 uncertain numbers, 20 years, 4 %. The loop it is compared with
does one draw at a time in NumPy, with monthly cycles and the trapezoid rule.
"""

import resource
import sys
import time

import numpy as np

from assessment.case.model.analyses.probabilistic import probabilistic as norwegian_draws
from assessment.case.model.costs.cost_utility import run_model as model
from assessment.case.model.curves.strategy_occupancy import strategy_occupancy
from assessment.case.model.inputs.model_inputs import base_values, model_inputs
from assessment.case.model.inputs.settings import Settings
from assessment.economics.analysis.acceptability import acceptability
from assessment.economics.analysis.monte_carlo import run_draws
from assessment.economics.analysis.value_of_information import evppi, evppi_table
from assessment.economics.verification.weibull_model import (
    CommonInputs,
    WeibullStrategy,
    compare_weibull,
)

THRESHOLDS = np.linspace(0, 1e6, 201)


def seconds(function, repeat=5):
    """Best of several runs."""
    best = np.inf
    for _ in range(repeat):
        start = time.perf_counter()
        function()
        best = min(best, time.perf_counter() - start)
    return best


def drawn(rng, n):
    """Invented inputs: they time the program and say nothing about any drug."""

    def positive(median):
        return rng.lognormal(np.log(median), 0.1, n)

    treated = WeibullStrategy(
        positive(1.2),
        positive(1.2),
        positive(1.1),
        positive(2.6),
        rng.gamma(25, 2000, n),
        rng.gamma(25, 100, n),
    )
    control = WeibullStrategy(
        positive(1.0),
        positive(0.5),
        positive(1.1),
        positive(2.2),
        rng.gamma(25, 100, n),
        rng.gamma(25, 10, n),
    )
    return [treated, control], CommonInputs(
        rng.beta(75, 25, n), rng.beta(60, 40, n), rng.gamma(25, 400, n), rng.gamma(25, 800, n)
    )


def probabilistic(rng, n):
    """Model for ``running.run``."""
    result = compare_weibull(*drawn(rng, n))
    return {"costs": result.costs, "qalys": result.qalys}


def one_at_a_time(strategies, common, count):
    """QALYs and costs of the first ``count`` draws in a plain loop."""
    t = np.arange(241) / 12
    factor = 1.04**-t
    qalys, costs = np.empty((2, count)), np.empty((2, count))
    for i in range(count):
        for s, x in enumerate(strategies):
            alive = np.exp(-((t / x.os_scale_years[i]) ** x.os_shape[i]))
            free = np.minimum(np.exp(-((t / x.pfs_scale_years[i]) ** x.pfs_shape[i])), alive)
            free_years, years = np.trapezoid(free * factor, t), np.trapezoid(alive * factor, t)
            worse_years = years - free_years
            qalys[s, i] = (
                common.utility_progression_free[i] * free_years
                + common.utility_progressed[i] * worse_years
            )
            costs[s, i] = (
                x.cost_at_start[i]
                + (x.treatment_cost_per_year[i] + common.cost_progression_free_per_year[i])
                * free_years
                + common.cost_progressed_per_year[i] * worse_years
            )
    return qalys, costs


def peak_megabytes():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main(draws=10_000):
    strategies, common = drawn(np.random.default_rng(1), draws)
    before = peak_megabytes()
    loop = seconds(lambda: one_at_a_time(strategies, common, draws), 1)
    for mode in ("continuous", "monthly", "weekly"):
        ours = seconds(lambda mode=mode: compare_weibull(strategies, common, mode))
        print(
            f"{draws:,} draws, {mode}: {ours:.3f} s, {loop / ours:.0f} times as fast as the loop"
            f" ({loop:.2f} s)"
        )
    print(
        f"  memory: peak {peak_megabytes():.0f} MB in all, {peak_megabytes() - before:.0f} MB of it"
        " for these runs"
    )
    result, plain = (
        compare_weibull(strategies, common, "monthly"),
        one_at_a_time(strategies, common, min(draws, 500)),
    )
    print(
        f"  largest difference from the loop: {np.abs(result.qalys[:, :500] - plain[0]).max():.1e}"
        " QALYs"
    )
    parameters = {
        f"{s}.{f}": getattr(x, f) for s, x in enumerate(strategies) for f in x.__dataclass_fields__
    }
    parameters |= {f: getattr(common, f) for f in list(common.__dataclass_fields__)[:4]}
    value = seconds(
        lambda: evppi_table(result.costs, result.qalys, parameters, [275e3, 605e3, 715e3, 825e3])
    )
    print(f"EVPPI of {len(parameters)} single parameters at 4 thresholds: {value:.3f} s")
    group = np.stack(list(parameters.values())[:4], axis=1)
    print(
        "EVPPI of a group of 4 at one threshold:"
        f" {seconds(lambda: evppi(result.costs, result.qalys, group, 275e3)):.3f} s"
    )
    print(
        "CEAC, CEAF and EVPI at 201 thresholds:"
        f" {seconds(lambda: acceptability(result.costs, result.qalys, THRESHOLDS)):.3f} s"
    )

    def shown(done, total):
        print(f"\r  chunk {done} of {total}", end="\r", file=sys.stderr, flush=True)

    before = peak_megabytes()
    times = {
        n: seconds(lambda n=n: run_draws(probabilistic, n, seed=1, progress=shown), 1)
        for n in (100_000, 1_000_000)
    }
    print(
        f"1,000,000 draws in chunks, inputs drawn: {times[1_000_000]:.1f} s,"
        f" {times[1_000_000] / times[100_000]:.1f} times the time of 100,000; memory: peak"
        f" {peak_megabytes():.0f} MB, {peak_megabytes() - before:.0f} MB more than before (the"
        " results themselves are 32 MB)"
    )
    print(
        "1,000,000 draws on 2 processes:"
        f" {seconds(lambda: run_draws(probabilistic, 1_000_000, 1, workers=2), 1):.1f} s"
    )

    norwegian(draws)


def norwegian(draws):
    """The full Norwegian model of one cohort, against the same draws run one at a time through the
    same program.
    """
    settings = Settings("epnet")
    strategy_occupancy(settings)  # calibrating the curves is not part of a run
    whole = seconds(lambda: norwegian_draws(settings, draws), 3)
    x, rng = base_values(model_inputs("epnet")), np.random.default_rng(1)

    def one():
        return model(
            {name: np.array([value]) for name, value in x.items()},
            settings,
            rng.integers(0, settings.curve_draws, 1),
        )

    single = seconds(one, 5)
    print(
        f"Norwegian model, one cohort, {draws:,} draws of {len(x)} inputs and the curves:"
        f" {whole:.2f} s, {single * draws / whole:.0f} times as fast as draw by draw"
    )


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))

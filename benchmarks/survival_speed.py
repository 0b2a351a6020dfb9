"""Speed of fits and reconstruction as ratios measured in the same run.

Run: python benchmarks/survival_speed.py. Fits against lifelines; reconstruction of a curve of 120
points against the cost of one lifelines Kaplan–Meier fit on the same data; draws against a loop.
"""

import time
import warnings
from functools import partial

import lifelines
import numpy as np

from assessment.survival import Weibull, at_risk_table, fit, kaplan_meier, reconstruct_ipd
from survival_cases import digitise, two_arm_cases

PAIRS = {
    "exponential": lifelines.ExponentialFitter,
    "weibull": lifelines.WeibullFitter,
    "lognormal": lifelines.LogNormalFitter,
    "loglogistic": lifelines.LogLogisticFitter,
    "generalised_gamma": lifelines.GeneralizedGammaFitter,
}


def seconds(function, repeat=3):
    """Best of several runs."""
    best = np.inf
    for _ in range(repeat):
        start = time.perf_counter()
        function()
        best = min(best, time.perf_counter() - start)
    return best


def rebuild(jobs):
    """All of these curves, once."""
    for job in jobs:
        reconstruct_ipd(*job)


def main():
    warnings.simplefilter("ignore")
    cases = {name: (t, e, z) for name, t, e, z in two_arm_cases()}
    t, e, _ = cases["gbsg2.hormone"]
    for family, peer in PAIRS.items():
        ours = seconds(lambda family=family: fit(family, t, e))
        theirs = seconds(lambda peer=peer: peer().fit(t, e))
        print(
            f"fit {family}, {t.size} patients: {theirs / ours:.1f} times as fast as lifelines"
            f" ({1e3 * ours:.1f} ms)"
        )
    arms = [(d[z == a], s[z == a]) for d, s, z in cases.values() for a in (0, 1)]
    theirs = seconds(lambda: [lifelines.KaplanMeierFitter().fit(*p) for p in arms], 1) / len(arms)
    for how, points in (("click120", "120 clicks"), ("clean120", "120 points without error")):
        rng, jobs = np.random.default_rng(5), []
        for d, s in arms:
            times = np.linspace(0, 0.95 * d.max(), 6)
            seen = digitise(kaplan_meier(d, s), d.max(), how, rng)
            jobs.append((seen, np.c_[times, at_risk_table(d, times)], int(s.sum())))
        for given, most in (("without", 2), ("with", 3)):
            given_jobs = [job[:most] for job in jobs]
            taken = seconds(partial(rebuild, given_jobs)) / len(jobs)
            print(
                f"reconstruction, {points}, {given} total events: {taken / theirs:.2f} of the time of"
                f" one lifelines Kaplan-Meier fit ({1e3 * taken:.1f} ms a curve, target 5 ms)"
            )
    shapes, grid = np.random.default_rng(1).uniform(0.8, 2.0, 10_000), np.linspace(0, 60, 241)
    fast = seconds(lambda: Weibull(shapes, 12.0).survival(grid))
    slow = seconds(lambda: [Weibull(k, 12.0).survival(grid) for k in shapes[:500]]) * 20
    print(
        f"10,000 Weibull draws x 241 times: {slow / fast:.0f} times as fast as one draw at a time"
    )


if __name__ == "__main__":
    main()

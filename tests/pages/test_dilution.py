"""Dilution of survival by crossover, and what an adjustment recovers, against simulated patients."""

import math

import numpy as np

from assessment.case.trial.crossover_dilution import dilution, dilutions
from assessment.survival.comparison.simulated_crossover import recover, switching_trial


def test_dilution_of_each_set():
    assert [(d.cohort, d.analysis_set) for d in dilutions()] == [
        ("epnet", "publication"),
        ("pnet", "publication"),
        ("pnet", "fda"),
    ]
    assert dilution("epnet", "fda") is None
    d = dilution("epnet", "publication")
    np.testing.assert_allclose((d.share, d.rate, d.horizon), (0.33, math.log(2) / 19.7, 24.2))
    fda = dilution("pnet", "fda")
    np.testing.assert_allclose(1 - math.exp(-fda.rate * fda.horizon), 0.52)


def test_dilution_map_starts_at_the_printed_ratio_and_inverts():
    for d in dilutions():
        grid = d.map([0.0, 6.0, 12.0], [0.0, 0.5, 1.0])
        np.testing.assert_allclose(grid[:, 0], d.observed.number, rtol=1e-6)
        np.testing.assert_allclose(d.shown(float(d.undiluted())), d.observed.number, rtol=1e-6)
        away = np.sign(np.log(grid[0, 2] / d.observed.number)) if d.observed.number != 1 else 0
        assert away == np.sign(np.log(d.observed.number))


def test_dilution_against_simulated_patients():
    d, rng, n, hr = dilution("epnet", "publication"), np.random.default_rng(5), 400_000, 0.8
    arm, cross, e, delay = (
        rng.integers(0, 2, n),
        rng.random(n) < d.share,
        rng.exponential(1, n),
        d.typical_delay.number,
    )
    early = d.rate * delay
    time = np.where(
        arm == 1,
        e / (d.rate * hr),
        np.where(~cross | (e < early), e / d.rate, delay + (e - early) / (d.rate * hr)),
    )
    event, time = time <= d.horizon, np.minimum(time, d.horizon)
    # Log-rank estimate of the ratio: observed over expected events in time slices.
    ratio, edges = [], np.linspace(0, d.horizon, 121)
    for lo, hi in zip(edges, edges[1:]):
        died = [np.sum(event & (time > lo) & (time <= hi) & (arm == a)) for a in (0, 1)]
        risk = [np.sum((time > lo) & (arm == a)) for a in (0, 1)]
        ratio.append((died[1] * risk[0] / sum(risk), died[0] * risk[1] / sum(risk)))
    seen = np.divide(*np.sum(ratio, axis=0))
    np.testing.assert_allclose(d.shown(hr), seen, rtol=0.015)


def test_share_needed_returns_the_printed_ratio():
    d = dilution("epnet", "publication")
    needed = d.needed_share(0.8)
    assert 0.33 < needed < 1
    np.testing.assert_allclose(d.shown(0.8, needed), d.observed.number, rtol=1e-6)
    assert dilution("pnet", "fda").needed_share(0.8) is None


def test_rpsftm_recovers_what_was_simulated():
    for factor in (0.75, 1.5):
        found = [recover((factor,), 1500, 0.5, seed)[0] for seed in range(8)]
        adjusted, ignored = (
            np.mean([-getattr(r, m).psi for r in found]) for m in ("adjusted", "ignored")
        )
        assert abs(adjusted - math.log(factor)) < 0.08
        # Crossover pulls towards no effect.
        assert abs(ignored) < 0.8 * abs(math.log(factor))
        assert sum(r.adjusted.low < -math.log(factor) < r.adjusted.high for r in found) >= 6
    time, event, arm, share, cut = switching_trial(0.0, 3000, 0.5, np.random.default_rng(1))
    assert (
        share[arm == 1].min() == 1
        and 0.2 < np.mean(share[arm == 0] > 0) < 0.5
        and np.all(time <= cut)
        and set(np.unique(event)) == {0, 1}
    )

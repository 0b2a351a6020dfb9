"""What is assumed before the data speak, and how the search weighs it."""

import numpy as np
import pytest
from scipy.stats import norm

from assessment.survival.calibration.importance_sampling import ImportanceSampler, resampled
from assessment.survival.calibration.prior import (
    follow_up_at,
    followed,
    nearly_all_gone,
    shapes_at,
)
from assessment.survival.calibration.visit_schedule import interval_at, log_on_schedule, steeper


def test_times_between_visits_are_those_of_the_assumption_weighed_by_the_printed_times():
    rng, arms, size = np.random.default_rng(7), [[6.0, 4.0], [8.1]], 400_000
    # The assumption drawn outright: none in half, else evenly on the log scale from 0.05 to 0.6 of
    # the shortest printed time.
    drawn = np.where(rng.random(size) < 0.5, 0.0, 4 * 0.05 * 12 ** rng.random(size))
    weight = np.exp(sum(log_on_schedule(times, drawn) for times in arms))
    weight /= weight.sum()
    between = interval_at(rng.standard_normal(size), arms)
    assert between.max() <= 2.4
    for low, high in ((-1, 0), (0, 0.5), (0.5, 1.9), (1.9, 2.1), (2.1, 2.4)):

        def share(x, low=low, high=high):
            return (x > low) & (x <= high)

        assert np.mean(share(between)) == pytest.approx(weight[share(drawn)].sum(), abs=0.005)
    # Two months between visits account for all three times: ten times as likely as beforehand.
    assert np.mean(abs(between - 2) < 0.05) > 10 * np.mean(abs(drawn - 2) < 0.05)


def test_visits_beforehand():
    rng = np.random.default_rng(7)
    # A density: over many intervals it has the mean of an even one.
    times = rng.uniform(0.5, 40.5, 20_000)
    dense = np.exp([log_on_schedule([x], np.array([0.0, 1.0])) for x in times])
    assert np.all(dense[:, 0] == 1) and dense[:, 1].mean() == pytest.approx(1, abs=0.02)
    assert (
        log_on_schedule([6.0, 4.1], np.array([2.0]))[0]
        > 1
        > 0
        > log_on_schedule([5.0], np.array([2.0]))[0]
    )
    # A Weibull curve of shape 1.4 and median 1 that starts half an interval late, by its times at
    # 0.9 and 0.5.
    for interval in (0.2, 0.4):
        early, late = (
            interval / 2 + (1 - interval / 2) * (np.log(1 / s) / np.log(2)) ** (1 / 1.4)
            for s in (0.9, 0.5)
        )
        shape = np.log(np.log(1 / 0.9) / np.log(2)) / np.log(early / late)
        assert steeper(np.array([interval]), 1.0)[0] == pytest.approx(np.log(shape / 1.4), abs=0.02)


def test_follow_up_candidates_have_the_printed_median_and_one_even_entry_among_them():
    rng = np.random.default_rng(2)
    f = follow_up_at(np.full(4000, 10.0), rng.standard_normal((4000, 3)))
    g = followed(np.linspace(0.1, 80, 800), f)
    assert np.all(np.diff(g) <= 0) and np.all((g >= 0) & (g <= 1))
    np.testing.assert_allclose(followed(np.array([10.0]), f), 0.5)
    even = {
        "median": np.array([10.0]),
        "before": np.array([0.6]),
        "after": np.array([0.6]),
        "power": np.array([1.0]),
    }
    np.testing.assert_allclose(
        followed(np.array([4.0, 7.0, 13.0, 16.0]), even)[0], [1, 0.75, 0.25, 0]
    )
    np.testing.assert_allclose(
        np.diag(followed(nearly_all_gone(f, 0.02)[:50], {k: v[:50] for k, v in f.items()})), 0.02
    )


def test_proposals_find_a_narrow_target_far_from_the_prior():
    # Normal prior and likelihood: evidence and posterior in closed form (Gelman et al., Bayesian
    # Data Analysis, 2.5).
    seen, sd, rng = np.array([3.0, -2.0, 0.0]), 0.2, np.random.default_rng(1)
    search, points = ImportanceSampler(3), np.empty((0, 3))

    def log_likelihood(z):
        return norm.logpdf(z, seen, sd).sum(1)

    for _ in range(4):
        points = np.concatenate([points, search.draw(2000, rng)])
        log_weight = log_likelihood(points) + search.log_weight(points)
        search.learn(points, log_weight)
    weight = np.exp(log_weight)
    assert weight.mean() == pytest.approx(
        np.exp(norm.logpdf(seen, 0, np.hypot(1, sd)).sum()), rel=0.02
    )
    weight /= weight.sum()
    np.testing.assert_allclose(weight @ points, seen / (1 + sd**2), atol=0.01)
    np.testing.assert_allclose(
        np.sqrt(weight @ (points - weight @ points) ** 2), sd / np.hypot(1, sd), rtol=0.05
    )
    assert 1 / np.sum(weight**2) > 0.3 * len(points)


def test_resampling_takes_each_as_often_as_its_weight_says():
    rng = np.random.default_rng(3)
    weight = rng.dirichlet(np.full(50, 0.3))
    counts = resampled(weight, 1000, rng.permutation(50), rng.random())
    assert counts.sum() == 1000 and np.all(np.abs(counts - 1000 * weight) < 1 + 1e-9)


def test_steps_between_the_arms_are_the_mixture_they_are_said_to_be():
    control, treated, _ = shapes_at(
        "weibull",
        np.stack(
            [
                np.zeros(200_000),
                np.random.default_rng(5).standard_normal(200_000),
                np.zeros(200_000),
            ],
            1,
        ),
        False,
    )
    step = treated - control
    inside = (norm.cdf(1) - norm.cdf(-1) + norm.cdf(0.1) - norm.cdf(-0.1)) / 2
    assert np.mean(np.abs(step) < 0.02) == pytest.approx(inside, abs=0.005)
    assert step.std() == pytest.approx(np.sqrt((0.2**2 + 0.02**2) / 2), rel=0.01)

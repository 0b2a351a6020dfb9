"""Where nobody was lost before a printed number at risk, the curve is known there."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

from assessment.survival import at_risk_table, kaplan_meier, reconstruct_ipd
from assessment.survival.reconstruction.points.known_levels import levels_without_losses
from assessment.survival.reconstruction.points.smoothing import smooth_points

sys.path.insert(0, str(Path(__file__).parent))
from digitised_cases import at_risk, clicks

TIMES = np.linspace(0, 30, 121)
TABLE = np.array([[0.0, 100], [6, 55], [12, 30], [18, 16], [24, 9]])


def share(table=TABLE):
    return np.interp(TIMES, [*table[:, 0], 30], [*table[:, 1] / table[0, 1], 0.05])


def test_every_printed_number_is_met_where_nobody_is_lost():
    times, levels = levels_without_losses(TIMES, share(), TABLE, 0.003)
    np.testing.assert_array_equal(times, TABLE[1:, 0])
    np.testing.assert_allclose(levels, TABLE[1:, 1] / 100)


def test_the_first_loss_ends_what_is_known():
    """Five patients lost between 12 and 18, so that fewer are at risk than the curve says."""
    printed = TABLE - [[0, 0], [0, 0], [0, 0], [0, 5], [0, 4]]
    times, _ = levels_without_losses(TIMES, share(), printed, 0.003)
    np.testing.assert_array_equal(times, [6, 12])


def test_losses_from_the_beginning_leave_nothing_known():
    printed = TABLE - [[0, 0], [0, 8], [0, 8], [0, 6], [0, 4]]
    assert levels_without_losses(TIMES, share(), printed, 0.003)[0].size == 0


def test_a_table_with_nothing_but_the_start():
    times, levels = levels_without_losses(TIMES, share(), TABLE[:1], 0.003)
    assert times.size == levels.size == 0


def test_the_smoothed_curve_goes_through_a_point_without_error():
    rng, weight = np.random.default_rng(3), np.ones(TIMES.size)
    truth = np.exp(-TIMES / 12)
    raw = truth + rng.normal(0, 0.01, TIMES.size)
    raw[60], weight[60] = truth[60], np.inf
    falling = np.minimum.accumulate(raw)
    smooth = smooth_points(TIMES, raw, falling, 100 * truth, 0.01, weight)
    assert smooth[60] == pytest.approx(truth[60], abs=1e-4)
    assert np.all(np.diff(smooth) <= 0)


@pytest.mark.parametrize("total", [True, False])
def test_events_between_printed_numbers_are_exact_without_losses(total):
    """Heavy tails make the curve steep where most events fall, so clicks miss by several patients."""
    rng = np.random.default_rng(11)
    for _ in range(10):
        died = 10 * np.exp(1.6 * rng.normal(size=120))
        t, e = np.minimum(died, 110.0), (died <= 110).astype(int)
        table = at_risk(t)
        rebuilt = reconstruct_ipd(
            clicks(kaplan_meier(t, e), 110.0, rng), table, int(e.sum()) if total else None
        )
        np.testing.assert_array_equal(at_risk_table(rebuilt.durations, table[:, 0]), table[:, 1])
        late = table[-1, 0]
        lost = rebuilt.durations[rebuilt.observed == 0]
        assert not np.any(lost < late)

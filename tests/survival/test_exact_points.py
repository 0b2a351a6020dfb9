"""Points without error, steep curves and losses between steps: patients known in advance, by hand or by
simulation.
"""

import numpy as np
import pytest

from assessment.survival import at_risk_table, cox_hazard_ratio, kaplan_meier, reconstruct_ipd
from assessment.survival.reconstruction.points.smoothing import pooled_points


def test_points_between_steps_tell_events_and_losses_without_numbers_at_risk():
    """Ten patients: events at 1, 2, 5 and 8, one lost at 3 and the others at 10. By hand, survival is
    9/10, 8/10, 8/10 x 6/7 (seven are left at 5, so one was lost) and 8/10 x 5/7.
    """
    times = np.array([0, 0.7, 1.6, 2.4, 4.1, 5.5, 7.2, 8.3, 10.0])
    survival = [1, 1, 0.9, 0.8, 0.8, 0.8 * 6 / 7, 0.8 * 6 / 7, 0.8 * 5 / 7, 0.8 * 5 / 7]
    made = reconstruct_ipd(np.c_[times, survival], n=10)
    assert made.events == 4
    died = made.durations[made.observed == 1]
    assert np.all((died > [0.7, 1.6, 4.1, 7.2]) & (died <= [1.6, 2.4, 5.5, 8.3]))
    lost = made.durations[made.observed == 0]
    assert 1.6 < lost.min() < 5.5 and np.sum(lost == 10) == 5


def test_a_loss_between_two_events_of_a_gap_is_told_from_none():
    """Of 20 patients one has an event, one is lost, one has an event: survival falls to 19/20 x 17/18,
    which no other small numbers give; then one of 17.
    """
    low = 19 / 20 * 17 / 18
    points = [[0, 1], [1, 1], [3, low], [4, low], [6, low * 16 / 17], [8, low * 16 / 17]]
    made = reconstruct_ipd(points, n=20)
    assert list(at_risk_table(made.durations, [0, 1, 4])) == [20, 20, 17]
    assert made.events == 3


def test_events_fall_on_the_side_of_a_printed_number_that_it_asks_for():
    """Three events in one gap, nobody lost; 29 of 30 are left at its middle, so one came before."""
    points = [[0, 1], [2, 1], [4, 0.9], [9, 0.9], [10, 0.9 * 26 / 27], [11, 0.9 * 26 / 27]]
    made = reconstruct_ipd(points, [[0, 30], [3, 29], [10.5, 26]])
    died = made.durations[made.observed == 1]
    assert died.size == 4 and np.sum(died < 3) == 1 and np.sum((died >= 3) & (died <= 4)) == 2


def test_clicks_count_less_where_the_curve_is_steep():
    """A miss along the time axis moves a click by the slope: on a line from (0, 1) to (1, 0), axes of one
    length, variances of both axes add up to twice that of a flat curve.
    """
    rng = np.random.default_rng(1)
    t = np.linspace(0, 2, 401)
    clicks = np.maximum(1 - t, 0) + rng.normal(0, 1e-4, t.size)
    clicks[0] = 1
    _, _, weight = pooled_points(t / 2, clicks)
    # In lengths of the axis the line falls by 2: 1 / (1 + 2²).
    assert np.allclose(weight[20:180], 1 / 5, atol=0.01)
    assert np.allclose(weight[220:380], 1, atol=0.01)


@pytest.mark.parametrize("seed", range(3))
def test_losses_after_the_last_step_leave_evenly(seed):
    """Forty patients lost evenly over 10 to 30 after 20 events before 10: half of those are left at 20,
    wherever the numbers are printed.
    """
    rng = np.random.default_rng(seed)
    died, lost = np.linspace(0.4, 9.6, 20), np.linspace(10.25, 29.75, 40)
    times, event = np.append(died, lost), np.repeat([1, 0], [20, 40])
    t = np.linspace(0, 30, 120)
    clicks = kaplan_meier(times, event).at(t) + rng.normal(0, 0.001, t.size)
    made = reconstruct_ipd(np.c_[t, clicks], [[0, 60], [10, 40], [29, 2]])
    assert abs(made.events - 20) <= 1
    assert abs(int(at_risk_table(made.durations, [20.0])[0]) - 20) <= 5


def test_a_click_a_unit_does_not_make_whole_units_of_time():
    """Continuous times with points 0.92 apart: nothing tells them from times in whole units."""
    died = 10 * np.exp(1.6 * np.random.default_rng(3).normal(size=100))
    times, event = np.minimum(died, 110), (died <= 110).astype(int)
    t = np.linspace(0, 110, 120)
    made = reconstruct_ipd(np.c_[t, kaplan_meier(times, event).at(t)], n=100)
    assert "events placed at whole units of time" not in made.corrections
    assert made.events == event.sum()


@pytest.mark.parametrize(
    ("clicks", "noise", "total", "most"), [(120, 0, False, 0.03), (60, 0.003, True, 0.08)]
)
def test_heavy_tailed_times_keep_their_hazard_ratio(clicks, noise, total, most):
    """Most events in the first tenth of the axis: the ratio of the true patients is the expectation,
    missed by so many standard errors on average.
    """
    errors = []
    for seed in range(4):
        rng = np.random.default_rng(seed)
        arm = np.repeat([1, 0], 90)
        tail = np.where(rng.random(180) < 0.8, 1, 9)
        died = rng.exponential(10 * tail / np.where(arm, 0.7, 1.0))
        time, event = np.minimum(died, 120), (died <= 120).astype(int)
        true, se = cox_hazard_ratio(time, event, arm)
        made = []
        for a in (1, 0):
            d, e = time[arm == a], event[arm == a]
            t, printed = np.linspace(0, d.max(), clicks), np.linspace(0, 0.95 * d.max(), 6)
            seen = kaplan_meier(d, e).at(t) + rng.normal(0, 1, clicks) * noise
            missed = np.clip(t + rng.normal(0, 1, clicks) * noise * d.max(), 0, d.max())
            numbers = np.c_[printed, at_risk_table(d, printed)]
            made.append(
                reconstruct_ipd(np.c_[missed, seen], numbers, int(e.sum()) if total else None)
            )
        found = cox_hazard_ratio(
            np.concatenate([m.durations for m in made]),
            np.concatenate([m.observed for m in made]),
            arm,
        )[0]
        errors.append(abs(found - true) / se)
    assert np.mean(errors) < most, errors


def test_one_event_among_few_is_likelier_than_more_among_many_where_the_curve_is_flat():
    """A fall by a tenth is 1 of 10, 2 of 20 or 3 of 30; one other event in all that time, and losses that
    leave 10 as easily as 20, speak for the first.
    """
    times = np.arange(17.0)
    survival = np.where(times < 2, 1, 39 / 40) * np.where(times < 11, 1, 0.9)
    made = reconstruct_ipd(np.c_[times, survival], {0: 40, 4: 30, 15.5: 4})
    assert made.events == 2
    assert at_risk_table(made.durations, [made.durations[made.observed == 1][1]])[0] == 10

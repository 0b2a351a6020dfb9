"""No patient is lost between a figure and the rebuilt data, wherever the axis and the table end."""

import sys
from pathlib import Path

import numpy as np
import pytest

from assessment.survival import at_risk_table, kaplan_meier, reconstruct_ipd
from assessment.survival.reconstruction.points.digitised_points import clean_points
from assessment.survival.reconstruction.reconstruct import number_not_met

# pytest's importlib mode puts no folder of tests on the path
sys.path.insert(0, str(Path(__file__).parent))
from simulated_figures import SIZES, lost_in, simulated_figure

LINE = np.c_[np.linspace(0, 10, 30), np.exp(-np.linspace(0, 10, 30) / 12)]


@pytest.mark.parametrize("part", range(3))
def test_no_simulated_figure_loses_a_patient(part):
    """A hundred figures each; benchmarks/patients_kept.py tries ten thousand."""
    smaller = SIZES[:-1]
    seeds = range(100 * part, 100 * (part + 1))
    lost = [lost_in(simulated_figure(seed, smaller), seed) for seed in seeds]
    assert [told for told in lost if told] == []


@pytest.mark.parametrize("end", [6.0, 12.0, 14.0])
@pytest.mark.parametrize("total", [None, 60])
def test_patients_at_risk_at_the_last_printed_time_stay(end, total):
    """The figure ends before, at and after the last printed number."""
    points = LINE[LINE[:, 0] <= end] * [end / 10 if end > 10 else 1, 1]
    table = [[0, 150], [6, 85], [12, 30]]
    made = reconstruct_ipd(points, table, total)
    assert made.n == 150 and list(at_risk_table(made.durations, [0, 6, 12])) == [150, 85, 30]
    assert total is None or made.events == total


def test_a_number_that_is_not_met_is_named():
    """By hand: three patients, of whom the table has four at 0 and two at 5."""
    rebuilt = (np.array([2.0]), np.array([1]), np.array([6.0, 6.0]))
    assert number_not_met(rebuilt, np.array([[0.0, 3], [5, 2]])) is None
    assert "4 patients at 0 cannot be met; 3" in number_not_met(
        rebuilt, np.array([[0.0, 4], [5, 2]])
    )
    assert "1 patients at 5 cannot be met; 2" in number_not_met(
        rebuilt, np.array([[0.0, 3], [5, 1]])
    )


def test_times_rounded_by_the_program_are_spread_again():
    """Evenly clicked, then rounded to whole units: the spread times are the clicked ones, nearly."""
    clicked = np.linspace(0, 20, 401)
    points = np.c_[np.round(clicked), np.exp(-clicked / 12)]
    assert np.abs(clean_points(points).times[1:] - clicked).max() < 0.06


@pytest.mark.parametrize("times", [2, 3])
def test_points_given_several_times_are_one_curve(times):
    once, again = (reconstruct_ipd(x, n=120) for x in (LINE, np.repeat(LINE, times, axis=0)))
    assert again.n == 120 and abs(again.events - once.events) <= 1
    medians = [kaplan_meier(x.durations, x.observed).quantile() for x in (once, again)]
    assert medians[0] == pytest.approx(medians[1], rel=0.03)


@pytest.mark.parametrize("k", [3, 4, 6])
def test_few_points_are_enough(k):
    grid = np.linspace(0, 10, k)
    points = np.c_[grid, np.exp(-grid / 12) + 0.003 * (-1.0) ** np.arange(k)]
    assert reconstruct_ipd(points, [[0, 200], [5, 110]]).n == 200


def test_clicks_on_the_start_of_the_axis_may_lie_a_little_before_it():
    early = LINE - [0.01, 0]
    assert reconstruct_ipd(early, n=50).corrections["clicks before time 0 moved to it"] == 1


@pytest.mark.parametrize(
    ("points", "says"),
    [
        (np.c_[LINE[:, 0], 1 - LINE[:, 1]], r"the curve rises, from .* one minus survival"),
        (np.c_[LINE[:, 0], 100 - 100 * LINE[:, 1]], "cumulative incidence"),
        (np.c_[np.linspace(1, 0, 30), np.linspace(0, 58, 30)], "the columns look swapped"),
    ],
)
def test_what_is_no_survival_curve_is_refused(points, says):
    with pytest.raises(ValueError, match=says):
        reconstruct_ipd(points, n=120)


def test_scatter_beyond_clicking_is_told():
    noisy = LINE + np.random.default_rng(1).normal(0, [0, 0.1], LINE.shape)
    noisy[:, 1] = np.clip(noisy[:, 1], 0, 1)
    assert any("scatter by" in said for said in reconstruct_ipd(noisy, n=120).conflicts)
    assert reconstruct_ipd(LINE, n=120).conflicts == ()

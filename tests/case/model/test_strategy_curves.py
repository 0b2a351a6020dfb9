"""Draws of the curves and occupancy: identities, and what thinning keeps."""

import numpy as np
import pytest

from assessment.case.model.curves.paired_draws import selected_draws
from assessment.case.model.curves.strategy_occupancy import (
    before_cap,
    expected_occupancy,
    frame_of,
    strategy_occupancy,
)
from assessment.case.model.curves.thinned_draws import thinned_draws
from assessment.case.model.curves.time_on_treatment import stopping_rate
from assessment.case.model.inputs.model_inputs import COHORTS
from assessment.case.model.inputs.settings import Settings
from assessment.case.trial.trial_curves import curves
from assessment.case.trial.trial_summaries import ARM_CODE
from assessment.economics.model.curve_draws import LARGEST_HAZARD, SelectedDraws
from assessment.economics.time.time_grid import continuous_grid
from assessment.evidence import load_facts

FEW = 60  # draws of the curves where the number does not matter


def test_values_kept_are_those_of_the_curves_themselves():
    """Asked for again, in part, with times in between and for some draws, against each draw's own
    distribution.
    """
    kept, rows = selected_draws("os", Settings(curve_draws=FEW))[0]["t"], np.arange(FEW)
    curve = SelectedDraws(kept.parts, kept.order)
    long, short = np.linspace(0.3, 480, 200), np.linspace(0.3, 480, 200)[:90]
    each = [part.draw([k]) for part in curve.parts for k in range(part.draw_shape[0])]
    for t, some in (
        (long, slice(None)),
        (short, slice(None)),
        (np.append(short, 240.5), slice(10, 40)),
        (np.linspace(1, 400, 3_000), slice(5, 8)),
        (long, slice(50, 60)),
    ):
        mine = [each[k] for k in curve.order[rows[some]]]
        total = np.concatenate([one.cumulative_hazard(t) for one in mine])
        assert curve.draws(some).cumulative_hazard(t) == pytest.approx(
            np.minimum(total, 700), rel=1e-13
        )
        assert curve.draws(some).survival(t) == pytest.approx(
            np.exp(-np.minimum(total, 700)), rel=1e-12
        )
        here = total < 700
        assert curve.draws(some).hazard(t)[here] == pytest.approx(
            np.minimum(np.concatenate([one.hazard(t) for one in mine]), LARGEST_HAZARD)[here],
            rel=1e-9,
        )


@pytest.mark.parametrize(
    "changed",
    [
        {},
        {"survival_effect": 0.7},
        {"survival_effect": "progression gain kept"},
        {"waning": True, "horizon_years": 12.0},
        {"comparator": "everolimus", "grid": "monthly", "horizon_years": 3.0},
    ],
)
def test_the_expected_table_is_the_mean_of_the_table(changed):
    settings = Settings(curve_draws=200, **changed)  # more than one block
    whole, expected = strategy_occupancy(settings), expected_occupancy(settings)
    assert whole.size == expected.size == 200
    for name, at in whole.occupancy.items():
        assert expected.occupancy[name].alive[0] == pytest.approx(at.alive.mean(axis=0), abs=1e-14)
        assert expected.occupancy[name].progression_free[0] == pytest.approx(
            at.progression_free.mean(axis=0), abs=1e-14
        )
        assert expected.occupancy[name].crossings == at.crossings


def test_stopping_for_side_effects_against_a_closed_form():
    # With a constant rate of progression r, the share that stops first is k / (k + r): k = share r
    # / (1 − share).
    grid = continuous_grid(60.0, np.arange(1, 60))
    for share in (0.0, 0.1, 0.31, 0.9):
        assert float(stopping_rate(share, np.exp(-0.8 * grid.times_years), grid)) == pytest.approx(
            share * 0.8 / (1 - share), rel=1e-9, abs=1e-12
        )


@pytest.mark.slow
def test_library_errors_are_small_beside_the_gain_they_measure():
    # Thinning keeps the mean gain of the many draws; four calibrations apart say how exact that is.
    for cohort in COHORTS:
        for endpoint in ("pfs", "os"):
            kept = thinned_draws(endpoint, cohort, "publication")
            thinned = kept.gain_years[kept.rows(1_200)]
            mean = np.average(kept.gain_years, weights=kept.draws.weights)
            assert thinned.mean() == pytest.approx(mean, abs=0.02 * kept.gain_years.std())
            assert kept.gain_standard_error < 0.05 * kept.gain_years.std()


@pytest.mark.slow
@pytest.mark.parametrize("cohort", COHORTS)
def test_the_curves_expected_show_what_is_printed(cohort):
    """Medians and hazard ratio as the report prints them; where they pull against each other the
    medians within the limit that is told.
    """
    limit = load_facts()["economics.curves.median_limit"].number / 100
    for endpoint in ("pfs", "os"):
        draws = thinned_draws(endpoint, cohort, "publication").draws
        t = np.linspace(0, 80, 8_001)
        for arm in "tc":
            printed = draws.summaries.get("median", arm)
            curve = draws.shown.survival(t, arm).mean(axis=0)
            median = np.interp(0.5, curve[::-1], t[::-1])
            close = 0.005 if draws.met[f"median_{arm}"] == "exact" else limit
            assert median == pytest.approx(printed, rel=close)
        assert draws.met["hr"] == "exact" and draws.effective > 0.25 * draws.names.size


@pytest.mark.parametrize("cohort", COHORTS)
def test_pictures_and_model_show_the_same_curves(cohort):
    settings, t = Settings(cohort), np.array([6.0, 24.0, 60.0])
    for endpoint in ("pfs", "os"):
        pictured, (modelled, *_rest) = curves(endpoint, cohort), selected_draws(endpoint, settings)
        for arm, code in ARM_CODE.items():
            assert np.sort(pictured.survival(t, arm), axis=0) == pytest.approx(
                np.sort(modelled[code].survival(t), axis=0), rel=1e-12
            )


@pytest.mark.parametrize("cohort", COHORTS)
def test_progression_free_survival_hardly_exceeds_survival(cohort):
    """By the way draws are paired; what is left to cap is far below a hundredth of the gain."""
    settings = Settings(cohort)
    table, frame = strategy_occupancy(settings), frame_of(settings)
    years = table.grid.weights(settings.rates())
    before, after = (
        {
            arm: of(arm, code).mean(axis=0) @ years
            for arm, code in zip(table.occupancy, "tc", strict=True)
        }
        for of in (
            lambda arm, code: before_cap(selected_draws("pfs", settings)[0][code], frame),
            lambda arm, code: table.occupancy[arm].progression_free,
        )
    )
    treated, control = table.occupancy
    gain = before[treated] - before[control]
    assert before[treated] - after[treated] < 0.01 * gain
    assert before[control] - after[control] < 0.01 * gain

"""Inputs as people and programs give them, each with its right answer, or the sentence that refuses it.

A folder beside this file is a case. The answers come from elsewhere: lifelines, a solution by hand, or the
patients from which a figure was drawn.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import minimize

from assessment.economics.analysis.acceptability import acceptability
from assessment.economics.analysis.cost_effectiveness import frontier
from assessment.economics.analysis.parameter_distributions import beta, gamma
from assessment.economics.analysis.value_of_information import evppi
from assessment.economics.time.discounting import discount_factor
from assessment.survival import (
    Summaries,
    TrialContrast,
    at_risk_table,
    bucher,
    fit,
    kaplan_meier,
    network_meta_analysis,
    read_numbers_at_risk,
    read_points,
    reconstruct_ipd,
)

HERE = Path(__file__).parent


def case(number: int) -> Path:
    return next(HERE.glob(f"{number:02}-*"))


def rebuilt(folder: Path, total: int | None = None):
    (curve,) = read_points(folder / "curve.csv").values()
    table = read_numbers_at_risk(folder / "at_risk.csv")
    made = reconstruct_ipd(curve, table, total)
    np.testing.assert_array_equal(at_risk_table(made.durations, table[:, 0]), table[:, 1])
    return made, kaplan_meier(made.durations, made.observed).quantile()


def test_every_folder_is_a_test():
    tested = {int(name[10:12]) for name in globals() if name.startswith("test_case")}
    tested |= {16}  # tests/book/test_jupyterlab.py opens and saves its page
    assert {int(p.name[:2]) for p in HERE.glob("*-*")} == tested


@pytest.mark.parametrize("name", ["surv.txt", "surv_60m.csv", "survhe_shape.txt"])
def test_case_01_row_numbers_are_no_times(name):
    (curve,) = read_points(case(1) / name).values()
    end = 58 if name == "surv_60m.csv" else 29
    assert curve.shape == (80, 2) and curve[0].tolist() == [0, 1]
    assert curve[-1, 0] == pytest.approx(end, abs=0.1) and curve[:, 1].max() == 1


def test_case_01_tables_of_numbers_at_risk():
    named = read_numbers_at_risk(case(1) / "nrisk_rownames.csv")
    with pytest.warns(UserWarning, match="not used: lower, upper"):
        full = read_numbers_at_risk(case(1) / "nrisk.txt")
    np.testing.assert_array_equal(named, full)
    assert full[:2].tolist() == [[0, 120], [3, 101]]


REFUSED = {
    "cp1252.csv": "save the file again as 'CSV UTF-8'",
    "na_cells.csv": "found 'NA'",
    "nrisk_dot_thousands.csv": "row 2: found '1.204'",
    "nrisk_thousands.csv": "row 2: found '1,204'",
    "nrisk_two_arms.csv": "give one file per arm",
}
TWO_CURVES = {"engauge2.csv", "wpd_same_names.csv", "wpd_semicolon.csv", "wpd_two.csv"}


@pytest.mark.filterwarnings("ignore:.*numbers in brackets")
@pytest.mark.parametrize("path", sorted(case(2).iterdir()), ids=lambda p: p.name)
def test_case_02_files_of_digitising_programs(path):
    at_risk = path.name.startswith("nrisk")
    reader = read_numbers_at_risk if at_risk else read_points
    if path.name in REFUSED:
        with pytest.raises(ValueError, match=REFUSED[path.name]):
            reader(path)
    elif at_risk:
        assert reader(path).tolist() == [[0, 134], [6, 110], [12, 80], [18, 41], [24, 10]]
    else:
        curves = list(reader(path).values())
        assert len(curves) == 1 + (path.name in TWO_CURVES)
        scale = 100 if path.name == "percent_sign.csv" else 1
        np.testing.assert_allclose(
            curves[0][:3] / [1, scale], [[0, 1], [0.3671, 0.9941], [0.7342, 0.9843]]
        )


@pytest.mark.parametrize("total", [None, 80])
def test_case_03_a_figure_that_ends_at_the_last_printed_time(total):
    """Lifelines on the patients behind it: median 9.455, 20 of 120 at risk at its end, 80 events."""
    made, median = rebuilt(case(3), total)
    assert (made.n, made.events) == (120, 80) and median == pytest.approx(9.455, abs=0.1)
    assert np.sum(made.durations == 15) == 20 and made.conflicts == ()


def test_case_04_many_rows_of_one_rounded_time():
    made, median = rebuilt(case(4))
    assert made.n == 120 and made.events == pytest.approx(86, abs=1)
    assert median == pytest.approx(9.5, abs=0.5)


def test_case_05_a_cumulative_incidence_is_refused():
    (curve,) = read_points(case(5) / "curve.csv").values()
    with pytest.raises(ValueError, match="the curve rises.*one minus survival"):
        reconstruct_ipd(curve, n=120)


def test_case_06_events_coded_one_and_two():
    """Lifelines' WeibullFitter on status minus 1: log likelihood -307.247, 86 events, median 9.678."""
    patients = pd.read_csv(case(6) / "patients.csv")
    for refused in (patients["status"], patients["status"].map({1: "no", 2: "yes"})):
        with pytest.raises(ValueError, match="event marks are 1 for an event"):
            fit("weibull", patients["time"], refused)
    fitted = fit("weibull", patients["time"], patients["status"] == 2)
    assert fitted.events == 86 and fitted.loglik == pytest.approx(-307.247, abs=1e-3)
    assert fitted.distribution.median() == pytest.approx(9.678, abs=1e-3)


@pytest.mark.filterwarnings("ignore:gompertz")
def test_case_07_a_gompertz_curve_that_levels_off():
    """The likelihood written out here and maximised by SciPy's Nelder-Mead; a share exp(rate / shape) has
    no event, so the mean is infinite. The patients lie at the quantiles of shape -0.2, rate 0.17.
    """
    patients = pd.read_csv(case(7) / "patients.csv")
    time, event = patients["time"].to_numpy(), patients["event"].to_numpy()

    def minus_loglik(theta):
        shape, log_rate = theta
        hazard = np.exp(log_rate) * np.expm1(shape * time) / shape
        return hazard.sum() - (event * (log_rate + shape * time)).sum()

    best = minimize(
        minus_loglik, [-0.1, -1.5], method="Nelder-Mead", options={"xatol": 1e-8, "fatol": 1e-10}
    )
    fitted = fit("gompertz", time, event)
    curve = fitted.distribution
    assert fitted.loglik == pytest.approx(-best.fun, abs=1e-5)
    assert [float(curve.shape), float(np.log(curve.rate))] == pytest.approx(best.x, abs=1e-4)
    assert best.x == pytest.approx([-0.2, np.log(0.17)], abs=0.03)
    left = np.exp(np.exp(best.x[1]) / best.x[0])
    assert curve.survival(np.inf) == pytest.approx(left, abs=1e-4)
    assert np.isinf(curve.mean()) and "mean is infinite" in fitted.warnings[0]


def test_case_08_ties_on_the_frontier():
    """By hand: one strategy costs least and gains as much as any."""
    rows = pd.read_csv(case(8) / "strategies.csv", keep_default_na=False)
    found = frontier(rows["name"].tolist(), rows["cost"], rows["effect"])
    assert dict(zip(found["strategy"], found["status"])) == {
        "Test": "on the frontier", "None": "dominated", "All": "dominated"
    }  # fmt: skip
    assert found["icer"].isna().all()


def test_case_09_draws_in_rows():
    """By hand, at 100 per unit: the mean of the best of each draw less the best mean is 7.5."""
    costs, effects = (
        pd.read_csv(case(9) / f"{name}.csv").to_numpy() for name in ("costs", "effects")
    )
    with pytest.raises(ValueError, match=r"hand in the transposed table, costs\.T and effects\.T"):
        acceptability(costs, effects, 100)
    assert acceptability(costs.T, effects.T, 100).evpi == pytest.approx([7.5], abs=1e-12)


def test_case_10_a_trial_without_an_estimate_is_named():
    rows = pd.read_csv(case(10) / "trials.csv").itertuples(index=False)
    with pytest.raises(ValueError, match="T3: its log ratio is nan"):
        network_meta_analysis([TrialContrast(*row) for row in rows])


def test_case_11_a_limit_typed_wrong():
    """The middle of 0.25 and 5.8 on the log scale is 1.20."""
    rows = pd.read_csv(case(11) / "ratios.csv").itertuples(index=False, name=None)
    with pytest.warns(UserWarning, match=r"0\.38 \(0\.25 to 5\.8\) .* \(1\.2\)"):
        bucher(*rows)


def test_case_12_what_a_constant_is_worth():
    """A net benefit of 20 p with p standard normal: knowing p is worth 20 x 0.39894 = 7.979, knowing a
    constant nothing; a constant or a copy beside p changes nothing.
    """
    p = pd.read_csv(case(12) / "known.csv")["p"].to_numpy()
    costs, effects = np.zeros((2, p.size)), np.stack([np.zeros(p.size), 20 * p])
    found = evppi(costs, effects, p, 1.0)
    assert abs(found.value[0] - 20 / np.sqrt(2 * np.pi)) < 3 * found.standard_error[0]
    assert evppi(costs, effects, np.full(p.size, 2.0), 1.0).value == 0
    for beside in (np.full(p.size, 2.0), p):
        both = evppi(costs, effects, np.stack([p, beside], axis=1), 1.0)
        assert both.value == pytest.approx(found.value, rel=0.02)


def test_case_13_discounting():
    """By hand: 0.9 + 0.7 / 1.04 + 0.5 / 1.04² = 2.035355; 1.04^-40 x 1.03^-1 = 0.202222."""
    alive = pd.read_csv(case(13) / "occupancy.csv")["alive"].to_numpy()
    steps = {"year_from": [0, 40], "year_to": [39, None], "annual_rate": [0.04, 0.03]}
    schedule = pd.DataFrame(steps)
    cycles = (alive[1:] + alive[:-1]) / 2
    assert cycles @ discount_factor(np.arange(3), schedule) == pytest.approx(2.035355, abs=1e-6)
    assert discount_factor(41, schedule) == pytest.approx(0.202222, abs=1e-6)


def test_case_14_moments_that_no_distribution_has():
    """The largest standard error of a share of 0.85 is sqrt(0.85 x 0.15) = 0.3571."""
    says = ["below 0.3571", "0.75, not 75", "mean must lie between 0 and 1", "must be above 0"]
    rows = pd.read_csv(case(14) / "inputs.csv").itertuples(index=False, name=None)
    for (kind, mean, error), said in zip(rows, says, strict=True):
        with pytest.raises(ValueError, match=said):
            {"beta": beta, "gamma": gamma}[kind](mean, error)


@pytest.mark.parametrize(("row", "says"), [(0, "control against treated"), (1, "per cent")])
def test_case_15_a_hazard_ratio_against_the_medians(row, says):
    printed = pd.read_csv(case(15) / "printed.csv").iloc[row]
    told = Summaries(
        hr_lo=printed["low"],
        hr_hi=printed["high"],
        **{name: printed[name] for name in ("median_t", "median_c", "hr", "n_t", "n_c")},
    ).contradictions()
    assert any(says in sentence for sentence in told)

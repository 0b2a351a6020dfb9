"""Reconstruction: real curves as truth, every promise about the input, and the readers."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lifelines.datasets import load_gbsg2, load_lung
from scipy.interpolate import PchipInterpolator

from assessment.survival import (
    at_risk_table,
    cox_hazard_ratio,
    fit_report,
    hazard_ratio_report,
    kaplan_meier,
    read_numbers_at_risk,
    read_points,
    reconstruct_ipd,
)
from assessment.survival.reconstruction import from_clicks
from assessment.survival.reconstruction.digitised_points import clean_points, isotonic
from assessment.survival.reconstruction.smoothing import MonotoneCubic, follow
from assessment.survival.reconstruction.whole_time_units import at_whole_units, share_at_units


def truth(name="gbsg2", treated=True):
    if name == "gbsg2":
        f = load_gbsg2()
        keep = (f["horTh"] == "yes") == treated
        return f.loc[keep, "time"].to_numpy(float), f.loc[keep, "cens"].to_numpy()
    f = load_lung()
    keep = (f["sex"] == 2) == treated
    return f.loc[keep, "time"].to_numpy(float), (
        f.loc[keep, "status"] == f["status"].max()
    ).to_numpy(int)


def corners(km, last):
    before = np.concatenate([[1.0], km.survival[:-1]])
    return np.c_[
        np.concatenate([[0], np.repeat(km.times, 2), [last]]),
        np.concatenate([[1], np.c_[before, km.survival].ravel(), km.survival[-1:]]),
    ]


def clicks(km, last, rng, m=120):
    t = np.sort(np.clip(np.linspace(0, last, m) + rng.normal(0, 0.003 * last, m), 0, last))
    return np.c_[t, km.at(t) + rng.normal(0, 0.003, m)]


def at_risk(t, k=6):
    times = np.linspace(0, 0.95 * t.max(), k)
    return np.c_[times, at_risk_table(t, times)]


@pytest.mark.parametrize("name", ["gbsg2", "lung"])
@pytest.mark.parametrize("treated", [True, False])
def test_exact_corners_give_exact_patients(name, treated):
    t, e = truth(name, treated)
    km = kaplan_meier(t, e)
    r = reconstruct_ipd(corners(km, t.max()), at_risk(t))
    again = kaplan_meier(r.durations, r.observed)
    assert (r.n, r.events) == (t.size, e.sum())
    np.testing.assert_allclose(again.times, km.times)
    np.testing.assert_allclose(again.survival, km.survival, atol=1e-12)
    assert not r.conflicts


@pytest.mark.parametrize("total", [False, True])
def test_clicks_with_noise(total):
    rng, arms = np.random.default_rng(8), []
    for treated in (True, False):
        t, e = truth("gbsg2", treated)
        km, table = kaplan_meier(t, e), at_risk(t)
        r = reconstruct_ipd(clicks(km, t.max(), rng), table, int(e.sum()) if total else None)
        assert list(at_risk_table(r.durations, table[:, 0])) == list(table[:, 1])
        assert abs(r.events - e.sum()) <= (0 if total else 0.03 * e.sum())
        assert (
            abs(kaplan_meier(r.durations, r.observed).rmst(t.max()) / km.rmst(t.max()) - 1) < 0.012
        )
        arms.append((r, t, e))

    def join(i):
        return np.concatenate([arms[0][i], arms[1][i]])

    b, se = cox_hazard_ratio(
        join(1), join(2), np.repeat([1, 0], [arms[0][1].size, arms[1][1].size])
    )
    report = hazard_ratio_report(
        arms[0][0], arms[1][0], np.random.default_rng(1), published=np.exp(b), draws=3
    )
    assert abs(report["log_difference"]) < 0.25 * se and 0 < report["digitising_sd"] < 0.5 * se


def test_report_counts_what_was_changed():
    t, e = truth("lung")
    km = kaplan_meier(t, e)
    r = reconstruct_ipd(
        clicks(km, t.max(), np.random.default_rng(2)) * [1, 100], at_risk(t), int(e.sum())
    )
    rows = {row["quantity"]: row for row in fit_report(r, published_median=km.quantile(0.5))}
    assert (
        rows["events"]["difference"] == 0
        and rows["numbers at risk, largest |difference|"]["rebuilt"] == 0
    )
    assert abs(rows["median"]["difference"]) < 0.1 * km.quantile(0.5)
    assert 0 < rows["survival, largest |difference|"]["rebuilt"] < 0.06
    assert (
        rows["corrected: read as percent"]["rebuilt"] == 1
        and rows["corrected: clicks that rise, pooled"]["rebuilt"] > 5
    )


def test_flat_tail_invents_no_deaths():
    t = np.concatenate([np.linspace(1, 10, 60), np.linspace(24, 40, 140)])
    e = np.repeat([1, 0], [60, 140])
    rng = np.random.default_rng(4)
    grid = np.linspace(0, 40, 120)
    for s in (kaplan_meier(t, e).at(grid), kaplan_meier(t, e).at(grid) + rng.normal(0, 0.003, 120)):
        r = reconstruct_ipd(np.c_[grid, s], at_risk(t))
        assert ((r.durations > 12) & (r.observed == 1)).sum() <= 1
        assert abs(r.events - 60) <= 1


def test_without_numbers_at_risk():
    t, e = truth("gbsg2")
    km = kaplan_meier(t, e)
    r = reconstruct_ipd(
        clicks(km, t.max(), np.random.default_rng(3)), total_events=int(e.sum()), n=t.size
    )
    assert r.n == t.size and r.events == e.sum()
    assert abs(kaplan_meier(r.durations, r.observed).rmst(2000) / km.rmst(2000) - 1) < 0.02
    with pytest.raises(ValueError, match="Give n"):
        reconstruct_ipd([[0, 1], [1, 0.9], [2, 0.8]])


def test_table_that_starts_late():
    t, e = truth("gbsg2")
    km, table = kaplan_meier(t, e), at_risk(t)
    r = reconstruct_ipd(corners(km, t.max()), table[1:], n=t.size)
    assert r.n == t.size and abs(r.events - e.sum()) <= 2
    r = reconstruct_ipd(corners(km, t.max()), table[1:])
    assert any("no censoring before" in c for c in r.conflicts) and r.n >= table[1, 1]


POINTS = [[0, 1.0], [1, 0.9], [2, 0.8], [3, 0.6]]


@pytest.mark.parametrize(
    "points, options, message",
    [
        (POINTS, dict(numbers_at_risk=[[0, 10], [1, 12]]), "rise from 10 at 0 to 12 at 1.*misread"),
        (
            POINTS,
            dict(numbers_at_risk=[[0, 10], [1, 9]], total_events=11),
            "total_events = 11 with 10 patients",
        ),
        ([[0, 1.0], [1, 1.2], [2, 0.8]], dict(n=10), "1.2.*unit='percent'"),
        ([[0, 100.0], [1, 130], [2, 80]], dict(n=10), "130 > 100 %"),
        ([[0, 1.0], [1, 0.9], [2, 0.8]], dict(n=10, unit="percent"), "unit='proportion'"),
        ([[5, 3.0], [6, 2.0], [7, 1.0]], dict(n=10), "unclear as a percentage"),
        ([[0, 1.0], [1, 0.9], [2, -0.3]], dict(n=10), "< 0. Calibrate"),
        ([[-1, 1.0], [1, 0.9], [2, 0.3]], dict(n=10), "time -1 < 0"),
        ([[0, 1.0], [1, np.nan], [2, 0.3]], dict(n=10), "row 1 is not a number"),
        ([[0, 1.0], [1, 0.9]], dict(n=10), "at least 3"),
        (POINTS, dict(numbers_at_risk=[[0, 10.5], [1, 9]]), "whole numbers"),
        (POINTS, dict(numbers_at_risk=[[0, 10], [0, 9]]), "occurs twice"),
        (POINTS, dict(numbers_at_risk=[[0, 10]], n=11), "n = 11 but 10"),
    ],
)
def test_impossible_input_is_refused_with_the_next_step(points, options, message):
    with pytest.raises(ValueError, match=message):
        reconstruct_ipd(points, **options)


def test_conflicting_input_is_reported():
    # The curve halves, the numbers at risk hardly fall.
    t = np.linspace(0, 10, 60)
    r = reconstruct_ipd(np.c_[t, 1 - 0.05 * t + 0.002 * np.sin(50 * t)], [[0, 300], [9, 280]])
    assert any("the curve asks for" in c for c in r.conflicts) and list(
        at_risk_table(r.durations, [0, 9])
    ) == [300, 280]


def test_mismatched_time_units_are_reported():
    t, e = truth("lung")
    points = clicks(kaplan_meier(t, e), t.max(), np.random.default_rng(2)) * [100, 1]
    assert any("same unit of time" in c for c in reconstruct_ipd(points, at_risk(t)).conflicts)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.integers(12, 250), st.booleans())
def test_promises_hold_on_any_curve(seed, n, give_total):
    rng = np.random.default_rng(seed)
    t, c = rng.weibull(rng.uniform(0.6, 2), n) * 10, rng.uniform(0, 25, n)
    d, e = np.minimum(t, c), (t <= c).astype(int)
    if e.sum() < 2:
        return
    table = at_risk(d)
    r = reconstruct_ipd(
        clicks(kaplan_meier(d, e), d.max(), rng, 60), table, int(e.sum()) if give_total else None
    )
    assert r.n == n and list(at_risk_table(r.durations, table[:, 0])) == list(table[:, 1])
    assert np.all(r.durations >= 0) and r.observed.sum() == r.events
    if give_total:
        assert r.events == e.sum() or any("cannot be met" in x for x in r.conflicts)


def test_reads_webplotdigitizer_and_ipdfromkm(tmp_path):
    wpd = tmp_path / "wpd.csv"
    wpd.write_text("treated,,control,\nX,Y,X,Y\n0,1,0,1\n1.5,0.9,2,0.8\n3,0.7,,\n")
    curves = read_points(wpd)
    assert (
        list(curves) == ["treated", "control"]
        and curves["treated"].shape == (3, 2)
        and curves["control"][1, 1] == 0.8
    )
    german = tmp_path / "wpd_de.csv"
    german.write_text("0,0; 100\n1,5; 90,5\n")
    np.testing.assert_allclose(read_points(german)["curve 1"], [[0, 100], [1.5, 90.5]])
    ipd = tmp_path / "ipd.csv"
    ipd.write_text("time,sv\n0,100\n2,80\n")
    np.testing.assert_allclose(read_points(ipd)["curve 1"], [[0, 100], [2, 80]])
    risk = tmp_path / "risk.csv"
    risk.write_text("trisk,nrisk\n0,64\n6,40\n")
    np.testing.assert_allclose(read_numbers_at_risk(risk), [[0, 64], [6, 40]])
    empty = tmp_path / "empty.csv"
    empty.write_text("a,b\n")
    with pytest.raises(ValueError, match="no row with two numbers"):
        read_points(empty)


def test_patients_who_stay_to_the_cut_off_are_not_lost_before_it():
    # Nobody is lost before one common cut-off, so nobody should be in the rebuilt data, corners or
    # clicks.
    rng = np.random.default_rng(6)
    t = 10 * rng.weibull(1.2, 200)
    d, e = np.minimum(t, 6.0), (t <= 6.0).astype(int)
    km, table = kaplan_meier(d, e), at_risk(d)
    exact = reconstruct_ipd(corners(km, 6.0), table)
    assert exact.events == e.sum() and np.all(exact.durations[exact.observed == 0] == 6.0)
    clicked = reconstruct_ipd(clicks(km, 6.0, rng), table, int(e.sum()))
    assert np.mean(clicked.durations[clicked.observed == 0] > 5.5) > 0.95


def test_a_printed_total_tells_when_losses_happened():
    # All losses of the only printed interval fall early (or late): the same curve and numbers,
    # fewer (more) events.
    rng, shift = np.random.default_rng(3), {}
    for name, when in (("early", 0.05), ("late", 0.9)):
        t = rng.exponential(10, 600)
        lost = rng.random(600) < 0.5
        c = np.where(lost, 8 * rng.uniform(when, when + 0.1, 600), 8.0)
        d, e = np.minimum(t, c), (t <= c).astype(int)
        r = reconstruct_ipd(
            clicks(kaplan_meier(d, e), 8.0, rng),
            [[0, 600], [7.99, int((d >= 7.99).sum())]],
            int(e.sum()),
        )
        losses = r.durations[(r.observed == 0) & (r.durations < 7.9)]
        shift[name] = np.median(losses)
        assert r.events == e.sum()
    assert shift["early"] < 4 < shift["late"]


def test_smoothed_clicks_lie_nearer_the_curve_than_pooled_ones():
    t, e = truth("gbsg2", False)
    km, rng, better = kaplan_meier(t, e), np.random.default_rng(2), []
    grid = np.linspace(0, t.max(), 120)
    for _ in range(10):
        seen = km.at(grid) + rng.normal(0, 0.003, 120)
        seen[0] = 1.0
        level, _, size = isotonic(seen)
        smooth = follow(grid, seen, np.repeat(level, size), at_risk_table(t, grid), 0.003)
        assert np.all(np.diff(smooth) <= 1e-12)
        better.append(np.std(smooth - km.at(grid)) / np.std(np.repeat(level, size) - km.at(grid)))
    assert np.mean(better) < 0.95


@pytest.mark.parametrize("k", [2, 3, 7])
def test_monotone_cubic_is_scipy_s(k):
    rng = np.random.default_rng(k)
    x, t = np.cumsum(rng.uniform(0.2, 1, k)), np.linspace(0, 8, 50)
    for y in (np.sort(rng.random(k))[::-1], rng.normal(size=k).round(), np.ones(k)):
        np.testing.assert_allclose(
            MonotoneCubic(x, y)(t), PchipInterpolator(x, y)(t), rtol=1e-9, atol=1e-9
        )


def drawn(rng, n, rate, longest=30.0):
    """Exponential times, losses spread evenly over the time observed."""
    died, lost = rng.exponential(1 / rate, n), rng.uniform(4, longest, n)
    return np.minimum(died, lost), (died <= lost).astype(int)


@pytest.mark.parametrize("n", [60, 400])
def test_whole_units_of_time_are_seen_and_only_where_they_are(n):
    rng, shares = np.random.default_rng(n), {"whole": [], "even": []}
    for _ in range(12):
        t, e = drawn(rng, n, 0.08)
        for name, times in {"whole": np.ceil(t), "even": t}.items():
            points = clean_points(clicks(kaplan_meier(times, e), times.max(), rng))
            shares[name].append(share_at_units(points, 0.003 * times.max())[0])
            assert (at_whole_units(points) is not None) == (name == "whole")
    # By least squares the share is 1 where all fall is at whole units, 0 where it is even (on
    # average over draws).
    assert np.mean(shares["whole"]) == pytest.approx(1, abs=0.4) and np.mean(
        shares["even"]
    ) == pytest.approx(0, abs=0.15)


@pytest.mark.parametrize("total", [False, True])
def test_events_counted_in_whole_weeks_keep_their_order_between_arms(total):
    errors = {True: [], False: []}
    for seed in range(8):
        rng = np.random.default_rng(seed)
        arms = [(np.ceil(t), e) for t, e in (drawn(rng, 300, rate) for rate in (0.06, 0.10))]
        z, t, e = np.repeat([1, 0], 300), *(np.concatenate(x) for x in zip(*arms))
        truth_, se = cox_hazard_ratio(t, e, z)
        points = [
            (clicks(kaplan_meier(t, e), t.max(), rng), at_risk(t), int(e.sum())) for t, e in arms
        ]
        # Stretched in time the same clicks are no longer at whole units, and are rebuilt as if
        # deaths came at any time.
        for whole, by in ((True, 1.0), (False, 17.0)):
            made = [
                reconstruct_ipd(p * [by, 1], r * [by, 1], d if total else None)
                for p, r, d in points
            ]
            for one, (_, r, _) in zip(made, points):
                assert ("events placed at whole units of time" in one.corrections) == whole
                np.testing.assert_array_equal(at_risk_table(one.durations, r[:, 0] * by), r[:, 1])
                if whole:
                    assert np.all(one.durations[one.observed == 1] % 1 == 0)
            found = cox_hazard_ratio(
                np.concatenate([m.durations for m in made]),
                np.concatenate([m.observed for m in made]),
                np.repeat([1, 0], [m.n for m in made]),
            )[0]
            errors[whole].append(abs(found - truth_) / se)
    assert np.mean(errors[True]) < 0.75 * np.mean(errors[False])


def test_clicks_errors_are_not_read_as_losses():
    """Nobody is lost before the end; the total differs from what noisy clicks add up to by less
    than their error.
    """
    for seed in range(6):
        rng = np.random.default_rng(seed)
        died = rng.weibull(1.3, 250) * 60
        t, e = np.minimum(died, 52.3), (died <= 52.3).astype(int)
        r = reconstruct_ipd(clicks(kaplan_meier(t, e), 52.3, rng), at_risk(t), int(e.sum()))
        assert r.events == e.sum() and np.mean(r.durations[r.observed == 0] > 51) > 0.94


def test_a_curve_that_ends_with_nobody_left_ends_at_its_last_event():
    for seed in range(6):
        rng = np.random.default_rng(seed)
        t, e = drawn(rng, 80, 0.15)
        t, e = t[e == 1], e[e == 1]  # everybody followed to the event
        points = clicks(kaplan_meier(t, e), t.max(), rng)
        made = reconstruct_ipd(points, at_risk(t), int(e.sum()))
        assert made.observed[-1] == 1 and made.durations[-1] == points[:, 0].max()
        # A line drawn a little on does not outlive a printed 0.
        last, numbers = t.max(), np.vstack([at_risk(t), [1.01 * t.max(), 0]])
        longer = reconstruct_ipd(np.vstack([points, [1.03 * last, 0.0]]), numbers, int(e.sum()))
        np.testing.assert_array_equal(at_risk_table(longer.durations, numbers[:, 0]), numbers[:, 1])


def test_clear_steps_of_an_arm_where_most_die_say_more_than_its_total_alone(monkeypatch):
    errors = {"searched": [], "fine": []}
    for name, highest in (("searched", from_clicks.STEP_WITH_TOTAL), ("fine", np.inf)):
        monkeypatch.setattr(from_clicks, "STEP_WITH_TOTAL", highest)
        for seed in range(20):
            rng = np.random.default_rng(seed)
            t, e = drawn(rng, 50, 0.10)
            made = reconstruct_ipd(
                clicks(kaplan_meier(t, e), t.max(), rng), at_risk(t), int(e.sum())
            )
            assert made.events == e.sum()
            errors[name].append(
                np.mean(np.abs(np.sort(t[e == 1]) - made.durations[made.observed == 1]))
            )
    assert np.mean(errors["searched"]) < 0.8 * np.mean(errors["fine"]), errors

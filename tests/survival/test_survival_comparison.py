"""Indirect comparison, crossover and harm: against printed values and simulated truth."""

import numpy as np
import pytest

from assessment.survival import (
    Ratio,
    TrialContrast,
    bucher,
    counterfactual,
    diluted_hazard_ratio,
    dilution_map,
    network_meta_analysis,
    risk_difference,
    rpsftm,
    treatment_policy_hazard_ratio,
    undiluted_hazard_ratio,
    wilson,
)


@pytest.mark.parametrize(
    "a, b, expected",
    [
        # Hazard ratios: CABINET pNET 0.23 (0.12-0.42) and FDA 0.22 (0.12-0.41), sunitinib A6181111
        # 0.42 (0.26-0.66); CABINET epNET 0.38 (0.25-0.59), everolimus RADIANT-4 0.48 (0.35-0.67).
        # Results worked out by hand elsewhere.
        ((0.23, 0.12, 0.42), (0.42, 0.26, 0.66), (0.548, 0.251, 1.195)),
        ((0.22, 0.12, 0.41), (0.42, 0.26, 0.66), (0.524, 0.242, 1.132)),
        ((0.38, 0.25, 0.59), (0.48, 0.35, 0.67), (0.792, 0.462, 1.356)),
    ],
)
def test_bucher_against_worked_values(a, b, expected):
    r = bucher(a, b)
    np.testing.assert_allclose((r.estimate, r.low, r.high), expected, atol=0.006)


def test_bucher_refuses_limits_that_do_not_enclose():
    with pytest.raises(ValueError, match="must enclose"):
        bucher((0.5, 0.6, 0.9), (0.5, 0.4, 0.9))


def test_network_of_two_trials_is_bucher():
    a, b = Ratio(0.23, 0.12, 0.42), Ratio(0.42, 0.26, 0.66)
    rows = [
        TrialContrast("one", "cabozantinib", "placebo", a.log, a.log_se),
        TrialContrast("two", "sunitinib", "placebo", b.log, b.log_se),
    ]
    (net,) = network_meta_analysis(rows)
    assert net.reference == "placebo" and net.df == 0 and np.isnan(net.p)
    np.testing.assert_allclose(net.ratio("cabozantinib", "sunitinib").high, bucher(a, b).high)
    np.testing.assert_allclose(
        net.ratio("sunitinib", "cabozantinib").estimate, 1 / bucher(a, b).estimate
    )
    scores = net.p_scores()
    assert scores["cabozantinib"] > scores["sunitinib"] > scores["placebo"]
    assert len(net.league_table()) == 6


def test_network_pools_like_inverse_variance_and_dersimonian_laird():
    # One pair of treatments: the network is ordinary meta-analysis, here by its textbook formulas.
    y, v = np.array([-0.9, -0.2, -0.6, 0.1]), np.array([0.04, 0.02, 0.05, 0.03])
    rows = [TrialContrast(f"t{i}", "a", "b", yi, vi**0.5) for i, (yi, vi) in enumerate(zip(y, v))]
    w = 1 / v
    fixed = np.sum(w * y) / w.sum()
    q = np.sum(w * (y - fixed) ** 2)
    tau2 = (q - 3) / (w.sum() - np.sum(w**2) / w.sum())
    (net,), (rnd,) = network_meta_analysis(rows), network_meta_analysis(rows, random=True)
    np.testing.assert_allclose([net.ratio("a", "b").log, net.q, net.i2], [fixed, q, (q - 3) / q])
    w = 1 / (v + tau2)
    np.testing.assert_allclose(
        [rnd.tau**2, rnd.ratio("a", "b").log, rnd.ratio("a", "b").log_se],
        [tau2, np.sum(w * y) / w.sum(), w.sum() ** -0.5],
    )


def test_network_loop_agrees_with_generalised_least_squares():
    rows = [
        TrialContrast("1", "a", "b", -0.5, 0.2),
        TrialContrast("2", "c", "b", -0.1, 0.25),
        TrialContrast("3", "a", "c", -0.7, 0.3),
    ]
    (net,) = network_meta_analysis(rows, reference="b")
    # Indirect a-c: -0.4, variance 0.1025; direct -0.7, variance 0.09: pooled by hand.
    w = np.array([1 / 0.1025, 1 / 0.09])
    np.testing.assert_allclose(net.ratio("a", "c").log, (w @ [-0.4, -0.7]) / w.sum())
    np.testing.assert_allclose(net.ratio("a", "c").log_se, w.sum() ** -0.5)
    np.testing.assert_allclose(net.q, 0.3**2 / (0.1025 + 0.09))


def test_network_keeps_unconnected_trials_apart():
    rows = [
        TrialContrast("1", "a", "b", -0.5, 0.2),
        TrialContrast("2", "c", "d", -0.1, 0.2),
        TrialContrast("3", "e", "b", 0.1, 0.2),
    ]
    parts = network_meta_analysis(rows)
    assert [p.treatments for p in parts] == [("b", "a", "e"), ("d", "c")]
    with pytest.raises(ValueError, match="not connected"):
        parts[0].ratio("a", "c")
    with pytest.raises(ValueError, match="more than one comparison of one trial"):
        network_meta_analysis(rows + [rows[0]])


def test_risk_difference_against_newcombe():
    # Newcombe 1998, table II, method 10: 56/70 - 48/80 is 0.2 (0.0524 to 0.3339); 10/10 - 0/10 is 1
    # (0.6075 to 1).
    r = risk_difference(56, 70, 48, 80)
    np.testing.assert_allclose((r.difference, r.low, r.high), (0.2, 0.0524, 0.3339), atol=5e-5)
    np.testing.assert_allclose(
        (r.number_needed, r.number_low, r.number_high), (5.0, 1 / 0.3339, 1 / 0.0524), rtol=1e-3
    )
    r = risk_difference(10, 10, 0, 10)
    np.testing.assert_allclose((r.low, r.high), (0.6075, 1.0), atol=5e-5)
    none = risk_difference(3, 50, 3, 50)
    assert none.number_needed is None and none.crosses_zero and not np.isnan(none.number_high)
    # Newcombe 1998, Stat Med 17:857, table I
    np.testing.assert_allclose(wilson(81, 263), (0.2553, 0.3662), atol=5e-5)
    with pytest.raises(ValueError, match="between 0 and the patients"):
        risk_difference(11, 10, 0, 10)


def switching_trial(psi, n=4000, seed=0):
    rng = np.random.default_rng(seed)
    arm = rng.integers(0, 2, n)
    untreated = rng.weibull(1.2, n) * 12
    start = np.where(arm == 1, 0.0, np.where(rng.random(n) < 0.5, rng.uniform(2, 8, n), np.inf))
    # Time after the start of treatment is stretched by exp(-psi).
    begin = np.minimum(start, untreated)
    time = begin + (untreated - begin) * np.exp(-psi)
    cut = rng.uniform(10, 30, n)
    event = (time <= cut).astype(int)
    time = np.minimum(time, cut)
    share = np.clip(time - start, 0, None) / time
    return time, event, arm, share, cut, untreated


@pytest.mark.parametrize("psi", [-0.5, 0.0, 0.3])
def test_rpsftm_finds_the_simulated_effect(psi):
    time, event, arm, share, cut, untreated = switching_trial(psi)
    back, _ = counterfactual(time[event == 1], event[event == 1], share[event == 1], psi)
    np.testing.assert_allclose(back, untreated[event == 1])
    fit = rpsftm(time, event, arm, share, cut, grid=31, low=-1.2, high=1.2)
    assert fit.low < psi < fit.high and abs(fit.psi - psi) < 0.15
    assert np.isclose(fit.acceleration_factor, np.exp(-fit.psi))
    if psi == -0.5:
        # Intention to treat understates the effect that switching hides.
        assert np.log(treatment_policy_hazard_ratio(time, event, arm)[0]) > -0.5 * 1.2


def test_rpsftm_without_switching_is_accelerated_failure_time():
    time, event, arm, _, cut, _ = switching_trial(0.0, 1500, 3)
    shorter = np.where(arm == 1, time * 1.5, time)
    fit = rpsftm(shorter, event, arm, arm.astype(float), grid=31, low=-1.2, high=1.2)
    assert abs(fit.psi + np.log(1.5)) < 0.15
    with pytest.raises(ValueError, match="between 0 and 1"):
        rpsftm(time, event, arm, arm * 2.0)


def test_dilution_limits_and_inverse():
    assert np.isclose(diluted_hazard_ratio(0.5, 0.0, 3.0, 1.0, 0.05, 24.0), 0.5)
    assert np.isclose(diluted_hazard_ratio(0.5, 0.4, 3.0, 0.0, 0.05, 24.0), 0.5)
    # Everyone over at once with the full effect: nothing is left to see.
    assert np.isclose(diluted_hazard_ratio(0.5, 1.0, 0.0, 1.0, 0.05, 24.0), 1.0)
    seen = diluted_hazard_ratio(0.6, np.array([0.2, 0.5]), 4.0, 0.8, 0.05, 24.0)
    assert 0.6 < seen[0] < seen[1] < 1
    np.testing.assert_allclose(
        undiluted_hazard_ratio(seen, np.array([0.2, 0.5]), 4.0, 0.8, 0.05, 24.0), 0.6, rtol=1e-6
    )
    table = dilution_map(0.85, 0.4, [2.0, 6.0], [0.0, 0.5, 1.0], 0.04, 30.0)
    assert (
        table.shape == (2, 3)
        and np.allclose(table[:, 0], 0.85)
        and np.all(np.diff(table, axis=1) < 0)
        and table[0, 2] < table[1, 2]
    )


def test_dilution_agrees_with_simulation():
    rng = np.random.default_rng(2)
    n, hr, rate = 60_000, 0.6, 0.06
    arm = rng.integers(0, 2, n)
    e, cross = rng.exponential(1, n), rng.random(n) < 0.45
    later = np.where(cross, 1 - 0.7 * (1 - hr), 1.0)
    time = np.where(
        arm == 1,
        e / (rate * hr),
        np.where(e < rate * 5, e / rate, 5 + (e - rate * 5) / (rate * later)),
    )
    event, time = (time <= 24).astype(int), np.minimum(time, 24)
    simulated = treatment_policy_hazard_ratio(time, event, arm)[0]
    np.testing.assert_allclose(
        diluted_hazard_ratio(hr, 0.45, 5.0, 0.7, rate, 24.0), simulated, rtol=0.03
    )

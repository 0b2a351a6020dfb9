"""Decision rules against published results and exact re-runs."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment.economics.analysis.cost_effectiveness import (
    NO_DIFFERENCE,
    NORTH_EAST,
    NORTH_WEST,
    SOUTH_EAST,
    SOUTH_WEST,
    Increment,
    frontier,
    increment,
    price_at_threshold,
    zero_price_increment,
)
from assessment.economics.model.drug_cost import (
    PackDosing,
    drug_cost,
    packs_dispensed,
    pharmacy_price,
)
from assessment.economics.time.discounting import constant_discounting
from assessment.economics.verification.weibull_model import (
    CommonInputs,
    WeibullStrategy,
    compare_weibull,
)
from assessment.survival import Exponential

FOUR = constant_discounting(0.04)


def hiv_model(risk_ratio, combination_years):
    """Briggs, Claxton & Sculpher 2006, exercise 2.5: zidovudine alone or with lamivudine; costs at
    6 %, life years undiscounted.
    """
    counts = np.array([[1251, 350, 116, 17], [0, 731, 512, 15], [0, 0, 1312, 437]], float)
    base = counts / counts.sum(axis=1, keepdims=True)
    states, cost, years = np.array([1.0, 0, 0, 0]), 0.0, 0.0
    for year in range(1, 21):
        together = year <= combination_years
        p = base.copy()
        if together:
            p *= risk_ratio
        for s in range(3):
            p[s, s] = 0
            p[s, s] = 1 - p[s].sum()
        states = states[:3] @ p + np.array([0, 0, 0, states[3]])
        drug = 2278 + (2086.5 if together else 0)
        cost += states[:3] @ (np.array([2756, 3052, 9007]) + drug) / 1.06**year
        years += states[:3].sum()
    return cost, years


def test_hiv_model_of_the_textbook():
    alone, together = hiv_model(1.0, 0), hiv_model(0.509, 2)
    assert alone == pytest.approx((44_663.4535637, 7.9912066), rel=1e-8)
    assert together == pytest.approx((50_601.6513312, 8.9373889), rel=1e-8)
    found = increment([together[0], alone[0]], [together[1], alone[1]])
    assert float(found.icer) == pytest.approx(6275.955603531786, rel=1e-12)


def test_screening_frontier():
    names = ["none", "one time", "every 5 years", "every 3 years", "every year"]
    table = frontier(
        names,
        [26000, 27000, 28020, 28440, 29440],
        np.array([277.25, 277.57, 277.78, 277.83, 277.76]) / 12,
    )
    assert table["icer"].iloc[1:4].to_numpy() == pytest.approx([37_500, 58_285.714285714, 100_800])
    assert (
        table["strategy"].tolist()[-1] == "every year" and table["status"].iloc[-1] == "dominated"
    )


def test_extended_dominance_and_ties():
    table = frontier(["a", "b", "c", "d", "a again"], [0, 9, 10, 10, 0], [0, 1, 5, 4, 0]).set_index(
        "strategy"
    )
    assert table["status"].to_dict() == {
        "a": "on the frontier",
        "c": "on the frontier",
        "b": "extended dominated",
        "d": "dominated",
        "a again": "dominated",
    }
    assert table.loc["c", "icer"] == 2


@given(
    st.lists(st.tuples(st.integers(0, 50), st.integers(0, 20)), min_size=1, max_size=7),
    st.randoms(),
)
def test_the_frontier_is_what_maximises_net_benefit_at_some_threshold(points, shuffle):
    shuffle.shuffle(points)
    cost, effect = np.array(points, float).T
    table = frontier([str(i) for i in range(len(points))], cost, effect)
    on = table[table["status"] == "on the frontier"]
    ratios = on["icer"].dropna().to_numpy()
    assert np.all(np.diff(ratios) > 0) and np.all(ratios >= 0)
    for threshold in np.concatenate([[0], ratios + 1e-7, ratios - 1e-7, [1e9]]):
        best = (threshold * effect - cost).max()
        assert (threshold * on["effect"] - on["cost"]).max() == pytest.approx(best, abs=1e-6)


def test_quadrants_and_ratios():
    found = Increment([1.0, -1, -1, 1, 0, 0, 3], [2.0, 2, -4, -1, 0, 1, 0])
    assert found.quadrant.tolist() == [
        NORTH_EAST,
        SOUTH_EAST,
        SOUTH_WEST,
        NORTH_WEST,
        NO_DIFFERENCE,
        SOUTH_EAST,
        NORTH_WEST,
    ]
    assert (
        found.icer[[0, 2]].tolist() == [0.5, 0.25] and np.isnan(found.icer[[1, 3, 4, 5, 6]]).all()
    )
    assert found.net_monetary_benefit(10.0).tolist() == [19, 21, -39, -11, 0, 10, -3]
    assert found.net_health_benefit(10.0) == pytest.approx(found.net_monetary_benefit(10.0) / 10)


def test_swapping_arms_changes_signs_only():
    there, back = increment([5.0, 2.0], [3.0, 2.5], 0, 1), increment([5.0, 2.0], [3.0, 2.5], 1, 0)
    assert there.icer == back.icer == 6 and there.net_monetary_benefit(
        7
    ) == -back.net_monetary_benefit(7)


def test_the_threshold_price_meets_the_threshold_on_a_re_run():
    common = CommonInputs(0.8, 0.7, 2e4, 3e4, 7e4)
    packs_per_year = float(PackDosing(30).packs_per_year)

    def increments(price):
        a = WeibullStrategy([1.2, 1.1], 1.2, 1.1, [2.9, 2.2], price * packs_per_year)
        r = compare_weibull([a, WeibullStrategy(1.0, 0.4, 1.1, 2.0)], common)
        return increment(r.costs, r.qalys)

    free, packs = zero_price_increment(lambda p: increments(p).cost, increments(0).effect, 50_000)
    for threshold in (275_000, 605_000, 825_000):
        found = price_at_threshold(threshold, free, packs)
        for draw, price in enumerate(found.price):
            if found.met[draw]:
                assert increments(price).icer[draw] == pytest.approx(threshold, rel=1e-9)
            assert increments(0).net_monetary_benefit(threshold)[draw] == pytest.approx(
                price * packs[draw]
            )
    with pytest.raises(ValueError, match="not linear in the price"):
        zero_price_increment(lambda p: p**2, 1.0, 10)


@pytest.mark.parametrize(
    "wrong, message",
    [
        (lambda: PackDosing(30, dosed_days_share=1.2), "Write 0.9, not 90"),
        (lambda: PackDosing(0), "above 0"),
        (lambda: drug_cost(3, -1), "a price is 0 or more"),
        (lambda: pharmacy_price(float("nan")), "not NaN"),
        (lambda: Increment(float("nan"), 1.0), "must be finite"),
        (lambda: frontier([], [], []), "one or more strategies"),
        (lambda: frontier(["a"], [np.nan], [1]), "Average draws first"),
        (lambda: price_at_threshold(1e5, Increment(1.0, 1.0), 0), "buys more units"),
        (lambda: Increment(1.0, 1.0).net_health_benefit(0), "threshold above 0"),
        (
            lambda: packs_dispensed(
                Exponential(1.0), PackDosing(30, dosed_days_share=0.0), 20, FOUR
            ),
            "nobody takes a tablet",
        ),
    ],
)
def test_bad_input_is_told_with_the_next_step(wrong, message):
    with pytest.raises(ValueError, match=message):
        wrong()


def test_an_increment_is_shown_as_its_mean():
    draws = Increment([10_000.0, 30_000.0], [0.1, 0.3])
    row = draws.to_frame().iloc[0].to_dict()
    assert row == {
        "cost": 20_000.0,
        "effect": pytest.approx(0.2),
        "icer": pytest.approx(100_000.0),
        "quadrant": NORTH_EAST,
    }
    assert np.isnan(Increment(-5.0, 0.1).to_frame()["icer"][0]), "no ratio where one dominates"
    assert "20000" in draws._repr_html_() or "2e+04" in draws._repr_html_()

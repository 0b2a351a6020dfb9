"""Figures and tables of the economics chapter say what the model says, name their assumptions, and
name what turns the conclusion.
"""

import altair as alt
import numpy as np
import pandas as pd
import pytest

from assessment.case.model import decision_runs, runs
from assessment.case.model.inputs.model_inputs import COHORTS
from assessment.case.trial.trial import COHORTS as NAMES
from assessment.economics.analysis.acceptability import acceptability as exact
from assessment.evidence import load_facts
from assessment.pages.economics import budget_figures, price_figures
from assessment.pages.economics.base_case import base_case_tables
from assessment.pages.economics.information import information_figure, worth_of_knowledge
from assessment.pages.economics.scenarios import (
    price_by_hazard_ratio,
    scenario_dots,
    subgroup_results,
)
from assessment.pages.economics.shared import model_answers
from assessment.pages.economics.uncertainty import (
    acceptability_curves,
    convergence_of_draws,
    cost_effectiveness_plane,
    tornado,
)
from assessment.presentation import numbers, theme
from assessment.presentation.show import NARROW, WIDE

FIGURES = {
    f.__name__: f
    for f in (
        tornado.tornado_figure,
        cost_effectiveness_plane.plane_figure,
        acceptability_curves.acceptability_figure,
        convergence_of_draws.convergence_figure,
        information_figure.information_figure,
        scenario_dots.scenario_figure,
        price_by_hazard_ratio.price_by_hazard_ratio_figure,
        subgroup_results.subgroup_figure,
        budget_figures.budget_figure,
        price_figures.price_figure,
    )
}


@pytest.mark.parametrize("name", FIGURES)
def test_every_figure_names_the_assumed_price_and_the_calibrated_curves(name):
    figure = FIGURES[name]()
    assert len(figure.alt) > 60 and not figure.table.empty
    price = numbers.number(load_facts()["economics.price.cabometyx.assumed"].number)
    for width in (WIDE, NARROW):
        title = figure.draw(width).to_dict()["title"]["text"]
        title = title if isinstance(title, str) else " ".join(title)
        assert f"◆ Assumption: {price}" in title and "not digitised" in title


@pytest.mark.parametrize("cohort", COHORTS)
def test_plane_and_acceptability_count_the_draws_again(cohort):
    draws, value = runs.draws(cohort), runs.severity(cohort).reference_nok_per_qaly
    gain, cost = draws.qalys[0] - draws.qalys[1], draws.costs[0] - draws.costs[1]
    shown = cost_effectiveness_plane.plane_figure().table.set_index("Cohort").loc[NAMES[cohort]]
    assert shown["QALYs gained, mean"] == numbers.number(gain.mean(), 2)
    worth = 100 * np.mean(value * gain > cost)
    assert (
        shown["Worth it at the class's value"]
        == numbers.number(worth, 1 if 0 < worth < 10 else 0) + "\u00a0%"
    )
    table = acceptability_curves.acceptability_figure().table
    row = table[(table["Cohort"] == NAMES[cohort]) & (table["NOK per QALY"] == 2_000_000)].iloc[0]
    assert row["Cabozantinib, %"] == pytest.approx(100 * np.mean(2e6 * gain > cost), abs=0.06)


def test_the_ellipse_holds_nineteen_in_twenty_normal_draws():
    x, y = np.random.default_rng(1).multivariate_normal([0, 0], [[1, 0.6], [0.6, 2]], 40_000).T
    outline = cost_effectiveness_plane.normal_ellipse(x, y)
    inverse = np.linalg.inv(np.cov(x, y))
    points = np.stack([outline["x"] - x.mean(), outline["y"] - y.mean()])
    edge = np.einsum("ik,ij,jk->k", points, inverse, points)
    inside = (
        np.einsum(
            "ik,ij,jk->k",
            np.stack([x - x.mean(), y - y.mean()]),
            inverse,
            np.stack([x - x.mean(), y - y.mean()]),
        )
        < edge.mean()
    )
    assert np.ptp(edge) < 1e-9 and inside.mean() == pytest.approx(0.95, abs=0.005)


@pytest.mark.parametrize("cohort", COHORTS)
def test_no_knowledge_is_worth_more_than_all_of_it(cohort):
    rows = worth_of_knowledge.value_per_patient(cohort)
    everything = rows[rows["kind"] == "all"].set_index(["threshold", "price"])["value"]
    for r in rows[rows["kind"] != "all"].itertuples():
        assert 0 <= r.value <= everything[r.threshold, r.price] * 1.001
    draws, own = runs.draws(cohort), runs.severity(cohort).reference_nok_per_qaly
    turns, assumed = worth_of_knowledge.prices_asked(cohort, own)
    assert everything[own, assumed] == pytest.approx(exact(draws.costs, draws.qalys, [own]).evpi[0])
    assert everything[own, turns] > everything[own, assumed]
    groups = worth_of_knowledge.group_values(cohort)
    for r in groups.itertuples():
        limit = everything[r.threshold, r.price]
        assert r.evppi <= limit + 3 * r.standard_error


def test_patients_ahead_reckoned_by_hand():
    # 40 to 80 a year (DMP), 68 in a hundred outside the pancreas, five years at 4 %: an annuity due.
    annuity = (1 - 1.04**-5) / 0.04 * 1.04
    assert worth_of_knowledge.patients_ahead("epnet") == pytest.approx(
        (40 * 0.68 * annuity, 80 * 0.68 * annuity)
    )
    assert sum(worth_of_knowledge.patients_ahead(c)[1] for c in COHORTS) == pytest.approx(
        80 * annuity
    )


@pytest.mark.parametrize("cohort", COHORTS)
def test_the_short_table_of_the_base_case_says_what_the_full_one_says(cohort):
    short, full = (
        table().frame.set_index(table().frame.columns[0])[NAMES[cohort]]
        for table in (base_case_tables.base_case_table, base_case_tables.decision_table)
    )
    assert short["QALYs gained"] == full["QALYs gained (95 % interval)"]
    assert (
        f"{short['Added cost, million NOK']} million NOK".replace(" million", "\u00a0million")
        == (full["Added cost (95 % interval)"])
    )
    benefit = short["Net benefit at the value of its class, million NOK"]
    assert full["Net benefit at the class's value"].startswith(benefit)
    life_years = runs.base(cohort).increment_life_years.effect
    assert short["Life years gained"].startswith(numbers.number(float(life_years), 2))


def test_small_kinds_of_the_budget_stand_together_and_nothing_is_lost():
    frame = budget_figures.budget_table().frame
    parts, whole = frame.iloc[:-1, 1:], frame.iloc[-1, 1:].astype(float)
    assert np.allclose(parts.sum(), whole, rtol=1e-9)
    named = parts[frame.iloc[:-1, 0] != "everything smaller"]
    assert (named.abs().max(axis=1) >= 0.05).all()


@pytest.mark.parametrize("cohort", COHORTS)
def test_a_price_that_is_enough_brings_the_net_benefit_to_nothing(cohort):
    """The interval of the price by its meaning: at its ends one draw in forty is worth it, or not."""
    value, drawn = runs.severity(cohort).reference_nok_per_qaly, runs.draws(cohort)
    base, assumed = runs.base(cohort), load_facts()["economics.price.cabometyx.assumed"].number
    low, high = model_answers.price_limits(cohort, value)
    gain, cost = drawn.qalys[0] - drawn.qalys[1], drawn.costs[0] - drawn.costs[1]
    for price, share in ((low, 0.975), (high, 0.025)):
        worth = value * gain - (cost + drawn.packs * (price - assumed))
        assert np.mean(worth > 0) == pytest.approx(share, abs=2e-4)
    price = float(base.price_at(value).price)
    left = (
        value * base.increment.effect - base.increment.cost - base.packs_bought * (price - assumed)
    )
    assert float(left) == pytest.approx(0, abs=1e-3)
    table = price_figures.price_figure().table
    own = table[(table["Cohort"] == NAMES[cohort]) & (table["Value of a QALY, NOK"] == value)]
    crossing = np.interp(0, -own["Net benefit, million NOK"], own["Price of a pack, thousand NOK"])
    assert 1000 * crossing == pytest.approx(max(price, 0.0), abs=200)


def test_budget_shows_what_the_model_gives():
    table, model = budget_figures.budget_figure().table, decision_runs.budgets()["base"]
    assert np.allclose(table["Net, million NOK"], model.net / 1e6, atol=0.06)
    assert np.allclose(
        table[NAMES["epnet"]] + table[NAMES["pnet"]], table["Net, million NOK"], atol=0.11
    )


def test_charts_get_the_rows_that_altair_itself_would_give_them():
    plain = pd.DataFrame(
        {
            "a": [1.0, np.nan, np.inf],
            "b": ["x", None, "z"],
            "c": [True, False, True],
            "d": [1, 2, 3],
        }
    )
    for frame in (
        plain,
        plain.iloc[:0],
        plain.assign(day=pd.Timestamp("2025-01-01")),
        plain.assign(kind=pd.Categorical(["p", "q", None])),
    ):
        assert theme.rows(frame) == alt.to_values(frame)

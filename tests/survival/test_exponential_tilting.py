"""Weights of least change, against what is known in closed form; the ratio that Cox's estimate
tends to, against lifelines and proportional hazards."""

import numpy as np
import pandas as pd
import pytest
from lifelines import CoxPHFitter
from scipy.stats import norm

from assessment.survival.comparison.cox_limit import cox_limit
from assessment.survival.distributions.parametric import Weibull
from assessment.survival.estimation.exponential_tilting import tilted


def test_a_normal_tilted_to_another_mean_is_the_normal_moved():
    # Tilting N(0, 1) to mean m gives N(m, 1): λ = m, relative entropy m² / 2, effective share
    # exp(−m²). (E.g. Cover & Thomas 2006, example 12.2.2.)
    x, m = norm.ppf((np.arange(200_000) + 0.5) / 200_000), 0.6
    found = tilted(x[:, None], [m])
    assert found.multipliers[0] == pytest.approx(m, abs=1e-3)
    assert found.entropy == pytest.approx(m**2 / 2, abs=1e-3)
    assert found.effective / x.size == pytest.approx(np.exp(-(m**2)), rel=1e-2)
    assert found.weights @ (x - m) ** 2 == pytest.approx(1, abs=2e-3)


def test_the_loaded_die_of_jaynes():
    # Six faces, mean 4.5: the weights printed by Jaynes 1978, Where do we stand on maximum entropy?
    found = tilted(np.arange(1, 7)[:, None], [4.5])
    assert found.weights == pytest.approx(
        [0.05435, 0.07877, 0.11416, 0.16545, 0.23977, 0.34749], abs=6e-6
    )


def test_nothing_moves_where_the_means_are_met_and_weights_before_count():
    x = np.random.default_rng(3).standard_normal((500, 2))
    before = np.random.default_rng(4).random(500)
    met = tilted(x, (before / before.sum()) @ x, before)
    assert met.weights == pytest.approx(before / before.sum()) and met.entropy < 1e-12
    moved = tilted(x, [0.3, -0.2], before)
    assert moved.weights @ x == pytest.approx([0.3, -0.2], abs=1e-8)
    assert moved.entropy > 0 and moved.effective < met.effective


def test_means_that_no_weights_reach_are_refused():
    with pytest.raises(ValueError, match="outside what the draws span"):
        tilted(np.linspace(0, 1, 50)[:, None], [1.5])


def test_under_proportional_hazards_the_limit_is_the_ratio():
    t = np.linspace(0, 60, 400)
    control = np.stack([(t / 20) ** 1.3, (t / 30) ** 0.8])
    ratios = np.array([0.4, 1.2])
    followed = np.clip(1 - t / 60, 0, 1)
    assert np.exp(cox_limit(control * ratios[:, None], control, followed, 0.6)) == pytest.approx(
        ratios, rel=1e-3
    )


def test_where_hazards_converge_the_limit_is_what_a_large_trial_fits():
    rng, n = np.random.default_rng(5), 40_000
    treated, control = (
        Weibull(np.array(1.5), np.array(26.0)),
        Weibull(np.array(1.0), np.array(18.0)),
    )
    arm = rng.random(n) < 2 / 3
    u = -np.log(rng.random(n))
    time = np.where(arm, 26.0 * u ** (1 / 1.5), 18.0 * u)
    censored = rng.uniform(0, 40, n)
    rows = pd.DataFrame(
        {"t": np.minimum(time, censored), "e": time <= censored, "arm": arm.astype(float)}
    )
    fitted = CoxPHFitter().fit(rows, "t", "e")
    t = np.linspace(0, 40, 800)
    limit = cox_limit(
        treated.cumulative_hazard(t)[None],
        control.cumulative_hazard(t)[None],
        1 - t / 40,
        2 / 3,
    )[0]
    assert limit == pytest.approx(fitted.params_["arm"], abs=3 * fitted.standard_errors_["arm"])

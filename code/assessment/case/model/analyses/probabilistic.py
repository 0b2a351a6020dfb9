"""Every uncertainty at once: draws of all inputs and of the curves, what they say about the decision."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

import numpy as np

from assessment.case.model.costs.cost_utility import run_model
from assessment.case.model.curves.strategy_occupancy import strategy_occupancy
from assessment.case.model.inputs.input_checks import allowed_range
from assessment.case.model.inputs.model_inputs import distributions, model_inputs
from assessment.case.model.inputs.settings import TREATED, Settings
from assessment.economics.analysis.cost_effectiveness import Increment
from assessment.economics.analysis.monte_carlo import draw_inputs, run_draws
from assessment.economics.time.discounting import constant_discounting

DRAWS, SEED = 10_000, 2025
# What is told apart in the curves: years gained without progression and of life, undiscounted.
CURVES = {"progression": "years_gained_progression_free", "survival": "years_gained_of_life"}


@dataclass(frozen=True, eq=False)
class Draws:
    """Results by draw. ``costs``, ``qalys``, ``life_years``: (2, draws), the treated strategy
    first; ``packs``: (draws,) of the treated less the comparator; ``inputs``: draws of every input
    that varies, and of the curves' summaries (CURVES).

    ``comparator_undiscounted_qalys``: of the comparator arm, from which severity is reckoned.

    ``rows`` says which draw of the curves was used; ``crossings``: the share of draws in which PFS
    had to be capped at OS.
    """

    settings: Settings
    costs: np.ndarray
    qalys: np.ndarray
    life_years: np.ndarray
    packs: np.ndarray
    inputs: Mapping[str, np.ndarray]
    rows: np.ndarray
    crossings: float
    comparator_undiscounted_qalys: np.ndarray

    @property
    def increment(self) -> Increment:
        """Cost and QALYs by draw, the drug less comparator."""
        return Increment(self.costs[0] - self.costs[1], self.qalys[0] - self.qalys[1])

    @property
    def strategies(self) -> tuple[str, str]:
        """Names in the order of the rows: the treated, then the comparator."""
        return TREATED, self.settings.comparator


def probabilistic(
    settings: Settings = Settings(),
    draws: int = DRAWS,
    seed: int = SEED,
    workers: int | Callable = 1,
    progress: Callable[[int, int], None] | None = None,
    price_per_pack_nok: float | None = None,
    means: Mapping[str, float] | None = None,
) -> Draws:
    """``draws`` runs of the model with all inputs and curves drawn. Same seed, same bits, whoever
    runs the chunks (see ``running.run``).

    ``price_per_pack_nok`` replaces the assumed price; a price is decided, not uncertain, so it does
    not vary between draws. ``means``: other means for the inputs named. Shares and utilities keep
    their spread and are moved, within what is allowed of them; amounts keep their spread relative
    to the mean.
    """
    drawn = run_draws(
        partial(_model, settings, price_per_pack_nok, dict(means or {})),
        draws,
        seed,
        workers,
        progress=progress,
    )
    varying = [
        name
        for name, given in model_inputs(settings.cohort).items()
        if given.kind not in ("fixed", "decision")
    ]
    inputs = {name: drawn[name] for name in varying} | {
        name: drawn[name] for name in CURVES.values()
    }
    return Draws(
        settings,
        drawn["costs"],
        drawn["qalys"],
        drawn["life_years"],
        drawn["packs"],
        inputs,
        drawn["rows"],
        float(drawn["crossed"].mean()),
        drawn["comparator_undiscounted_qalys"],
    )


def _model(
    settings: Settings,
    price: float | None,
    means: Mapping[str, float],
    rng: np.random.Generator,
    n: int,
) -> dict[str, np.ndarray]:
    inputs = draw_inputs(distributions(model_inputs(settings.cohort)), rng, n)
    if price is not None:
        inputs["price_per_pack_nok"] = np.full(n, float(price))
    for name, mean in means.items():
        inputs[name] = _with_mean(name, inputs[name], mean, settings.cohort)
    # Every draw of the curves as often as any other, in random order: their mean is that of the
    # base case.
    rows = rng.permutation(
        (rng.integers(0, strategy_occupancy(settings).size) + np.arange(n))
        % strategy_occupancy(settings).size
    )
    results = run_model(inputs, settings, rows)

    def both(of):
        return np.stack([np.broadcast_to(of(s), n) for s in (results.treated, results.comparator)])

    gained = curve_gains(settings)
    return (
        inputs
        | {name: gains[rows] for name, gains in gained.items()}
        | {
            "costs": both(lambda s: s.cost),
            "qalys": both(lambda s: s.qalys),
            "life_years": both(lambda s: s.life_years),
            "packs": np.broadcast_to(results.packs_bought, n),
            "comparator_undiscounted_qalys": np.broadcast_to(
                results.comparator.undiscounted_qalys, n
            ),
            "rows": rows,
            "crossed": strategy_occupancy(settings).occupancy[TREATED].crossed[rows],
        }
    )


def _with_mean(name: str, drawn: np.ndarray, mean: float, cohort: str) -> np.ndarray:
    """Draws of an input with another mean."""
    before = model_inputs(cohort)[name].value
    least, most, _positive = allowed_range(name)
    if before > 0 and np.isinf(most):
        return drawn * (mean / before)
    # a share of 1 itself is refused of some inputs
    return np.clip(drawn + (mean - before), least, most - 1e-9)


def curve_gains(settings: Settings) -> dict[str, np.ndarray]:
    """Undiscounted years gained without progression and of life, the drug less comparator, for
    each draw of the curves.
    """
    table = strategy_occupancy(settings)
    years = table.grid.weights(constant_discounting(0.0))
    treated, other = table.occupancy[TREATED], table.occupancy[settings.comparator]
    return {
        CURVES["progression"]: (treated.progression_free - other.progression_free) @ years,
        CURVES["survival"]: (treated.alive - other.alive) @ years,
    }


def price_distribution(
    draws: Draws, threshold_nok_per_qaly: float, price_per_pack_nok: float | None = None
) -> np.ndarray:
    """Price per pack at which each draw's net benefit is 0; negative where even a free drug would
    cost too much. ``price_per_pack_nok``: of the draws' run, None for the assumed price.
    """
    increment, price = draws.increment, price_per_pack_nok
    if price is None:
        price = float(model_inputs(draws.settings.cohort)["price_per_pack_nok"].value)
    return (
        threshold_nok_per_qaly * increment.effect - (increment.cost - draws.packs * price)
    ) / draws.packs

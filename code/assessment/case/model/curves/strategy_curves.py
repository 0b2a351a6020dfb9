"""The trial's curves for both strategies of a run: draws of progression and of survival, with the
settings' assumption about the effect on survival.

Draws of the two arms belong together within an endpoint; progression and survival were calibrated
apart, so their draws are paired by which progression-free survival exceeds survival least (module
`draw_pairing`), and at random where it does not. A hazard ratio from an indirect comparison or from the
dilution model has its own draw in every row.
"""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np

from assessment.case.model.curves.thinned_draws import NoCurve, thinned_draws
from assessment.case.model.inputs.settings import CONTROL, FEWEST_DRAWS, TREATED, Settings
from assessment.case.trial.crossover_dilution import dilution
from assessment.case.trial.indirect_comparisons import contrasts, survival_contrasts
from assessment.case.trial.trial import CASE, COHORTS
from assessment.economics.model.adjusted_hazard import Mortality
from assessment.economics.model.curve_draws import ProportionalHazards, SelectedDraws
from assessment.economics.model.draw_pairing import least_crossing
from assessment.economics.time.time_units import MONTHS_PER_YEAR
from assessment.evidence import load_population_table
from assessment.evidence.provenance.result_cache import cached_result

SEED = 48
PAIRING_POINTS = 100
Curves: TypeAlias = dict[str, Any]  # by strategy, or by arm; times in months


def strategy_curves(settings: Settings) -> tuple[Curves, Curves, np.ndarray, tuple[str, ...]]:
    """({strategy: PFS curve}, {strategy: OS curve}, family of each draw, assumptions), before the
    mortality floor.
    """
    cohort, name, other = settings.cohort, settings.analysis_set, settings.comparator
    rng = np.random.default_rng(SEED)
    free, _, _ = selected_draws("pfs", settings)
    alive, families, assumed = selected_draws("os", settings)
    free, alive, size = dict(free), dict(alive), families.size
    effect = settings.survival_effect
    if effect in ("none", "progression gain kept"):
        alive["t"] = alive["c"]
    elif effect == "without crossover":
        diluted = dilution(cohort, name)
        if diluted is None:
            raise NoCurve(
                f"no hazard ratio or no crossover is printed for {cohort} in the set '{name}'"
            )
        alive["c"], assumed = (
            ProportionalHazards(alive["c"], diluted.observed.number / float(diluted.undiluted())),
            (*assumed, "crossover"),
        )
    elif not isinstance(effect, str):
        alive["t"] = ProportionalHazards(alive["c"], float(effect))
    if other == CONTROL:
        return (
            {TREATED: free["t"], other: free["c"]},
            {TREATED: alive["t"], other: alive["c"]},
            families,
            assumed,
        )

    def draw(ratio):
        return np.exp(np.log(ratio.estimate) + ratio.log_se * rng.standard_normal(size))

    def same(c):
        return (c.group, c.against, c.analysis_set) == (cohort, other, name)

    against = next((c for c in contrasts() if same(c) and c.like), None)
    if against is None:
        raise NoCurve(
            f"no trial connects {CASE.drug.label} to {other} in {COHORTS[cohort]}, set '{name}'"
        )
    lived = next((c for c, *_ in survival_contrasts() if same(c)), None)
    survival_of_other = (
        alive["t"] if lived is None else ProportionalHazards(alive["t"], 1 / draw(lived.ratio))
    )
    return (
        {TREATED: free["t"], other: ProportionalHazards(free["t"], 1 / draw(against.ratio))},
        {TREATED: alive["t"], other: survival_of_other},
        families,
        (*assumed, "indirect", *(("same survival",) if lived is None else ())),
    )


def selected_draws(endpoint: str, settings: Settings):
    """({arm "t" or "c": curve}, family of each draw, assumptions): ``curve_draws`` draws in random
    order, fewer where a family has fewer.
    """
    return _selected(
        endpoint, settings.cohort, settings.analysis_set, settings.family, settings.curve_draws
    )


@cached_result(maxsize=32)
def _selected(endpoint: str, cohort: str, analysis_set: str, family: str | None, count: int):
    by_endpoint = [thinned_draws(name, cohort, analysis_set) for name in ("pfs", "os")]
    size = min(draws.rows(count, family).size for draws in by_endpoint)
    if size < FEWEST_DRAWS:
        raise NoCurve(
            f"too few draws of the family '{family}' agree with the printed results ({size})"
        )
    draws = by_endpoint[endpoint == "os"]
    rows = _paired_rows(cohort, analysis_set, family, size)[endpoint == "os"]
    return (
        {arm: SelectedDraws.of(draws.parts[arm], rows) for arm in "tc"},
        draws.names[rows],
        draws.assumed,
    )


@cached_result(maxsize=32)
def _paired_rows(
    cohort: str, analysis_set: str, family: str | None, size: int
) -> tuple[np.ndarray, np.ndarray]:
    """Draws of progression and of survival that go together, in random order; both as in the base
    case, nobody dying at a lower rate than the population.
    """
    rng = np.random.default_rng(SEED)
    free, alive = (thinned_draws(name, cohort, analysis_set) for name in ("pfs", "os"))
    rows = [rng.permutation(draws.rows(size, family)) for draws in (free, alive)]
    settings = Settings(cohort, analysis_set)
    years = settings.horizon * np.linspace(0, 1, PAIRING_POINTS) ** 1.6
    mortality = Mortality(load_population_table("life-table"), settings.start_age_years)
    floor = np.diff(years) * mortality.hazard((years[1:] + years[:-1]) / 2)

    def survival(draws, arm, chosen):
        curve = SelectedDraws.of(draws.parts[arm], chosen)
        rise = np.diff(curve.cumulative_hazard(MONTHS_PER_YEAR * years), axis=1)
        return np.exp(-np.cumsum(np.pad(np.maximum(rise, floor), ((0, 0), (1, 0))), axis=1))

    inner, outer = (
        [survival(draws, arm, chosen) for arm in "tc"] for draws, chosen in zip((free, alive), rows)
    )
    weights = np.gradient(years) * settings.rates().factor(years)
    return rows[0], rows[1][least_crossing(inner, outer, weights, rng)]

"""Draws of the curves of progression and of survival that go together.

They were calibrated apart. A patient cannot live longer without progression than at all, so they
are paired by which progression-free survival exceeds survival least (module `draw_pairing`), and at
random where it does not.
"""

from __future__ import annotations

import numpy as np

from assessment.case.model.curves.thinned_draws import NoCurve, ThinnedDraws, thinned_draws
from assessment.case.model.inputs.settings import FEWEST_DRAWS, Settings
from assessment.case.trial.trial import COHORTS, load_trial
from assessment.case.trial.trial_summaries import printed, summaries
from assessment.economics.model.adjusted_hazard import Mortality
from assessment.economics.model.curve_draws import SelectedDraws
from assessment.economics.model.draw_pairing import least_crossing
from assessment.economics.time.time_units import MONTHS_PER_YEAR
from assessment.evidence import load_population_table
from assessment.evidence.provenance.result_cache import cached_result
from assessment.survival.distributions.parametric import Exponential

SEED = 48
PAIRING_POINTS = 100


def selected_draws(endpoint: str, settings: Settings):
    """({arm "t" or "c": curve}, family of each draw, assumptions): ``curve_draws`` draws in random
    order, fewer where a family has fewer; one where the settings ask for exponential curves.
    """
    if settings.curves == "exponential":
        return _exponential(endpoint, settings.cohort, settings.analysis_set)
    return _selected(
        endpoint,
        settings.cohort,
        settings.analysis_set,
        settings.family,
        settings.curve_draws,
        settings.followup_months,
    )


def _exponential(endpoint: str, cohort: str, analysis_set: str):
    """Exponential curves through the printed medians of both arms."""
    told = summaries(printed(load_trial(analysis_set), endpoint, cohort))
    medians = {arm: told.get("median", arm) for arm in "tc"}
    if not all(median and np.isfinite(median) for median in medians.values()):
        raise NoCurve(
            f"{endpoint.upper()} of {COHORTS[cohort]} in the set '{analysis_set}': no median"
        )
    curves = {
        arm: SelectedDraws.of((Exponential(np.array([np.log(2) / median])),), np.array([0]))
        for arm, median in medians.items()
    }
    return curves, np.array(["exponential"]), ("medians",)


@cached_result(maxsize=32)
def _selected(
    endpoint: str,
    cohort: str,
    analysis_set: str,
    family: str | None,
    count: int,
    followup_months: float | None,
):
    by_endpoint = _both_endpoints(cohort, analysis_set, followup_months)
    size = min(draws.rows(count, family).size for draws in by_endpoint)
    if size < FEWEST_DRAWS:
        raise NoCurve(
            f"too few draws of the family '{family}' agree with the printed results ({size})"
        )
    draws = by_endpoint[endpoint == "os"]
    follow_up = "" if followup_months is None else f"{followup_months:g}"
    rows = _paired_rows(cohort, analysis_set, follow_up, family or "", str(size))[endpoint == "os"]
    return (
        {arm: SelectedDraws.of(draws.parts[arm], rows) for arm in "tc"},
        draws.names[rows],
        draws.assumed,
    )


@cached_result(maxsize=32, disk=True)
def _paired_rows(
    cohort: str, analysis_set: str, followup_months: str, family: str, size: str
) -> tuple[np.ndarray, np.ndarray]:
    """Draws of progression and of survival that go together, in random order; both as in the base
    case, nobody dying at a lower rate than the population. "" for what is not chosen.
    """
    rng = np.random.default_rng(SEED)
    both = _both_endpoints(
        cohort, analysis_set, float(followup_months) if followup_months else None
    )
    rows = [rng.permutation(draws.rows(int(size), family or None)) for draws in both]
    settings = Settings(cohort, analysis_set)
    years = settings.horizon * np.linspace(0, 1, PAIRING_POINTS) ** 1.6
    mortality = Mortality(load_population_table("life-table"), settings.start_age_years)
    floor = np.diff(years) * mortality.hazard((years[1:] + years[:-1]) / 2)

    def survival(draws, arm, chosen):
        curve = SelectedDraws.of(draws.parts[arm], chosen)
        rise = np.diff(curve.cumulative_hazard(MONTHS_PER_YEAR * years), axis=1)
        return np.exp(-np.cumsum(np.pad(np.maximum(rise, floor), ((0, 0), (1, 0))), axis=1))

    inner, outer = (
        [survival(draws, arm, chosen) for arm in "tc"] for draws, chosen in zip(both, rows)
    )
    weights = np.gradient(years) * settings.rates().factor(years)
    return rows[0], rows[1][least_crossing(inner, outer, weights, rng)]


def _both_endpoints(
    cohort: str, analysis_set: str, followup_months: float | None
) -> tuple[ThinnedDraws, ThinnedDraws]:
    """All draws of progression and of survival; a follow-up of its own concerns survival alone."""
    own = () if followup_months is None else (f"{followup_months:g}",)
    return (
        thinned_draws("pfs", cohort, analysis_set),
        thinned_draws("os", cohort, analysis_set, *own),
    )

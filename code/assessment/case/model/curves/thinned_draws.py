"""The trial's draws as the economic model uses them: the same as on the pages about the trial, with
the years gained as the model counts them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from assessment.case.model.inputs.settings import Settings
from assessment.case.trial.trial import COHORTS, load_trial
from assessment.case.trial.trial_draws import LARGEST_CUMULATIVE, TrialDraws, trial_draws
from assessment.case.trial.trial_summaries import printed, summaries
from assessment.economics.model.adjusted_hazard import Mortality
from assessment.economics.time.time_units import MONTHS_PER_YEAR
from assessment.evidence import load_facts, load_population_table
from assessment.evidence.provenance.result_cache import cached_result

GAIN_POINTS = 120  # of the trapezoid by which years are counted


class NoCurve(ValueError):
    """The printed results do not allow this curve; the text says what is missing."""


@dataclass(frozen=True, eq=False)
class ThinnedDraws:
    """Draws of both arms of one endpoint.

    ``draws``: all of them, with their weights; ``settings``: how years gained are counted;
    ``assumed``: as in StrategyOccupancy.
    """

    draws: TrialDraws
    settings: Settings
    assumed: tuple[str, ...]

    @property
    def parts(self) -> dict[str, tuple]:
        """{arm "t" or "c": (distribution of each family, …)}, the same draws in both arms."""
        return self.draws.parts

    @property
    def names(self) -> np.ndarray:
        """Family of each draw."""
        return self.draws.names

    def rows(self, count: int, family: str | None = None) -> np.ndarray:
        """As in TrialDraws."""
        return self.draws.rows(count, family)

    @property
    def gain_years(self) -> np.ndarray:
        """Discounted years of the treated less the control (``gained_years``), (draws,)."""
        pairs = zip(self.parts["t"], self.parts["c"])
        return np.concatenate([gained_years(t, c, self.settings) for t, c in pairs])

    @property
    def gain_standard_error(self) -> float:
        """Monte Carlo standard error of the mean gain, years, from the spread between replicates."""
        weights, replicate, gain = self.draws.weights, self.draws.replicate, self.gain_years
        means = [
            np.average(gain[replicate == k], weights=weights[replicate == k])
            for k in np.unique(replicate)
        ]
        return float(np.std(means, ddof=1) / np.sqrt(len(means)))


@cached_result(maxsize=16, disk=True, refusal=NoCurve)
def thinned_draws(
    endpoint: str, cohort: str, analysis_set: str, followup_months: str = ""
) -> ThinnedDraws:
    """The draws of "pfs" or "os". ``followup_months``: follow-up of survival where deaths are printed
    and no time is, in place of the one assumed. NoCurve where the printed results do not allow it.
    """
    draws, assumed = _draws(endpoint, cohort, analysis_set, followup_months)
    return ThinnedDraws(draws, Settings(cohort, analysis_set), assumed)


def gained_years(treated, control, settings: Settings) -> np.ndarray:
    """Discounted years of each draw of ``treated`` less ``control`` (curves in months) over the
    settings' horizon, nobody dying at a lower rate than the population.

    By trapezoids on GAIN_POINTS times: near enough to the model's own years to tell their error, and
    quick enough for every draw.
    """
    years = settings.horizon * np.linspace(0, 1, GAIN_POINTS) ** 1.5
    mortality = Mortality(load_population_table("life-table"), settings.start_age_years)
    floor = np.diff(years) * mortality.hazard((years[1:] + years[:-1]) / 2)

    def lived(curve):
        rise = np.maximum(
            np.diff(
                np.minimum(curve.cumulative_hazard(MONTHS_PER_YEAR * years), LARGEST_CUMULATIVE),
                axis=1,
            ),
            floor,
        )
        alive = np.exp(-np.cumsum(np.pad(rise, ((0, 0), (1, 0))), axis=1))
        return np.trapezoid(alive * settings.rates().factor(years), years, axis=1)

    return lived(treated) - lived(control)


def _draws(endpoint, cohort, analysis_set, followup_months) -> tuple[TrialDraws, tuple[str, ...]]:
    """(draws, assumptions). Follow-up is assumed where deaths are printed and no time is."""
    try:
        return trial_draws(endpoint, cohort, analysis_set), ()
    except ValueError as missing:
        told = summaries(printed(load_trial(analysis_set), endpoint, cohort))
        follow = load_facts().select(
            subject="dilution", measure="os_assumed", population=COHORTS[cohort]
        )
        if endpoint != "os" or told.hr is None or told.total_events() is None or not len(follow):
            raise NoCurve(
                f"{endpoint.upper()} of {COHORTS[cohort]} in the set '{analysis_set}': {missing}"
            ) from None
        months = followup_months or f"{next(iter(follow)).number:g}"
        return trial_draws(endpoint, cohort, analysis_set, months), ("follow-up",)

"""The trial's curves as the economic model uses them: many draws, thinned to a few that stand evenly
for all, kept on disk.

A mean over a thousand random draws of a curve's tail is too coarse for a cost per QALY. So many
thousands are calibrated, sorted by the time gained as the model counts it, and every so manieth is
taken: the few represent the distribution of the gain as evenly as a ruler.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from assessment.case.model.inputs.settings import Settings
from assessment.case.trial import trial_curves
from assessment.case.trial.trial import COHORTS, load_trial
from assessment.economics.model.adjusted_hazard import Mortality
from assessment.economics.model.curve_draws import LARGEST_CUMULATIVE
from assessment.economics.time.time_units import MONTHS_PER_YEAR
from assessment.evidence import load_facts, load_population_table
from assessment.evidence.provenance.result_cache import cached_result
from assessment.survival import calibrate

REPLICATES, SIZE, CANDIDATES = 8, 3_000, 12_000
GAIN_POINTS = 120  # of the trapezoid by which draws are sorted


class NoCurve(ValueError):
    """The printed results do not allow this curve; the text says what is missing."""


@dataclass(frozen=True, eq=False)
class ThinnedDraws:
    """Draws of both arms of one endpoint, family by family. Times in months.

    ``parts``: {arm "t" or "c": (distribution of each family, …)}, the same draws in both arms;
    ``names``: family of each draw; ``gain_years``: discounted years of the treated less the
    control, by which draws are sorted (``gained_years``); ``replicate``: which calibration each
    came from; ``assumed``: as in StrategyOccupancy.
    """

    parts: dict[str, tuple]
    names: np.ndarray
    gain_years: np.ndarray
    replicate: np.ndarray
    assumed: tuple[str, ...]

    def rows(self, count: int, family: str | None = None) -> np.ndarray:
        """``count`` draws (of one family), evenly over the order of the gain; all of them if there
        are fewer.
        """
        rows = np.flatnonzero(self.names == family) if family else np.arange(self.names.size)
        rows = rows[np.argsort(self.gain_years[rows], kind="stable")]
        return (
            rows
            if rows.size <= count
            else rows[((np.arange(count) + 0.5) * rows.size / count).astype(int)]
        )

    @property
    def gain_standard_error(self) -> float:
        """Monte Carlo standard error of the mean gain, years, from the spread between replicates."""
        means = [self.gain_years[self.replicate == k].mean() for k in np.unique(self.replicate)]
        return float(np.std(means, ddof=1) / np.sqrt(len(means)))


@cached_result(maxsize=16, disk=True)
def thinned_draws(endpoint: str, cohort: str, analysis_set: str) -> ThinnedDraws:
    """The draws of "pfs" or "os". NoCurve where the printed results do not allow it."""
    results = [
        _calibrated(endpoint, cohort, analysis_set, trial_curves.SEED + k)
        for k in range(REPLICATES)
    ]
    pieces = {
        arm: [
            (name, k, curve)
            for k, (calibrated, _) in enumerate(results)
            for name, curve in calibrated.distributions(arm)
        ]
        for arm in "tc"
    }
    families = dict.fromkeys(name for name, *_ in pieces["t"])

    def of(arm, family):
        return [(k, curve) for name, k, curve in pieces[arm] if name == family]

    parts = {
        arm: tuple(_joined([curve for _, curve in of(arm, family)]) for family in families)
        for arm in "tc"
    }
    names = np.repeat(list(families), [part.draw_shape[0] for part in parts["t"]])
    replicate = np.concatenate(
        [np.full(curve.draw_shape[0], k) for family in families for k, curve in of("t", family)]
    )
    settings = Settings(cohort, analysis_set)
    gain = np.concatenate([gained_years(t, c, settings) for t, c in zip(parts["t"], parts["c"])])
    return ThinnedDraws(parts, names, gain, replicate, results[0][1])


def _joined(curves: list):
    """The draws of all these distributions of one family as one."""
    return type(curves[0])(
        *(
            np.concatenate([getattr(curve, name) for curve in curves])
            for name in curves[0].parameter_names
        )
    )


def gained_years(treated, control, settings: Settings) -> np.ndarray:
    """Discounted years of each draw of ``treated`` less ``control`` (curves in months) over the
    settings' horizon, nobody dying at a lower rate than the population.

    By trapezoids on GAIN_POINTS times: near enough to the model's own years to sort by, and quick
    enough for every draw.
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


def _calibrated(endpoint, cohort, analysis_set, seed):
    """(draws, assumptions). Follow-up is assumed where deaths are printed and no time is."""
    try:
        return (
            trial_curves.curves(
                endpoint,
                cohort,
                analysis_set,
                seed=seed,
                size=SIZE,
                candidates=CANDIDATES,
                trial=False,
            ).draws,
            (),
        )
    except ValueError as missing:
        printed, follow = (
            _summaries(endpoint, cohort, analysis_set),
            load_facts().select(
                subject="dilution", measure="os_assumed", population=COHORTS[cohort]
            ),
        )
        if (
            endpoint != "os"
            or printed.hr is None
            or printed.total_events() is None
            or not len(follow)
        ):
            raise NoCurve(
                f"{endpoint.upper()} of {COHORTS[cohort]} in the set '{analysis_set}': {missing}"
            ) from None
        printed = replace(printed, followup_median=next(iter(follow)).number)
        return calibrate(
            printed,
            np.random.default_rng(seed),
            SIZE,
            CANDIDATES,
            trial_curves.STRATIFIED_SLACK,
            trial=False,
            visits=trial_curves.VISITS[endpoint],
        ), ("follow-up",)


def _summaries(endpoint, cohort, analysis_set):
    return trial_curves.summaries(trial_curves.printed(load_trial(analysis_set), endpoint, cohort))

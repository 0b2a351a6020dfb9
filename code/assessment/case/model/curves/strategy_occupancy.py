"""The trial's curves on a time grid: occupancy of both strategies for every draw of the calibrated
curves, with the mortality floor. It is the uncertain part of the model that cannot be written as a
number.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache, partial
from typing import Any

import numpy as np

from assessment.case.model.curves.outside_tail import outside_breaks_years
from assessment.case.model.curves.strategy_curves import strategy_curves
from assessment.case.model.inputs.settings import TREATED, Settings
from assessment.economics.model.adjusted_hazard import Mortality, Waning, cumulative_hazard
from assessment.economics.model.before_progression import before_progression
from assessment.economics.model.curve_draws import ExpectedCurve
from assessment.economics.model.death_after_progression import equal_rate
from assessment.economics.model.partitioned_survival import Occupancy, occupancy_under
from assessment.economics.model.state_transition import state_transition
from assessment.economics.time.time_grid import Grid
from assessment.economics.time.time_units import MONTHS_PER_YEAR
from assessment.evidence import load_facts, load_population_table
from assessment.evidence.provenance.result_cache import cached_result

BLOCK_DRAWS = 150  # so that what is being worked on stays in the processor's cache
STEEPEST = 0.8


@dataclass(frozen=True, eq=False)
class StrategyOccupancy:
    """Occupancy by strategy for every draw of the curves, (draws, times); the treated strategy
    first.

    ``families``: the family of each draw's survival curve. ``assumed``: what the curves assume
    beyond the printed results, as keys.
    """

    grid: Grid
    occupancy: dict[str, Occupancy]
    families: np.ndarray
    assumed: tuple[str, ...] = ()

    @property
    def size(self) -> int:
        """Number of draws."""
        return len(self.families)

    def expected(self, strategy: str) -> Occupancy:
        """Occupancy of one strategy as a mean over the draws of the curves, (times,)."""
        drawn = self.occupancy[strategy]
        return Occupancy(
            self.grid,
            drawn.progression_free.mean(axis=0),
            drawn.alive.mean(axis=0),
            drawn.crossed,
        )


def strategy_occupancy(settings: Settings) -> StrategyOccupancy:
    """The table of a run, kept for the next call with the same curves. NoCurve where nothing
    printed allows it.
    """
    return _table(_curves_only(settings))


def expected_occupancy(settings: Settings) -> StrategyOccupancy:
    """The table with occupancy expected over all draws in place of each draw's, (1, times): all
    that a run in expected values needs.
    """
    return _expected_table(_curves_only(settings))


def _curves_only(settings: Settings) -> Settings:
    """The settings without what curves do not depend on."""
    unrelated: dict[str, Any] = {
        "age_adjusted": True,
        "treatment_ends": Settings.treatment_ends,
        "background_therapy_until": Settings.background_therapy_until,
        "vat": False,
        "crossover_paid": Settings.crossover_paid,
    }
    base = Settings(settings.cohort, age_years=settings.age_years)
    if settings.horizon == base.horizon:
        unrelated["horizon_years"] = None
    # discounting is an edge of the grid where its rate has a step, and nothing else
    if settings.rates().steps_years == base.rates().steps_years:
        unrelated["discounting"] = base.discounting
    return replace(settings, **unrelated)


@cached_result(maxsize=4)
def _table(settings: Settings) -> StrategyOccupancy:
    return _assembled(settings, partial(_arm, np.concatenate))


@cached_result(maxsize=512)
def _expected_table(settings: Settings) -> StrategyOccupancy:
    return _assembled(settings, _expected_arm)


@lru_cache(maxsize=12)
def _expected_arm(size: int, *arm) -> Occupancy:
    """Few choices change both arms, so the other is kept."""
    return _arm(
        lambda blocks: sum(block.sum(axis=0, keepdims=True) for block in blocks) / size, size, *arm
    )


def _assembled(settings: Settings, arm) -> StrategyOccupancy:
    """The table from ``arm(number of draws, PFS, OS, curve that a fading effect fades to, *frame)``
    of both strategies.
    """
    of_curves = (
        *("analysis_set", "comparator", "comparator_death_ratio", "survival_effect", "family"),
        *("subgroup", "curves", "followup_months"),
    )
    frame = frame_of(replace(settings, **{name: getattr(Settings, name) for name in of_curves}))
    pfs, os, families, assumed = strategy_curves(settings)
    if settings.survival_effect == "progression gain kept":
        os = _gain_kept(pfs, os[settings.comparator], frame)
    fades_to = {TREATED: os[settings.comparator]} if settings.waning else {}
    return StrategyOccupancy(
        frame.grid,
        {name: arm(families.size, pfs[name], os[name], fades_to.get(name), frame) for name in pfs},
        families,
        assumed,
    )


@dataclass(frozen=True, eq=False)
class Frame:
    """What the curves of both strategies are put into; ``fade_years``: when a fading effect starts
    and ends to fade.
    """

    grid: Grid
    mortality: Mortality | None
    fade_years: tuple[float, float]


@cached_result(maxsize=32)
def frame_of(settings: Settings) -> Frame:
    """What the curves of a run are put into."""
    mortality = Mortality(load_population_table("life-table"), settings.start_age_years)
    facts = load_facts()
    fade = (
        facts["economics.waning.effect.start"].number,
        facts["economics.waning.effect.end"].number,
    )
    # Edges at birthdays also where mortality is no floor: utilities step there, and runs share
    # their times.
    grid = settings.time_grid(
        (
            *mortality.breaks_years(settings.horizon),
            *(fade if settings.waning else ()),
            *(outside_breaks_years(settings) if settings.tail == "outside" else ()),
        )
    )
    return Frame(grid, mortality if settings.mortality_floor else None, fade)


def _arm(join, size: int, pfs, os, fades_to, frame: Frame) -> Occupancy:
    """One strategy's occupancy, block by block of draws; ``join`` makes one array of those of the
    blocks, (draws, times).
    """
    grid = frame.grid
    progression_free = None if callable(os) else before_cap(pfs, frame)

    def occupied(rows: slice) -> Occupancy:
        if progression_free is None:
            return os(pfs.draws(rows))
        waning = Waning(fades_to.draws(rows), *frame.fade_years) if fades_to else None
        hazard = cumulative_hazard(os.draws(rows), grid, waning, frame.mortality, MONTHS_PER_YEAR)
        return occupancy_under(progression_free[rows], np.exp(-hazard), grid)

    blocks = [occupied(slice(start, start + BLOCK_DRAWS)) for start in range(0, size, BLOCK_DRAWS)]
    return Occupancy(
        grid,
        join([block.progression_free for block in blocks]),
        join([block.alive for block in blocks]),
        np.concatenate([block.crossed for block in blocks]),
    )


@lru_cache(maxsize=4)
def before_cap(pfs, frame: Frame) -> np.ndarray:
    """Share without progression by a curve, (draws, times), before it is capped at survival. Death
    ends it too, so its hazard is no lower than the population's rate of death either.
    """
    return np.exp(
        -cumulative_hazard(pfs, frame.grid, None, frame.mortality, units_per_year=MONTHS_PER_YEAR)
    )


def _gain_kept(pfs, os_control, frame: Frame):
    """{strategy: function from its PFS to occupancy}: a state-transition model in which death after
    progression comes at one rate in both arms, the one that gives the comparator's mean survival.
    """
    mortality = frame.mortality
    # the last row of a life table is certain death, a rate too steep for a panel of a year
    if mortality:
        mortality = replace(
            mortality,
            life_table=mortality.life_table.assign(
                death_probability=mortality.life_table["death_probability"].clip(upper=STEEPEST)
            ),
        )
    years: dict[str, Any] = {"units_per_year": MONTHS_PER_YEAR, "mortality": mortality}
    share: dict[str, Any] = {} if mortality else {"death_share": 0.0}

    def before(curve):
        return before_progression(curve, grid=frame.grid, **years, **share)

    rate = equal_rate(
        before(ExpectedCurve(pfs[[name for name in pfs if name != TREATED][0]])),
        ExpectedCurve(os_control),
        **years,
    )
    return dict.fromkeys(pfs, lambda curve: state_transition(before(curve), float(rate)))

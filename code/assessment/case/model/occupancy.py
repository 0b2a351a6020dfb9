"""CABINET's curves on a time grid: occupancy of both strategies for every draw of the calibrated
curves, with the mortality floor.

A table is the uncertain part of the model that cannot be written as a number. Draws of the two arms
belong together within an endpoint; progression and survival were calibrated apart, so their draws
are paired at random. A hazard ratio from an indirect comparison or from the dilution model has its
own draw in every row.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache, partial

import numpy as np

from assessment.case.model.settings import FEWEST_DRAWS, Settings
from assessment.case.model.thinned_curves import MONTHS_PER_YEAR, NoCurve, library
from assessment.case.trial.crossover_dilution import dilution
from assessment.case.trial.indirect_comparisons import contrasts, survival_contrasts
from assessment.case.trial.trial import ARMS, COHORTS
from assessment.economics.model.curve_draws import Averaged, Picked, Proportional
from assessment.economics.model.partitioned_survival import (
    Mortality,
    Occupancy,
    Waning,
    cumulative_hazard,
    occupancy_under,
)
from assessment.economics.model.state_transition import (
    before_progression,
    equal_rate,
    state_transition,
)
from assessment.economics.time.time_grid import Grid
from assessment.evidence import load_facts, load_population_table
from assessment.evidence.provenance.result_cache import cached_result

TREATED, CONTROL = ARMS
BLOCK_DRAWS = 150  # so that what is being worked on stays in the processor's cache
SEED = 48
STEEPEST = 0.8


@dataclass(frozen=True, eq=False)
class CurveTable:
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


def curve_table(settings: Settings) -> CurveTable:
    """The table of a run, kept for the next call with the same curves. NoCurve where nothing
    printed allows it.
    """
    return _table(_curves_only(settings))


def expected_table(settings: Settings) -> CurveTable:
    """The table with occupancy expected over all draws in place of each draw's, (1, times): all
    that a run in expected values needs.
    """
    return _expected_table(_curves_only(settings))


def _curves_only(settings: Settings) -> Settings:
    """The settings without what curves do not depend on."""
    unrelated = {
        "age_adjusted": True,
        "treatment_ends": Settings.treatment_ends,
        "analogue_until": Settings.analogue_until,
        "vat": False,
        "crossover_paid": False,
    }
    return replace(settings, **unrelated)


@cached_result(maxsize=4)
def _table(settings: Settings) -> CurveTable:
    return _assembled(settings, partial(_arm, np.concatenate))


@cached_result(maxsize=256)
def _expected_table(settings: Settings) -> CurveTable:
    return _assembled(settings, _expected_arm)


@lru_cache(maxsize=12)
def _expected_arm(size: int, *arm) -> Occupancy:
    """Few choices change both arms, so the other is kept."""
    return _arm(
        lambda blocks: sum(block.sum(axis=0, keepdims=True) for block in blocks) / size, size, *arm
    )


def _assembled(settings: Settings, arm) -> CurveTable:
    """The table from ``arm(number of draws, PFS, OS, curve that a fading effect fades to, *frame)``
    of both strategies.
    """
    frame = _frame(
        replace(
            settings,
            **{
                name: getattr(Settings, name)
                for name in ("analysis_set", "comparator", "survival_effect", "family")
            },
        )
    )
    pfs, os, families, assumed = _arms(settings)
    if settings.survival_effect == "progression gain kept":
        os = _gain_kept(pfs, os[settings.comparator], frame)
    fades_to = {TREATED: os[settings.comparator]} if settings.waning else {}
    return CurveTable(
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
def _frame(settings: Settings) -> Frame:
    mortality = Mortality(load_population_table("life-table"), settings.start_age_years)
    fade = tuple(load_facts()[f"economics.waning.effect.{end}"].number for end in ("start", "end"))
    # Edges at birthdays also where mortality is no floor: utilities step there, and runs share
    # their times.
    grid = settings.time_grid(
        (*mortality.breaks_years(settings.horizon), *(fade if settings.waning else ()))
    )
    return Frame(grid, mortality if settings.mortality_floor else None, fade)


def _arm(join, size: int, pfs, os, fades_to, frame: Frame) -> Occupancy:
    """One strategy's occupancy, block by block of draws; ``join`` makes one array of those of the
    blocks, (draws, times).
    """
    grid, times = frame.grid, MONTHS_PER_YEAR * frame.grid.times_years

    def occupied(rows: slice) -> Occupancy:
        free = pfs.of_draws(rows)
        if callable(os):
            return os(free)
        waning = Waning(fades_to.of_draws(rows), *frame.fade_years) if fades_to else None
        hazard = cumulative_hazard(
            os.of_draws(rows), grid, waning, frame.mortality, MONTHS_PER_YEAR
        )
        return occupancy_under(free.survival(times), np.exp(-hazard), grid)

    blocks = [occupied(slice(start, start + BLOCK_DRAWS)) for start in range(0, size, BLOCK_DRAWS)]
    return Occupancy(
        grid,
        join([one.progression_free for one in blocks]),
        join([one.alive for one in blocks]),
        np.concatenate([one.crossed for one in blocks]),
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
    years = {"units_per_year": MONTHS_PER_YEAR, "mortality": mortality}
    before = partial(
        before_progression, grid=frame.grid, **years, **({} if mortality else {"death_share": 0.0})
    )
    rate = equal_rate(
        before(Averaged(pfs[[name for name in pfs if name != TREATED][0]])),
        Averaged(os_control),
        **years,
    )
    return dict.fromkeys(pfs, lambda curve: state_transition(before(curve), float(rate)))


def _arms(settings: Settings):
    """({strategy: PFS curve}, {strategy: OS curve}, family of each draw, assumptions), before the
    mortality floor.
    """
    cohort, name, other = settings.cohort, settings.analysis_set, settings.comparator
    rng = np.random.default_rng(SEED)
    free, _, _ = picked("pfs", settings)
    alive, families, assumed = picked("os", settings)
    free, alive, size = dict(free), dict(alive), families.size
    effect = settings.survival_effect
    if effect in ("none", "progression gain kept"):
        alive["t"] = alive["c"]
    elif effect == "without crossover":
        found = dilution(cohort, name)
        if found is None:
            raise NoCurve(
                f"no hazard ratio or no crossover is printed for {cohort} in the set '{name}'"
            )
        alive["c"], assumed = (
            Proportional(alive["c"], found.observed.number / float(found.undiluted())),
            (*assumed, "crossover"),
        )
    elif not isinstance(effect, str):
        alive["t"] = Proportional(alive["c"], float(effect))
    if other == "placebo":
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
            f"no trial connects cabozantinib to {other} in {COHORTS[cohort]}, set '{name}'"
        )
    lived = next((c for c, *_ in survival_contrasts() if same(c)), None)
    survival_of_other = (
        alive["t"] if lived is None else Proportional(alive["t"], 1 / draw(lived.ratio))
    )
    return (
        {TREATED: free["t"], other: Proportional(free["t"], 1 / draw(against.ratio))},
        {TREATED: alive["t"], other: survival_of_other},
        families,
        (*assumed, "indirect", *(("same survival",) if lived is None else ())),
    )


def picked(endpoint: str, settings: Settings):
    """({arm "t" or "c": curve}, family of each draw, assumptions): ``curve_draws`` draws in random
    order, fewer where a family has fewer.
    """
    return _picked(
        endpoint, settings.cohort, settings.analysis_set, settings.family, settings.curve_draws
    )


@cached_result(maxsize=32)
def _picked(endpoint: str, cohort: str, analysis_set: str, family: str | None, count: int):
    found = [library(one, cohort, analysis_set) for one in ("pfs", "os")]
    size = min(kept.rows(count, family).size for kept in found)
    if size < FEWEST_DRAWS:
        raise NoCurve(
            f"too few draws of the family '{family}' agree with the printed results ({size})"
        )
    kept = found[endpoint == "os"]
    # Random, so that progression and survival, calibrated apart, are paired without regard to
    # family or gain.
    rows = np.random.default_rng([SEED, endpoint == "os"]).permutation(kept.rows(size, family))
    return {arm: Picked.of(kept.parts[arm], rows) for arm in "tc"}, kept.names[rows], kept.assumed

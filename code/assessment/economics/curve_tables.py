"""CABINET's curves on a time grid: occupancy of both strategies for every draw of the calibrated curves, with the mortality floor.

A table is the uncertain part of the model that cannot be written as a number. Draws of the two arms belong together within an
endpoint; progression and survival were calibrated apart, so their draws are paired at random. A hazard ratio from an indirect comparison
or from the dilution model has its own draw in every row.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np

from assessment.evidence import load_facts, load_population_table, remembered
from assessment.evidence.trials import COHORTS
from assessment.survival.cabinet_crossover import dilution
from assessment.survival.cabinet_network import contrasts, survival_contrasts

from .curve_library import LARGEST_CUMULATIVE, MONTHS_PER_YEAR, NoCurve, library
from .grids import Grid
from .psm import Mortality, Occupancy, Waning, cumulative_hazard, partition
from .settings import FEWEST_DRAWS, Settings
from .state_transition import before_progression, equal_rate, state_transition

TREATED = "cabozantinib"
# Per month; a curve that dies this fast is empty within months. Integrated over a lifetime it stays below LARGEST_CUMULATIVE, so that a
# fading effect cannot bring anyone back to life.
LARGEST_HAZARD = 1.0
KEPT_GRIDS = 3
SEED = 48
STEEPEST = 0.8


@dataclass(frozen=True, eq=False)
class Proportional:
    """A curve with its hazard multiplied by ``ratio``, one number or one for each draw."""

    curve: object
    ratio: float | np.ndarray

    def cumulative_hazard(self, t):
        return self.curve.cumulative_hazard(t) * np.asarray(self.ratio)[..., None]

    def hazard(self, t):
        return self.curve.hazard(t) * np.asarray(self.ratio)[..., None]


@dataclass(frozen=True, eq=False)
class Picked:
    """Chosen draws of a curve that is stored family by family; ``order`` brings the parts' draws into the order chosen.

    Values at the times last asked for are kept: scenarios that change something else ask for the same times again.
    """

    parts: tuple
    order: np.ndarray
    _kept: dict = field(default_factory=dict)

    @classmethod
    def of(cls, parts: tuple, rows: np.ndarray) -> Picked:
        """``rows`` count through the draws of all ``parts``."""
        ends = np.cumsum([part.draw_shape[0] for part in parts])
        owner = np.searchsorted(ends, rows, side="right")
        by_part = np.argsort(owner, kind="stable")
        local = rows - (ends - [part.draw_shape[0] for part in parts])[owner]
        chosen = tuple(part.draw(local[owner == k]) for k, part in enumerate(parts) if np.any(owner == k))
        return cls(chosen, np.argsort(by_part, kind="stable"))

    def cumulative_hazard(self, t):
        return self._at("cumulative_hazard", t, LARGEST_CUMULATIVE)

    def hazard(self, t):
        return self._at("hazard", t, LARGEST_HAZARD)

    def _at(self, what, t, most):
        key = (what, np.asarray(t).tobytes())
        if key not in self._kept:
            if len(self._kept) >= 2 * KEPT_GRIDS:
                self._kept.clear()
            self._kept[key] = np.concatenate([np.minimum(getattr(part, what)(t), most) for part in self.parts])[self.order]
        return self._kept[key]


@dataclass(frozen=True, eq=False)
class Averaged:
    """The expected curve over all draws."""

    curve: object

    def cumulative_hazard(self, t):
        return -np.log(np.exp(-self.curve.cumulative_hazard(t)).mean(axis=0))

    def hazard(self, t):
        alive = np.exp(-self.curve.cumulative_hazard(t))
        return (alive * self.curve.hazard(t)).mean(axis=0) / alive.mean(axis=0)


@dataclass(frozen=True, eq=False)
class CurveTable:
    """Occupancy by strategy for every draw of the curves, (draws, times); the treated strategy first.

    ``families``: the family of each draw's survival curve. ``assumed``: what the curves assume beyond the printed results, as keys.
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
    """The table of a run, kept for the next call with the same curves. NoCurve where nothing printed allows it."""
    unrelated = {"age_adjusted": True, "treatment_ends": Settings.treatment_ends, "analogue_until": Settings.analogue_until, "vat": False, "crossover_paid": False}
    return _table(replace(settings, **unrelated))


@remembered(maxsize=24)
def _table(settings: Settings) -> CurveTable:
    mortality = Mortality(load_population_table("life-table"), settings.start_age_years) if settings.mortality_floor else None
    fade = tuple(load_facts()[f"economics.waning.effect.{end}"].number for end in ("start", "end"))
    grid = settings.time_grid((*(mortality.breaks_years(settings.horizon) if mortality else ()), *(fade if settings.waning else ())))
    pfs, os, families, assumed = _arms(settings)
    if settings.survival_effect == "progression gain kept":
        occupancy = _gain_kept(pfs, os[settings.comparator], grid, mortality)
    else:
        hazard = lambda curve, **more: cumulative_hazard(curve, grid, units_per_year=MONTHS_PER_YEAR, **more)
        fading = {TREATED: Waning(os[settings.comparator], *fade)} if settings.waning else {}
        occupancy = {name: partition(hazard(pfs[name]), hazard(os[name], waning=fading.get(name), mortality=mortality), grid) for name in pfs}
    return CurveTable(grid, occupancy, families, assumed)


def _gain_kept(pfs, os_control, grid, mortality):
    """A state-transition model in which death after progression comes at one rate in both arms, the one that gives the comparator's mean survival."""
    if mortality:  # the last row of a life table is certain death, a rate too steep for a panel of a year
        mortality = replace(mortality, life_table=mortality.life_table.assign(death_probability=mortality.life_table["death_probability"].clip(upper=STEEPEST)))
    years = {"units_per_year": MONTHS_PER_YEAR, "mortality": mortality}
    share = {} if mortality else {"death_share": 0.0}
    expected = before_progression(Averaged(pfs[[name for name in pfs if name != TREATED][0]]), grid, **years, **share)
    rate = equal_rate(expected, Averaged(os_control), **years)
    return {name: state_transition(before_progression(curve, grid, **years, **share), float(rate)) for name, curve in pfs.items()}


def _arms(settings: Settings):
    """({strategy: PFS curve}, {strategy: OS curve}, family of each draw, assumptions), before the mortality floor."""
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
            raise NoCurve(f"no hazard ratio or no crossover is printed for {cohort} in the set '{name}'")
        alive["c"], assumed = Proportional(alive["c"], found.observed.number / float(found.undiluted())), (*assumed, "crossover")
    elif not isinstance(effect, str):
        alive["t"] = Proportional(alive["c"], float(effect))
    if other == "placebo":
        return {TREATED: free["t"], other: free["c"]}, {TREATED: alive["t"], other: alive["c"]}, families, assumed
    draw = lambda ratio: np.exp(np.log(ratio.estimate) + ratio.log_se * rng.standard_normal(size))
    same = lambda c: (c.group, c.against, c.analysis_set) == (cohort, other, name)
    against = next((c for c in contrasts() if same(c) and c.like), None)
    if against is None:
        raise NoCurve(f"no trial connects cabozantinib to {other} in {COHORTS[cohort]}, set '{name}'")
    lived = next((c for c, *_ in survival_contrasts() if same(c)), None)
    survival_of_other = alive["t"] if lived is None else Proportional(alive["t"], 1 / draw(lived.ratio))
    return ({TREATED: free["t"], other: Proportional(free["t"], 1 / draw(against.ratio))}, {TREATED: alive["t"], other: survival_of_other}, families,
            (*assumed, "indirect", *(("same survival",) if lived is None else ())))


def picked(endpoint: str, settings: Settings):
    """({arm "t" or "c": curve}, family of each draw, assumptions): ``curve_draws`` draws in random order, fewer where a family has fewer."""
    return _picked(endpoint, settings.cohort, settings.analysis_set, settings.family, settings.curve_draws)


@remembered(maxsize=64)
def _picked(endpoint: str, cohort: str, analysis_set: str, family: str | None, count: int):
    found = [library(one, cohort, analysis_set) for one in ("pfs", "os")]
    size = min(kept.rows(count, family).size for kept in found)
    if size < FEWEST_DRAWS:
        raise NoCurve(f"too few draws of the family '{family}' agree with the printed results ({size})")
    kept = found[endpoint == "os"]
    # Random, so that progression and survival, calibrated apart, are paired without regard to family or gain.
    rows = np.random.default_rng([SEED, endpoint == "os"]).permutation(kept.rows(size, family))
    return {arm: Picked.of(kept.parts[arm], rows) for arm in "tc"}, kept.names[rows], kept.assumed

"""The trial's curves for both strategies of a run: draws of progression and of survival, with the
settings' assumption about the effect on survival.

Draws of the two arms belong together within an endpoint, and draws of progression and of survival
as in module `paired_draws`. A hazard ratio of a subgroup, of an indirect comparison or from the
dilution model has its own draw in every row.

Survival on another drug is taken as that on the drug under study: indirect hazard ratios of death
are too wide and too biased to be averaged over. One ratio may be set instead, to show a range.
"""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
from scipy.special import ndtri

from assessment.case.model.curves.outside_tail import with_outside_tail
from assessment.case.model.curves.paired_draws import selected_draws
from assessment.case.model.curves.thinned_draws import NoCurve
from assessment.case.model.inputs.comparator_values import subgroup_ratio
from assessment.case.model.inputs.settings import CONTROL, TREATED, Settings
from assessment.case.trial.crossover_dilution import dilution
from assessment.case.trial.indirect_comparisons import as_ratio, contrasts
from assessment.case.trial.trial import CASE, COHORTS
from assessment.economics.model.curve_draws import ProportionalHazards
from assessment.survival.comparison.effect_measures import Ratio

SEED = 48
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
    if settings.tail == "outside":
        alive, assumed = with_outside_tail(alive, settings), (*assumed, "outside tail")

    def draw(ratio: Ratio) -> np.ndarray:
        """Draws spread evenly over the distribution, so that their mean has next to no error."""
        even = ndtri((rng.permutation(size) + 0.5) / size)
        return np.exp(np.log(ratio.estimate) + ratio.log_se * even)

    if settings.subgroup:
        ratio = as_ratio(subgroup_ratio(settings.subgroup, cohort))
        free["t"], assumed = ProportionalHazards(free["c"], draw(ratio)), (*assumed, "subgroup")
    if other == CONTROL:
        return (
            {TREATED: free["t"], other: free["c"]},
            {TREATED: alive["t"], other: alive["c"]},
            families,
            assumed,
        )

    def same(c):
        return (c.against, c.analysis_set) == (other, name)

    against = next((c for c in contrasts(cohort) if same(c) and c.like), None)
    if against is None:
        raise NoCurve(
            f"no trial connects {CASE.drug.label} to {other} in {COHORTS[cohort]}, set '{name}'"
        )
    # The comparator's survival: the drug's own, or as the ratio set makes it.
    equal = settings.comparator_death_ratio == 1
    survival_of_other = (
        alive["t"]
        if equal
        else ProportionalHazards(alive["t"], 1 / settings.comparator_death_ratio)
    )
    return (
        {TREATED: free["t"], other: ProportionalHazards(free["t"], 1 / draw(against.ratio))},
        {TREATED: alive["t"], other: survival_of_other},
        families,
        (*assumed, "indirect", *(("same survival",) if equal else ())),
    )

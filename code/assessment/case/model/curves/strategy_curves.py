"""The trial's curves for both strategies of a run: draws of progression and of survival, with the
settings' assumption about the effect on survival.

Draws of the two arms belong together within an endpoint, and draws of progression and of survival
as in module `paired_draws`. A hazard ratio from an indirect comparison or from the
dilution model has its own draw in every row.
"""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np

from assessment.case.model.curves.outside_tail import with_outside_tail
from assessment.case.model.curves.paired_draws import selected_draws
from assessment.case.model.curves.thinned_draws import NoCurve
from assessment.case.model.inputs.settings import CONTROL, TREATED, Settings
from assessment.case.trial.crossover_dilution import dilution
from assessment.case.trial.indirect_comparisons import contrasts, survival_contrasts
from assessment.case.trial.trial import CASE, COHORTS
from assessment.economics.model.curve_draws import ProportionalHazards

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

"""The trial's survival under the dilution model: what a printed hazard ratio may hide when patients
of the control arm cross over.

A model of dilution, not an adjustment: the times of the switches are not published, and without
them no method that uses patients' data (such as the rank-preserving structural failure time model)
can be applied.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from assessment.case.trial.trial import ARMS, CASE, COHORTS, has_number, load_trial
from assessment.evidence import Fact, load_facts, one_analysis_set
from assessment.survival.comparison.dilution import (
    diluted_hazard_ratio,
    dilution_map,
    undiluted_hazard_ratio,
)

SETS = CASE.sets_judged_by("independent")


@dataclass(frozen=True)
class Dilution:
    """One cohort in one analysis set: printed hazard ratio for death, share of control patients who
    crossed over (0–1).

    rate: control hazard a month, constant (an assumption); horizon: months; from_deaths: rate from
    the printed share of deaths instead of the printed median; typical_delay: printed median
    progression-free survival in the control arm, months.
    """

    cohort: str
    analysis_set: str
    observed: Fact
    crossed: Fact
    rate: float
    horizon: float
    from_deaths: bool
    typical_delay: Fact

    def __post_init__(self):
        one_analysis_set((self.observed, self.crossed, self.typical_delay))

    @property
    def share(self) -> float:
        """Share of control patients who crossed over, 0 to 1."""
        return self.crossed.number / 100

    def map(self, delays, carry_overs) -> np.ndarray:
        """Undiluted hazard ratios, (delays, carry_overs); delays in months, carry_overs 0–1."""
        return dilution_map(
            self.observed.number, self.share, delays, carry_overs, self.rate, self.horizon
        )

    def undiluted(self, share=None, delay=None, carry_over=1.0, observed=None, horizon=None):
        """Undiluted hazard ratio; by default at the printed share, the typical delay and full
        carry-over. Broadcasts; nan where none fits.
        """
        return undiluted_hazard_ratio(
            self.observed.number if observed is None else observed,
            self.share if share is None else share,
            self.typical_delay.number if delay is None else delay,
            carry_over,
            self.rate,
            self.horizon if horizon is None else horizon,
        )

    def shown(self, true_ratio: float, share=None, delay=None, carry_over=1.0) -> float:
        """The hazard ratio the trial would show, were ``true_ratio`` the undiluted one."""
        return float(
            diluted_hazard_ratio(
                true_ratio,
                self.share if share is None else share,
                self.typical_delay.number if delay is None else delay,
                carry_over,
                self.rate,
                self.horizon,
            )
        )

    def needed_share(
        self, true_ratio: float, delay: float | None = None, carry_over: float = 1.0
    ) -> float | None:
        """The share that would have to cross for ``true_ratio`` to show as the printed one; None
        when even all would not do.
        """
        low, high = 0.0, 1.0
        if self.shown(true_ratio, high, delay, carry_over) < self.observed.number:
            return None
        for _ in range(40):
            middle = (low + high) / 2
            low, high = (
                (middle, high)
                if self.shown(true_ratio, middle, delay, carry_over) < self.observed.number
                else (low, middle)
            )
        return (low + high) / 2


def dilution(cohort: str, analysis_set: str) -> Dilution | None:
    """The dilution model of a cohort in one analysis set; None where hazard ratio or crossover is
    not printed, or no control hazard can be had.
    """
    view, facts = load_trial(analysis_set), load_facts()
    result, crossed, progression = view.os(cohort), view.crossover(cohort), view.pfs(cohort).control
    observed = result.hazard_ratio
    if not (has_number(observed) and has_number(crossed) and has_number(progression)):
        return None
    printed = view.find(f"followup.{cohort}.os")
    if not has_number(printed):
        label = COHORTS[cohort]
        assumed = facts.select(subject="dilution", measure="os_assumed", population=label)
        printed = next(iter(assumed), None)
    if printed is None:
        return None
    horizon, died = printed.number, view.find(f"os.{cohort}.{ARMS[1]}.death_rate")
    if has_number(result.control):
        rate, from_deaths = np.log(2) / result.control.number, False
    elif has_number(died):
        rate, from_deaths = -np.log1p(-died.number / 100) / horizon, True
    else:
        return None
    return Dilution(
        cohort,
        analysis_set,
        observed,
        crossed,
        float(rate),
        horizon,
        from_deaths,
        progression,
    )


def dilutions() -> tuple[Dilution, ...]:
    """Every cohort and set for which the model can be drawn."""
    return tuple(d for cohort in COHORTS for name in SETS if (d := dilution(cohort, name)))

"""The register of trials as links of a network: each row's ratio, links pooled over their trials, and
the network as a whole.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from assessment.case.trial.trial import ARMS, BASE_SET, COHORTS, TimeToEvent, load_trial
from assessment.evidence import Fact, load_facts, load_register
from assessment.evidence.provenance.result_cache import cached_result
from assessment.survival.comparison.effect_measures import Ratio
from assessment.survival.comparison.network_meta_analysis import (
    Network,
    TrialContrast,
    network_meta_analysis,
)
from assessment.survival.comparison.rebuilt_ratios import ratio_of_medians, ratio_of_shares

SUBSETS = {"radiant4_gi": "gi", "radiant4_lung": "lung_thymic"}
# Trials that print no ratio: medians of treatment and control, patients of both, follow-up.
FROM_MEDIANS = {
    "oclurandom_pnet": (
        "oclurandom.pfs.pnet.lutetium.median",
        "oclurandom.pfs.pnet.sunitinib.median",
        "oclurandom.n.pnet.lutetium",
        "oclurandom.n.pnet.sunitinib",
        "oclurandom.followup.pnet",
    )
}
# The same from patients without progression at a year, of those randomised: treatment, control.
FROM_SHARES = {
    "oclurandom_pnet": (
        "oclurandom.pfs.pnet.lutetium.free_12_months",
        "oclurandom.n.pnet.lutetium",
        "oclurandom.pfs.pnet.sunitinib.free_12_months",
        "oclurandom.n.pnet.sunitinib",
    )
}


@dataclass(frozen=True)
class Link:
    """Two treatments compared directly: the ratio of the first against the second over all trials
    that compared them, with fixed and with random effects, and the trials behind it.

    tau: between-trial standard deviation of the log ratio, estimated; 0 where one trial stands
    alone. i2: share of the scatter beyond chance, from 0 to 1. ids, trials, facts: of the rows of
    the register. blinded: all of them. rebuilt: one of them prints no ratio.
    """

    treatment: str
    control: str
    fixed: Ratio
    random: Ratio
    tau: float
    i2: float
    ids: tuple[str, ...]
    trials: tuple[str, ...]
    facts: tuple[Fact, ...]
    blinded: bool
    rebuilt: bool

    def turned(self) -> Link:
        """The same link, the second against the first."""
        fixed, random = (Ratio.from_log(-r.log, r.log_se) for r in (self.fixed, self.random))
        return replace(
            self, treatment=self.control, control=self.treatment, fixed=fixed, random=random
        )


def rows_of_register() -> Iterator[Any]:
    """Rows of the register of trials, with a field for each column."""
    return load_register("network").itertuples()


def as_ratio(fact: Fact) -> Ratio:
    """A printed hazard ratio with its 95 % interval. Raises ValueError when the interval is not
    printed.
    """
    if not (fact.interval == "ci95" and fact.low and fact.high):
        raise ValueError(f"{fact.id} has no 95 % interval")
    return Ratio(fact.number, fact.low, fact.high)


def fact_of(row: Any) -> Fact:
    """The fact with the hazard ratio of a row of the register."""
    return load_facts()[row.hazard_ratio_fact]


def ratio_of(row: Any) -> Ratio | None:
    """The hazard ratio of a row, printed or rebuilt from medians; None where there is neither."""
    fact = fact_of(row)
    if fact.interval == "ci95":
        return as_ratio(fact)
    if row.id in FROM_MEDIANS:
        return ratio_of_medians(*(load_facts()[f].number for f in FROM_MEDIANS[row.id]))
    return None


def ratio_at_a_year(row_id: str) -> Ratio:
    """The hazard ratio of a row rebuilt from the shares without progression at a year. Raises
    KeyError for a row without them.
    """
    return ratio_of_shares(*(load_facts()[f].number for f in FROM_SHARES[row_id]))


def cohort_of(network: str) -> str:
    """'epNET' → 'epnet'."""
    return next(c for c, label in COHORTS.items() if label == network)


def own_ratio(result: TimeToEvent) -> Fact:
    """The trial's own hazard ratio. Raises LookupError when it is not printed."""
    if result.hazard_ratio is None:
        raise LookupError("the trial's own hazard ratio is not among the facts")
    return result.hazard_ratio


def left_out(network: str) -> tuple[str, ...]:
    """Register ids that give a network nothing: no result, or no interval."""
    return tuple(r.id for r in rows_of_register() if r.network == network and ratio_of(r) is None)


def pooled(rows: tuple[Any, ...]) -> Link:
    """One link from the trials of one pair of treatments, all in one direction."""
    first = rows[0]
    contrasts = [_contrast(r, ratio_of(r)) for r in rows]
    fixed, random = (
        network_meta_analysis(contrasts, reference=first.control, random=effects)[0]
        for effects in (False, True)
    )
    pair = (first.treatment, first.control)
    return Link(
        *pair,
        fixed.ratio(*pair),
        random.ratio(*pair),
        random.tau,
        fixed.i2,
        tuple(r.id for r in rows),
        tuple(r.trial for r in rows),
        tuple(fact_of(r) for r in rows),
        all(r.blinded == "yes" for r in rows),
        any(r.id in FROM_MEDIANS for r in rows),
    )


def _contrast(row: Any, ratio: Ratio | None, tau: float = 0.0) -> TrialContrast:
    if ratio is None:
        raise ValueError(f"{row.id} has no ratio")
    spread = float(np.hypot(ratio.log_se, tau))
    return TrialContrast(row.trial, row.treatment, row.control, ratio.log, spread)


def links(network: str) -> tuple[Link, ...]:
    """The links of a network between whole cohorts, without the trial assessed; a row that joins by
    an assumption or by nothing is not among them.
    """
    pairs: dict[tuple[str, str], list[Any]] = {}
    for row in rows_of_register():
        if row.network != network or row.id in SUBSETS or row.treatment == ARMS[0]:
            continue
        if row.connects in ("yes", "through") and ratio_of(row) is not None:
            pairs.setdefault((row.treatment, row.control), []).append(row)
    return tuple(pooled(tuple(rows)) for rows in pairs.values())


@cached_result(maxsize=16)
def networks(
    network: str, analysis_set: str = BASE_SET, random: bool = False, tau: float = 0.0
) -> tuple[Network, ...]:
    """The connected parts of one network, the part with the trial's control first; whole cohorts only.

    random: estimate the spread between trials; where every link rests on one trial it cannot be,
    and stays 0. tau: a between-trial standard deviation taken as known instead, added to every
    trial's variance.
    """
    contrasts = []
    for row in rows_of_register():
        if row.network != network or row.id in SUBSETS or row.id in left_out(network):
            continue
        ratio: Ratio | None
        if row.treatment == ARMS[0]:
            ratio = as_ratio(own_ratio(load_trial(analysis_set).pfs(cohort_of(network))))
        else:
            ratio = ratio_of(row)
        contrasts.append(_contrast(row, ratio, tau))
    return tuple(
        sorted(
            network_meta_analysis(contrasts, reference=ARMS[1], random=random),
            key=lambda part: ARMS[1] not in part.treatments,
        )
    )


def network_as_used(network: str, analysis_set: str = BASE_SET) -> Network:
    """The part of a network that holds the trial's control, with one contrast per link: the spread
    between the trials of a link counted, one trial alone as printed.
    """
    own = as_ratio(own_ratio(load_trial(analysis_set).pfs(cohort_of(network))))
    contrasts = [TrialContrast(ARMS[0], *ARMS, own.log, own.log_se)]
    for link in links(network):
        name = " and ".join(link.trials)
        pair = (link.treatment, link.control)
        contrasts.append(TrialContrast(name, *pair, link.random.log, link.random.log_se))
    parts = network_meta_analysis(contrasts, reference=ARMS[1])
    return next(part for part in parts if ARMS[1] in part.treatments)

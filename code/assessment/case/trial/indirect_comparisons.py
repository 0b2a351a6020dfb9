"""The trial against other drugs through placebo: the register of trials wired to Bucher's method and
to a network.

Each of its divisions is its own comparison; numbers of two divisions never meet. A contrast is
'like' when both trials' progression was judged in the same way, independently or by the
investigators.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from assessment.case.trial.trial import ARMS, BASE_SET, CASE, COHORTS, TimeToEvent, load_trial
from assessment.evidence import Fact, load_facts, load_register, one_analysis_set
from assessment.evidence.provenance.result_cache import cached_result
from assessment.survival.comparison.effect_measures import Ratio, bucher
from assessment.survival.comparison.network_meta_analysis import (
    TrialContrast,
    network_meta_analysis,
)

JUDGES = {s.id: s.assessor for s in CASE.divisions}
INDEPENDENT = CASE.sets_judged_by("independent")
SUBSETS = {"radiant4_gi": "gi", "radiant4_lung": "lung_thymic"}
# Trials of survival that share the placebo node; deaths are not judged.
SURVIVAL = {
    "everolimus": ("radiant3.os.pnet.hazard_ratio", "radiant3.crossover.pnet.rate"),
    "sunitinib": ("sun1111.os.pnet.hazard_ratio", "sun1111.crossover.pnet.rate"),
}


@dataclass(frozen=True)
class Contrast:
    """The drug against another: hazard ratio with limits, the facts it came from, in the
    order of the path.

    group: a cohort or a subgroup. like: both judged alike. steps: trials passed
    beside the own one.
    """

    group: str
    against: str
    analysis_set: str
    like: bool
    steps: int
    ratio: Ratio
    facts: tuple[Fact, ...]

    def __post_init__(self):
        one_analysis_set(self.facts)


def as_ratio(fact: Fact) -> Ratio:
    """A printed hazard ratio with its 95 % interval. Raises ValueError when the interval is not
    printed.
    """
    if not (fact.interval == "ci95" and fact.low and fact.high):
        raise ValueError(f"{fact.id} has no 95 % interval")
    return Ratio(fact.number, fact.low, fact.high)


def judged(fact: Fact, judge: str) -> Fact | None:
    """The hazard ratio of the same trial, patients and endpoint by this judge, with its interval;
    None when not printed.
    """
    same = load_facts().select(
        subject=fact.subject,
        population=fact.population,
        endpoint=fact.endpoint,
        analysis_set=fact.analysis_set,
        assessor=judge,
    )
    return next(
        (f for f in same if f.measure.startswith("hazard_ratio") and f.interval == "ci95"), None
    )


def cohort_of(network: str) -> str:
    """'epNET' → 'epnet'."""
    return next(c for c, label in COHORTS.items() if label == network)


@cached_result(maxsize=1)
def contrasts() -> tuple[Contrast, ...]:
    """Every indirect comparison the register allows, by each division of the trial and judge; the
    register's own choice comes first.
    """
    found = []
    for row in _rows():
        if row.connects != "yes" or row.treatment == ARMS[0]:
            continue
        fact, group = (
            load_facts()[row.hazard_ratio_fact],
            SUBSETS.get(row.id, cohort_of(row.network)),
        )
        for name, judge in JUDGES.items():
            view = load_trial(name)
            own = (view.subgroup_pfs(group) if row.id in SUBSETS else view.pfs(group)).hazard_ratio
            if own is None:
                continue
            others: list[Fact | None] = [fact]
            if judge == "investigator":
                others = [judged(fact, judge)]
            if name == BASE_SET and fact.assessor == "independent":
                others.append(judged(fact, "investigator"))
            found += [
                Contrast(
                    group,
                    row.treatment,
                    name,
                    other.assessor == judge,
                    1,
                    bucher(as_ratio(own), as_ratio(other)),
                    (own, other),
                )
                for other in others
                if other
            ]
    return (*found, *_two_steps())


def _rows() -> Iterator[Any]:
    """Rows of the register of trials, with a field for each column."""
    return load_register("network").itertuples()


def _own(result: TimeToEvent) -> Fact:
    """The trial's own hazard ratio. Raises LookupError when it is not printed."""
    if result.hazard_ratio is None:
        raise LookupError("the trial's own hazard ratio is not among the facts")
    return result.hazard_ratio


def _two_steps() -> list[Contrast]:
    found = []
    for row in _rows():
        if row.connects != "no" or row.control != "everolimus":
            continue
        last = load_facts()[row.hazard_ratio_fact]
        if last.interval != "ci95":
            continue
        first = next(
            r
            for r in _rows()
            if r.network == row.network and r.treatment == "everolimus" and r.control == ARMS[1]
        )
        for name in INDEPENDENT:
            own = _own(load_trial(name).pfs(cohort_of(row.network)))
            middle = load_facts()[first.hazard_ratio_fact]
            found.append(
                Contrast(
                    cohort_of(row.network),
                    row.treatment,
                    name,
                    True,
                    2,
                    bucher(bucher(as_ratio(own), as_ratio(middle)), as_ratio(last)),
                    (own, middle, last),
                )
            )
    return found


def survival_contrasts() -> tuple[tuple[Contrast, Fact, Fact], ...]:
    """Death, in the pancreas: contrast, crossover in the own trial, crossover in the other trial."""
    facts, found = load_facts(), []
    for drug, (ratio, crossed) in SURVIVAL.items():
        for name in INDEPENDENT:
            view = load_trial(name)
            own, other = _own(view.os("pnet")), facts[ratio]
            between = bucher(as_ratio(own), as_ratio(other))
            contrast = Contrast("pnet", drug, name, True, 1, between, (own, other))
            found.append((contrast, view.required("crossover.pnet.rate"), facts[crossed]))
    return tuple(found)


def left_out(network: str) -> tuple[str, ...]:
    """Register ids that give a network nothing: no result, or no interval."""
    return tuple(
        r.id
        for r in _rows()
        if r.network == network and load_facts()[r.hazard_ratio_fact].interval != "ci95"
    )


@cached_result(maxsize=16)
def networks(
    network: str, analysis_set: str = BASE_SET, random: bool = False, tau: float = 0.0
) -> tuple:
    """The connected parts of one network, the part with the trial's control first; whole cohorts only.

    random: estimate the spread between trials; where every link rests on one trial it cannot be,
    and stays 0. tau: a between-trial standard deviation taken as known instead, added to every
    trial's variance.
    """
    rows = []
    for r in _rows():
        if r.network != network or r.id in SUBSETS or r.id in left_out(network):
            continue
        fact = (
            _own(load_trial(analysis_set).pfs(cohort_of(network)))
            if r.treatment == ARMS[0]
            else load_facts()[r.hazard_ratio_fact]
        )
        ratio = as_ratio(fact)
        rows.append(
            TrialContrast(
                r.trial, r.treatment, r.control, ratio.log, float(np.hypot(ratio.log_se, tau))
            )
        )
    return tuple(
        sorted(
            network_meta_analysis(rows, reference=ARMS[1], random=random),
            key=lambda part: ARMS[1] not in part.treatments,
        )
    )

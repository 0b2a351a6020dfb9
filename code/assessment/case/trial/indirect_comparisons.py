"""The trial against other drugs: the register of trials wired to Bucher's method and to a network.

Each of its divisions is its own comparison; numbers of two divisions never meet. A contrast is
'like' when progression was judged in the same way in every trial on its path, independently or by
the investigators. Where two trials stand on one link, the spread between them is estimated and
counted; one trial alone is taken as it was printed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from assessment.case.trial.trial import ARMS, BASE_SET, CASE, load_trial
from assessment.case.trial.trial_register import (
    SUBSETS,
    Link,
    as_ratio,
    cohort_of,
    left_out,
    links,
    networks,
    own_ratio,
    pooled,
    rows_of_register,
)
from assessment.evidence import Fact, load_facts, one_analysis_set
from assessment.evidence.provenance.result_cache import cached_result
from assessment.survival.comparison.effect_measures import Ratio, bucher

__all__ = [
    "Contrast",
    "INDEPENDENT",
    "JUDGES",
    "SUBSETS",
    "as_ratio",
    "cohort_of",
    "contrasts",
    "each_trial",
    "judged",
    "left_out",
    "networks",
    "survival_contrasts",
]

JUDGES = {s.id: s.assessor for s in CASE.divisions}
INDEPENDENT = CASE.sets_judged_by("independent")
# Trials of survival that share the placebo node; deaths are not judged.
SURVIVAL = {
    "everolimus": ("radiant3.os.pnet.hazard_ratio", "radiant3.crossover.pnet.rate"),
    "sunitinib": ("sun1111.os.pnet.hazard_ratio", "sun1111.crossover.pnet.rate"),
}


@dataclass(frozen=True)
class Contrast:
    """The drug against another: hazard ratio with limits, the facts it came from, in the order of
    the path.

    group: a cohort or a subgroup. like: all judged alike. steps: links passed beside the own
    trial. ratio: as it should be used, with the spread between trials of one link counted; fixed:
    without it. tau, i2: that spread, of the link where it could be estimated, else 0. trials: names
    by link, along the path. blinded: all of them. rebuilt: one prints no ratio. assumed: the path takes the
    control of one trial for that of the own one.
    """

    group: str
    against: str
    analysis_set: str
    like: bool
    steps: int
    ratio: Ratio
    facts: tuple[Fact, ...]
    fixed: Ratio | None = None
    tau: float = 0.0
    i2: float = 0.0
    trials: tuple[str, ...] = ()
    blinded: bool = True
    rebuilt: bool = False
    assumed: bool = False

    def __post_init__(self):
        one_analysis_set(self.facts)
        object.__setattr__(self, "fixed", self.fixed or self.ratio)

    @property
    def weaknesses(self) -> tuple[str, ...]:
        """What makes the path weaker than one blinded trial judged as the own one was; that its
        patients came earlier in the sequence is common to all and not among them.
        """
        found = {
            "steps": self.steps > 1,
            "open": not self.blinded,
            "judges": not self.like,
            "rebuilt": self.rebuilt,
            "assumed": self.assumed,
        }
        return tuple(name for name, present in found.items() if present)


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


@cached_result(maxsize=8)
def contrasts(group: str | None = None) -> tuple[Contrast, ...]:
    """Every indirect comparison the register allows, by each division of the trial and judge; the
    register's own choice comes first, longer and weaker paths last.

    ``group``: those of one cohort or subgroup alone, for which no fact of another is read.
    """
    found: list[Contrast] = []
    for network in _networks(group):
        for link in links(network):
            if link.control == ARMS[1]:
                found += _through_control(cohort_of(network), link)
    for row in rows_of_register():
        if row.id in SUBSETS and group in (None, SUBSETS[row.id]):
            found += _through_control(SUBSETS[row.id], pooled((row,)))
    return (*found, *_over_two_links(group), *_by_assumption(group))


def _networks(group: str | None) -> list[str]:
    """The networks of the register, or that of one cohort."""
    every = dict.fromkeys(row.network for row in rows_of_register())
    return [network for network in every if group in (None, cohort_of(network))]


def _through_control(group: str, link: Link) -> Iterator[Contrast]:
    """Both trials against the same control, by every division and judge."""
    for name, judge in JUDGES.items():
        view = load_trial(name)
        result = view.subgroup_pfs(group) if group in SUBSETS.values() else view.pfs(group)
        if result.hazard_ratio is None:
            continue
        own = result.hazard_ratio
        if judge != "investigator":
            yield _along(group, name, own, (link,))
        if judge == "investigator" or name == BASE_SET and link.facts[0].assessor == "independent":
            other = _as_judged(link, "investigator")
            if other is not None:
                yield _along(group, name, own, (other,))


def _as_judged(link: Link, judge: str) -> Link | None:
    """A link of one trial by another judge; None where that is not printed, or trials are several."""
    fact = judged(link.facts[0], judge) if len(link.facts) == 1 else None
    if fact is None:
        return None
    return replace(link, fixed=as_ratio(fact), random=as_ratio(fact), facts=(fact,))


def _along(group: str, analysis_set: str, own: Fact, path: tuple[Link, ...]) -> Contrast:
    """The drug against the end of a path that begins at its control, each link turned so that the
    treatment further along stands above.
    """
    ratio = fixed = as_ratio(own)
    for link in path:
        ratio, fixed = bucher(ratio, link.random), bucher(fixed, link.fixed)
    facts = (own, *(fact for link in path for fact in link.facts))
    return Contrast(
        group,
        path[-1].treatment,
        analysis_set,
        len({fact.assessor for fact in facts}) == 1,
        len(path),
        ratio,
        facts,
        fixed,
        max(link.tau for link in path),
        max(link.i2 for link in path),
        tuple(" + ".join(link.trials) for link in path),
        all(link.blinded for link in path),
        any(link.rebuilt for link in path),
    )


def _over_two_links(group: str | None) -> Iterator[Contrast]:
    for network in _networks(group):
        direct = {link.treatment: link for link in links(network) if link.control == ARMS[1]}
        for link in links(network):
            if link.control in direct:
                path = (direct[link.control], link)
            elif link.treatment in direct and link.control != ARMS[1]:
                path = (direct[link.treatment], link.turned())
            else:
                continue
            cohort = cohort_of(network)
            for name in INDEPENDENT:
                yield _along(cohort, name, own_ratio(load_trial(name).pfs(cohort)), path)


def _by_assumption(group: str | None) -> Iterator[Contrast]:
    """Trials whose control is taken for that of the own trial."""
    for row in rows_of_register():
        cohort = cohort_of(row.network)
        if row.connects != "assumed" or group not in (None, cohort):
            continue
        for name in INDEPENDENT:
            own = own_ratio(load_trial(name).pfs(cohort))
            yield replace(_along(cohort, name, own, (pooled((row,)),)), assumed=True)


def each_trial(group: str, against: str, analysis_set: str = BASE_SET) -> tuple[Contrast, ...]:
    """The contrast with one trial of the link at a time: what remains when the others are left out."""
    own = own_ratio(load_trial(analysis_set).pfs(group))
    return tuple(
        _along(group, analysis_set, own, (pooled((row,)),))
        for row in rows_of_register()
        if (cohort_of(row.network), row.treatment, row.connects) == (group, against, "yes")
        and row.id not in SUBSETS
    )


def survival_contrasts(group: str | None = None) -> tuple[tuple[Contrast, Fact, Fact], ...]:
    """Death, in the pancreas: contrast, crossover in the own trial, crossover in the other trial.
    ``group``: as for ``contrasts``.
    """
    facts, found = load_facts(), list[tuple[Contrast, Fact, Fact]]()
    if group not in (None, "pnet"):
        return ()
    for drug, (ratio, crossed) in SURVIVAL.items():
        for name in INDEPENDENT:
            view = load_trial(name)
            own, other = own_ratio(view.os("pnet")), facts[ratio]
            between = bucher(as_ratio(own), as_ratio(other))
            contrast = Contrast("pnet", drug, name, True, 1, between, (own, other))
            found.append((contrast, view.required("crossover.pnet.rate"), facts[crossed]))
    return tuple(found)

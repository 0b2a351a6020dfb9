"""The trial as one analysis set at a time.

The trial's patients may have been divided into cohorts differently by its publication, by an
agency and at an interim analysis. A ``Trial`` holds one division and cannot be built from two.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TypeGuard

import scipy

from assessment.case.definition import load_case
from assessment.evidence.fact_loading import load_facts
from assessment.evidence.facts import Fact, FactSet, one_analysis_set
from assessment.evidence.problems import MixedAnalysisSets
from assessment.survival.distributions.special_functions import Z_975

CASE = load_case()
COHORTS = CASE.cohort_labels()  # {id: label}
ARMS = CASE.arm_ids()  # treated, control
SUBGROUPS = CASE.subgroup_ids()
PREFIXES = CASE.fact_prefixes()  # {analysis set: how the ids of its facts begin}
BASE_SET = CASE.base_set.id
DIVISIONS = tuple(s.id for s in CASE.divisions)
ANY_SET = "not_applicable"


@dataclass(frozen=True)
class TimeToEvent:
    """Median by arm, hazard ratio (treated over control) and p value of one endpoint; None
    where no fact exists.

    Raises MixedAnalysisSets when the facts given belong to two sets.
    """

    treated: Fact | None
    control: Fact | None
    hazard_ratio: Fact | None
    p_value: Fact | None = None

    def __post_init__(self):
        one_analysis_set(
            f for f in (self.treated, self.control, self.hazard_ratio, self.p_value) if f
        )

    def of_arm(self, arm: str) -> Fact | None:
        """The median of one arm, by its id."""
        return dict(zip(ARMS, (self.treated, self.control)))[arm]


@dataclass(frozen=True)
class ByArm:
    """One measure in both arms; None where no fact exists. Raises MixedAnalysisSets when the two
    belong to two sets.
    """

    treated: Fact | None
    control: Fact | None

    def __post_init__(self):
        one_analysis_set(f for f in (self.treated, self.control) if f)

    def of_arm(self, arm: str) -> Fact | None:
        """The measure in one arm, by its id."""
        return dict(zip(ARMS, (self.treated, self.control)))[arm]


@dataclass(frozen=True)
class Trial:
    """Facts of the trial in one analysis set. Build it with ``load_trial``; built from two sets it
    raises MixedAnalysisSets.
    """

    analysis_set: str
    facts: FactSet

    def __post_init__(self):
        if self.analysis_set not in PREFIXES:
            raise ValueError(
                f"no analysis set '{self.analysis_set}'. Choose one of: {', '.join(PREFIXES)}."
            )
        found = one_analysis_set(self.facts)
        if found not in (self.analysis_set, ANY_SET):
            raise MixedAnalysisSets(
                f"a Trial of the set '{self.analysis_set}' was given facts of the set '{found}'. "
                f"Build it with load_trial(analysis_set='{found}'), or leave those facts out."
            )

    def find(self, rest: str) -> Fact | None:
        """The fact ``<prefix>.<rest>`` of this set, None when there is none (a fact of status
        unknown is returned).
        """
        fact_id = f"{PREFIXES[self.analysis_set]}.{rest}"
        return self.facts[fact_id] if fact_id in self.facts else None  # noqa: SIM401 – no dict

    def required(self, rest: str) -> Fact:
        """As ``find``; LookupError when there is no such fact."""
        fact = self.find(rest)
        if fact is None:
            raise LookupError(f"there is no fact '{PREFIXES[self.analysis_set]}.{rest}'")
        return fact

    def n(self, cohort: str, arm: str | None = None) -> Fact | None:
        """Patients randomised in a cohort, or in one of its arms."""
        return self.find(".".join(("n", _cohort(cohort), *((arm,) if arm else ()))))

    def pfs(self, cohort: str) -> TimeToEvent:
        """Progression-free survival, months. Independent review, except where the set says
        that the investigators judged it.
        """
        return self._time_to_event(f"pfs.{_cohort(cohort)}")

    def os(self, cohort: str) -> TimeToEvent:
        """Overall survival, months; immature in every set."""
        return self._time_to_event(f"os.{_cohort(cohort)}")

    def deaths(self, cohort: str) -> ByArm:
        """Deaths by arm."""
        return self._by_arm(f"os.{_cohort(cohort)}.{{}}.deaths")

    def response(self, cohort: str) -> ByArm:
        """Objective response, percent, by independent review."""
        return self._by_arm(f"response.{_cohort(cohort)}.{{}}.rate")

    def best_response(self, cohort: str, kind: str) -> ByArm:
        """Share with another best response, percent: 'stable_disease', 'progressive_disease',
        'shrinkage'.
        """
        return self._by_arm(f"response.{_cohort(cohort)}.{{}}.{kind}")

    def duration(self, cohort: str) -> Fact | None:
        """Median duration of response in the treated arm, months."""
        return self.find(f"response.{_cohort(cohort)}.{ARMS[0]}.duration")

    def crossover(self, cohort: str) -> Fact | None:
        """Share of the control arm that later received the drug in the trial, percent."""
        return self.find(f"crossover.{_cohort(cohort)}.rate")

    def events(self, cohort: str) -> Fact | None:
        """Progressions or deaths seen, both arms."""
        return self.find(f"pfs.{_cohort(cohort)}.events")

    def planned_events(self, cohort: str) -> Fact | None:
        """Progressions or deaths the plan asked for, both arms."""
        return self.find(f"pfs.{_cohort(cohort)}.planned_events")

    def grade3plus(self, cohort: str) -> ByArm:
        """Patients with an adverse event of grade 3 or worse, percent."""
        return self._by_arm(f"safety.grade3plus.{_cohort(cohort)}.{{}}.rate")

    def exposure(self, cohort: str, measure: str) -> ByArm:
        """Dose and duration: 'dose_reduction' or 'discontinuation' (percent), 'daily_dose' (mg),
        'duration' (months).
        """
        return self._by_arm(f"exposure.{_cohort(cohort)}.{{}}.{measure}")

    def subgroup_pfs(self, subgroup: str) -> TimeToEvent:
        """Progression-free survival, months, of one of SUBGROUPS."""
        return self._time_to_event("pfs", before=f"{subgroup}.")

    def _time_to_event(self, stem: str, before: str = "") -> TimeToEvent:
        def of(last):
            return self.find(f"{before}{stem}.{last}")

        treated, control = (of(f"{arm}.median") for arm in ARMS)
        return TimeToEvent(treated, control, of("hazard_ratio"), of("p_value"))

    def _by_arm(self, pattern: str) -> ByArm:
        return ByArm(*(self.find(pattern.format(arm)) for arm in ARMS))


def has_number(fact: Fact | None) -> TypeGuard[Fact]:
    """Whether there is a fact with a single number."""
    return fact is not None and isinstance(fact.value, float)


def load_trial(analysis_set: str, facts: FactSet | None = None) -> Trial:
    """The trial in one analysis set (a key of PREFIXES), with the facts that belong to no set."""
    chosen = (load_facts() if facts is None else facts).select(
        subject=CASE.trial.id, analysis_set=(analysis_set, ANY_SET)
    )
    return Trial(analysis_set, chosen)


def all_analysis_sets(facts: FactSet | None = None) -> dict[str, Trial]:
    """The divisions of the trial's patients, each its own object, for showing beside each other and
    never for combining.
    """
    return {name: load_trial(name, facts) for name in DIVISIONS}


def events_behind(hazard_ratio: Fact, allocation: float = 2.0) -> float:
    """Events that the interval of a hazard ratio near 1 implies: (1 + r)² / (r · se²), r the
    allocation ratio.

    se is that of the log hazard ratio, from a 95 % interval; events are taken to fall in proportion
    to allocation (Schoenfeld 1981). Stratification widens intervals, so the number is rough and
    rather too small.
    """
    if not (hazard_ratio.low and hazard_ratio.high and hazard_ratio.interval == "ci95"):
        raise ValueError(f"{hazard_ratio.id} has no 95 % interval to count events from")
    se = (math.log(hazard_ratio.high) - math.log(hazard_ratio.low)) / (2 * Z_975)
    return (1 + allocation) ** 2 / (allocation * se**2)


def count_behind(rate: Fact, n: Fact) -> int | None:
    """The whole number of people whose share of ``n`` rounds to the printed percentage; None unless
    exactly one does.
    """
    one_analysis_set((rate, n))
    decimals = len((rate.printed or "").partition(".")[2])
    half = 0.5 * 10**-decimals + 1e-9
    fitting = [k for k in range(int(n.number) + 1) if abs(100 * k / n.number - rate.number) <= half]
    return fitting[0] if len(fitting) == 1 else None


def exact_interval(count: int, n: int, level: float = 0.95) -> tuple[float, float]:
    """Clopper–Pearson interval of ``count`` of ``n``, in percent."""
    if not 0 <= count <= n:
        raise ValueError(f"{count} of {n} is not a share")
    tail = (1 - level) / 2
    low = 0.0 if count == 0 else float(scipy.stats.beta.ppf(tail, count, n - count + 1))
    high = 1.0 if count == n else float(scipy.stats.beta.ppf(1 - tail, count + 1, n - count))
    return 100 * low, 100 * high


def _cohort(cohort: str) -> str:
    if cohort not in COHORTS:
        raise ValueError(f"no cohort '{cohort}'. Choose one of: {', '.join(COHORTS)}.")
    return cohort

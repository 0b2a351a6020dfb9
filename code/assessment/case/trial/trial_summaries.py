"""What is printed of a curve of the trial, and how it is read: the facts of one analysis set, as
calibration takes them.
"""

from __future__ import annotations

from collections.abc import Iterator

from assessment.case.trial.trial import ARMS, COHORTS, SUBGROUPS, Trial
from assessment.evidence import Fact, one_analysis_set, open_conflicts
from assessment.evidence.arguments.told_to_users import told_to_user
from assessment.survival.calibration.printed_summaries import Summaries

ARM_CODE = dict(zip(ARMS, "tc"))
# Every hazard ratio of the trial is stratified; by how much that may move it against an
# unstratified one, log scale (assumption).
STRATIFIED_SLACK = 0.06
# Deaths are known as they happen. Progression is seen at scans; how often they were is not among
# the book's facts, so it is weighed.
VISITS = {"pfs": None, "os": 0.0}


def printed(view: Trial, endpoint: str, group: str) -> dict[str, Fact]:
    """The facts of one analysis set that bear on a curve, {name in Summaries: Fact}; those without
    a value are left out.

    group: a cohort, or (for 'pfs') a subgroup. Raises MixedAnalysisSets when the facts found belong
    to two sets.
    """
    if endpoint not in ("pfs", "os") or group not in (
        *COHORTS,
        *(SUBGROUPS if endpoint == "pfs" else ()),
    ):
        raise ValueError(
            f"no curve of '{endpoint}' in '{group}'. Endpoints: pfs, os; groups:"
            f" {', '.join(COHORTS)}, and for pfs {', '.join(SUBGROUPS)}."
        )
    if group in COHORTS:
        result, before, after = getattr(view, endpoint)(group), "", f".{group}"
        events = {"events": view.find(f"{endpoint}.{group}.events")}
        events |= {
            f"events_{code}": (
                view.deaths(group).of_arm(arm)
                if endpoint == "os"
                else view.find(f"pfs.{group}.{arm}.events")
            )
            for arm, code in ARM_CODE.items()
        }
        follow = view.find(f"followup.{group}.{endpoint}")
    else:
        result, before, after, events = view.subgroup_pfs(group), f"{group}.", "", {}
        follow = view.find(f"{group}.followup.pfs")
    found = {
        "median_t": result.treated,
        "median_c": result.control,
        "hr": result.hazard_ratio,
        "followup_median": follow,
        **events,
    }
    found |= {f"n_{code}": view.find(f"{before}n{after}.{arm}") for arm, code in ARM_CODE.items()}
    found = {
        name: fact
        for name, fact in found.items()
        if fact is not None and isinstance(fact.value, float)
    }
    one_analysis_set(found.values())
    return found


def summaries(facts: dict[str, Fact]) -> Summaries:
    """Summaries of the facts that ``printed`` found; intervals go in where they are 95 % confidence
    intervals.

    Facts on which sources disagree and nobody has settled it are warned of (EvidenceWarning) where a
    notebook or a program of one's own asks; pages show the mark of an open question themselves.
    """
    told_to_user(_disputed(facts))
    values: dict[str, float | None] = {name: fact.number for name, fact in facts.items()}
    for name, (low, high) in {
        "median_t": ("lo_t", "hi_t"),
        "median_c": ("lo_c", "hi_c"),
        "hr": ("hr_lo", "hr_hi"),
    }.items():
        if name in facts and facts[name].interval == "ci95":
            values |= {low: facts[name].low, high: facts[name].high}
    if values.keys() >= {"events_t", "events_c"}:
        values.pop("events", None)
    return Summaries(**values)


def _disputed(facts: dict[str, Fact]) -> Iterator[str]:
    """Sentences of ``open_conflicts``, looked up only when somebody reads them: a kept result does not
    depend on the register of conflicts.
    """
    yield from open_conflicts(facts.values())

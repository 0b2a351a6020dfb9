"""Tables about the curves: by analysis set, and what the calibration says of the printed
numbers.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd

from assessment.case.trial.trial import ARMS, COHORTS, all_analysis_sets, load_trial
from assessment.case.trial.trial_curves import Curves
from assessment.case.trial.trial_summaries import ARM_CODE, printed
from assessment.evidence import Fact
from assessment.pages.trial_evidence.curves.curve_words import (
    ENDS,
    LANDMARK,
    RMST_AT,
    TOO_LITTLE,
    found,
    gain_text,
    landmark_text,
)
from assessment.pages.trial_evidence.curves.extrapolation_words import FAMILY
from assessment.pages.trial_evidence.curves.small_multiples import subgroup_curves
from assessment.pages.trial_evidence.shared.trial_words import (
    ARM_HEADS,
    ARM_LABELS,
    NOT_STATED,
    SETS,
    some,
)
from assessment.presentation import numbers
from assessment.presentation.language import _
from assessment.presentation.show import Table

DASH = "–"
# what a calibration is given, by how the names of its facts begin
GIVEN = {
    "n": _("sizes"),
    "median": _("medians"),
    "hr": _("hazard ratio"),
    "events": _("events"),
    "followup": _("follow-up"),
}
# share of a printed median by which a calibrated one may differ before the table says so
PULLED = 0.1


@dataclass(frozen=True)
class Attempt:
    """A calibration, done or tried: ``curves`` is None where too little is printed. ``label`` names
    the group, ``set_name`` the analysis set.
    """

    endpoint: str
    group: str
    label: str
    set_name: str
    facts: dict[str, Fact]
    curves: Curves | None


def _attempts() -> Iterator[Attempt]:
    """Everything calibrated or tried: endpoints of all cohorts in every set, then subgroups."""
    for endpoint in ("pfs", "os"):
        for cohort, label in COHORTS.items():
            for name in all_analysis_sets():
                facts = printed(load_trial(name), endpoint, cohort)
                if facts.keys() & {"hr", "median_t", "events_t"}:
                    c = found(endpoint, cohort, name)
                    yield Attempt(endpoint, cohort, label, SETS[name], facts, c)
    for label, c in subgroup_curves():
        set_name = SETS.get(c.analysis_set, NOT_STATED)
        yield Attempt("pfs", c.group, label, set_name, c.facts, c)


def by_set() -> Table:
    """Share without the event at the landmark and months gained, for each cohort and analysis set.

    Raises LookupError where nothing is printed to make curves from.
    """
    rows = []
    for a in _attempts():
        if a.group not in COHORTS:
            continue
        c = a.curves
        row = {
            _("Curve"): _("{endpoint} at {month} months, {cohort}").format(
                endpoint=ENDS[a.endpoint], month=LANDMARK[a.endpoint], cohort=a.label
            ),
            _("Analysis set"): a.set_name,
        }
        row |= {ARM_HEADS[arm]: landmark_text(c, arm) if c else DASH for arm in ARMS}
        row[_("Months gained in {months}").format(months=RMST_AT)] = (
            gain_text(c) if c else TOO_LITTLE
        )
        rows.append(row)
    return Table(pd.DataFrame(some(rows, "<endpoint>.<cohort>.<arm>.median")))


def contradictions() -> Table:
    """What each calibration was given, and what it says of the printed numbers: do they agree, and
    does it give the medians back?

    Raises LookupError where nothing is printed to make curves from.
    """
    rows = [
        {
            _("Curve"): f"{ENDS[a.endpoint]}, {a.label}",
            _("Set"): a.set_name,
            _("Given"): ", ".join(_given(a.facts)),
            _("Medians, printed → calibrated"): _medians(a.curves) if a.curves else DASH,
            _("→ of all such patients"): _population_medians(a.curves) if a.curves else DASH,
            _("Verdict"): _verdict(a.curves) if a.curves else TOO_LITTLE,
        }
        for a in _attempts()
    ]
    limit = _("Pulled: by more than {share}\u00a0%, our limit")
    caption = limit.format(share=numbers.number(100 * PULLED))
    some(rows, "<endpoint>.<cohort>.<arm>.median")
    return Table(pd.DataFrame(rows), caption=caption, classes=("long",), first_rows=8)


def _given(facts: dict[str, Fact]) -> list[str]:
    """What a calibration is given, in words."""
    kinds = {name.split("_")[0] for name in facts}
    given = [words for kind, words in GIVEN.items() if kind in kinds]
    medians = [facts[name] for name in ("median_t", "median_c") if name in facts]
    if any(fact.interval == "ci95" for fact in medians):
        given.insert(2, _("intervals of medians"))
    return given


def _medians(c: Curves) -> str:
    """Each printed median, and what the calibrated curve makes of it."""
    return "; ".join(
        f"{numbers.fact_text(c.facts[name], 'bare')}\u00a0→\u00a0"
        f"{numbers.number(calibrated_median(c, code), 1)}"
        for name, code in (("median_t", "t"), ("median_c", "c"))
        if name in c.facts
    )


def _population_medians(c: Curves) -> str:
    """Median of each arm's expected curve of all such patients: what the economic model uses."""
    return "; ".join(
        numbers.number(expected_median(c, code), 1)
        for name, code in (("median_t", "t"), ("median_c", "c"))
        if name in c.facts
    )


def _verdict(c: Curves) -> str:
    contradicting = [_families_in_words(sentence) for sentence in c.draws.contradictions]
    return " ".join(contradicting + pulled_medians(c)) or _("no contradiction found")


def pulled_medians(c: Curves) -> list[str]:
    """A sentence for each printed median without an interval that the other numbers pull away by
    more than PULLED.
    """
    told = []
    for arm, code in ARM_CODE.items():
        fact = c.facts.get(f"median_{code}")
        if c.route != "calibrated" or fact is None:
            continue
        ratio = calibrated_median(c, code) / fact.number
        if abs(ratio - 1) > PULLED:
            sentence = (
                _(
                    "The {arm} median is pulled up by the hazard ratio: few patients stand behind"
                    " it."
                )
                if calibrated_median(c, code) > fact.number
                else _(
                    "The {arm} median is pulled down by the hazard ratio: few patients stand behind"
                    " it."
                )
            )
            told.append(sentence.format(arm=ARM_LABELS[arm]))
    return told


def _families_in_words(sentence: str) -> str:
    for key, label in FAMILY.items():
        sentence = sentence.replace(f"{key}:", f"{label}:")
    return sentence


@lru_cache(maxsize=64)
def expected_median(c: Curves, code: str) -> float:
    """The month at which the mean over all draws of the population's curve reaches one half; nan if
    never within ten years.
    """
    months = np.linspace(0, 120, 481)
    arm = {code: arm for arm, code in ARM_CODE.items()}[code]
    curve = c.survival(months, arm).mean(axis=0)
    if curve[-1] > 0.5:
        return float("nan")
    return float(np.interp(-0.5, -curve, months))


@lru_cache(maxsize=64)
def calibrated_median(c: Curves, code: str) -> float:
    """The month at which the middle of the trial's own curve reaches one half, between grid points
    by a straight line; nan if never.
    """
    months = np.linspace(0, 60, 121)
    arm = {code: arm for arm, code in ARM_CODE.items()}[code]
    middle = c.band(months, arm, "trial")[1]
    at = int(np.argmax(middle <= 0.5))
    if not middle[at] <= 0.5:
        return float("nan")
    return float(np.interp(0.5, middle[[at, at - 1]], months[[at, at - 1]]))

"""Tables and computed sentences about the curves: by analysis set, what the calibration says of the
printed numbers, and texts for the prose.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import pandas as pd

from assessment.case.trial.trial import ARMS, COHORTS, all_analysis_sets, load_trial
from assessment.case.trial.trial_curves import curves, printed
from assessment.evidence.provenance.traced_text import computed
from assessment.pages.trial_evidence.curve_words import (
    LANDMARK,
    WORDS,
    found,
    gain_text,
    landmark_text,
)
from assessment.pages.trial_evidence.effect_words import ROLES
from assessment.pages.trial_evidence.effect_words import WORDS as TRIAL
from assessment.pages.trial_evidence.extrapolation_words import FAMILY, SET_TITLES
from assessment.pages.trial_evidence.small_multiples import subgroup_curves
from assessment.presentation import numbers
from assessment.presentation.glue_keys import of_cohort, qualified
from assessment.presentation.show import Table
from assessment.survival.calibration.calibrated_curves import AT_LAST
from assessment.survival.calibration.hidden_data_check import SEEN, SETS, accuracy, hidden
from assessment.survival.calibration.likelihood import INTERVALS
from assessment.survival.calibration.visit_schedule import WITH_VISITS

DASH = "–"
GAIN_STEM = {"pfs": "curve_pfs_gain", "os": "curve_os_gain"}
# months at which texts tell the share without the event, by the stems of their glue keys
LANDMARK_STEMS = {
    "pfs": {
        "curve_pfs_at_12_months": 12,
        "curve_pfs_at_5_years": 60,
        "curve_pfs_at_10_years": 120,
    },
    "os": {
        "curve_os_at_24_months": 24,
        "curve_os_at_5_years": 60,
        "curve_os_at_10_years": 120,
    },
}
# share of a printed median by which a calibrated one may differ before the table says so
PULLED = 0.1


def _pairs():
    """(endpoint, group, analysis set, name of the group, name of the set, curves or None) of
    everything calibrated or tried.
    """
    for endpoint in ("pfs", "os"):
        for cohort, label in COHORTS.items():
            for s in all_analysis_sets():
                facts = printed(load_trial(s), endpoint, cohort)
                if facts.keys() & {"hr", "median_t", "events_t"}:
                    yield endpoint, cohort, s, label, TRIAL["sets"][s], found(endpoint, cohort, s)
    for name, c in subgroup_curves():
        yield (
            "pfs",
            c.group,
            c.analysis_set,
            name,
            TRIAL["sets"].get(c.analysis_set, "not stated"),
            c,
        )


def by_set() -> Table:
    """Share without the event at the landmark and months gained, for each cohort and analysis set."""
    rows = []
    for endpoint, group, _, label, set_name, c in _pairs():
        if group in COHORTS:
            row = {
                "Curve": f"{WORDS['ends'][endpoint]} at {LANDMARK[endpoint]} months, {label}",
                "Analysis set": set_name,
            }
            row |= {arm.capitalize(): landmark_text(c, arm) if c else DASH for arm in ARMS}
            rows.append(row | {"Months gained in 24": gain_text(c) if c else WORDS["too_little"]})
    return Table(pd.DataFrame(rows))


def contradictions() -> Table:
    """What each calibration was given, and what it says of the printed numbers: do they agree, and
    does it give the medians back?
    """
    rows = []
    for endpoint, group, s, label, set_name, c in _pairs():
        facts = c.facts if c else printed(load_trial(s), endpoint, group)
        used = [
            WORDS["known"][k]
            for k in ("n", "median", "hr", "events", "followup")
            if any(name.split("_")[0] == k for name in facts)
        ]
        if any(facts[m].interval == "ci95" for m in ("median_t", "median_c") if m in facts):
            used.insert(2, WORDS["known"]["lo"])
        told = (
            DASH
            if c is None
            else "; ".join(
                f"{numbers.fact_text(facts[m], 'bare')}\u00a0→\u00a0"
                f"{numbers.number(calibrated_median(c, m[-1]), 1)}"
                for m in ("median_t", "median_c")
                if m in facts
            )
        )
        verdict = (
            WORDS["too_little"]
            if c is None
            else " ".join([*map(_families_in_words, c.draws.contradictions), *_moved(c)])
            or WORDS["agree"]
        )
        rows.append(
            {
                "Curve": f"{WORDS['ends'][endpoint]}, {label}",
                "Set": set_name,
                "Given": ", ".join(used),
                "Medians, printed → calibrated": told,
                "Verdict": verdict,
            }
        )
    return Table(
        pd.DataFrame(rows),
        caption=WORDS["pulled"].format(share=numbers.number(100 * PULLED)),
        classes=("long",),
    )


def _moved(c) -> list[str]:
    """A sentence for each printed median without an interval that the other numbers pull away by
    more than PULLED.
    """
    told = []
    for arm, code in zip(ARMS, "tc"):
        fact = c.facts.get(f"median_{code}")
        if (
            c.route == "calibrated"
            and fact is not None
            and abs(calibrated_median(c, code) / fact.number - 1) > PULLED
        ):
            told.append(
                f"The {arm} median is pulled"
                f" {'up' if calibrated_median(c, code) > fact.number else 'down'} by the hazard"
                " ratio: few patients stand behind it."
            )
    return told


def _families_in_words(sentence: str) -> str:
    for key, label in FAMILY.items():
        sentence = sentence.replace(f"{key}:", f"{label}:")
    return sentence


@lru_cache(maxsize=64)
def calibrated_median(c, code: str) -> float:
    """The month at which the middle of the trial's own curve reaches one half, between grid points
    by a straight line; nan if never.
    """
    months = np.linspace(0, 60, 121)
    middle = c.band(months, ARMS["tc".index(code)], "trial")[1]
    at = int(np.argmax(middle <= 0.5))
    if not middle[at] <= 0.5:
        return float("nan")
    return float(np.interp(0.5, middle[[at, at - 1]], months[[at, at - 1]]))


@computed
def landmark_texts(endpoint: str, cohort: str) -> dict[str, str]:
    """Months gained, and the share without the event at the landmark, at five and at ten years, of
    one endpoint and cohort.
    """
    c, stems = curves(endpoint, cohort), LANDMARK_STEMS[endpoint]
    said = of_cohort(cohort, {GAIN_STEM[endpoint]: gain_text(c)})
    for role, arm in zip(ROLES, ARMS):
        shares = {stem: landmark_text(c, arm, month) for stem, month in stems.items()}
        said |= qualified(shares, cohort, role)
    return said


@computed
def texts() -> dict[str, str]:
    """Computed numbers for the chapter's sentences, as text."""
    said = {}
    for endpoint in ("pfs", "os"):
        for cohort in COHORTS:
            said |= landmark_texts(endpoint, cohort)
    shares = [curves("pfs", cohort).draws.families for cohort in COHORTS]
    said["curve_top_family_share"] = (
        f"{numbers.number(100 * max(max(s.values()) for s in shares))}\u00a0%"
    )
    a = accuracy()
    said |= {
        key: f"{numbers.number(100 * a[part], 1)}\u00a0%"
        for key, part in (
            ("curve_check_arms", "arms"),
            ("curve_check_difference", "difference"),
            ("curve_check_exponential_arms", "exponential_arms"),
            ("curve_check_exponential_difference", "exponential_difference"),
        )
    }
    missed = [(n, what) for n in SETS for what in WORDS["checked"] if not hidden(n).covered(what)]
    told = (
        ", ".join(f"{SET_TITLES[n].lower()} ({WORDS['checked'][what]})" for n, what in missed)
        or WORDS["none"]
    )
    if "regimes" in dict(missed):
        told += WORDS["governments"]
    said |= {
        "curve_check_covered": f"{a['covered']} of {a['intervals']}",
        "curve_check_missed": told,
        "curve_check_last": f"{numbers.number(100 * AT_LAST)}\u00a0%",
        "curve_visits_before": f"{numbers.number(100 * WITH_VISITS)}\u00a0%",
        "curve_log_log_before": f"{numbers.number(100 * INTERVALS['log-log'])}\u00a0%",
        "curve_check_seen": f"{len(SEEN)} of {len(SETS)}",
    }
    return said

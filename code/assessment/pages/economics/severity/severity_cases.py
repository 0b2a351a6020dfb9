"""Severity: absolute shortfall by age, cohort and assumption."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from assessment.case.model.analyses.comparator_severity import placebo_arm
from assessment.case.trial.trial import COHORTS
from assessment.economics.model.absolute_shortfall import (
    absolute_shortfall,
    check_against_published,
    severity_class,
    shortfall_by_age,
)
from assessment.evidence import load_facts, load_population_table
from assessment.evidence.provenance.result_cache import cached_result

WORDS = {
    "assumption": (
        "◆ Assumption: exponential survival from the printed placebo median; ages at the start of"
        " treatment are ours"
    ),
    "assumption_narrow": [
        "◆ Assumption: exponential survival from the",
        "printed placebo median; ages are ours",
    ],
    "shortfall": "Absolute shortfall, QALYs",
    "age": "Age at start of treatment",
    "class": "class",
    "most": "most there is to lose",
    "assumed": "age assumed",
    "cases": {
        "base": "Base case",
        "tail_long": "Longer tail",
        "tail_short": "Shorter tail",
        "utility_printed": "Utility as printed",
        "utility_low": "Lowest utility",
        "interim": "Interim 2023",
        "active": "Active treatment",
        "ours": "Our life table",
    },
    "explained": {
        "base": "placebo arm, exponential curve, mapped utility",
        "tail_long": "curve shape {low}, same median",
        "tail_short": "curve shape {high}, same median",
        "utility_printed": "utility before mapping",
        "utility_low": "lowest published utility after progression",
        "interim": "placebo median of the interim analysis",
        "active": {
            "epnet": "median survival as on 177Lu-dotatate in NETTER-1",
            "pnet": "median survival as on everolimus in RADIANT-3",
        },
        "ours": "remaining QALYs recomputed here",
    },
}


PRINTED_UTILITY = {
    "epnet": "economics.utility.palmer.midgut_progressed",
    "pnet": "economics.utility.palmer.pnet_progressed",
}


ACTIVE_MEDIAN = {
    "epnet": "netter1.os.midgut.lutetium.median",
    "pnet": "radiant3.os.pnet.everolimus.median",
}


SOURCES = ("chan2025", "dmp2025tool", "magnussen2015")


def ages() -> range:
    """The ages shown, an assumption kept in the data."""
    shown = load_facts()["economics.severity.ages_shown"]
    return range(int(shown.low), int(shown.high) + 1)


def assumed_age(cohort: str) -> int:
    """The starting age assumed for a cohort."""
    return int(load_facts()[f"norway.age.{cohort}.start"].number)


@cached_result(maxsize=1)
def cases() -> pd.DataFrame:
    """Every case of both cohorts at every age shown: one row per cohort, case and age, columns as
    shortfall_by_age.
    """
    facts = load_facts()
    shape = facts["economics.severity.curve_shape"]
    frames = []
    for cohort in COHORTS:
        base = placebo_arm(cohort)
        found = {
            "base": base,
            "tail_long": replace(base, shape=shape.low),
            "tail_short": replace(base, shape=shape.high),
            "utility_printed": replace(base, utility=facts[PRINTED_UTILITY[cohort]].number),
            "utility_low": replace(
                base, utility=facts["economics.utility.swinburn.progressed"].number
            ),
        }
        if cohort == "epnet":  # no other set prints a median on placebo
            found["interim"] = placebo_arm(cohort, "interim_2023")
        found["active"] = replace(base, median_survival_months=facts[ACTIVE_MEDIAN[cohort]].number)
        frames += [
            shortfall_by_age(arm, ages()).assign(cohort=cohort, case=name)
            for name, arm in found.items()
        ]
        frames.append(_with_our_life_table(frames[-len(found)]).assign(case="ours"))
    return pd.concat(frames, ignore_index=True)


def _with_our_life_table(base: pd.DataFrame) -> pd.DataFrame:
    """The base case with remaining QALYs recomputed here in place of DMP's printed table."""
    classes = load_population_table("severity-classes")
    ours = base["age"].map(check_against_published().set_index("age")["our_qalys"])
    shortfall = [absolute_shortfall(r, q) for r, q in zip(ours, base["comparator_qalys"])]
    return base.assign(
        remaining_qalys=ours,
        shortfall=shortfall,
        **{"class": [severity_class(s, classes) for s in shortfall]},
    )


def border_shift(data: pd.DataFrame) -> int:
    """The most years by which any case moves the first age of any class, against the base case of
    its cohort.
    """
    first = data.groupby(["cohort", "case", "class"])["age"].min().unstack("case")
    shifts = first.sub(first["base"], axis=0).abs()
    return int(shifts[first["base"] > ages()[0]].max().max())

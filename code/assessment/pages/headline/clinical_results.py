"""Headline results of the trial, its curves and comparisons."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from assessment.case.model.inputs.model_inputs import COHORTS
from assessment.case.trial.crossover_dilution import dilutions
from assessment.case.trial.harms import harms
from assessment.case.trial.indirect_comparisons import contrasts, survival_contrasts
from assessment.case.trial.trial import ARMS, PREFIXES, load_trial
from assessment.evidence import load_facts
from assessment.pages.headline.result_rows import BASE_SET, Result
from assessment.pages.trial_evidence.curves import curve_words


def trial() -> Iterator[Result]:
    """Printed effects, and what the calibrated curves make of them."""
    for name in PREFIXES:
        if name == "unstated":
            continue
        for endpoint in ("pfs", "os"):
            for cohort in COHORTS:
                yield from _printed(name, endpoint, cohort)
                found = curve_words.found(endpoint, cohort, name)
                if found is not None:
                    yield from _calibrated(found, name, endpoint, cohort)
    facts = load_facts()
    for cohort in COHORTS:
        for arm in ARMS:
            yield Result(
                f"trial.response.{arm}",
                cohort,
                BASE_SET,
                "%",
                facts[f"cabinet.response.{cohort}.{arm}.rate"].number,
            )


def _printed(name: str, endpoint: str, cohort: str) -> Iterator[Result]:
    printed = getattr(load_trial(name), endpoint)(cohort)
    for what, fact in (
        ("hazard_ratio", printed.hazard_ratio),
        *((f"median.{arm}", printed.of_arm(arm)) for arm in ARMS),
    ):
        if fact is not None and isinstance(fact.value, float):
            yield Result(f"trial.{endpoint}.{what}", cohort, name, fact.unit, fact.number)


def _calibrated(found, name: str, endpoint: str, cohort: str) -> Iterator[Result]:
    month = curve_words.LANDMARK[endpoint]
    for arm in ARMS:
        share = 100 * float(found.band(np.array([float(month)]), arm, "population")[1][0])
        yield Result(f"curve.{endpoint}.at_{month}_months.{arm}", cohort, name, "%", share)
    gained = found.rmst_difference(np.linspace(0, curve_words.RMST_AT, 97))[:, -1]
    yield Result(
        f"curve.{endpoint}.rmst_gain_{curve_words.RMST_AT}_months",
        cohort,
        name,
        "months",
        float(np.nanmedian(gained)),
    )


def comparisons() -> Iterator[Result]:
    for contrast in contrasts():
        judged = "" if contrast.like else ".unlike_judges"
        yield Result(
            f"indirect.pfs.hazard_ratio.{contrast.against}{judged}",
            contrast.group,
            contrast.analysis_set,
            "ratio",
            contrast.ratio.estimate,
        )
    for contrast, *_ in survival_contrasts():
        yield Result(
            f"indirect.os.hazard_ratio.{contrast.against}",
            contrast.group,
            contrast.analysis_set,
            "ratio",
            contrast.ratio.estimate,
        )
    for diluted in dilutions():
        yield Result(
            "crossover.undiluted_hazard_ratio",
            diluted.cohort,
            diluted.analysis_set,
            "ratio",
            float(diluted.undiluted()),
        )
    for harm in harms(load_trial(BASE_SET)):
        if harm.difference is not None:
            yield Result(
                f"harm.{harm.harm}.risk_difference",
                harm.group,
                BASE_SET,
                "share",
                harm.difference.difference,
            )

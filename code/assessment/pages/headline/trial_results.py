"""Headline results of the trial and its curves."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from assessment.case.definition import load_case
from assessment.case.model.inputs.model_inputs import COHORTS
from assessment.case.trial.trial import ARMS, has_number, load_trial
from assessment.case.trial.trial_curves import Curves
from assessment.pages.headline.result_rows import BASE_SET, Result, Row, rows_of
from assessment.pages.trial_evidence.curves import curve_words

ENDPOINTS = ("pfs", "os")


def trial() -> Iterator[Result]:
    """Printed effects, and what the calibrated curves make of them."""
    for division in load_case().divisions:
        for endpoint in ENDPOINTS:
            for cohort in COHORTS:
                yield from _printed(division.id, endpoint, cohort)
                curves = curve_words.found(endpoint, cohort, division.id)
                if curves is not None:
                    yield from _calibrated(curves, division.id, endpoint, cohort)
    published = load_trial(BASE_SET)
    for cohort in COHORTS:
        rates = published.response(cohort)
        by_arm = ((arm, rates.of_arm(arm)) for arm in ARMS)
        rows: list[Row] = [(arm, "%", rate.number) for arm, rate in by_arm if has_number(rate)]
        yield from rows_of("trial.response.", cohort, BASE_SET, rows)


def _printed(division: str, endpoint: str, cohort: str) -> Iterator[Result]:
    """Hazard ratio and medians where they are printed as numbers."""
    printed = getattr(load_trial(division), endpoint)(cohort)
    facts = {"hazard_ratio": printed.hazard_ratio}
    facts |= {f"median.{arm}": printed.of_arm(arm) for arm in ARMS}
    rows: list[Row] = [
        (name, fact.unit, fact.number)
        for name, fact in facts.items()
        if fact is not None and isinstance(fact.value, float)
    ]
    yield from rows_of(f"trial.{endpoint}.", cohort, division, rows)


def _calibrated(curves: Curves, division: str, endpoint: str, cohort: str) -> Iterator[Result]:
    """Shares without an event at the landmark, and the gain in mean time until the last."""
    month, last = curve_words.LANDMARK[endpoint], curve_words.RMST_AT
    rows: list[Row] = []
    for arm in ARMS:
        middle = curves.band(np.array([float(month)]), arm, "population")[1]
        rows.append((f"at_{month}_months.{arm}", "%", 100 * float(middle[0])))
    gained = curves.rmst_difference(np.linspace(0, last, 97))[:, -1]
    rows.append((f"rmst_gain_{last}_months", "months", float(np.nanmedian(gained))))
    yield from rows_of(f"curve.{endpoint}.", cohort, division, rows)

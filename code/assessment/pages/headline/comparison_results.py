"""Headline results of comparisons, crossover and harms."""

from __future__ import annotations

from collections.abc import Iterator

from assessment.case.trial.crossover_dilution import dilutions
from assessment.case.trial.harms import harms
from assessment.case.trial.indirect_comparisons import contrasts, survival_contrasts
from assessment.case.trial.trial import load_trial
from assessment.pages.headline.result_rows import BASE_SET, Result, Row, rows_of


def comparisons() -> Iterator[Result]:
    """Indirect comparisons, the ratio of death without crossover, and harms."""
    yield from _indirect()
    for dilution in dilutions():
        row: Row = ("undiluted_hazard_ratio", "ratio", dilution.undiluted())
        yield from rows_of("crossover.", dilution.cohort, dilution.analysis_set, [row])
    for harm in harms(load_trial(BASE_SET)):
        if harm.difference is not None:
            row = (f"{harm.harm}.risk_difference", "share", harm.difference.difference)
            yield from rows_of("harm.", harm.group, BASE_SET, [row])


def _indirect() -> Iterator[Result]:
    for contrast in contrasts():
        judged = "" if contrast.like else ".unlike_judges"
        row: Row = (f"{contrast.against}{judged}", "ratio", contrast.ratio.estimate)
        stem = "indirect.pfs.hazard_ratio."
        yield from rows_of(stem, contrast.group, contrast.analysis_set, [row])
    for contrast, *_others in survival_contrasts():
        row = (contrast.against, "ratio", contrast.ratio.estimate)
        stem = "indirect.os.hazard_ratio."
        yield from rows_of(stem, contrast.group, contrast.analysis_set, [row])

"""Tables beside the model: published evaluations, and the scheme for very small patient groups."""

from __future__ import annotations

import pandas as pd

from assessment.case.model import runs
from assessment.case.model.inputs.model_inputs import COHORTS
from assessment.evidence import Fact, load_facts, load_register
from assessment.pages.economics.shared.fact_ranges import range_of
from assessment.presentation import numbers, words
from assessment.presentation.frame_rows import frame_rows
from assessment.presentation.language import _
from assessment.presentation.show import Table, ref


def evaluation_table() -> Table:
    """Cost-effectiveness analyses in neighbouring questions: who and what, QALYs gained, cost per
    QALY as printed.
    """
    facts = load_facts()
    rows = [
        (
            row.study,
            facts[row.fact].population,
            ref(facts[row.gain_fact], "bare") if row.gain_fact else "–",
            ref(facts[row.fact]),
        )
        for row in frame_rows(load_register("neighbouring-evaluations"))
    ]
    columns = [_("Study"), _("Question"), _("QALYs gained"), _("Cost per QALY")]
    return Table(pd.DataFrame(rows, columns=columns))


def small_group_table() -> Table:
    """The criteria of the scheme for very small patient groups against what is known here."""
    facts = load_facts()
    shortfalls = [runs.severity(c).shortfall for c in COHORTS]
    gains = [float(runs.base(c).increment.effect) for c in COHORTS]
    patients, fewer_than = (
        facts["norway.patients.eligible.n"],
        facts["norway.small_groups.patients.maximum"],
    )
    least_shortfall, least_gain = (
        facts[f"norway.small_groups.{what}.minimum"] for what in ("shortfall", "gain")
    )
    rows = [
        (
            _("Patients in Norway, fewer than about"),
            ref(fewer_than),
            ref(patients),
            _met_by_patients(patients, fewer_than),
        ),
        (
            _("Absolute shortfall, at least about"),
            ref(least_shortfall),
            _("{range}\u00a0QALYs").format(
                range=numbers.interval(min(shortfalls), max(shortfalls))
            ),
            _met_from(least_shortfall, shortfalls),
        ),
        (
            _("Expected gain, at least about"),
            ref(least_gain),
            _("{range}\u00a0QALYs, as modelled").format(
                range=numbers.interval(min(gains), max(gains), 2)
            ),
            _met_from(least_gain, gains),
        ),
        (
            _("Frequency worldwide"),
            ref(facts["norway.small_groups.prevalence.maximum"]),
            words.UNKNOWN,
            _("not examined"),
        ),
    ]
    columns = [_("Criterion"), _("Asked for"), _("Here"), _("Met")]
    return Table(pd.DataFrame(rows, columns=columns))


def _met_by_patients(patients: Fact, fewer_than: Fact) -> str:
    """Whether the range of patients lies below a number."""
    fewest, most = range_of(patients)
    if most < fewer_than.number:
        return _("yes")
    return _("not at DMP's range as a whole") if fewest < fewer_than.number else _("no")


def _met_from(least: Fact, values: list[float]) -> str:
    """Whether the values of the cohorts reach the least that is asked for."""
    reached = [value >= least.number for value in values]
    return _("yes") if all(reached) else _("in part") if any(reached) else _("no")

"""The few numbers of the page in plain words, the cohorts side by side."""

from __future__ import annotations

import pandas as pd

from assessment.case.definition import load_case
from assessment.evidence import load_facts
from assessment.presentation.language import _
from assessment.presentation.show import Table, ref


def times() -> Table:
    """How long it took until the tumour grew, for half of the people, by arm and cohort."""
    rows = {
        _("With {drug}").format(drug=arm.label): f"cabinet.pfs.{{cohort}}.{arm.id}.median"
        for arm in load_case().arms
    }
    return _by_cohort(rows, _("So long it took for half of the people, or longer"), "value")


def doses() -> Table:
    """How many of a hundred people needed a lower dose, and how many stopped, by cohort."""
    measures = {
        _("Needed a lower dose"): "dose_reduction",
        _("Stopped because of an adverse event"): "discontinuation",
    }
    treated = load_case().treated
    rows = {
        said: f"cabinet.exposure.{{cohort}}.{treated.id}.{measure}"
        for said, measure in measures.items()
    }
    caption = _("Of a hundred people who took {drug}").format(drug=treated.label)
    return _by_cohort(rows, caption, "bare")


def _by_cohort(rows: dict[str, str], caption: str, style: str) -> Table:
    """A row for each fact's name with a place for the cohort, a column for each cohort."""
    facts, cohorts = load_facts(), load_case().cohorts
    shown = [
        {_("People"): said}
        | {cohort.label: ref(facts[fact.format(cohort=cohort.id)], style) for cohort in cohorts}
        for said, fact in rows.items()
    ]
    return Table(pd.DataFrame(shown), caption=caption)

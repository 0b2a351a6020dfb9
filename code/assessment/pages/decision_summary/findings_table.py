"""The summary of findings: what is known of each cohort, outcome by outcome, and how sure it is."""

from __future__ import annotations

import pandas as pd

from assessment.case.model.inputs.model_inputs import COHORTS
from assessment.case.trial.trial import COHORTS as NAMES
from assessment.pages.decision_summary.summary_row import Row
from assessment.pages.decision_summary.trial_rows import trial_rows
from assessment.pages.decision_summary.value_rows import need_rows, other_drug_rows, value_rows
from assessment.presentation.language import _
from assessment.presentation.show import Table

GROUP = _("Where it is from")


def findings(short: bool = False) -> Table:
    """One row an outcome, a column each cohort, and how sure it is.

    ``short``: the rows of the front page alone, without the reasons.
    """
    columns = [GROUP, _("Outcome"), *(NAMES[cohort] for cohort in COHORTS)]
    listed = [
        [group, row.label, *row.cells, row.note]
        for group, rows in _groups().items()
        for row in rows
        if row.on_front or not short
    ]
    frame = pd.DataFrame(listed, columns=[*columns, _("How sure, and why")])
    return Table(frame[columns] if short else frame, classes=("findings",), group=GROUP)


def _groups() -> dict[str, list[Row]]:
    return {
        _("In the trial, against placebo"): trial_rows(),
        _("Over a lifetime, against placebo, computed"): value_rows(),
        _("Against everolimus, for patients who have not had it"): other_drug_rows(),
        _("Need in Norway"): need_rows(),
    }

"""The summary of findings: what is known of each cohort, outcome by outcome, and how sure it is."""

from __future__ import annotations

import pandas as pd

from assessment.case.model.inputs.model_inputs import COHORTS
from assessment.case.trial.trial import COHORTS as NAMES
from assessment.pages.decision_summary.trial_rows import trial_rows
from assessment.pages.decision_summary.value_rows import need_rows, other_drug_rows, value_rows
from assessment.presentation.language import _
from assessment.presentation.show import Table


def findings(short: bool = False) -> Table:
    """One row an outcome, a column each cohort, and how sure it is.

    ``short``: the rows of the front page alone, without the reasons.
    """
    rows = [*trial_rows(), *value_rows(), *other_drug_rows(), *need_rows()]
    columns = [_("Outcome"), *(NAMES[cohort] for cohort in COHORTS)]
    if short:
        listed = [[row.label, *row.cells] for row in rows if row.on_front]
        return Table(pd.DataFrame(listed, columns=columns), classes=("findings",))
    columns.append(_("How sure, and why"))
    listed = [[row.label, *row.cells, row.note] for row in rows]
    return Table(pd.DataFrame(listed, columns=columns), classes=("findings",))

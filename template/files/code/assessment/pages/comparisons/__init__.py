"""The trial beside others: which could be compared with it, and how certain each outcome is."""

from __future__ import annotations

import pandas as pd

from assessment.evidence import load_facts, load_register
from assessment.presentation.frame_rows import frame_rows
from assessment.presentation.language import _
from assessment.presentation.show import Table, ref


def network_table() -> Table:
    """Every trial of data/network.csv: what it compared, its hazard ratio, whether it shares a control."""
    rows = []
    for row in frame_rows(load_register("network")):
        compared = _("{treatment} against {control}").format(
            treatment=row.treatment, control=row.control
        )
        ratio = ref(load_facts()[row.hazard_ratio_fact])
        shared = _("yes") if row.connects == "yes" else _("no")
        rows.append((row.trial, row.network, compared, ratio, shared))
    columns = [_("Trial"), _("Cohort"), _("Compared"), _("Hazard ratio"), _("Shares a control")]
    return Table(pd.DataFrame(rows, columns=columns))


def certainty_table() -> Table:
    """Every row of data/certainty.csv: outcome, cohort, the judgement and why."""
    rows = [
        (row.outcome, row.cohort, row.comparison, row.overall, row.overall_reason)
        for row in frame_rows(load_register("certainty"))
    ]
    columns = [_("Outcome"), _("Cohort"), _("Comparison"), _("Certainty"), _("Why")]
    return Table(pd.DataFrame(rows, columns=columns), classes=("long",))

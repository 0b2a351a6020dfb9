"""Ratios printed elsewhere against the increments printed beside them."""

from __future__ import annotations

import pandas as pd

from assessment.case.verification.published_ratio_audit import audit_ratios
from assessment.evidence.provenance.traced_text import computed
from assessment.presentation import numbers
from assessment.presentation.frame_rows import frame_rows
from assessment.presentation.language import _
from assessment.presentation.show import Table, long_table

AGREES = "agrees"


def audit() -> Table:
    """Printed ratios against what the printed, rounded increments allow."""
    rows = [
        {
            _("Comparison"): _comparison(row),
            _("Cost difference"): numbers.printed(row.cost_difference),
            _("Gain"): numbers.printed(row.gain),
            _("Ratio printed"): numbers.printed(row.ratio),
            _("Allowed by rounding"): numbers.interval(row.lowest, row.highest, 0),
            _("Agrees"): _("yes") if row.verdict == AGREES else _("no"),
        }
        for row in frame_rows(audit_ratios())
    ]
    return long_table(pd.DataFrame(rows), classes=("long",))


def _comparison(row) -> str:
    """The study, its drug and country, and what its ratio is of."""
    return _("{study}, {drug}, {country}: {currency} per {outcome}").format(
        study=row.study,
        drug=row.question.partition(" against")[0],
        country=row.question.rpartition(", ")[2],
        currency=row.currency,
        outcome=row.outcome,
    )


@computed
def audit_texts() -> dict[str, str]:
    """Numbers of the audit."""
    ratios = audit_ratios()
    wrong = ratios[ratios["verdict"] != AGREES]
    return {
        "val_ratios": str(len(ratios)),
        "val_ratios_wrong": str(len(wrong)),
        "val_wrong_printed": numbers.printed(wrong["ratio"].iloc[0]),
        "val_wrong_quotient": numbers.number(wrong["quotient"].iloc[0]),
    }

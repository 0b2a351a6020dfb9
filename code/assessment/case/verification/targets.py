"""Our value for each row of ``data/targets.csv``: computed here, never typed, so that tests and the
validation page read one table.

The column ``computed_by`` names one of COMPUTATIONS.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache

import numpy as np
import pandas as pd

from assessment.case.verification import published_evaluations, textbook_targets
from assessment.evidence import load_facts, load_register

REPRODUCED, OFF, CANNOT = "reproduced", "not reproduced", "cannot be replicated"
# By the name that the column ``computed_by`` gives; each maps ids of rows to our values.
COMPUTATIONS: Mapping[str, Callable[[], Mapping[str, float]]] = {
    "hiv": textbook_targets.hiv,
    "hip": textbook_targets.hip,
    "sick_sicker": textbook_targets.sick_sicker,
    "screening": textbook_targets.screening,
    "information": textbook_targets.information,
    "closed_forms": textbook_targets.closed_forms,
    "discount_factors": textbook_targets.discount_factors,
    "remaining_qalys": textbook_targets.remaining_qalys,
    "severity_example": textbook_targets.severity_example,
    "pharmacy": textbook_targets.pharmacy,
    "chua": published_evaluations.chua,
    "smith_palmer": published_evaluations.smith_palmer,
    "celestial": published_evaluations.celestial,
}


@lru_cache(maxsize=1)
def compare_targets() -> pd.DataFrame:
    """``data/targets.csv`` with printed (number), ours, difference, relative and verdict:
    REPRODUCED, OFF or CANNOT.
    """
    frame, facts = load_register("targets"), load_facts()
    ours: dict[str, float] = {}
    for name in sorted(set(frame["computed_by"].dropna())):
        function = COMPUTATIONS.get(name)
        if function is None:
            raise ValueError(
                f"data/targets.csv, computed_by: there is no function '{name}' in"
                " assessment.case.verification.targets"
            )
        ours |= function()
    lost = sorted(set(ours) - set(frame["id"]))
    if lost:
        raise ValueError(
            f"computed, but no row of data/targets.csv: {', '.join(lost)}. Add the rows, or remove"
            " the computation."
        )
    rows = []
    for r in frame.itertuples():
        if bool(r.fact) == bool(r.printed) or bool(r.computed_by) == bool(r.missing):
            raise ValueError(
                f"data/targets.csv, '{r.id}': give fact or printed, and computed_by or missing, one"
                " of each two"
            )
        printed = facts[r.fact].number if r.fact else float(r.printed)
        value = float(ours[r.id]) if r.computed_by else np.nan
        difference = value - printed
        allowed = (
            float(r.tolerance) * (abs(printed) if r.tolerance_kind == "relative" else 1.0)
            if r.computed_by
            else np.nan
        )
        verdict = CANNOT if r.missing else REPRODUCED if abs(difference) <= allowed else OFF
        rows.append(
            (printed, value, difference, difference / printed if printed else np.nan, verdict)
        )
    return frame.assign(
        **dict(zip(("printed_value", "ours", "difference", "relative", "verdict"), zip(*rows)))
    )

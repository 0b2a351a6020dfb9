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
    """``data/targets.csv`` with columns added: printed_value, ours, difference, relative, verdict.

    ``verdict``: REPRODUCED (within the row's tolerance), OFF or CANNOT. ValueError for a row that
    does not say what is printed or how it is computed, for a computation that is not there, and for
    values without a row.
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
    for row in frame.to_dict("records"):
        if bool(row["fact"]) == bool(row["printed"]) or bool(row["computed_by"]) == bool(
            row["missing"]
        ):
            raise ValueError(
                f"data/targets.csv, '{row['id']}': give fact or printed, and computed_by or"
                " missing, one of each two"
            )
        printed = facts[row["fact"]].number if row["fact"] else float(row["printed"])
        value = float(ours[row["id"]]) if row["computed_by"] else np.nan
        difference = value - printed
        unit = abs(printed) if row["tolerance_kind"] == "relative" else 1.0
        allowed = float(row["tolerance"]) * unit if row["computed_by"] else np.nan
        verdict = CANNOT if row["missing"] else REPRODUCED if abs(difference) <= allowed else OFF
        rows.append(
            (printed, value, difference, difference / printed if printed else np.nan, verdict)
        )
    return frame.assign(
        **dict(zip(("printed_value", "ours", "difference", "relative", "verdict"), zip(*rows)))
    )

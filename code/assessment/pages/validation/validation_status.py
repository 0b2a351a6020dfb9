"""What has been validated and what has not."""

from __future__ import annotations

import pandas as pd

from assessment.evidence import load_register
from assessment.evidence.provenance.traced_text import computed
from assessment.presentation.frame_rows import frame_rows
from assessment.presentation.language import _
from assessment.presentation.show import Table, long_table


def status() -> Table:
    """What has been validated and what has not."""
    rows = [
        {
            _("Part"): row.part,
            _("What could be done"): row.item,
            _("Done"): row.answer,
            _("How, or why not"): row.how,
        }
        for row in frame_rows(load_register("validation-status"))
    ]
    return long_table(pd.DataFrame(rows), classes=("long",))


@computed
def status_texts() -> dict[str, str]:
    """How many items there are, and how many are open."""
    items = load_register("validation-status")
    return {
        "val_open": str((items["answer"] == "no").sum()),
        "val_items": str(len(items)),
    }

"""The question in four parts."""

from __future__ import annotations

import pandas as pd

from assessment.evidence import load_facts
from assessment.presentation.language import _
from assessment.presentation.show import Table, ref


def question_table() -> Table:
    """Patients, intervention, comparator and outcomes, each from its fact."""
    facts = load_facts()
    parts = {
        "population": _("Patients"),
        "intervention": _("Intervention"),
        "comparator": _("Comparator"),
        "outcomes": _("Outcomes"),
    }
    rows = [(label, ref(facts[f"pico.{part}.text"])) for part, label in parts.items()]
    return Table(pd.DataFrame(rows, columns=[_("Part"), _("What is asked")]))

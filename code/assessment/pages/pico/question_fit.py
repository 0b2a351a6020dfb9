"""Where the trial departs from the question asked, and how firm each outcome is."""

from __future__ import annotations

import pandas as pd

from assessment.case.definition import load_case
from assessment.evidence import load_facts, load_register
from assessment.presentation.frame_rows import frame_rows
from assessment.presentation.language import _
from assessment.presentation.show import Table, ref

IN_PICO = {"yes": _("in the PICO"), "no": _("not in the PICO")}


def departures() -> Table:
    """Where trial and PICO part: what was asked, what the trial did, and what the difference means."""
    facts = load_facts()
    rows = [
        {
            _("Question"): row.question,
            _("PICO and licence"): row.asked,
            load_case().trial.label: ref(facts[row.fact]),
            _("What it means"): row.meaning,
        }
        for row in frame_rows(load_register("pico-departures"))
    ]
    return Table(pd.DataFrame(rows), caption=_("The question and the trial"), classes=("long",))


def outcome_strength() -> Table:
    """For every outcome: how strong the evidence is and why, and what is missing."""
    rows = [
        {
            _("Outcome"): f"{row.norwegian} ({row.english.lower()}; {IN_PICO[row.in_pico]})",
            _("How firm"): f"{row.strength.capitalize()}. {row.reason}",
            _("Missing"): row.missing,
        }
        for row in frame_rows(load_register("outcomes"))
    ]
    caption = _("How firm each outcome is")
    return Table(pd.DataFrame(rows), caption=caption, classes=("long",))

"""The trials found and the searches made, as tables."""

from __future__ import annotations

import pandas as pd

from assessment.evidence import load_facts, load_register
from assessment.pages.comparisons.search.search_words import IN, REASONS
from assessment.presentation.frame_rows import frame_rows
from assessment.presentation.language import _
from assessment.presentation.show import Ref, Table, ref


def trials_found() -> Table:
    """Every trial found: who, what was compared, its result, and whether it is in the network."""
    facts = load_facts()

    def result(fact_id: str | None) -> Ref | str:
        return ref(facts[fact_id]) if fact_id else "–"

    rows = [
        {
            _("Trial"): f"{r.trial} ({int(r.year)})" if r.year else r.trial,
            _("Patients and design"): f"{r.population}; {r.design}",
            _("Compared"): r.arms.replace(" | ", _(" against ")),
            _("Hazard ratio for progression"): result(r.hazard_ratio_fact),
            _("In the network"): (
                _("Yes. {reason}").format(reason=r.because)
                if r.state == IN
                else _("No, {kind}. {reason}").format(kind=REASONS[r.state], reason=r.because)
            ),
        }
        for r in frame_rows(load_register("trials-found"))
    ]
    caption = _("Randomised trials found, and why they are in or out")
    return Table(pd.DataFrame(rows), caption=caption, classes=("long",), first_rows=8)


def searches() -> Table:
    """What was looked for, where and when."""
    rows = [
        {_("Searched for"): r.query, _("Where"): r.place, _("Hits"): int(r.hits)}
        for r in frame_rows(load_register("trial-searches"))
    ]
    caption = _("Searches made")
    return Table(pd.DataFrame(rows), caption=caption, classes=("long",), first_rows=8)

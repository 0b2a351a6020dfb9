"""Why not to believe it: how unlike the trials' patients were."""

from __future__ import annotations

import pandas as pd

from assessment.case.trial.indirect_comparisons import (
    SUBSETS,
    left_out,
    survival_contrasts,
)
from assessment.case.trial.trial import COHORTS
from assessment.evidence import load_facts, load_register
from assessment.pages.comparisons.indirect.indirect_words import NETWORKS, SETS, ratio_text
from assessment.pages.pico import pico_words
from assessment.presentation.frame_rows import frame_rows
from assessment.presentation.language import _
from assessment.presentation.show import Ref, Table, ref


def apart() -> Table:
    """The trials that give the comparison nothing, and why."""
    register = load_register("network")
    out = {trial for network in NETWORKS.values() for trial in left_out(network)}
    rows = [
        {
            _("Trial"): f"{r.trial} ({r.network})",
            _("Against"): _("{drug} against {other}").format(
                drug=pico_words.SHORT.get(r.treatment, r.treatment),
                other=pico_words.SHORT.get(r.control, r.control),
            ),
            _("Hazard ratio"): ref(load_facts()[r.hazard_ratio_fact]),
            _("Why"): r.reason,
        }
        for r in frame_rows(register)
        if (r.id in out or r.connects == "no") and r.id not in SUBSETS
    ]
    caption = _("Trials that give the comparison nothing")
    return Table(pd.DataFrame(rows), caption=caption, classes=("long",))


def transitivity() -> Table:
    """What would have to be alike, and whether it is: the register of likeness, by row."""
    facts = load_facts()

    def cell(fact_id: str | None, words: str | None) -> Ref | str:
        return ref(facts[fact_id]) if fact_id else words or "–"

    rows = [
        {
            _("Property"): r.property,
            f"CABINET, {COHORTS['epnet']}": cell(r.epnet_fact, r.epnet),
            f"CABINET, {COHORTS['pnet']}": cell(r.pnet_fact, r.pnet),
            _("Other trials"): r.other_trials,
            _("Verdict"): r.verdict,
        }
        for r in frame_rows(load_register("transitivity"))
    ]
    caption = _("Could these trials have been one trial?")
    return Table(pd.DataFrame(rows), caption=caption, classes=("long",))


def survival() -> Table:
    """Survival through placebo in the pancreas, with how many crossed over in each trial."""
    rows = [
        {
            _("Against"): c.against,
            "CABINET": SETS[c.analysis_set],
            _("Hazard ratio for death"): ratio_text(c.ratio),
            _("Crossed over, CABINET"): ref(own),
            _("Crossed over, other trial"): ref(other),
        }
        for c, own, other in survival_contrasts()
    ]
    caption = _("Survival through placebo, pancreas: computed, and not to be used")
    return Table(pd.DataFrame(rows), caption=caption)

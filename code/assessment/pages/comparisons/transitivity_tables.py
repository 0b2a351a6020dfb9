"""Why not to believe it: how unlike the trials' patients were."""

from __future__ import annotations

import pandas as pd

from assessment.case.trial.indirect_comparisons import (
    SUBSETS,
    left_out,
    networks,
    survival_contrasts,
)
from assessment.evidence import load_facts, load_register
from assessment.pages.comparisons.indirect_words import WORDS, text
from assessment.pages.pico import pico_words
from assessment.presentation.show import Table, ref


def apart() -> Table:
    """The trials that give the comparison nothing, and why."""
    frame, out = load_register("network"), {i for n in ("pNET", "epNET") for i in left_out(n)}
    outside = {n: networks(n)[0].treatments for n in ("pNET", "epNET")}
    rows = [
        {
            "Trial": f"{r.trial} ({r.network})",
            "Against": (
                f"{pico_words.SHORT.get(r.treatment, r.treatment)} against"
                f" {pico_words.SHORT.get(r.control, r.control)}"
            ),
            "Hazard ratio": ref(load_facts()[r.hazard_ratio_fact]),
            "Why": r.reason,
        }
        for r in frame.itertuples()
        if (r.id in out or r.treatment not in outside[r.network]) and r.id not in SUBSETS
    ]
    return Table(
        pd.DataFrame(rows), caption="Trials that give the comparison nothing", classes=("long",)
    )


def transitivity() -> Table:
    """What would have to be alike, and whether it is."""
    facts = load_facts()

    def cell(f):
        return ref(facts[f]) if f in facts else f

    rows = [
        {
            "Property": p,
            "CABINET, epNET": cell(e),
            "CABINET, pNET": cell(q),
            "Other trials": o,
            "Verdict": v,
        }
        for p, e, q, o, v in WORDS["transitivity"]
    ]
    return Table(
        pd.DataFrame(rows), caption="Could these trials have been one trial?", classes=("long",)
    )


def survival() -> Table:
    """Survival through placebo in the pancreas, with how many crossed over in each trial."""
    rows = [
        {
            "Against": c.against,
            "CABINET": WORDS["sets"][c.analysis_set],
            "Hazard ratio for death": text(c.ratio),
            "Crossed over, CABINET": ref(own),
            "Crossed over, other trial": ref(other),
        }
        for c, own, other in survival_contrasts()
    ]
    return Table(
        pd.DataFrame(rows),
        caption="Survival through placebo, pancreas: computed, and not to be used",
    )

"""The trials of comparators: their results and their control arms."""

from __future__ import annotations

import pandas as pd

from assessment.evidence import Fact, load_facts, load_register
from assessment.pages.pico.pico_words import SHORT
from assessment.presentation.show import Table


def trials() -> pd.DataFrame:
    """The comparator register with the hazard ratio of each trial as a Fact, and whether the
    comparison is linked through placebo.
    """
    frame, facts = load_register("network"), load_facts()
    return frame.assign(
        fact=[facts[i] for i in frame["hazard_ratio_fact"]], linked=frame["connects"] == "yes"
    )


def control_median(row) -> Fact | None:
    """Median PFS of a trial's control arm: same trial, population, analysis set and assessor as its
    hazard ratio; None when not published.
    """
    f = row.fact
    same = load_facts().select(
        subject=f.subject,
        population=f.population,
        analysis_set=f.analysis_set,
        assessor=f.assessor,
        endpoint="pfs",
        measure="median",
    )
    return next(
        (
            m
            for m in same
            if m.arm
            and m.arm.split()[0] == row.control.split()[0].strip(",")
            and isinstance(m.value, float)
        ),
        None,
    )


def comparator_table() -> Table:
    """Every trial with its patients, whether it joins, and why."""
    frame = pd.DataFrame(
        [
            {
                "Trial": f"{r.trial} ({r.network})",
                "Against": (
                    f"{SHORT.get(r.treatment, r.treatment)} against"
                    f" {SHORT.get(r.control, r.control)}"
                ),
                "Patients": f"{r.population}; {r.line}",
                "Joins": ("Yes. " if r.linked else "No. ") + r.reason,
            }
            for r in trials().itertuples()
        ]
    )
    return Table(
        frame,
        caption="Which trials join the comparison, and how far to believe them",
        classes=("long",),
    )

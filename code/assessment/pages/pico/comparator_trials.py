"""The trials of comparators: their results and their control arms."""

from __future__ import annotations

import pandas as pd

from assessment.evidence import Fact, load_facts, load_register
from assessment.pages.pico.pico_words import SHORT
from assessment.presentation.language import _

# How a trial joins the network, by the register
JOINS = {
    "yes": _("Yes. {reason}"),
    "through": _("Over another drug. {reason}"),
    "assumed": _("By an assumption. {reason}"),
    "no": _("No. {reason}"),
}


def joins(trial) -> str:
    """Whether a trial joins the network, and why; ``trial`` is a row of trials()."""
    return JOINS[trial.connects].format(reason=trial.reason)


def short_name(treatment: str) -> str:
    """A treatment as it fits into a picture."""
    return SHORT.get(treatment, treatment)


def trials() -> pd.DataFrame:
    """The comparator register with the hazard ratio of each trial as a Fact (``fact``), and whether
    the comparison is linked through placebo (``linked``).
    """
    frame, facts = load_register("network"), load_facts()
    return frame.assign(
        fact=frame["hazard_ratio_fact"].map(facts.__getitem__),
        linked=frame["connects"] == "yes",
    )


def control_median(trial) -> Fact | None:
    """Median PFS of a trial's control arm: same trial, population, analysis set and assessor as its
    hazard ratio; None when not published. ``trial`` is a row of trials().
    """
    ratio = trial.fact
    medians = load_facts().select(
        subject=ratio.subject,
        population=ratio.population,
        analysis_set=ratio.analysis_set,
        assessor=ratio.assessor,
        endpoint="pfs",
        measure="median",
    )
    drug = _first_word(trial.control).strip(",")
    for median in medians:
        if median.arm and _first_word(median.arm) == drug and isinstance(median.value, float):
            return median
    return None


def _first_word(text: str) -> str:
    return text.split()[0]

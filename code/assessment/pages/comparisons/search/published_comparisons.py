"""Published network meta-analyses beside this book's own, comparison by comparison."""

from __future__ import annotations

import pandas as pd

from assessment.case.trial.indirect_comparisons import contrasts
from assessment.case.trial.trial import ARMS, BASE_SET
from assessment.case.trial.trial_register import cohort_of, network_as_used
from assessment.evidence import load_facts, load_register
from assessment.pages.comparisons.indirect.indirect_words import ratio_text
from assessment.pages.pico import pico_words
from assessment.presentation.frame_rows import frame_rows
from assessment.presentation.language import _
from assessment.presentation.show import Table, ref
from assessment.survival import Ratio, bucher

AGREE = _("yes")
NUMBERS_APART = _("same direction, another size")
OPPOSITE = _("no")
UNKNOWN = _("cannot be told")


def own_comparison(network: str, treatment: str, control: str) -> Ratio:
    """This book's hazard ratio of two drugs: in the network, or, where one joins by an assumption
    only, through the drug assessed.
    """
    part = network_as_used(network)
    if treatment in part.treatments:
        return part.ratio(treatment, control)
    against = {
        c.against: c.ratio
        for c in contrasts()
        if (c.group, c.analysis_set) == (cohort_of(network), BASE_SET) and c.like
    }
    own = part.ratio(ARMS[0], ARMS[1])
    drug_against_control = bucher(part.ratio(ARMS[0], control), against[treatment])
    # the drug assessed stands in both comparisons and cancels, with its uncertainty
    spread = max(drug_against_control.log_se**2 - 2 * own.log_se**2, 0.0) ** 0.5
    return Ratio.from_log(drug_against_control.log, spread)


def agreement(theirs: Ratio, ours: Ratio) -> str:
    """Whether each estimate lies in the other's interval; else whether both lie on one side of 1."""
    if ours.low <= theirs.estimate <= ours.high and theirs.low <= ours.estimate <= theirs.high:
        return AGREE
    return NUMBERS_APART if (theirs.log > 0) == (ours.log > 0) else OPPOSITE


def published() -> Table:
    """Comparison, theirs, ours, whether they agree and what differs."""
    facts, rows = load_facts(), []
    for r in frame_rows(load_register("published-networks")):
        theirs, ours = facts[r.theirs_fact], own_comparison(r.network, r.treatment, r.control)
        verdict = UNKNOWN
        if theirs.interval == "ci95" and theirs.low and theirs.high:
            verdict = agreement(Ratio(theirs.number, theirs.low, theirs.high), ours)
        rows.append(
            {
                _("Comparison"): _("{drug} against {other}, {network}").format(
                    drug=pico_words.SHORT.get(r.treatment, r.treatment),
                    other=pico_words.SHORT.get(r.control, r.control),
                    network=r.network,
                ),
                _("Theirs"): ref(theirs),
                _("Ours"): ratio_text(ours),
                _("Agree?"): verdict,
                _("What differs"): r.remark,
            }
        )
    caption = _("Published comparisons beside ours")
    return Table(pd.DataFrame(rows), caption=caption, classes=("long",))

"""How weak each path from the drug to another is, and what the trials of one link say apart."""

from __future__ import annotations

import pandas as pd

from assessment.case.trial.indirect_comparisons import Contrast, contrasts, each_trial
from assessment.case.trial.trial import BASE_SET, COHORTS
from assessment.case.trial.trial_register import Link, links
from assessment.pages.comparisons.indirect.indirect_words import (
    NETWORKS,
    grade,
    ratio_text,
    weaknesses,
)
from assessment.pages.pico import pico_words
from assessment.presentation import numbers
from assessment.presentation.language import _
from assessment.presentation.show import Table
from assessment.survival import Ratio


def paths_to_drugs() -> list[Contrast]:
    """The best path of each whole cohort to each drug, by the division used; the least weak first."""
    best: dict[tuple[str, str], Contrast] = {}
    for c in contrasts():
        if c.analysis_set != BASE_SET or c.group not in COHORTS:
            continue
        known = best.get((c.group, c.against))
        if known is None or len(c.weaknesses) < len(known.weaknesses):
            best[c.group, c.against] = c
    return sorted(best.values(), key=lambda c: (c.group, len(c.weaknesses), c.against))


def paths() -> Table:
    """Every drug that some path reaches: the path, what weakens it, and what it gives."""
    rows = [
        {
            _("Against"): _("{drug} ({cohort})").format(
                drug=pico_words.SHORT.get(c.against, c.against), cohort=COHORTS[c.group]
            ),
            _("Trials on the path"): " → ".join(c.trials),
            _("Hazard ratio for progression"): ratio_text(c.ratio),
            _("How weak"): grade(c),
            _("Because"): weaknesses(c),
        }
        for c in paths_to_drugs()
    ]
    caption = _("Paths from cabozantinib to other drugs, graded by weakness")
    return Table(pd.DataFrame(rows), caption=caption, classes=("long",))


def links_of_several_trials() -> list[tuple[str, Link]]:
    """(cohort, link) where more than one trial compared the same two treatments."""
    return [
        (cohort, link)
        for cohort, network in NETWORKS.items()
        for link in links(network)
        if len(link.trials) > 1
    ]


def trials_of_links() -> Table:
    """Links that rest on several trials: each trial alone, then pooled without and with a spread
    between them, and what each gives for the drug.
    """
    rows = []
    for cohort, link in links_of_several_trials():
        used = next(
            c
            for c in contrasts()
            if (c.group, c.against, c.analysis_set) == (cohort, link.treatment, BASE_SET)
        )
        alone = each_trial(cohort, link.treatment)
        for c, fact in zip(alone, link.facts):
            printed = Ratio(fact.number, *(float(x) for x in (fact.low, fact.high) if x))
            rows.append(_row(_("{trial} alone").format(trial=c.trials[0]), printed, c.ratio, link))
        rows.append(_row(_("All, fixed effect"), link.fixed, used.fixed or used.ratio, link))
        rows.append(_row(_("All, random effects"), link.random, used.ratio, link))
    caption = _("Everolimus outside the pancreas: what each of its trials says")
    return Table(pd.DataFrame(rows), caption=caption)


def _row(name: str, against_control: Ratio, against_drug: Ratio, link: Link) -> dict:
    return {
        _("Trials"): name,
        _("{drug} against {control}").format(
            drug=link.treatment.capitalize(), control=link.control
        ): ratio_text(against_control),
        _("Cabozantinib against {drug}").format(drug=link.treatment): ratio_text(against_drug),
    }


def scatter(link: Link) -> str:
    """Share of the scatter between the trials of a link that chance does not explain: '80 %'."""
    return _("{share} %").format(share=numbers.number(100 * link.i2))

"""The indirect comparison in short: one row for each drug, with the base set's numbers."""

from __future__ import annotations

import pandas as pd

from assessment.case.trial.indirect_comparisons import Contrast, contrasts
from assessment.case.trial.trial import BASE_SET
from assessment.pages.comparisons.indirect.indirect_figures import (
    disconnected,
    kind_of_path,
    panels_chart,
)
from assessment.pages.comparisons.indirect.indirect_words import (
    PANELS,
    grade,
    is_weak,
    ratio_text,
    widened,
)
from assessment.pages.pico import pico_words
from assessment.presentation.language import _
from assessment.presentation.show import Figure


def base_contrasts(cohort: str) -> list[Contrast]:
    """A contrast for each drug of a cohort, from the base set: judged alike in both trials where
    there is such a one; paths through one other trial first, each kind by its ratio.
    """
    mine = [c for c in contrasts() if c.group == cohort and c.analysis_set == BASE_SET]
    best: dict[str, Contrast] = {}
    for c in sorted(mine, key=lambda c: (not c.like, c.steps)):
        best.setdefault(c.against, c)
    return sorted(best.values(), key=lambda c: (is_weak(c), c.ratio.estimate))


def _name(c: Contrast) -> str:
    drug = pico_words.SHORT.get(c.against, c.against)
    return _("{drug} (weak path)").format(drug=drug) if is_weak(c) else drug


def _rows(cohort: str) -> list[dict]:
    rows: list[dict] = []
    for c in base_contrasts(cohort):
        wide = widened(c)
        rows.append(
            {
                "name": _name(c),
                "kind": kind_of_path(c),
                "ratio": c.ratio.estimate,
                "low": c.ratio.low,
                "high": c.ratio.high,
                "low2": wide.low,
                "high2": wide.high,
                "text": ratio_text(c.ratio),
            }
        )
    rows += [
        {"name": pico_words.SHORT.get(drug, drug), "kind": "none", "text": why}
        for drug, _trials, why in disconnected(cohort)
    ]
    return rows


def forest() -> Figure:
    """Cabozantinib against each other drug, through placebo, with the base set's numbers."""
    shown = {cohort: _rows(cohort) for cohort in PANELS}
    compared = [(cohort, c) for cohort in PANELS for c in base_contrasts(cohort)]
    table = pd.DataFrame(
        [
            {
                _("Cohort"): PANELS[cohort],
                _("Against"): c.against,
                _("Other trials"): " → ".join(c.trials),
                _("Hazard ratio"): ratio_text(c.ratio),
                _("Spread on every trial"): ratio_text(widened(c)),
                _("How weak"): grade(c),
            }
            for cohort, c in compared
        ]
    )
    ratios = "; ".join(f"{PANELS[p]}, {_name(c)}: {ratio_text(c.ratio)}" for p, c in compared)

    return Figure(
        lambda width: panels_chart(shown, width),
        _(
            "Forest plot on a log scale of indirect hazard ratios for progression, cabozantinib"
            " against other drugs through placebo, one row for each drug. {ratios}."
        ).format(ratios=ratios),
        table,
        "indirect-comparison-in-short",
        note=_(
            "Circles: independent review in both trials. Diamonds: CABINET by independent review,"
            " the other trial by investigators. Grey squares: weak paths. Lines: as used; pale"
            " bars: with a spread between trials on every trial."
        ),
    )

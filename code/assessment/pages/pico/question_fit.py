"""Where the trial departs from the question asked, and how firm each outcome is."""

from __future__ import annotations

import pandas as pd

from assessment.case.definition import load_case
from assessment.evidence import load_facts, load_register
from assessment.presentation.frame_rows import frame_rows
from assessment.presentation.language import _
from assessment.presentation.show import Table, ref

IN_PICO = {"yes": _("in the PICO"), "no": _("not in the PICO")}


# What each row is called, and the fact it shows of a cohort.
MAIN_NUMBERS = (
    (_("Progression-free survival: hazard ratio"), "cabinet.pfs.{cohort}.hazard_ratio"),
    (_("– median, cabozantinib"), "cabinet.pfs.{cohort}.cabozantinib.median"),
    (_("– median, placebo"), "cabinet.pfs.{cohort}.placebo.median"),
    (_("Overall survival: hazard ratio"), "cabinet.os.{cohort}.hazard_ratio"),
    (_("– placebo patients who crossed over"), "cabinet.crossover.{cohort}.rate"),
    (_("Response, cabozantinib"), "cabinet.response.{cohort}.cabozantinib.rate"),
    (
        _("Severe adverse events, cabozantinib"),
        "cabinet.safety.grade3plus.{cohort}.cabozantinib.rate",
    ),
    (_("– placebo"), "cabinet.safety.grade3plus.{cohort}.placebo.rate"),
    (_("Quality of life: scores by arm"), "cabinet.hrqol.scores"),
    (_("– EQ-5D utility"), "cabinet.hrqol.utility"),
)


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


def outcome_numbers() -> Table:
    """The main numbers by cohort, each with its source; the unknown ones too."""
    facts = load_facts()
    rows = [
        {_("Outcome"): name}
        | {
            cohort.label: ref(facts[fact.format(cohort=cohort.id)])
            for cohort in load_case().cohorts
        }
        for name, fact in MAIN_NUMBERS
    ]
    return Table(pd.DataFrame(rows), caption=_("CABINET by cohort (publication)"))


def outcome_strength() -> Table:
    """For every outcome: evidence, how strong, what is missing."""
    rows = [
        {
            _("Outcome"): f"{row.norwegian} ({row.english.lower()}; {IN_PICO[row.in_pico]})",
            _("Evidence"): row.evidence,
            _("Strength"): f"{row.strength.capitalize()}. {row.reason}",
            _("Missing"): row.missing,
        }
        for row in frame_rows(load_register("outcomes"))
    ]
    caption = _("What there is for each outcome")
    return Table(pd.DataFrame(rows), caption=caption, classes=("long",))

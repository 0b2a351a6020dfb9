"""What the trial showed against placebo, as rows of the summary of findings."""

from __future__ import annotations

from assessment.evidence import load_facts
from assessment.pages.decision_summary.certainty_notes import (
    PROGRESSION,
    QUALITY_OF_LIFE,
    SEVERE_HARM,
    SURVIVAL,
    note,
)
from assessment.pages.decision_summary.summary_row import Row, row
from assessment.presentation.language import _
from assessment.presentation.show import Ref, ref


def trial_rows() -> list[Row]:
    """Rows of the trial."""
    return [
        row(
            _("Patients"),
            lambda cohort: ref(load_facts()[f"cabinet.n.{cohort}"], "bare"),
            _("One randomised trial, CABINET; two in three were given cabozantinib."),
        ),
        row(
            _("Growth of the tumour or death: hazard ratio"),
            lambda cohort: ref(load_facts()[f"cabinet.pfs.{cohort}.hazard_ratio"]),
            note(PROGRESSION),
            on_front=True,
        ),
        row(
            _("Time until half had growth or had died, cabozantinib"),
            lambda cohort: _median(cohort, "cabozantinib"),
        ),
        row(
            _("Time until half had growth or had died, placebo"),
            lambda cohort: _median(cohort, "placebo"),
        ),
        row(
            _("Death: hazard ratio"),
            lambda cohort: ref(load_facts()[f"cabinet.os.{cohort}.hazard_ratio"]),
            note(SURVIVAL),
            on_front=True,
        ),
        row(_("Death: hazard ratio, later look"), _later_look, _later_note()),
        row(
            _("Severe adverse event, cabozantinib"),
            lambda cohort: _severe(cohort, "cabozantinib"),
            note(SEVERE_HARM),
            on_front=True,
        ),
        row(
            _("Severe adverse event, placebo"),
            lambda cohort: _severe(cohort, "placebo"),
            on_front=True,
        ),
        row(
            _("Lower dose needed, cabozantinib"),
            lambda cohort: ref(
                load_facts()[f"cabinet.exposure.{cohort}.cabozantinib.dose_reduction"], "value"
            ),
        ),
        row(
            _("Quality of life"),
            lambda cohort: Ref("cabinet.hrqol.scores", _("no score published")),
            note(QUALITY_OF_LIFE),
            on_front=True,
        ),
    ]


def _median(cohort: str, arm: str) -> Ref:
    return ref(load_facts()[f"cabinet.pfs.{cohort}.{arm}.median"], "value")


def _severe(cohort: str, arm: str) -> Ref:
    return ref(load_facts()[f"cabinet.safety.grade3plus.{cohort}.{arm}.rate"], "value")


def _later_look(cohort: str) -> Ref:
    facts = load_facts()
    printed = facts[f"cabinet_fda.os.{cohort}.hazard_ratio"]
    if printed.status != "unknown":
        return ref(printed)
    return ref(facts[f"cabinet_fda.os.{cohort}.hazard_ratio_relayed"])


def _later_note() -> str:
    return _(
        "The FDA's count of the same trial. For epNET one report relays it; it could not be verified."
    )

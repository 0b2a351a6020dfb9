"""Which scenarios change the conclusion, in words."""

from __future__ import annotations

from assessment.case.model.inputs.model_inputs import COHORTS
from assessment.case.trial.trial import COHORTS as NAMES
from assessment.evidence.provenance.traced_text import computed
from assessment.pages.economics.scenarios.scenario_frame import scenario_frame
from assessment.presentation.frame_rows import frame_rows
from assessment.presentation.language import _


@computed
def texts() -> dict[str, str]:
    """Which scenarios change the conclusion or the sign of the gain, in words, by key."""
    data = scenario_frame()
    turning, losing = [], []
    for cohort in COHORTS:
        own = data[data["cohort"] == cohort]
        base = own[own["id"] == "base"]["worth"].iloc[0]
        for row in frame_rows(own):
            quoted = _("“{scenario}” ({cohort})").format(scenario=row.name, cohort=NAMES[cohort])
            if row.worth is not None and row.worth != base:
                turning.append(quoted)
            if row.gain < 0:
                losing.append(quoted)
    turns = _("The conclusion turns in: {scenarios}.")
    loses = _("QALYs are lost rather than gained in: {scenarios}.")
    return {
        "scenario_flips": (
            turns.format(scenarios=", ".join(turning))
            if turning
            else _("No scenario turns the conclusion.")
        ),
        "scenario_negative": (
            loses.format(scenarios=", ".join(losing))
            if losing
            else _("QALYs are gained in every scenario.")
        ),
    }

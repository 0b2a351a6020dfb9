"""The front page: what is known so far by cohort, and what is missing."""

from __future__ import annotations

import pandas as pd

from assessment.case.definition import load_case
from assessment.case.model import runs
from assessment.case.model.inputs.unknown_inputs import unknown_inputs
from assessment.case.trial.trial import load_trial
from assessment.evidence import Fact, load_facts
from assessment.pages.economics.shared.model_answers import noted_ratio
from assessment.presentation import words
from assessment.presentation.icer_format import format_icer_per_qaly
from assessment.presentation.language import _
from assessment.presentation.show import Ref, Table, ref

CASE = load_case()


def results_table() -> Table:
    """Effect, survival, harm and cost of a QALY, a column for each cohort."""
    columns = {cohort.label: _results(cohort.id) for cohort in CASE.cohorts}
    return Table(pd.DataFrame(columns).rename_axis(_("Result")).reset_index())


def _results(cohort: str) -> dict[str, str | Ref]:
    trial, names = load_trial(CASE.base_set.id), CASE.names()
    pfs, survival, harm = trial.pfs(cohort), trial.os(cohort), trial.grade3plus(cohort)
    control = CASE.control.label
    return {
        _("Hazard ratio for progression or death"): _shown(pfs.hazard_ratio),
        _("Median without progression, {drug}").format(**names): _shown(pfs.treated),
        _("Median without progression, {control}").format(control=control): _shown(pfs.control),
        _("Hazard ratio for death"): _shown(survival.hazard_ratio),
        _("Severe adverse events, {drug}").format(**names): _shown(harm.treated),
        _("Severe adverse events, {control}").format(control=control): _shown(harm.control),
        _("Cost of a QALY, at the assumed price"): _cost_of_a_qaly(cohort),
    }


def _shown(fact: Fact | None) -> str | Ref:
    return words.UNKNOWN if fact is None else ref(fact)


def _cost_of_a_qaly(cohort: str) -> str:
    if unknown_inputs():
        return _("waits for the inputs of the model")
    return noted_ratio(cohort, format_icer_per_qaly(runs.base(cohort).increment))


def missing_table() -> Table:
    """How many facts of each kind are known, and how many are still to fill in."""
    facts = pd.DataFrame(
        [
            (fact.file.rpartition("/")[2], fact.status == "unknown")
            for fact in load_facts().unread()
        ],
        columns=["file", "unknown"],
    )
    counted = facts.groupby("file")["unknown"].agg(["size", "sum"]).reset_index()
    counted.columns = [_("Facts in"), _("Rows"), _("Still unknown")]
    return Table(counted, decimals=0)

"""Where the case stands in the Norwegian process."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd

from assessment.case.definition import load_case
from assessment.evidence import Fact, load_facts, load_register, looked_until
from assessment.evidence.provenance.traced_text import computed
from assessment.pages.regulatory_status.timeline_rows import event_day
from assessment.presentation import numbers
from assessment.presentation.frame_rows import frame_rows
from assessment.presentation.language import _
from assessment.presentation.show import Ref, Table, ref

DAYS_PER_MONTH = 365.25 / 12
CASE_FACTS = "norway.case."  # ids of the facts about this case in the process


def process_steps() -> pd.DataFrame:
    """The steps from request to decision, in order: the register process-steps."""
    return load_register("process-steps").sort_values("step", kind="stable")


def next_step() -> Any:
    """The first step that is not done: a row of process_steps(). StopIteration when all are done."""
    return next(step for step in frame_rows(process_steps()) if step.state != "done")


def norwegian_steps() -> Table:
    """The way through Nye metoder: who acts, how long it may take, what is known of this case."""
    facts = load_facts()
    rows = [
        {
            _("No."): str(step.step),
            _("Step"): f"{step.original}: {step.english}",
            _("Who"): step.who,
            _("Time"): ref(facts[step.time_fact]) if step.time_fact else _("not read"),
            load_case().assessment.label: _state(step.state, step.state_fact),
        }
        for step in frame_rows(process_steps())
    ]
    return Table(
        pd.DataFrame(rows), caption=_("From request to decision in Nye metoder"), row_headers=False
    )


def _state(state: str, fact_id: str | None) -> str | Ref:
    """What is known of a step: in words, or as the fact that tells it."""
    if state == "done":
        return _("done")
    if fact_id is None:
        return _("follows the assessment")
    fact = load_facts()[fact_id]
    return Ref(fact.id, _("not found") if fact.status == "unknown" else numbers.fact_text(fact))


def texts() -> dict[str, str]:
    """Every computed text of the chapter by its glue name."""
    return date_texts() | waiting_texts()


@computed
def date_texts() -> dict[str, str]:
    """Dates, and the days and months between them."""
    facts, number = load_facts(), numbers.number
    fda, ec, mhra, chmp, results = (
        event_day(event)
        for event in ("fda.net", "ec.net_decision", "mhra.net", "chmp.opinion", "cabinet.esmo2024")
    )
    approved = _day(facts["norway.case.extension.approved"])
    waited = waited_days()
    review = facts["norway.process.review.duration"]
    review_days = review.number if review.high is None else review.high
    least_days = facts["norway.process.assessment.duration"].number + review_days
    return {
        "reg_fda_to_ec": number((ec - fda).days),
        "reg_ec_to_mhra": number((mhra - ec).days),
        "reg_chmp_to_ec": number((ec - chmp).days),
        "reg_results_to_fda": number((fda - results).days),
        "reg_waiting_days": number(waited),
        "reg_waiting_months": number(waited / DAYS_PER_MONTH),
        "reg_evidence": numbers.day(looked_until(CASE_FACTS)),
        "reg_approved": numbers.day(approved),
        "reg_least_days": number(least_days),
        "reg_least_months": number(least_days / DAYS_PER_MONTH, 1),
        "reg_window_ends": numbers.day(_documentation_due()),
        "reg_fda": numbers.day(fda),
        "reg_mhra": numbers.day(mhra),
        "reg_chmp": numbers.day(chmp),
        "reg_fda_to_mhra": number((mhra - fda).days),
        "reg_first": numbers.partial_date(load_register("events")["date"].min()),
    }


@computed
def waiting_texts() -> dict[str, str]:
    """This case's days from approval to the day it was last looked for, against the means of others;
    and how soon after its meeting the note of a sister case became public.
    """
    facts, waited = load_facts(), waited_days()

    def against(mean: str) -> str:
        return _against(waited, facts[mean].number)

    sister = _day(facts["norway.sister.note.date"]) - _day(facts["norway.sister.meeting.date"])
    return {
        "reg_waiting_all": against("norway.waiting.all.mean_days"),
        "reg_waiting_request": against("norway.waiting.request.mean_days"),
        "reg_sister_days": numbers.number(sister.days),
    }


def waited_days() -> int:
    """Days from the approval to the day on which the case was last looked for."""
    approved = _day(load_facts()["norway.case.extension.approved"])
    return (looked_until(CASE_FACTS) - approved).days


def _against(days: float, mean: float) -> str:
    """So many days more or fewer than a mean, in words."""
    apart = numbers.number(abs(days - mean))
    if days > mean:
        return _("{n} days more than").format(n=apart)
    return _("{n} days fewer than").format(n=apart) if days < mean else _("as many days as")


def _day(fact: Fact) -> date:
    """The day a fact states. TypeError when it states none."""
    if not isinstance(fact.value, date):
        raise TypeError(f"{fact.id} states no day; see {fact.file}, row {fact.row}")
    return fact.value


def _documentation_due() -> date:
    """The last day on which the documentation may come: the limit counted from the end of the year
    in which the case was registered, which its number carries.
    """
    facts = load_facts()
    registered = int(str(facts["norway.case.id.number"].value)[2:6])
    months = int(facts["norway.process.documentation.limit"].number)
    return date(registered + months // 12, 12, 31)

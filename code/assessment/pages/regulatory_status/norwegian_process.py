"""Where the case stands in the Norwegian process."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd

from assessment.case.definition import load_case
from assessment.evidence import Fact, load_facts, load_register, looked_until
from assessment.evidence.provenance.traced_text import computed
from assessment.pages.regulatory_status.timeline_rows import due_state, event_day
from assessment.presentation import numbers
from assessment.presentation.frame_rows import frame_rows
from assessment.presentation.language import _
from assessment.presentation.show import Ref, Table, ref

CASE_FACTS = "norway.case."  # ids of the facts about this case in the process
# What was counted, and the fact that says how long it took.
WAITS = (
    (_("From approval to decision, all cases, mean"), "norway.waiting.all.mean_days"),
    (
        _("The same for cases that began with a request, as this one did"),
        "norway.waiting.request.mean_days",
    ),
    (
        _("From approval until patients get it, industry’s count, mean"),
        "norway.waiting.industry.mean_days",
    ),
    (_("DMP’s own work on an assessment, mean"), "norway.waiting.dmp.mean_days"),
)


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
            _("Time"): ref(facts[step.time_fact]) if step.time_fact else _("none found"),
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


def waits() -> Table:
    """Days this case has waited since the approval, and how long others took."""
    facts = load_facts()
    rows: list[tuple[str, str | Ref]] = [
        (
            _("This case: from approval to {day}").format(
                day=numbers.day(looked_until(CASE_FACTS))
            ),
            _("{n} days so far").format(n=numbers.number(waited_days())),
        ),
        *((said, ref(facts[name])) for said, name in WAITS),
    ]
    heads = [_("What was counted"), _("Time")]
    return Table(pd.DataFrame(rows, columns=heads), caption=_("How long this takes"))


def texts() -> dict[str, str]:
    """Every computed text of the chapter by its glue name."""
    return date_texts() | waiting_texts()


@computed
def date_texts() -> dict[str, str]:
    """Dates, and the days between them."""
    facts, number = load_facts(), numbers.number
    fda, mhra = event_day("fda.net"), event_day("mhra.net")
    review = facts["norway.process.review.duration"]
    review_days = review.number if review.high is None else review.high
    least_days = facts["norway.process.assessment.duration"].number + review_days
    return {
        "reg_waiting_days": number(waited_days()),
        "reg_evidence": numbers.day(looked_until(CASE_FACTS)),
        "reg_least_days": number(least_days),
        "reg_window_ends": numbers.day(_documentation_due()),
        "reg_fda_to_mhra": number((mhra - fda).days),
        "reg_first": numbers.partial_date(load_register("events")["date"].min()),
    }


@computed
def waiting_texts() -> dict[str, str]:
    """How soon after its meeting the note of a sister case became public, and what has become of a
    decision abroad that would bring another treatment.
    """
    facts = load_facts()
    sister = _day(facts["norway.sister.note.date"]) - _day(facts["norway.sister.meeting.date"])
    events = load_register("events").set_index("id", drop=False)
    return {
        "reg_sister_days": numbers.number(sister.days),
        "reg_edotreotide": due_state(events.loc["fda.edotreotide_due"]),
    }


def waited_days() -> int:
    """Days from the approval to the day on which the case was last looked for."""
    approved = _day(load_facts()["norway.case.extension.approved"])
    return (looked_until(CASE_FACTS) - approved).days


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

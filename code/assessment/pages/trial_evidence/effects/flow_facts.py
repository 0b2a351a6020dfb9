"""What the flow of the trial's patients shows: of each cohort and of the whole trial."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from assessment.case.trial.trial import ARMS, COHORTS, Trial
from assessment.evidence import Fact
from assessment.pages.trial_evidence.shared.trial_words import (
    ARM_LABELS,
    CONTROL,
    TREATED,
    capitalised,
    has_value,
)
from assessment.presentation import numbers
from assessment.presentation.language import _
from assessment.presentation.show import ref


@dataclass(frozen=True)
class CohortFlow:
    """What the flow shows of one cohort; None what is not known."""

    cohort: str
    randomised: Fact
    by_arm: dict[str, Fact]
    crossed: Fact | None
    planned: Fact | None
    seen: Fact | None

    def in_words(self) -> str:
        """What is known, in a few clauses."""
        events = self._events_in_words()
        return "; ".join([self._arms_in_words(), *([events] if events else [])])

    def _arms_in_words(self) -> str:
        sentence = (
            _(
                "{cohort}: {patients} to {treated} and {others} to {control}, of whom {crossed}"
                " crossed over"
            )
            if self.crossed
            else _("{cohort}: {patients} to {treated} and {others} to {control}")
        )
        patients, others = (numbers.fact_text(self.by_arm[arm]) for arm in ARMS)
        return sentence.format(
            cohort=COHORTS[self.cohort],
            patients=patients,
            treated=TREATED,
            others=others,
            control=CONTROL,
            crossed=numbers.fact_text(self.crossed, "value") if self.crossed else "",
        )

    def _events_in_words(self) -> str:
        if not self.seen:
            return ""
        seen = numbers.fact_text(self.seen)
        if not self.planned:
            return _("{events} events seen").format(events=seen)
        planned = numbers.fact_text(self.planned)
        return _("{events} of {planned} planned events seen").format(events=seen, planned=planned)

    def facts(self) -> tuple[Fact, ...]:
        """Every fact that is shown."""
        found = (self.randomised, *self.by_arm.values(), self.crossed, self.planned, self.seen)
        return tuple(fact for fact in found if fact)

    def rows(self) -> list[dict]:
        """The table's rows of this cohort."""
        crossed = _("{control} patients who crossed over").format(control=capitalised(CONTROL))
        steps = [
            (_("Randomised"), self.randomised),
            *(
                (_("Given {arm}").format(arm=ARM_LABELS[arm]), fact)
                for arm, fact in self.by_arm.items()
            ),
            (crossed, self.crossed),
            (_("Progressions or deaths planned"), self.planned),
            (_("Progressions or deaths seen"), self.seen),
        ]
        return [flow_row(step, COHORTS[self.cohort], fact) for step, fact in steps if fact]


def flow_row(step: str, cohort: str, fact: Fact) -> dict:
    """A row of the table behind the flow."""
    return {_("Step"): step, _("Cohort"): cohort, _("Number"): ref(fact)}


def known(fact: Fact | None) -> Fact | None:
    """The fact where it has a value, else None."""
    return fact if has_value(fact) else None


def cohort_flow(view: Trial, cohort: str) -> CohortFlow | None:
    """None where it is not known how many patients a cohort or one of its arms had."""
    randomised = view.n(cohort)
    by_arm = {arm: fact for arm in ARMS if (fact := known(view.n(cohort, arm))) is not None}
    if not has_value(randomised) or len(by_arm) < len(ARMS):
        return None
    return CohortFlow(
        cohort,
        randomised,
        by_arm,
        known(view.crossover(cohort)),
        known(view.planned_events(cohort)),
        known(view.events(cohort)),
    )


@dataclass(frozen=True)
class Whole:
    """What the flow shows of the whole trial; None what is not known."""

    randomised: Fact | None
    ratio: Fact | None
    stopped: Fact | None

    def in_words(self) -> str:
        """How many were randomised and how, for the box at the top."""
        patients = numbers.fact_text(self.randomised) if self.randomised else ""
        ratio = numbers.fact_text(self.ratio).replace(":", " : ") if self.ratio else ""
        if patients and ratio:
            whole = _("{patients} patients randomised, {ratio}")
            return whole.format(patients=patients, ratio=ratio)
        if patients:
            return _("{patients} patients randomised").format(patients=patients)
        return _("Patients randomised, {ratio}").format(ratio=ratio) if ratio else _("Randomised")

    def day_of_stop(self) -> str:
        """The day on which the early stop was announced, as text; TypeError when it is no date."""
        if self.stopped is None:
            return ""
        if not isinstance(self.stopped.value, date):
            raise TypeError(f"{self.stopped.id} is no date")
        return numbers.day(self.stopped.value)

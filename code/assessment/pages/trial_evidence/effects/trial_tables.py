"""Tables of the chapter on CABINET."""

from __future__ import annotations

import re

import pandas as pd

from assessment.case.trial.trial import (
    ARMS,
    COHORTS,
    TimeToEvent,
    all_analysis_sets,
    count_behind,
    events_behind,
    exact_interval,
    load_trial,
)
from assessment.evidence import Fact, load_facts
from assessment.pages.trial_evidence.shared.trial_words import SETS, fact_or_dash
from assessment.presentation import numbers
from assessment.presentation.language import _
from assessment.presentation.show import Ref, Table, ref

# What a fact's label says of cohort, arm or source: a row of things not found gathers over them.
TAILS = re.compile(r", (epNET|pNET|cabozantinib|placebo|FDA)(?=,|$)")
# Endpoints of the facts, in the order of the table of what was not found.
TOPICS = {
    "design": _("Design"),
    "n": _("Patients"),
    "baseline": _("Baseline"),
    "followup": _("Follow-up"),
    "pfs": _("Progression-free survival"),
    "os": _("Overall survival"),
    "response": _("Response"),
    "safety": _("Safety"),
    "exposure": _("Dose and duration"),
    "hrqol": _("Quality of life"),
    "benefit": _("Benefit scores"),
}


def sizes() -> Table:
    """Patients by cohort and arm in each division of the trial."""
    views = all_analysis_sets()
    rows = []
    for cohort, label in COHORTS.items():
        for arm in ARMS:
            randomised: dict[str, Ref | str] = {
                SETS[name]: fact_or_dash(view.n(cohort, arm)) for name, view in views.items()
            }
            rows.append({_("Cohort"): label, _("Arm"): arm, **randomised})
    return Table(pd.DataFrame(rows))


def _implied_deaths(ratio: Fact) -> str:
    if not ratio.low:
        return "–"
    return _("about {deaths}").format(deaths=numbers.number(events_behind(ratio)))


def _survival_row(cohort: str, name: str, result: TimeToEvent, deaths: Fact | None) -> dict:
    return {
        _("Cohort"): COHORTS[cohort],
        _("Analysis set"): SETS[name],
        _("Median, cabozantinib"): fact_or_dash(result.treated),
        _("Median, placebo"): fact_or_dash(result.control),
        _("Deaths printed"): fact_or_dash(deaths),
    }


def survival() -> Table:
    """Overall survival: medians, deaths and the deaths that the interval of the hazard ratio
    implies.
    """
    rows = []
    for cohort in COHORTS:
        for name, view in all_analysis_sets().items():
            result = view.os(cohort)
            deaths = view.find(f"os.{cohort}.deaths") or view.deaths(cohort).treated
            if result.hazard_ratio is not None:
                implied = {_("Deaths implied"): _implied_deaths(result.hazard_ratio)}
                rows.append(_survival_row(cohort, name, result, deaths) | implied)
    return Table(pd.DataFrame(rows))


def _response_cells(rate: Fact, n: Fact) -> dict[str, Ref | str]:
    """The rate as printed, the count it fits, and the exact interval of that count."""
    patients, interval = "–", "–"
    count = count_behind(rate, n)
    if count is not None:
        low, high = exact_interval(count, int(n.number))
        patients = _("{count} of {n}").format(count=count, n=numbers.number(n.number))
        interval = f"{numbers.interval(low, high, 0)}\u00a0%"
    return {
        _("Rate"): ref(rate),
        _("Patients"): patients,
        _("Exact 95 % interval, ours"): interval,
    }


def responses() -> Table:
    """Objective response by set: rate, the count it fits, the interval printed and ours, and how
    long responses lasted.
    """
    rows = []
    for cohort, label in COHORTS.items():
        for name, view in all_analysis_sets().items():
            rate, n = view.response(cohort).treated, view.n(cohort, "cabozantinib")
            if rate is None or n is None:
                continue
            rows.append(
                {_("Cohort"): label, _("Analysis set"): SETS[name]}
                | _response_cells(rate, n)
                | {_("Duration"): fact_or_dash(view.duration(cohort))}
            )
    return Table(pd.DataFrame(rows))


def toxicity() -> Table:
    """Severe events, dose reduction and discontinuation by cohort, and what placebo patients had,
    where found.
    """
    view = load_trial("publication")
    measures = {
        "dose_reduction": _("Dose reduced"),
        "discontinuation": _("Stopped for an adverse event"),
        "daily_dose": _("Median daily dose"),
        "duration": _("Median time on treatment"),
    }
    results = [
        (_("Adverse event of grade 3 or worse"), cohort, view.grade3plus(cohort))
        for cohort in COHORTS
    ]
    results += [
        (label, cohort, view.exposure(cohort, measure))
        for measure, label in measures.items()
        for cohort in COHORTS
    ]
    rows = []
    for label, cohort, by_arm in results:
        row: dict[str, Ref | str] = {_("What"): label, _("Cohort"): COHORTS[cohort]}
        row |= {arm.capitalize(): fact_or_dash(by_arm.of_arm(arm)) for arm in ARMS}
        rows.append(row)
    return Table(pd.DataFrame(rows))


def named_events() -> Table:
    """The severe events that the publication names, and those of the gastrointestinal subgroup."""
    view = load_trial("publication")
    events = {
        "hypertension": _("Hypertension"),
        "fatigue": _("Fatigue"),
        "diarrhoea": _("Diarrhoea"),
        "thromboembolic": _("Thromboembolic events"),
    }
    rows = []
    for event, label in events.items():
        by_arm = view.find(f"safety.grade3plus.{event}.cabozantinib")
        in_subgroup = view.find(f"gi.safety.cabozantinib.{event}")
        rows.append(
            {
                _("Event, grade 3 or worse"): label,
                _("Both cohorts"): fact_or_dash(by_arm or view.find(f"safety.grade3plus.{event}")),
                _("Gastrointestinal subgroup"): fact_or_dash(in_subgroup),
            }
        )
    return Table(pd.DataFrame(rows))


def _what(fact: Fact) -> str:
    """A fact's label without cohort, arm and source, hazard ratios by their short name."""
    label = TAILS.sub("", fact.label)
    return label.replace("Hazard ratio for progression or death", "Hazard ratio").strip(" ,")


def not_found() -> Table:
    """Every result of the trial that was looked for and not found, grouped where the same holds,
    with where it is expected.
    """
    groups: dict[tuple[str | None, str | None], list[str]] = {}
    for fact in load_facts().select(subject="cabinet", status="unknown"):
        whats = groups.setdefault((fact.endpoint, fact.note), [])
        if _what(fact) not in whats:
            whats.append(_what(fact))
    rows = [
        {
            _("Topic"): topic,
            _("Not found"): "; ".join(whats),
            _("Where it was looked for"): note,
        }
        for key, topic in TOPICS.items()
        for (endpoint, note), whats in groups.items()
        if endpoint == key
    ]
    return Table(pd.DataFrame(rows), classes=("long",))

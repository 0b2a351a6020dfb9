"""Tables of the chapter on the trial."""

from __future__ import annotations

import re

import pandas as pd

from assessment.case.trial.trial import (
    ARMS,
    BASE_SET,
    COHORTS,
    SUBGROUPS,
    Trial,
    all_analysis_sets,
    count_behind,
    exact_interval,
    load_trial,
)
from assessment.evidence import Fact, load_facts
from assessment.pages.trial_evidence.shared.implied_deaths import implied_deaths
from assessment.pages.trial_evidence.shared.this_case import NAMED_EVENTS
from assessment.pages.trial_evidence.shared.trial_words import (
    ARM_LABELS,
    CASE,
    SETS,
    SUBGROUP_NAMES,
    TWO_COHORTS,
    fact_or_dash,
    has_value,
    some,
)
from assessment.presentation import numbers
from assessment.presentation.language import _
from assessment.presentation.show import Ref, Table, ref

# What a fact's label says of cohort, arm or source: a row of things not found gathers over them.
TAILS = re.compile(
    rf", ({'|'.join(re.escape(w) for w in (*COHORTS.values(), *ARM_LABELS.values(), *CASE.words))})"
    r"(?=,|$)"
)
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
    """Patients by cohort and arm in each division of the trial that says how many there were.

    Raises LookupError where none does.
    """
    views = all_analysis_sets()
    told = {
        name: view
        for name, view in views.items()
        if any(view.n(cohort, arm) for cohort in COHORTS for arm in ARMS)
    }
    some(list(told), "n.<cohort>.<arm>")
    rows = []
    for cohort, label in COHORTS.items():
        for arm in ARMS:
            randomised: dict[str, Ref | str] = {
                SETS[name]: fact_or_dash(view.n(cohort, arm)) for name, view in told.items()
            }
            rows.append({_("Cohort"): label, _("Arm"): ARM_LABELS[arm], **randomised})
    return Table(pd.DataFrame(rows))


def _implied_deaths(ratio: Fact | None) -> str:
    deaths = implied_deaths(ratio)
    return "–" if deaths is None else _("about {deaths}").format(deaths=deaths)


def _survival_row(cohort: str, name: str, view: Trial) -> dict | None:
    """None where neither a median nor a hazard ratio was looked for."""
    result = view.os(cohort)
    if not (result.hazard_ratio or has_value(result.treated) or has_value(result.control)):
        return None
    median = _("Median, {arm}")
    medians = {median.format(arm=ARM_LABELS[arm]): fact_or_dash(result.of_arm(arm)) for arm in ARMS}
    deaths = view.find(f"os.{cohort}.deaths") or view.deaths(cohort).treated
    return {
        _("Cohort"): COHORTS[cohort],
        _("Analysis set"): SETS[name],
        **medians,
        _("Deaths printed"): fact_or_dash(deaths),
        _("Deaths implied"): _implied_deaths(result.hazard_ratio),
    }


def survival() -> Table:
    """Overall survival: medians, deaths and the deaths that the interval of the hazard ratio
    implies.

    Raises LookupError where nothing of it is known.
    """
    views = all_analysis_sets().items()
    rows = [_survival_row(cohort, name, view) for cohort in COHORTS for name, view in views]
    return Table(pd.DataFrame(some([row for row in rows if row], "os.<cohort>.hazard_ratio")))


def _response_cells(rate: Fact, n: Fact | None) -> dict[str, Ref | str]:
    """The rate as printed, the count it fits, and the exact interval of that count."""
    patients, interval = "–", "–"
    count = count_behind(rate, n) if has_value(n) and has_value(rate) else None
    if count is not None and n is not None:
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

    Raises LookupError where no rate was looked for.
    """
    rows = []
    for cohort, label in COHORTS.items():
        for name, view in all_analysis_sets().items():
            rate, n = view.response(cohort).treated, view.n(cohort, ARMS[0])
            if rate is None:
                continue
            rows.append(
                {_("Cohort"): label, _("Analysis set"): SETS[name]}
                | _response_cells(rate, n)
                | {_("Duration"): fact_or_dash(view.duration(cohort))}
            )
    return Table(pd.DataFrame(some(rows, "response.<cohort>.<arm>.rate")))


def toxicity() -> Table:
    """Severe events, dose reduction and discontinuation: a row per measure and arm, cohorts beside
    one another. What is known in no cohort is left out.

    Raises LookupError where nothing is left.
    """
    view = load_trial(BASE_SET)
    measures = {
        "dose_reduction": _("Dose reduced"),
        "discontinuation": _("Stopped for an adverse event"),
        "daily_dose": _("Median daily dose"),
        "duration": _("Median time on treatment"),
    }
    severe = {cohort: view.grade3plus(cohort) for cohort in COHORTS}
    results = {_("Adverse event of grade 3 or worse"): severe}
    for measure, label in measures.items():
        results[label] = {cohort: view.exposure(cohort, measure) for cohort in COHORTS}
    rows = []
    for label, by_cohort in results.items():
        for arm in ARMS:
            found = {cohort: by_arm.of_arm(arm) for cohort, by_arm in by_cohort.items()}
            if not any(has_value(fact) for fact in found.values()):
                continue
            row: dict[str, Ref | str] = {_("What"): f"{label}, {ARM_LABELS[arm]}"}
            rows.append(row | {COHORTS[c]: fact_or_dash(fact) for c, fact in found.items()})
    return Table(pd.DataFrame(some(rows, "safety.grade3plus.<cohort>.<arm>.rate")))


def named_events() -> Table:
    """The severe events that the trial's report names, and those of subgroups, on treatment.

    Raises LookupError where none of them has a fact.
    """
    view, treated = load_trial(BASE_SET), ARMS[0]
    facts = {
        event: {
            _everyone(): view.find(f"safety.grade3plus.{event}.{treated}")
            or view.find(f"safety.grade3plus.{event}")
        }
        | {SUBGROUP_NAMES[key]: view.find(f"{key}.safety.{treated}.{event}") for key in SUBGROUPS}
        for event in NAMED_EVENTS
    }
    shown = [event for event, found in facts.items() if any(found.values())]
    some(shown, "safety.grade3plus.<event>")
    heads = [head for head in facts[shown[0]] if any(facts[event][head] for event in shown)]
    rows = []
    for event in shown:
        row: dict[str, Ref | str] = {_("Event, grade 3 or worse"): NAMED_EVENTS[event]}
        rows.append(row | {head: fact_or_dash(facts[event][head]) for head in heads})
    return Table(pd.DataFrame(rows))


def _everyone() -> str:
    return _("Both cohorts") if TWO_COHORTS else _("All patients")


def _what(fact: Fact) -> str:
    """A fact's label without cohort, arm and source, hazard ratios by their short name."""
    label = TAILS.sub("", fact.label)
    return label.replace("Hazard ratio for progression or death", "Hazard ratio").strip(" ,")


def not_found() -> Table:
    """Every result of the trial that was looked for and not found, grouped where the same holds,
    with where it is expected. A table without rows where everything was found.
    """
    topic_head, found_head, where_head = (
        _("Topic"),
        _("Not found"),
        _("Where it was looked for"),
    )
    groups: dict[tuple[str | None, str | None], list[str]] = {}
    for fact in load_facts().select(subject=CASE.trial.id, status="unknown"):
        whats = groups.setdefault((fact.endpoint, fact.note), [])
        if _what(fact) not in whats:
            whats.append(_what(fact))
    rows = [
        {
            topic_head: topic,
            found_head: "; ".join(whats),
            where_head: note,
        }
        for key, topic in TOPICS.items()
        for (endpoint, note), whats in groups.items()
        if endpoint == key
    ]
    columns = [topic_head, found_head, where_head]
    return Table(pd.DataFrame(rows, columns=columns), classes=("long",), first_rows=8)

"""Tables and computed sentences of the chapter on CABINET."""

from __future__ import annotations

import re

import pandas as pd

from assessment.case.trial.trial import (
    ARMS,
    COHORTS,
    all_analysis_sets,
    count_behind,
    events_behind,
    exact_interval,
    load_trial,
)
from assessment.evidence import load_facts
from assessment.evidence.provenance.traced_text import computed
from assessment.pages.trial_evidence.effect_words import ROLES, WORDS, fact_or_dash
from assessment.presentation import numbers
from assessment.presentation.glue_keys import of_cohort, qualified
from assessment.presentation.show import Table, ref

TAILS = re.compile(r", (epNET|pNET|cabozantinib|placebo|FDA)(?=,|$)")
SMALL_WORDS = (
    "none",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
)


def sizes() -> Table:
    """Patients by cohort and arm in each division of the trial."""
    rows = [
        {"Cohort": label, "Arm": arm}
        | {
            WORDS["sets"][name]: fact_or_dash(view.n(cohort, arm))
            for name, view in all_analysis_sets().items()
        }
        for cohort, label in COHORTS.items()
        for arm in ARMS
    ]
    return Table(pd.DataFrame(rows))


def survival() -> Table:
    """Overall survival: medians, deaths and the deaths that the interval of the hazard ratio
    implies.
    """
    rows = []
    for cohort, label in COHORTS.items():
        for name, view in all_analysis_sets().items():
            result, deaths = (
                view.os(cohort),
                view.find(f"os.{cohort}.deaths") or view.deaths(cohort).treated,
            )
            if result.hazard_ratio is None:
                continue
            implied = (
                f"about {numbers.number(events_behind(result.hazard_ratio))}"
                if result.hazard_ratio.low
                else "–"
            )
            rows.append(
                {
                    "Cohort": label,
                    "Analysis set": WORDS["sets"][name],
                    "Median, cabozantinib": fact_or_dash(result.treated),
                    "Median, placebo": fact_or_dash(result.control),
                    "Deaths printed": fact_or_dash(deaths),
                    "Deaths implied": implied,
                }
            )
    return Table(pd.DataFrame(rows))


def responses() -> Table:
    """Objective response by set: rate, the count it fits, the interval printed and ours, and how
    long responses lasted.
    """
    rows = []
    for cohort, label in COHORTS.items():
        for name, view in all_analysis_sets().items():
            rate, n = view.response(cohort).treated, view.n(cohort, "cabozantinib")
            if rate is None:
                continue
            count = count_behind(rate, n)
            ours = (
                "–"
                if count is None
                else f"{numbers.interval(*exact_interval(count, int(n.number)), 0)}\u00a0%"
            )
            rows.append(
                {
                    "Cohort": label,
                    "Analysis set": WORDS["sets"][name],
                    "Rate": ref(rate),
                    "Patients": "–" if count is None else f"{count} of {numbers.number(n.number)}",
                    "Exact 95 % interval, ours": ours,
                    "Duration": fact_or_dash(view.duration(cohort)),
                }
            )
    return Table(pd.DataFrame(rows))


def toxicity() -> Table:
    """Severe events, dose reduction and discontinuation by cohort, and what placebo patients had,
    where found.
    """
    view, rows = load_trial("publication"), []
    for cohort, label in COHORTS.items():
        rows.append(
            {"What": "Adverse event of grade 3 or worse", "Cohort": label}
            | {a: fact_or_dash(view.grade3plus(cohort).of_arm(a)) for a in ARMS}
        )
    for measure, what in (
        ("dose_reduction", "Dose reduced"),
        ("discontinuation", "Stopped for an adverse event"),
        ("daily_dose", "Median daily dose"),
        ("duration", "Median time on treatment"),
    ):
        for cohort, label in COHORTS.items():
            rows.append(
                {"What": what, "Cohort": label}
                | {a: fact_or_dash(view.exposure(cohort, measure).of_arm(a)) for a in ARMS}
            )
    return Table(pd.DataFrame(rows).rename(columns={a: a.capitalize() for a in ARMS}))


def named_events() -> Table:
    """The severe events that the publication names, and those of the gastrointestinal subgroup."""
    view = load_trial("publication")
    rows = []
    for kind, label in (
        ("hypertension", "Hypertension"),
        ("fatigue", "Fatigue"),
        ("diarrhoea", "Diarrhoea"),
        ("thromboembolic", "Thromboembolic events"),
    ):
        whole = view.find(f"safety.grade3plus.{kind}.cabozantinib") or view.find(
            f"safety.grade3plus.{kind}"
        )
        rows.append(
            {
                "Event, grade 3 or worse": label,
                "Both cohorts": fact_or_dash(whole),
                "Gastrointestinal subgroup": fact_or_dash(
                    view.find(f"gi.safety.cabozantinib.{kind}")
                ),
            }
        )
    return Table(pd.DataFrame(rows))


def not_found() -> Table:
    """Every result of the trial that was looked for and not found, grouped where the same holds,
    with where it is expected.
    """
    groups: dict[tuple[str, str], dict[str, None]] = {}
    for fact in load_facts().select(subject="cabinet", status="unknown"):
        what = (
            TAILS.sub("", fact.label)
            .replace("Hazard ratio for progression or death", "Hazard ratio")
            .strip(" ,")
        )
        groups.setdefault((fact.endpoint, fact.note), {}).setdefault(what)
    rows = [
        {"Topic": topic, "Not found": "; ".join(whats), "Where it was looked for": note}
        for key, topic in WORDS["topics"].items()
        for (endpoint, note), whats in groups.items()
        if endpoint == key
    ]
    return Table(pd.DataFrame(rows), classes=("long",))


@computed
def texts() -> dict[str, str]:
    """Computed numbers for the chapter's sentences, as text."""
    facts, published, fda = load_facts(), load_trial("publication"), load_trial("fda")
    found = {
        "trial_unknown_count": numbers.number(
            len(facts.select(subject="cabinet", status="unknown"))
        ),
        "trial_fact_count": numbers.number(len(facts.select(subject="cabinet"))),
    }
    for cohort in COHORTS:
        severe = published.grade3plus(cohort)
        moved = fda.n(cohort).number - published.n(cohort).number
        found |= of_cohort(
            cohort,
            {
                "trial_severe_excess": numbers.number(
                    severe.treated.number - severe.control.number
                ),
                "trial_implied_deaths": numbers.number(
                    events_behind(published.os(cohort).hazard_ratio)
                ),
                "trial_moved": SMALL_WORDS[int(abs(moved))],
            },
        )
        for role, arm in zip(ROLES, ARMS):
            rate = numbers.number(severe.of_arm(arm).number)
            found |= qualified({"trial_severe": rate}, cohort, role)
    ratios = [
        view.pfs(c).treated.number / view.pfs(c).control.number
        for view in all_analysis_sets().values()
        for c in COHORTS
    ]
    found |= {
        "trial_median_ratio_low": numbers.number(min(ratios), 1),
        "trial_median_ratio_high": numbers.number(max(ratios), 1),
    }
    found["trial_implied_deaths_fda"] = numbers.number(events_behind(fda.os("pnet").hazard_ratio))
    n = published.n("pnet", "cabozantinib")
    count = count_behind(published.response("pnet").treated, n)
    found["trial_responders_pnet"] = SMALL_WORDS[count]
    found["trial_response_interval_pnet"] = (
        f"{numbers.interval(*exact_interval(count, int(n.number)), 0)}\u00a0%"
    )
    return found

"""Words and order of harms and of certainty."""

from __future__ import annotations

from assessment.case.trial.trial import COHORTS

DOMAINS = {
    "risk_of_bias": "Risk of bias",
    "inconsistency": "Inconsistency",
    "indirectness": "Indirectness",
    "imprecision": "Imprecision",
    "publication_bias": "Publication bias",
}


MARKS = {"not serious": "", "serious": "−1", "very serious": "−2", "undetected": ""}


LEVELS = ("very low", "low", "moderate", "high")


WORDS = {
    "harms": {
        "severe": "Severe event (grade 3 or worse)",
        "stopped": "Stopped for an adverse event",
        "reduced": "Dose reduced",
        "hypertension": "Severe hypertension",
        "diarrhoea": "Severe diarrhoea",
        "fatigue": "Severe fatigue",
        "thromboembolic": "Severe thromboembolic event",
        "deaths": "Death caused by treatment",
    },
    "groups": COHORTS | {"gi": "gastrointestinal", "all": "both cohorts"},
    "blank": "placebo: not published",
    "blank_both": "not published",
    "axis": "More patients with the event, of 100",
    "outcome_wide": {"Progression-free survival": "Progression", "Overall survival": "Survival"},
    "domains_short": {
        "Risk of bias": "Bias",
        "Inconsistency": "Incons.",
        "Indirectness": "Indir.",
        "Imprecision": "Impr.",
        "Publication bias": "Publ.",
    },
    "outcome_short": {
        "Progression-free survival": "PFS",
        "Overall survival": "Survival",
        "Tumour response": "Response",
        "Severe adverse events": "Harms",
        "Quality of life": "QoL",
    },
}

"""What this part of the book says of this case alone. Another case edits or empties it: each table
and each text here may be missing.
"""

from __future__ import annotations

from assessment.case.trial.trial import (
    ARMS,
    COHORTS,
    PREFIXES,
    count_behind,
    exact_interval,
    load_trial,
)
from assessment.evidence.provenance.traced_text import computed
from assessment.pages.trial_evidence.shared.implied_deaths import implied_deaths
from assessment.pages.trial_evidence.shared.number_words import number_word
from assessment.presentation import numbers
from assessment.presentation.language import _

# Short names of analysis sets, by id; a set that is not here goes by its label in data/case.csv.
SHORT_SETS = {
    "publication": _("Publication"),
    "fda": _("FDA label"),
    "interim_2023": _("Interim 2023"),
}
# Events whose rates the trial's report names one by one, by their part of the facts' ids.
NAMED_EVENTS = {
    "hypertension": _("Hypertension"),
    "fatigue": _("Fatigue"),
    "diarrhoea": _("Diarrhoea"),
    "thromboembolic": _("Thromboembolic events"),
}
# The cohort and the other analysis set of which the chapter tells more than of the rest.
COHORT, OTHER_SET = "pnet", "fda"


@computed
def own_texts() -> dict[str, str]:
    """Computed numbers of sentences that are about this trial alone: deaths implied in the other
    set, and how many patients the rate of response in one cohort fits, with its exact interval.

    Empty where the trial has no such cohort or set. Raises LookupError where a fact is missing.
    """
    if COHORT not in COHORTS or OTHER_SET not in PREFIXES:
        return {}
    published, other = load_trial("publication"), load_trial(OTHER_SET)
    n = published.required(f"n.{COHORT}.{ARMS[0]}")
    rate = published.required(f"response.{COHORT}.{ARMS[0]}.rate")
    count = count_behind(rate, n)
    if count is None:
        raise LookupError(f"the rate of response in '{COHORT}' does not fit exactly one count")
    low, high = exact_interval(count, int(n.number))
    ratio = other.required(f"os.{COHORT}.hazard_ratio")
    return {
        "trial_implied_deaths_fda": implied_deaths(ratio) or _("unknown"),
        "trial_responders_pnet": number_word(count),
        "trial_response_interval_pnet": f"{numbers.interval(low, high, 0)}\u00a0%",
    }

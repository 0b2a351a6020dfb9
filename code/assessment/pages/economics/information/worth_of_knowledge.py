"""What more knowledge would be worth: of everything, of single inputs, of two studies, per patient
and for Norway.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from assessment.case.model import runs
from assessment.case.model.inputs.cohort_shares import cohort_shares
from assessment.case.model.inputs.model_inputs import fraction, model_inputs
from assessment.economics.analysis.acceptability import acceptability, population_value
from assessment.evidence import load_facts
from assessment.pages.economics.shared.fact_ranges import range_of
from assessment.presentation.language import _

KINDS = ("all", "trial", "registry")
KIND_NAMES = {
    "all": _("everything"),
    "trial": _("a comparative trial"),
    "registry": _("a Norwegian registry study"),
}
INPUT_NAMES = {
    "years_gained_of_life": _("Years of life gained"),
    "years_gained_progression_free": _("Years before progression"),
    "both curves": _("Both curves"),  # not translated: key
    "all costs": _("All costs"),  # not translated: key
    "all utilities": _("All utilities"),  # not translated: key
    "all treatment": _("All of treatment"),  # not translated: key
}
LARGEST = 8


def patients_ahead(cohort: str) -> tuple[float, float]:
    """Eligible patients of a cohort over the years the decision stands, discounted: at the low and
    high end of DMP's range.
    """
    facts = load_facts()
    share = float(cohort_shares(fraction)[cohort])
    years = int(facts["economics.study.decision.duration"].number)
    rate = fraction(facts["norway.discount.years_0_39.rate"])
    factors = (1 + rate) ** -np.arange(years)

    def ahead(patients: float) -> float:
        return float(population_value(1.0, patients * share, years, factors))

    few, many = range_of(facts["norway.patients.eligible.n"])
    return ahead(few), ahead(many)


def value_per_patient(cohort: str) -> pd.DataFrame:
    """NOK per patient by kind of knowledge at the cohort's own reference value and where the
    decision turns: columns kind, threshold, value.
    """
    information, draws = runs.information(cohort), runs.draws(cohort)
    highest_threshold = runs.certainty(cohort).thresholds[-1]
    asked = [information.reference]
    if not np.isnan(information.indifferent):
        asked.append(information.indifferent)
    rows = []
    for threshold in asked:
        everything = acceptability(draws.costs, draws.qalys, [threshold]).evpi[0]
        rows.append(("all", threshold, float(everything)))
        if threshold > highest_threshold:
            continue
        for kind, study in information.studies.items():
            value = float(np.interp(threshold, study.thresholds, study.value))
            rows.append((kind, threshold, value))
    return pd.DataFrame(rows, columns=["kind", "threshold", "value"])


def largest_inputs(cohort: str) -> pd.DataFrame:
    """EVPPI above 0 where it is worth most, NOK per patient, largest first: columns label, evppi,
    standard_error; the threshold in ``.attrs``.
    """
    information = runs.information(cohort)
    turns = not np.isnan(information.indifferent)
    threshold = information.indifferent if turns else information.reference
    inputs = information.inputs
    shown = inputs[(inputs["threshold"] == threshold) & (inputs["evppi"] > 0)]
    rows = shown.sort_values("evppi", ascending=False).head(LARGEST)
    rows = rows.assign(label=[_input_name(cohort, name) for name in rows["parameter"]])
    rows.attrs["threshold"] = threshold
    return rows.reset_index(drop=True)


def _input_name(cohort: str, parameter: str) -> str:
    known = model_inputs(cohort)
    if parameter in INPUT_NAMES:
        return INPUT_NAMES[parameter]
    return known[parameter].label if parameter in known else parameter.capitalize()


def value_of_everything(cohort: str) -> float:
    """NOK per patient of knowing everything, at the cohort's own reference value."""
    values = value_per_patient(cohort)
    own = runs.severity(cohort).reference_nok_per_qaly
    at_own = values[(values["kind"] == "all") & (values["threshold"] == own)]
    return float(at_own["value"].iloc[0])

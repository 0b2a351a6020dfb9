"""What more knowledge would be worth: of everything, of groups of inputs, of two studies, per patient
and for the patients of Norway.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from assessment.case.model import decision_runs, runs
from assessment.case.model.analyses.decision_results import stated_value
from assessment.case.model.costs.cost_row_checks import PRICE
from assessment.case.model.inputs.cohort_shares import cohort_shares
from assessment.case.model.inputs.model_inputs import fraction, input_fact
from assessment.economics.analysis.acceptability import population_value
from assessment.evidence import load_facts
from assessment.pages.economics.shared.fact_ranges import range_of
from assessment.presentation.language import _

KINDS = ("all", "trial", "registry")
KIND_NAMES = {
    "all": _("everything"),
    "trial": _("a comparative trial"),
    "registry": _("a Norwegian registry study"),
}
GROUP_NAMES = {
    "years_gained_of_life": _("Years of life gained"),
    "years_gained_progression_free": _("Years before progression"),
    "both curves": _("Both curves"),  # not translated: key
    "all costs": _("All costs"),  # not translated: key
    "all utilities": _("All utilities"),  # not translated: key
    "all treatment": _("All of treatment"),  # not translated: key
}


def patients_a_year(cohort: str) -> tuple[float, float]:
    """Eligible patients of a cohort in a year, at the low and high end of the agency's range."""
    share = float(cohort_shares(fraction)[cohort])
    few, many = range_of(load_facts()["norway.patients.eligible.n"])
    return few * share, many * share


def patients_ahead(cohort: str) -> tuple[float, float]:
    """Eligible patients of a cohort over the years the decision stands, discounted: at the low and
    high end of the agency's range.
    """
    facts = load_facts()
    years = int(facts["economics.study.decision.duration"].number)
    rate = fraction(facts["norway.discount.years_0_39.rate"])
    factors = (1 + rate) ** -np.arange(years)
    few, many = (float(population_value(1.0, n, years, factors)) for n in patients_a_year(cohort))
    return few, many


def values_of_a_qaly(cohort: str) -> tuple[float, float]:
    """NOK per QALY: the stated opportunity cost, and the value of the cohort's class."""
    return stated_value(), runs.severity(cohort).reference_nok_per_qaly


def turning_price(cohort: str, value: float) -> float:
    """Price of a pack, NOK, at which the decision turns at a value of a QALY; 0 where even a free
    drug is not worth it: there a price comes nearest to turning it.
    """
    return max(decision_runs.information(cohort).turns[value], 0.0)


def prices_asked(cohort: str, value: float) -> tuple[float, float]:
    """Prices of a pack at which numbers are told: where the decision turns, and the assumed one."""
    return turning_price(cohort, value), input_fact(PRICE).number


def value_per_patient(cohort: str) -> pd.DataFrame:
    """NOK per patient by value of a QALY, price of a pack and kind of knowledge: columns threshold,
    price, kind, value.
    """
    found = decision_runs.information(cohort)
    rows = []
    for threshold in values_of_a_qaly(cohort):
        for price in prices_asked(cohort, threshold):
            for kind in KINDS:
                by_value = found.everything if kind == "all" else found.studies[kind]
                value = float(np.interp(price, found.prices_nok, by_value[threshold]))
                rows.append((threshold, price, kind, value))
    return pd.DataFrame(rows, columns=["threshold", "price", "kind", "value"])


def group_values(cohort: str) -> pd.DataFrame:
    """EVPPI of groups of inputs and of each curve, NOK per patient, largest first where the decision
    turns at the class's value: columns label, threshold, price, evppi, standard_error.
    """
    groups = decision_runs.information(cohort).groups.rename(columns={"value": "threshold"})
    groups = groups.assign(label=[GROUP_NAMES.get(n, n.capitalize()) for n in groups["parameter"]])
    own = values_of_a_qaly(cohort)[1]
    at = (groups["threshold"] == own) & (groups["price"] == turning_price(cohort, own))
    order = groups[at].sort_values("evppi", ascending=False)["label"].tolist()
    return groups.assign(place=groups["label"].map(order.index)).sort_values(
        ["threshold", "price", "place"], kind="stable", ignore_index=True
    )

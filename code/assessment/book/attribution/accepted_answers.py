"""The answers of the base case as a version had accepted them, to four digits."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from math import isclose, isfinite, nan

from assessment.case.attribution.base_answers import Answers
from assessment.case.model.inputs.model_inputs import COHORTS
from assessment.pages.headline.result_rows import BASE_SET, four_digits

CLOSE_NOK = 3.0  # a price that is reckoned from numbers of four digits is known to about that


def accepted_answers(headline: str, version: str = "") -> dict[str, dict[str, float]]:
    """The outcomes by cohort from the text of a file of headline results: of ``version``, or of the last
    in it; nothing where it has no such version.

    A price that none was accepted for is reckoned from the accepted gain, cost without the drug, packs
    and value of the class; it is below 0. nan where an outcome was not among the results.
    """
    rows = list(csv.DictReader(io.StringIO(headline)))
    last = version or (rows[-1]["version"] if rows else "")
    found = {}
    for cohort in COHORTS:
        mine = {
            row["result"]: row["value"]
            for row in rows
            if (row["version"], row["cohort"], row["analysis_set"]) == (last, cohort, BASE_SET)
        }
        if mine:
            found[cohort] = _outcomes(mine)
    return found


def _outcomes(results: Mapping[str, str]) -> dict[str, float]:
    def number(name: str) -> float:
        try:
            return float(results.get(name, "nan"))
        except ValueError:
            return nan

    price, benefit = number("price.class_value"), number("base_case.net_benefit.class_value")
    if results.get("price.class_value") == "none":
        worth = number("severity.reference_value") * number("base_case.qalys_gained")
        free = number("base_case.cost_added_without_drug")
        price = (worth - free) / number("base_case.packs")
    return {
        "qalys_gained": number("base_case.qalys_gained"),
        "cost_added": number("base_case.cost_added"),
        "icer": number("base_case.icer") if number("base_case.qalys_gained") > 0 else nan,
        "price": price,
        "shortfall": number("severity.shortfall"),
        "severity_class": number("severity.class"),
        "worth_it": float(benefit > 0) if isfinite(benefit) else nan,
        "price_is_enough": float(price >= 0) if isfinite(price) else nan,
    }


def same_where_rounded(accepted: Answers, computed: Answers) -> dict[str, dict[str, float]]:
    """The accepted answers, with the computed number in place of each that is its rounding: digits that
    were not kept are no change.
    """
    return {
        cohort: {
            name: computed[cohort][name] if _same(name, value, computed[cohort]) else value
            for name, value in answers.items()
        }
        for cohort, answers in accepted.items()
        if cohort in computed
    }


def _same(name: str, accepted: float, computed: Mapping[str, float]) -> bool:
    if name not in computed or not isfinite(accepted):
        return False
    if name == "price" and accepted < 0:
        return isclose(accepted, computed[name], abs_tol=CLOSE_NOK)
    return four_digits(computed[name]) == four_digits(accepted)

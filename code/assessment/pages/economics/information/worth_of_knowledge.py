"""What more knowledge would be worth: of everything, of single inputs, of two studies, per patient
and for Norway.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from assessment.case.model import runs
from assessment.case.model.inputs.model_inputs import fraction, model_inputs
from assessment.economics.analysis.acceptability import acceptability, population_value
from assessment.evidence import load_facts

WORDS = {
    "all": "everything",
    "trial": "a comparative trial",
    "registry": "a Norwegian registry study",
    "threshold": "Worth of a QALY, million NOK",
    "value": "Value per patient, million NOK",
    "value_short": "Million NOK per patient",
    "inputs": {
        "years_gained_of_life": "Years of life gained",
        "years_gained_progression_free": "Years before progression",
        "both curves": "Both curves",
        "all costs": "All costs",
        "all utilities": "All utilities",
        "all treatment": "All of treatment",
    },
    "bars": "◆ Value of knowing at {value} NOK per QALY",
    "population": "◆ Patients, decision years, study sizes",
}


KINDS = ("all", "trial", "registry")


LARGEST = 8


def patients_ahead(cohort: str) -> tuple[float, float]:
    """Eligible patients of a cohort over the years the decision stands, discounted: at the low and
    high end of DMP's range.
    """
    facts = load_facts()
    outside = fraction(facts["economics.adoption.epnet.share"])
    share = outside if cohort == "epnet" else 1 - outside
    years, rate = (
        int(facts["economics.study.decision.duration"].number),
        fraction(facts["norway.discount.years_0_39.rate"]),
    )
    factors, eligible = (1 + rate) ** -np.arange(years), facts["norway.patients.eligible.n"]
    return tuple(
        float(population_value(1.0, patients * share, years, factors))
        for patients in (eligible.low, eligible.high)
    )


def per_patient(cohort: str) -> pd.DataFrame:
    """NOK per patient by kind of knowledge at the cohort's own reference value and where the
    decision turns: columns kind, threshold, value.
    """
    info, draws, certain = runs.information(cohort), runs.draws(cohort), runs.certainty(cohort)
    rows = []
    for at in [info.reference] + ([] if np.isnan(info.indifferent) else [info.indifferent]):
        rows.append(("all", at, float(acceptability(draws.costs, draws.qalys, [at]).evpi[0])))
        if at <= certain.thresholds[-1]:
            rows += [
                (kind, at, float(np.interp(at, found.thresholds, found.value)))
                for kind, found in info.studies.items()
            ]
    return pd.DataFrame(rows, columns=["kind", "threshold", "value"])


def largest(cohort: str) -> pd.DataFrame:
    """EVPPI above 0 where it is worth most, NOK per patient, largest first: columns label, evppi,
    standard_error; the threshold in ``.attrs``.
    """
    info = runs.information(cohort)
    at = info.reference if np.isnan(info.indifferent) else info.indifferent
    rows = (
        info.inputs[(info.inputs["threshold"] == at) & (info.inputs["evppi"] > 0)]
        .sort_values("evppi", ascending=False)
        .head(LARGEST)
    )
    known = model_inputs(cohort)
    rows = rows.assign(
        label=[
            WORDS["inputs"].get(p) or (known[p].label if p in known else p.capitalize())
            for p in rows["parameter"]
        ]
    )
    rows.attrs["threshold"] = at
    return rows.reset_index(drop=True)

"""The register of model inputs and the words for its parts."""

from __future__ import annotations

import pandas as pd

from assessment.evidence import load_facts, load_register

# From the firmest to the least firm.
STATUSES = ("verified", "secondary", "derived", "assumption", "unknown")


WORDS = {
    "groups": {
        "survival": "Survival",
        "treatment": "Treatment",
        "costs": "Costs",
        "utilities": "Utilities",
        "population": "Population",
        "method": "Method",
    },
    "key": "solid: stated policy · dashed: proposal",
    "policy": "stated policy",
    "proposal": "proposal",
    "reference": "NOK per QALY",
    "class": "Class",
    "varied": {
        "fixed": "fixed",
        "decision": "on its own",
        "curves": "with the curves",
        "setting": "in scenarios",
        "none": "not in the model",
    },
    "discount": "Value today of one later",
    "years": "Years from now",
}


def inputs() -> pd.DataFrame:
    """The register of model inputs. ValueError when an input claims a firmer status than the fact
    that holds it.
    """
    frame, facts = load_register("model-inputs"), load_facts()
    for row in frame.itertuples():
        if row.fact and STATUSES.index(facts[row.fact].status) > STATUSES.index(row.status):
            raise ValueError(
                f"data/model_inputs.csv, '{row.id}': status '{row.status}', but {row.fact} is"
                f" '{facts[row.fact].status}'. An input cannot be firmer than its fact."
            )
    return frame

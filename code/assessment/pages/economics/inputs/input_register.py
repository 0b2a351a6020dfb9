"""The register of model inputs, and the words for its parts and for how they vary."""

from __future__ import annotations

import pandas as pd

from assessment.evidence import load_facts, load_register
from assessment.presentation.frame_rows import frame_rows
from assessment.presentation.language import _

# From the firmest to the least firm.
STATUSES = ("verified", "copy", "secondary", "derived", "assumption", "unknown")
STATUS_NAMES = {
    "verified": _("verified"),
    "copy": _("copy"),
    "secondary": _("secondary"),
    "derived": _("derived"),
    "assumption": _("assumption"),
    "unknown": _("unknown"),
}
GROUP_NAMES = {
    "survival": _("Survival"),
    "treatment": _("Treatment"),
    "costs": _("Costs"),
    "utilities": _("Utilities"),
    "population": _("Population"),
    "method": _("Method"),
}
# Ways of varying that are no distribution; distributions are told by their name.
VARIED_NAMES = {
    "fixed": _("fixed"),
    "decision": _("on its own"),
    "curves": _("with the curves"),
    "setting": _("in scenarios"),
    "none": _("not in the model"),
}


def inputs() -> pd.DataFrame:
    """The register of model inputs. ValueError when an input claims a firmer status than the fact
    that holds it.
    """
    frame, facts = load_register("model-inputs"), load_facts()
    for row in frame_rows(frame):
        if row.fact and STATUSES.index(facts[row.fact].status) > STATUSES.index(row.status):
            raise ValueError(
                f"data/model_inputs.csv, '{row.id}': status '{row.status}', but {row.fact} is"
                f" '{facts[row.fact].status}'. An input cannot be firmer than its fact."
            )
    return frame

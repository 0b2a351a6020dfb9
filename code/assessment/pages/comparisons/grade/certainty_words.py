"""Words and order of the judgements of certainty."""

from __future__ import annotations

from assessment.presentation.language import _

# The domains of GRADE by their column in the register.
DOMAINS = {
    "risk_of_bias": _("Risk of bias"),
    "inconsistency": _("Inconsistency"),
    "indirectness": _("Indirectness"),
    "imprecision": _("Imprecision"),
    "publication_bias": _("Publication bias"),
}
# Domains by their label, as they are written where there is little room.
DOMAINS_SHORT = {
    DOMAINS["risk_of_bias"]: _("Bias"),
    DOMAINS["inconsistency"]: _("Incons."),
    DOMAINS["indirectness"]: _("Indir."),
    DOMAINS["imprecision"]: _("Impr."),
    DOMAINS["publication_bias"]: _("Publ."),
}
# How far each judgement of the register lowers certainty.
MARKS = {
    "not serious": "",  # not translated: value of the register
    "serious": "−1",
    "very serious": "−2",  # not translated: value of the register
    "undetected": "",
}
BOTH_COHORTS = _("both cohorts")

# Outcomes of the register, as they are written where there is little room.
OUTCOMES_WIDE = {
    "Progression-free survival": _("Progression"),  # not translated: key of the register
    "Overall survival": _("Survival"),  # not translated: key of the register
}
OUTCOMES_SHORT = {
    "Progression-free survival": _("PFS"),  # not translated: key of the register
    "Overall survival": _("Survival"),  # not translated: key of the register
    "Tumour response": _("Response"),  # not translated: key of the register
    "Severe adverse events": _("Harms"),  # not translated: key of the register
    "Quality of life": _("QoL"),  # not translated: key of the register
}
# The comparison of the register that the trial itself made.
RANDOMISED = "cabozantinib against placebo"  # not translated: value of the register

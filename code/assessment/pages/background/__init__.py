"""The background page: the disease, the patients, their treatment so far."""

from assessment.pages.background.patient_funnel import funnel
from assessment.pages.background.patient_numbers import texts, years_table
from assessment.pages.background.prior_treatment_figure import prior_lines_table, prior_treatment
from assessment.pages.background.treatment_sequence_figure import sequence
from assessment.pages.background.tumour_grades import grades
from assessment.pages.background.tumour_sites import sites

__all__ = [
    "funnel",
    "grades",
    "prior_lines_table",
    "prior_treatment",
    "sequence",
    "sites",
    "texts",
    "years_table",
]

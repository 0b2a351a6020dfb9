"""The background page: the disease, the patients, their treatment so far."""

from assessment.pages.background.earlier_treatment import prior_treatment, sequence
from assessment.pages.background.patient_numbers import funnel, texts, years_table
from assessment.pages.background.tumours import grades, sites

__all__ = ["funnel", "grades", "prior_treatment", "sequence", "sites", "texts", "years_table"]

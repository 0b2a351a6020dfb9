"""The page on the mechanism of action and on dose."""

from assessment.pages.mechanism.dose_controls import dose_explorer
from assessment.pages.mechanism.exposure import exposure_over_time
from assessment.pages.mechanism.exposure_drivers import exposure_movers
from assessment.pages.mechanism.exposure_tables import (
    accumulation_table,
    regimen_table,
    trial_dose_table,
)
from assessment.pages.mechanism.kinases import kinase_profile
from assessment.pages.mechanism.mechanism_texts import texts

__all__ = [
    "accumulation_table",
    "dose_explorer",
    "exposure_movers",
    "exposure_over_time",
    "kinase_profile",
    "regimen_table",
    "texts",
    "trial_dose_table",
]

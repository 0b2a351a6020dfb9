"""Words of the figures of uncertainty."""

from __future__ import annotations

WORDS = {
    "curves": {
        "years_gained_of_life": "Years of life gained (curves)",
        "years_gained_progression_free": "Years without progression gained (curves)",
    },
    "years": "years",
    "nmb": "Net monetary benefit per patient, million NOK",
    "nmb_short": "Net benefit, million NOK",
    "zero": "worth it",
    "ends": ("low end", "high end"),
    "at": "at {value} NOK per QALY",
    "qalys": "QALYs gained per patient",
    "cost": "Added cost per patient, million NOK",
    "policy": "stated policy",
    "proposal": "proposal for class {number}",
    "threshold": "Worth of a QALY, million NOK",
    "probability": "Draws with the highest net benefit, %",
    "probability_short": "Draws, %",
    "arms": {"cabozantinib": "Cabozantinib", "placebo": "Placebo"},
    "draws": "Draws, logarithmic",
    "mean": "Mean net benefit, million NOK",
}


SOURCES = ("chan2025", "meldst38", "magnussen2015")

"""Words of the background page."""

from __future__ import annotations

WORDS = {
    "sites": {
        "gi": "Gastrointestinal",
        "lung": "Lung",
        "unknown": "Unknown",
        "other": "Other",
        "rest": "Other or unknown",
    },
    "site_sources": ("DMP: epNET in general", "CABINET: epNET cohort"),
    "grades": ("Grade 1", "Grade 2", "Grade 3", "not split further"),
    "grade_groups": ("Gastrointestinal NET", "pNET, from a panel", "All patients"),
    "steps": (
        ("New neuroendocrine neoplasms", "registered in 2023"),
        ("Neuroendocrine tumours (NET)", "“about half”"),
        ("Advanced", "unresectable or metastatic"),
        ("Progressed on a somatostatin analogue", ""),
        ("Progressed after a further treatment", "systemic, as the licence requires"),
        ("Fit for treatment and wanting it", ""),
        ("Relevant for cabozantinib", "DMP’s range"),
    ),
    "not_published": "not published",
    "licence": "the licence begins here",
    "cohorts": {"epNET": "Outside the pancreas (epNET)", "pNET": "Pancreas (pNET)"},
    "prior_groups": (
        "Gastrointestinal NET, {n} patients",
        "pNET, {n} patients in 2023; ~ is a panel’s round figure",
    ),
    "prior": {
        "prior_ssa": "Somatostatin analogue",
        "prior_lutetium": "177Lu-dotatate",
        "prior_everolimus": "Everolimus",
        "prior_temozolomide": "Temozolomide",
        "prior_prrt": "Radionuclide therapy",
        "prior_sunitinib": "Sunitinib",
    },
}

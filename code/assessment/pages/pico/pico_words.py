"""Words and order of the PICO page."""

from __future__ import annotations

# Outcome → endpoint of the facts that count as evidence for it; dose and duration of the drug do
# not measure resource use.
ENDPOINTS = {
    "pfs": "pfs",
    "os": "os",
    "hrqol": "hrqol",
    "resource_use": "resource_use",
    "response": "response",
    "adverse_events": "safety",
}


GROUPS = {
    "epNET": "epNET",
    "pNET": "pNET",
    "gastrointestinal NET": "GI",
    "lung or thymic NET": "Lung",
    "grade 3 NET (Ki-67 above 20 %)": "G3",
}


LEVELS = ("compared, with interval", "numbers by arm", "words only", "nothing found")


SHORT = {
    "capecitabine and temozolomide": "CAPTEM",
    "177Lu-dotatate with octreotide": "177Lu-dotatate",
    "octreotide, double dose": "octreotide ×2",
}


NETWORKS = {"pNET": "Pancreas (pNET)", "epNET": "Outside the pancreas (epNET)"}


SUBSETS = ("radiant4_gi", "radiant4_lung")


WORDS = {
    "in_pico": {"yes": "in the PICO", "no": "not in the PICO"},
    "apart": "apart: no path to placebo",
    "no_result": "no result yet",
    "departures": (  # question, PICO and licence, fact of the trial, meaning for Norway
        (
            "Differentiation",
            "well differentiated",
            "cabinet.design.eligibility.tumour",
            (
                "The trial is wider by an older term; how many patients fall outside the licence is"
                " not published."
            ),
        ),
        (
            "Earlier treatment",
            "at least one systemic treatment other than a somatostatin analogue",
            "cabinet.design.eligibility.prior_treatment_by_site",
            "The licence is wider: chemotherapy alone would count; the trial named its drugs.",
        ),
        (
            "Disease activity",
            "has progressed",
            "cabinet.design.eligibility.progression",
            (
                "The trial asks for recent growth; a slow tumour that grew years ago fits the"
                " licence, not the trial."
            ),
        ),
        (
            "Performance status",
            "not mentioned",
            "cabinet.design.eligibility.ecog",
            "The frailest were not admitted; the licence does not exclude them.",
        ),
        (
            "Country",
            "Norway",
            "cabinet.design.country",
            "Order of treatments and access to them may differ.",
        ),
        (
            "Dose",
            "as in the product summary",
            "cabinet.design.treatment",
            "Same starting dose; most patients needed less.",
        ),
        (
            "Comparator",
            "today’s treatment or placebo",
            "cabinet.design.type",
            "No active comparator: placebo, beside a somatostatin analogue where one was in use.",
        ),
        (
            "After progression",
            "what Norway would give",
            "cabinet.design.crossover",
            "Survival compares early with late cabozantinib, not with none.",
        ),
    ),
    "numbers": (  # what, fact in epNET, fact in pNET
        ("Progression-free survival: hazard ratio", "cabinet.pfs.{c}.hazard_ratio"),
        ("– median, cabozantinib", "cabinet.pfs.{c}.cabozantinib.median"),
        ("– median, placebo", "cabinet.pfs.{c}.placebo.median"),
        ("Overall survival: hazard ratio", "cabinet.os.{c}.hazard_ratio"),
        ("– placebo patients who crossed over", "cabinet.crossover.{c}.rate"),
        ("Response, cabozantinib", "cabinet.response.{c}.cabozantinib.rate"),
        ("Severe adverse events, cabozantinib", "cabinet.safety.grade3plus.{c}.cabozantinib.rate"),
        ("– placebo", "cabinet.safety.grade3plus.{c}.placebo.rate"),
        ("Quality of life: scores by arm", "cabinet.hrqol.scores"),
        ("– EQ-5D utility", "cabinet.hrqol.utility"),
    ),
}

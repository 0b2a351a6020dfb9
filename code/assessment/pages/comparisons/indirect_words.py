"""Words of the indirect comparison, and how a ratio is written."""

from __future__ import annotations

import numpy as np

from assessment.case.trial.indirect_comparisons import (
    Contrast,
)
from assessment.evidence import load_facts
from assessment.presentation import numbers
from assessment.survival import Ratio

WORDS = {
    "panels": {"epnet": "Outside the pancreas (epNET)", "pnet": "Pancreas (pNET)"},
    "panel_of": {"epnet": "epnet", "gi": "epnet", "lung_thymic": "epnet", "pnet": "pnet"},
    "group": {"gi": ", gastrointestinal", "lung_thymic": ", lung or thymus"},
    "sets": {"publication": "Publication", "fda": "FDA", "interim_2023": "Interim 2023"},
    "axis": "Hazard ratio for progression, log scale",
    "below": " · below 1 favours cabozantinib",
    "no_path": "no path",
    "no_result": "no result",
    "short": {
        "cabozantinib": "CAB",
        "everolimus": "EVE",
        "sunitinib": "SUN",
        "surufatinib": "SUR",
        "177Lu-edotreotide": "EDO",
        "placebo": "PBO",
    },
    # property, cell in epNET, cell in pNET (fact id, or words), the other trials, verdict
    "transitivity": (
        (
            "Earlier lines of treatment, median",
            "cabinet.baseline.epnet.prior_lines",
            "cabinet.baseline.pnet.prior_lines",
            (
                "At most two in the trials of surufatinib; not read in the rest, but many had not"
                " had a targeted drug"
            ),
            "Unlike. CABINET’s patients came later; this alone is enough to distrust the numbers.",
        ),
        (
            "Earlier everolimus (epNET: gastrointestinal)",
            "cabinet.gi.baseline.prior_everolimus",
            "cabinet.baseline.pnet.prior_everolimus",
            "Not read as a share; few, by the description of the trials",
            (
                "Unlike. Cabozantinib was tried in tumours that had outgrown the drug it would be"
                " compared with."
            ),
        ),
        (
            "Earlier 177Lu-dotatate (epNET: gastrointestinal)",
            "cabinet.gi.baseline.prior_lutetium",
            "cabinet.baseline.pnet.prior_prrt",
            "RADIANT-4: few; not read in the rest",
            "Unlike. Common in CABINET.",
        ),
        (
            "Earlier sunitinib",
            "–",
            "cabinet_2023.baseline.pnet.prior_sunitinib",
            "Not read as a share",
            "Unlike, for the comparison with sunitinib.",
        ),
        (
            "Somatostatin analogue alongside",
            "cabinet_2023.baseline.epnet.ssa",
            "cabinet_2023.baseline.pnet.ssa",
            "Not read",
            "Unknown; “placebo” may not mean the same.",
        ),
        (
            "Grade 3 tumours (both cohorts together)",
            "cabinet.baseline.all.grade3_share",
            "cabinet.baseline.all.grade3_share",
            "Grade 1–2 only; SUN-1111: well differentiated",
            "Near enough.",
        ),
        (
            "Primary tumour outside the pancreas",
            "any site, functional or not",
            "–",
            "RADIANT-4: lung and gut, non-functional; SANET-ep: other sites, China",
            "Unlike in part; the subset rows answer some of it.",
        ),
        (
            "Who judged progression",
            "independent review",
            "independent review",
            "Independent review; SANET-p: investigators",
            "Alike, except SANET-p.",
        ),
    ),
}


DOMAIN, TICKS = [0.1, 5.5], [0.125, 0.25, 0.5, 1, 2, 4]


def text(ratio: Ratio) -> str:
    """'0.73 (0.32–1.68)'."""
    return f"{numbers.number(ratio.estimate, 2)} ({numbers.interval(ratio.low, ratio.high, 2)})"


def tau() -> float:
    """The between-trial standard deviation assumed for random effects."""
    return load_facts()["network.assumed.tau"].number


def widened(c: Contrast) -> Ratio:
    """The contrast with every trial's variance enlarged by the assumed spread between trials."""
    return Ratio.from_log(
        c.ratio.log, float(np.hypot(c.ratio.log_se, tau() * np.sqrt(c.steps + 1)))
    )


def label(c: Contrast) -> str:
    return (
        WORDS["sets"][c.analysis_set]
        + ("" if c.like else " v investigators" if c.analysis_set != "interim_2023" else "")
        + (" (investigators)" if c.analysis_set == "interim_2023" else "")
    )

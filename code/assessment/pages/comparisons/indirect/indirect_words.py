"""Words of the indirect comparison, and how a ratio is written."""

from __future__ import annotations

import numpy as np

from assessment.case.trial.indirect_comparisons import Contrast
from assessment.evidence import load_facts
from assessment.presentation import numbers
from assessment.presentation.language import _
from assessment.survival import Ratio

# cohort: the trials' name for its network
NETWORKS = {"epnet": "epNET", "pnet": "pNET"}  # not translated: values of the register
PANELS = {"epnet": _("Outside the pancreas (epNET)"), "pnet": _("Pancreas (pNET)")}
# group: the cohort in whose panel it stands
PANEL_OF = {"epnet": "epnet", "gi": "epnet", "lung_thymic": "epnet", "pnet": "pnet"}
SETS = {"publication": _("Publication"), "fda": _("FDA"), "interim_2023": _("Interim 2023")}
NOT_JOINED = _("not joined")
NO_RESULT = _("no result")
# What weakens a path, as a table says it
WEAKNESSES = {
    "steps": _("over two trials in turn"),
    "open": _("open label"),
    "judges": _("progression judged by investigators in one trial"),
    "rebuilt": _("hazard ratio rebuilt from medians"),
    "assumed": _("control of the other trial taken for that of CABINET"),
}
# Grades of a path, by the number of its weaknesses
GRADES = (_("weak"), _("very weak"), _("very weak"), _("barely a path"))
ABBREVIATIONS = {
    "cabozantinib": "CAB",
    "everolimus": "EVE",
    "sunitinib": "SUN",
    "surufatinib": "SUR",
    "177Lu-edotreotide": "EDO",  # not translated: name of a drug
    "placebo": "PBO",
}
DOMAIN, TICKS = [0.1, 5.5], [0.125, 0.25, 0.5, 1, 2, 4]


def ratio_text(ratio: Ratio) -> str:
    """'0.73 (0.32–1.68)'."""
    return f"{numbers.number(ratio.estimate, 2)} ({numbers.interval(ratio.low, ratio.high, 2)})"


def drug_in_group(drug: str, group: str) -> str:
    """A drug and, where the contrast concerns a part of a cohort, which part."""
    if group == "gi":
        return _("{drug}, gastrointestinal").format(drug=drug)
    if group == "lung_thymic":
        return _("{drug}, lung or thymus").format(drug=drug)
    return drug


def spread_between_trials() -> float:
    """The between-trial standard deviation assumed for random effects, of the log ratio."""
    return load_facts()["network.assumed.tau"].number


def widened(c: Contrast) -> Ratio:
    """The contrast with every link's variance enlarged by the spread between trials: the one
    estimated on its path, where it stands already on that link, or else the one assumed.
    """
    links = c.steps if c.tau else c.steps + 1
    spread = (c.tau or spread_between_trials()) * np.sqrt(links)
    return Ratio.from_log(c.ratio.log, float(np.hypot(c.ratio.log_se, spread)))


def is_weak(c: Contrast) -> bool:
    """Whether a path is marked as weak wherever it is shown: longer than one trial beside the own
    one, or by an assumption.
    """
    return c.steps > 1 or c.assumed


def grade(c: Contrast) -> str:
    """How weak a path is, in words."""
    return GRADES[min(len(c.weaknesses), len(GRADES) - 1)]


def weaknesses(c: Contrast) -> str:
    """What weakens a path beyond its patients, in words."""
    if not c.weaknesses:
        return _("patients earlier in the sequence")
    named = ", ".join(WEAKNESSES[name] for name in c.weaknesses)
    return _("patients earlier in the sequence, {others}").format(others=named)


def label(c: Contrast) -> str:
    """The analysis set of a contrast, and who judged progression where that needs saying."""
    name = SETS[c.analysis_set]
    if c.analysis_set == "interim_2023":
        return _("{analysis_set} (investigators)").format(analysis_set=name)
    return name if c.like else _("{analysis_set} v investigators").format(analysis_set=name)

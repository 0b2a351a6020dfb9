"""Tables beside the model: published evaluations, and the scheme for very small patient groups."""

from __future__ import annotations

import pandas as pd

from assessment.case.model import runs
from assessment.case.model.inputs.model_inputs import COHORTS
from assessment.evidence import load_facts
from assessment.presentation import numbers, words
from assessment.presentation.show import Table, ref

EVALUATIONS = (
    ("palmer2020", "midgut.norway"),
    ("palmer2020", "pnet.norway"),
    ("casciano2012", "net.value"),
    ("chua2018", "net.value"),
    ("smithpalmer2021", "net.value"),
    ("rustgi2021", "net.value"),
    ("tlv2018", "gi.value"),
    ("sieg2020", "other.value"),
    ("shlomai2019", "other.value"),
    ("shi2022", "other.value"),
)


STUDIES = {
    "palmer2020": "Palmer and Leeuwenkamp 2020, Norway",
    "casciano2012": "Casciano 2012",
    "chua2018": "Chua 2018",
    "smithpalmer2021": "Smith-Palmer 2021",
    "rustgi2021": "Rustgi 2021",
    "tlv2018": "TLV 2018",
    "sieg2020": "Sieg 2020",
    "shlomai2019": "Shlomai 2019",
    "shi2022": "Shi 2022",
}


def evaluations() -> Table:
    """Cost-effectiveness analyses in neighbouring questions: who and what, QALYs gained, cost per
    QALY as printed.
    """
    facts, rows = load_facts(), []
    for study, rest in EVALUATIONS:
        icer = facts[f"{study}.icer.{rest}"]
        gain = f"{study}.qalys.{rest.partition('.')[0]}.difference"
        rows.append(
            {
                "Study": STUDIES[study],
                "Question": icer.population,
                "QALYs gained": ref(facts[gain], "bare") if gain in facts else "–",
                "Cost per QALY": ref(icer),
            }
        )
    return Table(pd.DataFrame(rows))


def small_groups() -> Table:
    """The criteria of the scheme for very small patient groups against what is known here."""
    facts = load_facts()
    ours = [runs.severity(c).shortfall for c in COHORTS]
    gains = [float(runs.base(c).increment.effect) for c in COHORTS]
    rows = [
        (
            "Patients in Norway, fewer than about",
            ref(facts["norway.small_groups.patients.maximum"]),
            ref(facts["norway.patients.eligible.n"]),
            "not at DMP's range as a whole",
        ),
        (
            "Absolute shortfall, at least about",
            ref(facts["norway.small_groups.shortfall.minimum"]),
            f"{numbers.interval(min(ours), max(ours))}\u00a0QALYs",
            "no",
        ),
        (
            "Expected gain, at least about",
            ref(facts["norway.small_groups.gain.minimum"]),
            f"{numbers.interval(min(gains), max(gains), 2)}\u00a0QALYs, as modelled",
            "no",
        ),
        (
            "Frequency worldwide",
            ref(facts["norway.small_groups.prevalence.maximum"]),
            words.UNKNOWN,
            "not examined",
        ),
    ]
    return Table(pd.DataFrame(rows, columns=["Criterion", "Asked for", "Here", "Met"]))

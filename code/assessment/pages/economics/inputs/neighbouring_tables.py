"""Tables beside the model: published evaluations, and the scheme for very small patient groups."""

from __future__ import annotations

import pandas as pd

from assessment.case.model import runs
from assessment.case.model.inputs.model_inputs import COHORTS
from assessment.evidence import load_facts
from assessment.presentation import numbers, words
from assessment.presentation.language import _
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
    "palmer2020": _("Palmer and Leeuwenkamp 2020, Norway"),
    "casciano2012": "Casciano 2012",  # not translated: name
    "chua2018": "Chua 2018",  # not translated: name
    "smithpalmer2021": "Smith-Palmer 2021",  # not translated: name
    "rustgi2021": "Rustgi 2021",  # not translated: name
    "tlv2018": "TLV 2018",
    "sieg2020": "Sieg 2020",  # not translated: name
    "shlomai2019": "Shlomai 2019",  # not translated: name
    "shi2022": "Shi 2022",  # not translated: name
}


def evaluation_table() -> Table:
    """Cost-effectiveness analyses in neighbouring questions: who and what, QALYs gained, cost per
    QALY as printed.
    """
    facts, rows = load_facts(), []
    for study, rest in EVALUATIONS:
        icer = facts[f"{study}.icer.{rest}"]
        gain = f"{study}.qalys.{rest.partition('.')[0]}.difference"
        rows.append(
            {
                _("Study"): STUDIES[study],
                _("Question"): icer.population,
                _("QALYs gained"): ref(facts[gain], "bare") if gain in facts else "–",
                _("Cost per QALY"): ref(icer),
            }
        )
    return Table(pd.DataFrame(rows))


def small_group_table() -> Table:
    """The criteria of the scheme for very small patient groups against what is known here."""
    facts = load_facts()
    shortfalls = [runs.severity(c).shortfall for c in COHORTS]
    gains = [float(runs.base(c).increment.effect) for c in COHORTS]
    rows = [
        (
            _("Patients in Norway, fewer than about"),
            ref(facts["norway.small_groups.patients.maximum"]),
            ref(facts["norway.patients.eligible.n"]),
            _("not at DMP's range as a whole"),
        ),
        (
            _("Absolute shortfall, at least about"),
            ref(facts["norway.small_groups.shortfall.minimum"]),
            _("{range}\u00a0QALYs").format(
                range=numbers.interval(min(shortfalls), max(shortfalls))
            ),
            _("no"),
        ),
        (
            _("Expected gain, at least about"),
            ref(facts["norway.small_groups.gain.minimum"]),
            _("{range}\u00a0QALYs, as modelled").format(
                range=numbers.interval(min(gains), max(gains), 2)
            ),
            _("no"),
        ),
        (
            _("Frequency worldwide"),
            ref(facts["norway.small_groups.prevalence.maximum"]),
            words.UNKNOWN,
            _("not examined"),
        ),
    ]
    columns = [_("Criterion"), _("Asked for"), _("Here"), _("Met")]
    return Table(pd.DataFrame(rows, columns=columns))

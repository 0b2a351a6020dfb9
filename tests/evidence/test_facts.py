"""Facts as they stand in data/: values as printed, derived and unknown ones, analysis sets, conflicts."""

from __future__ import annotations

import pytest

from assessment.evidence import (
    MixedAnalysisSets,
    UnknownFact,
    load_conflicts,
    load_facts,
    one_analysis_set,
)
from assessment.evidence.checking import check

HR = "cabinet.pfs.pnet.hazard_ratio"


def test_everything_in_data_is_in_order():
    assert any(line.startswith("facts: ") for line in check())


# Values printed in the abstract of N Engl J Med 2025;392:653-665 and in the FDA notice of 26 March
# 2025.
@pytest.mark.parametrize(
    ("fact_id", "value", "low", "high"),
    [
        ("cabinet.pfs.epnet.hazard_ratio", 0.38, 0.25, 0.59),
        ("cabinet.pfs.pnet.hazard_ratio", 0.23, 0.12, 0.42),
        ("cabinet_fda.pfs.epnet.hazard_ratio", 0.40, 0.26, 0.61),
        ("cabinet_fda.pfs.pnet.hazard_ratio", 0.22, 0.12, 0.41),
        ("cabinet.os.epnet.hazard_ratio", 0.86, 0.56, 1.31),
        ("cabinet_fda.os.pnet.hazard_ratio", 1.01, 0.55, 1.83),
        ("cabinet.pfs.epnet.cabozantinib.median", 8.4, 7.6, 12.7),
        ("cabinet.pfs.pnet.placebo.median", 4.4, 3.0, 5.9),
    ],
)
def test_headline_values_as_printed(fact_id, value, low, high):
    fact = load_facts()[fact_id]
    assert (fact.value, fact.low, fact.high) == (value, low, high)


def test_printed_zeros_survive():
    assert load_facts()["cabinet_fda.pfs.epnet.hazard_ratio"].printed == "0.40"


def test_derived_facts_are_computed():
    facts = load_facts()
    # 23/69 and 13/31 patients crossed over; 100 × (1 − 0.23) = 77, as the press printed.
    assert facts["cabinet.pfs.pnet.risk_reduction"].number == pytest.approx(77)
    assert all(f.printed is None and f.value is not None for f in facts if f.status == "derived")


def test_unknown_facts_have_no_value_and_say_where_it_was_looked_for():
    unknown = [f for f in load_facts() if f.status == "unknown"]
    assert unknown and all(f.value is None and f.note for f in unknown)


def test_two_analysis_sets_never_meet():
    facts = load_facts()
    with pytest.raises(MixedAnalysisSets, match="publication.*fda"):
        one_analysis_set([facts[HR], facts["cabinet_fda.pfs.pnet.hazard_ratio"]])
    with pytest.raises(MixedAnalysisSets):
        facts.select(subject="cabinet", endpoint="pfs").analysis_set  # noqa: B018
    assert facts.select(subject="cabinet", endpoint="pfs", analysis_set="fda").analysis_set == "fda"


def test_unknown_id_suggests_the_nearest():
    with pytest.raises(UnknownFact, match=r"cabinet\.pfs\.pnet\.hazard_ratio"):
        load_facts()["cabinet.pfs.pnet.hazard_ration"]


# The conflicts the book must carry (project brief): each is in the register with a chosen value and
# a reason.
@pytest.mark.parametrize(
    "conflict_id",
    [
        "cohort_sizes",
        "pfs_epnet",
        "pfs_pnet",
        "ec_approval_date",
        "mhra_date",
        "response_pnet",
        "crossover_pnet",
        "thyroid",
        "differentiation",
        "age",
        "missing_unit",
        "swapped_arms",
    ],
)
def test_known_conflicts_are_registered(conflict_id):
    conflict = next(c for c in load_conflicts() if c.id == conflict_id)
    assert len(conflict.claims) >= 2 and conflict.uses and conflict.reason

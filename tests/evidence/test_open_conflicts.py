"""Open disagreements between sources, told to whoever takes the facts into an analysis of their own."""

from __future__ import annotations

import warnings

import pytest

from assessment.case.model.curves.thinned_draws import printed as read_in_the_package
from assessment.case.trial.trial import load_trial
from assessment.case.trial.trial_summaries import printed, summaries
from assessment.evidence import load_facts, open_conflicts, record_reads
from assessment.survival import EvidenceWarning

DISPUTED = "cabinet.os.epnet.hazard_ratio"


def test_the_warning_names_fact_values_and_what_is_used():
    facts = load_facts()
    with pytest.warns(EvidenceWarning) as told:
        summaries(printed(load_trial("publication"), "os", "epnet"))
    (sentence,) = [str(w.message) for w in told]
    assert sentence.startswith(f"{DISPUTED} = {facts[DISPUTED].printed}: sources disagree")
    used, unused = sentence.split("Not used:")
    assert f"Used: {DISPUTED} = {facts[DISPUTED].printed}." in used
    other = facts["cabinet_2023.os.epnet.hazard_ratio"]
    assert f"{other.id} = {other.printed}" in unused and "(onclive2025fda)" in unused
    assert told[0].filename == __file__, "the warning names the caller's line"


def test_what_is_settled_or_undisputed_is_silent():
    facts = load_facts()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        summaries(printed(load_trial("publication"), "pfs", "epnet"))
    assert open_conflicts([facts["cabinet.pfs.epnet.hazard_ratio"]]) == []  # settled


def test_code_of_the_package_is_neither_warned_nor_made_to_depend_on_the_register():
    asked = {"__name__": "assessment.pages.somewhere", "summaries": summaries}
    asked["facts"] = read_in_the_package(load_trial("publication"), "os", "epnet")
    with warnings.catch_warnings(), record_reads() as reads:
        warnings.simplefilter("error")
        exec("summaries(facts)", asked)
    assert not reads.facts and not reads.tables and not reads.files


def test_a_fact_computed_from_a_disputed_one_is_disputed():
    facts = load_facts()
    disputed = "cabinet.safety.grade3plus.cabozantinib.highest"
    derived = [f for f in facts.unread() if f.formula and disputed in f.formula]
    assert derived, "no fact rests on it any more"
    assert all(any(disputed in told for told in open_conflicts([fact])) for fact in derived)
    assert len(open_conflicts([*derived, *derived])) == len(open_conflicts(derived))


def test_a_conflict_that_is_settled_goes_quiet(scratch):
    assert open_conflicts([load_facts()[DISPUTED]])
    table = scratch.data / "conflicts.csv"
    rows = table.read_text(encoding="utf-8").splitlines()
    settled = [r.replace(",open,", ",settled,") if r.startswith("os_epnet,") else r for r in rows]
    table.write_text("\n".join(settled) + "\n", encoding="utf-8")
    assert open_conflicts([load_facts(scratch.data)[DISPUTED]], scratch.data) == []

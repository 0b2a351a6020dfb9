"""The case as data: what is read, what is refused, and that facts and tables agree with it."""

from __future__ import annotations

import re

import pytest

from assessment.case.definition import load_case
from assessment.case.definition.case_definition import BASE_CASE, UNDIVIDED
from assessment.evidence import DATA, DataError, descriptor, load_facts, load_register
from assessment.presentation import theme

PATH = "case.csv"


def change(scratch, kind, row_id, /, **cells):
    """Changes cells of one row; returns its number as an error message counts it."""
    rows = scratch.rows(PATH)
    number = next(i for i, row in enumerate(rows) if row[:2] == [kind, row_id])
    for field, text in cells.items():
        rows[number][rows[0].index(field)] = text
    scratch.write(PATH, rows)
    return number + 1


def leave_out(scratch, *kinds_and_ids):
    scratch.write(PATH, [r for r in scratch.rows(PATH) if tuple(r[:2]) not in kinds_and_ids])


def load(scratch):
    return load_case(scratch.data, scratch.references)


def test_the_parts_come_in_their_order():
    case = load_case()
    assert case.treated.role == "treated" and case.control.role == "control"
    assert case.arm_ids() == (case.treated.id, case.control.id)
    assert case.analysis_sets[0] == case.base_set and case.base_set.role == BASE_CASE
    assert all(s.role != UNDIVIDED and s.assessor and s.source for s in case.divisions)
    assert case.modelled_comparators()[0] == case.control.id
    assert set(case.fact_prefixes()) == set(case.set_labels())


def test_the_base_case_comes_first_wherever_it_stands(scratch):
    rows = scratch.rows(PATH)
    sets = [row for row in rows if row[0] == "analysis_set"]
    scratch.write(PATH, [row for row in rows if row not in sets] + sets[::-1])
    assert load(scratch).base_set == load(scratch).divisions[0] == load_case().base_set


@pytest.mark.parametrize(
    ("kind", "row_id", "field", "text", "said"),
    [
        ("cohort", "pnet", "colour", "", "a row of the kind cohort needs its colour"),
        ("cohort", "pnet", "colour", "pink", "one of blue"),
        ("cohort", "pnet", "dash", "dotted", "pattern"),
        ("arm", "placebo", "role", "modelled", "one of treated, control"),
        ("arm", "placebo", "role", "treated", "one row of the kind arm and the role treated"),
        ("analysis_set", "fda", "fact_prefix", "", "needs its fact_prefix"),
        ("analysis_set", "fda", "source", "nobody1999", "a key of references/references.bib"),
        ("analysis_set", "fda", "source", "", "needs its source"),
        ("analysis_set", "fda", "role", "base_case", "one row of the kind analysis_set"),
        ("drug", "cabozantinib", "colour", "blue", "a row of the kind drug has no colour"),
        ("drug", "cabozantinib", "kind", "medicine", "one of assessment"),
        ("drug", "cabozantinib", "words", "cabo(zantinib)?", "pattern"),
        ("cohort", "pnet", "id", "epnet", "each id once within its kind"),
        ("file", "data", "id", "archive", "one row of the kind file and the id data"),
    ],
)
def test_a_fault_is_told_with_what_to_do(scratch, kind, row_id, field, text, said):
    number = change(scratch, kind, row_id, **{field: text})
    with pytest.raises(DataError) as caught:
        load(scratch)
    assert said in str(caught.value)
    problem = next(p for p in caught.value.problems if said in str(p))
    assert problem.file == "data/case.csv" and problem.next_step
    assert problem.row in (number, None)


@pytest.mark.parametrize("kind", ["drug", "country", "trial", "process"])
def test_a_part_left_out_is_missed(scratch, kind):
    leave_out(scratch, (kind, getattr(load_case(), kind).id))
    with pytest.raises(DataError, match=f"one row of the kind {kind}"):
        load(scratch)


def test_a_case_without_cohorts_is_refused(scratch):
    leave_out(scratch, *(("cohort", cohort.id) for cohort in load_case().cohorts))
    with pytest.raises(DataError, match="at least one row of the kind cohort"):
        load(scratch)


def test_another_case_may_have_one_cohort_and_one_set(scratch):
    """A fork with a made-up drug, one cohort and a single analysis set."""
    rows = scratch.rows(PATH)
    keep = [
        row
        for row in rows
        if row[0] not in ("cohort", "subgroup", "analysis_set", "comparator", "other_trial")
    ]
    cells = dict.fromkeys(rows[0], "")
    cohort = cells | {"kind": "cohort", "id": "adults", "label": "adults"}
    cohort |= {"also_called": "All adults", "colour": "gold", "dash": "1 0", "shape": "circle"}
    only = cells | {"kind": "analysis_set", "id": "publication", "label": "publication"}
    only |= {"role": "base_case", "fact_prefix": "wonder", "assessor": "independent"}
    only |= {"source": "chan2025"}
    scratch.write(PATH, [*keep, list(cohort.values()), list(only.values())])
    case = load(scratch)
    assert case.cohort_labels() == {"adults": "adults"} and case.subgroups == ()
    assert case.modelled_comparators() == (case.control.id,)
    assert [s.id for s in case.divisions] == ["publication"]


def test_colours_of_the_table_are_those_of_the_palette():
    resource = next(r for r in descriptor(DATA)["resources"] if r["name"] == "case")
    fields = {f["name"]: f for f in resource["schema"]["fields"]}
    assert set(fields["colour"]["constraints"]["enum"]) <= set(theme.PALETTE)


def test_facts_know_the_analysis_sets_and_begin_as_the_case_says():
    case, facts = load_case(), load_facts()
    known = {*case.set_labels(), "not_applicable"}
    assert {fact.analysis_set for fact in facts.unread()} <= known
    for one in case.analysis_sets:
        own = facts.select(subject=case.trial.id, analysis_set=one.id)
        prefixes = {fact.id.partition(".")[0] for fact in own.unread()}
        assert one.fact_prefix in prefixes, one.id


def test_networks_name_cohorts_and_treatments_of_the_case():
    case, rows = load_case(), load_register("network")
    assert set(rows["network"]) <= set(case.cohort_labels().values())
    own = rows[rows["trial"] == case.trial.label]
    assert set(own["treatment"]) == {case.treated.id} and set(own["control"]) == {case.control.id}


def test_the_words_that_code_elsewhere_must_not_hold_name_the_case():
    """The label of each thing that the rule of tests/house/test_case_words.py is about."""
    case = load_case()
    words = re.compile("|".join(rf"\b{re.escape(word)}\b" for word in case.words), re.IGNORECASE)
    things = (case.drug, case.trial, case.country, case.control, *case.cohorts, *case.comparators)
    for thing in things:
        assert words.search(thing.label), f"data/case.csv: no word for {thing.label}"

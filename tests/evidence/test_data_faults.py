"""The loader: every fault in data/ becomes one message with file, row, field, value, what is
allowed and the next step.
"""

from __future__ import annotations

import pickle

import pytest

from assessment.evidence import (
    DataError,
    Problem,
    fact_loading,
    load_conflicts,
    load_facts,
    load_population_table,
    load_register,
    load_sources,
)

CABINET = "facts/cabinet.csv"
HR = "cabinet.pfs.pnet.hazard_ratio"


def load(scratch):
    return load_facts(scratch.data, scratch.references)


def fault(scratch) -> DataError:
    with pytest.raises(DataError) as caught:
        load(scratch)
    return caught.value


def test_a_changed_fact_moves_what_is_derived_from_it(scratch):
    scratch.set(CABINET, HR, value="0.30")
    assert load(scratch)["cabinet.pfs.pnet.risk_reduction"].number == pytest.approx(70)


def test_a_formula_across_two_sets_is_refused(scratch):
    scratch.set(
        CABINET,
        "cabinet.pfs.pnet.risk_reduction",
        formula=f"100 * (1 - {HR} / cabinet_fda.pfs.pnet.hazard_ratio)",
    )
    assert "different analysis sets" in str(fault(scratch))


# Each fault of a cell: (field, what is typed, words the message must hold besides file, row and
# field).
CELL_FAULTS = [
    ("source", "", "a key of references/references.bib"),
    ("source", "chan2052", "nearest: "),
    ("low", "0.30", "between low"),
    ("value", "0", "above 0"),
    ("value", "-0.23", "above 0"),
    ("value", "0,23", "full stop as decimal mark"),
    ("value", "abc", "plain number"),
    ("value", "1e-1", "plain number"),
    ("value", "nan", "plain number"),
    ("value", "", "the estimate the interval belongs to"),
    ("value", "0.23 ", "no space"),
    ("value", "٠.٢٣", "plain number"),
    ("status", "checked", "one of verified, copy, secondary"),
    ("status", "unknown", "no value, low or high"),
    ("status", "derived", "formula"),
    ("checked", "22.11.2026", "YYYY-MM-DD|ISO"),
    ("checked", "2026-02-30", "real date"),
    ("checked", "2226-02-20", "a day that has come"),
    ("unit", "furlongs", "data/units.csv"),
    ("unit", "percent", "the measure is hazard_ratio"),
    ("unit", "months", "the measure is hazard_ratio"),
    ("measure", "hazzard_ratio", "nearest: hazard_ratio"),
    ("analysis_set", "nejm", "one of publication"),
    ("high", "", "both ends"),
    ("interval", "", "what low and high mean"),
    ("id", "cabinet.pfs.epnet.hazard_ratio", "once"),
    ("id", "Cabinet PFS", "pattern"),
    ("label", "", "required"),
    ("formula", "1 + 1", "derived"),
]


@pytest.mark.parametrize(("field", "typed", "says"), CELL_FAULTS)
def test_a_faulty_cell_is_named(scratch, field, typed, says):
    import re

    row = scratch.set(CABINET, HR, **{field: typed})
    message = str(fault(scratch))
    assert (
        f"data/{CABINET}, row {row}" in message
        and "Allowed:" in message
        and "Next step:" in message
    )
    assert any(re.search(word, message) for word in says.split("|"))


def test_percentages_stay_between_0_and_100(scratch):
    scratch.set(CABINET, "cabinet.response.pnet.cabozantinib.rate", value="190")
    assert "up to 100" in str(fault(scratch))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (b"", "a header, and rows where there is something to say"),
        (b"id,label\n", "add the missing column"),
        (b"id;label;subject\n", "semicolons"),
        (b"\xff\xfe\x00", "UTF-8"),
        (b"id,colour\n", "unknown column 'colour'"),
        (b'id,"label\n', "well-formed CSV|columns"),
    ],
)
def test_a_faulty_file_is_named(scratch, text, says):
    import re

    (scratch.data / CABINET).write_bytes(text)
    message = str(fault(scratch))
    assert CABINET in message and any(re.search(word, message) for word in says.split("|"))


def test_latin1_is_named_with_its_row(scratch):
    path = scratch.data / CABINET
    path.write_bytes(
        path.read_text(encoding="utf-8")
        .replace("all,", "Ås,", 1)
        .encode("latin-1", errors="replace")
    )
    assert "save the file again as 'CSV UTF-8'" in str(fault(scratch))


def test_a_missing_file_is_named(scratch):
    (scratch.data / CABINET).unlink()
    assert "restore the file" in str(fault(scratch))


def test_all_problems_are_told_at_once(scratch):
    scratch.set(CABINET, HR, value="-1")
    scratch.set(CABINET, "cabinet.pfs.epnet.hazard_ratio", status="rumour")
    assert len(fault(scratch).problems) >= 1
    scratch.set(CABINET, "cabinet.pfs.epnet.hazard_ratio", status="verified", value="9")
    assert len(fault(scratch).problems) >= 2


def test_circular_and_broken_formulas_are_named(scratch):
    for formula, says in [
        ("cabinet.pfs.pnet.risk_reduction + 1", "circle"),
        ("no.such.fact * 2", "no fact 'no.such.fact'"),
        ("__import__('os')", "not arithmetic"),
        ("1 / 0", "divides by zero"),
        ("9 ** 9", "not arithmetic"),
        ("100 *", "not readable"),
        ("1000 * cabinet.pfs.pnet.hazard_ratio", "up to 100"),
    ]:
        scratch.set(CABINET, "cabinet.pfs.pnet.risk_reduction", formula=formula)
        fact_loading._load.cache_clear()
        assert says in str(fault(scratch)), formula


def test_registers_refuse_unknown_facts_and_sources(scratch):
    scratch.set("outcomes.csv", "pfs", facts="no.such.fact")
    with pytest.raises(DataError, match="no 'no.such.fact'"):
        load_register("outcomes", scratch.data, scratch.references)
    rows = scratch.rows("conflict_claims.csv")
    rows[1][2], rows[1][3] = "no.such.fact", ""
    scratch.write("conflict_claims.csv", rows)
    with pytest.raises(DataError, match=r"conflict_claims\.csv, row 2"):
        load_conflicts(scratch.data, scratch.references)


def test_a_gap_in_a_population_table_is_named(scratch):
    rows = scratch.rows("norway/life_table.csv")
    del rows[51]
    scratch.write("norway/life_table.csv", rows)
    with pytest.raises(DataError, match=r"life_table\.csv, row 52"):
        load_population_table("life-table", scratch.data)


def test_sources_need_title_author_and_year(scratch):
    scratch.references.write_text("@article{x, title={T}}", encoding="utf-8")
    with pytest.raises(DataError, match="a author for entry 'x'|an author|author"):
        load_sources(scratch.references)


def test_a_sentence_ends_with_one_full_stop():
    said = str(Problem("data/a.csv", 2, "id", "x", "No id is close to it.", "see the README."))
    assert said.endswith("Allowed: No id is close to it. Next step: see the README.")
    assert str(Problem("a", None, None, 1, "one, two, ...", "go on")).count("...") == 1


def test_a_worker_process_tells_the_same():
    fault = DataError([Problem("data/a.csv", 2, "id", "x", "y", "z"), Problem(*"abcdef")])
    sent = pickle.loads(pickle.dumps(fault))
    assert (str(sent), sent.problems) == (str(fault), fault.problems)

"""Mistakes that editors made, and what they are told: a unit that cannot be, a fact renamed by a slip,
a table saved by a spreadsheet program.
"""

from __future__ import annotations

import csv
import io
import re

import pytest

from assessment.evidence import (
    DATA,
    ROOT,
    DataError,
    checked_sources,
    load_facts,
    load_register,
    read_table,
)
from assessment.evidence import checking as checking_module
from assessment.evidence.cells.spreadsheet_traces import (
    changed_text,
    lost_zeros,
    misread_letters,
    spreadsheet_traces,
)

CABINET = "facts/cabinet.csv"
HR = "cabinet.os.epnet.hazard_ratio"
TYPO = "cabinet.os.epnet.hazzard_ratio"


def test_months_for_a_hazard_ratio_are_refused(scratch):
    row = scratch.set(CABINET, HR, unit="months")
    assert (
        f"data/{CABINET}, row {row}, field 'unit': found 'months'. Allowed: hazard_ratio"
        in scratch.told()
    )


def test_every_pair_of_measure_and_unit_in_the_facts_is_allowed():
    units_of = {row["measure"]: row["units"].split() for row in read_table("measures")}
    wrong = {
        fact.id
        for fact in load_facts().unread()
        if fact.unit not in units_of.get(fact.measure, [fact.unit])
    }
    assert not wrong


def test_a_new_measure_may_have_any_unit(scratch):
    scratch.set(CABINET, HR, measure="ratio_of_means", unit="fold")
    assert load_facts(scratch.data, scratch.references)[HR].unit == "fold"


def test_units_of_a_measure_are_units(scratch):
    scratch.set("measures.csv", "hazard_ratio", units="hazard_ratio furlongs")
    assert "data/measures.csv" in scratch.told()


def test_a_renamed_fact_is_told_where_it_stands(scratch):
    row = scratch.set(CABINET, HR, id=TYPO)
    with pytest.raises(DataError) as caught:
        load_register("model-inputs", scratch.data, scratch.references)
    message = str(caught.value)
    assert f"found '{HR}'" in message
    assert f"data/{CABINET}, row {row} looks like it and has the id '{TYPO}'" in message


def test_the_renamed_row_comes_first(scratch, monkeypatch):
    scratch.set(CABINET, HR, id=TYPO)
    facts = load_facts(scratch.data, scratch.references)
    with pytest.raises(DataError) as caught:
        load_register("outcomes", scratch.data, scratch.references)
    monkeypatch.setattr(checking_module, "load_facts", lambda: facts)
    first = checking_module.renamed_facts(caught.value.problems)[0]
    assert (first.file, first.field, first.value) == (f"data/{CABINET}", "id", TYPO)


@pytest.mark.parametrize(
    ("lost", "renamed"),
    [
        ("cabinet.os.epnet.hazzard_ratio", None),  # no row says that it measures this
        ("cabinet.os.third.hazard_ratio", None),
        ("nothing.like.it", None),
    ],
)
def test_a_mistyped_id_is_no_renamed_row(lost, renamed):
    assert load_facts().renamed(lost) is renamed


def test_the_nearest_id_is_told_with_its_row():
    fact = load_facts()[HR]
    assert f"{HR} ({fact.file}, row {fact.row})" in load_facts().nearest(TYPO)


def saved_by_excel(text: str, separator=";", comma=",", date="{2}.{1}.{0}") -> bytes:
    """A table as Excel writes it: numbers without zeros at their end, dates of the language."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator, lineterminator="\r\n")
    for row in csv.reader(io.StringIO(text)):
        cells = []
        for cell in row:
            if re.fullmatch(r"-?\d+\.\d+", cell):
                cell = f"{float(cell):.10g}".replace(".", comma)
            elif re.fullmatch(r"\d{4}-\d\d-\d\d", cell):
                cell = date.format(*cell.split("-"))
            cells.append(cell)
        writer.writerow(cells)
    return ("\ufeff" + out.getvalue()).encode()


@pytest.mark.parametrize(
    ("separator", "comma", "date", "says"),
    [
        (";", ",", "{2}.{1}.{0}", "semicolons between the cells, 1"),
        (";", ",", "{2}.{1}.{0}", r"decimal commas such as \d+,\d+, \d+ dates such as \d\d\."),
        ("\t", ".", "{0}-{1}-{2}", "tabs between the cells, probably lost zeros"),
        (",", ".", "{1}/{2}/{0}", r"Excel: \d+ dates such as \d\d/\d\d/\d{4}"),
        (",", ".", "{0}-{1}-{2}", r"Excel: probably lost zeros in \d+ rows"),
    ],
)
def test_a_table_saved_by_excel_is_recognised(scratch, separator, comma, date, says):
    path = scratch.data / CABINET
    path.write_bytes(saved_by_excel(path.read_text(encoding="utf-8"), separator, comma, date))
    first = scratch.told().split("\n")[1]
    assert first.startswith(f"  data/{CABINET}: found 'rewritten by a spreadsheet such as Excel:")
    assert re.search(says, first) and f"git checkout -- data/{CABINET}" in first


@pytest.mark.parametrize(
    ("field", "typed", "says"),
    [
        ("data_cut", "8/24/2023", "a date as 2026-01-31"),
        ("data_cut", "24.08.2023", "a date as 2026-01-31"),
        ("note", "2:01", "a ratio as 2:1"),
        ("note", "MÃ¥ned", "where Ã¥ is å"),
        ("note", "6â€“12 months", "where â€“ is –"),
    ],
)
def test_texts_that_a_spreadsheet_changed_are_told_where_they_stand(scratch, field, typed, says):
    row = scratch.set(CABINET, HR, **{field: typed})
    told = scratch.told()
    assert told.startswith("1 problem") and f"row {row}, field '{field}': found" in told
    assert says in told


@pytest.mark.parametrize(
    "text", ["Måned", "Ärzte", "SÃO PAULO", "5 Å", "â la carte", "naïve", "2:1"]
)
def test_letters_of_other_languages_are_no_misread_ones(text):
    assert changed_text(text) is None


def test_misread_letters_are_those_that_python_makes():
    for letter in "æøåÆØÅéüß–’≤µ±°":
        if (read := letter.encode().decode("cp1252", "replace")).isprintable():
            assert "\ufffd" in read or misread_letters(f"a {read}b") == read


def test_one_line_tells_what_a_spreadsheet_did_and_other_faults_stay_in_sight(scratch):
    """Dates of a whole column are one line; a number mistyped besides has its own."""
    row = scratch.set(CABINET, HR, low="0.5x")
    path = scratch.data / CABINET
    path.write_bytes(saved_by_excel(path.read_text(encoding="utf-8"), ",", ".", "{1}/{2}/{0}"))
    lines = scratch.told().split("\n")[1:]
    assert "rewritten by a spreadsheet" in lines[0] and "git checkout" in lines[0]
    of_table = [line for line in lines if f"data/{CABINET}" in line]
    assert len(of_table) == 2 and f"row {row}, field 'low': found '0.5x'" in of_table[1]


def test_other_line_ends_alone_are_no_fault(scratch):
    path = scratch.data / "units.csv"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert load_facts(scratch.data, scratch.references)[HR].number > 0


def test_a_date_typed_by_hand_keeps_its_own_message(scratch):
    row = scratch.set(CABINET, HR, checked="22.11.2026")
    assert "Excel" not in scratch.told() and f"row {row}, field 'checked'" in scratch.told()


def test_lost_zeros_show_beside_their_interval():
    rows = [["value", "low", "high"], ["0.8", "0.56", "1.31"], ["0.86", "0.56", "1.31"]]
    rows += [["0.86", "0.56", "1.3"], ["5", "2.2", "11"], ["", "1.20", "1.3"], ["8", "", ""]]
    assert lost_zeros(rows) == [(2, "0.8"), (4, "1.3")]


def test_plain_tables_show_no_trace():
    assert spreadsheet_traces("id,value\na,0.80\n") is None


def test_tables_keep_their_bytes_on_every_system():
    """Git gives every system the same line ends, and the tables have them."""
    rules = (ROOT / ".gitattributes").read_text(encoding="utf-8").splitlines()
    assert "*.csv text eol=lf" in rules
    for path in DATA.rglob("*.csv"):
        raw = path.read_bytes()
        assert b"\r" not in raw and not raw.startswith(b"\xef\xbb\xbf"), path


def test_letters_misread_in_the_bibliography_are_told(scratch):
    text = scratch.references.read_text(encoding="utf-8")
    assert "ø" in text or "å" in text or "ö" in text
    letter = next(x for x in "øåöé" if x in text)
    broken = letter.encode().decode("cp1252")
    scratch.references.write_text(text.replace(letter, broken, 1), encoding="utf-8")
    row = text[: text.index(letter)].count("\n") + 1
    with pytest.raises(DataError) as caught:
        checked_sources(scratch.references)
    assert f"references/references.bib, row {row}: found '{broken}'" in str(caught.value)
    assert f"'{letter}'" in str(caught.value) and "restore the file from git" in str(caught.value)

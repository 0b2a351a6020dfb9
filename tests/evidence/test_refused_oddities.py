"""Oddities that would go through as something else than a person reads: rules of the wrong type in the
descriptor, forms of numbers that only Python knows, marks nobody sees, addresses that run code, tables
nobody reads.
"""

from __future__ import annotations

import json

import pytest

from assessment.evidence import DataError, load_facts, load_sources, resources
from assessment.evidence.cells.descriptor_rules import NUMERIC_COLUMNS
from assessment.evidence.cells.formulas import FormulaError, evaluate, ids_in
from assessment.evidence.checking import missing_rules, nameless_tables

CABINET = "facts/cabinet.csv"
HR = "cabinet.pfs.pnet.hazard_ratio"
REDUCTION = "cabinet.pfs.pnet.risk_reduction"


def change_field(scratch, table: str, column: str, **parts) -> None:
    path = scratch.data / "datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8"))
    fields = next(r for r in package["resources"] if r["name"] == table)["schema"]["fields"]
    next(f for f in fields if f["name"] == column).update(parts)
    path.write_text(json.dumps(package), encoding="utf-8")


@pytest.mark.parametrize(
    ("table", "column", "parts", "says"),
    [
        ("units", "minimum", {"type": "string"}, "number, because this column is computed with"),
        ("units", "kind", {"type": "boolean"}, "one of string, number, integer"),
        ("units", "kind", {"type": 3}, "type: found 3. Allowed: text"),
        ("units", "kind", {"constraints": []}, "rules by their names"),
        ("units", "kind", {"constraints": {"enum": "number"}}, "a list of texts"),
        ("units", "kind", {"constraints": {"enum": ["number", 3]}}, "a list of texts"),
        ("units", "kind", {"constraints": {"enum": []}}, "a list of texts"),
        ("units", "unit", {"constraints": {"pattern": 3}}, "a regular expression in quotes"),
        ("units", "unit", {"constraints": {"pattern": "^[a-z"}}, "a regular expression in quotes"),
        ("life-table", "age", {"constraints": {"minimum": "0"}}, "a number without quotes"),
        ("life-table", "age", {"constraints": {"maximum": [1]}}, "a number without quotes"),
        ("units", "unit", {"constraints": {"minimum": 1}}, "for a column of numbers"),
        ("units", "unit", {"constraints": {"unique": "yes"}}, "true or false"),
    ],
)
def test_a_rule_of_the_wrong_type_is_told(scratch, table, column, parts, says):
    change_field(scratch, table, column, **parts)
    message = scratch.told()
    assert says.split(":")[-1].strip() in message.replace("'", "")
    assert f"column {column}" in message and "data/datapackage.json" in message


def test_the_list_of_columns_computed_with_is_complete():
    described = {
        r["name"]: {f["name"]: f["type"] for f in r["schema"]["fields"] if f["type"] != "string"}
        for r in resources()
    }
    assert {name: columns for name, columns in described.items() if columns} == NUMERIC_COLUMNS


@pytest.mark.parametrize(
    "formula",
    [
        "a # b",
        "a + 1/1e400",
        "a + 0x10",
        "1_000 * a",
        "a * 1e3",
        "a * .5",
        "a * 5.",
        "a * 007",
        "a * 2j",
    ]
    + ["a\\\n* 2", "а * 2", "a × 2", "a * ２"],
)
def test_forms_that_only_python_reads_are_refused(formula):
    with pytest.raises(FormulaError, match="not readable as arithmetic"):
        evaluate(formula, lambda _name: 2.0)


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("100 / (a - b)", 100.0),
        ("1 / (1 - a)", -0.5),
        ("(a - b) / (a - c)", -1.0),
        ("x2.y_3 * 0.5", 1.5),
    ],
)
def test_differences_below_a_fraction_bar(formula, expected):
    """Number needed to treat and its like: names are found without calculating."""
    values = {"a": 3.0, "b": 2.0, "c": 4.0, "x2.y_3": 3.0}
    assert evaluate(formula, values.__getitem__) == pytest.approx(expected)
    assert set(ids_in(formula)) <= set(values)


def test_a_number_needed_to_treat_is_a_fact(scratch):
    rates = [f"cabinet.response.pnet.{arm}.rate" for arm in ("cabozantinib", "placebo")]
    formula = f"100 / ({rates[0]} - {rates[1]})"
    scratch.set(
        CABINET, REDUCTION, formula=formula, measure="number_needed", unit="people_per_year"
    )
    facts = load_facts(scratch.data, scratch.references)
    expected = 100 / (facts[rates[0]].number - facts[rates[1]].number)
    assert facts[REDUCTION].number == pytest.approx(expected)


@pytest.mark.parametrize("unit", ["text", "date"])
def test_a_formula_gives_no_text_and_no_date(scratch, unit):
    scratch.set(CABINET, REDUCTION, unit=unit, measure="statement_of_reduction")
    assert "a unit of numbers, for the value is computed by a formula" in scratch.told()


@pytest.mark.parametrize(
    "mark", ["\u202e", "\u200b", "\u2066", "\u00ad", "\ufeff", "\x07", "\ue000"]
)
def test_marks_that_nobody_sees_are_refused(scratch, mark):
    row = scratch.set(CABINET, HR, label=f"Hazard{mark} ratio")
    message = scratch.told()
    assert f"row {row}, field 'label'" in message and f"U+{ord(mark):04X}" in message


def test_letters_of_other_languages_and_spaces_of_print_are_seen(scratch):
    scratch.set(CABINET, HR, label="Hasard i Tromsø\u00a0≈ 0\u202f% – «naïve» μg")
    assert load_facts(scratch.data, scratch.references)[HR].label.startswith("Hasard")


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("url", "javascript:alert(1)"),
        ("url", "data:text/html,x"),
        ("url", "file:///etc/passwd"),
        ("url", "www.example.org"),
        ("url", "https://example.org/a b"),
        ("doi", "https://doi.org/10.1056/x"),
        ("doi", "x/10.1056"),
        ("title", "A \u202e title"),
    ],
)
def test_documents_open_on_the_web_or_not_at_all(scratch, field, text):
    entry = {"title": "{T}", "author": "{A}", "year": "{2026}"} | {field: f"{{{text}}}"}
    body = ", ".join(f"{name} = {value}" for name, value in entry.items())
    scratch.references.write_text(f"@misc{{x, {body}}}", encoding="utf-8")
    with pytest.raises(DataError) as caught:
        load_sources(scratch.references)
    assert f"field '{field}'" in str(caught.value) and "'x'" in str(caught.value)


@pytest.mark.parametrize("name", ["facts/new.csv", "notes.CSV", "facts/cabinet.xlsx"])
def test_a_table_that_nobody_reads_is_told(scratch, name):
    assert nameless_tables(scratch.data) == []
    (scratch.data / name).write_text("id\n", encoding="utf-8")
    (scratch.data / "km" / "any.csv").write_text("0,1\n", encoding="utf-8")
    assert [problem.file for problem in nameless_tables(scratch.data)] == [f"data/{name}"]


@pytest.mark.parametrize(
    ("table", "column", "rule"),
    [
        ("facts-cabinet", "id", "required"),
        ("facts-cabinet", "id", "pattern"),
        ("facts-cabinet", "status", "enum"),
        ("facts-cabinet", "checked", "pattern"),
        ("facts-norway", "unit", "required"),
        ("units", "unit", "unique"),
        ("cost-items", "id", "unique"),
        ("life-table", "age", "unique"),
    ],
)
def test_a_rule_that_the_descriptor_has_lost_is_told(scratch, table, column, rule):
    assert list(missing_rules(scratch.data)) == []
    field = next(r for r in resources(scratch.data) if r["name"] == table)["schema"]["fields"]
    rules = next(f for f in field if f["name"] == column)["constraints"]
    kept = {name: content for name, content in rules.items() if name != rule}
    change_field(scratch, table, column, constraints=kept)
    said = [str(problem) for problem in missing_rules(scratch.data)]
    assert said and all(f"column {column}, constraints.{rule}" in one for one in said)
    assert "put the rule back" in said[0]

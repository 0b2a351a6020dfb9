"""data/datapackage.json validates with an independent reader (the Frictionless framework), and
names every file there is.
"""

from __future__ import annotations

from frictionless import Package

from assessment.evidence import DATA, resources


def test_frictionless_accepts_the_package():
    report = Package(str(DATA / "datapackage.json")).validate()
    assert report.valid, report.flatten(["title", "rowNumber", "fieldName", "message"])[:10]


def test_frictionless_finds_a_planted_fault(scratch):
    scratch.set("facts/cabinet.csv", "cabinet.pfs.pnet.hazard_ratio", status="rumour")
    assert not Package(str(scratch.data / "datapackage.json")).validate().valid


def test_every_table_is_described():
    described = {r["path"] for r in resources()}
    # data/km/ holds raw exports of digitising programs, which no table schema fits;
    # data/km/README.md says how they are checked.
    present = {p.relative_to(DATA).as_posix() for p in DATA.rglob("*.csv") if p.parent.name != "km"}
    assert present == described

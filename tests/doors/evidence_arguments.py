"""Arguments with which each public function of evidence works: what the fuzz then spoils."""

from __future__ import annotations

import dataclasses
from datetime import date

from assessment import evidence as v


def read_inside(fact_id, table):
    """How many facts and tables a recording notes of one of each; it is closed whatever happens inside."""
    facts = v.load_facts()
    reads = None
    try:
        with v.record_reads() as reads:
            v.load_register(table)
            facts[fact_id]
    finally:
        noted = len(reads.facts) + len(reads.tables)
        list(facts)
        assert noted == len(reads.facts) + len(reads.tables), "a recording was left open"
    return noted


def evidence_doors() -> dict:
    """{name: arguments, (instance, arguments) for its method, or (function, arguments)}."""
    facts = v.load_facts()
    known = next(iter(facts.unread()))
    dated = v.load_register("dated-values")
    in_force = dated[dated["standing"] == "in force"].iloc[0]
    both = {"data": v.DATA, "references": v.REFERENCES}
    fact = {f.name: getattr(known, f.name) for f in dataclasses.fields(v.Fact)}
    return {
        "FactSet": {"facts": [v.Fact(**fact)]},
        "FactSet.nearest": (facts, {"fact_id": known.id[:-2]}),
        "FactSet.renamed": (facts, {"fact_id": known.id[:-2]}),
        "FactSet.__getitem__": (facts, {"fact_id": known.id}),
        "FactSet.select": (facts, {"subject": known.subject, "status": known.status}),
        "checked_sources": {"path": v.REFERENCES},
        "conflicts_by_fact": both,
        "descriptor": {"data": v.DATA},
        "load_conflicts": both,
        "load_facts": both,
        "load_population_table": {"name": "life-table", "data": v.DATA},
        "load_register": {"name": "events"} | both,
        "load_sources": {"path": v.REFERENCES},
        "looked_until": {"prefixes": [known.id[:8]]} | both,
        "one_analysis_set": {"facts": [known]},
        "open_conflicts": {"facts": [known]} | both,
        "quotation": {"quotation_id": v.read_table("quotations")[0]["id"], "data": v.DATA},
        "read_table": {"name": "units", "data": v.DATA},
        "record_reads": (read_inside, {"fact_id": known.id, "table": "units"}),
        "resources": {"data": v.DATA, "prefix": "facts-"},
        "scenario_values": {"quantity": in_force["quantity"]} | both,
        "value_in_force": {"quantity": in_force["quantity"], "day": date(2026, 1, 31)} | both,
    }

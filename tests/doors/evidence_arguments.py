"""Arguments with which each public function of evidence works: what the fuzz then spoils."""

from __future__ import annotations

import dataclasses
from datetime import date

from assessment import evidence as v


def evidence_doors() -> dict:
    """{name: arguments, or (instance, arguments) for its method}."""
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
        "one_analysis_set": {"facts": [known]},
        "quotation": {"quotation_id": v.read_table("quotations")[0]["id"], "data": v.DATA},
        "read_table": {"name": "units", "data": v.DATA},
        "resources": {"data": v.DATA, "prefix": "facts-"},
        "scenario_values": {"quantity": in_force["quantity"]} | both,
        "value_in_force": {"quantity": in_force["quantity"], "day": date(2026, 1, 31)} | both,
    }

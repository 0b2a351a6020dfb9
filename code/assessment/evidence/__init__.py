"""What is known: facts with sources and status, conflicts between sources, dated events, population
tables.
"""

from assessment.evidence.csv_tables import descriptor, read_table, resources
from assessment.evidence.fact_loading import load_facts
from assessment.evidence.facts import Fact, FactSet, one_analysis_set
from assessment.evidence.paths import DATA, REFERENCES, ROOT
from assessment.evidence.population_tables import load_population_table
from assessment.evidence.problems import DataError, MixedAnalysisSets, Problem, UnknownFact
from assessment.evidence.provenance.changed_data import follow_edits
from assessment.evidence.provenance.open_conflicts import open_conflicts
from assessment.evidence.read_log import record_reads
from assessment.evidence.registers import (
    Claim,
    Conflict,
    conflicts_by_fact,
    load_conflicts,
    load_register,
    looked_until,
    quotation,
    scenario_values,
    value_in_force,
)
from assessment.evidence.sources import Source, checked_sources, load_sources

follow_edits()

__all__ = [
    "Claim",
    "Conflict",
    "DATA",
    "DataError",
    "Fact",
    "FactSet",
    "MixedAnalysisSets",
    "Problem",
    "REFERENCES",
    "ROOT",
    "Source",
    "UnknownFact",
    "checked_sources",
    "conflicts_by_fact",
    "descriptor",
    "load_conflicts",
    "load_facts",
    "load_population_table",
    "load_register",
    "load_sources",
    "looked_until",
    "one_analysis_set",
    "open_conflicts",
    "quotation",
    "read_table",
    "record_reads",
    "resources",
    "scenario_values",
    "value_in_force",
]

"""What is known: facts with sources and status, conflicts between sources, dated events, population
tables.
"""

from .facts import Fact, FactSet, one_analysis_set
from .keeping import kept
from .loading import load_facts
from .paths import DATA, REFERENCES, ROOT
from .population import load_population_table
from .problems import DataError, MixedAnalysisSets, Problem, UnknownFact
from .recording import reading, remembered
from .registers import (
    Claim,
    Conflict,
    conflicts_by_fact,
    evidence_date,
    load_conflicts,
    load_register,
    quotation,
)
from .sources import Source, load_sources
from .tables import descriptor, read_table, resources

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
    "conflicts_by_fact",
    "descriptor",
    "evidence_date",
    "kept",
    "load_conflicts",
    "load_facts",
    "load_population_table",
    "load_register",
    "load_sources",
    "one_analysis_set",
    "quotation",
    "read_table",
    "reading",
    "remembered",
    "resources",
]

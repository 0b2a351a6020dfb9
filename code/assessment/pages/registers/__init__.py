"""The registers as pages: facts, conflicts, changes, glossary, the suitability note."""

from assessment.pages.registers.change_list import changes, upkeep
from assessment.pages.registers.conflict_list import conflicts, conflicts_overview
from assessment.pages.registers.fact_index import fact_groups, fact_index
from assessment.pages.registers.fact_tables import facts_table, filter_form, source_link
from assessment.pages.registers.glossary_list import glossary
from assessment.pages.registers.starting_claims import starting_claims
from assessment.pages.registers.suitability_form import form
from assessment.pages.registers.unjudged_findings import open_findings
from assessment.pages.registers.watched_list import findings, watched

__all__ = [
    "changes",
    "conflicts",
    "conflicts_overview",
    "fact_groups",
    "fact_index",
    "facts_table",
    "filter_form",
    "findings",
    "form",
    "glossary",
    "open_findings",
    "source_link",
    "starting_claims",
    "upkeep",
    "watched",
]

"""The page on comparisons and certainty."""

from assessment.pages.comparisons.crossover import crossover_texts
from assessment.pages.comparisons.crossover.crossover_figures import dilution_heat
from assessment.pages.comparisons.crossover.simulated_trials import validation
from assessment.pages.comparisons.crossover.tipping_points import limits, tipping
from assessment.pages.comparisons.grade.certainty_figures import certainty, certainty_table, reasons
from assessment.pages.comparisons.harms import harm_differences
from assessment.pages.comparisons.harms.harm_differences import differences, needed_table
from assessment.pages.comparisons.indirect import indirect_texts
from assessment.pages.comparisons.indirect.indirect_figures import forest_of_all
from assessment.pages.comparisons.indirect.league_table import league
from assessment.pages.comparisons.indirect.path_tables import paths, trials_of_links
from assessment.pages.comparisons.indirect.short_forest import forest
from assessment.pages.comparisons.indirect.transitivity_tables import apart, survival, transitivity
from assessment.pages.comparisons.search import search_texts
from assessment.pages.comparisons.search.published_comparisons import published
from assessment.pages.comparisons.search.search_flow import search_flow
from assessment.pages.comparisons.search.search_tables import searches, trials_found

__all__ = [
    "apart",
    "certainty",
    "certainty_table",
    "differences",
    "dilution_heat",
    "forest",
    "forest_of_all",
    "league",
    "limits",
    "needed_table",
    "paths",
    "published",
    "reasons",
    "search_flow",
    "searches",
    "survival",
    "texts",
    "tipping",
    "transitivity",
    "trials_found",
    "trials_of_links",
    "validation",
]


def texts() -> dict[str, str]:
    """The page's computed texts."""
    return (
        indirect_texts.texts()
        | search_texts.texts()
        | crossover_texts.texts()
        | harm_differences.texts()
    )

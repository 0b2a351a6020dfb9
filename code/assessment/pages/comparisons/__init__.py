"""The page on comparisons and certainty."""

from assessment.pages.comparisons import crossover_texts, harm_differences, indirect_texts
from assessment.pages.comparisons.certainty_figures import certainty, certainty_table, reasons
from assessment.pages.comparisons.crossover_figures import dilution_heat
from assessment.pages.comparisons.harm_differences import differences, needed_table
from assessment.pages.comparisons.indirect_figures import forest, network_map
from assessment.pages.comparisons.league_table import league
from assessment.pages.comparisons.simulated_trials import validation
from assessment.pages.comparisons.tipping_points import limits, tipping
from assessment.pages.comparisons.transitivity_tables import apart, survival, transitivity

__all__ = [
    "apart",
    "certainty",
    "certainty_table",
    "differences",
    "dilution_heat",
    "forest",
    "league",
    "limits",
    "needed_table",
    "network_map",
    "reasons",
    "survival",
    "texts",
    "tipping",
    "transitivity",
    "validation",
]


def texts() -> dict[str, str]:
    """The page's computed texts."""
    return indirect_texts.texts() | crossover_texts.texts() | harm_differences.texts()

"""What the chapter on economics shows: ``texts()`` for its sentences, and a function for each figure
and table.
"""

from assessment.pages.economics.base_case import base_case_texts
from assessment.pages.economics.base_case.base_case_tables import decision_table, results_table
from assessment.pages.economics.base_case.qaly_and_cost_bars import cost_figure, qaly_figure
from assessment.pages.economics.base_case.simple_reckonings import envelope_table
from assessment.pages.economics.base_case.state_occupancy_figure import occupancy_figure
from assessment.pages.economics.budget_figures import budget_figure, budget_table, budget_texts
from assessment.pages.economics.explorer.explorer_choice import economic_explorer
from assessment.pages.economics.information.information_figure import information_value
from assessment.pages.economics.inputs import input_texts
from assessment.pages.economics.inputs.discounting_figure import discounting
from assessment.pages.economics.inputs.input_status_figure import input_status
from assessment.pages.economics.inputs.input_table import input_table
from assessment.pages.economics.inputs.neighbouring_tables import evaluations, small_groups
from assessment.pages.economics.inputs.reference_value_figure import ladder
from assessment.pages.economics.price_figures import price_figure, price_table
from assessment.pages.economics.scenarios.price_by_hazard_ratio import two_way
from assessment.pages.economics.scenarios.scenario_dots import scenario_plot
from assessment.pages.economics.scenarios.scenario_table import scenario_table
from assessment.pages.economics.scenarios.scenario_texts import scenario_texts
from assessment.pages.economics.severity import severity_texts
from assessment.pages.economics.severity.norms_check_figure import check_figure
from assessment.pages.economics.severity.severity_class_grid import cases_at_assumed_age, class_grid
from assessment.pages.economics.severity.shortfall_by_age_figure import by_age
from assessment.pages.economics.uncertainty.acceptability_curves import acceptability
from assessment.pages.economics.uncertainty.convergence_of_draws import convergence
from assessment.pages.economics.uncertainty.cost_effectiveness_plane import plane
from assessment.pages.economics.uncertainty.tornado import tornado_figure
from assessment.pages.economics.uncertainty.uncertainty_texts import uncertainty_texts


def texts() -> dict[str, str]:
    """Every computed text of the chapter by its key: what {glue:text} shows."""
    return (
        severity_texts.texts()
        | input_texts.texts()
        | base_case_texts.texts()
        | uncertainty_texts()
        | scenario_texts()
        | budget_texts()
    )


__all__ = [
    "acceptability",
    "budget_figure",
    "budget_table",
    "by_age",
    "cases_at_assumed_age",
    "check_figure",
    "class_grid",
    "convergence",
    "cost_figure",
    "decision_table",
    "discounting",
    "economic_explorer",
    "envelope_table",
    "evaluations",
    "information_value",
    "input_status",
    "input_table",
    "ladder",
    "occupancy_figure",
    "plane",
    "price_figure",
    "price_table",
    "qaly_figure",
    "results_table",
    "scenario_plot",
    "scenario_table",
    "small_groups",
    "texts",
    "tornado_figure",
    "two_way",
]

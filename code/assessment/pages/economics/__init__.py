"""What the chapter on economics and its pages of details show: ``texts()`` and its like for their
sentences, and a function for each figure and table.
"""

from assessment.pages.economics import budget_figures
from assessment.pages.economics.base_case import base_case_texts
from assessment.pages.economics.base_case.base_case_tables import (
    base_case_table,
    decision_table,
    results_table,
)
from assessment.pages.economics.base_case.qaly_and_cost_bars import cost_figure, qaly_figure
from assessment.pages.economics.base_case.simple_reckonings import envelope_table
from assessment.pages.economics.base_case.state_occupancy_figure import occupancy_figure
from assessment.pages.economics.budget_case_tables import (
    budget_case_table,
    budget_price_table,
    displaced_table,
)
from assessment.pages.economics.budget_figures import budget_figure, budget_table
from assessment.pages.economics.comparators import comparator_texts
from assessment.pages.economics.comparators.place_tables import (
    decision_by_place_table,
    place_table,
)
from assessment.pages.economics.comparators.threshold_table import threshold_table
from assessment.pages.economics.curves import curve_account_texts
from assessment.pages.economics.curves.crossover_table import crossover_table
from assessment.pages.economics.curves.model_curve_tables import curves_table, family_table
from assessment.pages.economics.curves.outside_survival_figure import outside_survival_figure
from assessment.pages.economics.explorer.explorer_choice import economic_explorer
from assessment.pages.economics.explorer.sentence_numbers import sentence_texts
from assessment.pages.economics.information import information_texts
from assessment.pages.economics.information.information_figure import information_figure
from assessment.pages.economics.inputs import input_texts, side_effect_costs
from assessment.pages.economics.inputs.assumption_table import assumption_table
from assessment.pages.economics.inputs.discounting_figure import discounting_figure
from assessment.pages.economics.inputs.input_status_figure import input_status_figure
from assessment.pages.economics.inputs.input_table import input_table
from assessment.pages.economics.inputs.neighbouring_tables import (
    evaluation_table,
    small_group_table,
)
from assessment.pages.economics.inputs.reference_value_figure import reference_value_figure
from assessment.pages.economics.inputs.side_effect_costs import side_effect_cost_table
from assessment.pages.economics.price_figures import price_figure
from assessment.pages.economics.price_table import price_table
from assessment.pages.economics.scenarios import scenario_texts
from assessment.pages.economics.scenarios.price_by_hazard_ratio import price_by_hazard_ratio_figure
from assessment.pages.economics.scenarios.scenario_dots import scenario_figure
from assessment.pages.economics.scenarios.scenario_table import scenario_table
from assessment.pages.economics.scenarios.subgroup_results import subgroup_figure, subgroup_table
from assessment.pages.economics.severity import severity_texts
from assessment.pages.economics.severity.class_ranges import severity_table
from assessment.pages.economics.severity.norms_check_figure import norms_check_figure
from assessment.pages.economics.severity.severity_class_grid import (
    severity_case_table,
    severity_class_figure,
)
from assessment.pages.economics.severity.shortfall_by_age_figure import shortfall_by_age_figure
from assessment.pages.economics.uncertainty.acceptability_curves import acceptability_figure
from assessment.pages.economics.uncertainty.convergence_of_draws import convergence_figure
from assessment.pages.economics.uncertainty.cost_effectiveness_plane import plane_figure
from assessment.pages.economics.uncertainty.tornado import tornado_figure


def texts() -> dict[str, str]:
    """Every computed text of the chapter by its key: what {glue:text} shows."""
    return (
        base_case_texts.texts() | severity_texts.texts() | budget_figures.texts() | sentence_texts()
    )


def model_texts() -> dict[str, str]:
    """The computed texts of the page on the model."""
    return base_case_texts.texts() | curve_account_texts.texts() | severity_texts.texts()


def input_page_texts() -> dict[str, str]:
    """The computed texts of the page on the inputs."""
    return input_texts.texts() | side_effect_costs.texts() | severity_texts.texts()


def scenario_page_texts() -> dict[str, str]:
    """The computed texts of the page on scenarios and uncertainty."""
    return (
        base_case_texts.texts()
        | information_texts.texts()
        | comparator_texts.texts()
        | scenario_texts.texts()
        | budget_figures.texts()
    )


__all__ = [
    "assumption_table",
    "acceptability_figure",
    "base_case_table",
    "budget_case_table",
    "budget_figure",
    "budget_price_table",
    "budget_table",
    "shortfall_by_age_figure",
    "severity_case_table",
    "severity_table",
    "norms_check_figure",
    "severity_class_figure",
    "convergence_figure",
    "cost_figure",
    "crossover_table",
    "curves_table",
    "family_table",
    "outside_survival_figure",
    "decision_by_place_table",
    "decision_table",
    "discounting_figure",
    "displaced_table",
    "economic_explorer",
    "sentence_texts",
    "envelope_table",
    "evaluation_table",
    "place_table",
    "information_figure",
    "input_page_texts",
    "input_status_figure",
    "input_table",
    "reference_value_figure",
    "model_texts",
    "occupancy_figure",
    "plane_figure",
    "price_figure",
    "price_table",
    "qaly_figure",
    "results_table",
    "scenario_figure",
    "scenario_page_texts",
    "scenario_table",
    "side_effect_cost_table",
    "small_group_table",
    "subgroup_figure",
    "subgroup_table",
    "texts",
    "threshold_table",
    "tornado_figure",
    "price_by_hazard_ratio_figure",
]

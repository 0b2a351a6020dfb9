"""The black-box tests T01–T48: each file registers its tests when it is imported."""

from assessment.economics.verification.black_box import (
    closed_form_tests,
    decision_rule_tests,
    drawn_input_tests,
    hazard_ratio_tests,
    population_mortality_tests,
    price_and_dose_tests,
    result_tests,
    state_occupancy_tests,
    survival_time_tests,
    time_unit_tests,
    uncertainty_tests,
)

__all__ = [
    "closed_form_tests",
    "decision_rule_tests",
    "drawn_input_tests",
    "hazard_ratio_tests",
    "population_mortality_tests",
    "price_and_dose_tests",
    "result_tests",
    "state_occupancy_tests",
    "survival_time_tests",
    "time_unit_tests",
    "uncertainty_tests",
]

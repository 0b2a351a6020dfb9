"""What a model is in general: time, states and costs, increments, draws, value of information.

Pure numerics, as in ``survival``: no files are read but the country's population tables, and
randomness is an argument. Costs and effects of draws have shape (strategies, draws).
"""

from assessment.economics.analysis.acceptability import (
    Acceptability,
    acceptability,
    convergence,
    population_value,
)
from assessment.economics.analysis.cost_effectiveness import (
    Increment,
    PriceThreshold,
    frontier,
    increment,
    price_at_threshold,
    zero_price_increment,
)
from assessment.economics.analysis.distribution_types import (
    Distribution1D,
    Fixed,
    MultivariateNormal,
)
from assessment.economics.analysis.monte_carlo import draw_inputs, run_draws
from assessment.economics.analysis.one_way import one_way, two_way
from assessment.economics.analysis.parameter_distributions import (
    beta,
    beta_from_counts,
    from_interval,
    gamma,
    lognormal,
    lognormal_from_mean,
    normal,
)
from assessment.economics.analysis.value_of_information import (
    InformationValue,
    evppi,
    evppi_table,
    evsi,
)
from assessment.economics.model.absolute_shortfall import (
    Comparator,
    ExpectedOutcomes,
    absolute_shortfall,
    expected_outcomes,
    median_at_shortfall,
    severity_class,
    shortfall_by_age,
)
from assessment.economics.model.adjusted_hazard import Mortality, Waning
from assessment.economics.model.before_progression import BeforeProgression, before_progression
from assessment.economics.model.budget_impact import (
    Budget,
    Uptake,
    budget_grid,
    budget_impact,
    cost_by_lag,
    item_cost_by_lag,
    replacing,
)
from assessment.economics.model.constant_tail import ConstantTail
from assessment.economics.model.curve_draws import ProportionalHazards
from assessment.economics.model.death_after_progression import clock_forward_rates, equal_rate
from assessment.economics.model.drug_cost import (
    PackDosing,
    drug_cost,
    packs_continuous,
    packs_dispensed,
    pharmacy_price,
    treatment_years,
    with_vat,
    without_vat,
)
from assessment.economics.model.outcomes import CostItem, Outcomes, Utilities, evaluate
from assessment.economics.model.partitioned_survival import (
    Occupancy,
    partition,
    partitioned_survival,
)
from assessment.economics.model.population_health import norm_at, remaining_qalys
from assessment.economics.model.state_transition import state_transition
from assessment.economics.time.discounting import (
    Discounting,
    constant_discounting,
    discount_factor,
)
from assessment.economics.time.time_grid import Grid, continuous_grid, cycle_grid

__all__ = [
    "Acceptability",
    "BeforeProgression",
    "Budget",
    "Comparator",
    "ConstantTail",
    "CostItem",
    "Discounting",
    "Distribution1D",
    "ExpectedOutcomes",
    "Fixed",
    "Grid",
    "Increment",
    "InformationValue",
    "Mortality",
    "MultivariateNormal",
    "Occupancy",
    "Outcomes",
    "PackDosing",
    "PriceThreshold",
    "ProportionalHazards",
    "Uptake",
    "Utilities",
    "Waning",
    "absolute_shortfall",
    "acceptability",
    "before_progression",
    "beta",
    "beta_from_counts",
    "budget_grid",
    "budget_impact",
    "clock_forward_rates",
    "constant_discounting",
    "continuous_grid",
    "convergence",
    "cost_by_lag",
    "cycle_grid",
    "discount_factor",
    "draw_inputs",
    "drug_cost",
    "equal_rate",
    "evaluate",
    "evppi",
    "evppi_table",
    "evsi",
    "expected_outcomes",
    "from_interval",
    "frontier",
    "gamma",
    "increment",
    "item_cost_by_lag",
    "lognormal",
    "lognormal_from_mean",
    "median_at_shortfall",
    "norm_at",
    "normal",
    "one_way",
    "packs_continuous",
    "packs_dispensed",
    "partition",
    "partitioned_survival",
    "pharmacy_price",
    "population_value",
    "price_at_threshold",
    "remaining_qalys",
    "replacing",
    "run_draws",
    "severity_class",
    "shortfall_by_age",
    "state_transition",
    "treatment_years",
    "two_way",
    "with_vat",
    "without_vat",
    "zero_price_increment",
]

"""Base values and distributions of the invented model."""

from __future__ import annotations

from assessment.economics.analysis.parameter_distributions import beta, gamma, lognormal, normal

NEW, OLD = "new drug", "usual care"


DAYS_PER_PACK = 30


BASE = {
    "pfs_shape": 1.2,
    "pfs_scale_years": 0.6,
    "os_shape": 1.1,
    "os_scale_years": 2.6,
    "pfs_hazard_ratio": 0.4,
    "os_hazard_ratio": 0.9,
    "price_per_pack": 50_000.0,
    "strength_mg": 60.0,
    "visits_per_year": 25_000.0,
    "progressed_per_year": 60_000.0,
    "at_death": 70_000.0,
    "adverse_event_cost": 20_000.0,
    "adverse_events_new": 0.6,
    "adverse_events_old": 0.2,
    "adverse_event_loss": 0.01,
    "utility_free": 0.8,
    "utility_after": 0.7,
}


DISTRIBUTIONS = {
    "pfs_hazard_ratio": lognormal(0.4, 0.26, 0.62),
    "os_hazard_ratio": lognormal(0.9, 0.6, 1.35),
    "pfs_shape": normal(1.2, 0.05),
    "os_shape": normal(1.1, 0.05),
    "pfs_scale_years": gamma(0.6, 0.05),
    "os_scale_years": gamma(2.6, 0.2),
    "visits_per_year": gamma(25_000, 5_000),
    "progressed_per_year": gamma(60_000, 12_000),
    "at_death": gamma(70_000, 14_000),
    "adverse_event_cost": gamma(20_000, 4_000),
    "adverse_events_new": gamma(0.6, 0.1),
    "adverse_events_old": gamma(0.2, 0.05),
    "adverse_event_loss": gamma(0.01, 0.002),
    "utility_free": beta(0.8, 0.02),
    "utility_after": beta(0.7, 0.03),
}

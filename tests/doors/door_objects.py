"""Objects with which public functions of survival and economics work: fits, grids, tables."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd

from assessment import economics as e
from assessment import survival as s
from assessment.evidence import load_population_table

T = np.linspace(0.5, 30, 60)
OBSERVED = (np.arange(60) % 3 > 0).astype(int)
ARM = np.arange(60) % 2
CASES = Path(__file__).parents[1] / "cases"
RISK = [[0, 120], [6, 84], [12, 40]]
DISCOUNT = pd.DataFrame({"year_from": [0, 40], "year_to": [39, None], "annual_rate": [0.04, 0.03]})


def points():
    t = np.linspace(0, 15, 40)
    return np.c_[t, np.exp(-t / 12)]


@cache
def made(what: str):
    """Objects that arguments are, each made once."""
    return {
        "curve": lambda: s.Weibull(1.2, 14.0),
        "os": lambda: s.Weibull(1.1, 30.0),
        "fit": lambda: s.fit("weibull", T, OBSERVED),
        "km": lambda: s.kaplan_meier(T, OBSERVED),
        "network": lambda: s.network_meta_analysis(contrasts())[0],
        "arm": lambda: s.reconstruct_ipd(points(), RISK),
        "calibrated": lambda: s.calibrate(SUMMARIES, np.random.default_rng(1), 40, 200),
        "grid": lambda: e.continuous_grid(10.0, np.arange(0.5, 10, 0.5)),
        "discounting": lambda: e.constant_discounting(0.04),
        "occupancy": lambda: e.partitioned_survival(
            made("curve"), made("os"), made("grid"), treatment=made("curve"), units_per_year=12
        ),
        "budgeted": lambda: e.partitioned_survival(
            made("curve"), made("os"), e.budget_grid(), treatment=made("curve"), units_per_year=12
        ),
        "before": lambda: e.before_progression(
            made("curve"), made("grid"), death_share=0.1, units_per_year=12
        ),
        "mortality": lambda: e.Mortality(load_population_table("life-table"), 60.0),
        "life": lambda: load_population_table("life-table"),
        "norms": lambda: load_population_table("hrqol-norms"),
        "classes": lambda: load_population_table("severity-classes"),
        "comparator": lambda: e.Comparator("one", "any", 20.0, 0.7),
        "dosing": lambda: e.PackDosing(30.0, 1.0, 0.9, 0.05),
        "items": lambda: [e.CostItem("drug", "on treatment", 100.0), e.CostItem("end", "death", 5.0)],
        "utilities": lambda: e.Utilities(0.8, 0.6),
        "increment": lambda: e.Increment(10_000.0, 0.5),
        "uptake": lambda: e.replacing("new", "old", 0.4),
        "none": lambda: e.replacing("new", "old", 0.0),
        "normal": lambda: e.normal(1.0, 0.2),
        "several": lambda: e.MultivariateNormal([0.0, 1.0], [[1.0, 0.2], [0.2, 1.0]]),
    }[what]()  # fmt: skip


PRINTED = {"hr": 0.4, "hr_lo": 0.3, "hr_hi": 0.54, "n_t": 130, "n_c": 70, "events": 120}
MEDIANS = {"median_t": 13.8, "lo_t": 10.0, "hi_t": 17.0, "median_c": 4.4, "lo_c": 3.0, "hi_c": 6.0}
SUMMARIES = PRINTED | MEDIANS


def contrasts():
    return [
        s.TrialContrast("one", "a", "p", -0.5, 0.2),
        s.TrialContrast("two", "b", "p", -0.2, 0.2),
        s.TrialContrast("three", "a", "b", -0.4, 0.3),
    ]


def draws():
    rng = np.random.default_rng(3)
    return rng.normal(100, 10, (2, 200)), rng.normal(1, 0.1, (2, 200))


def total(values):
    return values["x"] * 2 + values["y"]


def drawn(rng, n):
    return {"cost": rng.normal(size=n)}

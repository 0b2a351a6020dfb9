"""The Norwegian model against a second path: one row for each short step of time, plain sums, as a spreadsheet would have it.

Nothing of ``assessment.economics`` is used but the inputs' values and which draws of the curves are compared: mortality floor, cap,
time on treatment, age adjustment, discounting, packs and costs are written again here.
"""

import numpy as np
import pytest

from assessment.economics.curve_library import library
from assessment.economics.curve_tables import SEED, curve_table
from assessment.economics.inputs import base_values, model_inputs
from assessment.economics.norwegian import run
from assessment.economics.settings import Settings
from assessment.evidence import load_population_table

STEPS_PER_YEAR = 3000
DRAWS = 12


def spreadsheet(cohort: str, x: dict, rows: np.ndarray, share_of_mean: dict) -> dict:
    """Strategy → (cost, QALYs, life years, packs), each the mean over ``rows``; ``share_of_mean``: mean progression-free years of all draws."""
    age = {"epnet": 66, "pnet": 62}[cohort]  # the ages assumed in data/facts/norway.csv, typed again on purpose
    dt = 1 / STEPS_PER_YEAR
    n = (107 - age) * STEPS_PER_YEAR
    t, middle = np.arange(n + 1) * dt, (np.arange(n) + 0.5) * dt
    rate = np.where(middle < 40, 0.04, 0.03)  # Rundskriv R-109
    factor = np.exp(-np.concatenate([[0.0], np.cumsum(np.log1p(rate) * dt)]))
    dying = load_population_table("life-table").set_index("age")["death_probability"].to_numpy(float)
    floor = -np.log1p(-np.minimum(dying[np.floor(age + middle).astype(int)], 1 - 1e-9)) * dt
    norm = lambda a: np.select([a < 50, a < 60, a < 70, a < 80], [0.853, 0.870, 0.885, 0.859], 0.811)  # DMP's norms of 2025
    weight = norm(age + middle) / norm(np.array(age))
    area = lambda y, by=1.0: float(np.sum((y[1:] + y[:-1]) / 2 * by) * dt)
    lost = lambda y: float(np.sum(-np.diff(y) * (factor[1:] + factor[:-1]) / 2))
    found = {}
    for arm, code in (("cabozantinib", "t"), ("placebo", "c")):
        totals = []
        for row in rows:
            hazards = {}
            for endpoint in ("pfs", "os"):
                kept = library(endpoint, cohort, "publication")
                place = np.random.default_rng([SEED, endpoint == "os"]).permutation(kept.rows(1200))[row]
                for part in kept.parts[code]:
                    if place < part.draw_shape[0]:
                        break
                    place -= part.draw_shape[0]
                hazards[endpoint] = np.minimum(part.draw(np.array([place])).cumulative_hazard(t * 12)[0], 700)
            alive = np.exp(-np.concatenate([[0.0], np.cumsum(np.maximum(np.diff(hazards["os"]), floor))]))
            free = np.minimum(np.exp(-hazards["pfs"]), alive)
            stop = x["toxicity_stop_share"] / (1 - x["toxicity_stop_share"]) / share_of_mean[arm]
            treated = free * np.exp(-stop * t) if arm == "cabozantinib" else 0 * free
            visits = {"all": 365.25 / 7 / x["visit_interval_control_weeks"], "more": 365.25 / 7 * (1 / x["visit_interval_treated_weeks"] - 1 / x["visit_interval_control_weeks"])}
            visit = x["visit_nok"] + x["blood_sample_nok"] + x["hours_per_visit"] * x["patient_hour_nok"] + x["km_per_visit"] * x["travel_nok_per_km"]
            severe = x["severe_events_cabozantinib" if arm == "cabozantinib" else "severe_events_placebo"]
            packs = area(treated * factor) * 365.25 * x["dosed_days_share"] / x["tablets_per_pack"] + (x["unused_packs"] if arm == "cabozantinib" else 0)
            cost = (area(alive * factor) * (visits["all"] * visit + x["ssa_share"] * x["ssa_injection_nok"] * 365.25 / x["ssa_interval_days"])
                    + area(free * factor) * x["ct_nok"] * 365.25 / 7 / x["ct_interval_weeks"] + area(treated * factor) * visits["more"] * visit
                    + severe * x["adverse_event_nok"] + lost(free) * x["later_treatment_share"] * x["later_treatment_packs"] * x["everolimus_price_per_pack_nok"]
                    + lost(alive) * x["end_of_life_nok"] + packs * x["price_per_pack_nok"])
            qalys = (x["utility_progression_free"] * area(alive * factor, weight) - x["utility_loss_progression"] * area((alive - free) * factor, weight)
                     - severe * x["severe_event_utility_loss"] * x["severe_event_weeks"] * 7 / 365.25)
            totals.append((cost, qalys, area(alive * factor), packs))
        found[arm] = np.mean(totals, axis=0)
    return found


@pytest.mark.parametrize("cohort", ["epnet", "pnet"])
def test_the_base_case_by_a_second_path(cohort):
    x, settings = base_values(model_inputs(cohort)), Settings(cohort)
    table = curve_table(settings)
    rows = np.random.default_rng(7).choice(table.size, DRAWS, replace=False)
    undiscounted = table.grid.weights(Settings(discounting=0.0).rates())
    mean_years = {name: float(found.progression_free.mean(axis=0) @ undiscounted) for name, found in table.occupancy.items()}
    ours = run({name: np.full(DRAWS, value) for name, value in x.items()}, settings, rows)
    theirs = spreadsheet(cohort, x, rows, mean_years)
    for name, strategy in ours.strategies.items():
        got = [float(np.mean(v)) for v in (strategy.cost, strategy.qalys, strategy.life_years, strategy.packs)]
        assert got == pytest.approx(theirs[name].tolist(), rel=1e-6), name

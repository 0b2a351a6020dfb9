"""The same model by a second, independent program: one row for each short step of time, plain sums, as a
spreadsheet would have it.

Nothing of the first program is used but the inputs' values and which draws of the curves are meant:
mortality floor, cap, time on treatment, age adjustment, discounting, packs and costs are written
again. Base-case settings only.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import scipy

from assessment.case.model.curves.paired_draws import selected_draws
from assessment.case.model.inputs.settings import CONTROL, TREATED, Settings
from assessment.case.trial.trial import load_trial
from assessment.economics.time.time_units import MONTHS_PER_YEAR
from assessment.evidence import load_facts, load_population_table

STEPS_PER_YEAR = 2000  # by six times as many the totals move by less than 1e-7 of them
DAYS, WEEK = 365.25, 7


def independent_results(
    settings: Settings, inputs: Mapping[str, float], steps_per_year: int = STEPS_PER_YEAR
) -> dict[str, np.ndarray]:
    """Strategy → (cost, QALYs, life years, packs), the mean over the draws of the curves;
    trapezoids, so exact to about 1e-7.
    """
    age = load_facts()[f"norway.age.{settings.cohort}.start"].number
    table = load_population_table("life-table")
    dying, dt = table["death_probability"].to_numpy(float), 1 / steps_per_year
    n = int(table["age"].max() + 1 - age) * steps_per_year
    t, middle = np.arange(n + 1) * dt, (np.arange(n) + 0.5) * dt
    # Rundskriv R-109, typed again on purpose
    rate = np.select([middle < 40, middle < 75], [0.04, 0.03], 0.02)
    factor = np.exp(-np.concatenate([[0.0], np.cumsum(np.log1p(rate) * dt)]))
    floor = -np.log1p(-np.minimum(dying[np.floor(age + middle).astype(int)], 1 - 1e-9)) * dt

    # DMP's norms, typed again
    def norm(a):
        return np.select([a < 50, a < 60, a < 70, a < 80], [0.853, 0.870, 0.885, 0.859], 0.811)

    weight = norm(age + middle) / norm(np.array(age))

    def area(y, by=1.0):
        return float(np.sum((y[1:] + y[:-1]) / 2 * by) * dt)

    def leaving(y):
        return float(np.sum(-np.diff(y) * (factor[1:] + factor[:-1]) / 2))

    crossed = load_trial(settings.analysis_set).required(f"crossover.{settings.cohort}.rate").number
    curves = [selected_draws(endpoint, settings)[0] for endpoint in ("pfs", "os")]
    results = {}
    for arm, code in ((TREATED, "t"), (CONTROL, "c")):
        occupied = []
        for row in range(curves[1][code].order.size):
            pfs, os = (_cumulative_hazard(curve[code], row, t) for curve in curves)
            free, alive = (
                np.exp(-np.concatenate([[0.0], np.cumsum(np.maximum(np.diff(h), floor))]))
                for h in (pfs, os)
            )
            occupied.append((np.minimum(free, alive), alive))
        expected = np.mean([free for free, _ in occupied], axis=0)
        stop = scipy.optimize.brentq(
            lambda k, expected=expected: (
                k * area(expected * np.exp(-k * t))
                - inputs["toxicity_stop_share"]
                - inputs["withdrawal_share"]
            ),
            1e-9,
            50,
            xtol=1e-13,
        )
        results[arm] = np.mean(
            [
                _totals(
                    arm == TREATED,
                    free,
                    alive,
                    free * np.exp(-stop * t),
                    inputs,
                    area,
                    leaving,
                    factor,
                    weight,
                )
                for free, alive in occupied
            ],
            axis=0,
        )
        if arm == CONTROL:
            # those who cross over use a whole course of the drug after progression
            packs = float(crossed) / 100 * results[TREATED][3]
            packs *= np.mean([leaving(free) for free, _ in occupied])
            results[arm] += [packs * inputs["price_per_pack_nok"], 0.0, 0.0, packs]
    return results


def _cumulative_hazard(curve, row, t):
    """Cumulative hazard of one draw: its family's part and place within it are looked up, not taken
    from the stacked values.
    """
    place = int(curve.order[row])
    for part in curve.parts:
        if place < part.draw_shape[0]:
            return np.minimum(
                part.draw(np.array([place])).cumulative_hazard(t * MONTHS_PER_YEAR)[0], 700
            )
        place -= part.draw_shape[0]


def _totals(treated, free, alive, on, inputs, area, leaving, factor, weight):
    def per_year(weeks):
        return DAYS / WEEK / weeks

    visit = (
        inputs["visit_nok"]
        + inputs["blood_sample_nok"]
        + inputs["hours_per_visit"] * inputs["patient_hour_nok"]
        + inputs["km_per_visit"] * inputs["travel_nok_per_km"]
    )
    severe = inputs["severe_events_treated" if treated else "severe_events_control"]
    lived, drug_years = area(alive * factor), area(on * factor) if treated else 0.0
    packs = drug_years * DAYS * inputs["dosed_days_share"] / inputs["units_per_pack"] + (
        inputs["unused_packs"] + inputs["dose_reduced_share"] * inputs["packs_left_at_reduction"]
        if treated
        else 0.0
    )
    cost = (
        lived
        * (
            per_year(inputs["visit_interval_control_weeks"]) * visit
            + inputs["background_therapy_share"]
            * inputs["background_therapy_injection_nok"]
            * DAYS
            / inputs["background_therapy_interval_days"]
        )
        + area(free * factor) * inputs["scan_nok"] * per_year(inputs["scan_interval_weeks"])
        + drug_years
        * (
            per_year(inputs["visit_interval_treated_weeks"])
            - per_year(inputs["visit_interval_control_weeks"])
        )
        * visit
        + severe * _severe_event_nok(inputs)
        + leaving(free)
        * (1 - inputs["deaths_before_progression_share"])
        * inputs["later_treatment_share"]
        * inputs["later_treatment_packs"]
        * inputs["later_treatment_price_per_pack_nok"]
        + leaving(alive) * inputs["end_of_life_nok"]
        + packs * inputs["price_per_pack_nok"]
    )
    qalys = (
        inputs["utility_progression_free"] * area(alive * factor, weight)
        - inputs["utility_loss_progression"] * area((alive - free) * factor, weight)
        - severe * inputs["severe_event_utility_loss"] * inputs["severe_event_weeks"] * WEEK / DAYS
        - inputs["utility_loss_on_treatment"] * drug_years
    )
    return cost, qalys, lived, packs


def _severe_event_nok(inputs):
    """Mean cost of a severe event: each kind admitted or seen as an outpatient, the rest together."""
    seen, named, total = inputs["visits_per_severe_event"] * inputs["visit_nok"], 0.0, 0.0
    for kind in ("hypertension", "fatigue", "diarrhoea", "thromboembolism"):
        share, admitted = inputs[f"severe_{kind}_share"], inputs[f"admitted_{kind}_share"]
        total += share * (seen + admitted * (inputs["admission_nok"] - seen))
        named += share
    admitted = inputs["admitted_other_share"]
    return total + max(1 - named, 0.0) * (seen + admitted * (inputs["admission_nok"] - seen))

"""One choice changed at a time: what each scenario does to the gain, to the price that would be
enough, and to the conclusion.
"""

from __future__ import annotations

import altair as alt
import numpy as np
import pandas as pd

from assessment.case.model import runs
from assessment.case.model.model_inputs import COHORTS
from assessment.case.model.scenarios import Scenario
from assessment.case.trial.trial import COHORTS as NAMES
from assessment.economics.analysis.cost_effectiveness import SOUTH_EAST
from assessment.evidence import load_facts
from assessment.evidence.provenance.traced_text import computed
from assessment.pages.economics.base_case import MILLION, leans, least, quotient, rounded, under
from assessment.pages.economics.base_case import WORDS as RESULT_WORDS
from assessment.pages.economics.severity_figures import COHORT_COLOURS
from assessment.presentation import numbers, theme
from assessment.presentation.show import Figure, Table

WORDS = {
    "base": "Base case",
    "set_fda": "FDA's division",
    "set_interim": "Interim analysis 2023",
    "os_none": "No effect on survival",
    "os_adjusted": "Survival without crossover",
    "os_kept": "Whole gain becomes life",
    "os_waning": "Effect on survival fades",
    "family_weibull": "Weibull only",
    "family_gamma": "Gamma only",
    "family_lognormal": "Lognormal only",
    "family_loglogistic": "Log-logistic only",
    "family_gompertz": "Gompertz only",
    "family_generalised_gamma": "Generalised gamma only",
    "floor_off": "No mortality floor",
    "utility_clarinet": "Utilities of CLARINET",
    "utility_swinburn": "Utilities of Swinburn",
    "utility_unadjusted": "Utilities not adjusted for age",
    "comparator_everolimus": "Against everolimus",
    "comparator_sunitinib": "Against sunitinib",
    "treated_to_progression": "Treated until progression",
    "analogue_to_progression": "Analogue until progression only",
    "crossover_paid": "Crossover drug charged to placebo",
    "price_low": "Half the assumed price",
    "price_high": "Price half as high again",
    "price_zero": "Free drug",
    "horizon_5": "Five years",
    "horizon_10": "Ten years",
    "horizon_20": "Twenty years",
    "undiscounted": "No discounting",
    "monthly_cycles": "Monthly cycles",
    "younger": "Aged {age} at start",
    "older": "Aged {age} at start",
    "assumed": {
        "follow-up": "◆ follow-up assumed",
        "crossover": "◆ dilution model",
        "indirect": "indirect comparison",
        "same survival": "◆ survival taken as equal",
    },
    "groups": {
        "base": "Base case",
        "analysis set": "Analysis set",
        "effect on survival": "Effect on survival",
        "survival family": "Curves",
        "utilities": "Utilities",
        "comparator": "Comparator",
        "cost": "Cost",
        "method": "Method",
        "severity": "Age",
    },
    "gain": "QALYs gained",
    "price": "Price that is enough, thousand NOK a pack",
    "unpriced": "no Norwegian price",
    "dominated": "costs more, gains nothing",
    "dominates": "costs less, gains health",
    "saves": "saves, loses health",
    "no_price": "no price",
    "open": "Open marks: no price is low enough, not even a free drug. No mark: cost incomplete.",
    "cannot": "cannot be run: too little is printed of {what}",
    "no_curves": "the trial's results",
    "ratio": "Hazard ratio of death, for life",
    "pack": "Price of a pack, thousand NOK",
    "enough": "worth it at the class's value",
    "not_enough": "not worth it",
}
RATIOS = np.array(runs.RATIOS)
NO_PRICE = -6  # where marks without a price stand on the axis of prices


def name(scenario: Scenario) -> str:
    """A scenario in words."""
    return WORDS[scenario.id].format(age=numbers.number(scenario.settings.get("age_years", 0)))


def _icer(outcome, error: float) -> str:
    if outcome.results.unpriced:
        return WORDS["unpriced"]
    icer, increment = float(outcome.results.increment.icer), outcome.results.increment
    if (limit := least(increment, error)) is not None:
        return RESULT_WORDS["above"].format(amount=quotient(limit).removesuffix(" NOK"))
    if not np.isfinite(icer):
        return WORDS["dominates" if str(increment.quadrant) == SOUTH_EAST else "dominated"]
    return (
        WORDS["saves"]
        if float(increment.cost) < 0
        else f"{numbers.number(icer / MILLION, 2)} million"
        if icer < 5e7
        else "above 50 million"
    )


def _price(outcome) -> float | None:
    """Price of a pack at which the scenario's own reference value is met; None where none is or
    costs are incomplete.
    """
    if outcome.results is None or outcome.results.unpriced:
        return None
    found = outcome.results.price_at(outcome.severity.reference_nok_per_qaly)
    return float(found.price) if bool(found.met) else None


def frame() -> pd.DataFrame:
    """A row per cohort and scenario: gain, price that is enough (NaN where none), whether worth it,
    reason where it cannot be run.
    """
    rows = []
    for cohort in COHORTS:
        for one in runs.scenario_outcomes(cohort):
            ran = one.results is not None
            price = _price(one)
            rows.append(
                {
                    "cohort": cohort,
                    "id": one.scenario.id,
                    "name": name(one.scenario),
                    "group": WORDS["groups"][one.scenario.group],
                    "gain": float(one.results.increment.effect) if ran else np.nan,
                    "price": np.nan if price is None else price / 1000,
                    "priced": ran and not one.results.unpriced,
                    "worth": one.cost_effective,
                    "reason": one.reason,
                    "outcome": one,
                }
            )
    return pd.DataFrame(rows)


def scenario_plot() -> Figure:
    """QALYs gained in every scenario, and the price that would be enough, both cohorts."""
    data = frame().drop(columns="outcome")
    data = data[data["gain"].notna() & ~data["id"].str.startswith("price_")].assign(
        cohort=lambda d: d["cohort"].map(NAMES)
    )
    groups, names = list(WORDS["groups"].values()), [NAMES[c] for c in COHORTS]
    order = list(
        dict.fromkeys(
            data.sort_values("group", key=lambda g: g.map(groups.index), kind="stable")["name"]
        )
    )
    data = data.assign(
        shown=data["price"].fillna(NO_PRICE).where(data["priced"]), met=data["price"].notna()
    )
    base = data[data["id"] == "base"]

    def draw(width: int):
        wide = width > 500
        colour = alt.Color(
            "cohort:N",
            scale=alt.Scale(domain=names, range=[COHORT_COLOURS[c] for c in COHORTS]),
            legend=alt.Legend(title=None),
        )
        shape = alt.Shape(
            "cohort:N",
            scale=alt.Scale(domain=names, range=["circle", "diamond"]),
            legend=alt.Legend(title=None),
        )
        tips = [
            alt.Tooltip("name:N", title="Scenario"),
            alt.Tooltip("cohort:N", title="Cohort"),
            alt.Tooltip("gain:Q", title=WORDS["gain"], format=".2f"),
            alt.Tooltip("price:Q", title=WORDS["price"], format=".1f"),
        ]
        plot = (width - 265) / 2 if wide else width - 222

        def panel(field, title, axis):
            rule = (
                alt.Chart(base)
                .mark_rule(strokeDash=[3, 3], opacity=0.7)
                .encode(x=f"{field}:Q", color=colour)
                .transform_filter("isValid(datum.price)" if field == "shown" else "true")
            )
            zero = (
                alt.Chart(pd.DataFrame({"zero": [0]}))
                .mark_rule(color=theme.GREY)
                .encode(x="zero:Q")
            )
            across = (
                alt.Axis(tickCount=4, grid=False)
                if field == "gain"
                else alt.Axis(
                    values=[NO_PRICE, 0, 10, 20, 30],
                    grid=False,
                    labelExpr=f"datum.value < 0 ? '{WORDS['no_price']}' : datum.label",
                )
            )
            base_dots = alt.Chart(data).encode(
                x=alt.X(f"{field}:Q", title=title, axis=across),
                y=alt.Y("name:N", sort=order, title=None, axis=axis),
                color=colour,
                shape=shape,
                tooltip=tips,
            )
            solid = base_dots.mark_point(filled=True, size=60, opacity=1)
            dots = (
                [solid]
                if field == "gain"
                else [
                    solid.transform_filter("datum.met"),
                    base_dots.transform_filter("!datum.met && datum.priced").mark_point(
                        filled=False, size=50, opacity=1, strokeWidth=1.6
                    ),
                ]
            )
            return alt.layer(*dots, zero, rule).properties(width=plot, height=alt.Step(19))

        axis = alt.Axis(labelLimit=230 if wide else 190, grid=True, gridDash=[1, 3])
        one, two = (
            panel("gain", WORDS["gain"], axis),
            panel(
                "shown",
                WORDS["price"] if wide else WORDS["price"].split(",")[0] + ", 1000 NOK",
                None if wide else axis,
            ),
        )
        return (
            alt.hconcat(one, two, spacing=14) if wide else alt.vconcat(one, two, spacing=20)
        ).properties(title=under(leans(not wide)))

    table = pd.DataFrame(
        {
            "Scenario": data["name"],
            "Cohort": data["cohort"],
            WORDS["gain"]: data["gain"].round(3),
            WORDS["price"]: data["price"].round(1),
        }
    )
    low, high = data["gain"].min(), data["gain"].max()
    return Figure(
        draw,
        f"Dots for {len(data)} scenarios in two cohorts: QALYs gained from {numbers.number(low, 2)}"
        f" to {numbers.number(high, 2)}, and the price of a pack at which the value of the"
        " scenario's own severity class is met, where any is:"
        f" {int((~data['met'] & data['priced']).sum())} have none.",
        table,
        "economics-scenarios",
        note=f"Dashed: the base case. {WORDS['open']}",
    )


def _missing(outcome) -> str:
    """The endpoint and cohort for which too little is printed, as the model's refusal names them."""
    named = outcome.reason.split(" in the set ")[0]
    return named if named.split(" ")[-1] in NAMES.values() else WORDS["no_curves"]


def scenario_table() -> Table:
    """Every scenario of both cohorts in numbers; what cannot be run says why."""
    rows = []
    for row in frame().itertuples():
        one = row.outcome
        if one.results is None:
            rows.append(
                (
                    NAMES[row.cohort],
                    row.name,
                    "",
                    "",
                    "",
                    WORDS["cannot"].format(what=_missing(one)),
                    "",
                    "",
                )
            )
            continue
        found, price = one.results, _price(one)
        note = ", ".join(WORDS["assumed"][key] for key in found.assumed)
        cost = (
            WORDS["unpriced"]
            if found.unpriced
            else numbers.number(float(found.increment.cost) / MILLION, 2)
        )
        rows.append(
            (
                NAMES[row.cohort],
                row.name + (f" ({note})" if note else ""),
                numbers.number(float(found.increment_life_years.effect), 2),
                numbers.number(row.gain, 3),
                cost,
                _icer(
                    one,
                    runs.gain_error(
                        row.cohort, one.scenario.settings_for(row.cohort).survival_effect
                    ),
                ),
                "" if found.unpriced else WORDS["no_price"] if price is None else rounded(price),
                str(one.severity.severity_class),
            )
        )
    return Table(
        pd.DataFrame(
            rows,
            columns=[
                "Cohort",
                "Scenario",
                "Life years gained",
                WORDS["gain"],
                "Added cost, million NOK",
                "NOK per QALY",
                "Price that is enough",
                "Class",
            ],
        ),
        classes=("long",),
    )


def two_way() -> Figure:
    """Price and hazard ratio of death together: whether the value of the base case's severity class
    is met.
    """
    prices, rows = np.arange(0, 105_001, 5_000), []
    for cohort in COHORTS:
        value = runs.severity(cohort).reference_nok_per_qaly
        for ratio, (gain, other, packs) in zip(RATIOS, runs.by_hazard_ratio(cohort)):
            rows += [
                {
                    "cohort": NAMES[cohort],
                    "ratio": float(ratio),
                    "price": p / 1000,
                    "benefit": (value * gain - other - packs * p) / MILLION,
                }
                for p in prices
            ]
    data = pd.DataFrame(rows)
    data["verdict"] = np.where(data["benefit"] > 0, WORDS["enough"], WORDS["not_enough"])
    facts = load_facts()
    observed = pd.DataFrame(
        [
            {
                "cohort": NAMES[c],
                "ratio": round(facts[f"cabinet.os.{c}.hazard_ratio"].number, 1),
                "price": facts["economics.price.cabometyx.assumed"].number / 1000,
                "text": "◆ base",
            }
            for c in COHORTS
        ]
    )

    def draw(width: int):
        wide = width > 500
        plot = (width - 128) / 2 if wide else width - 70
        x = alt.X(
            "ratio:O",
            title=WORDS["ratio"],
            axis=alt.Axis(labelAngle=0, format=".1f", labelOverlap=True),
        )
        y = alt.Y(
            "price:O",
            sort="descending",
            title=WORDS["pack"],
            axis=alt.Axis(values=[0, 20, 40, 60, 80, 100]),
        )
        colour = alt.Color(
            "verdict:N",
            scale=alt.Scale(
                domain=[WORDS["enough"], WORDS["not_enough"]], range=[theme.BLUE, theme.WASH]
            ),
            legend=alt.Legend(title=None),
        )
        cells = (
            alt.Chart(data)
            .mark_rect(stroke=theme.BACKGROUND, strokeWidth=0.6)
            .encode(
                x=x,
                y=y,
                color=colour,
                tooltip=[
                    alt.Tooltip("ratio:Q", title=WORDS["ratio"]),
                    alt.Tooltip("price:Q", title=WORDS["pack"]),
                    alt.Tooltip("benefit:Q", title="Net benefit, million NOK", format=".2f"),
                ],
            )
        )
        mark = alt.Chart(observed).encode(x=x, y=y)

        def one(name):
            return alt.layer(
                cells.transform_filter(f"datum.cohort == '{name}'"),
                mark.transform_filter(f"datum.cohort == '{name}'").mark_point(
                    filled=True, color=theme.INK, size=60, shape="diamond", opacity=1
                ),
            ).properties(width=plot, height=210, title=name)

        joined = [one(NAMES[c]) for c in COHORTS]
        return (
            alt.hconcat(*joined, spacing=24) if wide else alt.vconcat(*joined, spacing=16)
        ).properties(title=under(leans(not wide)))

    table = data.pivot_table(
        index=["cohort", "price"], columns="ratio", values="benefit"
    ).reset_index()
    table = table[table["price"] % 15 == 0].round(2)
    table.columns = [
        "Cohort",
        "Price, thousand NOK",
        *(f"Hazard ratio {numbers.number(r, 1)}" for r in RATIOS),
    ]
    most = "; ".join(
        f"{NAMES[c]}: at a hazard ratio of {numbers.number(RATIOS[0], 1)} up to {_highest(c, 0)},"
        f" at {numbers.number(0.8, 1)} up to {_highest(c, int(np.argmin(abs(RATIOS - 0.8))))}"
        for c in COHORTS
    )
    return Figure(
        draw,
        "Grids of price and hazard ratio of death by cohort; filled where the value of the"
        f" severity class is met. {most}. Diamond: assumed price and printed hazard ratio.",
        table,
        "economics-two-way",
    )


def _highest(cohort: str, place: int) -> str:
    gain, other, packs = runs.by_hazard_ratio(cohort)[place]
    price = (runs.severity(cohort).reference_nok_per_qaly * gain - other) / packs
    return rounded(price) + " a pack" if price > 0 else WORDS["no_price"]


@computed
def scenario_texts() -> dict[str, str]:
    """Which scenarios change the conclusion or the sign of the gain, in words."""
    data, out = frame(), {}
    flips, negative = [], []
    for cohort in COHORTS:
        own = data[data["cohort"] == cohort]
        base = own[own["id"] == "base"]["worth"].iloc[0]
        flips += [
            f"“{row.name}” ({NAMES[cohort]})"
            for row in own.itertuples()
            if row.worth is not None and row.worth != base
        ]
        negative += [f"“{row.name}” ({NAMES[cohort]})" for row in own.itertuples() if row.gain < 0]
    out["scenario_flips"] = (
        f"The conclusion at the price of the run turns in: {', '.join(flips)}."
        if flips
        else "No scenario turns the conclusion."
    )
    out["scenario_negative"] = (
        f"QALYs are lost rather than gained in: {', '.join(negative)}."
        if negative
        else "QALYs are gained in every scenario."
    )
    run = [
        one.results
        for one in data["outcome"]
        if one.results is not None and not one.results.unpriced
    ]
    ratios = [
        float(found.increment.icer)
        for found in run
        if np.isfinite(found.increment.icer) and found.increment.effect > 0
    ]
    out["scenario_lowest_icer"], out["scenario_highest_icer"] = (
        f"{numbers.number(value / MILLION, 1)}\u00a0million NOK"
        for value in (min(ratios), max(ratios))
    )
    return out

"""Price and effect on survival together."""

from __future__ import annotations

import altair as alt
import numpy as np
import pandas as pd

from assessment.case.model import runs
from assessment.case.model.inputs.model_inputs import COHORTS
from assessment.case.trial.trial import COHORTS as NAMES
from assessment.evidence import load_facts
from assessment.pages.economics.scenarios.scenario_frame import WORDS
from assessment.pages.economics.shared.result_wording import leans, under
from assessment.presentation import numbers, theme
from assessment.presentation.money_format import MILLION, rounded
from assessment.presentation.show import Figure

RATIOS = np.array(runs.RATIOS)


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

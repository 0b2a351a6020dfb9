"""Figures of the dilution of survival by crossover, and of what an adjustment with patients' data
would recover.
"""

from __future__ import annotations

import altair as alt
import numpy as np
import pandas as pd

from assessment.case.trial.crossover_dilution import dilution, dilutions
from assessment.evidence import load_facts
from assessment.evidence.provenance.result_cache import cached_result
from assessment.evidence.provenance.traced_text import computed
from assessment.pages.comparisons.crossover_words import (
    CARRY,
    WORDS,
    delays,
    dilution_name,
    percent,
)
from assessment.pages.comparisons.simulated_trials import CROSSING, PATIENTS, covered
from assessment.presentation import numbers, theme
from assessment.presentation.show import Figure


@cached_result(maxsize=1)
def map_rows() -> tuple[dict, ...]:
    """Undiluted hazard ratio for each cohort, set, delay and share of the effect."""
    return tuple(
        {
            "panel": dilution_name(d),
            "delay": int(t),
            "carry": int(round(100 * c)),
            "ratio": float(v),
            "text": numbers.number(v, 2),
            "printed": numbers.fact_text(d.observed),
        }
        for d in dilutions()
        for t, line in zip(delays(), d.map(delays(), CARRY))
        for c, v in zip(CARRY, line)
    )


def dilution_heat() -> Figure:
    """Heat map of the undiluted hazard ratio, one panel for each cohort and set that prints what
    the model needs.
    """
    rows = pd.DataFrame(map_rows())
    panels = list(dict.fromkeys(rows["panel"]))
    facts = {dilution_name(d): d for d in dilutions()}

    def draw(width: int):
        wide = width > 500
        each = (width - 3 * 44) // 3 if wide else width - 62

        def panel(name: str, first: bool):
            data, d = rows[rows["panel"] == name], facts[name]
            base = alt.Chart(data).encode(
                x=alt.X(
                    "carry:O",
                    title=WORDS["carry_short"],
                    axis=alt.Axis(labelAngle=0, ticks=False, domain=False),
                ),
                y=alt.Y(
                    "delay:O",
                    title=WORDS["delay"] if first or not wide else None,
                    axis=alt.Axis(ticks=False),
                ),
            )
            shade = alt.FillOpacity(
                "ratio:Q",
                scale=alt.Scale(domain=[0.78, 1.05], range=[0.5, 0.04], clamp=True),
                legend=None,
            )
            cell = base.mark_rect(
                color=theme.BLUE, stroke=theme.BACKGROUND, strokeWidth=1.5
            ).encode(
                fillOpacity=shade,
                tooltip=[
                    alt.Tooltip("panel:N", title="Cohort and set"),
                    alt.Tooltip("delay:O", title="Crossing at (months)"),
                    alt.Tooltip("carry:O", title="Effect received (%)"),
                    alt.Tooltip("printed:N", title="Printed hazard ratio"),
                    alt.Tooltip("text:N", title=WORDS["undiluted"]),
                ],
            )
            subtitle = (
                f"printed {numbers.fact_text(d.observed, 'bare')},"
                f" {numbers.fact_text(d.crossed, 'value')} crossed"
            )
            return alt.layer(cell, base.mark_text(fontWeight=600).encode(text="text:N")).properties(
                width=each, height=5 * 34, title=alt.Title(name, subtitle=subtitle)
            )

        charts = [panel(n, i == 0) for i, n in enumerate(panels)]
        return alt.hconcat(*charts, spacing=18) if wide else alt.vconcat(*charts, spacing=20)

    table = rows.pivot_table(
        index=["panel", "delay"], columns="carry", values="text", aggfunc="first"
    ).reset_index()
    table.columns = [
        "Cohort and set",
        WORDS["delay"],
        *(f"{c} % of the effect" for c in table.columns[2:]),
    ]
    said = "; ".join(
        f"{n}: printed {numbers.fact_text(facts[n].observed, 'bare')}, undiluted"
        f" {rows[rows['panel'] == n]['ratio'].min():.2f} to"
        f" {rows[rows['panel'] == n]['ratio'].max():.2f}"
        for n in panels
    )
    return Figure(
        draw,
        "Heat maps of the hazard ratio for death with the dilution by crossover taken out, by"
        f" months to crossing and share of the effect received afterwards. {said}.",
        table,
        "crossover-dilution",
        ("chan2025", "fda2025net"),
        note=(
            f"{WORDS['model']}: constant hazard on placebo, those who cross like those who do not."
            " Stronger colour: lower. epNET in the FDA’s set is missing because its hazard ratio"
            " was not found."
        ),
    )


@computed
def dilution_texts(cohort: str, analysis_set: str) -> dict[str, str]:
    """What crossover hides in one cohort of one analysis set, as text."""
    d, target = dilution(cohort, analysis_set), load_facts()["dilution.shown.target"].number
    key = f"cmp_{d.cohort}_{d.analysis_set}"
    low, high = d.undiluted(observed=np.array([d.observed.low, d.observed.high]))
    needed, most = d.needed_share(target), d.needed_share(target, delay=0.0)
    return {
        f"{key}_undiluted": numbers.number(d.undiluted(), 2),
        f"{key}_range": _range(d.map(delays(), CARRY)),
        f"{key}_interval": numbers.interval(low, high, 2),
        f"{key}_shown": numbers.number(d.shown(target), 2),
        f"{key}_needed": percent(needed),
        f"{key}_needed_at_once": percent(most),
    }


@computed
def texts() -> dict[str, str]:
    """Computed numbers for the chapter's sentences."""
    found = {}
    for d in dilutions():
        found |= dilution_texts(d.cohort, d.analysis_set)
    return found | {
        "cmp_simulated_patients": numbers.number(PATIENTS),
        "cmp_simulated_share": percent(CROSSING),
        "cmp_simulated_covered": covered(),
    }


def _range(values: np.ndarray) -> str:
    return numbers.interval(float(np.nanmin(values)), float(np.nanmax(values)), 2)

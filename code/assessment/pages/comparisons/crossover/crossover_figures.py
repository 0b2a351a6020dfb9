"""The dilution of survival by crossover, as a heat map."""

from __future__ import annotations

import altair as alt
import pandas as pd

from assessment.case.trial.crossover_dilution import Dilution, dilutions
from assessment.evidence.provenance.result_cache import cached_result
from assessment.pages.comparisons.crossover.crossover_words import (
    CARRY,
    MONTHS_TO_CROSSING,
    UNDILUTED,
    delays,
    dilution_name,
)
from assessment.presentation import colour_grammar, numbers, theme
from assessment.presentation.language import _
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


def _heat_panel(
    rows: pd.DataFrame, d: Dilution, width: int, delay_title: str | None
) -> alt.LayerChart | alt.FacetChart:
    """Undiluted hazard ratios of one cohort and set, months to crossing by share of the effect."""
    share_axis = alt.Axis(labelAngle=0, ticks=False, domain=False)
    base = alt.Chart(rows).encode(
        x=alt.X("carry:O", title=_("Effect received, %"), axis=share_axis),
        y=alt.Y("delay:O", title=delay_title, axis=alt.Axis(ticks=False)),
    )
    shade = alt.FillOpacity(
        "ratio:Q",
        scale=alt.Scale(domain=[0.78, 1.05], range=[0.5, 0.04], clamp=True),
        legend=None,
    )
    tooltip = [
        alt.Tooltip("panel:N", title=_("Cohort and set")),
        alt.Tooltip("delay:O", title=_("Crossing at (months)")),
        alt.Tooltip("carry:O", title=_("Effect received (%)")),
        alt.Tooltip("printed:N", title=_("Printed hazard ratio")),
        alt.Tooltip("text:N", title=UNDILUTED),
    ]
    cells = base.mark_rect(
        color=colour_grammar.RAMP[1], stroke=theme.BACKGROUND, strokeWidth=1.5
    ).encode(fillOpacity=shade, tooltip=tooltip)
    ratios = base.mark_text(fontWeight=600).encode(text="text:N")
    printed = _("printed {ratio}, {share} crossed").format(
        ratio=numbers.fact_text(d.observed, "bare"), share=numbers.fact_text(d.crossed, "value")
    )
    title = alt.Title(dilution_name(d), subtitle=printed)
    return alt.layer(cells, ratios).properties(width=width, height=5 * 34, title=title)


def dilution_heat() -> Figure:
    """Heat map of the undiluted hazard ratio, one panel for each cohort and set that prints what
    the model needs.
    """
    rows = pd.DataFrame(map_rows())
    of_panel = {dilution_name(d): d for d in dilutions()}
    panels = list(dict.fromkeys(rows["panel"]))

    def draw(width: int) -> alt.TopLevelMixin:
        wide = width > 500
        each = (width - 3 * 44) // 3 if wide else width - 62
        charts = [
            _heat_panel(
                rows[rows["panel"] == name],
                of_panel[name],
                each,
                MONTHS_TO_CROSSING if i == 0 or not wide else None,
            )
            for i, name in enumerate(panels)
        ]
        return alt.hconcat(*charts, spacing=18) if wide else alt.vconcat(*charts, spacing=20)

    table = rows.pivot_table(
        index=["panel", "delay"], columns="carry", values="text", aggfunc="first"
    ).reset_index()
    table.columns = pd.Index(
        [
            _("Cohort and set"),
            MONTHS_TO_CROSSING,
            *(_("{share} % of the effect").format(share=c) for c in table.columns[2:]),
        ]
    )
    ranges = "; ".join(
        _("{panel}: printed {printed}, undiluted {low} to {high}").format(
            panel=name,
            printed=numbers.fact_text(of_panel[name].observed, "bare"),
            low=f"{rows[rows['panel'] == name]['ratio'].min():.2f}",
            high=f"{rows[rows['panel'] == name]['ratio'].max():.2f}",
        )
        for name in panels
    )
    return Figure(
        draw,
        _(
            "Heat maps of the hazard ratio for death with the dilution by crossover taken out, by"
            " months to crossing and share of the effect received afterwards. {ranges}."
        ).format(ranges=ranges),
        table,
        "crossover-dilution",
        ("chan2025", "fda2025net"),
        note=_(
            "◆ Dilution model, not an adjustment: constant hazard on placebo, those who cross like"
            " those who do not. Stronger colour: lower. epNET in the FDA’s set is missing because"
            " its hazard ratio was not found."
        ),
    )

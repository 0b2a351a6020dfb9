"""The analysis sets and subgroups beside each other."""

from __future__ import annotations

import altair as alt
import pandas as pd

from assessment.case.trial.trial import ARMS, COHORTS, PREFIXES, SUBGROUPS, all_analysis_sets
from assessment.case.trial.trial_curves import Curves
from assessment.pages.trial_evidence.curve_layers import (
    axes,
    band_frame,
    band_layers,
    median_layers,
)
from assessment.pages.trial_evidence.curve_words import (
    HORIZON,
    LANDMARK,
    SOURCES,
    WORDS,
    found,
    landmark_text,
    route_title,
    tag,
)
from assessment.pages.trial_evidence.effect_words import WORDS as TRIAL
from assessment.presentation import numbers
from assessment.presentation.show import Figure


def _small(
    rows: dict[str, list[tuple[str, Curves]]], endpoint: str, horizon: int, width: int, columns: int
):
    """Small multiples: one row of panels per key, at most ``columns`` beside each other, sharing
    both axes.
    """
    wide = width > 500
    plot = (width - 56 - 14 * (columns - 1)) // columns

    def panel(title, c, first, last):
        scale, x, y = axes(
            horizon,
            6 if plot > 150 else 12,
            (
                WORDS["months" if plot > 150 else "months_short"]
                if last and first
                else "\u00a0"
                if last
                else None
            ),
            first,
        )
        return alt.layer(
            *band_layers(
                band_frame(c, horizon, 48),
                x,
                y,
                0.26,
                band_frame(c, horizon, 48, "population"),
                tips=False,
            ),
            *median_layers(c, scale, y),
        ).properties(
            width=plot,
            height=150 if wide else 110,
            title=alt.Title(title + tag(c), fontSize=12 if not wide else 13),
        )

    lines = []
    for i, (name, cells) in enumerate(rows.items()):
        for start in range(0, len(cells), columns):
            part, last = (
                cells[start : start + columns],
                i == len(rows) - 1 and start + columns >= len(cells),
            )
            line = alt.hconcat(
                *(panel(t, c, k == 0, last) for k, (t, c) in enumerate(part)), spacing=14
            )
            lines.append(line.properties(title=alt.Title(name, fontSize=13)) if name else line)
    shown = [c for cells in rows.values() for _, c in cells]
    return alt.vconcat(*lines, spacing=14, title=route_title(shown))


def sets(endpoint: str = "pfs") -> Figure:
    """The same curves from each analysis set, never combined: cohorts by row, sets by column."""
    rows = {
        TRIAL["cohort_long"][cohort]: [
            (TRIAL["sets"][s], c) for s in all_analysis_sets() if (c := found(endpoint, cohort, s))
        ]
        for cohort in COHORTS
    }
    said = "; ".join(
        f"{cohort}, {s}: " + ", ".join(f"{arm} {landmark_text(c, arm)}" for arm in ARMS)
        for cohort, cells in rows.items()
        for s, c in cells
    )
    table = pd.DataFrame(
        [
            {"Cohort": cohort, "Analysis set": s}
            | {arm.capitalize(): landmark_text(c, arm) for arm in ARMS}
            for cohort, cells in rows.items()
            for s, c in cells
        ]
    )
    return Figure(
        lambda width: _small(rows, endpoint, HORIZON[endpoint], width, 3),
        "Small multiples of survival curves with bands, one panel per analysis set and cohort. At"
        f" {LANDMARK[endpoint]} months: {said}.",
        table,
        f"cabinet-{endpoint}-curves-by-set",
        tuple(SOURCES.values()),
        note=f"Table: share at {LANDMARK[endpoint]} months with 95 % interval.",
    )


def subgroup_curves() -> list[tuple[str, Curves]]:
    """The subgroups, each from the analysis set its source belongs to."""
    cells = []
    for key in SUBGROUPS:
        c = next(c for s in PREFIXES if (c := _with_ratio(key, s)))
        cells.append((TRIAL["subgroups"][key], c))
    return cells


def _with_ratio(key: str, analysis_set: str) -> Curves | None:
    c = found("pfs", key, analysis_set)
    return c if c is not None and "hr" in c.facts else None


def subgroups() -> Figure:
    """Progression-free survival in the subgroups with a printed hazard ratio and medians."""
    cells = subgroup_curves()
    said = "; ".join(
        f"{name}: " + ", ".join(f"{arm} {landmark_text(c, arm)}" for arm in ARMS)
        for name, c in cells
    )
    table = pd.DataFrame(
        [
            {"Group": name}
            | {arm.capitalize(): landmark_text(c, arm) for arm in ARMS}
            | {
                "Medians, printed": (
                    f"{numbers.fact_text(c.facts['median_t'], 'bare')} and"
                    f" {numbers.fact_text(c.facts['median_c'], 'bare')}"
                )
            }
            for name, c in cells
        ]
    )
    return Figure(
        lambda width: _small({"": cells}, "pfs", 18, width, 3 if width > 500 else 1),
        "Small multiples of progression-free survival with bands in three subgroups. At"
        f" {LANDMARK['pfs']} months: {said}.",
        table,
        "cabinet-subgroup-curves",
        ("strosberg2025gi", "exelixis2025lung", "strosberg2026g3"),
        note=f"Table: share at {LANDMARK['pfs']} months with 95 % interval.",
    )

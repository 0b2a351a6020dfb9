"""The analysis sets and subgroups beside each other."""

from __future__ import annotations

import altair as alt
import pandas as pd

from assessment.case.trial.trial import ARMS, COHORTS, PREFIXES, SUBGROUPS, all_analysis_sets
from assessment.case.trial.trial_curves import Curves
from assessment.pages.trial_evidence.curves.curve_layers import (
    axes,
    band_frame,
    band_layers,
    median_layers,
)
from assessment.pages.trial_evidence.curves.curve_words import (
    HORIZON,
    LANDMARK,
    MONTHS,
    MONTHS_SHORT,
    found,
    landmark_text,
    route_title,
    with_route,
)
from assessment.pages.trial_evidence.shared.trial_words import (
    COHORT_LONG,
    SET_SOURCES,
    SETS,
    SUBGROUP_NAMES,
)
from assessment.presentation import numbers
from assessment.presentation.language import _
from assessment.presentation.show import Figure

NamedCurves = list[tuple[str, Curves]]


def _axis_title(plot: int, first: bool, last: bool) -> str | None:
    """Months stand under the first panel of the last row; its neighbours keep the same room."""
    if not last:
        return None
    if not first:
        return "\u00a0"
    return MONTHS if plot > 150 else MONTHS_SHORT


def _panel(
    title: str, c: Curves, horizon: int, plot: int, wide: bool, first: bool, last: bool
) -> alt.LayerChart | alt.FacetChart:
    step = 6 if plot > 150 else 12
    scale, x, y = axes(horizon, step, _axis_title(plot, first, last), first)
    frame, behind = band_frame(c, horizon, 48), band_frame(c, horizon, 48, "population")
    layers = [
        *band_layers(frame, x, y, 0.26, behind, tips=False),
        *median_layers(c, scale, y),
    ]
    above = alt.Title(with_route(title, c), fontSize=13 if wide else 12)
    return alt.layer(*layers).properties(width=plot, height=150 if wide else 110, title=above)


def _small(
    rows: dict[str, NamedCurves], horizon: int, width: int, columns: int
) -> alt.VConcatChart:
    """Small multiples: one row of panels per key, at most ``columns`` beside each other, sharing
    both axes.
    """
    wide = width > 500
    plot = (width - 56 - 14 * (columns - 1)) // columns
    lines = []
    for i, (name, cells) in enumerate(rows.items()):
        for start in range(0, len(cells), columns):
            last = i == len(rows) - 1 and start + columns >= len(cells)
            panels = [
                _panel(title, c, horizon, plot, wide, k == 0, last)
                for k, (title, c) in enumerate(cells[start : start + columns])
            ]
            line = alt.hconcat(*panels, spacing=14)
            lines.append(line.properties(title=alt.Title(name, fontSize=13)) if name else line)
    shown = [c for cells in rows.values() for _name, c in cells]
    return alt.vconcat(*lines, spacing=14, title=route_title(shown))


def _shares(c: Curves) -> str:
    return ", ".join(f"{arm} {landmark_text(c, arm)}" for arm in ARMS)


def _share_cells(c: Curves) -> dict[str, str]:
    return {arm.capitalize(): landmark_text(c, arm) for arm in ARMS}


def _note(endpoint: str) -> str:
    note = _("Table: share at {month} months with 95 % interval.")
    return note.format(month=LANDMARK[endpoint])


def sets(endpoint: str = "pfs") -> Figure:
    """The same curves from each analysis set, never combined: cohorts by row, sets by column."""
    rows = {
        COHORT_LONG[cohort]: [
            (SETS[name], c) for name in all_analysis_sets() if (c := found(endpoint, cohort, name))
        ]
        for cohort in COHORTS
    }
    flat = [(cohort, name, c) for cohort, cells in rows.items() for name, c in cells]
    table = pd.DataFrame(
        [
            {_("Cohort"): cohort, _("Analysis set"): name} | _share_cells(c)
            for cohort, name, c in flat
        ]
    )
    shares = "; ".join(f"{cohort}, {name}: {_shares(c)}" for cohort, name, c in flat)
    return Figure(
        lambda width: _small(rows, HORIZON[endpoint], width, 3),
        _(
            "Small multiples of survival curves with bands, one panel per analysis set and cohort."
            " At {month} months: {shares}."
        ).format(month=LANDMARK[endpoint], shares=shares),
        table,
        f"cabinet-{endpoint}-curves-by-set",
        tuple(SET_SOURCES.values()),
        note=_note(endpoint),
    )


def subgroup_curves() -> NamedCurves:
    """The subgroups, each from the analysis set its source belongs to."""
    cells = []
    for key in SUBGROUPS:
        c = next(c for name in PREFIXES if (c := _with_ratio(key, name)))
        cells.append((SUBGROUP_NAMES[key], c))
    return cells


def _with_ratio(key: str, analysis_set: str) -> Curves | None:
    c = found("pfs", key, analysis_set)
    return c if c is not None and "hr" in c.facts else None


def subgroups() -> Figure:
    """Progression-free survival in the subgroups with a printed hazard ratio and medians."""
    cells = subgroup_curves()
    rows = []
    for name, c in cells:
        medians = _("{treated} and {control}").format(
            treated=numbers.fact_text(c.facts["median_t"], "bare"),
            control=numbers.fact_text(c.facts["median_c"], "bare"),
        )
        rows.append({_("Group"): name} | _share_cells(c) | {_("Medians, printed"): medians})
    shares = "; ".join(f"{name}: {_shares(c)}" for name, c in cells)
    return Figure(
        lambda width: _small({"": cells}, 18, width, 3 if width > 500 else 1),
        _(
            "Small multiples of progression-free survival with bands in three subgroups. At {month}"
            " months: {shares}."
        ).format(month=LANDMARK["pfs"], shares=shares),
        pd.DataFrame(rows),
        "cabinet-subgroup-curves",
        ("strosberg2025gi", "exelixis2025lung", "strosberg2026g3"),
        note=_note("pfs"),
    )

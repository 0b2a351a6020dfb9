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
from assessment.pages.trial_evidence.shared.number_words import number_word
from assessment.pages.trial_evidence.shared.trial_words import (
    ARM_HEADS,
    ARM_LABELS,
    COHORT_LONG,
    SET_SOURCES,
    SETS,
    SUBGROUP_NAMES,
    file_name,
    some,
    sources_of,
)
from assessment.presentation import numbers
from assessment.presentation.language import _, ngettext
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
    return ", ".join(f"{ARM_LABELS[arm]} {landmark_text(c, arm)}" for arm in ARMS)


def _share_cells(c: Curves) -> dict[str, str]:
    return {ARM_HEADS[arm]: landmark_text(c, arm) for arm in ARMS}


def _note(endpoint: str) -> str:
    note = _("Table: share at {month} months with 95 % interval.")
    return note.format(month=LANDMARK[endpoint])


def sets(endpoint: str = "pfs") -> Figure:
    """The same curves from each analysis set, never combined: cohorts by row, sets by column.

    Raises LookupError where no set has enough printed for a curve.
    """
    cells_of = {
        COHORT_LONG[cohort]: [
            (SETS[name], c) for name in all_analysis_sets() if (c := found(endpoint, cohort, name))
        ]
        for cohort in COHORTS
    }
    rows = {cohort: cells for cohort, cells in cells_of.items() if cells}
    some(list(rows), f"{endpoint}.<cohort>.<arm>.median")
    columns = min(3, max(len(cells) for cells in rows.values()))
    flat = [(cohort, name, c) for cohort, cells in rows.items() for name, c in cells]
    table = pd.DataFrame(
        [
            {_("Cohort"): cohort, _("Analysis set"): name} | _share_cells(c)
            for cohort, name, c in flat
        ]
    )
    shares = "; ".join(f"{cohort}, {name}: {_shares(c)}" for cohort, name, c in flat)
    return Figure(
        lambda width: _small(rows, HORIZON[endpoint], width, columns),
        _(
            "Small multiples of survival curves with bands, one panel per analysis set and cohort."
            " At {month} months: {shares}."
        ).format(month=LANDMARK[endpoint], shares=shares),
        table,
        file_name(f"{endpoint}-curves-by-set"),
        tuple(SET_SOURCES.values()),
        note=_note(endpoint),
    )


def subgroup_curves() -> NamedCurves:
    """The subgroups with a printed hazard ratio, each from the analysis set its source belongs to."""
    cells = []
    for key in SUBGROUPS:
        c = next((c for name in PREFIXES if (c := _with_ratio(key, name))), None)
        if c is not None:
            cells.append((SUBGROUP_NAMES[key], c))
    return cells


def _with_ratio(key: str, analysis_set: str) -> Curves | None:
    c = found("pfs", key, analysis_set)
    return c if c is not None and "hr" in c.facts else None


def _medians(c: Curves) -> str:
    """The printed medians, a dash for one that is not printed."""
    treated, control = (
        numbers.fact_text(c.facts[name], "bare") if name in c.facts else "–"
        for name in ("median_t", "median_c")
    )
    return _("{treated} and {control}").format(treated=treated, control=control)


def subgroups() -> Figure:
    """Progression-free survival in the subgroups with a printed hazard ratio and medians.

    Raises LookupError where there is no such subgroup.
    """
    cells = some(subgroup_curves(), "<subgroup>.pfs.hazard_ratio")
    rows = [
        {_("Group"): name} | _share_cells(c) | {_("Medians, printed"): _medians(c)}
        for name, c in cells
    ]
    shares = "; ".join(f"{name}: {_shares(c)}" for name, c in cells)
    return Figure(
        lambda width: _small({"": cells}, 18, width, 3 if width > 500 else 1),
        ngettext(
            "Small multiples of progression-free survival with bands in {count} subgroup. At"
            " {month} months: {shares}.",
            "Small multiples of progression-free survival with bands in {count} subgroups. At"
            " {month} months: {shares}.",
            len(cells),
        ).format(count=number_word(len(cells)), month=LANDMARK["pfs"], shares=shares),
        pd.DataFrame(rows),
        file_name("subgroup-curves"),
        sources_of(*(c.facts["hr"] for _name, c in cells)),
        note=_note("pfs"),
    )

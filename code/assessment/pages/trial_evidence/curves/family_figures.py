"""Families of survival curves: their hazards and their weights."""

from __future__ import annotations

from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from assessment.case.trial.trial import ARMS, COHORTS
from assessment.case.trial.trial_curves import Curves
from assessment.case.trial.trial_summaries import ARM_CODE
from assessment.pages.trial_evidence.curves.curve_layers import band_layers
from assessment.pages.trial_evidence.curves.curve_words import (
    MONTHS_SHORT,
    route_title,
    shown_curves,
)
from assessment.pages.trial_evidence.curves.extrapolation_words import FAMILY, TAIL, percent
from assessment.pages.trial_evidence.shared.arm_looks import COLOUR, STROKE
from assessment.pages.trial_evidence.shared.trial_words import (
    ARM_LABELS,
    base_sources,
    capitalised,
    file_name,
)
from assessment.presentation import numbers
from assessment.presentation.language import _
from assessment.presentation.show import Figure, Table
from assessment.survival.calibration.prior import FAMILY_WEIGHT

TOP = 45.0  # where the axis of hazards ends, per 100 at risk and month
MONTHS_DRAWN = np.arange(1.0, 24.5)


def family_draws(c: Curves) -> dict[str, dict]:
    """{family: {arm: distribution of that family's draws}}."""
    draws: dict[str, dict] = {}
    for arm, code in ARM_CODE.items():
        for family, distribution in c.draws.distributions(code):
            draws.setdefault(family, {})[arm] = distribution
    return draws


def _weight(c: Curves, family: str) -> str:
    return f"{numbers.number(100 * c.draws.families[family])}\u00a0%"


def _hazard_band(arm: str, distribution) -> pd.DataFrame:
    """Monthly hazard of one arm's draws, per 100 at risk: middle and 95 % range by month."""
    hazard = 100 * distribution.hazard(MONTHS_DRAWN)
    low, middle, high = np.quantile(hazard, [0.025, 0.5, 0.975], axis=0)
    return pd.DataFrame(
        {"arm": arm, "month": MONTHS_DRAWN, "low": low, "middle": middle, "high": high}
    )


def _hazard_row(c: Curves, family: str, arm: str, band: pd.DataFrame) -> dict:
    row: dict[str, Any] = {
        _("Cohort"): COHORTS[c.group],
        _("Family"): FAMILY[family],
        _("Weight"): _weight(c, family),
        _("Arm"): ARM_LABELS[arm],
    }
    for month in (3, 12, 24):
        at = band[np.isclose(band["month"], month)]
        row[_("Hazard in month {month}, per 100 at risk").format(month=month)] = float(
            at["middle"].iloc[0]
        )
    return row


def _hazard_panel(
    c: Curves, family: str, frame: pd.DataFrame, plot: int, first: bool, last: bool
) -> alt.LayerChart | alt.FacetChart:
    below = None if not last else MONTHS_SHORT if first else "\u00a0"
    x = alt.X(
        "month:Q",
        scale=alt.Scale(domain=[0, 24], nice=False),
        axis=alt.Axis(values=[0, 12, 24], grid=False, title=below),
    )
    scale = alt.Scale(domain=[0, TOP], nice=False)
    axis = alt.Axis(title=None, values=[0, 20, 40], grid=True, labels=first)

    def y(field: str) -> alt.Y:
        return alt.Y(f"{field}:Q", scale=scale, axis=axis)

    title = alt.Title(FAMILY[family], subtitle=_weight(c, family), fontSize=12, subtitleFontSize=12)
    layers = band_layers(frame, x, y, 0.14, tips=False)
    return alt.layer(*layers).properties(width=plot, height=105, title=title)


def _hazard_block(
    c: Curves, frames: dict[tuple[str, str], pd.DataFrame], width: int, lowest: bool
) -> alt.VConcatChart:
    """The panels of one cohort; ``lowest``: months stand beneath its last line."""
    columns = 6 if width > 500 else 3
    plot = (width - 50 - 10 * (columns - 1)) // columns
    families = [f for f in FAMILY if (c.group, f) in frames]
    lines = [families[i : i + columns] for i in range(0, len(families), columns)]
    charts = []
    for line in lines:
        last = lowest and line is lines[-1]
        panels = [
            _hazard_panel(c, f, frames[c.group, f], plot, k == 0, last) for k, f in enumerate(line)
        ]
        charts.append(alt.hconcat(*panels, spacing=10))
    title = _("Monthly hazard, per 100 at risk: {cohort}").format(cohort=COHORTS[c.group])
    return alt.vconcat(*charts, spacing=8).properties(title=alt.Title(title, fontSize=13))


def hazards(endpoint: str = "pfs") -> Figure:
    """The hazard each family implies, per month and arm; title: the family's weight.

    Raises LookupError where no cohort has enough printed for a curve.
    """
    shown = shown_curves(endpoint)
    frames: dict[tuple[str, str], pd.DataFrame] = {}
    rows = []
    for c in shown:
        for family, arms in family_draws(c).items():
            if set(arms) != set(ARMS):
                continue
            parts = {arm: _hazard_band(arm, distribution) for arm, distribution in arms.items()}
            rows += [_hazard_row(c, family, arm, band) for arm, band in parts.items()]
            frame = pd.concat(parts.values())
            cut = {v: frame[v].clip(upper=TOP) for v in ("low", "middle", "high")}
            frames[c.group, family] = frame.assign(**cut)

    def draw(width: int) -> alt.VConcatChart:
        blocks = [_hazard_block(c, frames, width, c is shown[-1]) for c in shown]
        return alt.vconcat(*blocks, spacing=14, title=route_title(shown))

    weights = "; ".join(
        f"{COHORTS[c.group]}: "
        + ", ".join(f"{FAMILY[f]} {numbers.number(100 * w)} %" for f, w in c.draws.families.items())
        for c in shown
    )
    return Figure(
        draw,
        _(
            "Small multiples of the monthly hazard with bands, one panel per family of curves;"
            " {lines}. Weights: {weights}."
        ).format(lines=", ".join(_line(arm) for arm in ARMS), weights=weights),
        pd.DataFrame(rows),
        file_name(f"{endpoint}-hazards"),
        base_sources(),
        note=_("{treated}. {control}. The axis ends at {end}.").format(
            treated=_named_stroke(ARMS[0]), control=_named_stroke(ARMS[1]), end=f"{TOP:g}"
        ),
    )


def _line(arm: str) -> str:
    """An arm after how its line looks."""
    line = _("{stroke} {colour} {arm}")
    return line.format(stroke=STROKE[arm], colour=COLOUR[arm], arm=ARM_LABELS[arm])


def _named_stroke(arm: str) -> str:
    return _("{stroke}: {arm}").format(stroke=capitalised(STROKE[arm]), arm=ARM_LABELS[arm])


def model_choice(endpoint: str = "os") -> Table:
    """Families beside each other as TSD 14 and 21 ask: how the hazard can run, the weight before
    and given the printed numbers, and the share at five and ten years in the treated arm.

    Raises LookupError where no cohort has enough printed for a curve.
    """
    shown = shown_curves(endpoint)
    by_family = {c.group: family_draws(c) for c in shown}
    rows = []
    for family, label in FAMILY.items():
        row = {
            _("Family"): label,
            _("Hazard"): TAIL[family],
            _("Weight before"): f"{numbers.number(100 * FAMILY_WEIGHT[family])}\u00a0%",
        }
        for c in shown:
            cohort = COHORTS[c.group]
            drawn = by_family[c.group].get(family, {}).get(ARMS[0])
            row[_("{cohort}: weight").format(cohort=cohort)] = _weight(c, family)
            for years in (5, 10):
                share = percent(drawn.survival(12.0 * years)) if drawn is not None else "–"
                row[_("{cohort}: {years} years").format(cohort=cohort, years=years)] = share
        rows.append(row)
    return Table(pd.DataFrame(rows))

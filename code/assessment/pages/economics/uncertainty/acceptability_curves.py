"""Acceptability curves and the frontier."""

from __future__ import annotations

import altair as alt
import numpy as np
import pandas as pd

from assessment.case.model import runs
from assessment.case.model.inputs.model_inputs import COHORTS
from assessment.case.trial.trial import COHORTS as NAMES
from assessment.pages.economics.shared.arm_names import ARM_NAMES, CONTROL_NAME, DRUG
from assessment.pages.economics.shared.cohort_panels import beside_or_below
from assessment.pages.economics.shared.reference_lines import REFERENCE_SOURCES, reference_lines
from assessment.presentation import theme
from assessment.presentation.language import _
from assessment.presentation.money_format import (
    MILLION,
    format_million_nok,
    format_nok,
    format_share,
)
from assessment.presentation.show import Figure

TABLE_STEP_NOK = 500_000


def acceptability_figure() -> Figure:
    """Acceptability curves of both strategies, the frontier thick, by cohort."""
    curves = {cohort: _curves(cohort) for cohort in COHORTS}

    def draw(width: int) -> alt.TopLevelMixin:
        wide = width > 500
        panels = []
        for cohort, lines in curves.items():
            panel = _panel(cohort, lines, wide, first=cohort == COHORTS[0])
            panels.append(
                panel.properties(
                    width=(width - 116) // 2 if wide else width - 60,
                    height=230 if wide else 180,
                    title=alt.Title(NAMES[cohort], fontSize=13),
                )
            )
        return beside_or_below(panels, wide)

    finding = "; ".join(
        _("{cohort}: {drug} in {share} of draws at {value} per QALY, {turns}").format(
            cohort=NAMES[cohort],
            drug=DRUG,
            share=share_worth_it(cohort),
            value=format_nok(runs.severity(cohort).reference_nok_per_qaly),
            turns=where_decision_turns(cohort),
        )
        for cohort in COHORTS
    )
    return Figure(
        draw,
        _(
            "Acceptability curves of {drug} and {control} from zero to six million NOK per QALY"
            " at an assumed price, the strategy with the higher expected net benefit marked thick."
            " {finding}."
        ).format(drug=DRUG, control=CONTROL_NAME, finding=finding),
        pd.concat([_table(cohort) for cohort in COHORTS], ignore_index=True).round(1),
        "economics-acceptability",
        REFERENCE_SOURCES,
        note=_(
            "Thick: higher expected net benefit (frontier). Upright lines: stated policy (solid),"
            " proposal for the cohort's class (dashed)."
        ),
    )


def _curves(cohort: str) -> pd.DataFrame:
    """Share of draws by arm and threshold in million NOK, and whether the arm is ``best`` there."""
    certainty, strategies = runs.certainty(cohort), runs.draws(cohort).strategies
    return pd.concat(
        [
            pd.DataFrame(
                {
                    "threshold": certainty.thresholds / MILLION,
                    "share": 100 * probability,
                    "arm": ARM_NAMES[arm],
                    "best": certainty.best == place,
                }
            )
            for place, (arm, probability) in enumerate(zip(strategies, certainty.probability))
        ]
    )


def _panel(
    cohort: str, lines: pd.DataFrame, wide: bool, first: bool
) -> alt.LayerChart | alt.FacetChart:
    arms, legend = list(ARM_NAMES.values()), alt.Legend(title=None, symbolOpacity=1)
    share = _("Draws with the highest net benefit, %") if wide else _("Draws, %")
    x = alt.X(
        "threshold:Q",
        title=_("Worth of a QALY, million NOK"),
        axis=alt.Axis(grid=False, values=[0, 1, 2, 3, 4, 5, 6]),
    )
    y = alt.Y(
        "share:Q",
        title=share if first or not wide else None,
        scale=alt.Scale(domain=[0, 100]),
        axis=alt.Axis(values=[0, 25, 50, 75, 100]),
    )
    colour = alt.Color(
        "arm:N",
        scale=alt.Scale(domain=arms, range=list(theme.ARM_COLOURS.values())),
        legend=legend,
    )
    dash = alt.StrokeDash(
        "arm:N",
        scale=alt.Scale(domain=arms, range=list(theme.ARM_DASHES.values())),
        legend=legend,
    )
    tips = [
        alt.Tooltip("arm:N", title=_("Strategy")),
        alt.Tooltip("threshold:Q", title=_("Million NOK per QALY")),
        alt.Tooltip("share:Q", title=_("Draws, %"), format=".1f"),
    ]
    line = alt.Chart(lines).encode(x=x, y=y, color=colour)
    return alt.layer(
        *_reference_layers(cohort, x),
        line.transform_filter("datum.best").mark_line(strokeWidth=8, opacity=0.3),
        line.mark_line().encode(strokeDash=dash, tooltip=tips),
    )


def _reference_layers(cohort: str, x: alt.X) -> list[alt.Chart]:
    references = pd.DataFrame(
        [{**line, "threshold": line["value"] / MILLION} for line in reference_lines(cohort)]
    )
    return [
        alt.Chart(references[references["kind"] == kind])
        .mark_rule(color=theme.INK, strokeDash=dash, strokeWidth=1)
        .encode(x=x)
        for kind, dash in (("policy", [1, 0]), ("proposal", [5, 3]))
    ]


def _table(cohort: str) -> pd.DataFrame:
    certainty = runs.certainty(cohort)
    shown = np.isin(certainty.thresholds % TABLE_STEP_NOK, 0)
    return pd.DataFrame(
        {
            _("Cohort"): NAMES[cohort],
            _("NOK per QALY"): certainty.thresholds[shown].astype(int),
            **{
                _("{arm}, %").format(arm=name): 100 * probability[shown]
                for name, probability in zip(ARM_NAMES.values(), certainty.probability)
            },
            _("Frontier, %"): 100 * certainty.frontier[shown],
        }
    )


def share_worth_it(cohort: str) -> str:
    """Share of draws in which the drug is worth its price at the value of the cohort's class."""
    own = runs.severity(cohort).reference_nok_per_qaly
    worth_it = runs.draws(cohort).increment.net_monetary_benefit(own) > 0
    return format_share(float(worth_it.mean()))


def where_decision_turns(cohort: str) -> str:
    """Where the expected net benefit turns, in words."""
    icer = float(runs.draws(cohort).increment.mean.icer)
    if not np.isfinite(icer):
        return _("{control} best at every value").format(control=CONTROL_NAME)
    if icer > runs.HIGHEST_THRESHOLD_NOK:
        return _("{control} best at every value shown").format(control=CONTROL_NAME)
    return _("best from {amount} per QALY").format(amount=format_million_nok(icer, 1))

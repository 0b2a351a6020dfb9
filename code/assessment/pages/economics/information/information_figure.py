"""Figure of what more knowledge would be worth."""

from __future__ import annotations

import altair as alt
import pandas as pd

from assessment.case.model import runs
from assessment.case.model.inputs.model_inputs import COHORTS
from assessment.case.trial.trial import COHORTS as NAMES
from assessment.pages.economics.information.information_table import value_table
from assessment.pages.economics.information.worth_of_knowledge import (
    KINDS,
    WORDS,
    largest,
    per_patient,
)
from assessment.pages.economics.shared.cohort_styles import COHORT_COLOURS
from assessment.pages.economics.shared.result_wording import leans, under
from assessment.presentation import numbers, theme
from assessment.presentation.money_format import MILLION, money
from assessment.presentation.show import Figure
from assessment.survival.distributions.special_functions import Z_975

KIND_COLOURS = {"all": theme.INK, "trial": theme.BLUE, "registry": theme.ORANGE}


KIND_DASHES = {"all": [1, 0], "trial": [6, 3], "registry": [2, 3]}


SOURCES = ("meldst38", "magnussen2015")


def information_value() -> Figure:
    """Value of all knowledge and of two studies by threshold, and of single inputs where the
    decision turns.
    """
    curves, bars = {}, {}
    for cohort in COHORTS:
        certain, info = runs.certainty(cohort), runs.information(cohort)
        curves[cohort] = pd.concat(
            [
                pd.DataFrame(
                    {
                        "threshold": runs.thresholds() / MILLION,
                        "value": v / MILLION,
                        "kind": WORDS[k],
                    }
                )
                for k, v in (
                    ("all", certain.evpi),
                    *((k, info.studies[k].value) for k in KINDS[1:]),
                )
            ]
        )
        found = largest(cohort)
        bars[cohort] = found.assign(
            value=found["evppi"] / MILLION,
            low=(found["evppi"] - Z_975 * found["standard_error"]).clip(lower=0) / MILLION,
            high=(found["evppi"] + Z_975 * found["standard_error"]) / MILLION,
        )
        bars[cohort].attrs = found.attrs
    top, names = max(float(c["value"].max()) for c in curves.values()), [WORDS[k] for k in KINDS]

    def draw(width: int):
        wide = width > 500
        labels = 150 if wide else 145  # room for the names of the bars, which the lines above share
        each = (width - labels - 58) // 2 if wide else width - labels

        def lines(cohort: str):
            first = cohort == COHORTS[0]
            legend = alt.Legend(title=None, columns=0 if wide else 1, labelLimit=240)
            x = alt.X(
                "threshold:Q",
                title=WORDS["threshold"],
                axis=alt.Axis(grid=False, values=[0, 1, 2, 3, 4, 5, 6]),
            )
            y = alt.Y(
                "value:Q",
                title=WORDS["value_short"] if first or not wide else None,
                scale=alt.Scale(domain=[0, top]),
                axis=alt.Axis(tickCount=5),
            )
            chart = (
                alt.Chart(curves[cohort])
                .mark_line()
                .encode(
                    x=x,
                    y=y,
                    color=alt.Color(
                        "kind:N",
                        scale=alt.Scale(domain=names, range=[KIND_COLOURS[k] for k in KINDS]),
                        legend=legend,
                    ),
                    strokeDash=alt.StrokeDash(
                        "kind:N",
                        scale=alt.Scale(domain=names, range=[KIND_DASHES[k] for k in KINDS]),
                        legend=legend,
                    ),
                    tooltip=[
                        alt.Tooltip("kind:N", title="Knowing"),
                        alt.Tooltip("threshold:Q", title="Million NOK per QALY"),
                        alt.Tooltip("value:Q", title="Million NOK", format=".3f"),
                    ],
                )
            )
            own = (
                alt.Chart(
                    pd.DataFrame(
                        {"threshold": [runs.severity(cohort).reference_nok_per_qaly / MILLION]}
                    )
                )
                .mark_rule(strokeDash=[5, 3], strokeWidth=1)
                .encode(x=x)
            )
            return alt.layer(own, chart).properties(
                width=each, height=200 if wide else 170, title=alt.Title(NAMES[cohort], fontSize=13)
            )

        def row(cohort: str):
            data = bars[cohort]
            base = alt.Chart(data).encode(
                y=alt.Y("label:N", sort=None, title=None, axis=alt.Axis(labelLimit=165))
            )
            last = cohort == COHORTS[-1]
            x = alt.X(
                "value:Q",
                title=WORDS["value"] if last and wide else WORDS["value_short"] if last else None,
                scale=alt.Scale(domain=[0, max(float(b["high"].max()) for b in bars.values())]),
                axis=alt.Axis(tickCount=5 if wide else 3),
            )
            heading = (
                f"{NAMES[cohort]}:"
                f" {WORDS['bars'].format(value=numbers.number(1000 * round(data.attrs['threshold'] / 1000)))}"
                if wide
                else [
                    NAMES[cohort],
                    WORDS["bars"].format(
                        value=numbers.number(1000 * round(data.attrs["threshold"] / 1000))
                    ),
                ]
            )
            return alt.layer(
                base.mark_bar(height=14, color=COHORT_COLOURS[cohort]).encode(
                    x=x,
                    tooltip=[
                        alt.Tooltip("label:N", title="Knowing"),
                        alt.Tooltip("value:Q", title="Million NOK", format=".3f"),
                    ],
                ),
                base.mark_rule(strokeWidth=1.6).encode(x="low:Q", x2="high:Q"),
            ).properties(
                width=width - labels, height=alt.Step(23), title=alt.Title(heading, fontSize=13)
            )

        tops = [lines(c) for c in COHORTS]
        upper = alt.hconcat(*tops, spacing=16) if wide else alt.vconcat(*tops, spacing=14)
        return alt.vconcat(
            upper, *(row(c) for c in COHORTS), spacing=18, title=under(leans(not wide))
        )

    said = []
    for cohort in COHORTS:
        at, own = per_patient(cohort), runs.severity(cohort).reference_nok_per_qaly
        everything = at[(at["kind"] == "all") & (at["threshold"] == own)]["value"].iloc[0]
        said.append(
            f"{NAMES[cohort]}: knowing everything is worth {money(everything, 3)} a patient at the"
            " class's value; where the decision turns the largest single input is"
            f" {largest(cohort)['label'].iloc[0].lower()},"
            f" {money(largest(cohort)['evppi'].iloc[0], 2)}"
        )
    return Figure(
        draw,
        "Lines of the value of knowledge per patient against the worth of a QALY, and bars of the"
        f" value of knowing single inputs, at an assumed price. {'; '.join(said)}.",
        value_table(),
        "economics-information",
        SOURCES,
        note=(
            f"{WORDS['population']}: assumptions. Dashed upright: proposal for the cohort's class."
            " Rules on bars: 95 % of Monte Carlo error. Inputs not shown cannot be told from no"
            " value. Costs of the studies, and patients treated before they report, are not taken"
            " off."
        ),
    )

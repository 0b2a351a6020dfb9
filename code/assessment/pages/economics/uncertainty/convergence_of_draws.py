"""Whether there are enough draws: means after the first so many."""

from __future__ import annotations

import altair as alt
import pandas as pd

from assessment.case.model import runs
from assessment.case.model.inputs.model_inputs import COHORTS
from assessment.case.trial.trial import COHORTS as NAMES
from assessment.economics.analysis.acceptability import convergence as running_means
from assessment.pages.economics.shared.cohort_styles import COHORT_COLOURS, COHORT_DASHES
from assessment.pages.economics.shared.result_wording import leans, under
from assessment.pages.economics.uncertainty.uncertainty_words import WORDS
from assessment.presentation import numbers
from assessment.presentation.money_format import MILLION
from assessment.presentation.show import Figure
from assessment.survival.distributions.special_functions import Z_975


def convergence() -> Figure:
    """Mean net benefit after the first draws, with its Monte Carlo interval, by cohort."""
    frames = {}
    for cohort in COHORTS:
        inc = runs.draws(cohort).increment
        found = running_means(inc.cost, inc.effect, runs.severity(cohort).reference_nok_per_qaly)
        found = found[found["draws"] >= 50]
        frames[cohort] = found.assign(
            mean=found["net_benefit"] / MILLION,
            low=(found["net_benefit"] - Z_975 * found["standard_error"]) / MILLION,
            high=(found["net_benefit"] + Z_975 * found["standard_error"]) / MILLION,
        )

    def draw(width: int):
        wide = width > 500
        layers = []
        for cohort, data in frames.items():
            x = alt.X(
                "draws:Q",
                title=WORDS["draws"],
                scale=alt.Scale(type="log", nice=False),
                axis=alt.Axis(values=[100, 1000, 10_000], grid=False, format=",d"),
            )

            def y(name):
                return alt.Y(f"{name}:Q", title=WORDS["mean"], scale=alt.Scale(zero=False))

            chart = alt.Chart(data).encode(x=x)
            layers += [
                chart.mark_area(color=COHORT_COLOURS[cohort], opacity=0.18).encode(
                    y=y("low"), y2="high:Q"
                ),
                chart.mark_line(
                    color=COHORT_COLOURS[cohort], strokeDash=COHORT_DASHES[cohort]
                ).encode(y=y("mean")),
                alt.Chart(data.tail(1))
                .mark_text(align="right", dy=-22, fontWeight=600, color=COHORT_COLOURS[cohort])
                .encode(x=x, y=y("mean"), text=alt.value(NAMES[cohort])),
            ]
        return alt.layer(*layers).properties(
            width=width - 66, height=220, title=under(leans(not wide))
        )

    table = pd.concat(
        [
            f.assign(cohort=NAMES[c])[["cohort", "draws", "mean", "low", "high"]].iloc[::4]
            for c, f in frames.items()
        ]
        + [
            f.assign(cohort=NAMES[c])[["cohort", "draws", "mean", "low", "high"]].tail(1)
            for c, f in frames.items()
        ]
    ).drop_duplicates()
    table = (
        table.sort_values(["cohort", "draws"])
        .round(3)
        .rename(
            columns={
                "cohort": "Cohort",
                "draws": "Draws",
                "mean": "Mean net benefit, million NOK",
                "low": "95 % from",
                "high": "95 % to",
            }
        )
    )
    said = "; ".join(
        f"{NAMES[c]}: {numbers.number(f['mean'].iloc[-1], 2)} million NOK, give or take"
        f" {numbers.number(f['high'].iloc[-1] - f['mean'].iloc[-1], 3)}"
        for c, f in frames.items()
    )
    return Figure(
        draw,
        "Lines of the mean net monetary benefit at the class's reference value after the first n"
        f" draws, with shrinking 95 % bands, at an assumed price. After the last draw {said}.",
        table,
        "economics-convergence",
        note=(
            f"Band: Monte Carlo error only, {Z_975:.2f} standard errors either way; at most so"
            " wide, since the draws of the curves are spread evenly."
        ),
    )

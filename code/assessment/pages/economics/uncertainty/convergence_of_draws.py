"""Whether there are enough draws: means after the first so many."""

from __future__ import annotations

import altair as alt
import pandas as pd

from assessment.case.model import runs
from assessment.case.model.inputs.model_inputs import COHORTS
from assessment.case.trial.trial import COHORTS as NAMES
from assessment.economics.analysis.acceptability import convergence
from assessment.pages.economics.shared.result_wording import assumption_lines
from assessment.presentation import numbers, theme
from assessment.presentation.chart_label import chart_label
from assessment.presentation.language import _
from assessment.presentation.money_format import MILLION
from assessment.presentation.show import Figure
from assessment.survival.distributions.special_functions import Z_975

FEWEST_DRAWS = 50
MEAN = _("Mean net benefit, million NOK")
COLUMNS = {
    "cohort": _("Cohort"),
    "draws": _("Draws"),
    "mean": MEAN,
    "low": _("95 % from"),
    "high": _("95 % to"),
}


def convergence_figure() -> Figure:
    """Mean net benefit after the first draws, with its Monte Carlo interval, by cohort."""
    means = {cohort: _running_means(cohort) for cohort in COHORTS}

    def draw(width: int) -> alt.TopLevelMixin:
        wide = width > 500
        layers = [layer for cohort, data in means.items() for layer in _layers(cohort, data)]
        return alt.layer(*layers).properties(
            width=width - 66, height=220, title=chart_label(assumption_lines(wide))
        )

    finding = "; ".join(
        _("{cohort}: {mean} million NOK, give or take {error}").format(
            cohort=NAMES[cohort],
            mean=numbers.number(data["mean"].iloc[-1], 2),
            error=numbers.number(data["high"].iloc[-1] - data["mean"].iloc[-1], 3),
        )
        for cohort, data in means.items()
    )
    return Figure(
        draw,
        _(
            "Lines of the mean net monetary benefit at the class's reference value after the first"
            " n draws, with shrinking 95 % bands, at an assumed price. After the last draw"
            " {finding}."
        ).format(finding=finding),
        _table(means),
        "economics-convergence",
        note=_(
            "Band: Monte Carlo error only, {errors} standard errors either way; at most so wide,"
            " since the draws of the curves are spread evenly."
        ).format(errors=f"{Z_975:.2f}"),
    )


def _running_means(cohort: str) -> pd.DataFrame:
    """Mean net benefit after the first ``draws``, million NOK, and its 95 % Monte Carlo limits."""
    increment = runs.draws(cohort).increment
    own = runs.severity(cohort).reference_nok_per_qaly
    running = convergence(increment.cost, increment.effect, own)
    running = running[running["draws"] >= FEWEST_DRAWS]
    mean, reach = running["net_benefit"], Z_975 * running["standard_error"]
    return running.assign(
        mean=mean / MILLION,
        low=(mean - reach) / MILLION,
        high=(mean + reach) / MILLION,
    )


def _layers(cohort: str, data: pd.DataFrame) -> list[alt.Chart]:
    """Band, line and name of one cohort."""
    colour = theme.COHORT_COLOURS[cohort]
    x = alt.X(
        "draws:Q",
        title=_("Draws, logarithmic"),
        scale=alt.Scale(type="log", nice=False),
        axis=alt.Axis(values=[100, 1000, 10_000], grid=False, format=",d"),
    )
    low = alt.Y("low:Q", title=MEAN, scale=alt.Scale(zero=False))
    mean = alt.Y("mean:Q", title=MEAN, scale=alt.Scale(zero=False))
    chart = alt.Chart(data).encode(x=x)
    return [
        chart.mark_area(color=colour, opacity=0.18).encode(y=low, y2="high:Q"),
        chart.mark_line(color=colour, strokeDash=theme.COHORT_DASHES[cohort]).encode(y=mean),
        alt.Chart(data.tail(1))
        .mark_text(align="right", dy=-22, fontWeight=600, color=colour)
        .encode(x=x, y=mean, text=alt.value(NAMES[cohort])),
    ]


def _table(means: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Every fourth row of each cohort, and its last."""
    named = [data.assign(cohort=NAMES[c])[list(COLUMNS)] for c, data in means.items()]
    rows = pd.concat([data.iloc[::4] for data in named] + [data.tail(1) for data in named])
    return rows.drop_duplicates().sort_values(["cohort", "draws"]).round(3).rename(columns=COLUMNS)

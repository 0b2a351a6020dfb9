"""Figure of the remaining QALYs recomputed here against DMP's."""

from __future__ import annotations

import altair as alt
import pandas as pd

from assessment.economics.model.absolute_shortfall import check_against_published
from assessment.evidence import load_facts
from assessment.presentation import colour_grammar, numbers, theme
from assessment.presentation.language import _
from assessment.presentation.show import Figure

COLUMNS = {
    "age": _("Age"),
    "remaining_qalys": _("DMP's remaining QALYs"),
    "our_qalys": _("Ours"),
    "difference": _("Difference"),
}


def norms_check_figure() -> Figure:
    """Our remaining QALYs less DMP's printed ones, by age, with the tolerance of the tests."""
    check = check_against_published()
    limit = load_facts()["economics.severity.check_tolerance"].number
    youngest, oldest = int(check["age"].min()), int(check["age"].max())

    def draw(width: int) -> alt.TopLevelMixin:
        wide = width > 500
        x = alt.X(
            "age:Q",
            title=_("Age"),
            scale=alt.Scale(domain=[youngest - 1, oldest + 1], nice=False),
            axis=alt.Axis(values=list(range(40, 91, 10)), grid=False),
        )
        ticks = [-0.2, -limit, 0, limit, 0.2] if wide else [-limit, 0, limit]
        y = alt.Y(
            "difference:Q",
            title=_("Ours less DMP's, QALYs"),
            scale=alt.Scale(domain=[-0.2, 0.2]),
            axis=alt.Axis(values=ticks, format=".2f"),
        )
        limits = alt.Chart(pd.DataFrame({"difference": [-limit, limit]}))
        zero = alt.Chart(pd.DataFrame({"difference": [0.0]}))
        tips = [
            alt.Tooltip("age:Q"),
            alt.Tooltip("our_qalys:Q", title=_("Ours"), format=".2f"),
            alt.Tooltip("remaining_qalys:Q", title=_("DMP's")),
        ]
        dots = (
            alt.Chart(check)
            .mark_point(filled=True, size=34, color=colour_grammar.MAIN, opacity=1)
            .encode(x=x, y=y, tooltip=tips)
        )
        return alt.layer(
            limits.mark_rule(strokeDash=[4, 3], color=colour_grammar.ATTENTION).encode(y=y),
            zero.mark_rule(color=theme.MUTED).encode(y=y),
            dots,
        ).properties(width=width - 74, height=200)

    worst = check.loc[[check["difference"].abs().idxmax()]].iloc[0]
    return Figure(
        draw,
        _(
            "Dots of the difference between recomputed and printed remaining QALYs, ages {youngest}"
            " to {oldest}. All lie within the tolerance; the largest is {largest} at age {age}."
        ).format(
            youngest=youngest,
            oldest=oldest,
            largest=numbers.number(float(worst["difference"]), 2),
            age=int(worst["age"]),
        ),
        check[list(COLUMNS)].rename(columns=COLUMNS).round(2),
        "severity-check",
        ("dmp2025tool", "ssb07902"),
    )

"""How the cost per QALY moved from change to change of the book, as a figure."""

from __future__ import annotations

import altair as alt
import pandas as pd

from assessment.case.definition import load_case
from assessment.evidence import load_register
from assessment.evidence.provenance.traced_text import computed
from assessment.presentation import numbers, theme
from assessment.presentation.glue_keys import of_cohort
from assessment.presentation.language import _
from assessment.presentation.show import Figure

LIMIT = "more than"  # not translated: a value of the register
W = {
    "step": _("Step"),
    "date": _("Date"),
    "cohort": _("Cohort"),
    "cost": _("Million NOK per QALY"),
    "limit": _("at least"),
    "exact": _("as printed"),
    "told": _("How it was told"),
    "section": _("Where"),
}


def steps() -> pd.DataFrame:
    """The cost per QALY after each change that moved it, oldest first: ``step`` from 1, ``date``,
    ``cohort``, ``million_nok_per_qaly``, ``limit`` ('more than' or None), and the change's ``what``.
    """
    changes = load_register("changes")
    found = load_register("headline-steps")
    of_change = changes.iloc[found["change"].astype(int) - 1].reset_index(drop=True)
    order = {change: number for number, change in enumerate(dict.fromkeys(found["change"]), 1)}
    return found.assign(
        step=found["change"].map(order), date=of_change["date"], what=of_change["what"]
    )


@computed
def steps_texts() -> dict[str, str]:
    """How far the cost per QALY of each cohort has moved, and how often the conclusion changed."""
    found, changes = steps(), load_register("changes")
    texts = {"history_steps": numbers.number(int(found["step"].max()))}
    for cohort, of_it in found.groupby("cohort"):
        told = sorted(
            (float(row["million_nok_per_qaly"]), _cost(row)) for _i, row in of_it.iterrows()
        )
        ends = {"history_lowest": told[0][1], "history_highest": told[-1][1]}
        texts |= of_cohort(str(cohort), ends)
    texts["history_changes"] = numbers.number(len(changes))
    texts["history_conclusions"] = numbers.number(
        int((changes["conclusion_changed"] == "yes").sum())
    )
    return texts


def _cost(row) -> str:
    value = float(row["million_nok_per_qaly"])
    said = numbers.number(value, 0 if value >= 10 else 1)
    return _("more than {value}").format(value=said) if row["limit"] == LIMIT else said


def history_figure() -> Figure:
    """The cost per QALY of each cohort after each change, on a scale of equal ratios."""
    case, found = load_case(), steps()
    names = case.cohort_labels()
    data = pd.DataFrame(
        {
            "step": found["step"],
            # the year stands in the title
            "day": [numbers.partial_date(day).rpartition(" ")[0] for day in found["date"]],
            "cohort": found["cohort"].map(names),
            "cost": found["million_nok_per_qaly"].astype(float),
            "told": [W["limit"] if limit == LIMIT else W["exact"] for limit in found["limit"]],
            "said": [_cost(row) for _i, row in found.iterrows()],
        }
    )
    days = data.groupby("day", sort=False)["step"].min()
    labels = " : ".join(f"datum.value == {step} ? '{day}'" for day, step in days.items()) + " : ''"
    years = "–".join(dict.fromkeys(str(day)[:4] for day in sorted(found["date"])))
    colours = [theme.COHORT_COLOURS[cohort] for cohort in names]

    def draw(width: int) -> alt.TopLevelMixin:
        wide = width > 500
        last = int(data["step"].max())
        x = alt.X(
            "step:Q",
            title=years,
            scale=alt.Scale(domain=[0.7, last + (0.6 if wide else 0.9)]),
            axis=alt.Axis(
                values=[int(step) for step in days],
                labelExpr=labels,
                labelAlign="left" if wide else "right",
                labelAngle=0 if wide else -40,
                labelOverlap=False,
                grid=False,
            ),
        )
        y = alt.Y(
            "cost:Q",
            title=W["cost"],
            scale=alt.Scale(type="log", domain=[2, 40], nice=False),
            axis=alt.Axis(values=[2, 5, 10, 20, 40]),
        )
        colour = alt.Color(
            "cohort:N",
            scale=alt.Scale(domain=list(names.values()), range=colours),
            legend=alt.Legend(title=None, orient="top"),
        )
        base = alt.Chart(data).encode(x=x, y=y, color=colour)
        shape = alt.Shape(
            "told:N",
            scale=alt.Scale(domain=[W["exact"], W["limit"]], range=["circle", "triangle-up"]),
            legend=alt.Legend(title=None, orient="top"),
        )
        tips = [
            alt.Tooltip("day:N", title=W["date"]),
            alt.Tooltip("cohort:N", title=W["cohort"]),
            alt.Tooltip("said:N", title=W["cost"]),
        ]
        points = base.mark_point(filled=True, size=70, opacity=1).encode(shape=shape, tooltip=tips)
        ends = alt.Chart(data[data["step"] == last]).encode(x=x, y=y, color=colour)
        said = ends.mark_text(align="left", dx=9).encode(text="said:N")
        lines = base.mark_line(interpolate="step-after", strokeWidth=1.6, opacity=0.7)
        return (lines + points + said).properties(width=width - 70, height=260 if wide else 230)

    ends = data[data["step"] == data["step"].max()].set_index("cohort")["said"]
    told = "; ".join(
        _("{cohort} {value}").format(cohort=cohort, value=value) for cohort, value in ends.items()
    )
    table = data[["step", "day", "cohort", "said"]].set_axis(
        [W["step"], W["date"], W["cohort"], W["cost"]], axis=1
    )
    return Figure(
        draw,
        _(
            "Stepped lines of the cost per QALY of each cohort after each change of the book, on a"
            " logarithmic scale; triangles where only a lower limit was told. Now: {told} million NOK."
        ).format(told=told),
        table,
        "headline-by-change",
    )

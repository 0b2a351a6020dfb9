"""How far the book answers each reporting checklist, as a figure."""

from __future__ import annotations

import altair as alt
import pandas as pd

from assessment.pages.reporting_checklists.checklist_tables import ANSWERS, KEYS, counts
from assessment.presentation import colour_grammar
from assessment.presentation.language import _
from assessment.presentation.show import Figure

COLOURS = {
    "reported": colour_grammar.RAMP[0],
    "in part": colour_grammar.RAMP[2],  # not translated: key
    "not reported": colour_grammar.ATTENTION,  # not translated: key
    "not applicable": colour_grammar.RAMP[4],  # not translated: key
    "not readable": colour_grammar.RAMP[1],  # not translated: key
}


def summary_figure() -> Figure:
    """Stacked bars of the answers to the items of each checklist."""
    rows = []
    for checklist in KEYS:
        start = 0
        for place, (answer, count) in enumerate(counts(checklist).items()):
            if count:
                rows.append(
                    {
                        "checklist": checklist,
                        "answer": ANSWERS[answer],
                        "items": count,
                        "from": start,
                        "to": start + count,
                        "place": place,
                    }
                )
            start += count
    data, order = pd.DataFrame(rows), list(ANSWERS.values())

    def draw(width: int) -> alt.TopLevelMixin:
        wide = width > 500
        colour = alt.Color(
            "answer:N",
            sort=order,
            scale=alt.Scale(domain=order, range=list(COLOURS.values())),
            legend=alt.Legend(title=None, columns=0 if wide else 2),
        )
        tips = [
            alt.Tooltip("checklist:N", title=_("Checklist")),
            alt.Tooltip("answer:N", title=_("Answer")),
            alt.Tooltip("items:Q", title=_("Items")),
        ]
        bars = alt.Chart(data).encode(y=alt.Y("checklist:N", title=None, sort=list(KEYS)))
        x = alt.X("from:Q", title=_("Items"), axis=alt.Axis(grid=False, tickCount=5))
        return (
            bars.mark_bar(height=26, stroke=colour_grammar.OUTLINE, strokeWidth=0.7)
            .encode(x=x, x2="to:Q", color=colour, tooltip=tips)
            .properties(width=width - 130, height=alt.Step(38))
        )

    finding = "; ".join(
        _("{checklist}: {parts}").format(
            checklist=checklist,
            parts=", ".join(
                f"{count} {ANSWERS[answer]}" for answer, count in counts(checklist).items() if count
            ),
        )
        for checklist in KEYS
    )
    table = pd.DataFrame(
        [
            {_("Checklist"): checklist}
            | {ANSWERS[answer]: count for answer, count in counts(checklist).items()}
            for checklist in KEYS
        ]
    )
    return Figure(
        draw,
        _("Bars of the items of each checklist by answer. {finding}.").format(finding=finding),
        table,
        "reporting-checklists",
        ("husereau2022", "buyukkaramikli2019", "dmptemplate2023"),
    )

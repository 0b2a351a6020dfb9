"""Figure of reference values by severity class."""

from __future__ import annotations

import altair as alt
import pandas as pd

from assessment.evidence import Fact, load_facts, load_population_table
from assessment.pages.economics.shared.reference_lines import POLICY
from assessment.presentation import colour_grammar, numbers, theme
from assessment.presentation.language import _
from assessment.presentation.show import Figure, ref

PROPOSAL = _("proposal")
PER_QALY = _("NOK per QALY")


def reference_value_figure() -> Figure:
    """Reference values by severity class: the stated opportunity cost, and the steps of the
    proposal above it.
    """
    classes = _classes()
    bars = pd.DataFrame(
        {
            "class": number,
            "value": value.number,
            "text": numbers.number(value.number),
            "kind": _standing(weight),
        }
        for number, (value, weight) in classes.items()
    )

    def draw(width: int) -> alt.TopLevelMixin:
        wide = width > 500
        title = alt.Title(PER_QALY, subtitle=_("solid: stated policy · dashed: proposal"))
        return _bar_chart(bars, wide).properties(width=width - 12, height=230, title=title)

    finding = "; ".join(
        _("class {number} {value} ({standing})").format(
            number=row["class"], value=row["text"], standing=row["kind"]
        )
        for row in bars.to_dict("records")
    )
    table = pd.DataFrame(
        {
            _("Class"): number,
            _("Weight"): ref(weight, "bare"),
            _("Reference value"): ref(value),
            _("Standing"): _standing(weight),
        }
        for number, (value, weight) in classes.items()
    )
    return Figure(
        draw,
        _("Bars of reference values in NOK per QALY by severity class: {finding}.").format(
            finding=finding
        ),
        table,
        "reference-values",
        ("meldst38", "magnussen2015"),
    )


def _classes() -> dict[int, tuple[Fact, Fact]]:
    """Reference value and weight of each class."""
    facts = load_facts()
    return {
        int(number): (
            facts[f"norway.reference.class{number}.value"],
            facts[f"norway.reference.class{number}.weight"],
        )
        for number in load_population_table("severity-classes")["class"]
    }


def _standing(weight: Fact) -> str:
    return POLICY if weight.number == 1 else PROPOSAL


def _bar_chart(bars: pd.DataFrame, wide: bool) -> alt.LayerChart | alt.FacetChart:
    """A bar for each class, solid where policy and hollow where proposed, over the line of
    policy.
    """
    x = alt.X(
        "class:O",
        axis=alt.Axis(title=_("Class, by absolute shortfall"), labelAngle=0),
        scale=alt.Scale(paddingInner=0.15),
    )
    highest = bars["value"].max() * 1.12
    y = alt.Y("value:Q", title=None, axis=None, scale=alt.Scale(domain=[0, highest]))
    tips = [
        alt.Tooltip("class:O", title=_("Class")),
        alt.Tooltip("text:N", title=PER_QALY),
        alt.Tooltip("kind:N", title=_("Standing")),
    ]
    base = alt.Chart(bars).encode(x=x, y=y, tooltip=tips)
    solid = base.transform_filter(f"datum.kind == '{POLICY}'").mark_bar(color=colour_grammar.MAIN)
    hollow = base.transform_filter(f"datum.kind == '{PROPOSAL}'").mark_bar(
        fill=theme.WASH, stroke=theme.MUTED, strokeDash=[5, 3], strokeWidth=1.4
    )
    line = alt.Chart(bars.head(1)).mark_rule(color=colour_grammar.MAIN, strokeWidth=1.6).encode(y=y)
    values = base.mark_text(dy=-9, fontSize=13 if wide else 12, fontWeight=600)
    return alt.layer(solid, hollow, line, values.encode(text="text:N"))

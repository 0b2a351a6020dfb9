"""How fast tumours grow: the grades of the trial's patients where they were published."""

from __future__ import annotations

import altair as alt
import pandas as pd

from assessment.evidence import Fact, load_facts
from assessment.presentation import colour_grammar, numbers, theme
from assessment.presentation.language import _
from assessment.presentation.show import Figure, ref

GRADES = (_("Grade 1"), _("Grade 2"), _("Grade 3"))
NOT_SPLIT = _("not split further")
LEAST_WITH_LABEL = 5  # per cent: a narrower part has no room for its number


def grades() -> Figure:
    """Grades where they were published: gastrointestinal NET, pNET (panel's round figures), grade 3
    in all.
    """
    groups = _groups()
    data = pd.DataFrame([row for name, facts in groups.items() for row in _parts(name, facts)])

    def draw(width: int) -> alt.TopLevelMixin:
        return _draw(data, list(groups), width)

    return Figure(
        draw,
        _alternative(*groups.values()),
        pd.DataFrame([_table_row(name, facts) for name, facts in groups.items()]),
        "grades",
        note=_("Grades outside the gastrointestinal tract and the pancreas were not found."),
    )


def _groups() -> dict[str, list[Fact | None]]:
    """Group of patients → the share of each grade, None where it was not published."""
    facts = load_facts()
    return {
        _("Gastrointestinal NET"): [
            facts[f"cabinet.gi.baseline.grade{grade}"] for grade in (1, 2, 3)
        ],
        _("pNET, from a panel"): [
            facts["cabinet.baseline.pnet.grade1"],
            facts["cabinet.baseline.pnet.grade2"],
            None,
        ],
        _("All patients"): [None, None, facts["cabinet.baseline.all.grade3_share"]],
    }


def _alternative(
    gastrointestinal: list[Fact | None], pancreas: list[Fact | None], everybody: list[Fact | None]
) -> str:
    """What the picture shows, in words; each list holds the shares of grades 1 to 3."""
    said = {
        f"{group}_{grade}": numbers.number(share.number)
        for group, shares in (("gi", gastrointestinal), ("pnet", pancreas), ("all", everybody))
        for grade, share in enumerate(shares, 1)
        if share
    }
    return _(
        "Stacked bars of tumour grade. Gastrointestinal NET: {gi_1} per cent grade 1, {gi_2} grade 2,"
        " {gi_3} grade 3. pNET, from a panel's round figures: about {pnet_1} grade 1 and {pnet_2}"
        " grade 2. In all patients {all_3} per cent were grade 3; most tumours were grade 2."
    ).format(**said)


def _rest(shares: list[Fact | None]) -> float:
    """What was not split into grades, in per cent."""
    return 100 - sum(share.number for share in shares if share)


def _parts(group: str, shares: list[Fact | None]) -> list[dict]:
    """The parts of one bar, from left to right."""
    known = [
        (grade, share.number, _about(share) + numbers.number(share.number))
        for grade, share in zip(GRADES, shares, strict=True)
        if share
    ]
    rest = _rest(shares)
    rows, start = [], 0.0
    for grade, value, label in [*known, (NOT_SPLIT, rest, numbers.number(rest))]:
        rows.append(
            {
                "group": group,
                "grade": grade,
                "from": start,
                "to": start + value,
                "middle": start + value / 2,
                "label": label if value > LEAST_WITH_LABEL else "",
                "value": value,
            }
        )
        start += value
    return rows


def _about(share: Fact) -> str:
    return "~" if share.printed and share.printed.startswith("~") else ""


def _table_row(group: str, shares: list[Fact | None]) -> dict:
    cells = {
        grade: ref(share, "value") if share else ""
        for grade, share in zip(GRADES, shares, strict=True)
    }
    rest = f"{numbers.number(_rest(shares))}\u00a0%"
    return {_("Group"): group} | cells | {_("Not split further"): rest}


def _draw(data: pd.DataFrame, groups: list[str], width: int) -> alt.TopLevelMixin:
    """A stacked bar per group, its name above it."""
    y = alt.Y("group:N", sort=groups, title=None, axis=alt.Axis(labels=False))
    x = alt.X(
        "from:Q",
        title=_("Per cent of patients"),
        scale=alt.Scale(domain=[0, 100]),
        axis=alt.Axis(tickCount=5),
    )
    colours = [*reversed(colour_grammar.RAMP[:3]), theme.WASH]
    legend = alt.Legend(title=None, columns=2 if width < 500 else 4, labelLimit=150)
    colour = alt.Color(
        "grade:N", scale=alt.Scale(domain=[*GRADES, NOT_SPLIT], range=colours), legend=legend
    )
    ink = colour_grammar.words_on("grade", dict(zip([*GRADES, NOT_SPLIT], colours)))
    tooltip = [
        alt.Tooltip("group:N", title=_("Group")),
        alt.Tooltip("grade:N", title=_("Grade")),
        alt.Tooltip("value:Q", title=_("Per cent"), format=".0f"),
    ]
    bars = (
        alt.Chart(data)
        .mark_bar(height=26, stroke=colour_grammar.OUTLINE, strokeWidth=0.7)
        .encode(x=x, x2="to:Q", y=y, color=colour, tooltip=tooltip)
    )
    figures = (
        alt.Chart(data[data["grade"] != NOT_SPLIT])
        .mark_text(fontWeight=600)
        .encode(x="middle:Q", y=y, text="label:N", color=ink)
    )
    names = (
        alt.Chart(data.drop_duplicates("group"))
        .mark_text(align="left", dy=-24, fontWeight=600)
        .encode(x=alt.datum(0), y=y, text="group:N")
    )
    return alt.layer(bars, figures, names).properties(width=width - 30, height=3 * 64)

"""Which drugs trials connect: the network as a drawing."""

from __future__ import annotations

from collections.abc import Iterator

import altair as alt
import pandas as pd

from assessment.case.trial.trial import ARMS
from assessment.pages.pico.comparator_trials import short_name, trials
from assessment.pages.pico.network_layout import layout
from assessment.pages.pico.pico_words import APART, NETWORKS, SUBSETS, yes_no
from assessment.presentation import theme
from assessment.presentation.frame_rows import frame_rows
from assessment.presentation.language import _
from assessment.presentation.show import Figure

# Where the name of a trial stands on its line, from 0 (its treatment) to 1 (its control), so that
# the names of trials keep apart.
PLACE_OF_NAME = {
    "everolimus": 0.7,
    "placebo": 0.55,
    "sunitinib": 0.62,
    "streptozocin and fluorouracil": 0.35,  # not translated: as in the register
}
NEAR_DRUG = {"surufatinib": 0.8}  # the same, by treatment, where names of neighbours would meet
# Kind of node → colour and shape.
NODES = {
    "cabozantinib": (theme.ARM_COLOURS[ARMS[0]], "circle"),
    "placebo": (theme.ARM_COLOURS[ARMS[1]], "square"),
    "other": (theme.MUTED, "circle"),
}


def network() -> Figure:
    """The trials as a map: lines are trials, solid where the control was placebo."""
    frame = trials()
    unknown = frame["fact"].map(lambda fact: fact.value is None)
    frame = frame[~frame["id"].isin(SUBSETS) & ~(unknown & (frame["connects"] == "no"))]
    panels = {
        str(name): _nodes_and_edges(part) for name, part in frame.groupby("network", sort=False)
    }

    def draw(width: int) -> alt.TopLevelMixin:
        narrow = width < 500
        panel_width = width - 25 if narrow else width // 2 - 30
        charts = [
            _panel(nodes, edges, panel_width, NETWORKS[name])
            for name, (nodes, edges) in panels.items()
        ]
        if narrow:
            return alt.vconcat(*charts, spacing=20)
        return alt.hconcat(*charts, spacing=30)

    return Figure(
        draw,
        _(
            "Two networks of trials. Pancreas: cabozantinib, surufatinib, sunitinib and everolimus"
            " each joined to placebo, 177Lu-edotreotide and streptozocin with fluorouracil to"
            " everolimus, 177Lu-dotatate to sunitinib, capecitabine with temozolomide apart."
            " Outside the pancreas: cabozantinib, surufatinib and everolimus joined to placebo,"
            " everolimus by two trials, 177Lu-edotreotide and zanzalintinib to everolimus,"
            " 177Lu-dotatate apart."
        ),
        _table(frame),
        "comparator-network",
        sources=tuple(dict.fromkeys(fact.source for fact in frame["fact"] if fact.source)),
        note=_(
            "Solid: placebo control, usable as one link. Dashed: another control. STELLAR-311 has no"
            " result yet; COMPOSE, which has none and leaves the control to choice, is not drawn."
            " CAPTEM: capecitabine with temozolomide; STZ/5-FU: streptozocin with fluorouracil."
        ),
    )


def _nodes_and_edges(part: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Treatments with their places, and trials as lines between them."""
    places = layout(part)
    nodes = [
        {"name": short_name(treatment), "x": x, "y": y, "kind": _kind(treatment)}
        for treatment, (x, y) in places.items()
    ]
    edges = []
    for (treatment, control), rows in _by_pair(part):
        (x, y), (x2, y2) = places[treatment], places[control]
        near = NEAR_DRUG.get(treatment, PLACE_OF_NAME.get(control, 0.5))
        edges.append(
            {
                "x": x,
                "y": y,
                "x2": x2,
                "y2": y2,
                "mx": x * near + x2 * (1 - near),
                "my": y * near + y2 * (1 - near),
                "trial": ",\n".join(rows["trial"]),
                "linked": bool(rows["linked"].any()),
                "reason": rows["reason"].iloc[0],
            }
        )
    return pd.DataFrame(nodes), pd.DataFrame(edges)


def _by_pair(part: pd.DataFrame) -> Iterator[tuple[tuple[str, str], pd.DataFrame]]:
    """((treatment, control), their trials), in the order of the register."""
    for (treatment, control), rows in part.groupby(["treatment", "control"], sort=False):
        yield (str(treatment), str(control)), rows


def _kind(treatment: str) -> str:
    return treatment if treatment in NODES else "other"


def _x(field: str) -> alt.X:
    return alt.X(field, scale=alt.Scale(domain=[-1.55, 1.55]), axis=None)


def _y(field: str) -> alt.Y:
    return alt.Y(field, scale=alt.Scale(domain=[-1.85, 1.85]), axis=None)


def _panel(
    nodes: pd.DataFrame, edges: pd.DataFrame, width: int, title: str
) -> alt.LayerChart | alt.FacetChart:
    """One network: lines, names of trials on a pale edge, drugs with their names, a remark."""
    tags = alt.Chart(edges).encode(x=_x("mx:Q"), y=_y("my:Q"), text="trial:N")
    return alt.layer(
        *_lines(edges),
        tags.mark_text(fontSize=12, lineBreak="\n", stroke=theme.BACKGROUND, strokeWidth=5),
        tags.mark_text(fontSize=12, lineBreak="\n", color=theme.MUTED),
        _dots(nodes),
        _names(nodes.query("y > 0"), dy=-17),
        _names(nodes.query("y <= 0"), dy=19),
        _remark(),
    ).properties(width=width, height=365, title=title)


def _lines(edges: pd.DataFrame) -> list[alt.Chart]:
    """A line per trial, solid where it is linked, dashed where it is not."""
    tooltip = [
        alt.Tooltip("trial:N", title=_("Trial")),
        alt.Tooltip("reason:N", title=_("Why")),
    ]
    lines = []
    for linked, colour, dash in ((True, theme.INK, [1, 0]), (False, theme.GREY, [5, 4])):
        part = edges[edges["linked"] == linked]
        if part.empty:
            continue
        line = alt.Chart(part).mark_rule(strokeWidth=2.5, color=colour, strokeDash=dash)
        lines.append(line.encode(x=_x("x:Q"), y=_y("y:Q"), x2="x2:Q", y2="y2:Q", tooltip=tooltip))
    return lines


def _dots(nodes: pd.DataFrame) -> alt.Chart:
    kinds = list(NODES)
    colours = [colour for colour, _shape in NODES.values()]
    shapes = [shape for _colour, shape in NODES.values()]
    return (
        alt.Chart(nodes)
        .mark_point(filled=True, size=190, opacity=1)
        .encode(
            x=_x("x:Q"),
            y=_y("y:Q"),
            color=alt.Color("kind:N", scale=alt.Scale(domain=kinds, range=colours), legend=None),
            shape=alt.Shape("kind:N", scale=alt.Scale(domain=kinds, range=shapes), legend=None),
        )
    )


def _names(nodes: pd.DataFrame, dy: int) -> alt.Chart:
    return (
        alt.Chart(nodes)
        .mark_text(fontWeight=600, dy=dy)
        .encode(x=_x("x:Q"), y=_y("y:Q"), text="name:N")
    )


def _remark() -> alt.Chart:
    """What the lower part of the drawing holds."""
    return (
        alt.Chart(pd.DataFrame({"x": [-1.5], "y": [-1.08], "text": [APART]}))
        .mark_text(align="left", fontSize=12, fontStyle="italic", color=theme.MUTED)
        .encode(x=_x("x:Q"), y=_y("y:Q"), text="text:N")
    )


def _table(frame: pd.DataFrame) -> pd.DataFrame:
    rows = [
        {
            _("Network"): trial.network,
            _("Trial"): trial.trial,
            _("Treatment"): trial.treatment,
            _("Control"): trial.control,
            _("Joined to placebo"): yes_no(trial.linked),
        }
        for trial in frame_rows(frame)
    ]
    return pd.DataFrame(rows)

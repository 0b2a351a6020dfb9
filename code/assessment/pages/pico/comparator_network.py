"""Which drugs trials connect: the network as a drawing."""

from __future__ import annotations

import math

import altair as alt
import pandas as pd

from assessment.pages.pico.comparator_trials import trials
from assessment.pages.pico.pico_words import NETWORKS, SHORT, SUBSETS, WORDS
from assessment.presentation import theme
from assessment.presentation.show import Figure


def reached_from(hub: str, frame: pd.DataFrame) -> set[str]:
    """Treatments joined to ``hub`` by any chain of trials in ``frame`` (columns treatment,
    control).
    """
    found, size = {hub}, 0
    while len(found) != size:
        size = len(found)
        for row in frame.itertuples():
            if row.treatment in found or row.control in found:
                found |= {row.treatment, row.control}
    return found


def layout(frame: pd.DataFrame) -> dict[str, tuple[float, float]]:
    """Places for one network: placebo in the middle, its trials on an arc above, what joins at one
    remove to the lower right, the rest below.
    """
    direct = sorted(
        set(frame.loc[frame["linked"], "treatment"]),
        key=lambda t: (t != "cabozantinib", t == "everolimus", t),
    )
    angles = [math.radians(168 - 156 * i / (len(direct) - 1)) for i in range(len(direct))]
    places = {"placebo": (0.0, 0.0)} | {
        t: (1.05 * math.cos(a), 1.0 * math.sin(a)) for t, a in zip(direct, angles)
    }
    second = sorted(reached_from("placebo", frame) - set(places))
    places |= {t: (1.05 - 1.0 * i, -0.72) for i, t in enumerate(second)}
    for i, row in enumerate(
        frame[~frame["treatment"].isin(places)]
        .drop_duplicates(["treatment", "control"])
        .itertuples()
    ):
        places |= {row.treatment: (-0.95, -1.45 - 0.5 * i), row.control: (0.75, -1.45 - 0.5 * i)}
    return places


def network() -> Figure:
    """The trials as a map: lines are trials, solid where the control was placebo."""
    frame = trials()
    frame = frame[~frame["id"].isin(SUBSETS)]
    panels = {}
    for name, part in frame.groupby("network", sort=False):
        places = layout(part)
        nodes = pd.DataFrame(
            [
                {
                    "name": SHORT.get(t, t),
                    "x": x,
                    "y": y,
                    "kind": (
                        "cabozantinib"
                        if t == "cabozantinib"
                        else "placebo"
                        if t == "placebo"
                        else "other"
                    ),
                }
                for t, (x, y) in places.items()
            ]
        )
        edges = []
        for (t, c), rows in part.groupby(["treatment", "control"], sort=False):
            (x, y), (x2, y2) = places[t], places[c]
            # keeps the names of trials apart
            near = {"everolimus": 0.7, "placebo": 0.55}.get(c, 0.5)
            edges.append(
                {
                    "x": x,
                    "y": y,
                    "x2": x2,
                    "y2": y2,
                    "mx": x * near + x2 * (1 - near),
                    "my": y * near + y2 * (1 - near),
                    "trial": " and ".join(rows["trial"]),
                    "linked": bool(rows["linked"].any()),
                    "reason": rows["reason"].iloc[0],
                }
            )
        panels[name] = (nodes, pd.DataFrame(edges))

    def panel(name: str, width: int) -> alt.LayerChart:
        nodes, edges = panels[name]

        def x(f):
            return alt.X(f, scale=alt.Scale(domain=[-1.55, 1.55]), axis=None)

        def y(f):
            return alt.Y(f, scale=alt.Scale(domain=[-1.85, 1.4]), axis=None)

        lines = [
            alt.Chart(edges[edges["linked"] == linked])
            .mark_rule(strokeWidth=2.5, color=colour, strokeDash=dash)
            .encode(
                x=x("x:Q"),
                y=y("y:Q"),
                x2="x2:Q",
                y2="y2:Q",
                tooltip=[
                    alt.Tooltip("trial:N", title="Trial"),
                    alt.Tooltip("reason:N", title="Why"),
                ],
            )
            for linked, colour, dash in ((True, theme.INK, [1, 0]), (False, theme.GREY, [5, 4]))
            if (edges["linked"] == linked).any()
        ]
        tags = alt.Chart(edges).encode(x=x("mx:Q"), y=y("my:Q"), text="trial:N")
        dots = (
            alt.Chart(nodes)
            .mark_point(filled=True, size=190, opacity=1)
            .encode(
                x=x("x:Q"),
                y=y("y:Q"),
                color=alt.Color(
                    "kind:N",
                    scale=alt.Scale(
                        domain=["cabozantinib", "placebo", "other"],
                        range=[theme.BLUE, theme.ORANGE, theme.MUTED],
                    ),
                    legend=None,
                ),
                shape=alt.Shape(
                    "kind:N",
                    scale=alt.Scale(
                        domain=["cabozantinib", "placebo", "other"],
                        range=["circle", "square", "circle"],
                    ),
                    legend=None,
                ),
            )
        )
        up, down = (
            alt.Chart(nodes.query(q))
            .mark_text(fontWeight=600, dy=dy)
            .encode(x=x("x:Q"), y=y("y:Q"), text="name:N")
            for q, dy in (("y > 0", -17), ("y <= 0", 19))
        )
        note = (
            alt.Chart(pd.DataFrame({"x": [-1.5], "y": [-1.08], "text": [WORDS["apart"]]}))
            .mark_text(align="left", fontSize=12, fontStyle="italic", color=theme.MUTED)
            .encode(x=x("x:Q"), y=y("y:Q"), text="text:N")
        )
        return alt.layer(
            *lines,
            tags.mark_text(fontSize=12, stroke=theme.BACKGROUND, strokeWidth=5),
            tags.mark_text(fontSize=12, color=theme.MUTED),
            dots,
            up,
            down,
            note,
        ).properties(width=width, height=330, title=NETWORKS[name])

    table = pd.DataFrame(
        [
            {
                "Network": r.network,
                "Trial": r.trial,
                "Treatment": r.treatment,
                "Control": r.control,
                "Joined to placebo": "yes" if r.linked else "no",
            }
            for r in frame.itertuples()
        ]
    )
    return Figure(
        lambda width: (
            alt.vconcat(*[panel(n, width - 25) for n in panels], spacing=20)
            if width < 500
            else alt.hconcat(*[panel(n, width // 2 - 30) for n in panels], spacing=30)
        ),
        "Two networks of trials. Pancreas: cabozantinib, surufatinib, sunitinib and everolimus each"
        " joined to placebo, 177Lu-edotreotide to everolimus, capecitabine with temozolomide apart."
        " Outside the pancreas: cabozantinib, surufatinib and everolimus joined to placebo,"
        " 177Lu-edotreotide and zanzalintinib to everolimus, 177Lu-dotatate apart.",
        table,
        "comparator-network",
        sources=tuple(dict.fromkeys(f.source for f in frame["fact"] if f.source)),
        note=(
            "Solid: placebo control, usable as one link. Dashed: another control. STELLAR-311 has"
            " no result yet. CAPTEM: capecitabine with temozolomide."
        ),
    )

"""Where each treatment stands in the drawing of a network."""

from __future__ import annotations

import math

import pandas as pd

from assessment.presentation.frame_rows import frame_rows

# Drugs from which others hang → their turn towards the end of the arc
HANGERS = {"sunitinib": 1, "everolimus": 2}


def reached_from(hub: str, frame: pd.DataFrame) -> set[str]:
    """Treatments joined to ``hub`` by any chain of trials in ``frame`` (columns treatment,
    control).
    """
    found, size = {hub}, 0
    while len(found) != size:
        size = len(found)
        for row in frame_rows(frame):
            if row.treatment in found or row.control in found:
                found |= {row.treatment, row.control}
    return found


def layout(frame: pd.DataFrame) -> dict[str, tuple[float, float]]:
    """Places for one network: placebo in the middle, its trials on an arc above, what joins over the
    last of the arc in a row below it, what joins over another beyond that one, the rest at the foot.
    """
    direct = sorted(set(frame.loc[frame["linked"], "treatment"]), key=_order_on_arc)
    places = {"placebo": (0.0, 0.0)}
    for i, treatment in enumerate(direct):
        angle = math.radians(168 - 156 * i / (len(direct) - 1))
        places[treatment] = (1.05 * math.cos(angle), 1.0 * math.sin(angle))
    second = sorted(reached_from("placebo", frame) - set(places))
    beyond = {t: parent for t in second if (parent := _neighbour(t, frame, direct[:-1]))}
    for treatment, parent in beyond.items():
        x, y = places[parent]
        places[treatment] = (x + 0.45, y + 0.6)
    below = [treatment for treatment in second if treatment not in beyond]
    places |= {treatment: (1.05 - 1.0 * i, -0.72) for i, treatment in enumerate(below)}
    apart = frame[~frame["treatment"].isin(places)].drop_duplicates(["treatment", "control"])
    for i, row in enumerate(frame_rows(apart)):
        foot = -1.45 - 0.5 * i
        places |= {row.treatment: (-0.95, foot), row.control: (0.75, foot)}
    return places


def _neighbour(treatment: str, frame: pd.DataFrame, among: list[str]) -> str | None:
    """The one of ``among`` that a trial compared with ``treatment``; None where there is none."""
    for row in frame_rows(frame):
        for one, other in ((row.treatment, row.control), (row.control, row.treatment)):
            if one == treatment and other in among:
                return other
    return None


def _order_on_arc(treatment: str) -> tuple[bool, int, str]:
    """The drug assessed first, then those from which others hang: everolimus last."""
    return (treatment != "cabozantinib", HANGERS.get(treatment, 0), treatment)

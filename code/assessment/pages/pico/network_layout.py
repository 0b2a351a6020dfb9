"""Where each treatment stands in the drawing of a network."""

from __future__ import annotations

import math

import pandas as pd

from assessment.presentation.frame_rows import frame_rows


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
    """Places for one network: placebo in the middle, its trials on an arc above, what joins at one
    remove to the lower right, the rest below.
    """
    direct = sorted(set(frame.loc[frame["linked"], "treatment"]), key=_order_on_arc)
    places = {"placebo": (0.0, 0.0)}
    for i, treatment in enumerate(direct):
        angle = math.radians(168 - 156 * i / (len(direct) - 1))
        places[treatment] = (1.05 * math.cos(angle), 1.0 * math.sin(angle))
    second = sorted(reached_from("placebo", frame) - set(places))
    places |= {treatment: (1.05 - 1.0 * i, -0.72) for i, treatment in enumerate(second)}
    apart = frame[~frame["treatment"].isin(places)].drop_duplicates(["treatment", "control"])
    for i, row in enumerate(frame_rows(apart)):
        below = -1.45 - 0.5 * i
        places |= {row.treatment: (-0.95, below), row.control: (0.75, below)}
    return places


def _order_on_arc(treatment: str) -> tuple[bool, bool, str]:
    """The drug assessed first and everolimus, from which others hang, last."""
    return (treatment != "cabozantinib", treatment == "everolimus", treatment)

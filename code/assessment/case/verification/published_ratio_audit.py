"""Printed ratios against the increments printed beside them."""

from __future__ import annotations

import pandas as pd

from assessment.evidence import load_register


def audit_ratios() -> pd.DataFrame:
    """``data/published_ratios.csv`` with lowest and highest ratio that the printed, rounded
    increments allow, their quotient, and verdict.

    Every printed number stands for all that round to it: cost ± half a unit of its last digit, gain
    likewise. verdict: "agrees", "rounding of the gain does not explain it, within 2 %" or "does not
    agree".
    """
    frame = load_register("published-ratios")

    def half(text):
        return 0.5 * 10.0 ** -len(text.partition(".")[2])

    rows = []
    for r in frame.itertuples():
        cost, gain, ratio = float(r.cost_difference), float(r.gain), float(r.ratio)
        # A difference of two printed totals carries the rounding of both.
        low, high = (
            (cost - 2 * half(r.cost_difference)) / (gain + half(r.gain)),
            (cost + 2 * half(r.cost_difference)) / (gain - half(r.gain)),
        )
        agrees = low - half(r.ratio) <= ratio <= high + half(r.ratio)
        off = ratio / (cost / gain) - 1
        rows.append(
            (
                low,
                high,
                cost / gain,
                off,
                (
                    "agrees"
                    if agrees
                    else (
                        "rounding does not explain it, within 2 %"
                        if abs(off) <= 0.02
                        else "does not agree"
                    )
                ),
            )
        )
    return frame.assign(
        **dict(zip(("lowest", "highest", "quotient", "relative", "verdict"), zip(*rows)))
    )

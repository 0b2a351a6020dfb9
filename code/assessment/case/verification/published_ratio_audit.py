"""Printed ratios against the increments printed beside them."""

from __future__ import annotations

import pandas as pd

from assessment.evidence import load_register


def audit_ratios() -> pd.DataFrame:
    """``data/published_ratios.csv`` with columns added: lowest, highest, quotient, relative, verdict.

    ``lowest`` and ``highest``: the ratios that the printed, rounded increments allow; every printed
    number stands for all that round to it, half a unit of its last digit to either side.
    ``quotient``: of the increments as printed. ``relative``: the printed ratio over it, less 1.
    ``verdict``: "agrees", "rounding does not explain it, within 2 %" or "does not agree".
    """
    frame = load_register("published-ratios")

    def half_unit(text: str) -> float:
        """Half a unit of the last digit printed."""
        return 0.5 * 10.0 ** -len(text.partition(".")[2])

    rows = []
    for row in frame.to_dict("records"):
        cost, gain, ratio = (float(row[n]) for n in ("cost_difference", "gain", "ratio"))
        # A difference of two printed totals carries the rounding of both.
        cost_rounding = 2 * half_unit(row["cost_difference"])
        gain_rounding, ratio_rounding = half_unit(row["gain"]), half_unit(row["ratio"])
        low = (cost - cost_rounding) / (gain + gain_rounding)
        high = (cost + cost_rounding) / (gain - gain_rounding)
        off = ratio / (cost / gain) - 1
        if low - ratio_rounding <= ratio <= high + ratio_rounding:
            verdict = "agrees"
        elif abs(off) <= 0.02:
            verdict = "rounding does not explain it, within 2 %"
        else:
            verdict = "does not agree"
        rows.append((low, high, cost / gain, off, verdict))
    return frame.assign(
        **dict(zip(("lowest", "highest", "quotient", "relative", "verdict"), zip(*rows)))
    )

"""Families of survival curves: their hazards and their weights."""

from __future__ import annotations

import altair as alt
import numpy as np
import pandas as pd

from assessment.case.trial.trial import ARMS, COHORTS
from assessment.case.trial.trial_curves import ARM_CODE, curves
from assessment.pages.trial_evidence.curve_layers import band_layers
from assessment.pages.trial_evidence.curve_words import WORDS, route_title
from assessment.pages.trial_evidence.extrapolation_words import FAMILY, LONG, TAIL, percent
from assessment.presentation import numbers
from assessment.presentation.show import Figure, Table
from assessment.survival.calibration.prior import FAMILY_WEIGHT


def family_draws(c) -> dict[str, dict]:
    """{family: {arm: distribution of that family's draws}}."""
    found = {}
    for arm, code in ARM_CODE.items():
        for family, distribution in c.draws.distributions(code):
            found.setdefault(family, {})[arm] = distribution
    return found


def hazards(endpoint: str = "pfs") -> Figure:
    """The hazard each family implies, per month and arm; title: the family's weight."""
    shown = [curves(endpoint, cohort) for cohort in COHORTS]
    months = np.arange(1.0, 24.5)
    frames, rows = {}, []
    for c in shown:
        for family, arms in family_draws(c).items():
            if set(arms) != set(ARMS):
                continue
            parts = []
            for arm, distribution in arms.items():
                low, middle, high = np.quantile(
                    100 * distribution.hazard(months), [0.025, 0.5, 0.975], axis=0
                )
                parts.append(
                    pd.DataFrame(
                        {"arm": arm, "month": months, "low": low, "middle": middle, "high": high}
                    )
                )
                rows.append(
                    {
                        "Cohort": COHORTS[c.group],
                        "Family": FAMILY[family],
                        "Weight": f"{numbers.number(100 * c.draws.families[family])}\u00a0%",
                        "Arm": arm,
                    }
                    | {f"Month {m}": float(middle[np.isclose(months, m)][0]) for m in (3, 12, 24)}
                )
            frames[c.group, family] = pd.concat(parts)
    top = 45.0
    frames = {
        k: f.assign(**{v: f[v].clip(upper=top) for v in ("low", "middle", "high")})
        for k, f in frames.items()
    }

    def draw(width: int):
        columns = 6 if width > 500 else 3
        plot = (width - 50 - 10 * (columns - 1)) // columns

        def panel(c, family, first, last):
            x = alt.X(
                "month:Q",
                scale=alt.Scale(domain=[0, 24], nice=False),
                axis=alt.Axis(
                    values=[0, 12, 24],
                    grid=False,
                    title=None if not last else WORDS["months_short"] if first else "\u00a0",
                ),
            )

            def y(field):
                return alt.Y(
                    f"{field}:Q",
                    scale=alt.Scale(domain=[0, top], nice=False),
                    axis=alt.Axis(title=None, values=[0, 20, 40], grid=True, labels=first),
                )

            title = alt.Title(
                FAMILY[family],
                subtitle=f"{numbers.number(100 * c.draws.families[family])}\u00a0%",
                fontSize=12,
                subtitleFontSize=12,
            )
            return alt.layer(
                *band_layers(frames[c.group, family], x, y, 0.14, tips=False)
            ).properties(width=plot, height=105, title=title)

        blocks = []
        for c in shown:
            present = [f for f in FAMILY if (c.group, f) in frames]
            lines = [present[i : i + columns] for i in range(0, len(present), columns)]
            rows_of = [
                alt.hconcat(
                    *(
                        panel(c, f, k == 0, c is shown[-1] and line is lines[-1])
                        for k, f in enumerate(line)
                    ),
                    spacing=10,
                )
                for line in lines
            ]
            blocks.append(
                alt.vconcat(*rows_of, spacing=8).properties(
                    title=alt.Title(f"{LONG['hazard']}: {COHORTS[c.group]}", fontSize=13)
                )
            )
        return alt.vconcat(*blocks, spacing=14, title=route_title(shown))

    said = "; ".join(
        f"{COHORTS[c.group]}: "
        + ", ".join(f"{FAMILY[f]} {numbers.number(100 * w)} %" for f, w in c.draws.families.items())
        for c in shown
    )
    return Figure(
        draw,
        "Small multiples of the monthly hazard with bands, one panel per family of curves; solid"
        f" blue cabozantinib, dashed orange placebo. Weights: {said}.",
        pd.DataFrame(rows),
        f"cabinet-{endpoint}-hazards",
        ("chan2025",),
        note="Solid: cabozantinib. Dashed: placebo. The axis ends at 45.",
    )


def model_choice(endpoint: str = "os") -> Table:
    """Families beside each other as TSD 14 and 21 ask: how the hazard can run, the weight before
    and given the printed numbers, and the share at five and ten years on cabozantinib.
    """
    shown = [curves(endpoint, cohort) for cohort in COHORTS]
    by_family = {c.group: family_draws(c) for c in shown}
    rows = []
    for family, label in FAMILY.items():
        row = {
            "Family": label,
            "Hazard": TAIL[family],
            "Weight before": f"{numbers.number(100 * FAMILY_WEIGHT[family])}\u00a0%",
        }
        for c in shown:
            drawn = by_family[c.group].get(family, {}).get(ARMS[0])
            row[f"{COHORTS[c.group]}: weight"] = (
                f"{numbers.number(100 * c.draws.families[family])}\u00a0%"
            )
            for y in (5, 10):
                row[f"{COHORTS[c.group]}: {y} years"] = (
                    percent(drawn.survival(12.0 * y)) if drawn is not None else "–"
                )
        rows.append(row)
    return Table(pd.DataFrame(rows))

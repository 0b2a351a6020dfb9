"""Beyond the trial's follow-up: the fan to ten years, restricted means, the hazards each family
implies, and the check on hidden data.
"""

from __future__ import annotations

import altair as alt
import numpy as np
import pandas as pd

from assessment.case.trial.trial import ARMS, COHORTS
from assessment.case.trial.trial_curves import ARM_CODE, curves
from assessment.pages.trial_evidence.curve_figures import (
    RMST_AT,
    WORDS,
    band_frame,
    band_layers,
    gain_text,
    route_title,
)
from assessment.presentation import numbers, theme
from assessment.presentation.show import Figure, Table
from assessment.survival.calibration.hidden_data_check import SETS, accuracy, hidden
from assessment.survival.calibration.prior import FAMILY_WEIGHT

YEARS = (2, 5, 10)
LONG = {
    "months": "Horizon, months",
    "years": "Years since randomisation",
    "gained": "Months gained up to the horizon",
    "hazard": "Monthly hazard, per 100 at risk",
}
FAMILY = {
    "weibull": "Weibull",
    "gamma": "Gamma",
    "lognormal": "Lognormal",
    "loglogistic": "Log-logistic",
    "gompertz": "Gompertz",
    "generalised_gamma": "Gen. gamma",
}
TAIL = {
    "weibull": "rises or falls steadily",
    "gamma": "rises or falls, then levels off",
    "lognormal": "rises, then falls",
    "loglogistic": "rises, then falls",
    "gompertz": "rises or falls exponentially",
    "generalised_gamma": "any of these",
}
SET_NAMES = {
    "lung": "Lung cancer, women against men",
    "breast": "Breast cancer, hormones or not",
    "leukaemia": "Leukaemia, 6-MP or placebo",
    "regimes": "Governments, democracy or not",
}
SET_TITLES = {
    "lung": "Lung cancer",
    "breast": "Breast cancer",
    "leukaemia": "Leukaemia",
    "regimes": "Governments",
}


def percent(values) -> str:
    """Middle and 95 % range of shares, as text in percent."""
    low, middle, high = (100 * float(v) for v in np.quantile(values, [0.025, 0.5, 0.975]))
    return f"{numbers.number(middle)} ({numbers.interval(low, high, 0)})"


def _grid_of(draw_panel, endpoints, width, title, spacing=18):
    rows = [
        alt.hconcat(*(draw_panel(e, c, i == 0) for i, c in enumerate(COHORTS)), spacing=spacing)
        for e in endpoints
    ]
    return alt.vconcat(*rows, spacing=14, title=title)


def fan() -> Figure:
    """Both endpoints to ten years, with the plausible range at two, five and ten years by arm. No
    background mortality.
    """
    shown = {(e, c): curves(e, c) for e in ("pfs", "os") for c in COHORTS}
    frames, marks, rows = {}, {}, []
    for key, c in shown.items():
        points = []
        for arm in ARMS:
            drawn = 100 * c.survival(12.0 * np.array(YEARS), arm)
            for y, column in zip(YEARS, drawn.T):
                low, middle, high = np.quantile(column, [0.025, 0.5, 0.975])
                points.append(
                    {
                        "arm": arm,
                        "month": y + (0.13 if arm == ARMS[0] else -0.13),
                        "year": y,
                        "low": low,
                        "middle": middle,
                        "high": high,
                        "text": percent(column / 100),
                    }
                )
        frames[key] = band_frame(c, 12.0 * YEARS[-1], 80, "population").assign(
            month=lambda f: f["month"] / 12
        )
        marks[key] = pd.DataFrame(points)
        rows += [
            {"Endpoint": WORDS["ends"][key[0]], "Cohort": COHORTS[key[1]], "Arm": arm}
            | {f"{p['year']} years": p["text"] for p in points if p["arm"] == arm}
            for arm in ARMS
        ]

    def draw(width: int):
        wide = width > 500
        plot = (width - 62 - 18) // 2

        def panel(endpoint, cohort, first):
            scale = alt.Scale(domain=[0, 10.3], nice=False)
            x = alt.X(
                "month:Q",
                scale=scale,
                axis=alt.Axis(
                    values=[0, 2, 5, 10],
                    grid=False,
                    title=LONG["years"] if endpoint == "os" and (wide or first) else None,
                ),
            )
            axis = alt.Axis(
                title=None,
                values=[0, 25, 50, 75, 100],
                grid=True,
                labelExpr="datum.value + '\u00a0%'" if first else "''",
            )

            def y(field):
                return alt.Y(f"{field}:Q", scale=alt.Scale(domain=[0, 100], nice=False), axis=axis)

            frame, points = frames[endpoint, cohort], marks[endpoint, cohort]
            bars = alt.Chart(points).encode(
                x=x,
                color=theme.arm_scale("arm:N"),
                tooltip=[alt.Tooltip("arm:N", title="Arm"), alt.Tooltip("text:N", title="Percent")],
            )
            shape = alt.Shape(
                "arm:N",
                scale=alt.Scale(domain=list(ARMS), range=[theme.ARM_SHAPES[a] for a in ARMS]),
                legend=None,
            )
            layers = [
                *band_layers(frame, x, y, 0.14, tips=False),
                bars.mark_rule(strokeWidth=2).encode(y=y("low"), y2="high:Q"),
                bars.mark_point(filled=True, size=55, opacity=1).encode(y=y("middle"), shape=shape),
            ]
            # Names in the corner: the curves of survival lie on each other.
            layers += [
                alt.Chart(pd.DataFrame({"text": [f"{'●' if arm == ARMS[0] else '■'} {arm}"]}))
                .mark_text(align="right", fontSize=12, fontWeight=600, color=theme.ARM_COLOURS[arm])
                .encode(x=alt.value(plot - 2), y=alt.value(10 + 16 * i), text="text:N")
                for i, arm in enumerate(ARMS)
            ]
            return alt.layer(*layers).properties(
                width=plot,
                height=190 if wide else 150,
                title=f"{WORDS['ends'][endpoint]}, {COHORTS[cohort]}",
            )

        return _grid_of(panel, ("pfs", "os"), width, route_title(list(shown.values())))

    said = "; ".join(
        f"{r['Endpoint']} {r['Cohort']} {r['Arm']}: {r['5 years']} at five years, {r['10 years']}"
        " at ten"
        for r in rows
    )
    return Figure(
        draw,
        f"Four fans of survival to ten years by arm, percent with 95 percent ranges. {said}.",
        pd.DataFrame(rows),
        "cabinet-extrapolation",
        ("chan2025",),
        note="Percent with 95 % range. Background mortality is not applied here.",
    )


def restricted_means() -> Figure:
    """Months gained against the horizon, both endpoints and cohorts."""
    shown = {(e, c): curves(e, c) for e in ("pfs", "os") for c in COHORTS}
    horizons = {"pfs": 36, "os": 60}
    frames, rows = {}, []
    for (e, cohort), c in shown.items():
        months = np.linspace(0, horizons[e], horizons[e] * 2 + 1)
        low, middle, high = np.quantile(c.rmst_difference(months), [0.025, 0.5, 0.975], axis=0)
        frames[e, cohort] = pd.DataFrame(
            {"month": months, "low": low, "middle": middle, "high": high}
        )
        rows += [
            {
                "Endpoint": WORDS["ends"][e],
                "Cohort": COHORTS[cohort],
                "Up to month": m,
                "Months gained": gain_text(c, m),
            }
            for m in (12, 24, 36, *((60,) if e == "os" else ()))
        ]

    def draw(width: int):
        wide = width > 500
        plot = (width - 58 - 18) // 2

        def panel(endpoint, cohort, first):
            frame = frames[endpoint, cohort]
            both = [frames[endpoint, k] for k in COHORTS]
            domain = [
                min(f["low"].min() for f in both) - 0.5,
                max(f["high"].max() for f in both) * 1.08,
            ]
            x = alt.X(
                "month:Q",
                scale=alt.Scale(domain=[0, horizons[endpoint]], nice=False),
                axis=alt.Axis(
                    values=list(range(0, 61, 12)),
                    grid=False,
                    title=LONG["months"] if endpoint == "os" and (wide or first) else None,
                ),
            )

            def y(field):
                return alt.Y(
                    f"{field}:Q",
                    scale=alt.Scale(domain=domain, nice=False),
                    axis=alt.Axis(title=None, tickCount=5, grid=True, labels=first),
                )

            base = alt.Chart(frame)
            at = frame[np.isclose(frame["month"], RMST_AT)].assign(
                text=gain_text(shown[endpoint, cohort])
            )
            mark = alt.Chart(at).encode(x=x, y=y("middle"))
            text = dict(
                fontSize=12,
                fontWeight=600,
                align="left" if wide else "center",
                dx=8 if wide else 0,
                dy=20 if wide else 26,
                color=theme.BLUE,
            )
            layers = [
                base.mark_area(opacity=0.18, color=theme.BLUE).encode(x=x, y=y("low"), y2="high:Q"),
                alt.Chart(pd.DataFrame({"zero": [0.0]}))
                .mark_rule(color=theme.MUTED, strokeDash=[4, 3])
                .encode(y=y("zero")),
                base.mark_line(color=theme.BLUE).encode(x=x, y=y("middle")),
                mark.mark_point(filled=True, size=70, opacity=1, color=theme.BLUE).encode(
                    tooltip=alt.Tooltip("text:N", title="Months gained")
                ),
                mark.mark_text(**text, stroke=theme.BACKGROUND, strokeWidth=4).encode(
                    text="text:N"
                ),
                mark.mark_text(**text).encode(text="text:N"),
            ]
            return alt.layer(*layers).properties(
                width=plot,
                height=170 if wide else 140,
                title=f"{WORDS['ends'][endpoint]}, {COHORTS[cohort]}",
            )

        return _grid_of(
            panel, ("pfs", "os"), width, route_title(list(shown.values()), LONG["gained"])
        )

    said = "; ".join(
        f"{WORDS['ends'][e]} {COHORTS[k]}: {gain_text(c)} months up to {RMST_AT} months"
        for (e, k), c in shown.items()
    )
    return Figure(
        draw,
        "Lines with bands: difference of restricted mean time, cabozantinib minus placebo, by"
        f" horizon. {said}.",
        pd.DataFrame(rows),
        "cabinet-restricted-means",
        ("chan2025",),
        note="Months without the event gained on average up to the horizon; 95 % interval.",
    )


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


def validation() -> Figure:
    """Four public data sets, hidden: the calibrated band of the trial's own curve against
    Kaplan–Meier of the patients.
    """
    from lifelines import KaplanMeierFitter

    checks = [hidden(name) for name in SETS]
    bands_of, truths, rows = {}, {}, []
    for h in checks:
        share = np.linspace(0, 1, 61)
        parts, steps = [], []
        for arm, code, mask in ((ARMS[0], "t", h.treated), (ARMS[1], "c", ~h.treated)):
            low, middle, high = h.draws.band(share * h.horizon, code, "trial")
            parts.append(
                pd.DataFrame(
                    {
                        "arm": arm,
                        "month": share * 100,
                        "low": 100 * low,
                        "middle": 100 * middle,
                        "high": 100 * high,
                    }
                )
            )
            true = (
                KaplanMeierFitter()
                .fit(h.durations[mask], h.observed[mask])
                .survival_function_at_times(share * h.horizon)
                .to_numpy()
            )
            steps.append(pd.DataFrame({"arm": arm, "month": share * 100, "true": 100 * true}))
            rows.append(
                {
                    "Data set": SET_NAMES[h.name],
                    "Curve": "first" if code == "t" else "second",
                    "True mean": h.truth[code],
                    "Calibrated": (
                        f"{numbers.number(h.estimate[code], 1)}"
                        f" ({numbers.interval(h.low[code], h.high[code])})"
                    ),
                    "Error, % of horizon": 100 * h.error(code),
                    "Inside": "yes" if h.covered(code) else "no",
                }
            )
        bands_of[h.name], truths[h.name] = pd.concat(parts), pd.concat(steps)

    def draw(width: int):
        plot = (width - 62 - 18) // 2

        def panel(name, first, last):
            x = alt.X(
                "month:Q",
                scale=alt.Scale(domain=[0, 100], nice=False),
                axis=alt.Axis(
                    values=[0, 50, 100], grid=False, title="Percent of follow-up" if last else None
                ),
            )

            def y(field):
                return alt.Y(
                    f"{field}:Q",
                    scale=alt.Scale(domain=[0, 100], nice=False),
                    axis=alt.Axis(
                        title=None,
                        values=[0, 50, 100],
                        grid=True,
                        labelExpr="datum.value + '\u00a0%'" if first else "''",
                    ),
                )

            area = (
                alt.Chart(bands_of[name])
                .mark_area(opacity=0.25)
                .encode(x=x, y=y("low"), y2="high:Q", color=theme.arm_scale("arm:N"))
            )
            true = (
                alt.Chart(truths[name])
                .mark_line(interpolate="step-after", strokeWidth=1.8, color=theme.INK)
                .encode(
                    x=x,
                    y=y("true"),
                    detail="arm:N",
                    strokeDash=alt.StrokeDash(
                        "arm:N",
                        scale=alt.Scale(
                            domain=list(ARMS), range=[theme.ARM_DASHES[a] for a in ARMS]
                        ),
                        legend=None,
                    ),
                )
            )
            return alt.layer(area, true).properties(
                width=plot,
                height=170 if width > 500 else 130,
                title=SET_NAMES[name] if width > 500 else SET_TITLES[name],
            )

        names = list(SETS)
        lines = [
            alt.hconcat(
                *(panel(n, k == 0, i == 2) for k, n in enumerate(names[i : i + 2])), spacing=18
            )
            for i in (0, 2)
        ]
        return alt.vconcat(
            *lines,
            spacing=14,
            title=alt.Title(
                (
                    "Band: calibrated from the printed summaries alone. Line: the truth."
                    if width > 500
                    else ["Band: calibrated from printed summaries.", "Line: the truth."]
                ),
                fontSize=12,
                fontWeight=400,
                color=theme.MUTED,
            ),
        )

    a = accuracy()
    return Figure(
        draw,
        "Four panels: bands calibrated from summaries against the Kaplan–Meier curves of the"
        f" patients. Mean error of restricted means {numbers.number(100 * a['arms'], 1)} percent of"
        f" follow-up; {a['covered']} of {a['intervals']} intervals hold the truth.",
        pd.DataFrame(rows),
        "calibration-check",
        (),
        note=(
            "Blue and solid: the group named first; orange and dashed: the second. Public data sets"
            " that come with the program library lifelines. Means are in each set's own unit of"
            " time."
        ),
    )

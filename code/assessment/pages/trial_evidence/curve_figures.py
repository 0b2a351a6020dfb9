"""Survival curves of CABINET as bands, with medians, what is known of the numbers at risk, and the
sets and subgroups beside each other.
"""

from __future__ import annotations

from functools import lru_cache

import altair as alt
import numpy as np
import pandas as pd

from assessment.case.definition import load_case
from assessment.case.trial.trial import ARMS, COHORTS, PREFIXES, SUBGROUPS, all_analysis_sets
from assessment.case.trial.trial_curves import Curves, curves
from assessment.pages.trial_evidence.effect_figures import WORDS as TRIAL
from assessment.presentation import numbers, theme
from assessment.presentation.show import Figure

WORDS = {
    "route": {
        "calibrated": "Calibrated to published summaries, not digitised",
        "digitised": "Rebuilt from the digitised curve",
    },
    "tag": ", digitised",
    "free": {"pfs": "Alive without progression", "os": "Alive"},
    "expected": {
        "pfs": "Expected without progression, were all followed",
        "os": "Expected alive, were all followed",
    },
    "at_risk": "At risk, as printed",
    "unpublished": "later: not published",
    "months": "Months since randomisation",
    "months_short": "Months",
    "ends": {"pfs": "PFS", "os": "OS"},
    "known": {
        "n": "sizes",
        "median": "medians",
        "lo": "intervals of medians",
        "hr": "hazard ratio",
        "events": "events",
        "followup": "follow-up",
    },
    "groups": COHORTS | TRIAL["subgroups"],
    "pulled": "Pulled: by more than {share}\u00a0%, our limit",
    "too_little": "no curve: no time is printed",
    "of": {"trial": "in this trial", "population": "in all such patients"},
    "agree": "no contradiction found",
    "nothing": "nothing found",
    "checked": {"t": "first curve", "c": "second curve", "difference": "difference"},
    "none": "none",
    "governments": (
        ". Governments are counted in whole years and end at elections, which no smooth curve"
        " follows"
    ),
}
HORIZON = {"pfs": 24, "os": 48}
STEP = {"pfs": {True: 3, False: 6}, "os": {True: 6, False: 12}}
LANDMARK = {"pfs": 12, "os": 24}
RMST_AT = 24
SOURCES = {s.id: s.source for s in load_case().divisions}


def found(endpoint: str, group: str, analysis_set: str = "publication") -> Curves | None:
    """The curves, or None when too little is printed for any."""
    try:
        return curves(endpoint, group, analysis_set)
    except ValueError as reason:
        if "too little is printed" in str(reason):
            return None
        raise


def route_title(shown: list[Curves], more: str = "") -> alt.Title:
    """The line that stands in every picture and says where its curves come from; ``more``: a second
    line.
    """
    said = [*dict.fromkeys(WORDS["route"][c.route] for c in shown), *([more] if more else [])]
    return alt.Title(said, fontSize=12, fontWeight=400, color=theme.MUTED)


def _tag(c: Curves) -> str:
    return "" if c.route == "calibrated" else WORDS["tag"]


@lru_cache(maxsize=64)
def band_frame(c: Curves, horizon: float, steps: int, of: str = "trial") -> pd.DataFrame:
    """One row per arm and month: low, middle, high of the share without the event, in percent.

    of: 'trial', the trial's own curve; 'population', that of all such patients.
    """
    months, rows = np.linspace(0, horizon, steps + 1), []
    for arm in ARMS:
        low, middle, high = c.band(months, arm, of)
        rows.append(
            pd.DataFrame(
                {
                    "arm": arm,
                    "month": months,
                    "low": 100 * low,
                    "middle": 100 * middle,
                    "high": 100 * high,
                }
            )
        )
    return pd.concat(rows).dropna()


def band_layers(
    frame: pd.DataFrame,
    x: alt.X,
    y,
    opacity: float = 0.2,
    behind: pd.DataFrame | None = None,
    tips: bool = True,
) -> list:
    """Band and middle line per arm in the arms' colours and dashes, ``behind``: a lighter band;
    ``tips``: a tooltip at whole months.
    """
    said = frame[np.isclose(frame["month"] % 1, 0)]
    base = alt.Chart(frame)
    dash = alt.StrokeDash(
        "arm:N",
        scale=alt.Scale(domain=list(ARMS), range=[theme.ARM_DASHES[a] for a in ARMS]),
        legend=None,
    )
    shown = [
        alt.Tooltip("arm:N", title="Arm"),
        alt.Tooltip("month:Q", title="Month"),
        alt.Tooltip("middle:Q", title="Percent", format=".0f"),
        alt.Tooltip("low:Q", title="From", format=".0f"),
        alt.Tooltip("high:Q", title="To", format=".0f"),
    ]

    def area(data, strength):
        return (
            alt.Chart(data)
            .mark_area(opacity=strength)
            .encode(x=x, y=y("low"), y2="high:Q", color=theme.arm_scale("arm:N"))
        )

    return [
        *([area(behind, 0.13)] if behind is not None else []),
        area(frame, opacity),
        base.mark_line().encode(
            x=x, y=y("middle"), color=theme.arm_scale("arm:N"), strokeDash=dash
        ),
        *(
            [
                alt.Chart(said)
                .mark_point(opacity=0, size=120)
                .encode(x=x, y=y("middle"), tooltip=shown)
            ]
            if tips
            else []
        ),
    ]


def median_layers(c: Curves, x_scale: alt.Scale, y) -> list:
    """The printed medians at one half, with their printed intervals cut at the axis."""
    end = x_scale.domain[1]
    rows = []
    for arm, code in (("cabozantinib", "t"), ("placebo", "c")):
        fact = c.facts.get(f"median_{code}")
        if fact is not None and fact.number <= end:
            has = fact.low is not None
            rows.append(
                {
                    "arm": arm,
                    "median": fact.number,
                    "low": fact.low if has else fact.number,
                    "high": min(fact.high, end) if has else fact.number,
                    "half": 50.0,
                    "text": f"{arm}: {numbers.fact_text(fact)}",
                }
            )
    if not rows:
        return []
    # Intervals that overlap are drawn a little apart.
    apart = 4 if len(rows) == 2 and rows[1]["high"] > rows[0]["low"] else 0
    layers = []
    for row, down in zip(rows, (-apart, apart)):
        base = alt.Chart(pd.DataFrame([row])).encode(
            y=y("half"),
            color=theme.arm_scale("arm:N"),
            tooltip=alt.Tooltip("text:N", title="Median, printed"),
        )
        layers += [
            base.mark_rule(strokeWidth=2.5, yOffset=down).encode(
                x=alt.X("low:Q", scale=x_scale), x2="high:Q"
            ),
            base.mark_point(
                filled=True,
                size=90,
                opacity=1,
                stroke=theme.BACKGROUND,
                strokeWidth=1.5,
                shape=theme.ARM_SHAPES[row["arm"]],
                yOffset=down,
            ).encode(x=alt.X("median:Q", scale=x_scale)),
        ]
    return layers


def name_layers(frame: pd.DataFrame, x_scale: alt.Scale, y, size: int = 13) -> list:
    """The arms' names on their curves: at the height where they stand furthest apart, cabozantinib
    above and placebo below.
    """
    gap = (
        frame[frame["arm"] == ARMS[0]].set_index("month")["middle"]
        - frame[frame["arm"] == ARMS[1]].set_index("month")["middle"]
    )
    at = float(
        gap[(gap.index > 0.2 * gap.index.max()) & (gap.index < 0.62 * gap.index.max())].idxmax()
    )
    layers = []
    for arm, align, dx, dy in ((ARMS[0], "left", 6, -12), (ARMS[1], "right", -6, 14)):
        point = frame[(frame["arm"] == arm) & np.isclose(frame["month"], at)]
        for stroke in (theme.BACKGROUND, None):
            mark = dict(
                align=align,
                dx=dx,
                dy=dy,
                fontSize=size,
                fontWeight=600,
                color=theme.ARM_COLOURS[arm],
            ) | ({"stroke": stroke, "strokeWidth": 4} if stroke else {})
            layers.append(
                alt.Chart(point)
                .mark_text(**mark)
                .encode(x=alt.X("month:Q", scale=x_scale), y=y("middle"), text="arm:N")
            )
    return layers


def _axes(horizon: float, step: int, title: str | None, labels: bool = True):
    scale = alt.Scale(domain=[0, horizon], nice=False)
    x = alt.X(
        "month:Q",
        scale=scale,
        axis=alt.Axis(title=title, values=list(range(0, horizon + 1, step)), grid=False),
    )
    percent = alt.Axis(
        title=None,
        values=[0, 25, 50, 75, 100],
        grid=True,
        labelExpr="datum.value + '\u00a0%'" if labels else "''",
    )
    return (
        scale,
        x,
        lambda field: alt.Y(
            f"{field}:Q", scale=alt.Scale(domain=[0, 100], nice=False), axis=percent
        ),
    )


def table_rows(c: Curves, months: list[int]) -> list[dict]:
    """The rows under a curve: what is printed of the numbers at risk, and how many of as many
    patients are expected event-free.
    """
    rows = []
    for arm, code in (("cabozantinib", "t"), ("placebo", "c")):
        n, known, middle = (
            c.facts.get(f"n_{code}"),
            c.at_risk(arm),
            c.band(np.array(months, float), arm, "trial")[1],
        )
        for m, share in zip(months, middle):
            if known is not None:
                printed = known[np.isclose(known[:, 0], m), 1]
                at_risk = numbers.number(printed[0]) if printed.size else ""
            else:
                at_risk = numbers.fact_text(n, "bare") if m == 0 and n else ""
            rows.append(
                {
                    "arm": arm,
                    "month": m,
                    "at_risk": at_risk,
                    "expected": numbers.number(n.number * share) if n and share == share else "–",
                }
            )
    return rows


def _under(c: Curves, scale: alt.Scale, step: int, plot: int):
    frame = pd.DataFrame(table_rows(c, list(range(0, int(scale.domain[1]) + 1, step))))
    # The same room at the left as the axis above, so that both plots align.
    room = alt.Axis(
        title=None, labels=False, ticks=False, domain=False, grid=False, minExtent=88, maxExtent=88
    )
    y = alt.Y("line:O", axis=room)
    lines = [
        frame[frame["arm"] == arm].assign(line=top + i, text=frame[field])
        for top, field in ((0, "at_risk"), (3, "expected"))
        for i, arm in enumerate(ARMS, 1)
    ]
    cells, names = (
        pd.concat(lines)[["arm", "month", "line", "text"]],
        pd.concat(line.head(1) for line in lines)[["arm", "line"]],
    )
    heads = pd.DataFrame(
        {"line": [0, 3], "text": [WORDS["at_risk"], WORDS["expected"][c.endpoint]]}
    )
    left = dict(align="left", fontSize=12)
    parts = [
        alt.Chart(heads)
        .mark_text(**left, fontWeight=600, color=theme.MUTED)
        .encode(x=alt.value(-84), y=y, text="text:N"),
        alt.Chart(names)
        .mark_text(**left, fontWeight=600)
        .encode(x=alt.value(-84), y=y, text="arm:N", color=theme.arm_scale("arm:N")),
        alt.Chart(cells)
        .mark_text(fontSize=12, color=theme.INK)
        .encode(x=alt.X("month:Q", scale=scale, axis=None), y=y, text="text:N"),
    ]
    if c.route == "calibrated":
        parts.append(
            alt.Chart(names[names["line"] < 3])
            .mark_text(**left, fontStyle="italic", color=theme.MUTED)
            .encode(x=alt.value(22), y=y, text=alt.value(WORDS["unpublished"]))
        )
    return alt.layer(*parts).properties(width=plot, height=6 * 17)


def bands(endpoint: str) -> Figure:
    """Curves of 'pfs' or 'os' in both cohorts, publication set, with the table of numbers under
    each axis.
    """
    shown = [curves(endpoint, cohort) for cohort in COHORTS]
    horizon = HORIZON[endpoint]
    frames = {
        (c.group, of): band_frame(c, horizon, 48, of)
        for c in shown
        for of in ("trial", "population")
    }

    def draw(width: int):
        wide = width > 500
        plot, step = width - 104, STEP[endpoint][wide]

        def panel(c: Curves):
            scale, x, _ = _axes(horizon, step, WORDS["months"])
            axis = alt.Axis(
                title=None,
                values=[0, 25, 50, 75, 100],
                minExtent=88,
                maxExtent=88,
                labelExpr="datum.value + '\u00a0%'",
            )

            def y(field):
                return alt.Y(f"{field}:Q", scale=alt.Scale(domain=[0, 100], nice=False), axis=axis)

            layers = [
                *band_layers(frames[c.group, "trial"], x, y, 0.26, frames[c.group, "population"]),
                *median_layers(c, scale, y),
                *name_layers(frames[c.group, "trial"], scale, y),
            ]
            top = alt.layer(*layers).properties(
                width=plot,
                height=240 if wide else 200,
                title=f"{WORDS['free'][endpoint]}, {COHORTS[c.group]}{_tag(c)}",
            )
            return alt.vconcat(top, _under(c, scale, step, plot), spacing=4)

        return alt.vconcat(*map(panel, shown), spacing=26, title=route_title(shown))

    rows, at = [], tuple(range(0, horizon + 1, STEP[endpoint][True]))
    for c in shown:
        texts = {
            (arm, of): dict(zip(at, share_texts(c, arm, at, of)))
            for arm in ARMS
            for of in WORDS["of"]
        }
        rows += [
            {"Cohort": COHORTS[c.group], "Arm": r["arm"], "Month": r["month"]}
            | {
                f"Percent, {name}": texts[r["arm"], of][r["month"]]
                for of, name in WORDS["of"].items()
            }
            | {"At risk, printed": r["at_risk"] or "not published", "Expected": r["expected"]}
            for r in table_rows(c, list(at))
        ]
    said = "; ".join(
        f"{COHORTS[c.group]} at {LANDMARK[endpoint]} months: "
        + ", ".join(f"{arm} {landmark_text(c, arm)}" for arm in ARMS)
        for c in shown
    )
    return Figure(
        draw,
        f"Two survival curves with 95 percent bands per cohort, {WORDS['free'][endpoint].lower()},"
        f" by months. {said}. {WORDS['route'][shown[0].route]}.",
        pd.DataFrame(rows),
        f"cabinet-{endpoint}-curves",
        ("chan2025",),
        note="Dots and bars at one half are the printed medians with their printed intervals.",
    )


def landmark_text(c: Curves, arm: str, month: float | None = None) -> str:
    """Share of all such patients without the event at a month (default: the endpoint's landmark)
    with its 95 % interval, as text.
    """
    return share_texts(c, arm, (LANDMARK[c.endpoint] if month is None else month,))[0]


@lru_cache(maxsize=256)
def share_texts(c: Curves, arm: str, months: tuple, of: str = "population") -> list[str]:
    """Share without the event at each month with its 95 % interval, as text."""
    return [
        f"{numbers.number(m)}\u00a0% ({numbers.interval(low, high, 0)})"
        for low, m, high in 100 * np.array(c.band(np.array(months, float), arm, of)).T
    ]


@lru_cache(maxsize=64)
def gain_text(c: Curves, horizon: float = RMST_AT) -> str:
    """Months gained up to ``horizon``, middle and 95 % interval, as text with a sign where below
    zero.
    """
    low, middle, high = np.nanquantile(
        c.rmst_difference(np.linspace(0, horizon, 97))[:, -1], [0.025, 0.5, 0.975]
    )
    between = (
        f"{numbers.number(low, 1)} to {numbers.number(high, 1)}"
        if low < 0
        else numbers.interval(low, high)
    )
    return f"{numbers.number(middle, 1)} ({between})"


def _small(
    rows: dict[str, list[tuple[str, Curves]]], endpoint: str, horizon: int, width: int, columns: int
):
    """Small multiples: one row of panels per key, at most ``columns`` beside each other, sharing
    both axes.
    """
    wide = width > 500
    plot = (width - 56 - 14 * (columns - 1)) // columns

    def panel(title, c, first, last):
        scale, x, y = _axes(
            horizon,
            6 if plot > 150 else 12,
            (
                WORDS["months" if plot > 150 else "months_short"]
                if last and first
                else "\u00a0"
                if last
                else None
            ),
            first,
        )
        return alt.layer(
            *band_layers(
                band_frame(c, horizon, 48),
                x,
                y,
                0.26,
                band_frame(c, horizon, 48, "population"),
                tips=False,
            ),
            *median_layers(c, scale, y),
        ).properties(
            width=plot,
            height=150 if wide else 110,
            title=alt.Title(title + _tag(c), fontSize=12 if not wide else 13),
        )

    lines = []
    for i, (name, cells) in enumerate(rows.items()):
        for start in range(0, len(cells), columns):
            part, last = (
                cells[start : start + columns],
                i == len(rows) - 1 and start + columns >= len(cells),
            )
            line = alt.hconcat(
                *(panel(t, c, k == 0, last) for k, (t, c) in enumerate(part)), spacing=14
            )
            lines.append(line.properties(title=alt.Title(name, fontSize=13)) if name else line)
    shown = [c for cells in rows.values() for _, c in cells]
    return alt.vconcat(*lines, spacing=14, title=route_title(shown))


def sets(endpoint: str = "pfs") -> Figure:
    """The same curves from each analysis set, never combined: cohorts by row, sets by column."""
    rows = {
        TRIAL["cohort_long"][cohort]: [
            (TRIAL["sets"][s], c) for s in all_analysis_sets() if (c := found(endpoint, cohort, s))
        ]
        for cohort in COHORTS
    }
    said = "; ".join(
        f"{cohort}, {s}: " + ", ".join(f"{arm} {landmark_text(c, arm)}" for arm in ARMS)
        for cohort, cells in rows.items()
        for s, c in cells
    )
    table = pd.DataFrame(
        [
            {"Cohort": cohort, "Analysis set": s}
            | {arm.capitalize(): landmark_text(c, arm) for arm in ARMS}
            for cohort, cells in rows.items()
            for s, c in cells
        ]
    )
    return Figure(
        lambda width: _small(rows, endpoint, HORIZON[endpoint], width, 3),
        "Small multiples of survival curves with bands, one panel per analysis set and cohort. At"
        f" {LANDMARK[endpoint]} months: {said}.",
        table,
        f"cabinet-{endpoint}-curves-by-set",
        tuple(SOURCES.values()),
        note=f"Table: share at {LANDMARK[endpoint]} months with 95 % interval.",
    )


def subgroup_curves() -> list[tuple[str, Curves]]:
    """The subgroups, each from the analysis set its source belongs to."""
    cells = []
    for key in SUBGROUPS:
        c = next(c for s in PREFIXES if (c := _with_ratio(key, s)))
        cells.append((TRIAL["subgroups"][key], c))
    return cells


def _with_ratio(key: str, analysis_set: str) -> Curves | None:
    c = found("pfs", key, analysis_set)
    return c if c is not None and "hr" in c.facts else None


def subgroups() -> Figure:
    """Progression-free survival in the subgroups with a printed hazard ratio and medians."""
    cells = subgroup_curves()
    said = "; ".join(
        f"{name}: " + ", ".join(f"{arm} {landmark_text(c, arm)}" for arm in ARMS)
        for name, c in cells
    )
    table = pd.DataFrame(
        [
            {"Group": name}
            | {arm.capitalize(): landmark_text(c, arm) for arm in ARMS}
            | {
                "Medians, printed": (
                    f"{numbers.fact_text(c.facts['median_t'], 'bare')} and"
                    f" {numbers.fact_text(c.facts['median_c'], 'bare')}"
                )
            }
            for name, c in cells
        ]
    )
    return Figure(
        lambda width: _small({"": cells}, "pfs", 18, width, 3 if width > 500 else 1),
        "Small multiples of progression-free survival with bands in three subgroups. At"
        f" {LANDMARK['pfs']} months: {said}.",
        table,
        "cabinet-subgroup-curves",
        ("strosberg2025gi", "exelixis2025lung", "strosberg2026g3"),
        note=f"Table: share at {LANDMARK['pfs']} months with 95 % interval.",
    )

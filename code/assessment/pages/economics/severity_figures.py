"""Figures and tables of severity: absolute shortfall by age, cohort and assumption."""

from __future__ import annotations

from dataclasses import replace

import altair as alt
import pandas as pd

from assessment.case.model.comparator_severity import placebo_arm
from assessment.case.trial.trial import COHORTS
from assessment.economics.model.absolute_shortfall import (
    absolute_shortfall,
    check_against_published,
    median_at_shortfall,
    severity_class,
    shortfall_by_age,
)
from assessment.evidence import load_facts, load_population_table
from assessment.evidence.provenance.result_cache import cached_result
from assessment.evidence.provenance.traced_text import computed
from assessment.presentation import numbers, theme
from assessment.presentation.show import Figure, Table

COHORT_COLOURS = theme.COHORT_COLOURS
COHORT_DASHES = theme.COHORT_DASHES
CLASS_OPACITY = {1: 0.05, 2: 0.12, 3: 0.22, 4: 0.36, 5: 0.95, 6: 1.0}
WORDS = {
    "assumption": (
        "◆ Assumption: exponential survival from the printed placebo median; ages at the start of"
        " treatment are ours"
    ),
    "assumption_narrow": [
        "◆ Assumption: exponential survival from the",
        "printed placebo median; ages are ours",
    ],
    "shortfall": "Absolute shortfall, QALYs",
    "age": "Age at start of treatment",
    "class": "class",
    "most": "most there is to lose",
    "assumed": "age assumed",
    "cases": {
        "base": "Base case",
        "tail_long": "Longer tail",
        "tail_short": "Shorter tail",
        "utility_printed": "Utility as printed",
        "utility_low": "Lowest utility",
        "interim": "Interim 2023",
        "active": "Active treatment",
        "ours": "Our life table",
    },
    "explained": {
        "base": "placebo arm, exponential curve, mapped utility",
        "tail_long": "curve shape {low}, same median",
        "tail_short": "curve shape {high}, same median",
        "utility_printed": "utility before mapping",
        "utility_low": "lowest published utility after progression",
        "interim": "placebo median of the interim analysis",
        "active": {
            "epnet": "median survival as on 177Lu-dotatate in NETTER-1",
            "pnet": "median survival as on everolimus in RADIANT-3",
        },
        "ours": "remaining QALYs recomputed here",
    },
}
PRINTED_UTILITY = {
    "epnet": "economics.utility.palmer.midgut_progressed",
    "pnet": "economics.utility.palmer.pnet_progressed",
}
ACTIVE_MEDIAN = {
    "epnet": "netter1.os.midgut.lutetium.median",
    "pnet": "radiant3.os.pnet.everolimus.median",
}
SOURCES = ("chan2025", "dmp2025tool", "magnussen2015")


def ages() -> range:
    """The ages shown, an assumption kept in the data."""
    shown = load_facts()["economics.severity.ages_shown"]
    return range(int(shown.low), int(shown.high) + 1)


def assumed_age(cohort: str) -> int:
    """The starting age assumed for a cohort."""
    return int(load_facts()[f"norway.age.{cohort}.start"].number)


@cached_result(maxsize=1)
def cases() -> pd.DataFrame:
    """Every case of both cohorts at every age shown: one row per cohort, case and age, columns as
    shortfall_by_age.
    """
    facts = load_facts()
    shape = facts["economics.severity.curve_shape"]
    frames = []
    for cohort in COHORTS:
        base = placebo_arm(cohort)
        found = {
            "base": base,
            "tail_long": replace(base, shape=shape.low),
            "tail_short": replace(base, shape=shape.high),
            "utility_printed": replace(base, utility=facts[PRINTED_UTILITY[cohort]].number),
            "utility_low": replace(
                base, utility=facts["economics.utility.swinburn.progressed"].number
            ),
        }
        if cohort == "epnet":  # no other set prints a median on placebo
            found["interim"] = placebo_arm(cohort, "interim_2023")
        found["active"] = replace(base, median_survival_months=facts[ACTIVE_MEDIAN[cohort]].number)
        frames += [
            shortfall_by_age(arm, ages()).assign(cohort=cohort, case=name)
            for name, arm in found.items()
        ]
        frames.append(_with_our_life_table(frames[-len(found)]).assign(case="ours"))
    return pd.concat(frames, ignore_index=True)


def _with_our_life_table(base: pd.DataFrame) -> pd.DataFrame:
    """The base case with remaining QALYs recomputed here in place of DMP's printed table."""
    classes = load_population_table("severity-classes")
    ours = base["age"].map(check_against_published().set_index("age")["our_qalys"])
    shortfall = [absolute_shortfall(r, q) for r, q in zip(ours, base["comparator_qalys"])]
    return base.assign(
        remaining_qalys=ours,
        shortfall=shortfall,
        **{"class": [severity_class(s, classes) for s in shortfall]},
    )


def _bands(top: float) -> pd.DataFrame:
    classes = load_population_table("severity-classes")
    frame = pd.DataFrame(
        {
            "low": classes["absolute_shortfall_from"].astype(float),
            "class": classes["class"].astype(int),
        }
    )
    frame["high"] = frame["low"].shift(-1).fillna(top)
    return frame.assign(
        label=WORDS["class"] + " " + frame["class"].astype(str),
        foot=frame["low"] + 0.9,
        shade=frame["class"] % 2,
    )


def border_shift(data: pd.DataFrame) -> int:
    """The most years by which any case moves the first age of any class, against the base case of
    its cohort.
    """
    first = data.groupby(["cohort", "case", "class"])["age"].min().unstack("case")
    shifts = first.sub(first["base"], axis=0).abs()
    return int(shifts[first["base"] > ages()[0]].max().max())


def by_age() -> Figure:
    """Shortfall against age for both cohorts over the bands of the classes, with the range of curve
    shapes and the most there is to lose.
    """
    data, most = cases(), shortfall_by_age(None, ages())
    base = data[data["case"] == "base"]
    low, high = (
        data[data["case"] == c].set_index(["cohort", "age"])["shortfall"]
        for c in ("tail_long", "tail_short")
    )
    spread = pd.DataFrame({"low": low, "high": high}).reset_index()
    top = float(max(28, most["shortfall"].max() + 1))
    marks = pd.concat(
        [base[(base["cohort"] == c) & (base["age"] == assumed_age(c))] for c in COHORTS]
    )
    marks = marks.assign(
        text=[
            f"{COHORTS[r.cohort]} at {r.age}: {numbers.number(r.shortfall, 1)}"
            for r in marks.itertuples()
        ]
    )

    def draw(width: int):
        wide = width > 500
        plot, height = width - 62, 380 if wide else 330
        x = alt.X(
            "age:Q",
            title=WORDS["age"],
            scale=alt.Scale(domain=[ages()[0], ages()[-1]], nice=False),
            axis=alt.Axis(values=list(range(ages()[0], ages()[-1] + 1, 5)), grid=False),
        )

        def y(field):
            return alt.Y(
                f"{field}:Q",
                title=WORDS["shortfall"],
                scale=alt.Scale(domain=[0, top], nice=False),
                axis=alt.Axis(values=sorted(_bands(top)["low"])),
            )

        bands = alt.Chart(_bands(top))
        layers = [
            bands.transform_filter("datum.shade == 0")
            .mark_rect(color=theme.WASH)
            .encode(y=y("low"), y2="high:Q"),
            # Low classes are named at the left and high ones at the right, where no line
            # passes.
            bands.transform_filter("datum.class <= 4")
            .mark_text(align="left", dx=6, color=theme.MUTED, fontSize=12)
            .encode(x=alt.value(0), y=y("foot"), text="label:N"),
            bands.transform_filter("datum.class > 4")
            .mark_text(align="right", dx=-6, color=theme.MUTED, fontSize=12)
            .encode(x=alt.value(plot), y=y("foot"), text="label:N"),
            alt.Chart(most)
            .mark_line(color=theme.GREY, strokeWidth=1.5, strokeDash=[2, 3])
            .encode(x=x, y=y("shortfall")),
            alt.Chart(most[most["age"] == ages()[1]])
            .mark_text(align="left", dy=-9, dx=4, color=theme.MUTED, fontSize=12)
            .encode(x=x, y=y("shortfall"), text=alt.value(WORDS["most"])),
        ]
        for cohort in COHORTS:
            colour = COHORT_COLOURS[cohort]
            layers += [
                alt.Chart(spread[spread["cohort"] == cohort])
                .mark_area(color=colour, opacity=0.16)
                .encode(x=x, y=y("low"), y2="high:Q"),
                alt.Chart(base[base["cohort"] == cohort])
                .mark_line(color=colour, strokeDash=COHORT_DASHES[cohort])
                .encode(
                    x=x,
                    y=y("shortfall"),
                    tooltip=[
                        alt.Tooltip("age:Q", title="Age"),
                        alt.Tooltip("shortfall:Q", title="Shortfall", format=".2f"),
                        alt.Tooltip("class:Q", title="Class"),
                    ],
                ),
            ]
            mark = alt.Chart(marks[marks["cohort"] == cohort]).encode(x=x, y=y("shortfall"))
            above = cohort == "epnet"
            layers += [
                mark.mark_point(
                    filled=True,
                    size=90,
                    opacity=1,
                    color=colour,
                    shape="circle" if above else "diamond",
                ),
                mark.mark_text(
                    align="left" if above else "right" if wide else "center",
                    dx=7 if above else -9 if wide else -38,
                    dy=-38 if above else 12 if wide else 25,
                    color=colour,
                    fontSize=13,
                    fontWeight=600,
                ).encode(text="text:N"),
            ]
        return alt.layer(*layers).properties(
            width=plot,
            height=height,
            title=alt.Title(
                WORDS["assumption"] if wide else WORDS["assumption_narrow"],
                fontSize=12,
                fontWeight=400,
                color=theme.MUTED,
            ),
        )

    table = base.assign(cohort=base["cohort"].map(COHORTS))[
        ["cohort", "age", "remaining_qalys", "comparator_qalys", "shortfall", "class"]
    ]
    table.columns = [
        "Cohort",
        "Age",
        "Remaining QALYs, general population",
        "QALYs on the comparator",
        "Absolute shortfall",
        "Class",
    ]
    said = "; ".join(marks["text"] + ", class " + marks["class"].astype(str))
    ends = "; ".join(
        f"{COHORTS[c]} from {numbers.number(g['shortfall'].iloc[0], 1)} at {g['age'].iloc[0]} to"
        f" {numbers.number(g['shortfall'].iloc[-1], 1)} at {g['age'].iloc[-1]}"
        for c, g in base.groupby("cohort")
    )
    return Figure(
        draw,
        "Lines of absolute shortfall in QALYs falling with age, over bands for the severity"
        f" classes. {ends}. At the ages assumed: {said}.",
        table,
        "severity-by-age",
        SOURCES,
    )


def class_grid() -> Figure:
    """Severity class by age for each case of both cohorts: a grid of digits."""
    data = cases()
    data = data.assign(
        name=data["case"].map(WORDS["cases"]),
        opacity=data["class"].map(CLASS_OPACITY),
        digit=data["class"].astype(str),
    )

    def draw(width: int):
        wide = width > 500
        step = 1 if wide else 2
        shown = data[(data["age"] - ages()[0]) % step == 0]

        def panel(cohort, last):
            base = alt.Chart(shown[shown["cohort"] == cohort], title=COHORTS[cohort]).encode(
                x=alt.X(
                    "age:O",
                    title=WORDS["age"] if last else None,
                    axis=alt.Axis(
                        orient="bottom",
                        labelAngle=0,
                        domain=False,
                        ticks=False,
                        labelFontSize=12 if wide else 12,
                    ),
                ),
                y=alt.Y(
                    "name:N",
                    sort=list(WORDS["cases"].values()),
                    title=None,
                    axis=alt.Axis(labelLimit=140),
                ),
                tooltip=[
                    alt.Tooltip("name:N", title="Case"),
                    alt.Tooltip("age:O", title="Age"),
                    alt.Tooltip("shortfall:Q", title="Shortfall", format=".2f"),
                    alt.Tooltip("class:O", title="Class"),
                ],
            )
            cells = base.mark_rect(color=theme.BLUE, stroke=theme.BACKGROUND).encode(
                opacity=alt.Opacity("opacity:Q", scale=None, legend=None)
            )
            text = base.mark_text(fontSize=13, fontWeight=600).encode(
                text="digit:N",
                color=alt.condition(
                    "datum.class >= 5", alt.value(theme.BACKGROUND), alt.value(theme.INK)
                ),
            )
            return alt.layer(cells, text).properties(
                width=width - (126 if wide else 122), height=alt.Step(24)
            )

        return alt.vconcat(panel("epnet", False), panel("pnet", True), spacing=16)

    table = (
        data.pivot_table(index=["cohort", "name"], columns="age", values="class", sort=False)
        .astype(int)
        .reset_index()
    )
    table["cohort"] = table["cohort"].map(COHORTS)
    table = table.rename(columns={"cohort": "Cohort", "name": "Case"})
    base = data[data["case"] == "base"].groupby("cohort", sort=False)["class"].agg(["max", "min"])
    said = "; ".join(
        f"{COHORTS[c]} from class {r['max']} to class {r['min']}" for c, r in base.iterrows()
    )
    return Figure(
        draw,
        "Grid of severity classes, ages across, assumptions down. Base case from the youngest to"
        f" the oldest age: {said}. Classes change with age in every row and little from row to row,"
        " except with an active treatment.",
        table,
        "severity-classes",
        SOURCES,
    )


def cases_at_assumed_age() -> Table:
    """Each case at the age assumed: what is changed, life years and QALYs on the comparator,
    shortfall, class.
    """
    data, facts = cases(), load_facts()
    shape = facts["economics.severity.curve_shape"]
    rows = []
    for cohort in COHORTS:
        for r in data[
            (data["cohort"] == cohort) & (data["age"] == assumed_age(cohort))
        ].itertuples():
            text = WORDS["explained"][r.case]
            text = (text[cohort] if isinstance(text, dict) else text).format(
                low=numbers.printed(shape.printed_low), high=numbers.printed(shape.printed_high)
            )
            rows.append(
                {
                    "Case": f"{COHORTS[cohort]}: {text}",
                    "Life years": numbers.number(r.life_years, 2),
                    "QALYs": numbers.number(r.comparator_qalys, 2),
                    "Shortfall": numbers.number(r.shortfall, 2),
                    "Class": str(r[data.columns.get_loc("class") + 1]),
                }
            )
    return Table(pd.DataFrame(rows))


def check_figure() -> Figure:
    """Our remaining QALYs less DMP's printed ones, by age, with the tolerance of the tests."""
    data, limit = (
        check_against_published(),
        load_facts()["economics.severity.check_tolerance"].number,
    )

    def draw(width: int):
        wide = width > 500
        x = alt.X(
            "age:Q",
            title="Age",
            scale=alt.Scale(
                domain=[int(data["age"].min()) - 1, int(data["age"].max()) + 1], nice=False
            ),
            axis=alt.Axis(values=list(range(40, 91, 10)), grid=False),
        )
        y = alt.Y(
            "difference:Q",
            title="Ours less DMP's, QALYs",
            scale=alt.Scale(domain=[-0.2, 0.2]),
            axis=alt.Axis(
                values=[-0.2, -limit, 0, limit, 0.2] if wide else [-limit, 0, limit], format=".2f"
            ),
        )
        lines = (
            alt.Chart(pd.DataFrame({"difference": [-limit, limit]}))
            .mark_rule(strokeDash=[4, 3], color=theme.ORANGE)
            .encode(y=y)
        )
        zero = (
            alt.Chart(pd.DataFrame({"difference": [0.0]})).mark_rule(color=theme.MUTED).encode(y=y)
        )
        dots = (
            alt.Chart(data)
            .mark_point(filled=True, size=34, color=theme.BLUE, opacity=1)
            .encode(
                x=x,
                y=y,
                tooltip=[
                    "age:Q",
                    alt.Tooltip("our_qalys:Q", title="Ours", format=".2f"),
                    alt.Tooltip("remaining_qalys:Q", title="DMP's"),
                ],
            )
        )
        return alt.layer(lines, zero, dots).properties(width=width - 74, height=200)

    table = data[["age", "remaining_qalys", "our_qalys", "difference"]].copy()
    table.columns = ["Age", "DMP's remaining QALYs", "Ours", "Difference"]
    worst = data.loc[data["difference"].abs().idxmax()]
    return Figure(
        draw,
        "Dots of the difference between recomputed and printed remaining QALYs, ages"
        f" {data['age'].min()} to {data['age'].max()}. All lie within the tolerance; the largest is"
        f" {numbers.number(worst['difference'], 2)} at age {int(worst['age'])}.",
        table.round(2),
        "severity-check",
        ("dmp2025tool", "ssb07902"),
    )


@computed
def cohort_texts(cohort: str) -> dict[str, str]:
    """Shortfall, class and their range of one cohort, as text."""
    data, floors = (
        cases(),
        load_population_table("severity-classes").set_index("class")["absolute_shortfall_from"],
    )
    age = assumed_age(cohort)
    rows = data[(data["cohort"] == cohort) & (data["age"] == age)].set_index("case")
    base, whole = rows.loc["base"], data[(data["cohort"] == cohort) & (data["case"] == "base")]
    placebo = rows.drop(index="active")
    number = int(base["class"])
    return {
        f"econ_{cohort}_{k}": v
        for k, v in {
            "shortfall": numbers.number(base["shortfall"], 1),
            "class": str(number),
            "remaining": numbers.number(base["remaining_qalys"], 1),
            "qalys": numbers.number(base["comparator_qalys"], 1),
            "life_years": numbers.number(base["life_years"], 1),
            "shortfall_young": numbers.number(whole["shortfall"].max(), 1),
            "shortfall_old": numbers.number(whole["shortfall"].min(), 1),
            "class_young": str(whole["class"].max()),
            "class_old": str(whole["class"].min()),
            "shortfall_low": numbers.number(placebo["shortfall"].min(), 1),
            "shortfall_high": numbers.number(placebo["shortfall"].max(), 1),
            "active_class": str(rows.loc["active", "class"]),
            "active_shortfall": numbers.number(rows.loc["active", "shortfall"], 1),
            "longest": numbers.number(
                median_at_shortfall(floors[number], age, placebo_arm(cohort))
            ),
            "shortest": numbers.number(
                median_at_shortfall(floors[number + 1], age, placebo_arm(cohort)) or 0
            ),
            "per_year": numbers.number(
                (whole["shortfall"].iloc[0] - whole["shortfall"].iloc[-1])
                / (ages()[-1] - ages()[0]),
                2,
            ),
            "oldest_in_class": str(whole.loc[whole["class"] == number, "age"].max()),
            "youngest_in_class": str(whole.loc[whole["class"] == number, "age"].min()),
        }.items()
    }


@computed
def check_texts() -> dict[str, str]:
    """How far the recomputed remaining QALYs lie from DMP's, as text."""
    check = check_against_published()
    return {
        "econ_check_largest": numbers.number(check["difference"].abs().max(), 2),
        "econ_check_from": str(check["age"].min()),
        "econ_check_to": str(check["age"].max()),
    }


@computed
def texts() -> dict[str, str]:
    """Computed numbers for the chapter's sentences, as text."""
    found = check_texts() | {"econ_age_from": str(ages()[0]), "econ_age_to": str(ages()[-1])}
    found |= {
        "econ_border_shift": numbers.number(border_shift(cases()[cases()["case"] != "active"])),
        "econ_border_shift_active": numbers.number(border_shift(cases())),
    }
    needed = load_facts()["norway.small_groups.shortfall.minimum"].number
    remaining = load_population_table("remaining-qalys").set_index("age")["remaining_qalys"]
    found["econ_small_oldest"] = str(max(a for a, q in remaining.items() if q >= needed))
    for cohort in COHORTS:
        found |= cohort_texts(cohort)
    return found

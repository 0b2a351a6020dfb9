"""Figure of the shortfall against age, over the bands of the classes."""

from __future__ import annotations

import altair as alt
import pandas as pd

from assessment.case.trial.trial import COHORTS
from assessment.economics.model.absolute_shortfall import shortfall_by_age
from assessment.evidence import load_population_table
from assessment.pages.economics.severity.class_ranges import drawn_shortfalls
from assessment.pages.economics.severity.severity_cases import SOURCES, ages, assumed_age, cases
from assessment.pages.economics.shared.arm_names import CONTROL_NAME
from assessment.pages.economics.shared.model_answers import limits
from assessment.presentation import numbers, theme
from assessment.presentation.frame_rows import frame_rows
from assessment.presentation.language import _
from assessment.presentation.show import Figure

COLUMNS = {
    "cohort": _("Cohort"),
    "age": _("Age"),
    "remaining_qalys": _("Remaining QALYs, general population"),
    "comparator_qalys": _("QALYs on the comparator"),
    "shortfall": _("Absolute shortfall"),
    "class": _("Class"),
}
LOWEST_TOP = 28  # of the axis, QALYs


def shortfall_by_age_figure() -> Figure:
    """Shortfall of the base case against age for both cohorts over the bands of the classes, with
    its interval, the simple check at the age assumed, and the most there is to lose.
    """
    data, most = cases(), shortfall_by_age(None, ages())
    base = data[data["case"] == "base"]
    points = _with_interval(_points(base))
    checks = data[data["case"] == "simple"]
    top = float(max(LOWEST_TOP, most["shortfall"].max() + 1))
    bands = _bands(top)

    def draw(width: int) -> alt.TopLevelMixin:
        wide = width > 500
        plot = width - 62
        layers = _band_layers(bands, most, plot, top)
        for cohort in COHORTS:
            layers.append(_line(cohort, base[base["cohort"] == cohort], top))
            layers += _point_layers(cohort, points[points["cohort"] == cohort], top, wide)
            at_age = (checks["cohort"] == cohort) & (checks["age"] == assumed_age(cohort))
            layers.append(_check_layer(cohort, checks[at_age], top))
        title = alt.Title(_assumption(wide), fontSize=12, fontWeight=400, color=theme.MUTED)
        return alt.layer(*layers).properties(width=plot, height=380 if wide else 330, title=title)

    table = base.assign(cohort=base["cohort"].map(COHORTS))[list(COLUMNS)]
    ends = "; ".join(
        _("{cohort} from {first} at {first_age} to {last} at {last_age}").format(
            cohort=COHORTS[cohort],
            first=numbers.number(rows["shortfall"].iloc[0], 1),
            first_age=rows["age"].iloc[0],
            last=numbers.number(rows["shortfall"].iloc[-1], 1),
            last_age=rows["age"].iloc[-1],
        )
        for cohort, rows in base.groupby("cohort")
    )
    classes = [
        _("{point}, class {number}").format(point=p.text, number=p.number)
        for p in frame_rows(points.rename(columns={"class": "number"}))
    ]
    return Figure(
        draw,
        _(
            "Lines of absolute shortfall in QALYs falling with age, over bands for the severity"
            " classes. {ends}. At the ages assumed: {points}."
        ).format(ends=ends, points="; ".join(classes)),
        table.rename(columns=COLUMNS),
        "severity-by-age",
        SOURCES,
    )


def _assumption(wide: bool) -> str | list[str]:
    if wide:
        return _(
            "◆ Assumption: ages at the start of treatment are ours. Calibrated curves of the"
            " {control} arm, not digitised"
        ).format(control=CONTROL_NAME)
    return [
        _("◆ Assumption: ages are ours. Calibrated curves"),
        _("of the {control} arm, not digitised").format(control=CONTROL_NAME),
    ]


def _with_interval(points: pd.DataFrame) -> pd.DataFrame:
    """The middle 95 % of draws of the shortfall, from ``low`` to ``high``, beside each point."""
    ends = [limits(drawn_shortfalls(str(cohort))) for cohort in points["cohort"]]
    low, high = zip(*ends)
    return points.assign(low=low, high=high)


def _check_layer(cohort: str, check: pd.DataFrame, top: float) -> alt.Chart:
    """The simple check at the age assumed, as a cross."""
    return (
        alt.Chart(check)
        .mark_point(
            filled=True, size=70, opacity=1, shape="cross", color=theme.COHORT_COLOURS[cohort]
        )
        .encode(x=_age(), y=_shortfall("shortfall", top))
    )


def _points(base: pd.DataFrame) -> pd.DataFrame:
    """The base case at each cohort's assumed age, with its name as text."""
    points = pd.concat(
        [base[(base["cohort"] == c) & (base["age"] == assumed_age(c))] for c in COHORTS]
    )
    texts = [
        _("{cohort} at {age}: {shortfall}").format(
            cohort=COHORTS[row.cohort], age=row.age, shortfall=numbers.number(row.shortfall, 1)
        )
        for row in frame_rows(points)
    ]
    return points.assign(text=texts)


def _bands(top: float) -> pd.DataFrame:
    """A band of shortfall for each class, from ``low`` to ``high``, and where its name stands."""
    classes = load_population_table("severity-classes")
    bands = pd.DataFrame(
        {
            "low": classes["absolute_shortfall_from"].astype(float),
            "class": classes["class"].astype(int),
        }
    )
    bands["high"] = bands["low"].shift(-1).fillna(top)
    return bands.assign(
        label=[_("class {number}").format(number=number) for number in bands["class"]],
        foot=bands["low"] + 0.9,
        shade=bands["class"] % 2,
    )


def _age() -> alt.X:
    shown = ages()
    return alt.X(
        "age:Q",
        title=_("Age at start of treatment"),
        scale=alt.Scale(domain=[shown[0], shown[-1]], nice=False),
        axis=alt.Axis(values=list(range(shown[0], shown[-1] + 1, 5)), grid=False),
    )


def _shortfall(field: str, top: float) -> alt.Y:
    return alt.Y(
        f"{field}:Q",
        title=_("Absolute shortfall, QALYs"),
        scale=alt.Scale(domain=[0, top], nice=False),
        axis=alt.Axis(values=sorted(_bands(top)["low"])),
    )


def _band_layers(bands: pd.DataFrame, most: pd.DataFrame, plot: int, top: float) -> list[alt.Chart]:
    """Every second band, the names of all, and the line of the most there is to lose."""
    chart, foot = alt.Chart(bands), _shortfall("foot", top)
    # Low classes are named at the left and high ones at the right, where no line passes.
    low_names = (
        chart.transform_filter("datum.class <= 4")
        .mark_text(align="left", dx=6, color=theme.MUTED, fontSize=12)
        .encode(x=alt.value(0), y=foot, text="label:N")
    )
    high_names = (
        chart.transform_filter("datum.class > 4")
        .mark_text(align="right", dx=-6, color=theme.MUTED, fontSize=12)
        .encode(x=alt.value(plot), y=foot, text="label:N")
    )
    shaded = (
        chart.transform_filter("datum.shade == 0")
        .mark_rect(color=theme.WASH)
        .encode(y=_shortfall("low", top), y2="high:Q")
    )
    limit = (
        alt.Chart(most)
        .mark_line(color=theme.GREY, strokeWidth=1.5, strokeDash=[2, 3])
        .encode(x=_age(), y=_shortfall("shortfall", top))
    )
    limit_name = (
        alt.Chart(most[most["age"] == ages()[1]])
        .mark_text(align="left", dy=-9, dx=4, color=theme.MUTED, fontSize=12)
        .encode(
            x=_age(), y=_shortfall("shortfall", top), text=alt.value(_("most there is to lose"))
        )
    )
    return [shaded, low_names, high_names, limit, limit_name]


def _line(cohort: str, base: pd.DataFrame, top: float) -> alt.Chart:
    """The line of the base case."""
    tips = [
        alt.Tooltip("age:Q", title=_("Age")),
        alt.Tooltip("shortfall:Q", title=_("Shortfall"), format=".2f"),
        alt.Tooltip("class:Q", title=_("Class")),
    ]
    return (
        alt.Chart(base)
        .mark_line(color=theme.COHORT_COLOURS[cohort], strokeDash=theme.COHORT_DASHES[cohort])
        .encode(x=_age(), y=_shortfall("shortfall", top), tooltip=tips)
    )


def _point_layers(cohort: str, point: pd.DataFrame, top: float, wide: bool) -> list[alt.Chart]:
    """The mark at the assumed age with its interval and its name, of the first cohort to the right
    of it above the line, else to the left below.
    """
    colour, above = theme.COHORT_COLOURS[cohort], cohort == next(iter(COHORTS))
    chart = alt.Chart(point).encode(x=_age(), y=_shortfall("shortfall", top))
    mark = chart.mark_point(
        filled=True, size=90, opacity=1, color=colour, shape="circle" if above else "diamond"
    )
    name = chart.mark_text(
        align="left" if above else "right",
        dx=11 if above else -9 if wide else -5,
        dy=-8 if above else 12 if wide else 40,
        color=colour,
        fontSize=13 if wide else 12,
        fontWeight=600,
    )
    reach = (
        alt.Chart(point)
        .mark_rule(color=colour, strokeWidth=2)
        .encode(x=_age(), y=_shortfall("low", top), y2="high:Q")
    )
    return [reach, mark, name.encode(text="text:N")]

"""From all diagnoses to this treatment, as a funnel."""

from __future__ import annotations

from typing import NamedTuple

import altair as alt
import pandas as pd

from assessment.case.trial import patients
from assessment.evidence import load_facts
from assessment.pages.background.patient_numbers import PatientNumbers, patient_numbers
from assessment.presentation import colour_grammar, numbers, theme
from assessment.presentation.frame_rows import frame_rows
from assessment.presentation.language import _
from assessment.presentation.show import Figure

# Step of the funnel, and what is said of it beside.
STEPS = (
    (_("New neuroendocrine neoplasms"), _("registered in 2023")),
    (_("Neuroendocrine tumours (NET)"), _("“about half”")),
    (_("Advanced"), _("unresectable or metastatic")),
    (_("Progressed on a somatostatin analogue"), ""),
    (_("Progressed after a further treatment"), _("systemic, as the licence requires")),
    (_("Fit for treatment and wanting it"), ""),
    (_("Relevant for cabozantinib"), _("DMP’s range")),
)
NEOPLASMS, NET, RELEVANT = 0, 1, 6  # the steps of which a number is published


class Known(NamedTuple):
    """A step of which a number is published: length of its bar, its interval, what stands beside."""

    bar: float
    low: float
    high: float
    label: str


def funnel() -> Figure:
    """From new neoplasms to DMP's range: known steps with intervals, unknown ones as the room they
    may lie in.
    """
    found = patient_numbers()
    data = _rows(found)

    def draw(width: int) -> alt.TopLevelMixin:
        return _draw(data, width)

    return Figure(
        draw,
        _(
            "Funnel of bars. About {registered} new neoplasms a year, {net} of them NET (95 per cent"
            " interval {interval}), then four steps drawn as empty dashed bars because no share is"
            " published, then DMP's {low} to {high} patients."
        ).format(
            registered=numbers.number(_registered()),
            net=numbers.number(found.net.median),
            interval=_interval(found.net),
            low=numbers.number(found.eligible[0]),
            high=numbers.number(found.eligible[1]),
        ),
        _table(data),
        "patient-funnel",
        sources=("dmp2025egnethet",),
        note=_(
            "A dashed bar is the room a step may lie in: no fewer than DMP's lower number, no more"
            " than all NET."
        ),
    )


def _registered() -> float:
    """New neoplasms in the year of the registry's count."""
    return load_facts()["norway.incidence.nen.n"].number


def _interval(draws: patients.Interval) -> str:
    return numbers.interval(draws.low, draws.high, 0)


def _known(found: PatientNumbers) -> dict[int, Known]:
    """The steps of which a number is published."""
    low, high = found.eligible
    neoplasms = _("about {n} (rate behind it {interval})").format(
        n=numbers.number(_registered()), interval=_interval(found.neoplasms)
    )
    net = f"{numbers.number(found.net.median)} ({_interval(found.net)})"
    return {
        NEOPLASMS: Known(
            found.neoplasms.median, found.neoplasms.low, found.neoplasms.high, neoplasms
        ),
        NET: Known(found.net.median, found.net.low, found.net.high, net),
        RELEVANT: Known(high, low, high, numbers.interval(low, high, 0)),
    }


def _rows(found: PatientNumbers) -> pd.DataFrame:
    """A row per step; an unknown one may lie between DMP's lower number and all NET."""
    known = _known(found)
    room = Known(0, found.eligible[0], found.net.high, _("not published"))
    rows = []
    for i, (step, detail) in enumerate(STEPS):
        shown = known.get(i, room)
        rows.append(
            {
                "step": i,
                "name": f"{step} – {detail}" if detail else step,
                "short": step,
                "known": i in known,
                "bar": shown.bar,
                "low": shown.low,
                "high": shown.high,
                "label": shown.label,
            }
        )
    return pd.DataFrame(rows)


def _table(data: pd.DataFrame) -> pd.DataFrame:
    rows = [
        {
            _("Step"): row.short,
            _("Published"): _("yes") if row.known else _("no"),
            _("Patients a year"): row.label if row.known else _("not published"),
            _("Lies between"): _("{low} and {high}").format(
                low=numbers.number(row.low), high=numbers.number(row.high)
            ),
        }
        for row in frame_rows(data)
    ]
    return pd.DataFrame(rows)


def _draw(data: pd.DataFrame, width: int) -> alt.TopLevelMixin:
    """A bar per step with its name above it: filled where it is known, dashed where it is not."""
    narrow = width < 500
    y = alt.Y("step:O", axis=None)
    x = alt.X(
        "bar:Q",
        title=_("People a year"),
        scale=alt.Scale(domain=[0, 1450], nice=False),
        axis=alt.Axis(tickCount=4 if narrow else 8, grid=False),
    )
    tooltip = [
        alt.Tooltip("name:N", title=_("Step")),
        alt.Tooltip("label:N", title=_("People a year")),
    ]
    known, unknown = alt.Chart(data[data["known"]]), alt.Chart(data[~data["known"]])
    bars = known.mark_bar(height=16, color=colour_grammar.SECOND).encode(x=x, y=y, tooltip=tooltip)
    room = unknown.mark_bar(height=16, filled=False, stroke=theme.GREY, strokeDash=[4, 3]).encode(
        x=alt.X("low:Q"), x2="high:Q", y=y, tooltip=tooltip
    )
    intervals = known.mark_rule(strokeWidth=3, color=theme.INK).encode(x="low:Q", x2="high:Q", y=y)
    layers = [bars, room, intervals, *_words(data, y, narrow)]
    return alt.layer(*layers).properties(width=width - 30, height=len(data) * 52)


def _words(data: pd.DataFrame, y: alt.Y, narrow: bool) -> list[alt.Chart | alt.LayerChart]:
    """Numbers behind their bars, and names of steps above; there is no room behind the longest."""
    behind = (
        alt.Chart(data.iloc[1:])
        .mark_text(align="left", dx=8)
        .encode(x="high:Q", y=y, text="label:N")
    )
    on_longest = (
        alt.Chart(data.iloc[:1])
        .mark_text(align="left", dx=6, color=colour_grammar.text_on(colour_grammar.SECOND))
        .encode(x=alt.datum(0), y=y, text="label:N")
    )
    names = (
        alt.Chart(data)
        .mark_text(align="left", dy=-21, fontWeight=600)
        .encode(x=alt.datum(0), y=y, text="short:N" if narrow else "name:N")
    )
    return [behind + on_longest, names]

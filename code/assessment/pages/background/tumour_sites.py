"""Where tumours outside the pancreas sit: DMP's shares beside the trial's."""

from __future__ import annotations

from typing import NamedTuple

import altair as alt
import pandas as pd

from assessment.case.trial import patients
from assessment.evidence import Fact, load_facts
from assessment.presentation import colour_grammar, numbers
from assessment.presentation.language import _
from assessment.presentation.show import Figure, ref

REST = _("Other or unknown")
DMP, TRIAL = _("DMP: epNET in general"), _("CABINET: epNET cohort")


class Site(NamedTuple):
    """A site with its share of epNET, in per cent, as DMP has it (None: not for this site alone) and
    as the trial had it, with the ends of the trial's interval.
    """

    name: str
    norway: Fact | None
    trial: Fact
    low: float
    high: float


class Bar(NamedTuple):
    """One site of the drawing: both shares in per cent, and the ends of the trial's interval."""

    name: str
    norway: float
    trial: float
    low: float
    high: float


def sites() -> Figure:
    """Where epNET arise: DMP's shares beside the trial's, the trial's with Wilson intervals."""
    known, rest = _sites(), load_facts()["norway.site.other.share"]
    bars = _bars(known, rest)
    data = _points(bars)

    def draw(width: int) -> alt.TopLevelMixin:
        return _draw(data, [bar.name for bar in bars], width)

    return Figure(
        draw,
        _alternative(*bars),
        _table(known, rest),
        "site-distribution",
        note=_(
            "Intervals: Wilson's, for sampling alone; DMP's shares carry none, and their source is"
            " not stated."
        ),
    )


def _alternative(gastrointestinal: Bar, lung: Bar, rest: Bar) -> str:
    """What the picture shows, in words."""
    named = {"gi": gastrointestinal, "lung": lung, "rest": rest}
    norway = {f"{name}_norway": numbers.number(bar.norway) for name, bar in named.items()}
    trial = {f"{name}_trial": numbers.number(bar.trial) for name, bar in named.items()}
    return _(
        "Dot plot. Share of epNET by site as DMP states it and in CABINET: gastrointestinal"
        " {gi_norway} against {gi_trial} per cent, lung {lung_norway} against {lung_trial}, other or"
        " unknown {rest_norway} against {rest_trial}. The trial holds more gastrointestinal tumours"
        " than chance explains."
    ).format(**norway, **trial)


def _patients() -> int:
    """Patients of the epNET cohort."""
    return int(load_facts()["cabinet.n.epnet"].number)


def _sites() -> list[Site]:
    facts, n = load_facts(), _patients()
    norway = {site: facts[f"norway.site.{site}.share"] for site in ("gi", "lung")}
    trial = {
        site: facts[f"cabinet.baseline.epnet.{site}"]
        for site in ("gi", "lung", "unknown_primary", "other_primary")
    }
    names = {
        "gi": _("Gastrointestinal"),
        "lung": _("Lung"),
        "unknown_primary": _("Unknown"),
        "other_primary": _("Other"),
    }
    return [
        Site(names[site], norway.get(site), share, *patients.share_interval(share.number, n))
        for site, share in trial.items()
    ]


def _bars(known: list[Site], rest: Fact) -> list[Bar]:
    """Sites as both sources divide them: the trial's last two are one of DMP's."""
    bars = [
        Bar(site.name, site.norway.number, site.trial.number, site.low, site.high)
        for site in known
        if site.norway is not None
    ]
    both = known[2].trial.number + known[3].trial.number
    return [*bars, Bar(REST, rest.number, both, *patients.share_interval(both, _patients()))]


def _points(bars: list[Bar]) -> pd.DataFrame:
    """A row per site and source; DMP's shares have no interval."""
    rows = []
    for bar in bars:
        for source, share, low, high in (
            (DMP, bar.norway, bar.norway, bar.norway),
            (TRIAL, bar.trial, bar.low, bar.high),
        ):
            rows.append(
                {
                    "site": bar.name,
                    "share": share,
                    "source": source,
                    "low": low,
                    "high": high,
                    "label": f"{numbers.number(share)}\u00a0%",
                }
            )
    return pd.DataFrame(rows)


def _table(known: list[Site], rest: Fact) -> pd.DataFrame:
    head = (_("Site"), _("DMP"), _("Trial"), _("Trial, 95 % interval"))
    rows: list[tuple] = [
        (
            site.name,
            ref(site.norway, "value") if site.norway else "",
            ref(site.trial, "value"),
            f"{numbers.interval(site.low, site.high, 0)}\u00a0%",
        )
        for site in known
    ]
    both = sum(site.trial.number for site in known[2:])
    rows.append((REST, ref(rest, "value"), f"{numbers.number(both)}\u00a0%", ""))
    return pd.DataFrame(rows, columns=list(head))


def _draw(data: pd.DataFrame, names: list[str], width: int) -> alt.TopLevelMixin:
    """Points with the trial's intervals, a row per site and within it a line per source."""
    narrow, sources = width < 500, [DMP, TRIAL]
    columns = 1 if narrow else 2
    colour = alt.Color(
        "source:N",
        scale=alt.Scale(domain=sources, range=colour_grammar.ramp(2)[::-1]),
        legend=alt.Legend(title=None, orient="top", columns=columns, labelLimit=320),
    )
    shape = alt.Shape(
        "source:N",
        scale=alt.Scale(domain=sources, range=["diamond", "circle"]),
        legend=alt.Legend(title=None, orient="top", columns=columns),
    )
    x = alt.X(
        "share:Q",
        title=_("Per cent of epNET"),
        scale=alt.Scale(domain=[0, 75]),
        axis=alt.Axis(tickCount=4 if narrow else 8, grid=False),
    )
    y = alt.Y("site:N", sort=names, title=None, axis=alt.Axis(labelLimit=130))
    tooltip = [
        alt.Tooltip("site:N", title=_("Site")),
        alt.Tooltip("source:N", title=_("Source")),
        alt.Tooltip("label:N", title=_("Share")),
    ]
    base = alt.Chart(data).encode(y=y, yOffset=alt.YOffset("source:N", sort=sources))
    intervals = base.mark_rule(strokeWidth=2).encode(x=alt.X("low:Q"), x2="high:Q", color=colour)
    points = base.mark_point(size=110, filled=True, opacity=1).encode(
        x=x, color=colour, shape=shape, tooltip=tooltip
    )
    labels = base.mark_text(align="left", dx=8).encode(x="high:Q", text="label:N")
    return alt.layer(intervals, points, labels).properties(width=width - 150, height=170)

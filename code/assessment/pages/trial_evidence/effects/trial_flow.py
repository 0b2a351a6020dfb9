"""The flow of CABINET's patients, drawn from the facts of the publication's division."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

import altair as alt
import pandas as pd

from assessment.case.trial.trial import ARMS, COHORTS, Trial, load_trial
from assessment.evidence import Fact, load_facts
from assessment.presentation import numbers, theme
from assessment.presentation.language import _
from assessment.presentation.show import Figure, ref

GAP, PANEL_HEIGHT = 20, 196  # pixels


@dataclass
class Drawing:
    """Boxes, lines and texts of a flow chart, in pixels from the top left."""

    boxes: list[dict] = field(default_factory=list)
    lines: list[tuple[float, float, float, float]] = field(default_factory=list)
    texts: list[dict] = field(default_factory=list)

    def box(self, x, y, width, height, stroke=theme.MUTED, fill=theme.BACKGROUND) -> None:
        corners = {"x": x, "y": y, "x2": x + width, "y2": y + height}
        self.boxes.append(corners | {"stroke": stroke, "fill": fill})

    def line(self, *points: tuple[float, float]) -> None:
        """A line through these points."""
        self.lines += [(*start, *end) for start, end in zip(points, points[1:])]

    def text(self, x, y, text: str, colour=theme.INK, size=13, bold=False) -> None:
        look = {"colour": colour, "size": size, "weight": 600 if bold else 400}
        self.texts.append({"x": x, "y": y, "text": text} | look)

    def chart(self, width: float, height: float) -> alt.LayerChart | alt.FacetChart:
        across = alt.Scale(domain=[-2, width + 2], nice=False, zero=False)
        down = alt.Scale(domain=[height - 2, -2], nice=False, zero=False)
        x, y = alt.X("x:Q", axis=None, scale=across), alt.Y("y:Q", axis=None, scale=down)
        lines = alt.Chart(pd.DataFrame(self.lines, columns=["x", "y", "x2", "y2"]))
        layers = [
            lines.mark_rule(color=theme.MUTED, strokeWidth=1.3).encode(
                x=x, y=y, x2="x2:Q", y2="y2:Q"
            )
        ]
        boxes = pd.DataFrame(self.boxes).groupby(["stroke", "fill"], sort=False)
        key: Any
        for key, alike in boxes:
            stroke, fill = key
            box = alt.Chart(alike).mark_rect(
                stroke=stroke, fill=fill, strokeWidth=1.5, cornerRadius=3
            )
            layers.append(box.encode(x=x, y=y, x2="x2:Q", y2="y2:Q"))
        texts = pd.DataFrame(self.texts).groupby(["colour", "size", "weight"], sort=False)
        for key, alike in texts:
            colour, size, weight = key
            text = alt.Chart(alike).mark_text(color=colour, fontSize=size, fontWeight=weight)
            layers.append(text.encode(x=x, y=y, text="text:N"))
        return alt.layer(*layers).properties(width=width, height=height)


def _known(fact: Fact | None, rest: str) -> Fact:
    """``fact``; LookupError when there is none. ``rest``: its id within the analysis set."""
    if fact is None:
        raise LookupError(f"the flow of patients needs the fact '{rest}'")
    return fact


@dataclass(frozen=True)
class CohortFlow:
    """What the flow shows of one cohort."""

    cohort: str
    randomised: Fact
    by_arm: dict[str, Fact]
    crossed: Fact
    planned: Fact
    seen: Fact

    def in_words(self) -> str:
        treated, control = (numbers.fact_text(self.by_arm[arm]) for arm in ARMS)
        return _(
            "{cohort}: {treated} to cabozantinib and {control} to placebo, of whom {crossed}"
            " crossed over; {events} of {planned} planned events seen"
        ).format(
            cohort=COHORTS[self.cohort],
            treated=treated,
            control=control,
            crossed=numbers.fact_text(self.crossed, "value"),
            events=numbers.fact_text(self.seen),
            planned=numbers.fact_text(self.planned),
        )

    def rows(self) -> list[dict]:
        """The table's rows of this cohort."""
        steps = [
            (_("Randomised"), self.randomised),
            *((_("Given {arm}").format(arm=arm), fact) for arm, fact in self.by_arm.items()),
            (_("Placebo patients who crossed over"), self.crossed),
            (_("Progressions or deaths planned"), self.planned),
            (_("Progressions or deaths seen"), self.seen),
        ]
        return [_row(step, COHORTS[self.cohort], fact) for step, fact in steps]


def _row(step: str, cohort: str, fact: Fact) -> dict:
    return {_("Step"): step, _("Cohort"): cohort, _("Number"): ref(fact)}


def _cohort_flow(view: Trial, cohort: str) -> CohortFlow:
    return CohortFlow(
        cohort,
        _known(view.n(cohort), f"n.{cohort}"),
        {arm: _known(view.n(cohort, arm), f"n.{cohort}.{arm}") for arm in ARMS},
        _known(view.crossover(cohort), f"crossover.{cohort}.rate"),
        _known(view.planned_events(cohort), f"pfs.{cohort}.planned_events"),
        _known(view.events(cohort), f"pfs.{cohort}.events"),
    )


def _draw_cohort(drawing: Drawing, flow: CohortFlow, left: float, top: float, width: float) -> None:
    """One cohort in a column: name and size, both arms, crossover, and events seen of those
    planned.
    """
    half = (width - GAP) / 2
    middle, right = left + width / 2, left + width
    first, second = left + half / 2, right - half / 2  # the middles of the arms
    fork = top + 42
    drawing.box(left, top, width, 30, fill=theme.WASH)
    drawing.line((middle, top + 30), (middle, fork))
    drawing.line((first, fork), (second, fork))
    size = f"{COHORTS[flow.cohort]}: {numbers.fact_text(flow.randomised)}"
    drawing.text(middle, top + 15, size, bold=True)
    for i, (arm, fact) in enumerate(flow.by_arm.items()):
        x, colour = left + i * (half + GAP), theme.ARM_COLOURS[arm]
        drawing.box(x, top + 54, half, 32, stroke=colour)
        drawing.line((x + half / 2, fork), (x + half / 2, top + 54))
        given = f"{arm} {numbers.fact_text(fact)}"
        drawing.text(x + half / 2, top + 70, given, colour, bold=True)
    # Crossover runs from placebo to cabozantinib, below both.
    low, arms_end = top + 102, top + 86
    drawing.line((second, arms_end), (second, low))
    drawing.line((second, low), (first, low))
    drawing.line((first, low), (first, arms_end))
    drawing.text(first, top + 91, "▲", theme.INK, 11)
    crossed = _("{share} of placebo patients crossed over")
    share_crossed = numbers.fact_text(flow.crossed, "value")
    drawing.text(middle, top + 116, crossed.format(share=share_crossed))
    share = flow.seen.number / flow.planned.number
    drawing.box(left, top + 140, width, 22)
    drawing.box(left, top + 140, width * share, 22, stroke=theme.BLUE, fill=theme.BLUE)
    seen, planned = numbers.fact_text(flow.seen), numbers.fact_text(flow.planned)
    bar = top + 151
    drawing.text(left + width * share / 2, bar, seen, theme.BACKGROUND, bold=True)
    drawing.text(left + width * (1 + share) / 2, bar, _("{events} planned").format(events=planned))
    drawing.text(middle, top + 177, _("progressions or deaths seen"))


def _draw(
    flows: list[CohortFlow], everyone: Fact, ratio: str, stopped: date, width: int
) -> alt.LayerChart | alt.FacetChart:
    """Everyone at the top, the cohorts beside each other or one below the other, the stop below."""
    wide = width > 500
    inner = width - 12
    middle = inner / 2
    column = (inner - 40) / 2 if wide else inner
    drawing = Drawing()
    drawing.box(middle - 130, 0, 260, 32, fill=theme.WASH)
    randomised = _("{patients} patients randomised, {ratio}")
    patients = numbers.fact_text(everyone)
    drawing.text(middle, 16, randomised.format(patients=patients, ratio=ratio), bold=True)
    if wide:
        places = [(0, 60), (column + 40, 60)]
        drawing.line((middle, 32), (middle, 46))
        drawing.line((column / 2, 46), (inner - column / 2, 46))
        drawing.line((column / 2, 46), (column / 2, 60))
        drawing.line((inner - column / 2, 46), (inner - column / 2, 60))
    else:
        places = [(0, 52), (0, 52 + PANEL_HEIGHT)]
        drawing.line((middle, 32), (middle, 52))
    for flow, (left, top) in zip(flows, places):
        _draw_cohort(drawing, flow, left, top, column)
    bottom = places[-1][1] + PANEL_HEIGHT
    drawing.box(middle - 150, bottom, 300, 30, stroke=theme.PURPLE)
    end = _("Stopped early, announced {day}") if wide else _("Stopped early, {day}")
    day = numbers.day(stopped)
    drawing.text(middle, bottom + 15, end.format(day=day), theme.PURPLE, bold=True)
    return drawing.chart(inner, bottom + 36)


def flow() -> Figure:
    """Randomised, by cohort and arm, crossed over, events seen of those planned, and the early
    stop.

    Raises LookupError where one of these is not among the facts, TypeError where the early stop is
    no date.
    """
    facts, view = load_facts(), load_trial("publication")
    everyone, stopped = facts["cabinet.n.all"], facts["cabinet.design.stopped"]
    if not isinstance(stopped.value, date):
        raise TypeError(f"{stopped.id} is no date")
    day = stopped.value
    flows = [_cohort_flow(view, cohort) for cohort in COHORTS]
    rows = [_row(_("Randomised"), _("both"), everyone)]
    for cohort_flow in flows:
        rows += cohort_flow.rows()
    rows.append(_row(_("Early stop announced"), _("both"), stopped))
    ratio = numbers.fact_text(facts["cabinet.design.ratio"]).replace(":", " : ")
    told = "; ".join(cohort_flow.in_words() for cohort_flow in flows)
    return Figure(
        lambda width: _draw(flows, everyone, ratio, day, width),
        _(
            "Flow of {patients} randomised patients into two cohorts and two arms. {cohorts}. The"
            " trial was stopped early."
        ).format(patients=numbers.fact_text(everyone), cohorts=told),
        pd.DataFrame(rows),
        "cabinet-flow",
        ("chan2025", "chan2024esmo"),
    )

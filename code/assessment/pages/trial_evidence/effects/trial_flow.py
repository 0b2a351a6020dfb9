"""The flow of the trial's patients, drawn from the facts of the base set's division."""

from __future__ import annotations

import altair as alt
import pandas as pd

from assessment.case.trial.trial import BASE_SET, COHORTS, load_trial
from assessment.evidence import Fact
from assessment.pages.trial_evidence.effects.flow_drawing import Drawing
from assessment.pages.trial_evidence.effects.flow_facts import (
    CohortFlow,
    Whole,
    cohort_flow,
    flow_row,
    known,
)
from assessment.pages.trial_evidence.shared.number_words import number_word
from assessment.pages.trial_evidence.shared.trial_words import (
    ARM_LABELS,
    CONTROL,
    TWO_COHORTS,
    file_name,
    some,
    sources_of,
)
from assessment.presentation import colour_grammar, numbers, theme
from assessment.presentation.language import _, ngettext
from assessment.presentation.show import Figure

GAP, BETWEEN = 20, 40  # pixels
# height in pixels of a cohort's panel: with a bar of events, else with crossover, else neither
WITH_EVENTS, WITH_CROSSOVER, ARMS_ALONE = 196, 134, 104
EVERYONE = _("both") if TWO_COHORTS else _("all")


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
        given = f"{ARM_LABELS[arm]} {numbers.fact_text(fact)}"
        drawing.text(x + half / 2, top + 70, given, colour, bold=True)
    if flow.crossed:
        _draw_crossover(drawing, flow.crossed, (first, middle, second), top)
    if flow.seen and flow.planned and _events_fit(flow):
        _draw_events(drawing, flow.seen, flow.planned, left, top, width)


def _draw_crossover(
    drawing: Drawing, crossed: Fact, across: tuple[float, float, float], top: float
) -> None:
    """From the control to the treated arm, below both. ``across``: the middles of the treated arm,
    of the cohort and of the control arm.
    """
    first, middle, second = across
    low, arms_end = top + 102, top + 86
    drawing.line((second, arms_end), (second, low))
    drawing.line((second, low), (first, low))
    drawing.line((first, low), (first, arms_end))
    drawing.text(first, top + 91, "▲", theme.INK, 11)
    sentence = _("{share} of {control} patients crossed over")
    share = numbers.fact_text(crossed, "value")
    drawing.text(middle, top + 116, sentence.format(share=share, control=CONTROL))


def _draw_events(
    drawing: Drawing, seen: Fact, planned: Fact, left: float, top: float, width: float
) -> None:
    """A bar of the events seen of those planned."""
    share = seen.number / planned.number
    drawing.box(left, top + 140, width, 22)
    drawing.box(
        left,
        top + 140,
        width * share,
        22,
        stroke=colour_grammar.RAMP[1],
        fill=colour_grammar.RAMP[1],
    )
    bar, rest = top + 151, _("{events} planned").format(events=numbers.fact_text(planned))
    in_bar = numbers.fact_text(seen)
    drawing.text(left + width * share / 2, bar, in_bar, theme.BACKGROUND, bold=True)
    drawing.text(left + width * (1 + share) / 2, bar, rest)
    drawing.text(left + width / 2, top + 177, _("progressions or deaths seen"))


def _events_fit(flow: CohortFlow) -> bool:
    """Whether the events seen are known and are a part of those planned."""
    if not (flow.seen and flow.planned):
        return False
    return flow.planned.number >= flow.seen.number


def _panel_height(flows: list[CohortFlow]) -> int:
    if any(_events_fit(flow) for flow in flows):
        return WITH_EVENTS
    return WITH_CROSSOVER if any(flow.crossed for flow in flows) else ARMS_ALONE


def _draw(flows: list[CohortFlow], whole: Whole, width: int) -> alt.LayerChart | alt.FacetChart:
    """Everyone at the top, the cohorts, two beside each other where there is room, the stop below."""
    wide = width > 500
    columns = min(2, len(flows)) if wide else 1
    inner = width - 12
    middle = inner / 2
    column = (inner - BETWEEN * (columns - 1)) / columns
    top = 60 if columns > 1 else 52
    panel = _panel_height(flows)
    drawing = Drawing()
    drawing.box(middle - 130, 0, 260, 32, fill=theme.WASH)
    drawing.text(middle, 16, whole.in_words(), bold=True)
    if columns > 1:
        drawing.line((middle, 32), (middle, 46))
        drawing.line((column / 2, 46), (inner - column / 2, 46))
        drawing.line((column / 2, 46), (column / 2, 60))
        drawing.line((inner - column / 2, 46), (inner - column / 2, 60))
    else:
        drawing.line((middle, 32), (middle, 52))
    bottom: float = top
    for i, flow in enumerate(flows):
        row, place = divmod(i, columns)
        at = top + row * panel
        _draw_cohort(drawing, flow, place * (column + BETWEEN), at, column)
        bottom = at + panel
    if day := whole.day_of_stop():
        drawing.box(middle - 150, bottom, 300, 30, stroke=theme.INK)
        end = _("Stopped early, announced {day}") if wide else _("Stopped early, {day}")
        drawing.text(middle, bottom + 15, end.format(day=day), theme.INK, bold=True)
        bottom += 36
    return drawing.chart(inner, bottom)


def flow() -> Figure:
    """Randomised, by cohort and arm, crossed over, events seen of those planned, and the early
    stop; what is not known is left out, as is a cohort without sizes.

    Raises LookupError where no cohort has sizes, TypeError where the early stop is no date.
    """
    view = load_trial(BASE_SET)
    whole = Whole(
        known(view.find("n.all")),
        known(view.find("design.ratio")),
        known(view.find("design.stopped")),
    )
    whole.day_of_stop()  # a stop that is no date is told here, not when the chart is drawn
    found = [cohort_flow(view, cohort) for cohort in COHORTS]
    flows: list[CohortFlow] = some([one for one in found if one], "n.<cohort>.<arm>")
    rows = [flow_row(_("Randomised"), EVERYONE, whole.randomised)] if whole.randomised else []
    for one in flows:
        rows += one.rows()
    if whole.stopped:
        rows.append(flow_row(_("Early stop announced"), EVERYONE, whole.stopped))
    return Figure(
        lambda width: _draw(flows, whole, width),
        _in_words(flows, whole),
        pd.DataFrame(rows),
        file_name("flow"),
        sources_of(*(fact for one in flows for fact in one.facts())),
    )


def _in_words(flows: list[CohortFlow], whole: Whole) -> str:
    """The flow for those who cannot see it."""
    if whole.randomised:
        told = ngettext(
            "Flow of {patients} randomised patients into {count} cohort and two arms. {cohorts}.",
            "Flow of {patients} randomised patients into {count} cohorts and two arms. {cohorts}.",
            len(flows),
        )
        patients = numbers.fact_text(whole.randomised)
    else:
        told = ngettext(
            "Flow of randomised patients into {count} cohort and two arms. {cohorts}.",
            "Flow of randomised patients into {count} cohorts and two arms. {cohorts}.",
            len(flows),
        )
        patients = ""
    cohorts = "; ".join(one.in_words() for one in flows)
    told = told.format(patients=patients, count=number_word(len(flows)), cohorts=cohorts)
    return " ".join([told, *([_("The trial was stopped early.")] if whole.stopped else [])])

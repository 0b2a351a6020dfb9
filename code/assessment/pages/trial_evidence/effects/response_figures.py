"""Best response and severe events, as pictures."""

from __future__ import annotations

import altair as alt
import pandas as pd

from assessment.case.trial.trial import ARMS, BASE_SET, COHORTS, Trial, load_trial
from assessment.evidence import Fact
from assessment.pages.trial_evidence.effects.effect_figures import without_facts
from assessment.pages.trial_evidence.shared.number_words import number_word
from assessment.pages.trial_evidence.shared.trial_words import (
    ARM_LABELS,
    COHORT_LONG,
    NOT_FOUND,
    base_sources,
    capitalised,
    file_name,
    has_value,
    some,
)
from assessment.presentation import colour_grammar, numbers, theme
from assessment.presentation.language import _, ngettext
from assessment.presentation.show import Figure, ref

REMAINDER = _("not assessable or not stated")
RESPONSES = (_("partial response"), _("stable disease"), _("progression"), REMAINDER)
COLOURS = colour_grammar.ramp(4)  # of RESPONSES


def _response_rows(view: Trial, cohort: str, arm: str) -> list[dict]:
    """The parts of one bar, from left to right; the remainder comes from no fact. None where
    nothing is known of this arm.
    """
    found = [
        view.response(cohort).of_arm(arm),
        view.best_response(cohort, "stable_disease").of_arm(arm),
        view.best_response(cohort, "progressive_disease").of_arm(arm),
    ]
    known = {kind: fact for kind, fact in zip(RESPONSES, found) if has_value(fact)}
    parts: dict[str, Fact | None] = known | {REMAINDER: None} if known else {}
    rows, start = [], 0.0
    for kind, fact in parts.items():
        value = 100 - start if fact is None else fact.number
        blank = fact is None and value > 50
        rows.append(
            {
                "cohort": cohort,
                "arm": arm,
                "kind": kind,
                "from": start,
                "to": start + value,
                "text": NOT_FOUND if blank else numbers.number(value),
                "fact": fact,
            }
        )
        start += value
    return rows


def _bars(
    data: pd.DataFrame, title: str, below: str | None, width: int
) -> alt.LayerChart | alt.FacetChart:
    data["middle"] = (data["from"] + data["to"]) / 2
    axis = alt.Axis(title=below, values=[0, 25, 50, 75, 100])
    legend = alt.Legend(title=None, columns=4 if width > 500 else 2, labelLimit=220)
    kinds = alt.Scale(domain=list(RESPONSES), range=COLOURS)
    base = alt.Chart(data).encode(
        y=alt.Y("arm:N", sort=list(ARMS), title=None, axis=alt.Axis(labelLimit=110)),
        tooltip=[
            alt.Tooltip("arm:N", title=_("Arm")),
            alt.Tooltip("kind:N", title=_("Best response")),
            alt.Tooltip("text:N", title=_("Of 100")),
        ],
    )
    bars = base.mark_bar(height=24, stroke=colour_grammar.OUTLINE, strokeWidth=0.7).encode(
        x=alt.X("from:Q", axis=axis, scale=alt.Scale(domain=[0, 100])),
        x2="to:Q",
        color=alt.Color("kind:N", scale=kinds, legend=legend),
    )
    ink = colour_grammar.words_on("kind", dict(zip(RESPONSES, COLOURS)))
    wide_enough = base.transform_filter("datum.to - datum.from >= 4")
    text = wide_enough.mark_text(fontSize=13, fontWeight=600).encode(
        x=alt.X("middle:Q", axis=axis), text="text:N", color=ink
    )
    return alt.layer(bars, text).properties(width=width - 96, height=alt.Step(32), title=title)


def best_response() -> Figure:
    """Stacked bars of best response per 100 patients by arm, base set; what was not found stays
    blank and says so. Arms of which nothing is known are left out.

    Raises LookupError where nothing is known of any.
    """
    view = load_trial(BASE_SET)
    rows = [r for cohort in COHORTS for arm in ARMS for r in _response_rows(view, cohort, arm)]
    shown = list(dict.fromkeys(r["cohort"] for r in some(rows, "response.<cohort>.<arm>.rate")))

    def draw(width: int) -> alt.VConcatChart:
        panels = []
        for cohort in shown:
            below = _("Of 100 patients") if cohort == shown[-1] else None
            panels.append(_bars(without_facts(rows, cohort), COHORT_LONG[cohort], below, width))
        return alt.vconcat(*panels, spacing=12)

    table = pd.DataFrame(
        [
            {
                _("Cohort"): COHORTS[r["cohort"]],
                _("Arm"): ARM_LABELS[r["arm"]],
                _("Best response"): r["kind"],
                _("Of 100"): ref(r["fact"], "bare") if r["fact"] else r["text"],
            }
            for r in rows
        ]
    )
    told = "; ".join(
        f"{COHORTS[r['cohort']]} {ARM_LABELS[r['arm']]}: {r['kind']} {r['text']}" for r in rows
    )
    return Figure(
        draw,
        _("Stacked bars of best response in each hundred patients. {responses}.").format(
            responses=told
        ),
        table,
        file_name("best-response"),
        base_sources(),
        note=_("The last part of each bar is the remainder of rounded figures."),
    )


def _hundred_dots(cohort: str, arm: str, rate: Fact, side: int) -> alt.Chart:
    """A hundred patients, those with the event filled; ``side`` in pixels."""
    dots = pd.DataFrame({"i": range(100)})
    dots = dots.assign(
        column=dots["i"] % 10, line=dots["i"] // 10, hit=dots["i"] < round(rate.number)
    )
    colour = alt.value(theme.ARM_COLOURS[arm])
    count = _("{count} of 100").format(count=numbers.number(rate.number))
    title = alt.Title(f"{ARM_LABELS[arm]}, {COHORTS[cohort]}", subtitle=count)
    mark = alt.Chart(dots, title=title).mark_point(
        shape=theme.ARM_SHAPES[arm], size=62, strokeWidth=1.2, opacity=1
    )
    return mark.encode(
        x=alt.X("column:O", axis=None),
        y=alt.Y("line:O", axis=None),
        stroke=alt.condition("datum.hit", colour, alt.value(theme.GREY)),
        fill=alt.condition("datum.hit", colour, alt.value(theme.BACKGROUND)),
    ).properties(width=side, height=side)


def severe_events() -> Figure:
    """A hundred dots for each arm and cohort: in each hundred patients, how many had an adverse
    event of grade 3 or worse. An arm whose rate is not printed is left out.

    Raises LookupError where no rate is printed.
    """
    view = load_trial(BASE_SET)
    rates = [
        (cohort, arm, view.grade3plus(cohort).of_arm(arm)) for cohort in COHORTS for arm in ARMS
    ]
    cells = [(cohort, arm, rate) for cohort, arm, rate in rates if has_value(rate)]
    some(cells, "safety.grade3plus.<cohort>.<arm>.rate")

    def draw(width: int) -> alt.TopLevelMixin:
        side = 140 if width > 500 else 148
        grids = [_hundred_dots(cohort, arm, rate, side) for cohort, arm, rate in cells]
        columns, gap = (4, 26) if width > 500 else (2, 24)
        rows = [
            alt.hconcat(*grids[start : start + columns], spacing=gap)
            for start in range(0, len(grids), columns)
        ]
        return rows[0] if width > 500 and len(rows) == 1 else alt.vconcat(*rows, spacing=18)

    table = pd.DataFrame(
        [
            {
                _("Cohort"): COHORTS[cohort],
                _("Arm"): ARM_LABELS[arm],
                _("Of 100"): ref(rate, "bare"),
            }
            for cohort, arm, rate in cells
        ]
    )
    told = "; ".join(
        f"{COHORTS[cohort]} {ARM_LABELS[arm]}: {numbers.number(rate.number)}"
        for cohort, arm, rate in cells
    )
    return Figure(
        draw,
        ngettext(
            "{squares} square of a hundred dots, filled for each patient with an adverse event of"
            " grade 3 or worse. {counts}.",
            "{squares} squares of a hundred dots, filled for each patient with an adverse event of"
            " grade 3 or worse. {counts}.",
            len(cells),
        ).format(squares=capitalised(number_word(len(cells))), counts=told),
        table,
        file_name("severe-events"),
        base_sources(),
    )

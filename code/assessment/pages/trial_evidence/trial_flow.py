"""The flow of CABINET's patients, drawn from the facts of the publication's division."""

from __future__ import annotations

import altair as alt
import pandas as pd

from assessment.case.trial.trial import ARMS, COHORTS, load_trial
from assessment.evidence import load_facts
from assessment.presentation import numbers, theme
from assessment.presentation.show import Figure, ref

WORDS = {
    "randomised": "patients randomised, 2 : 1",
    "events": "progressions or deaths seen",
    "planned": "planned",
    "crossed": "of placebo patients crossed over",
    "stopped": "Stopped early, announced {day}",
    "stopped_short": "Stopped early, {day}",
}
GAP, PANEL_HEIGHT = 20, 196


def _text(x, y, text, colour=theme.INK, size=13, bold=False) -> dict:
    return {
        "x": x,
        "y": y,
        "text": text,
        "colour": colour,
        "size": size,
        "weight": 600 if bold else 400,
    }


def _box(x, y, width, height, stroke=theme.MUTED, fill=theme.BACKGROUND) -> dict:
    return {"x": x, "y": y, "x2": x + width, "y2": y + height, "stroke": stroke, "fill": fill}


def _cohort(view, key: str, left: float, top: float, width: float):
    """Boxes, lines and texts of one cohort in a column: name and size, both arms, crossover, and
    events seen of those planned.
    """
    half = (width - GAP) / 2
    seen, planned = view.events(key), view.planned_events(key)
    middle = left + width / 2
    boxes = [_box(left, top, width, 30, fill=theme.WASH)]
    lines = [
        (middle, top + 30, middle, top + 42),
        (left + half / 2, top + 42, left + width - half / 2, top + 42),
    ]
    texts = [
        _text(middle, top + 15, f"{COHORTS[key]}: {numbers.fact_text(view.n(key))}", bold=True)
    ]
    for i, arm in enumerate(ARMS):
        x = left + i * (half + GAP)
        boxes.append(_box(x, top + 54, half, 32, stroke=theme.ARM_COLOURS[arm]))
        lines.append((x + half / 2, top + 42, x + half / 2, top + 54))
        texts.append(
            _text(
                x + half / 2,
                top + 70,
                f"{arm} {numbers.fact_text(view.n(key, arm))}",
                theme.ARM_COLOURS[arm],
                bold=True,
            )
        )
    # Crossover runs from placebo to cabozantinib, below both.
    low, start, end = top + 102, left + width - half / 2, left + half / 2
    lines += [(start, top + 86, start, low), (start, low, end, low), (end, low, end, top + 86)]
    texts += [
        _text(end, top + 91, "▲", theme.INK, 11),
        _text(
            middle,
            top + 116,
            f"{numbers.fact_text(view.crossover(key), 'value')} {WORDS['crossed']}",
        ),
    ]
    share = seen.number / planned.number
    boxes += [
        _box(left, top + 140, width, 22),
        _box(left, top + 140, width * share, 22, stroke=theme.BLUE, fill=theme.BLUE),
    ]
    texts += [
        _text(
            left + width * share / 2,
            top + 151,
            numbers.fact_text(seen),
            theme.BACKGROUND,
            bold=True,
        ),
        _text(
            left + width * (1 + share) / 2,
            top + 151,
            f"{numbers.fact_text(planned)} {WORDS['planned']}",
        ),
        _text(middle, top + 177, WORDS["events"]),
    ]
    return boxes, lines, texts


def flow() -> Figure:
    """Randomised, by cohort and arm, crossed over, events seen of those planned, and the early
    stop.
    """
    facts, view = load_facts(), load_trial("publication")
    everyone, stopped = facts["cabinet.n.all"], facts["cabinet.design.stopped"]

    def draw(width: int):
        wide = width > 500
        inner = width - 12
        column = (inner - 40) / 2 if wide else inner
        boxes = [_box(inner / 2 - 130, 0, 260, 32, fill=theme.WASH)]
        texts = [
            _text(inner / 2, 16, f"{numbers.fact_text(everyone)} {WORDS['randomised']}", bold=True)
        ]
        places = [(0, 60), (column + 40, 60)] if wide else [(0, 52), (0, 52 + PANEL_HEIGHT)]
        lines = (
            [
                (inner / 2, 32, inner / 2, 46),
                (column / 2, 46, inner - column / 2, 46),
                (column / 2, 46, column / 2, 60),
                (inner - column / 2, 46, inner - column / 2, 60),
            ]
            if wide
            else [(inner / 2, 32, inner / 2, 52)]
        )
        for key, (left, top) in zip(COHORTS, places):
            own_boxes, own_lines, own_texts = _cohort(view, key, left, top, column)
            boxes, lines, texts = boxes + own_boxes, lines + own_lines, texts + own_texts
        bottom = places[-1][1] + PANEL_HEIGHT
        boxes.append(_box(inner / 2 - 150, bottom, 300, 30, stroke=theme.PURPLE))
        texts.append(
            _text(
                inner / 2,
                bottom + 15,
                WORDS["stopped" if wide else "stopped_short"].format(
                    day=numbers.day(stopped.value)
                ),
                theme.PURPLE,
                bold=True,
            )
        )
        x = alt.X("x:Q", axis=None, scale=alt.Scale(domain=[-2, inner + 2], nice=False, zero=False))
        y = alt.Y(
            "y:Q", axis=None, scale=alt.Scale(domain=[bottom + 34, -2], nice=False, zero=False)
        )
        layers = [
            alt.Chart(pd.DataFrame(lines, columns=["x", "y", "x2", "y2"]))
            .mark_rule(color=theme.MUTED, strokeWidth=1.3)
            .encode(x=x, y=y, x2="x2:Q", y2="y2:Q")
        ]
        for (stroke, fill), group in pd.DataFrame(boxes).groupby(["stroke", "fill"], sort=False):
            layers.append(
                alt.Chart(group)
                .mark_rect(stroke=stroke, fill=fill, strokeWidth=1.5, cornerRadius=3)
                .encode(x=x, y=y, x2="x2:Q", y2="y2:Q")
            )
        for (colour, size, weight), group in pd.DataFrame(texts).groupby(
            ["colour", "size", "weight"], sort=False
        ):
            layers.append(
                alt.Chart(group)
                .mark_text(color=colour, fontSize=size, fontWeight=weight)
                .encode(x=x, y=y, text="text:N")
            )
        return alt.layer(*layers).properties(width=inner, height=bottom + 36)

    rows = [{"Step": "Randomised", "Cohort": "both", "Number": ref(everyone)}]
    for key, name in COHORTS.items():
        rows += [{"Step": "Randomised", "Cohort": name, "Number": ref(view.n(key))}]
        rows += [
            {"Step": f"Given {arm}", "Cohort": name, "Number": ref(view.n(key, arm))}
            for arm in ARMS
        ]
        rows += [
            {
                "Step": "Placebo patients who crossed over",
                "Cohort": name,
                "Number": ref(view.crossover(key)),
            },
            {
                "Step": "Progressions or deaths planned",
                "Cohort": name,
                "Number": ref(view.planned_events(key)),
            },
            {
                "Step": "Progressions or deaths seen",
                "Cohort": name,
                "Number": ref(view.events(key)),
            },
        ]
    rows.append({"Step": "Early stop announced", "Cohort": "both", "Number": ref(stopped)})
    said = "; ".join(
        f"{COHORTS[k]}: {numbers.fact_text(view.n(k, 'cabozantinib'))} to cabozantinib and"
        f" {numbers.fact_text(view.n(k, 'placebo'))} to placebo, of whom"
        f" {numbers.fact_text(view.crossover(k), 'value')} crossed over;"
        f" {numbers.fact_text(view.events(k))} of {numbers.fact_text(view.planned_events(k))}"
        " planned events seen"
        for k in COHORTS
    )
    return Figure(
        draw,
        f"Flow of {numbers.fact_text(everyone)} randomised patients into two cohorts and two arms."
        f" {said}. The trial was stopped early.",
        pd.DataFrame(rows),
        "cabinet-flow",
        ("chan2025", "chan2024esmo"),
    )

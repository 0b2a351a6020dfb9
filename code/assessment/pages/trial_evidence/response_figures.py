"""Best response and severe events, as pictures."""

from __future__ import annotations

import altair as alt
import pandas as pd

from assessment.case.trial.trial import ARMS, COHORTS, load_trial
from assessment.pages.trial_evidence.effect_words import WORDS
from assessment.presentation import numbers, theme
from assessment.presentation.show import Figure, ref


def best_response() -> Figure:
    """Stacked bars of best response per 100 patients by arm, publication set; what was not found
    stays blank and says so.
    """
    view, rows = load_trial("publication"), []
    for cohort in COHORTS:
        for arm in ARMS:
            known = [
                view.response(cohort).of_arm(arm),
                *(
                    view.best_response(cohort, k).of_arm(arm)
                    for k in ("stable_disease", "progressive_disease")
                ),
            ]
            at = 0.0
            for kind, f in zip(WORDS["responses"], [*known, None]):
                value = 100 - at if f is None else f.value
                if value is not None:
                    text = (
                        WORDS["unpublished"] if f is None and value > 50 else numbers.number(value)
                    )
                    rows.append(
                        {
                            "cohort": cohort,
                            "arm": arm,
                            "kind": kind,
                            "from": at,
                            "to": at + value,
                            "text": text,
                            "fact": f,
                        }
                    )
                    at += value

    def draw(width: int):
        wide = width > 500
        plot = width - 96
        colours = [theme.GREEN, theme.PURPLE, theme.GOLD, theme.WASH]

        def panel(key, last):
            data = pd.DataFrame(
                [{k: v for k, v in r.items() if k != "fact"} for r in rows if r["cohort"] == key]
            )
            data["middle"] = (data["from"] + data["to"]) / 2
            axis = alt.Axis(title="Of 100 patients" if last else None, values=[0, 25, 50, 75, 100])
            base = alt.Chart(data).encode(
                y=alt.Y("arm:N", sort=list(ARMS), title=None, axis=alt.Axis(labelLimit=110)),
                tooltip=[
                    alt.Tooltip("arm:N", title="Arm"),
                    alt.Tooltip("kind:N", title="Best response"),
                    alt.Tooltip("text:N", title="Of 100"),
                ],
            )
            bars = base.mark_bar(height=24, stroke=theme.BACKGROUND).encode(
                x=alt.X("from:Q", axis=axis, scale=alt.Scale(domain=[0, 100])),
                x2="to:Q",
                color=alt.Color(
                    "kind:N",
                    scale=alt.Scale(domain=list(WORDS["responses"]), range=colours),
                    legend=alt.Legend(title=None, columns=4 if wide else 2, labelLimit=220),
                ),
            )
            text = (
                base.transform_filter("datum.to - datum.from >= 4")
                .mark_text(fontSize=13, fontWeight=600)
                .encode(
                    x=alt.X("middle:Q", axis=axis),
                    text="text:N",
                    color=alt.condition(
                        f"datum.kind == '{WORDS['responses'][3]}'",
                        alt.value(theme.INK),
                        alt.value(theme.BACKGROUND),
                    ),
                )
            )
            return alt.layer(bars, text).properties(
                width=plot, height=alt.Step(32), title=WORDS["cohort_long"][key]
            )

        return alt.vconcat(panel("epnet", False), panel("pnet", True), spacing=12)

    table = pd.DataFrame(
        [
            {
                "Cohort": COHORTS[r["cohort"]],
                "Arm": r["arm"],
                "Best response": r["kind"],
                "Of 100": ref(r["fact"], "bare") if r["fact"] else r["text"],
            }
            for r in rows
        ]
    )
    said = "; ".join(f"{COHORTS[r['cohort']]} {r['arm']}: {r['kind']} {r['text']}" for r in rows)
    return Figure(
        draw,
        f"Stacked bars of best response in each hundred patients. {said}.",
        table,
        "cabinet-best-response",
        ("chan2025",),
        note="The last part of each bar is the remainder of rounded figures.",
    )


def severe_events() -> Figure:
    """Four hundred dots: in each hundred patients, how many had an adverse event of grade 3 or
    worse, by arm and cohort.
    """
    view = load_trial("publication")
    cells = [
        (cohort, arm, view.grade3plus(cohort).of_arm(arm)) for cohort in COHORTS for arm in ARMS
    ]

    def draw(width: int):
        wide = width > 500
        side = 140 if wide else 148

        def grid(cohort, arm, fact):
            dots = pd.DataFrame({"i": range(100)})
            dots = dots.assign(
                column=dots["i"] % 10, line=dots["i"] // 10, hit=dots["i"] < round(fact.number)
            )
            return (
                alt.Chart(
                    dots,
                    title=alt.Title(
                        f"{arm}, {COHORTS[cohort]}",
                        subtitle=f"{numbers.number(fact.number)} of 100",
                    ),
                )
                .mark_point(shape=theme.ARM_SHAPES[arm], size=62, strokeWidth=1.2, opacity=1)
                .encode(
                    x=alt.X("column:O", axis=None),
                    y=alt.Y("line:O", axis=None),
                    stroke=alt.condition(
                        "datum.hit", alt.value(theme.ARM_COLOURS[arm]), alt.value(theme.GREY)
                    ),
                    fill=alt.condition(
                        "datum.hit", alt.value(theme.ARM_COLOURS[arm]), alt.value(theme.BACKGROUND)
                    ),
                )
                .properties(width=side, height=side)
            )

        grids = [grid(*c) for c in cells]
        rows = [alt.hconcat(*grids[:2], spacing=24), alt.hconcat(*grids[2:], spacing=24)]
        return alt.hconcat(*grids, spacing=26) if wide else alt.vconcat(*rows, spacing=18)

    table = pd.DataFrame(
        [{"Cohort": COHORTS[c], "Arm": arm, "Of 100": ref(f, "bare")} for c, arm, f in cells]
    )
    said = "; ".join(f"{COHORTS[c]} {arm}: {numbers.number(f.number)}" for c, arm, f in cells)
    return Figure(
        draw,
        "Four squares of a hundred dots, filled for each patient with an adverse event of grade 3"
        f" or worse. {said}.",
        table,
        "cabinet-severe-events",
        ("chan2025",),
    )

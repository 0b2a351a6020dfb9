"""How much is known of each outcome in each group, as a map."""

from __future__ import annotations

import altair as alt
import pandas as pd

from assessment.evidence import Fact, load_facts, load_register
from assessment.pages.pico.pico_words import ENDPOINTS, GROUPS, LEVELS
from assessment.presentation import numbers, theme
from assessment.presentation.show import Figure, ref


def level(found: list[Fact]) -> str:
    """How good the published evidence is, judged by what is printed: one of LEVELS."""
    if any(f.measure == "hazard_ratio" and f.low is not None and f.high is not None for f in found):
        return LEVELS[0]
    if any(isinstance(f.value, float) and f.arm not in (None, "comparison") for f in found):
        return LEVELS[1]
    return LEVELS[2] if any(isinstance(f.value, str) for f in found) else LEVELS[3]


def evidence_by_group() -> pd.DataFrame:
    """Outcome × group of patients: level of evidence, and the hazard ratio where there is one.
    Facts on all patients count for both cohorts.
    """
    facts = load_facts().select(subject="cabinet", analysis_set=("publication", "unstated"))
    rows = []
    for outcome in load_register("outcomes").itertuples():
        for population, short in GROUPS.items():
            whole = ("all", population) if population in ("epNET", "pNET") else (population,)
            found = list(facts.select(endpoint=ENDPOINTS[outcome.id], population=whole))
            ratio = next(
                (f for f in found if f.measure == "hazard_ratio" and f.low is not None), None
            )
            rows.append(
                {
                    "outcome": outcome.english,
                    "in_pico": outcome.in_pico,
                    "group": short,
                    "level": level(found),
                    "ratio": ratio,
                }
            )
    return pd.DataFrame(rows)


def evidence_map() -> Figure:
    """Which outcome has what evidence in which group."""
    data = evidence_by_group()
    order = list(dict.fromkeys(data["outcome"]))
    table = (
        data.assign(cell=[ref(r.ratio) if r.ratio else r.level for r in data.itertuples()])
        .pivot(index="outcome", columns="group", values="cell")
        .loc[order, list(GROUPS.values())]
        .reset_index()
        .rename(columns={"outcome": "Outcome"})
    )
    drawn = data.assign(
        line=[
            (
                f"HR {numbers.fact_text(r.ratio, 'bare')}"
                if r.ratio
                else r.level.replace("compared, ", "").replace("nothing found", "none")
            )
            for r in data.itertuples()
        ],
        under=[numbers.fact_interval(r.ratio) if r.ratio else "" for r in data.itertuples()],
        mark=[
            (
                "HR"
                if r.ratio
                else {"numbers by arm": "arms", "words only": "words", "nothing found": "none"}[
                    r.level
                ]
            )
            for r in data.itertuples()
        ],
    ).drop(columns="ratio")

    def draw(width: int) -> alt.LayerChart:
        narrow = width < 500
        labels = (
            alt.Axis(
                labelLimit=170,
                labelExpr="split(replace(datum.label, 'Health-related', 'Health-related|'), '|')",
            )
            if not narrow
            else alt.Axis(
                labelExpr=(
                    "{'Progression-free survival': 'PFS', 'Overall survival': 'Survival',"
                    " 'Health-related quality of life': 'Quality of life', 'Adverse events':"
                    " 'Harms', 'Tumour response': 'Response'}[datum.label] || datum.label"
                )
            )
        )
        base = alt.Chart(drawn).encode(
            x=alt.X(
                "group:N",
                sort=list(GROUPS.values()),
                title=None,
                axis=alt.Axis(
                    orient="top", labelAngle=0, labelFontWeight=600, domain=False, ticks=False
                ),
            ),
            y=alt.Y("outcome:N", sort=order, title=None, axis=labels),
        )
        colour = alt.Color(
            "level:N",
            scale=alt.Scale(
                domain=list(LEVELS), range=[theme.BLUE, theme.SKY, theme.WASH, theme.BACKGROUND]
            ),
            legend=None,
        )
        pale = alt.condition(f"datum.level === '{LEVELS[1]}'", alt.value(0.45), alt.value(1))
        cells = base.mark_rect(stroke=theme.GREY, strokeWidth=0.8).encode(
            color=colour,
            fillOpacity=pale,
            tooltip=[
                alt.Tooltip("outcome:N", title="Outcome"),
                alt.Tooltip("group:N", title="Group"),
                alt.Tooltip("level:N", title="Evidence"),
                alt.Tooltip("under:N", title="Interval"),
            ],
        )
        ink = alt.condition(
            f"datum.level === '{LEVELS[0]}'", alt.value(theme.BACKGROUND), alt.value(theme.INK)
        )
        if narrow:
            return (
                cells + base.mark_text(fontSize=12).encode(text="mark:N", color=ink)
            ).properties(width=width - 110, height=6 * 38)
        ratio, rest = "datum.under !== ''", "datum.under === ''"
        texts = [
            base.transform_filter(ratio)
            .mark_text(dy=-8, fontWeight=600)
            .encode(text="line:N", color=ink),
            base.transform_filter(ratio)
            .mark_text(dy=9, fontSize=12)
            .encode(text="under:N", color=ink),
            base.transform_filter(rest).mark_text(fontSize=12).encode(text="line:N", color=ink),
        ]
        return alt.layer(cells, *texts).properties(width=width - 165, height=6 * 46)

    return Figure(
        draw,
        "Grid of six outcomes by five groups of patients. Progression-free survival has a hazard"
        " ratio with interval in all five groups, overall survival in the two cohorts only;"
        " response and adverse events have numbers by arm; quality of life has words only; resource"
        " use has nothing.",
        table,
        "evidence-map",
        note=(
            "GI: gastrointestinal; Lung: lung or thymus; G3: grade three; HR: hazard ratio with"
            " interval; arms: numbers by arm. The colour says what was printed, not whether it can"
            " be believed."
        ),
    )

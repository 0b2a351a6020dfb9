"""What patients have had before: the order of treatments, and what the trial's patients had had."""

from __future__ import annotations

import altair as alt
import pandas as pd

from assessment.evidence import load_facts, load_register
from assessment.pages.background.background_words import WORDS
from assessment.presentation import numbers, theme
from assessment.presentation.show import Figure, ref


def sequence() -> Figure:
    """The order of systemic treatment by cohort; dashed boxes stand where the order is ours."""
    rows = load_register("treatment-sequence")
    short = {"assumption": "place in the order is ours", "verified": "as the source says"}
    data = pd.DataFrame(
        [
            {
                "cohort": WORDS["cohorts"][r.cohort],
                "step": int(r.step),
                "treatment": r.treatment,
                "note": r.note,
                "status": r.status,
                "detail": (
                    "place undecided in Norway"
                    if r.treatment == "Cabozantinib"
                    else short[r.status]
                ),
                "cabo": r.treatment == "Cabozantinib",
            }
            for r in rows.itertuples()
        ]
    )
    table = pd.DataFrame(
        [
            {
                "Cohort": r.cohort,
                "Step": r.step,
                "Treatment": r.treatment,
                "Status": r.status,
                "Basis": r.note,
            }
            for r in rows.itertuples()
        ]
    )

    def draw(width: int) -> alt.LayerChart:
        narrow = width < 500
        half = (width - 20) / 2
        x = alt.X(
            "cohort:N",
            sort=list(WORDS["cohorts"].values()),
            title=None,
            scale=alt.Scale(paddingInner=0.06, paddingOuter=0),
            axis=alt.Axis(
                orient="top",
                labelAngle=0,
                labelFontWeight=600,
                domain=False,
                ticks=False,
                labelLimit=half,
                labelExpr=(
                    "split(datum.label, ' (')[1] ? replace(split(datum.label, ' (')[1], ')', '') :"
                    " datum.label"
                    if narrow
                    else "datum.label"
                ),
            ),
        )
        y = alt.Y("step:O", title=None, scale=alt.Scale(paddingInner=0.34), axis=None)
        box = alt.Chart(data).mark_bar(cornerRadius=5, strokeWidth=1.6)
        tip = [
            alt.Tooltip("treatment:N", title="Treatment"),
            alt.Tooltip("detail:N", title="Order"),
            alt.Tooltip("note:N", title="Basis"),
        ]
        layers = [
            box.transform_filter(cond).encode(
                x=x,
                y=y,
                fill=alt.value(fill),
                stroke=alt.value(line),
                strokeDash=alt.value(dash),
                tooltip=tip,
            )
            for cond, fill, line, dash in (
                ("datum.status === 'verified'", theme.WASH, theme.INK, [1, 0]),
                (
                    "datum.status !== 'verified' && !datum.cabo",
                    theme.BACKGROUND,
                    theme.GREY,
                    [5, 3],
                ),
                ("datum.cabo", theme.BLUE, theme.BLUE, [1, 0]),
            )
        ]
        name = (
            alt.Chart(data)
            .mark_text(fontWeight=600, dy=-9, fontSize=13)
            .encode(
                x=x,
                y=y,
                text="treatment:N",
                color=alt.condition(
                    "datum.cabo", alt.value(theme.BACKGROUND), alt.value(theme.INK)
                ),
            )
        )
        more = (
            alt.Chart(data)
            .mark_text(dy=9, fontSize=12)
            .encode(
                x=x,
                y=y,
                text="detail:N",
                color=alt.condition(
                    "datum.cabo", alt.value(theme.BACKGROUND), alt.value(theme.MUTED)
                ),
            )
        )
        arrows = (
            alt.Chart(data[data["step"].isin([1, 3, 4])])
            .mark_point(
                shape="triangle-down", size=50, color=theme.GREY, filled=True, yOffset=34, opacity=1
            )
            .encode(x=x, y=y)
        )
        licence = (
            alt.Chart(data[data["step"] == 2])
            .mark_text(
                yOffset=34,
                fontSize=12,
                fontStyle="italic",
                color=theme.BLUE,
                text="▼ " + WORDS["licence"],
            )
            .encode(x=x, y=y)
        )
        return alt.layer(*layers, name, more, arrows, licence).properties(
            width=width - 10, height=5 * 67
        )

    return Figure(
        draw,
        "Two columns of boxes from the first treatment down. Outside the pancreas: somatostatin"
        " analogue, 177Lu-dotatate, everolimus, chemotherapy, cabozantinib. Pancreas: the same with"
        " everolimus or sunitinib in third place. Solid boxes rest on DMP or the national"
        " programme, dashed ones on our ordering.",
        table,
        "treatment-sequence",
        sources=("dmp2025egnethet", "helsedir2020"),
        note=(
            "177Lu-dotatate before everolimus is the programme's order for small-bowel tumours. The"
            " licence lets cabozantinib follow any one treatment after the somatostatin analogue."
        ),
    )


def prior_treatment() -> Figure:
    """What CABINET's patients had had before, where it was published."""
    facts, words = load_facts(), WORDS["prior"]
    gi = [
        facts[f"cabinet.gi.baseline.{k}"]
        for k in ("prior_ssa", "prior_lutetium", "prior_everolimus", "prior_temozolomide")
    ]
    pnet = [
        facts["cabinet.baseline.pnet.prior_everolimus"],
        facts["cabinet.baseline.pnet.prior_prrt"],
        facts["cabinet_2023.baseline.pnet.prior_sunitinib"],
    ]
    titles = [
        WORDS["prior_groups"][0].format(n=facts["cabinet.gi.n"].printed),
        WORDS["prior_groups"][1].format(n=facts["cabinet_2023.n.pnet"].printed),
    ]
    rows = [
        {
            "group": g,
            "treatment": words[f.measure],
            "share": f.number,
            "label": (
                ("~" if f.printed.startswith("~") else "") + f"{numbers.number(f.number)}\u00a0%"
            ),
        }
        for g, fs in zip(titles, (gi, pnet))
        for f in fs
    ]
    data = pd.DataFrame(rows)
    table = pd.DataFrame(
        [
            {
                "Group": g.split(",")[0],
                "Earlier treatment": words[f.measure],
                "Share": ref(f, "value"),
                "Analysis set": f.analysis_set.replace("_", " "),
            }
            for g, fs in zip(titles, (gi, pnet))
            for f in fs
        ]
    )

    def panel(title: str, width: int, last: bool) -> alt.LayerChart:
        part = data[data["group"] == title]
        base = alt.Chart(part).encode(
            y=alt.Y(
                "treatment:N",
                sort=list(part["treatment"]),
                title=None,
                axis=alt.Axis(labelLimit=150, minExtent=140),
            )
        )
        bars = base.mark_bar(height=14, color=theme.PURPLE, opacity=0.75).encode(
            x=alt.X(
                "share:Q",
                scale=alt.Scale(domain=[0, 115]),
                title="Per cent who had had it" if last else None,
                axis=alt.Axis(values=[0, 25, 50, 75, 100], labels=last, ticks=last),
            ),
            tooltip=[
                alt.Tooltip("treatment:N", title="Earlier treatment"),
                alt.Tooltip("label:N", title="Share"),
            ],
        )
        lines = title.split("; ") if width < 500 else [title]
        return alt.layer(
            bars, base.mark_text(align="left", dx=5).encode(x="share:Q", text="label:N")
        ).properties(
            width=width - 165, height=len(part) * 27, title=alt.TitleParams(lines, fontSize=13)
        )

    return Figure(
        lambda width: alt.vconcat(
            *[panel(t, width, i == 1) for i, t in enumerate(titles)], spacing=14
        ),
        "Bars of earlier treatments. Gastrointestinal NET: all had had a somatostatin analogue, 77"
        " per cent 177Lu-dotatate, 59 everolimus, 16 temozolomide. pNET: about 80 everolimus, about"
        " 50 radionuclide therapy, 28 sunitinib. Most patients had already had what Norway would"
        " compare with.",
        table,
        "earlier-treatment",
    )

"""Figures and tables of what the economic model will need: inputs, reference values, discounting,
published evaluations.
"""

from __future__ import annotations

import altair as alt
import numpy as np
import pandas as pd

from assessment.case.model import runs
from assessment.case.model.model_inputs import COHORTS, model_inputs
from assessment.economics.time.discounting import discount_factor
from assessment.evidence import load_facts, load_population_table, load_register
from assessment.evidence.provenance.traced_text import computed
from assessment.presentation import numbers, theme, words
from assessment.presentation.show import Figure, Table, ref

# From the firmest to the least firm.
STATUSES = ("verified", "secondary", "derived", "assumption", "unknown")
STATUS_SHAPES = {
    "verified": "circle",
    "secondary": "circle",
    "derived": "triangle-up",
    "assumption": "diamond",
    "unknown": "cross",
}
STATUS_COLOURS = {
    "verified": theme.GREEN,
    "secondary": theme.BLUE,
    "derived": theme.GOLD,
    "assumption": theme.PURPLE,
    "unknown": theme.ORANGE,
}
WORDS = {
    "groups": {
        "survival": "Survival",
        "treatment": "Treatment",
        "costs": "Costs",
        "utilities": "Utilities",
        "population": "Population",
        "method": "Method",
    },
    "key": "solid: stated policy · dashed: proposal",
    "policy": "stated policy",
    "proposal": "proposal",
    "reference": "NOK per QALY",
    "class": "Class",
    "varied": {
        "fixed": "fixed",
        "decision": "on its own",
        "curves": "with the curves",
        "setting": "in scenarios",
        "none": "not in the model",
    },
    "discount": "Value today of one later",
    "years": "Years from now",
}
EVALUATIONS = (
    ("palmer2020", "midgut.norway"),
    ("palmer2020", "pnet.norway"),
    ("casciano2012", "net.value"),
    ("chua2018", "net.value"),
    ("smithpalmer2021", "net.value"),
    ("rustgi2021", "net.value"),
    ("tlv2018", "gi.value"),
    ("sieg2020", "other.value"),
    ("shlomai2019", "other.value"),
    ("shi2022", "other.value"),
)
STUDIES = {
    "palmer2020": "Palmer and Leeuwenkamp 2020, Norway",
    "casciano2012": "Casciano 2012",
    "chua2018": "Chua 2018",
    "smithpalmer2021": "Smith-Palmer 2021",
    "rustgi2021": "Rustgi 2021",
    "tlv2018": "TLV 2018",
    "sieg2020": "Sieg 2020",
    "shlomai2019": "Shlomai 2019",
    "shi2022": "Shi 2022",
}


def inputs() -> pd.DataFrame:
    """The register of model inputs. ValueError when an input claims a firmer status than the fact
    that holds it.
    """
    frame, facts = load_register("model-inputs"), load_facts()
    for row in frame.itertuples():
        if row.fact and STATUSES.index(facts[row.fact].status) > STATUSES.index(row.status):
            raise ValueError(
                f"data/model_inputs.csv, '{row.id}': status '{row.status}', but {row.fact} is"
                f" '{facts[row.fact].status}'. An input cannot be firmer than its fact."
            )
    return frame


def input_status() -> Figure:
    """One mark per model input, by part of the model, its shape and colour the status."""
    frame = inputs()[["label", "group", "status", "consequence"]]
    frame = frame.assign(
        name=frame["group"].map(WORDS["groups"]), order=frame["status"].map(STATUSES.index)
    ).sort_values(["group", "order"], kind="stable")
    frame["place"] = frame.groupby("group").cumcount()
    counts = frame["status"].value_counts()
    legend = pd.DataFrame({"status": STATUSES}).assign(
        text=[f"{s}: {counts.get(s, 0)}" for s in STATUSES]
    )

    def marks(data, wide, x, y, **more):
        shown = [
            alt.Chart(data[data["status"] == s])
            .mark_point(
                shape=STATUS_SHAPES[s],
                size=150 if wide else 95,
                filled=s != "secondary",
                strokeWidth=2.2,
                opacity=1,
                color=STATUS_COLOURS[s],
                angle=45 if s == "unknown" else 0,
            )
            .encode(x=x, y=y, **more)
            for s in STATUSES
            if (data["status"] == s).any()
        ]
        return shown

    def draw(width: int):
        wide = width > 500
        last = int(frame["place"].max())
        x = alt.X("place:Q", axis=None, scale=alt.Scale(domain=[-0.6, last + 0.6], nice=False))
        y = alt.Y(
            "name:N", sort=list(WORDS["groups"].values()), title=None, axis=alt.Axis(labelLimit=100)
        )
        tips = [
            alt.Tooltip("label:N", title="Input"),
            alt.Tooltip("status:N", title="Status"),
            alt.Tooltip("consequence:N", title="What it means"),
        ]
        main = alt.layer(*marks(frame, wide, x, y, tooltip=tips)).properties(
            width=(width - 245) if wide else (width - 92), height=alt.Step(32)
        )
        key_y = alt.Y("status:N", sort=list(STATUSES), axis=None)
        key_x = alt.X("place:Q", axis=None, scale=alt.Scale(domain=[0, 10], nice=False))
        keyed = legend.assign(place=1.0)
        key = alt.layer(
            *marks(keyed, wide, key_x, key_y),
            alt.Chart(keyed).mark_text(align="left", dx=14).encode(x=key_x, y=key_y, text="text:N"),
        ).properties(width=120, height=alt.Step(26))
        return alt.hconcat(main, key, spacing=28) if wide else alt.vconcat(main, key, spacing=12)

    table = (
        pd.crosstab(frame["name"], frame["status"])
        .reindex(index=list(WORDS["groups"].values()), columns=list(STATUSES), fill_value=0)
        .reset_index()
        .rename(columns={"name": "Part of the model"})
    )
    table.columns.name = None
    said = ", ".join(f"{counts.get(s, 0)} {s}" for s in STATUSES)
    return Figure(
        draw,
        f"One mark for each of {len(frame)} model inputs, in rows by part of the model, shaped by"
        f" status. {said}.",
        table,
        "model-inputs-status",
    )


def input_table() -> Table:
    """Every model input: value with its source, how it varies, price year, and what it means for
    the result.
    """
    facts, read = (
        load_facts(),
        {(c, name): given for c in COHORTS for name, given in model_inputs(c).items()},
    )
    rows = []
    for r in inputs().itertuples():
        given = read.get((COHORTS[0] if r.cohort == "both" else r.cohort, r.parameter))
        rows.append(
            {
                "Input (status)": f"{r.label} ({r.status})",
                "Value": ref(facts[r.fact]) if r.fact else "–",
                "Varied": _varied(r.distribution, given),
                "Prices of": str(int(r.price_year)) if r.price_year else "",
                "What it means for the result": r.consequence,
            }
        )
    return Table(pd.DataFrame(rows), classes=("long",))


def _varied(kind: str, given) -> str:
    """The distribution in words, with the bounds of the one-way analysis."""
    if given is None or given.low == given.high:
        return WORDS["varied"].get(kind, "")
    decimals = max(0, 2 - int(np.floor(np.log10(max(abs(given.high), 1e-9)))))
    return (
        f"{WORDS['varied'].get(kind, kind)},"
        f" {numbers.interval(given.low, given.high, min(decimals, 4))}"
    )


def ladder() -> Figure:
    """Reference values by severity class: the stated opportunity cost, and the steps of the
    proposal above it.
    """
    facts = load_facts()
    rows = [
        {
            "class": k,
            "fact": facts[f"norway.reference.class{k}.value"],
            "weight": facts[f"norway.reference.class{k}.weight"],
        }
        for k in load_population_table("severity-classes")["class"]
    ]
    data = pd.DataFrame(
        [
            {
                "class": int(r["class"]),
                "value": r["fact"].number,
                "text": numbers.number(r["fact"].number),
                "kind": WORDS["policy"] if r["weight"].number == 1 else WORDS["proposal"],
            }
            for r in rows
        ]
    )

    def draw(width: int):
        wide = width > 500
        axis = alt.Axis(title=f"{WORDS['class']}, by absolute shortfall", labelAngle=0)
        y = alt.Y(
            "value:Q",
            title=None,
            axis=None,
            scale=alt.Scale(domain=[0, data["value"].max() * 1.12]),
        )
        x = alt.X("class:O", axis=axis, scale=alt.Scale(paddingInner=0.15))
        bars = alt.Chart(data).encode(
            x=x,
            y=y,
            tooltip=[
                alt.Tooltip("class:O", title="Class"),
                alt.Tooltip("text:N", title=WORDS["reference"]),
                alt.Tooltip("kind:N", title="Standing"),
            ],
        )
        solid = bars.transform_filter(f"datum.kind == '{WORDS['policy']}'").mark_bar(
            color=theme.BLUE
        )
        hollow = bars.transform_filter(f"datum.kind == '{WORDS['proposal']}'").mark_bar(
            fill=theme.WASH, stroke=theme.MUTED, strokeDash=[5, 3], strokeWidth=1.4
        )
        value = bars.mark_text(dy=-9, fontSize=13 if wide else 12, fontWeight=600).encode(
            text="text:N"
        )
        line = alt.Chart(data.head(1)).mark_rule(color=theme.BLUE, strokeWidth=1.6).encode(y=y)
        return alt.layer(solid, hollow, line, value).properties(
            width=width - 12, height=230, title=alt.Title(WORDS["reference"], subtitle=WORDS["key"])
        )

    table = pd.DataFrame(
        [
            {
                "Class": int(r["class"]),
                "Weight": ref(r["weight"], "bare"),
                "Reference value": ref(r["fact"]),
                "Standing": WORDS["policy"] if r["weight"].number == 1 else WORDS["proposal"],
            }
            for r in rows
        ]
    )
    return Figure(
        draw,
        "Bars of reference values in NOK per QALY by severity class: "
        + "; ".join(
            f"class {r['class']} {r['text']} ({r['kind']})" for r in data.to_dict("records")
        )
        + ".",
        table,
        "reference-values",
        ("meldst38", "magnussen2015"),
    )


def discounting() -> Figure:
    """Value today of one kroner or QALY gained later, under the stepped schedule."""
    schedule = load_population_table("discount-schedule")
    last = int(schedule["year_from"].max()) + 15
    data = pd.DataFrame({"year": np.arange(0, last + 1)})
    data["factor"] = discount_factor(data["year"], schedule)
    steps = [
        {
            "year": int(b.year_from),
            "factor": float(discount_factor(b.year_from, schedule)),
            "text": f"{numbers.number(100 * b.annual_rate)} % from year {b.year_from}",
        }
        for b in schedule.itertuples()
    ]

    def draw(width: int):
        x = alt.X(
            "year:Q",
            title=WORDS["years"],
            scale=alt.Scale(domain=[-2, last + 14], nice=False),
            axis=alt.Axis(values=list(range(0, last + 1, 20)), grid=False),
        )
        y = alt.Y(
            "factor:Q",
            title=WORDS["discount"],
            scale=alt.Scale(domain=[0, 1.08], nice=False),
            axis=alt.Axis(values=[0, 0.5, 1], format=".1f"),
        )
        marks = alt.Chart(pd.DataFrame(steps)).encode(x=x, y=y)
        line = (
            alt.Chart(data)
            .mark_line(color=theme.BLUE)
            .encode(
                x=x,
                y=y,
                tooltip=[
                    alt.Tooltip("year:Q", title="Year"),
                    alt.Tooltip("factor:Q", title="Factor", format=".3f"),
                ],
            )
        )
        return alt.layer(
            line,
            marks.mark_point(filled=True, size=60, color=theme.BLUE, opacity=1),
            marks.mark_text(align="left", dx=8, dy=-10, fontSize=12).encode(text="text:N"),
        ).properties(width=width - 62, height=170)

    table = data[data["year"].isin([1, 5, 10, 20, 40, 60, 75, last])].rename(
        columns={"year": "Years from now", "factor": "Value today of one"}
    )
    return Figure(
        draw,
        "Falling line of the discount factor over years; the rate steps down twice. "
        + "; ".join(f"{s['text']}, factor {numbers.number(s['factor'], 2)}" for s in steps)
        + ".",
        table.round(3),
        "discount-factors",
        ("r109",),
    )


def evaluations() -> Table:
    """Cost-effectiveness analyses in neighbouring questions: who and what, QALYs gained, cost per
    QALY as printed.
    """
    facts, rows = load_facts(), []
    for study, rest in EVALUATIONS:
        icer = facts[f"{study}.icer.{rest}"]
        gain = f"{study}.qalys.{rest.partition('.')[0]}.difference"
        rows.append(
            {
                "Study": STUDIES[study],
                "Question": icer.population,
                "QALYs gained": ref(facts[gain], "bare") if gain in facts else "–",
                "Cost per QALY": ref(icer),
            }
        )
    return Table(pd.DataFrame(rows))


def small_groups() -> Table:
    """The criteria of the scheme for very small patient groups against what is known here."""
    facts = load_facts()
    ours = [runs.severity(c).shortfall for c in COHORTS]
    gains = [float(runs.base(c).increment.effect) for c in COHORTS]
    rows = [
        (
            "Patients in Norway, fewer than about",
            ref(facts["norway.small_groups.patients.maximum"]),
            ref(facts["norway.patients.eligible.n"]),
            "not at DMP's range as a whole",
        ),
        (
            "Absolute shortfall, at least about",
            ref(facts["norway.small_groups.shortfall.minimum"]),
            f"{numbers.interval(min(ours), max(ours))}\u00a0QALYs",
            "no",
        ),
        (
            "Expected gain, at least about",
            ref(facts["norway.small_groups.gain.minimum"]),
            f"{numbers.interval(min(gains), max(gains), 2)}\u00a0QALYs, as modelled",
            "no",
        ),
        (
            "Frequency worldwide",
            ref(facts["norway.small_groups.prevalence.maximum"]),
            words.UNKNOWN,
            "not examined",
        ),
    ]
    return Table(pd.DataFrame(rows, columns=["Criterion", "Asked for", "Here", "Met"]))


@computed
def texts() -> dict[str, str]:
    """Computed numbers for the chapter's sentences, as text."""
    frame, schedule = inputs(), load_population_table("discount-schedule")
    counts = frame["status"].value_counts()
    ten = float(discount_factor(10, schedule))
    return {
        "econ_inputs": str(len(frame)),
        "econ_discount_ten": numbers.number(100 * ten) + "\u00a0%",
    } | {f"econ_inputs_{s}": str(counts.get(s, 0)) for s in STATUSES}

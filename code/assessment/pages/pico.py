"""Figures and tables of the PICO chapter: the question against the trial, the evidence by outcome,
and the map of comparators.
"""

from __future__ import annotations

import math

import altair as alt
import pandas as pd

from assessment.evidence import Fact, load_facts, load_register
from assessment.presentation import numbers, theme
from assessment.presentation.show import Figure, Table, ref

# Outcome → endpoint of the facts that count as evidence for it; dose and duration of the drug do
# not measure resource use.
ENDPOINTS = {
    "pfs": "pfs",
    "os": "os",
    "hrqol": "hrqol",
    "resource_use": "resource_use",
    "response": "response",
    "adverse_events": "safety",
}
GROUPS = {
    "epNET": "epNET",
    "pNET": "pNET",
    "gastrointestinal NET": "GI",
    "lung or thymic NET": "Lung",
    "grade 3 NET (Ki-67 above 20 %)": "G3",
}
LEVELS = ("compared, with interval", "numbers by arm", "words only", "nothing found")
SHORT = {
    "capecitabine and temozolomide": "CAPTEM",
    "177Lu-dotatate with octreotide": "177Lu-dotatate",
    "octreotide, double dose": "octreotide ×2",
}
NETWORKS = {"pNET": "Pancreas (pNET)", "epNET": "Outside the pancreas (epNET)"}
SUBSETS = ("radiant4_gi", "radiant4_lung")

WORDS = {
    "in_pico": {"yes": "in the PICO", "no": "not in the PICO"},
    "apart": "apart: no path to placebo",
    "no_result": "no result yet",
    "departures": (  # question, PICO and licence, fact of the trial, meaning for Norway
        (
            "Differentiation",
            "well differentiated",
            "cabinet.design.eligibility.tumour",
            (
                "The trial is wider by an older term; how many patients fall outside the licence is"
                " not published."
            ),
        ),
        (
            "Earlier treatment",
            "at least one systemic treatment other than a somatostatin analogue",
            "cabinet.design.eligibility.prior_treatment_by_site",
            "The licence is wider: chemotherapy alone would count; the trial named its drugs.",
        ),
        (
            "Disease activity",
            "has progressed",
            "cabinet.design.eligibility.progression",
            (
                "The trial asks for recent growth; a slow tumour that grew years ago fits the"
                " licence, not the trial."
            ),
        ),
        (
            "Performance status",
            "not mentioned",
            "cabinet.design.eligibility.ecog",
            "The frailest were not admitted; the licence does not exclude them.",
        ),
        (
            "Country",
            "Norway",
            "cabinet.design.country",
            "Order of treatments and access to them may differ.",
        ),
        (
            "Dose",
            "as in the product summary",
            "cabinet.design.treatment",
            "Same starting dose; most patients needed less.",
        ),
        (
            "Comparator",
            "today’s treatment or placebo",
            "cabinet.design.type",
            "No active comparator: placebo, beside a somatostatin analogue where one was in use.",
        ),
        (
            "After progression",
            "what Norway would give",
            "cabinet.design.crossover",
            "Survival compares early with late cabozantinib, not with none.",
        ),
    ),
    "numbers": (  # what, fact in epNET, fact in pNET
        ("Progression-free survival: hazard ratio", "cabinet.pfs.{c}.hazard_ratio"),
        ("– median, cabozantinib", "cabinet.pfs.{c}.cabozantinib.median"),
        ("– median, placebo", "cabinet.pfs.{c}.placebo.median"),
        ("Overall survival: hazard ratio", "cabinet.os.{c}.hazard_ratio"),
        ("– placebo patients who crossed over", "cabinet.crossover.{c}.rate"),
        ("Response, cabozantinib", "cabinet.response.{c}.cabozantinib.rate"),
        ("Severe adverse events, cabozantinib", "cabinet.safety.grade3plus.{c}.cabozantinib.rate"),
        ("– placebo", "cabinet.safety.grade3plus.{c}.placebo.rate"),
        ("Quality of life: scores by arm", "cabinet.hrqol.scores"),
        ("– EQ-5D utility", "cabinet.hrqol.utility"),
    ),
}


def departures() -> Table:
    """Where trial and PICO part."""
    facts = load_facts()
    frame = pd.DataFrame(
        [
            {"Question": q, "PICO and licence": p, "CABINET": ref(facts[f]), "What it means": m}
            for q, p, f, m in WORDS["departures"]
        ]
    )
    return Table(frame, caption="The question and the trial", classes=("long",))


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


def outcome_numbers() -> Table:
    """The main numbers by cohort, each with its source; the unknown ones too."""
    facts = load_facts()
    return Table(
        pd.DataFrame(
            [
                {
                    "Outcome": what,
                    **{c: ref(facts[f.format(c=c.lower())]) for c in ("epNET", "pNET")},
                }
                for what, f in WORDS["numbers"]
            ]
        ),
        caption="CABINET by cohort (publication)",
    )


def outcome_strength() -> Table:
    """For every outcome: evidence, how strong, what is missing."""
    frame = pd.DataFrame(
        [
            {
                "Outcome": f"{o.norwegian} ({o.english.lower()}; {WORDS['in_pico'][o.in_pico]})",
                "Evidence": o.evidence,
                "Strength": f"{o.strength.capitalize()}. {o.reason}",
                "Missing": o.missing,
            }
            for o in load_register("outcomes").itertuples()
        ]
    )
    return Table(frame, caption="What there is for each outcome", classes=("long",))


def trials() -> pd.DataFrame:
    """The comparator register with the hazard ratio of each trial as a Fact, and whether the
    comparison is linked through placebo.
    """
    frame, facts = load_register("network"), load_facts()
    return frame.assign(
        fact=[facts[i] for i in frame["hazard_ratio_fact"]], linked=frame["connects"] == "yes"
    )


def control_median(row) -> Fact | None:
    """Median PFS of a trial's control arm: same trial, population, analysis set and assessor as its
    hazard ratio; None when not published.
    """
    f = row.fact
    same = load_facts().select(
        subject=f.subject,
        population=f.population,
        analysis_set=f.analysis_set,
        assessor=f.assessor,
        endpoint="pfs",
        measure="median",
    )
    return next(
        (
            m
            for m in same
            if m.arm
            and m.arm.split()[0] == row.control.split()[0].strip(",")
            and isinstance(m.value, float)
        ),
        None,
    )


def reached_from(hub: str, frame: pd.DataFrame) -> set[str]:
    """Treatments joined to ``hub`` by any chain of trials in ``frame`` (columns treatment,
    control).
    """
    found, size = {hub}, 0
    while len(found) != size:
        size = len(found)
        for row in frame.itertuples():
            if row.treatment in found or row.control in found:
                found |= {row.treatment, row.control}
    return found


def layout(frame: pd.DataFrame) -> dict[str, tuple[float, float]]:
    """Places for one network: placebo in the middle, its trials on an arc above, what joins at one
    remove to the lower right, the rest below.
    """
    direct = sorted(
        set(frame.loc[frame["linked"], "treatment"]),
        key=lambda t: (t != "cabozantinib", t == "everolimus", t),
    )
    angles = [math.radians(168 - 156 * i / (len(direct) - 1)) for i in range(len(direct))]
    places = {"placebo": (0.0, 0.0)} | {
        t: (1.05 * math.cos(a), 1.0 * math.sin(a)) for t, a in zip(direct, angles)
    }
    second = sorted(reached_from("placebo", frame) - set(places))
    places |= {t: (1.05 - 1.0 * i, -0.72) for i, t in enumerate(second)}
    for i, row in enumerate(
        frame[~frame["treatment"].isin(places)]
        .drop_duplicates(["treatment", "control"])
        .itertuples()
    ):
        places |= {row.treatment: (-0.95, -1.45 - 0.5 * i), row.control: (0.75, -1.45 - 0.5 * i)}
    return places


def network() -> Figure:
    """The trials as a map: lines are trials, solid where the control was placebo."""
    frame = trials()
    frame = frame[~frame["id"].isin(SUBSETS)]
    panels = {}
    for name, part in frame.groupby("network", sort=False):
        places = layout(part)
        nodes = pd.DataFrame(
            [
                {
                    "name": SHORT.get(t, t),
                    "x": x,
                    "y": y,
                    "kind": (
                        "cabozantinib"
                        if t == "cabozantinib"
                        else "placebo"
                        if t == "placebo"
                        else "other"
                    ),
                }
                for t, (x, y) in places.items()
            ]
        )
        edges = []
        for (t, c), rows in part.groupby(["treatment", "control"], sort=False):
            (x, y), (x2, y2) = places[t], places[c]
            # keeps the names of trials apart
            near = {"everolimus": 0.7, "placebo": 0.55}.get(c, 0.5)
            edges.append(
                {
                    "x": x,
                    "y": y,
                    "x2": x2,
                    "y2": y2,
                    "mx": x * near + x2 * (1 - near),
                    "my": y * near + y2 * (1 - near),
                    "trial": " and ".join(rows["trial"]),
                    "linked": bool(rows["linked"].any()),
                    "reason": rows["reason"].iloc[0],
                }
            )
        panels[name] = (nodes, pd.DataFrame(edges))

    def panel(name: str, width: int) -> alt.LayerChart:
        nodes, edges = panels[name]

        def x(f):
            return alt.X(f, scale=alt.Scale(domain=[-1.55, 1.55]), axis=None)

        def y(f):
            return alt.Y(f, scale=alt.Scale(domain=[-1.85, 1.4]), axis=None)

        lines = [
            alt.Chart(edges[edges["linked"] == linked])
            .mark_rule(strokeWidth=2.5, color=colour, strokeDash=dash)
            .encode(
                x=x("x:Q"),
                y=y("y:Q"),
                x2="x2:Q",
                y2="y2:Q",
                tooltip=[
                    alt.Tooltip("trial:N", title="Trial"),
                    alt.Tooltip("reason:N", title="Why"),
                ],
            )
            for linked, colour, dash in ((True, theme.INK, [1, 0]), (False, theme.GREY, [5, 4]))
            if (edges["linked"] == linked).any()
        ]
        tags = alt.Chart(edges).encode(x=x("mx:Q"), y=y("my:Q"), text="trial:N")
        dots = (
            alt.Chart(nodes)
            .mark_point(filled=True, size=190, opacity=1)
            .encode(
                x=x("x:Q"),
                y=y("y:Q"),
                color=alt.Color(
                    "kind:N",
                    scale=alt.Scale(
                        domain=["cabozantinib", "placebo", "other"],
                        range=[theme.BLUE, theme.ORANGE, theme.MUTED],
                    ),
                    legend=None,
                ),
                shape=alt.Shape(
                    "kind:N",
                    scale=alt.Scale(
                        domain=["cabozantinib", "placebo", "other"],
                        range=["circle", "square", "circle"],
                    ),
                    legend=None,
                ),
            )
        )
        up, down = (
            alt.Chart(nodes.query(q))
            .mark_text(fontWeight=600, dy=dy)
            .encode(x=x("x:Q"), y=y("y:Q"), text="name:N")
            for q, dy in (("y > 0", -17), ("y <= 0", 19))
        )
        note = (
            alt.Chart(pd.DataFrame({"x": [-1.5], "y": [-1.08], "text": [WORDS["apart"]]}))
            .mark_text(align="left", fontSize=12, fontStyle="italic", color=theme.MUTED)
            .encode(x=x("x:Q"), y=y("y:Q"), text="text:N")
        )
        return alt.layer(
            *lines,
            tags.mark_text(fontSize=12, stroke=theme.BACKGROUND, strokeWidth=5),
            tags.mark_text(fontSize=12, color=theme.MUTED),
            dots,
            up,
            down,
            note,
        ).properties(width=width, height=330, title=NETWORKS[name])

    table = pd.DataFrame(
        [
            {
                "Network": r.network,
                "Trial": r.trial,
                "Treatment": r.treatment,
                "Control": r.control,
                "Joined to placebo": "yes" if r.linked else "no",
            }
            for r in frame.itertuples()
        ]
    )
    return Figure(
        lambda width: (
            alt.vconcat(*[panel(n, width - 25) for n in panels], spacing=20)
            if width < 500
            else alt.hconcat(*[panel(n, width // 2 - 30) for n in panels], spacing=30)
        ),
        "Two networks of trials. Pancreas: cabozantinib, surufatinib, sunitinib and everolimus each"
        " joined to placebo, 177Lu-edotreotide to everolimus, capecitabine with temozolomide apart."
        " Outside the pancreas: cabozantinib, surufatinib and everolimus joined to placebo,"
        " 177Lu-edotreotide and zanzalintinib to everolimus, 177Lu-dotatate apart.",
        table,
        "comparator-network",
        sources=tuple(dict.fromkeys(f.source for f in frame["fact"] if f.source)),
        note=(
            "Solid: placebo control, usable as one link. Dashed: another control. STELLAR-311 has"
            " no result yet. CAPTEM: capecitabine with temozolomide."
        ),
    )


def _rows_chart(
    data: pd.DataFrame, width: int, x: alt.X, title: str, rule: float | None
) -> alt.LayerChart:
    """Rows of point and interval, the name above on the left and the value on the right."""
    y = alt.Y("order:O", axis=None)
    colour = alt.Color(
        "kind:N",
        scale=alt.Scale(
            domain=["cabozantinib", "placebo", "linked", "apart"],
            range=[theme.BLUE, theme.ORANGE, theme.INK, theme.GREY],
        ),
        legend=None,
    )
    shape = alt.Shape(
        "kind:N",
        scale=alt.Scale(
            domain=["cabozantinib", "placebo", "linked", "apart"],
            range=["circle", "square", "circle", "diamond"],
        ),
        legend=None,
    )
    base = alt.Chart(data).encode(y=y)
    seen = base.transform_filter("isValid(datum.value)")
    layers = (
        []
        if rule is None
        else [alt.Chart().mark_rule(strokeDash=[2, 3], color=theme.MUTED).encode(x=alt.datum(rule))]
    )
    layers += [
        seen.transform_filter("isValid(datum.low)")
        .mark_rule(strokeWidth=2, clip=True)
        .encode(x=alt.X("low:Q"), x2="high:Q", color=colour),
        seen.mark_point(filled=True, size=85, opacity=1).encode(
            x=x,
            color=colour,
            shape=shape,
            tooltip=[alt.Tooltip("name:N", title="Trial"), alt.Tooltip("label:N", title=title)],
        ),
        base.mark_text(align="left", dy=-17, fontWeight=600).encode(x=alt.value(0), text="name:N"),
        base.mark_text(align="right").encode(x=alt.value(width), text="label:N"),
    ]
    return alt.layer(*layers).properties(width=width, height=alt.Step(38))


def _side_by_side(panel, width: int) -> alt.TopLevelMixin:
    """One panel per network, beside each other on a page and below each other on a phone;
    ``panel(network, width)`` draws one.
    """
    narrow = width < 500
    charts = [
        panel(n, width - 20 if narrow else width // 2 - 26).properties(
            title=alt.TitleParams(t, offset=14)
        )
        for n, t in NETWORKS.items()
    ]
    return (alt.vconcat if narrow else alt.hconcat)(*charts, spacing=26)


def forest() -> Figure:
    """Hazard ratio for progression or death, each trial against its own control."""
    frame = trials()
    data = pd.DataFrame(
        [
            {
                "network": r.network,
                "name": (
                    f"{r.trial}: {SHORT.get(r.treatment, r.treatment)}"
                    + ("" if r.linked else f" v {SHORT.get(r.control, r.control)}")
                ),
                "order": i,
                "value": r.fact.value,
                "low": r.fact.low,
                "high": r.fact.high,
                "kind": (
                    "cabozantinib"
                    if r.treatment == "cabozantinib"
                    else "linked"
                    if r.linked
                    else "apart"
                ),
                "label": (
                    numbers.fact_text(r.fact) if r.fact.value is not None else WORDS["no_result"]
                ),
            }
            for i, r in enumerate(frame.itertuples())
        ]
    )
    table = pd.DataFrame(
        [
            {
                "Network": r.network,
                "Trial": r.trial,
                "Treatment against control": f"{r.treatment} against {r.control}",
                "Hazard ratio": ref(r.fact),
                "Judged by": r.fact.assessor or "",
                "Linked": "yes" if r.linked else "no",
            }
            for r in frame.itertuples()
        ]
    )

    def draw(width: int) -> alt.TopLevelMixin:
        x = alt.X(
            "value:Q",
            title="Hazard ratio, log scale",
            scale=alt.Scale(type="log", domain=[0.1, 4], nice=False),
            axis=alt.Axis(values=[0.125, 0.25, 0.5, 1], format="~g"),
        )
        return _side_by_side(
            lambda n, w: _rows_chart(data[data["network"] == n], w, x, "Hazard ratio", 1), width
        )

    return Figure(
        draw,
        "Forest of hazard ratios for progression or death, each trial against its own control: in"
        " the pancreas cabozantinib 0.23, everolimus 0.34, sunitinib 0.32, surufatinib 0.49 against"
        " placebo; outside it cabozantinib 0.38, everolimus 0.48, surufatinib 0.66. Trials with"
        " another control stand in grey.",
        table,
        "comparator-hazard-ratios",
        note=(
            "Below one favours the drug named first. Blue: cabozantinib; black: placebo control;"
            " grey diamonds: another control, named. SANET-p and E2211 were judged by"
            " investigators."
        ),
    )


def controls() -> Figure:
    """What happened to the control arms: a check of whether the trials' patients were alike."""
    found = [(r, m) for r in trials().itertuples() if (m := control_median(r))]
    data = pd.DataFrame(
        [
            {
                "network": r.network,
                "name": f"{r.trial}: {SHORT.get(r.control, r.control)}",
                "order": i,
                "value": m.value,
                "low": m.low,
                "high": m.high,
                "kind": "placebo" if r.control == "placebo" else "apart",
                "label": (
                    numbers.fact_text(m, "bare")
                    + (f" ({numbers.fact_interval(m)})" if m.printed_low else "")
                ),
            }
            for i, (r, m) in enumerate(found)
        ]
    )
    table = pd.DataFrame(
        [
            {
                "Network": r.network,
                "Trial": r.trial,
                "Control": r.control,
                "Median PFS": ref(m),
                "Judged by": m.assessor or "",
                "Earlier treatment": r.line,
            }
            for r, m in found
        ]
    )

    def draw(width: int) -> alt.TopLevelMixin:
        x = alt.X(
            "value:Q",
            title="Control arm, median PFS (months)",
            scale=alt.Scale(domain=[0, 24], nice=False),
            axis=alt.Axis(values=[0, 4, 8, 12, 16]),
        )
        return _side_by_side(
            lambda n, w: _rows_chart(data[data["network"] == n], w, x, "Median", None), width
        )

    return Figure(
        draw,
        "Median progression-free survival in the control arms. Placebo arms: 3.7 to 5.8 months in"
        " the pancreas, 3.6 to 5.4 outside it. Other controls last longer: octreotide 8.5,"
        " temozolomide 14.4, everolimus 14.7 months.",
        table,
        "control-arms",
        note=(
            "Orange squares: placebo; grey diamonds: an active or other control. The same judge as"
            " for the hazard ratio."
        ),
    )


def comparator_table() -> Table:
    """Every trial with its patients, whether it joins, and why."""
    frame = pd.DataFrame(
        [
            {
                "Trial": f"{r.trial} ({r.network})",
                "Against": (
                    f"{SHORT.get(r.treatment, r.treatment)} against"
                    f" {SHORT.get(r.control, r.control)}"
                ),
                "Patients": f"{r.population}; {r.line}",
                "Joins": ("Yes. " if r.linked else "No. ") + r.reason,
            }
            for r in trials().itertuples()
        ]
    )
    return Table(
        frame,
        caption="Which trials join the comparison, and how far to believe them",
        classes=("long",),
    )

"""Figures, tables and computed numbers of the background chapter."""

from __future__ import annotations

import altair as alt
import numpy as np
import pandas as pd

from assessment.case.trial import patients
from assessment.evidence import load_facts, load_register
from assessment.evidence.provenance.result_cache import cached_result
from assessment.evidence.provenance.traced_text import computed
from assessment.presentation import numbers, theme
from assessment.presentation.show import Figure, Table, ref

SEED, SIZE = 20251122, 400_000
BUDGET_YEARS = 5

WORDS = {
    "sites": {
        "gi": "Gastrointestinal",
        "lung": "Lung",
        "unknown": "Unknown",
        "other": "Other",
        "rest": "Other or unknown",
    },
    "site_sources": ("DMP: epNET in general", "CABINET: epNET cohort"),
    "grades": ("Grade 1", "Grade 2", "Grade 3", "not split further"),
    "grade_groups": ("Gastrointestinal NET", "pNET, from a panel", "All patients"),
    "steps": (
        ("New neuroendocrine neoplasms", "registered in 2023"),
        ("Neuroendocrine tumours (NET)", "“about half”"),
        ("Advanced", "unresectable or metastatic"),
        ("Progressed on a somatostatin analogue", ""),
        ("Progressed after a further treatment", "systemic, as the licence requires"),
        ("Fit for treatment and wanting it", ""),
        ("Relevant for cabozantinib", "DMP’s range"),
    ),
    "not_published": "not published",
    "licence": "the licence begins here",
    "cohorts": {"epNET": "Outside the pancreas (epNET)", "pNET": "Pancreas (pNET)"},
    "prior_groups": (
        "Gastrointestinal NET, {n} patients",
        "pNET, {n} patients in 2023; ~ is a panel’s round figure",
    ),
    "prior": {
        "prior_ssa": "Somatostatin analogue",
        "prior_lutetium": "177Lu-dotatate",
        "prior_everolimus": "Everolimus",
        "prior_temozolomide": "Temozolomide",
        "prior_prrt": "Radionuclide therapy",
        "prior_sunitinib": "Sunitinib",
    },
}


def _pair(fact_id: str) -> tuple[float, float]:
    """The two ends of a fact that is a range."""
    fact = load_facts()[fact_id]
    return fact.low, fact.high


@cached_result(maxsize=1)
def _funnel() -> dict:
    """Everything computed about patient numbers: draws summarised once, with one seed."""
    rng = np.random.default_rng(SEED)
    eligible = _pair("norway.patients.eligible.n")
    neoplasms, net = patients.new_net_rate(
        _pair("norway.incidence.nen.count_range"),
        _pair("norway.incidence.net.share_range"),
        SIZE,
        rng,
    )
    future = {
        years: patients.summary(patients.future_patients(eligible, years, SIZE, rng))
        for years in (1, BUDGET_YEARS)
    }
    shares = [patients.summary(patients.implied_share(n, net)) for n in eligible]
    return {
        "neoplasms": patients.summary(neoplasms),
        "net": patients.summary(net),
        "eligible": eligible,
        "shares": shares,
        "future": future,
    }


@computed
def answer() -> dict[str, str]:
    """Texts to glue into the chapter; every one computed."""
    facts, f = load_facts(), _funnel()
    low, high = f["eligible"]
    middle = (low + high) / 2
    per_step = [patients.equal_step_share(s.median, 4) for s in f["shares"]]
    number, interval = numbers.number, numbers.interval
    growth = patients.yearly_growth(
        facts["norway.incidence.net.growth"].number,
        facts["norway.incidence.net.growth_years"].number,
    )
    chance, chance_all = (
        patients.chance_interval(middle),
        patients.chance_interval(middle * BUDGET_YEARS),
    )
    older = facts["norway.incidence.net.handlingsprogram"].number
    return {
        "bg_net": number(f["net"].median),
        "bg_net_interval": interval(f["net"].low, f["net"].high, 0),
        "bg_share_at_low": f"{number(f['shares'][0].median, 1)}\u00a0%",
        "bg_share_at_high": f"{number(f['shares'][1].median, 1)}\u00a0%",
        "bg_share_range": f"{interval(f['shares'][0].low, f['shares'][1].high, 0)}\u00a0%",
        "bg_one_in_low": number(100 / f["shares"][1].median),
        "bg_one_in_high": number(100 / f["shares"][0].median),
        "bg_per_step": f"{interval(*per_step, 0)}\u00a0%",
        "bg_older_share": f"{interval(100 * low / older, 100 * high / older, 0)}\u00a0%",
        "bg_middle": number(middle),
        "bg_chance": interval(*chance, 0),
        "bg_chance_five": interval(*chance_all, 0),
        "bg_one_year": interval(f["future"][1].low, f["future"][1].high, 0),
        "bg_five_years": interval(f["future"][BUDGET_YEARS].low, f["future"][BUDGET_YEARS].high, 0),
        "bg_five_years_plain": interval(low * BUDGET_YEARS, high * BUDGET_YEARS, 0),
        "bg_range_part_one": f"{number(patients.variance_from_range(f['eligible'], 1))}\u00a0%",
        "bg_range_part_five": (
            f"{number(patients.variance_from_range(f['eligible'], BUDGET_YEARS))}\u00a0%"
        ),
        "bg_grade3": f"{number(facts['cabinet.baseline.all.grade3_share'].number)}\u00a0%",
        "bg_growth": f"{number(growth, 1)}\u00a0%",
        "bg_gi_interval": f"{interval(*_gi_interval(facts), 0)}\u00a0%",
    }


def _gi_interval(facts) -> tuple[float, float]:
    gi, n = facts["cabinet.baseline.epnet.gi"].number, facts["cabinet.n.epnet"].number
    return patients.share_interval(gi, int(n))


def sites() -> Figure:
    """Where epNET arise: DMP's shares beside the trial's, the trial's with Wilson intervals."""
    facts, names, who = load_facts(), WORDS["sites"], WORDS["site_sources"]
    n = int(facts["cabinet.n.epnet"].number)
    rows = []
    for site, norway, trial in (
        ("gi", "gi", "gi"),
        ("lung", "lung", "lung"),
        ("unknown", None, "unknown_primary"),
        ("other", None, "other_primary"),
    ):
        fact = facts[f"cabinet.baseline.epnet.{trial}"]
        ends = patients.share_interval(fact.number, n)
        rows.append(
            {
                "site": names[site],
                "norway": facts[f"norway.site.{norway}.share"] if norway else None,
                "trial": fact,
                "ends": ends,
            }
        )
    rest = facts["norway.site.other.share"]
    table = pd.DataFrame(
        [
            {
                "Site": r["site"],
                "DMP": ref(r["norway"], "value") if r["norway"] else "",
                "Trial": ref(r["trial"], "value"),
                "Trial, 95 % interval": f"{numbers.interval(*r['ends'], 0)}\u00a0%",
            }
            for r in rows
        ]
        + [
            {
                "Site": names["rest"],
                "DMP": ref(rest, "value"),
                "Trial": f"{numbers.number(sum(r['trial'].number for r in rows[2:]))}\u00a0%",
                "Trial, 95 % interval": "",
            }
        ]
    )
    both = rows[2]["trial"].number + rows[3]["trial"].number
    points = [(r["site"], r["norway"].number, r["trial"].number, *r["ends"]) for r in rows[:2]] + [
        (names["rest"], rest.number, both, *patients.share_interval(both, n))
    ]
    data = pd.DataFrame(
        [
            {
                "site": s,
                "share": v,
                "source": w,
                "low": lo,
                "high": hi,
                "label": f"{numbers.number(v)}\u00a0%",
            }
            for s, a, b, low, high in points
            for w, v, lo, hi in ((who[0], a, a, a), (who[1], b, low, high))
        ]
    )

    def draw(width: int) -> alt.LayerChart:
        narrow = width < 500
        y = alt.Y("site:N", sort=[p[0] for p in points], title=None, axis=alt.Axis(labelLimit=130))
        colour = alt.Color(
            "source:N",
            scale=alt.Scale(domain=list(who), range=[theme.GREEN, theme.PURPLE]),
            legend=alt.Legend(title=None, orient="top", columns=1 if narrow else 2, labelLimit=320),
        )
        shape = alt.Shape(
            "source:N",
            scale=alt.Scale(domain=list(who), range=["diamond", "circle"]),
            legend=alt.Legend(title=None, orient="top", columns=1 if narrow else 2),
        )
        base = alt.Chart(data).encode(y=y, yOffset=alt.YOffset("source:N", sort=list(who)))
        whisker = base.mark_rule(strokeWidth=2).encode(x=alt.X("low:Q"), x2="high:Q", color=colour)
        dots = base.mark_point(size=110, filled=True, opacity=1).encode(
            x=alt.X(
                "share:Q",
                title="Per cent of epNET",
                scale=alt.Scale(domain=[0, 75]),
                axis=alt.Axis(tickCount=4 if narrow else 8),
            ),
            color=colour,
            shape=shape,
            tooltip=[
                alt.Tooltip("site:N", title="Site"),
                alt.Tooltip("source:N", title="Source"),
                alt.Tooltip("label:N", title="Share"),
            ],
        )
        text = base.mark_text(align="left", dx=8).encode(x="high:Q", text="label:N")
        return alt.layer(whisker, dots, text).properties(width=width - 150, height=170)

    return Figure(
        draw,
        "Dot plot. Share of epNET by site as DMP states it and in CABINET: gastrointestinal 48"
        " against 57 per cent, lung 25 against 19, other or unknown 27 against 24. The trial holds"
        " more gastrointestinal tumours than chance explains.",
        table,
        "site-distribution",
        note=(
            "Intervals: Wilson's, for sampling alone; DMP's shares carry none, and their source is"
            " not stated."
        ),
    )


def grades() -> Figure:
    """Grades where they were published: gastrointestinal NET, pNET (panel's round figures), grade 3
    in all.
    """
    facts, words, groups = load_facts(), WORDS["grades"], WORDS["grade_groups"]
    shown = {
        groups[0]: [facts[f"cabinet.gi.baseline.grade{g}"] for g in (1, 2, 3)],
        groups[1]: [
            facts["cabinet.baseline.pnet.grade1"],
            facts["cabinet.baseline.pnet.grade2"],
            None,
        ],
        groups[2]: [None, None, facts["cabinet.baseline.all.grade3_share"]],
    }
    records, table = [], []
    for group, cells in shown.items():
        start = 0.0
        parts = [
            (
                w,
                c.number,
                ("~" if c.printed and c.printed.startswith("~") else "") + numbers.number(c.number),
            )
            for w, c in zip(words, cells)
            if c
        ]
        rest = 100 - sum(p[1] for p in parts)
        parts.append((words[3], rest, numbers.number(rest)))
        for word, value, label in parts:
            records.append(
                {
                    "group": group,
                    "grade": word,
                    "from": start,
                    "to": start + value,
                    "middle": start + value / 2,
                    "label": label if value > 5 else "",
                    "value": value,
                }
            )
            start += value
        table.append(
            {
                "Group": group,
                **{w: ref(c, "value") if c else "" for w, c in zip(words, cells)},
                "Not split further": f"{numbers.number(rest)}\u00a0%",
            }
        )
    data = pd.DataFrame(records)

    def draw(width: int) -> alt.LayerChart:
        y = alt.Y("group:N", sort=list(groups), title=None, axis=alt.Axis(labels=False))
        scale = alt.Scale(
            domain=list(words), range=[theme.GREEN, theme.BLUE, theme.PURPLE, theme.GRID]
        )
        bars = (
            alt.Chart(data)
            .mark_bar(height=26, stroke=theme.BACKGROUND, strokeWidth=1.5)
            .encode(
                x=alt.X(
                    "from:Q",
                    title="Per cent of patients",
                    scale=alt.Scale(domain=[0, 100]),
                    axis=alt.Axis(tickCount=5),
                ),
                x2="to:Q",
                y=y,
                color=alt.Color(
                    "grade:N",
                    scale=scale,
                    legend=alt.Legend(title=None, columns=2 if width < 500 else 4, labelLimit=150),
                ),
                tooltip=[
                    alt.Tooltip("group:N", title="Group"),
                    alt.Tooltip("grade:N", title="Grade"),
                    alt.Tooltip("value:Q", title="Per cent", format=".0f"),
                ],
            )
        )
        figures = (
            alt.Chart(data[data["grade"] != words[3]])
            .mark_text(color=theme.BACKGROUND, fontWeight=600)
            .encode(x="middle:Q", y=y, text="label:N")
        )
        names = (
            alt.Chart(data.drop_duplicates("group"))
            .mark_text(align="left", dy=-24, fontWeight=600)
            .encode(x=alt.datum(0), y=y, text="group:N")
        )
        return alt.layer(bars, figures, names).properties(width=width - 30, height=3 * 64)

    return Figure(
        draw,
        "Stacked bars of tumour grade. Gastrointestinal NET: 35 per cent grade 1, 57 grade 2, 6"
        " grade 3. pNET, from a panel's round figures: about 23 grade 1 and 60 grade 2. In all"
        " patients 8 per cent were grade 3; most tumours were grade 2.",
        pd.DataFrame(table),
        "grades",
        note="Grades outside the gastrointestinal tract and the pancreas were not found.",
    )


def funnel() -> Figure:
    """From new neoplasms to DMP's range: known steps with intervals, unknown ones as the room they
    may lie in.
    """
    f, steps = _funnel(), WORDS["steps"]
    low, high = f["eligible"]
    known = {0: f["neoplasms"], 1: f["net"], 6: patients.Interval((low + high) / 2, low, high)}
    labels = {
        0: (
            f"about {numbers.number(load_facts()['norway.incidence.nen.n'].number)} (rate behind it"
            f" {numbers.interval(known[0].low, known[0].high, 0)})"
        ),
        1: (
            f"{numbers.number(known[1].median)}"
            f" ({numbers.interval(known[1].low, known[1].high, 0)})"
        ),
        6: numbers.interval(low, high, 0),
    }
    records = []
    for i, (step, detail) in enumerate(steps):
        k = known.get(i)
        records.append(
            {
                "step": i,
                "name": step + (f" – {detail}" if detail else ""),
                "short": step,
                "known": k is not None,
                "bar": k.median if k and i < 6 else high if k else 0,
                "low": k.low if k else low,
                "high": k.high if k else f["net"].high,
                "label": labels.get(i, WORDS["not_published"]),
            }
        )
    data = pd.DataFrame(records)
    table = pd.DataFrame(
        [
            {
                "Step": s,
                "Published": "yes" if i in known else "no",
                "Patients a year": labels.get(i, "unknown"),
                "Lies between": f"{numbers.number(r['low'])} and {numbers.number(r['high'])}",
            }
            for i, ((s, _), r) in enumerate(zip(steps, records))
        ]
    )

    def draw(width: int) -> alt.LayerChart:
        narrow = width < 500
        y = alt.Y("step:O", axis=None)
        x = alt.X(
            "bar:Q",
            title="People a year",
            scale=alt.Scale(domain=[0, 1450], nice=False),
            axis=alt.Axis(tickCount=4 if narrow else 8),
        )
        sure, unsure = data[data["known"]], data[~data["known"]]
        tip = [alt.Tooltip("name:N", title="Step"), alt.Tooltip("label:N", title="People a year")]
        bars = (
            alt.Chart(sure)
            .mark_bar(height=16, color=theme.BLUE, opacity=0.45)
            .encode(x=x, y=y, tooltip=tip)
        )
        whisker = (
            alt.Chart(sure)
            .mark_rule(strokeWidth=3, color=theme.INK)
            .encode(x="low:Q", x2="high:Q", y=y)
        )
        room = (
            alt.Chart(unsure)
            .mark_bar(height=16, filled=False, stroke=theme.GREY, strokeDash=[4, 3])
            .encode(x=alt.X("low:Q"), x2="high:Q", y=y, tooltip=tip)
        )
        names = (
            alt.Chart(data)
            .mark_text(align="left", dy=-21, fontWeight=600)
            .encode(x=alt.datum(0), y=y, text="short:N" if narrow else "name:N")
        )
        said = (
            alt.Chart(data.iloc[1:])
            .mark_text(align="left", dx=8)
            .encode(x="high:Q", y=y, text="label:N")
        )
        # no room behind the longest bar
        said += (
            alt.Chart(data.iloc[:1])
            .mark_text(align="left", dx=6)
            .encode(x=alt.datum(0), y=y, text="label:N")
        )
        return alt.layer(bars, room, whisker, said, names).properties(
            width=width - 30, height=len(steps) * 52
        )

    text = (
        f"Funnel of bars. About 1300 new neoplasms a year, {numbers.number(f['net'].median)} of"
        f" them NET (95 per cent interval {numbers.interval(f['net'].low, f['net'].high, 0)}), then"
        " four steps drawn as empty dashed bars because no share is published, then DMP's 40 to 80"
        " patients."
    )
    return Figure(
        draw,
        text,
        table,
        "patient-funnel",
        sources=("dmp2025egnethet",),
        note=(
            "A dashed bar is the room a step may lie in: no fewer than DMP's lower number, no more"
            " than all NET."
        ),
    )


def years_table() -> Table:
    """What the range of patients means in one budget year and in five together."""
    t = answer()
    low, high = _funnel()["eligible"]
    frame = pd.DataFrame(
        [
            {
                "What is allowed to vary": "DMP’s range alone",
                "One year": numbers.interval(low, high, 0),
                "Five years together": t["bg_five_years_plain"],
            },
            {
                "What is allowed to vary": f"Chance alone, the mean being {t['bg_middle']} a year",
                "One year": t["bg_chance"],
                "Five years together": t["bg_chance_five"],
            },
            {
                "What is allowed to vary": "Both",
                "One year": t["bg_one_year"],
                "Five years together": t["bg_five_years"],
            },
            {
                "What is allowed to vary": "Part of the variance that is the range",
                "One year": t["bg_range_part_one"],
                "Five years together": t["bg_range_part_five"],
            },
        ]
    )
    return Table(frame, caption="Patients to be treated: range, or 95 % interval")


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

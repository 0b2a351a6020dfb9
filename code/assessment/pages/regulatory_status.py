"""What the chapter on regulatory status shows: timelines, wordings side by side, decisions of HTA
bodies, the way ahead in Norway.
"""

from __future__ import annotations

from datetime import date, timedelta

import altair as alt
import pandas as pd

from assessment.evidence import (
    evidence_date,
    load_conflicts,
    load_facts,
    load_register,
    quotation,
)
from assessment.evidence.provenance.traced_text import computed
from assessment.presentation import numbers, theme
from assessment.presentation.show import Figure, Ref, Table, ref

REGULATORS = ("FDA", "European Commission", "CHMP (European Medicines Agency)", "MHRA")
# DMP is also a regulator; what it did here is the work of an HTA body
HTA_BODIES = ("NICE", "PBAC", "DMP")
OTHER_DRUGS = ("compete.published", "fda.edotreotide_due")
ROLES = {
    "regulator": (theme.BLUE, "regulator"),
    "hta": (theme.ORANGE, "HTA body"),
    "other": (theme.MUTED, "trial, science, company"),
}
SHAPES = {"final": "circle", "draft": "diamond", "announced": "square", "planned": "triangle-up"}
LANES = {
    "Norway": "Norway",
    "EU": "European Union",
    "UK": "United Kingdom",
    "US": "United States",
    "Australia": "Australia",
    "International": "The trial and its reports",
}
# Shorter names where a title does not fit beside its mark; an event without one keeps its title.
SHORT = {
    "norway.suitability": "DMP: suitability note ID2025_048",
    "chmp.opinion": "CHMP recommends approval",
    "ec.net_decision": "European Commission approves",
    "ec.net_announced": "Ipsen announces the approval",
    "nice.committee": "NICE committee meets",
    "mhra.net": "MHRA authorises",
    "nice.draft": "NICE: should not be used",
    "nice.final_expected": "NICE: final guidance",
    "fda.snda_accepted": "FDA accepts the application",
    "fda.orphan_pnet": "FDA: orphan drug, pNET",
    "fda.odac_planned": "FDA plans a hearing",
    "fda.odac_cancelled": "FDA drops the hearing",
    "fda.net": "FDA approves",
    "pbac.not_recommended": "PBAC: not recommended",
    "cabinet.stopped": "CABINET stopped for benefit",
    "cabinet.esmo2023": "First results, ESMO 2023",
    "cabinet.esmo2024": "Final results, ESMO and NEJM online",
    "cabinet.print": "NEJM, printed issue",
    "esmo.mcbs_epnet": "ESMO benefit score, epNET",
    "cabinet.lung_thymic": "Lung and thymus, ESMO 2025",
    "cabinet.functional": "Functional tumours, ASCO 2026",
    "cabinet.grade3": "Grade 3 tumours",
    "fda.cometriq_mtc": "Medullary thyroid cancer (capsules)",
    "fda.cabometyx_rcc": "Kidney cancer",
    "ec.cabometyx_hcc": "Liver cancer",
    "fda.cabometyx_hcc": "Liver cancer",
    "fda.cabometyx_dtc": "Thyroid cancer",
    "ec.cabometyx_dtc": "Thyroid cancer",
}
FINALITY = {"final": "", "draft": "draft", "announced": "announced", "planned": "planned"}
WORDS = {
    "read": "evidence read until here",
    "no_decision": "Decision on public funding",
    "not_found": "not found",
    "what": "Event",
    "when": "Date",
    "where": "Where",
    "who": "Body",
    "state": "State",
    "role": "Role",
}


def _span(text: str) -> tuple[date, date]:
    """First and last day that a date of day, month or year precision allows."""
    parts = [int(p) for p in text.split("-")]
    if len(parts) == 3:
        return date(*parts), date(*parts)
    if len(parts) == 2:
        after = date(parts[0] + parts[1] // 12, parts[1] % 12 + 1, 1)
        return date(*parts, 1), after - timedelta(days=1)
    return date(parts[0], 1, 1), date(parts[0], 12, 31)


def _year(day: date) -> float:
    """A date as a year with its fraction: where it stands on the axis."""
    return day.year + (day.timetuple().tm_yday - 1) / (366 if day.year % 4 == 0 else 365)


def timeline_rows(indication: str) -> pd.DataFrame:
    """Events of one indication ('NET' or 'other') about cabozantinib, by lane and date, with first
    and last possible day, role and label.
    """
    events = load_register("events")
    events = events[(events["indication"] == indication) & ~events["id"].isin(OTHER_DRUGS)].copy()
    events["lane"] = events["jurisdiction"].map(LANES)
    events[["first", "last"]] = [_span(d) for d in events["date"]]
    # what has happened did so before the evidence was read
    happened = events["finality"] == "final"
    events.loc[happened, "last"] = [min(d, evidence_date()) for d in events.loc[happened, "last"]]
    events["role"] = [
        "regulator" if b in REGULATORS else "hta" if b in HTA_BODIES else "other"
        for b in events["body"]
    ]
    events["label"] = [
        SHORT.get(i, t) + (f" ({FINALITY[f]})" if FINALITY[f] else "")
        for i, t, f in zip(events["id"], events["title"], events["finality"])
    ]
    events["shown_date"] = [numbers.partial_date(d) for d in events["date"]]
    order = {lane: i for i, lane in enumerate(LANES.values())}
    return (
        events.assign(_o=events["lane"].map(order))
        .sort_values(["_o", "first", "last"], kind="stable")
        .drop(columns="_o")
        .reset_index(drop=True)
    )


def timeline(indication: str = "NET") -> Figure:
    """One line per event under its jurisdiction: a mark on its day, or a bar over the time in which
    it must have happened.
    """
    events = timeline_rows(indication)
    rows, row = [], 0
    for lane, group in events.groupby("lane", sort=False):
        rows.append({"row": row, "heading": lane})
        for event in group.itertuples():
            row += 1
            middle = event.first + (event.last - event.first) / 2
            rows.append(
                {
                    "row": row,
                    "label": event.label,
                    "when": event.shown_date,
                    "first": _year(event.first),
                    "last": _year(event.last + timedelta(days=1)),
                    "middle": _year(middle),
                    "exact": event.first == event.last,
                    "role": event.role,
                    "finality": event.finality,
                    "body": event.body,
                    "title": event.title,
                    "lane": lane,
                }
            )
        if (
            lane == LANES["Norway"]
            and (missing := load_facts()["norway.case.decision.status"]).status == "unknown"
        ):
            row += 1
            rows.append(
                {
                    "row": row,
                    "label": WORDS["no_decision"],
                    "when": WORDS["not_found"],
                    "missing": _year(missing.checked),
                }
            )
        row += 1.35
    frame = pd.DataFrame(rows)
    heads, lines = (
        frame[frame["heading"].notna()][["row", "heading"]],
        frame[frame["heading"].isna()][["row", "label", "when"]],
    )
    marks = frame[frame["first"].notna()].drop(
        columns=[c for c in ("heading", "missing") if c in frame]
    )
    gaps = frame[frame["missing"].notna()][["row", "missing"]] if "missing" in frame else None
    begin, end = events["first"].min().year, max(events["last"].max(), evidence_date()).year + 1
    read = pd.DataFrame([{"day": _year(evidence_date())}])
    every = 1 if indication == "NET" else 2

    def draw(width: int) -> alt.TopLevelMixin:
        small = width < 500
        step, left, right = (40, 14, width - 26) if small else (23, 410, width - 26)
        height = step * (row - 0.3)
        down = 13 if small else 0
        y = alt.Y(
            "row:Q",
            scale=alt.Scale(domain=[-0.6, row - 0.9], range=[0, height], nice=False),
            axis=None,
        )
        x_scale = alt.Scale(domain=[begin, end], range=[left, right], nice=False)
        axis = alt.Axis(
            title=None,
            format="d",
            values=list(range(begin, end + 1, every * (2 if small and every > 1 else 1))),
            labelOverlap=False,
            labelFlush=False,
            grid=True,
            orient="top",
            domain=False,
        )
        colour = alt.Color(
            "role:N",
            scale=alt.Scale(domain=list(ROLES), range=[c for c, _ in ROLES.values()]),
            legend=None,
        )
        shape = alt.Shape(
            "finality:N",
            scale=alt.Scale(domain=list(SHAPES), range=list(SHAPES.values())),
            legend=None,
        )
        base, head, line = alt.Chart(marks), alt.Chart(heads), alt.Chart(lines)
        tip = [
            alt.Tooltip(f"{f}:N", title=WORDS[w])
            for f, w in (
                ("title", "what"),
                ("when", "when"),
                ("body", "who"),
                ("finality", "state"),
            )
        ]
        bars = (
            base.transform_filter("!datum.exact")
            .mark_rule(strokeWidth=7, opacity=0.35, yOffset=down)
            .encode(x=alt.X("first:Q", scale=x_scale, axis=axis), x2="last:Q", y=y, color=colour)
        )
        points = base.mark_point(size=85, opacity=1, yOffset=down).encode(
            x=alt.X("middle:Q", scale=x_scale, axis=axis),
            y=y,
            color=colour,
            shape=shape,
            tooltip=tip,
        )
        names = line.mark_text(align="left", yOffset=-9 if small else 0).encode(
            x=alt.value(0), y=y, text="label:N"
        )
        dates = line.mark_text(
            align="right", fontSize=12, color=theme.MUTED, yOffset=-9 if small else 0
        ).encode(x=alt.value(width - 12 if small else left - 18), y=y, text="when:N")
        headings = head.mark_text(align="left", fontWeight=600, fontSize=14, yOffset=2).encode(
            x=alt.value(0), y=y, text="heading:N"
        )
        until = (
            []
            if small
            else [
                alt.Chart(read)
                .mark_rule(strokeDash=[3, 3], color=theme.GREY)
                .encode(x=alt.X("day:Q", scale=x_scale)),
                alt.Chart(read)
                .mark_text(align="right", dx=-6, fontSize=12, color=theme.MUTED, text=WORDS["read"])
                .encode(x=alt.X("day:Q", scale=x_scale), y=alt.value(0.62 * step)),
            ]
        )
        missing = (
            []
            if gaps is None
            else [
                alt.Chart(gaps)
                .mark_text(text="?", fontSize=17, fontWeight=600, color=theme.ORANGE, yOffset=down)
                .encode(x=alt.X("missing:Q", scale=x_scale), y=y)
            ]
        )
        return alt.layer(*until, bars, points, *missing, names, dates, headings).properties(
            width=width - 12, height=height
        )

    text = (
        f"Timeline of {len(events)} dated events, grouped by place. "
        + (f"Norway: {WORDS['no_decision']}, {WORDS['not_found']}. " if gaps is not None else "")
        + " ".join(f"{e.lane}: {e.label}, {e.shown_date}." for e in events.itertuples())
    )
    table = pd.DataFrame(
        {
            WORDS["when"]: events["shown_date"],
            WORDS["where"]: events["lane"],
            WORDS["who"]: events["body"],
            WORDS["what"]: events["title"],
            WORDS["state"]: events["finality"],
            WORDS["role"]: [ROLES[r][1] for r in events["role"]],
        }
    )
    sources = tuple(dict.fromkeys(events["source"]))
    note = (
        "Blue: regulator. Orange: HTA body. Grey: trial, science, company. Circle: final; diamond:"
        " draft; square: announced; triangle: planned. A bar spans the time in which an event"
        " without a known day must lie."
    )
    return Figure(draw, text, table, f"timeline-{indication.lower()}", sources=sources, note=note)


# What each official wording says about each point, word for word; `wordings` fails when a part is
# not in its quotation.
WORDINGS = {
    "European Union and Norway": "indication.eu",
    "United States": "indication.us",
    "United Kingdom": "indication.uk",
}
POINTS = {
    "Age": (
        "adult patients",
        "adult and paediatric patients 12 years of age and older",
        "adult patients",
    ),
    "Extent": (
        "unresectable or metastatic",
        "unresectable, locally advanced or metastatic",
        "unresectable or metastatic",
    ),
    "Differentiation": ("well differentiated", "well-differentiated", "well differentiated"),
    "Grade": (None, None, None),
    "Growth of the disease": ("who have progressed", None, "who have progressed"),
    "Earlier treatment": (
        "at least one prior systemic therapy other than somatostatin analogues",
        "previously treated",
        "at least one prior systemic therapy other than SSAs",
    ),
}
NOT_NAMED = "not named"


def wordings() -> Table:
    """The indications side by side, cut into their parts. ValueError when a part is not in the
    quotation it is said to come from.
    """
    rows = []
    for point, parts in POINTS.items():
        for quoted, part in zip(WORDINGS.values(), parts, strict=True):
            if part and part not in quotation(quoted)["original"]:
                raise ValueError(
                    f"'{part}' is not in the quotation {quoted} of data/quotations.csv; correct"
                    " POINTS in presentation/regulatory.py"
                )
        rows.append(
            {"Part": point}
            | {place: f"“{part}”" if part else NOT_NAMED for place, part in zip(WORDINGS, parts)}
        )
    return Table(
        pd.DataFrame(rows),
        caption="The indication in three jurisdictions, in its own words",
        classes=("long",),
    )


def hta_decisions() -> Table:
    """What bodies that judge value have said about cabozantinib in NET, with how final it is; the
    others as looked for and not found.
    """
    events, facts = load_register("events").set_index("id"), load_facts()

    def row(place: str, event: str, state: str, icer) -> dict:
        return {
            "Body": place,
            "Says": events.loc[event, "title"].split(": ")[-1],
            "State": state.format(date=numbers.partial_date(events.loc[event, "date"])),
            "Cost per QALY": icer,
        }

    rows = [
        row(
            "NICE, England",
            "nice.draft",
            "draft, {date}; final not found",
            ref(facts["economics.hta.nice.icer"], "bare"),
        ),
        row(
            "PBAC, Australia",
            "pbac.not_recommended",
            "final, {date}; may be submitted again",
            ref(facts["economics.hta.pbac.icer"], "bare"),
        ),
        row(
            "DMP, Norway", "norway.suitability", "advice, {date}; no decision found", "not assessed"
        ),
    ]
    rows[-1]["Says"] = "data may suit a cost-utility analysis"
    other = facts["economics.hta.others.outcome"]
    rows.append(
        {
            "Body": "; ".join(OTHER_BODIES),
            "Says": Ref(other.id, "not found"),
            "State": "looked for, body by body",
            "Cost per QALY": ref(other, "bare"),
        }
    )
    return Table(pd.DataFrame(rows), caption="Decisions on value in NET")


OTHER_BODIES = (
    "SMC, Scotland",
    "HAS, France",
    "G-BA and IQWiG, Germany",
    "TLV, Sweden",
    "Medicinrådet, Denmark",
    "ZIN, the Netherlands",
    "CDA-AMC, Canada",
)


def disputed_dates() -> Table:
    """The disagreements about dates, from the conflict register: what each source says, what the
    book uses, why.
    """
    facts = load_facts()

    def said(claim) -> str:
        return claim.claim or f"{facts[claim.fact].label}: {numbers.fact_text(facts[claim.fact])}."

    rows = [
        {
            "Question": c.title,
            "Sources say": "\n".join(said(claim) for claim in c.claims),
            "This book uses": c.uses,
            "Why": c.reason,
        }
        for c in load_conflicts()
        if c.kind == "date"
    ]
    return Table(pd.DataFrame(rows), caption="Dates on which sources disagree", classes=("long",))


def dosing() -> Table:
    """Dose in the European and the US label, from facts."""
    f = load_facts()
    dose = "pharmacology.dose."
    frame = pd.DataFrame(
        [
            {
                "Dose for": "Adults",
                "European Union and Norway": ref(f[f"{dose}approved"]),
                "United States": ref(f[f"{dose}approved"]),
            },
            {
                "Dose for": (
                    f"From 12 years, under {numbers.fact_text(f[f'{dose}us_weight_limit'])}"
                ),
                "European Union and Norway": "not in the indication",
                "United States": ref(f[f"{dose}us_low_weight"]),
            },
            {
                "Dose for": "First step down",
                "European Union and Norway": ref(f[f"{dose}first_reduction"]),
                "United States": "not read",
            },
            {
                "Dose for": "Second step down",
                "European Union and Norway": ref(f[f"{dose}second_reduction"]),
                "United States": "not read",
            },
            {
                "Dose for": "Until",
                "European Union and Norway": "no clinical benefit, or toxicity",
                "United States": "progression, or toxicity",
            },
        ]
    )
    return Table(frame, caption="Dose")


# Steps of Nye metoder: (step, who acts, fact with the time it may take, fact with its state in this
# case, or 'done').
STEPS = (
    ("Anmodning: the request", "the company", None, "done"),
    ("Egnethetsvurdering: the suitability note", "DMP", None, "done"),
    ("Bestilling: the order", "Bestillerforum", None, "order"),
    (
        "Dokumentasjon: the dossier",
        "the company",
        "norway.process.documentation.limit",
        "submission",
    ),
    ("Metodevurdering: the assessment", "DMP", "norway.process.assessment.duration", "assessment"),
    ("Prisnotat: the price note", "Sykehusinnkjøp HF", None, "price_note"),
    ("Gjennomgang: the reading", "Bestillerforum", "norway.process.review.duration", None),
    ("Beslutning: the decision", "Beslutningsforum", None, "decision"),
)


def norwegian_steps() -> Table:
    """The way through Nye metoder: who acts, how long it may take, what is known of this case."""
    facts = load_facts()

    def state(name: str | None):
        return (
            "done"
            if name == "done"
            else (
                "follows the assessment"
                if name is None
                else Ref(
                    facts[f"norway.case.{name}.status"].id,
                    (
                        "not found"
                        if facts[f"norway.case.{name}.status"].status == "unknown"
                        else numbers.fact_text(facts[f"norway.case.{name}.status"])
                    ),
                )
            )
        )

    rows = [
        {
            "No.": str(i),
            "Step": step,
            "Who": who,
            "Time": ref(facts[time]) if time else "not read",
            "ID2025_048": state(name),
        }
        for i, (step, who, time, name) in enumerate(STEPS, 1)
    ]
    return Table(
        pd.DataFrame(rows), caption="From request to decision in Nye metoder", row_headers=False
    )


def _event_day(event: str) -> date:
    return date.fromisoformat(load_register("events").set_index("id").loc[event, "date"])


@computed
def in_prose() -> dict[str, str]:
    """Every computed number of the chapter's text, by its glue name."""
    facts, n = load_facts(), numbers.number
    fda, ec, mhra, chmp, results = (
        _event_day(e)
        for e in ("fda.net", "ec.net_decision", "mhra.net", "chmp.opinion", "cabinet.esmo2024")
    )
    approved = facts["norway.case.extension.approved"].value
    review = facts["norway.process.review.duration"]
    least = facts["norway.process.assessment.duration"].number + review.high
    # the number carries the year in which the case was registered
    registered = int(facts["norway.case.id.number"].value[2:6])
    months = int(facts["norway.process.documentation.limit"].number)
    last = date(registered + months // 12, 12, 31)
    return {
        "reg_fda_to_ec": n((ec - fda).days),
        "reg_ec_to_mhra": n((mhra - ec).days),
        "reg_chmp_to_ec": n((ec - chmp).days),
        "reg_results_to_fda": n((fda - results).days),
        "reg_waiting_days": n((evidence_date() - approved).days),
        "reg_waiting_months": n((evidence_date() - approved).days / 30.4375),
        "reg_evidence": numbers.day(evidence_date()),
        "reg_approved": numbers.day(approved),
        "reg_least_days": n(least),
        "reg_least_months": n(least / 30.4375, 1),
        "reg_window_ends": numbers.day(last),
        "reg_fda": numbers.day(fda),
        "reg_mhra": numbers.day(mhra),
        "reg_chmp": numbers.day(chmp),
        "reg_fda_to_mhra": n((mhra - fda).days),
        "reg_first": numbers.partial_date(load_register("events")["date"].min()),
    }

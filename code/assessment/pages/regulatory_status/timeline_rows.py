"""Regulatory and HTA events in time order, with what a reader needs to place them."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd

from assessment.evidence import (
    evidence_date,
    load_register,
)
from assessment.presentation import numbers, theme

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


def year(day: date) -> float:
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


def event_day(event: str) -> date:
    return date.fromisoformat(load_register("events").set_index("id").loc[event, "date"])

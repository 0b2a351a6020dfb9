"""Wordings, decisions, disputed dates and dosing, as tables."""

from __future__ import annotations

import pandas as pd

from assessment.evidence import (
    load_conflicts,
    load_facts,
    load_register,
    quotation,
)
from assessment.presentation import numbers
from assessment.presentation.show import Ref, Table, ref

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

"""Where the case stands in the Norwegian process."""

from __future__ import annotations

from datetime import date

import pandas as pd

from assessment.evidence import (
    evidence_date,
    load_facts,
    load_register,
)
from assessment.evidence.provenance.traced_text import computed
from assessment.pages.regulatory_status.timeline_rows import event_day
from assessment.presentation import numbers
from assessment.presentation.show import Ref, Table, ref

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


@computed
def texts() -> dict[str, str]:
    """Every computed number of the chapter's text, by its glue name."""
    facts, n = load_facts(), numbers.number
    fda, ec, mhra, chmp, results = (
        event_day(e)
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

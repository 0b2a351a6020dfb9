"""Wordings, decisions, disputed dates and dosing, as tables."""

from __future__ import annotations

import pandas as pd

from assessment.evidence import (
    Fact,
    load_facts,
    load_register,
    quotation,
)
from assessment.pages.regulatory_status.timeline_rows import due_state
from assessment.presentation import numbers
from assessment.presentation.frame_rows import frame_rows
from assessment.presentation.language import _
from assessment.presentation.show import Ref, Table, ref


def wordings() -> Table:
    """The indications side by side, cut into their parts. ValueError when a part is not in the
    quotation it is said to come from.
    """
    parts = load_register("indication-parts")
    for row in frame_rows(parts):
        if row.wording and row.wording not in quotation(row.quotation)["original"]:
            raise ValueError(
                f"'{row.wording}' is not in the quotation {row.quotation} of data/quotations.csv;"
                " correct data/indication_parts.csv"
            )
    shown = [f"“{wording}”" if wording else _("not named") for wording in parts["wording"]]
    by_place = parts.assign(shown=shown).pivot(index="part", columns="place", values="shown")
    by_place = by_place.loc[parts["part"].unique(), parts["place"].unique()]
    return Table(
        by_place.rename_axis(columns=None).reset_index().rename(columns={"part": _("Part")}),
        caption=_("The indication in three jurisdictions, in its own words"),
        classes=("long",),
    )


def hta_decisions() -> Table:
    """What bodies that judge value have said about cabozantinib in NET, with how final it is; those
    of which nothing was found share a row.
    """
    bodies, facts = load_register("hta-bodies"), load_facts()
    events = load_register("events").set_index("id")
    rows = []
    for row in frame_rows(bodies[bodies["event"].notna()]):
        event = events.loc[row.event]
        due = due_state(events.loc[row.due]) if row.due else ""
        rows.append(
            {
                "body": row.body,
                "says": row.says or event["title"].split(": ")[-1],
                "state": row.state.format(date=numbers.partial_date(event["date"]), due=due),
                "icer": _ratio(facts[row.fact]) if row.fact else _("not assessed"),
            }
        )
    silent = bodies[bodies["event"].isna()]
    for (fact_id, state), part in silent.groupby(["fact", "state"], sort=False):
        fact = facts[str(fact_id)]
        rows.append(
            {
                "body": "; ".join(part["body"]),
                "says": Ref(fact.id, _("not found")),
                "state": state,
                "icer": "–",
            }
        )
    heads = {
        "body": _("Body"),
        "says": _("Says"),
        "state": _("State"),
        "icer": _("Cost per QALY"),
    }
    frame = pd.DataFrame(rows, columns=list(heads)).rename(columns=heads)
    return Table(frame, caption=_("Decisions on value in NET"))


def _ratio(fact: Fact) -> Ref:
    """A cost per QALY, or that the body states none that could be read."""
    return Ref(fact.id, _("none stated")) if fact.status == "unknown" else ref(fact)


def dosing() -> Table:
    """Dose in the European and the US label, from facts."""
    facts = load_facts()
    limit = numbers.fact_text(facts["pharmacology.dose.us_weight_limit"])
    approved = ref(facts["pharmacology.dose.approved"])
    rows = [
        (_("Adults"), approved, approved),
        (
            _("From 12 years, under {weight}").format(weight=limit),
            _("not in the indication"),
            ref(facts["pharmacology.dose.us_low_weight"]),
        ),
        (
            _("First step down"),
            ref(facts["pharmacology.dose.first_reduction"]),
            _("not found"),
        ),
        (
            _("Second step down"),
            ref(facts["pharmacology.dose.second_reduction"]),
            _("not found"),
        ),
        (_("Until"), _("no clinical benefit, or toxicity"), _("progression, or toxicity")),
    ]
    heads = [_("Dose for"), _("European Union and Norway"), _("United States")]
    return Table(pd.DataFrame(rows, columns=heads), caption=_("Dose"))

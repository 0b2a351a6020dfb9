"""Where the trial departs from the question asked, and how firm each outcome is."""

from __future__ import annotations

import pandas as pd

from assessment.evidence import load_facts, load_register
from assessment.pages.pico.pico_words import WORDS
from assessment.presentation.show import Table, ref


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

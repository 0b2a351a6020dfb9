"""How much could hang on an input: from the model's kept one-way results, so that a look at the
sources computes nothing anew.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from assessment.case.model import runs
from assessment.case.model.analyses.probabilistic import CURVES
from assessment.case.model.inputs.model_inputs import COHORTS
from assessment.economics.model.absolute_shortfall import absolute_shortfall, severity_class
from assessment.evidence import load_facts, load_population_table, read_table

PRICE = "price_per_pack_nok"
CURVE_OF = {"pfs": CURVES["progression"], "os": CURVES["survival"]}
CENTRAL = (0.025, 0.975)


@dataclass(frozen=True)
class Swing:
    """What an input does within its range. ``price_nok``: how far the price of a pack that is enough
    moves at most (for the price itself: how far the price may be from the one assumed).
    ``net_benefit_nok``: how far the net benefit moves. ``verdict`` and ``severity``: whether the
    conclusion at the assumed price, or the class, could be another.
    """

    price_nok: float
    net_benefit_nok: float
    verdict: bool
    severity: bool


NOTHING = Swing(0.0, 0.0, False, False)


def assumed_price() -> float:
    """The price of a pack in the base case, NOK; the same in every cohort."""
    return float(runs.base(COHORTS[0]).price_per_pack_nok)


@lru_cache(maxsize=1)
def swings() -> dict[str, Swing]:
    """The widest swing over cohorts of each row of data/model_inputs.csv, by its id.

    The price that is enough makes the net benefit 0 at the value of the class. Cost is linear in the
    price of a pack, so it moves by the net benefit over the packs used. Rows that only shape the curves
    have the swing of the years gained, since one-way results know the curves as a whole.
    """
    found: dict[str, Swing] = {}
    for row in read_table("model-inputs"):
        cohorts = COHORTS if row["cohort"] == "both" else (row["cohort"],)
        found[row["id"]] = widest([_swing(row, cohort) for cohort in cohorts if cohort in COHORTS])
    return found


def widest(some: list[Swing]) -> Swing:
    """The most that any of them does."""
    return Swing(
        max((s.price_nok for s in some), default=0.0),
        max((s.net_benefit_nok for s in some), default=0.0),
        any(s.verdict for s in some),
        any(s.severity for s in some),
    )


def _swing(row: dict, cohort: str) -> Swing:
    endpoint = load_facts()[row["fact"]].endpoint if row["fact"] else None
    curve = CURVE_OF.get(endpoint or "") if row["distribution"] == "curves" else None
    name = row["parameter"] or curve
    table = runs.tornado(cohort).set_index("parameter")
    if name not in table.index:
        return NOTHING
    at = table.loc[name]
    base, ends = runs.tornado(cohort).attrs["base"], (float(at["at_low"]), float(at["at_high"]))
    moved = max(abs(end - base) for end in ends)
    price = moved / float(runs.base(cohort).packs_bought)
    if name == PRICE:
        price = max(abs(float(at[end]) - assumed_price()) for end in ("low_value", "high_value"))
    verdict = any((end > 0) != (base > 0) for end in ends)
    return Swing(price, moved, verdict, curve == CURVE_OF["os"] and len(classes(cohort)) > 1)


@lru_cache(maxsize=4)
def classes(cohort: str) -> tuple[int, ...]:
    """The severity classes of the central 95 % of draws of the comparator's QALYs."""
    lived = np.quantile(runs.draws(cohort).comparator_undiscounted_qalys, CENTRAL)
    remaining, table = (
        runs.severity(cohort).remaining_qalys,
        load_population_table("severity-classes"),
    )
    found = [severity_class(absolute_shortfall(remaining, float(q)), table) for q in lived]
    return tuple(range(min(found), max(found) + 1))

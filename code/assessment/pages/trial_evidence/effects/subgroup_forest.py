"""Hazard ratios of the published subgroups, as a forest."""

from __future__ import annotations

import pandas as pd

from assessment.case.trial.trial import (
    ARMS,
    BASE_SET,
    COHORTS,
    PREFIXES,
    SUBGROUPS,
    TimeToEvent,
    load_trial,
)
from assessment.evidence import Fact
from assessment.pages.trial_evidence.effects.hazard_ratio_figures import forest
from assessment.pages.trial_evidence.shared.trial_words import (
    ARM_HEADS,
    HAZARD_RATIO,
    NOT_STATED,
    SETS,
    SUBGROUP_NAMES,
    fact_or_dash,
    file_name,
    has_value,
    some,
    sources_of,
    with_interval,
)
from assessment.presentation import numbers
from assessment.presentation.language import _
from assessment.presentation.show import Figure, ref


def subgroup_rows() -> list[dict]:
    """The cohorts and the subgroups with a printed hazard ratio for progression or death."""
    rows = []
    published = load_trial(BASE_SET)
    for cohort, label in COHORTS.items():
        rows += _subgroup_row("whole", label, published.n(cohort), published.pfs(cohort), BASE_SET)
    for key in SUBGROUPS:
        for name in PREFIXES:
            view = load_trial(name)
            size, result = view.find(f"{key}.n"), view.subgroup_pfs(key)
            found = _subgroup_row("part", SUBGROUP_NAMES[key], size, result, name)
            rows += found
            if found:
                break
    return rows


def _subgroup_row(
    kind: str, label: str, n: Fact | None, result: TimeToEvent, analysis_set: str
) -> list[dict]:
    """A row of a 'whole' cohort or of a 'part' of one; none where its hazard ratio is not known."""
    ratio = result.hazard_ratio
    if not has_value(ratio):
        return []
    row = {
        "cohort": kind,
        "row": label,
        "n": n,
        "fact": ratio,
        "result": result,
        "ratio": ratio.number,
        "low": ratio.low,
        "high": ratio.high,
        "text": with_interval(ratio),
        "more": f"n = {numbers.fact_text(n, 'bare')}" if has_value(n) else "",
        "set": SETS.get(analysis_set, NOT_STATED),
    }
    return [row]


def subgroup_ratios() -> Figure:
    """Forest plot of the published subgroups under the cohorts they come from.

    Raises LookupError where no subgroup has a known hazard ratio.
    """
    rows = subgroup_rows()
    some([r for r in rows if r["cohort"] == "part"], "<subgroup>.pfs.hazard_ratio")
    drawn = [{k: v for k, v in r.items() if k not in ("n", "result")} for r in rows]
    groups = {"whole": _("Whole cohorts, as randomised"), "part": _("Subgroups, exploratory")}
    told = "; ".join(
        f"{r['row']} ({r['more']}): {r['text']}" if r["more"] else f"{r['row']}: {r['text']}"
        for r in rows
    )
    return Figure(
        lambda width: forest(drawn, groups, HAZARD_RATIO["pfs"], width),
        _("Forest plot on a log scale of progression-free survival by group. {ratios}. {finding}")
        .format(ratios=told, finding=_subgroup_finding(rows))
        .strip(),
        pd.DataFrame([_subgroup_cells(r) for r in rows]),
        file_name("subgroups"),
        sources_of(*(r["fact"] for r in rows)),
    )


def _subgroup_cells(row: dict) -> dict:
    """A row of the table behind the picture."""
    return {
        _("Group"): row["row"],
        _("Patients"): fact_or_dash(row["n"], "bare"),
        **{ARM_HEADS[arm]: fact_or_dash(row["result"].of_arm(arm)) for arm in ARMS},
        _("Hazard ratio"): ref(row["fact"]),
        _("Analysis set"): row["set"],
    }


def _subgroup_finding(rows: list[dict]) -> str:
    """What the picture shows: do all groups point the same way, and are the smallest, here the
    two with the fewest patients, the least certain?
    """
    if any(r["ratio"] >= 1 for r in rows):
        return ""
    if not all(has_value(r["n"]) and r["low"] and r["high"] for r in rows):
        return _("All lie below 1.")
    by_size = sorted(rows, key=lambda r: r["n"].number)
    by_width = sorted(rows, key=lambda r: r["high"] / r["low"], reverse=True)
    if {r["row"] for r in by_size[:2]} == {r["row"] for r in by_width[:2]}:
        return _("All lie below 1; the smallest groups have the widest intervals.")
    return _("All lie below 1.")

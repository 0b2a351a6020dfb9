"""Tables of the validation page: targets, replications, audit of printed ratios, battery, faults put in, and what is not validated."""

from __future__ import annotations

from functools import lru_cache
from math import floor, log10
from typing import Mapping

import pandas as pd

from assessment.economics.battery import FAILED, NOT_APPLICABLE, PASSED, run_battery, summary
from assessment.economics.battery.example import Example
from assessment.economics.battery.mutations import mutation_table
from assessment.economics.targets import CANNOT, OFF, REPRODUCED, audit_ratios, compare_targets
from assessment.evidence import load_facts, load_register, load_sources

from . import numbers
from .computed import computed
from .show import Table, ref

WORDS = {
    "target": "Target", "printed": "Printed", "ours": "Ours", "difference": "Difference", "source": "Source", "study": "Published result", "verdict": "How far it comes",
    "own": "closed form", "worked": "worked by hand from",
    "within": "within {tolerance}", "beyond": "{difference} off", "cannot": "cannot be replicated",
    "comparison": "Comparison", "cost": "Cost difference", "gain": "Gain", "ratio": "Ratio printed", "allowed": "Ratio the rounded increments allow", "agrees": "Agrees",
    "yes": "yes", "no": "no", "fault": "Fault put in", "black_box": "Tests of the battery that notice it", "second": "Second program notices it",
    "id": "Test", "asks": "What it asks", "comparisons": "Comparisons", "result": "Result", "nobody": "none",
    "part": "Part", "item": "What could be done", "answer": "Done", "how": "How, or why not",
}


def _written(value: float, like: str | None = None) -> str:
    """A number with the digits that ``like`` is printed with, two where nothing is printed."""
    decimals = len(like.partition(".")[2]) if like else 2
    return numbers.number(value, min(decimals, 6))


def _gap(row) -> str:
    if abs(row.difference) <= 1e-9 * max(abs(row.printed_value), 1.0):
        return "0"
    return _small(row.difference)


def _small(value: float) -> str:
    """A difference with two significant digits."""
    decimals = min(max(1 - floor(log10(abs(value))), 0), 9)
    return numbers.number(value, decimals)


@lru_cache(maxsize=1)
def _targets() -> pd.DataFrame:
    return compare_targets()


def _source(row) -> str:
    source = load_sources().get(row.source)
    short = f"{source.short}, {row.locator}" if source else row.locator
    return {"printed elsewhere": short, "worked from printed inputs": f"{WORDS['worked']} {short}", "closed form": f"{WORDS['own']}: {short}"}[row.standing]


def targets(group: str) -> Table:
    """Targets of one group ('textbook', 'analytic', 'norwegian'): printed, ours, difference."""
    frame = _targets()
    rows = [{WORDS["target"]: f"{r.what} ({r.unit})", WORDS["printed"]: _written(r.printed_value, r.printed), WORDS["ours"]: _written(r.ours, r.printed), WORDS["difference"]: _gap(r), WORDS["source"]: _source(r)}
            for r in frame[frame["group"] == group].itertuples()]
    return Table(pd.DataFrame(rows), classes=("long",))


def replications() -> Table:
    """Published evaluations: printed, ours, and how far it comes, or what is missing."""
    facts, rows = load_facts(), []
    for r in _targets()[_targets()["group"] == "published"].itertuples():
        verdict = (f"{WORDS['cannot']}: {_lower(r.missing)}" if r.verdict == CANNOT else
                   f"{WORDS['within'].format(tolerance=_percent(r.tolerance)) if r.verdict == REPRODUCED else WORDS['beyond'].format(difference=_percent(r.relative, sign=True))}. {r.note or ''}".strip())
        rows.append({WORDS["study"]: r.what, WORDS["printed"]: ref(facts[r.fact], "bare"), WORDS["ours"]: "–" if r.verdict == CANNOT else _written(r.ours, facts[r.fact].printed), WORDS["verdict"]: verdict})
    return Table(pd.DataFrame(rows), classes=("long",))


def audit() -> Table:
    """Printed ratios against what the printed, rounded increments allow."""
    rows = [{WORDS["comparison"]: f"{r.study}: {r.question} ({r.currency}, {r.outcome})", WORDS["cost"]: numbers.printed(r.cost_difference), WORDS["gain"]: numbers.printed(r.gain),
             WORDS["ratio"]: numbers.printed(r.ratio), WORDS["allowed"]: numbers.interval(r.lowest, r.highest, 0), WORDS["agrees"]: WORDS["yes"] if r.verdict == "agrees" else WORDS["no"]}
            for r in audit_ratios().itertuples()]
    return Table(pd.DataFrame(rows), classes=("long",))


def battery(models: Mapping[str, object] | None = None) -> Table:
    """One row per test of the battery, over all models (name → model); the invented example by default."""
    frame = summary(_battery(models))
    rows = [{WORDS["id"]: r.id, WORDS["asks"]: r.test, WORDS["comparisons"]: r.comparisons, WORDS["result"]: r.verdict + (f": {r.reason}" if r.reason else "")} for r in frame.itertuples()]
    return Table(pd.DataFrame(rows), classes=("long",))


_KEPT: dict = {}


def _battery(models) -> pd.DataFrame:
    models = {"example": Example()} if models is None else models
    key = tuple(sorted((name, id(m)) for name, m in models.items())) if models.keys() != {"example"} else "example"
    if key not in _KEPT:
        _KEPT[key] = run_battery(models)
    return _KEPT[key]


@lru_cache(maxsize=1)
def _mutations() -> pd.DataFrame:
    return mutation_table(Example(), draws=40)


def mutations() -> Table:
    """Each fault, the tests that notice it, and whether the second program does."""
    rows = [{WORDS["fault"]: r.fault, WORDS["black_box"]: r.black_box or WORDS["nobody"], WORDS["second"]: r.second_program} for r in _mutations().itertuples()]
    return Table(pd.DataFrame(rows), classes=("long",))


def status() -> Table:
    """What has been validated and what has not."""
    rows = [{WORDS["part"]: r.part, WORDS["item"]: r.item, WORDS["answer"]: r.answer, WORDS["how"]: r.how} for r in load_register("validation-status").itertuples()]
    return Table(pd.DataFrame(rows), classes=("long",))


@computed
def texts(models: Mapping[str, object] | None = None) -> dict[str, str]:
    """Computed numbers for the chapter's sentences, as text."""
    t, a, b, m = _targets(), audit_ratios(), _battery(models), _mutations()
    s, exact, published = summary(b), t[t["group"] != "published"], t[t["group"] == "published"]
    wrong = a[a["verdict"] != "agrees"]
    open_items = load_register("validation-status")
    chua = t.set_index("id")["ours"]
    return {
        "val_targets": str(len(exact)), "val_reproduced": str((exact["verdict"] == REPRODUCED).sum()), "val_published": str(len(published)), "val_published_near": str((published["verdict"] == REPRODUCED).sum()),
        "val_published_off": str((published["verdict"] == OFF).sum()), "val_published_cannot": str((published["verdict"] == CANNOT).sum()), "val_ratios": str(len(a)), "val_ratios_wrong": str(len(wrong)),
        "val_wrong_printed": numbers.printed(wrong["ratio"].iloc[0]), "val_wrong_quotient": numbers.number(wrong["quotient"].iloc[0]), "val_tests": str(len(s)), "val_passed": str((s["verdict"] == PASSED).sum()),
        "val_failed": str((s["verdict"] == FAILED).sum()), "val_not_applicable": str((s["verdict"] == NOT_APPLICABLE).sum()), "val_comparisons": str((b["verdict"] != NOT_APPLICABLE).sum()),
        "val_faults": str(len(m)), "val_faults_caught": str(m["caught"].sum()), "val_faults_black_box": str((m["black_box"] != "").sum()), "val_faults_second_only": str((m["black_box"] == "").sum()),
        "val_chua_carried": numbers.number(chua["chua.years.carried"], 2), "val_chua_ratio": numbers.number(chua["chua.years.ratio"], 2), "val_chua_rates": numbers.number(chua["chua.years.rates"], 2),
        "val_open": str((open_items["answer"] == "no").sum()), "val_items": str(len(open_items)),
    }


def _percent(share: float, sign: bool = False) -> str:
    text = numbers.number(100 * float(share)) + "\u00a0%"
    return ("+" if sign and share > 0 else "") + text


def _lower(text: str) -> str:
    return text[0].lower() + text[1:]

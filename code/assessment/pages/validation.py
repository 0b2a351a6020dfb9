"""Tables of the validation page: targets, replications, audit of printed ratios, battery, faults
put in, and what is not validated.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import floor, log10

import pandas as pd

from assessment.case.verification.model_adapter import models_under_test
from assessment.case.verification.targets import (
    CANNOT,
    OFF,
    REPRODUCED,
    audit_ratios,
    compare_targets,
)
from assessment.economics.verification import (
    FAILED,
    NOT_APPLICABLE,
    PASSED,
    run_battery,
    summary,
)
from assessment.economics.verification.example_model import Example
from assessment.economics.verification.seeded_faults import mutation_table
from assessment.evidence import load_facts, load_register, load_sources
from assessment.evidence.provenance.result_cache import cached_result
from assessment.evidence.provenance.traced_text import computed
from assessment.presentation import numbers
from assessment.presentation.show import Table, ref

WORDS = {
    "target": "Target",
    "printed": "Printed",
    "ours": "Ours",
    "difference": "Difference",
    "source": "Source",
    "study": "Published result",
    "verdict": "How far it comes",
    "none": "none",
    "own": "closed form",
    "worked": "worked by hand from",
    "within": "within {tolerance}",
    "beyond": "{difference} off",
    "cannot": "cannot be replicated",
    "comparison": "Comparison",
    "cost": "Cost difference",
    "gain": "Gain",
    "ratio": "Ratio printed",
    "allowed": "Allowed by rounding",
    "agrees": "Agrees",
    "yes": "yes",
    "no": "no",
    "fault": "Fault put in",
    "black_box": "Tests of the battery that notice it",
    "second": "Second program notices it",
    "id": "Test",
    "asks": "What it asks",
    "comparisons": "Comparisons",
    "result": "Result",
    "partly": "in some models not applicable",
    "nobody": "none",
    "part": "Part",
    "item": "What could be done",
    "answer": "Done",
    "how": "How, or why not",
}


def _written(value: float, like: str | None = None) -> str:
    """A number with the digits that ``like`` is printed with, two where nothing is printed."""
    decimals = len(like.partition(".")[2]) if like else 2
    return numbers.number(value, min(decimals, 6))


def _gap(row) -> str:
    """The difference, or "none" where ours rounds to what is shown of the printed value."""
    same = (
        row.printed
        and float(row.printed)
        and _written(row.ours, row.printed) == _written(row.printed_value, row.printed)
    )
    return WORDS["none"] if same or row.difference == 0 else _small(row.difference)


def _small(value: float) -> str:
    """A difference with two significant digits."""
    decimals = min(max(1 - floor(log10(abs(value))), 0), 9)
    return numbers.number(value, decimals)


@cached_result(disk=True)
def _targets() -> pd.DataFrame:
    return compare_targets()


def _source(row) -> str:
    source = load_sources().get(row.source)
    short = f"{source.short}, {row.locator}" if source else row.locator
    return {
        "printed elsewhere": short,
        "worked from printed inputs": f"{WORDS['worked']} {short}",
        "closed form": f"{WORDS['own']}: {short}",
    }[row.standing]


def targets(group: str) -> Table:
    """Targets of one group ('textbook', 'analytic', 'norwegian'): printed, ours, difference."""
    frame, rows = _targets(), []
    for r in frame[frame["group"] == group].itertuples():
        like = r.printed if float(r.printed) else None
        row = {
            WORDS["target"]: f"{r.what} ({r.unit})",
            WORDS["printed"]: _written(r.printed_value, r.printed),
            WORDS["ours"]: _written(r.ours, like),
            WORDS["difference"]: _gap(r),
        }
        # Textbook models are cited in the text, once for each model and not in every row.
        rows.append(row if group == "textbook" else row | {WORDS["source"]: _source(r)})
    return Table(pd.DataFrame(rows), classes=("long",))


def replications() -> Table:
    """Published evaluations: printed, ours, and how far it comes, or what is missing."""
    facts, rows = load_facts(), []

    def how_near(r) -> str:
        if r.verdict == REPRODUCED:
            return WORDS["within"].format(tolerance=_percent(r.tolerance))
        return WORDS["beyond"].format(difference=_percent(r.relative, sign=True))

    for r in _targets()[_targets()["group"] == "published"].itertuples():
        verdict = (
            f"{WORDS['cannot']}: {_lower(r.missing)}"
            if r.verdict == CANNOT
            else f"{how_near(r)}. {r.note or ''}".strip()
        )
        rows.append(
            {
                WORDS["study"]: r.what,
                WORDS["printed"]: ref(facts[r.fact], "bare"),
                WORDS["ours"]: (
                    "–" if r.verdict == CANNOT else _written(r.ours, facts[r.fact].printed)
                ),
                WORDS["verdict"]: verdict,
            }
        )
    return Table(pd.DataFrame(rows), classes=("long",))


def audit() -> Table:
    """Printed ratios against what the printed, rounded increments allow."""

    def short(question):
        return f"{question.partition(' against')[0]}, {question.rpartition(', ')[2]}"

    rows = [
        {
            WORDS["comparison"]: f"{r.study}, {short(r.question)}: {r.currency} per {r.outcome}",
            WORDS["cost"]: numbers.printed(r.cost_difference),
            WORDS["gain"]: numbers.printed(r.gain),
            WORDS["ratio"]: numbers.printed(r.ratio),
            WORDS["allowed"]: numbers.interval(r.lowest, r.highest, 0),
            WORDS["agrees"]: WORDS["yes"] if r.verdict == "agrees" else WORDS["no"],
        }
        for r in audit_ratios().itertuples()
    ]
    return Table(pd.DataFrame(rows), classes=("long",))


def battery(models: Mapping[str, object] | None = None) -> Table:
    """One row per test of the battery, over all models (name → model); by default the Norwegian
    model, each cohort against each comparator.
    """
    rows = [
        {
            WORDS["id"]: r.id,
            WORDS["asks"]: r.test,
            WORDS["comparisons"]: r.comparisons,
            WORDS["result"]: _result(r),
        }
        for r in summary(_battery(models)).itertuples()
    ]
    return Table(pd.DataFrame(rows), classes=("long",))


def _result(row) -> str:
    if not row.reason:
        return row.verdict
    return (
        f"{row.verdict}: {row.reason}"
        if row.verdict != PASSED
        else f"{PASSED}; {WORDS['partly']}: {row.reason}"
    )


def _battery(models=None) -> pd.DataFrame:
    return run_battery(models) if models is not None else _norwegian_battery()


@cached_result(disk=True)
def _norwegian_battery() -> pd.DataFrame:
    return run_battery(models_under_test())


@cached_result(disk=True)
def _mutations() -> pd.DataFrame:
    return mutation_table(Example(), draws=40)


def mutations() -> Table:
    """Each fault, the tests that notice it, and whether the second program does."""
    rows = [
        {
            WORDS["fault"]: r.fault,
            WORDS["black_box"]: r.black_box or WORDS["nobody"],
            WORDS["second"]: r.second_program,
        }
        for r in _mutations().itertuples()
    ]
    return Table(pd.DataFrame(rows), classes=("long",))


def status() -> Table:
    """What has been validated and what has not."""
    rows = [
        {
            WORDS["part"]: r.part,
            WORDS["item"]: r.item,
            WORDS["answer"]: r.answer,
            WORDS["how"]: r.how,
        }
        for r in load_register("validation-status").itertuples()
    ]
    return Table(pd.DataFrame(rows), classes=("long",))


@computed
def target_texts() -> dict[str, str]:
    """Numbers of the targets, replications and the audit for the chapter's sentences, as text."""
    t, a, items = _targets(), audit_ratios(), load_register("validation-status")
    exact, published, wrong = (
        t[t["group"] != "published"],
        t[t["group"] == "published"],
        a[a["verdict"] != "agrees"],
    )
    counts = {
        "targets": len(exact),
        "reproduced": (exact["verdict"] == REPRODUCED).sum(),
        "published": len(published),
        "published_near": (published["verdict"] == REPRODUCED).sum(),
        "published_off": (published["verdict"] == OFF).sum(),
        "published_cannot": (published["verdict"] == CANNOT).sum(),
        "ratios": len(a),
        "ratios_wrong": len(wrong),
        "open": (items["answer"] == "no").sum(),
        "items": len(items),
    }
    chua = t.set_index("id")["ours"]
    return (
        _counted(counts)
        | {
            f"val_chua_{n}": numbers.number(chua[f"chua.years.{n}"], 2)
            for n in ("carried", "ratio", "rates")
        }
        | {
            "val_wrong_printed": numbers.printed(wrong["ratio"].iloc[0]),
            "val_wrong_quotient": numbers.number(wrong["quotient"].iloc[0]),
        }
    )


@computed
def battery_texts(models: Mapping[str, object] | None = None) -> dict[str, str]:
    """Numbers of the battery, as text."""
    table = _battery(models)
    verdicts = summary(table)["verdict"]
    return _counted(
        {
            "tests": len(verdicts),
            "passed": (verdicts == PASSED).sum(),
            "failed": (verdicts == FAILED).sum(),
            "not_applicable": (verdicts == NOT_APPLICABLE).sum(),
            "comparisons": (table["verdict"] != NOT_APPLICABLE).sum(),
            "models": len(set(table["model"]) - {"the package"}),
        }
    )


@computed
def fault_texts() -> dict[str, str]:
    """Numbers of the faults put in, as text."""
    table = _mutations()
    return _counted(
        {
            "faults": len(table),
            "faults_caught": table["caught"].sum(),
            "faults_black_box": (table["black_box"] != "").sum(),
            "faults_second_only": (table["black_box"] == "").sum(),
        }
    )


def _counted(counts: dict[str, int]) -> dict[str, str]:
    return {f"val_{name}": str(count) for name, count in counts.items()}


def _percent(share: float, sign: bool = False) -> str:
    text = numbers.number(100 * float(share)) + "\u00a0%"
    return ("+" if sign and share > 0 else "") + text


def _lower(text: str) -> str:
    return text[0].lower() + text[1:]
